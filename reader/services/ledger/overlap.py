"""Which passages of an article stand in others, word for word or nearly.

What two papers took from one agency is one source, however often it is printed: a passage that
stands elsewhere corroborates nothing. Which of two articles is the earlier one is said as far as
it is known; a date of publication counts more than that of the capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from reader.domain.comparing.shared_text import Shared, SharedText
from reader.domain.comparing.shingles import paragraphs, prints
from reader.domain.errors import ReaderError
from reader.domain.records import dataclass
from reader.services.care import indexes
from reader.services.care.indexes import Progress, quiet
from reader.storage.article_list import ListedArticle
from reader.storage.ledger.prints import SLICE_CHARACTERS, Candidate
from reader.storage.library import Library

MOST = 500
"""Articles at most that are compared with one; those that share most come first."""

_LEAST = 2
"""Weight of the prints that two articles must share to be compared when all are gone through."""


@dataclass(frozen=True, slots=True)
class Before:
    """Which of two articles is earlier.

    Attributes:
        first: ``this``, ``other``, ``same`` (the same day), or None if it is not known.
        by: ``published`` or ``captured``: what was compared.
    """

    first: str | None = None
    by: str = "captured"


@dataclass(frozen=True, slots=True)
class Compared:
    """One article of a comparison.

    Attributes:
        listed: What a list shows of it.
        text: The text of its current version.
        words: How many words of it count.
    """

    listed: ListedArticle
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Twin:
    """Two articles with passages in common.

    Attributes:
        this: The article that was asked about.
        other: The other one.
        shared: What they share.
        before: Which is the earlier one.
    """

    this: Compared
    other: Compared
    shared: Shared
    before: Before

    @property
    def share_here(self) -> float:
        """What part of this article's words stands in the other one, 0 to 1."""
        return self.shared.words_here / max(1, self.this.words)

    @property
    def share_there(self) -> float:
        """What part of the other article's words stands in this one, 0 to 1."""
        return self.shared.words_there / max(1, self.other.words)


_Read = tuple[Compared, SharedText]


class Overlap:
    """An article beside all others of a library, read as its rows are asked for.

    Attributes:
        candidates: The articles that may share something, those that share most first.
        left_out: How many more there are that are not looked at.
        behind: Articles that are not known yet; they may share something, too.

    Args:
        library: The library.
        uid: The article's uid.

    Raises:
        ReaderError: The article is not there.
    """

    def __init__(self, library: Library, uid: str) -> None:
        number = library.lists.id_of(uid)
        if number is None:
            raise ReaderError("The article is not in the library.", "See `reader list`.")
        self._this = next(iter(_read(library, [number])))
        wanted = prints(self._this[0].text, self._this[1].where)
        found = library.prints.candidates(wanted, uid)
        self.candidates: Sequence[Candidate] = found[:MOST]
        self.left_out = len(found) - len(self.candidates)
        self.behind = library.prints.behind()

    @property
    def this(self) -> Compared:
        """The article."""
        return self._this[0]

    def twins(self, library: Library, start: int, end: int) -> list[Twin]:
        """Compare with some of the candidates; return those that share passages indeed."""
        ids = [item.article_id for item in self.candidates[start:end]]
        found = (_twin(self._this, other) for other in _read(library, ids))
        return [twin for twin in found if twin.shared.passages]


def all_twins(library: Library, progress: Progress = quiet) -> Iterator[Twin]:
    """Yield all pairs of articles with passages in common, those that share most first.

    The earlier one is ``other``, where that is known.

    Args:
        library: The library.
        progress: Told how many pairs are compared, of how many.
    """
    pairs = library.prints.pairs(_LEAST)
    kept: dict[int, _Read] = {}
    for done, (one, other) in enumerate(pairs, 1):
        for number in (one.article_id, other.article_id):
            if number not in kept:
                if len(kept) >= _KEPT:
                    kept.clear()
                kept.update((item[0].listed.id, item) for item in _read(library, [number]))
        both = [kept.get(item.article_id) for item in (one, other)]
        progress(done, len(pairs))
        if both[0] is None or both[1] is None:
            continue
        twin = _twin(both[0], both[1])
        if twin.before.first == "this":
            twin = _twin(both[1], both[0])
        if twin.shared.passages:
            yield twin


_KEPT = 200
"""Texts that are kept in memory while pairs are compared."""


def _read(library: Library, ids: Sequence[int]) -> Iterator[_Read]:
    """Yield articles as they are compared; what is gone meanwhile is left out."""
    for listed in library.lists.rows(ids, ""):
        version = library.articles.version(listed.version_uid)
        if version is not None:
            where = paragraphs(version.blocks, version.roles)
            text = SharedText(version.text, where)
            yield Compared(listed, version.text, len(text.words)), text


def _twin(this: _Read, other: _Read) -> Twin:
    before = which_is_earlier(this[0].listed, other[0].listed)
    return Twin(this[0], other[0], this[1].with_other(other[1]), before)


# ------------------------------------------------------------------ which is earlier


def which_is_earlier(this: ListedArticle, other: ListedArticle) -> Before:
    """Return which of two articles is earlier: by their dates, else by when they were added."""
    if this.published_at and other.published_at:
        ours, theirs = (_DATE.match(item.published_at or "") for item in (this, other))
        if ours and theirs:
            return Before(_earlier(this.published_at, other.published_at), "published")
    return Before(_first(this.added_at, other.added_at), "captured")


_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?=$|[T ])")


def _earlier(ours: str, theirs: str) -> str | None:
    """Compare two dates as exactly as both are given."""
    size = min(10, len(ours), len(theirs))
    if ours[:size] != theirs[:size]:
        return _first(ours[:size], theirs[:size])
    try:
        one, other = datetime.fromisoformat(ours), datetime.fromisoformat(theirs)
        if len(ours) > 10 and len(theirs) > 10:
            return _first(one, other)
    except (ValueError, TypeError):  # a partial date; or one has no time zone
        pass
    return "same" if size == 10 else None


def _first(ours: Any, theirs: Any) -> str:
    if ours == theirs:
        return "same"
    return "this" if ours < theirs else "other"


# ------------------------------------------------------------------ the index


def catch_up(library: Library, progress: Progress = quiet) -> None:
    """Note the passages of all texts that are not known yet, where the library can be written.

    Args:
        library: The library.
        progress: Told how many texts are done, of how many.

    Raises:
        DatabaseDamaged: What is read for it makes no sense.
    """
    indexes.catch_up(library, library.prints, _AT_ONCE, progress)


def rebuild(library: Library, progress: Progress = quiet) -> None:
    """Note the passages of all texts anew.

    Raises:
        ReaderError: The library cannot be written.
    """
    indexes.rebuild(library, library.prints, _AT_ONCE, progress)


_AT_ONCE = 8 * SLICE_CHARACTERS
"""Code points of text that are gone through at a time when nothing else is to be done."""
