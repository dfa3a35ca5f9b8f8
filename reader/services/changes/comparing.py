"""What changed between two versions of an article, and what became of every highlight."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.domain.article import Article, Version
from reader.domain.comparing.alignment import Alignment, as_compared
from reader.domain.comparing.comparison import Comparison
from reader.domain.errors import StorageError, UsageError
from reader.domain.fates import ORDER
from reader.domain.highlight import Earlier, Fate, Highlight
from reader.domain.records import dataclass
from reader.services.articles import name_of
from reader.services.changes.refreshing import all_highlights
from reader.storage.anchored import AnchoredHighlight
from reader.storage.articles import VersionRow
from reader.storage.library import Library

_ENDED = re.compile(r"[.!?…。！？\n]")
"""Ends a sentence, as far as that can be seen from a few characters."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of one highlight.

    Attributes:
        item: The highlight as it is, with its words and its annotator's handle.
        fate: What became of it.
        reworded: Whether its words are others than before, white space and kinds of marks apart.
        was: Its place in the version of before; of an orphan the one where it still is.
    """

    item: AnchoredHighlight
    fate: Fate
    reworded: bool
    was: Earlier | None

    @property
    def highlight(self) -> Highlight:
        """The highlight."""
        return self.item.highlight

    @property
    def is_judged(self) -> bool:
        """Whether somebody has said something of it that the change of words may touch."""
        return bool(self.highlight.judgements)

    @property
    def is_judged_on_other_words(self) -> bool:
        """Whether its words changed under a judgement that was made on others."""
        return self.reworded and self.is_judged

    @property
    def is_beside_a_change(self) -> bool:
        """Whether its own words are as before, but not those next to it in its sentence."""
        was, now = self.was, self.item.anchor
        if was is None or self.reworded or self.fate is Fate.ORPHANED:
            return False
        before = _beside(was.exact, was.prefix, was.suffix)
        return before != _beside(now.exact, now.prefix, now.suffix)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether somebody should look at it."""
        return self.highlight.is_unconfirmed

    @property
    def words(self) -> str:
        """Its words in the current version; nothing of an orphan."""
        return "" if self.fate is Fate.ORPHANED else self.item.anchor.exact

    @property
    def words_before(self) -> str:
        """Its words in the version of before."""
        return self.was.exact if self.was else self.item.anchor.exact


@dataclass(frozen=True, slots=True)
class Changes:
    """Two versions of an article.

    Attributes:
        article: The article.
        name: Title or first words.
        versions: All versions, in the order of their capture.
        before: The earlier one of the two; None if there is only one.
        after: The later one.
        comparison: Their paragraphs and words; None if there is only one.
        marks: What became of the highlights, what a person should look at first; only if the later
            one is the current version.
    """

    article: Article
    name: str
    versions: list[VersionRow]
    before: VersionRow | None
    after: VersionRow
    comparison: Comparison | None
    marks: list[Mark]

    @property
    def changed(self) -> bool:
        """Whether there is another version before it."""
        return self.before is not None

    def number(self, row: VersionRow) -> int:
        """Return the number of a version, from 1."""
        return self.versions.index(row) + 1


def changes_of(
    library: Library,
    article: Article,
    *,
    before: str | None = None,
    after: str | None = None,
    align: Callable[[str, str], Alignment] = Alignment,
) -> Changes:
    """Return what changed between two versions.

    Args:
        library: The library.
        article: The article.
        before: Uid of the earlier one; by default the one that was current before the later one.
        after: Uid of the later one; by default the current one.
        align: Compares two texts; that takes about a second for a million characters.

    Raises:
        UsageError: The article has no such version.
        StorageError: It cannot be read.
    """
    versions = library.articles.versions(article.uid)
    late = _row(versions, after or article.version_uid)
    early_uid = before or _before(library, article.uid, versions, late)
    early = _row(versions, early_uid) if early_uid and early_uid != late.uid else None
    new = _text(library, late)
    comparison = None
    if early is not None:
        old = _text(library, early)
        comparison = Comparison(align(old.text, new.text), old.blocks, new.blocks)
    marks = marks_of(library, article) if late.current else []
    name = name_of(article, new.text)
    return Changes(article, name, versions, early, late, comparison, marks)


def version_named(library: Library, article: Article, name: str) -> str:
    """Return the uid of the version that a word on the command line means.

    Args:
        library: The library.
        article: The article.
        name: Its number, from 1 in the order of capture, or the beginning of its uid or SHA-256.

    Raises:
        UsageError: There is no such version, or several.
    """
    versions = library.articles.versions(article.uid)
    if name.isascii() and name.isdigit() and 1 <= int(name[:9]) <= len(versions):
        return versions[int(name) - 1].uid
    found = [
        row.uid
        for row in versions
        if len(name) >= 4 and (row.uid.startswith(name) or row.sha256.startswith(name))
    ]
    if len(found) != 1:
        raise UsageError(
            f"The article has no version {name}.", f"It has {len(versions)}; number 1 is the first."
        )
    return found[0]


def _row(versions: list[VersionRow], uid: str) -> VersionRow:
    found = next((row for row in versions if row.uid == uid), None)
    if found is None:
        raise UsageError("The article has no such version.", "")
    return found


def _text(library: Library, row: VersionRow) -> Version:
    version = library.articles.version(row.uid)
    if version is None:
        raise StorageError("The article's text is not in the library.", "Restore a backup.")
    return version


def _before(
    library: Library, article_uid: str, versions: list[VersionRow], late: VersionRow
) -> str | None:
    """Return the version that a version took the place of, else the one captured before it."""
    known = {row.uid for row in versions}
    found: str | None = None
    for operation in library.log.of_entities([article_uid]):
        made_current = operation.patch.get("version_uid") == late.uid
        if made_current and operation.before and operation.kind != "undo":
            found = operation.before.get("version_uid")
    if found in known:
        return found
    number = versions.index(late)
    return versions[number - 1].uid if number else None


# ---------------------------------------------------------------------- highlights


def marks_of(library: Library, article: Article) -> list[Mark]:
    """Return what became of the highlights that were carried over, or could not be.

    First those whose words changed under a judgement, then by what there is to do; each in the
    order of the text.
    """
    found = [
        _mark(item)
        for item in all_highlights(library, article.uid)
        if item.highlight.fate is not None
    ]
    return sorted(found, key=_first_what_matters)


def _mark(item: AnchoredHighlight) -> Mark:
    highlight, anchor = item.highlight, item.anchor
    fate = highlight.fate or Fate.KEPT
    was = highlight.was
    if fate is Fate.ORPHANED:
        was = Earlier(
            highlight.version_uid,
            highlight.start,
            highlight.end,
            highlight.extra_spans,
            anchor.exact,
            anchor.prefix,
            anchor.suffix,
        )
    reworded = was is not None and as_compared(was.exact) != as_compared(anchor.exact)
    return Mark(item, fate, reworded, was)


def _beside(exact: str, prefix: str, suffix: str) -> tuple[list[str], list[str]]:
    """Return the words next to a highlight, two on each side, as far as its sentence goes."""
    before = "" if _ENDED.match(exact) else _ENDED.split(prefix)[-1]
    after = "" if _ENDED.match(exact.rstrip()[-1:]) else _ENDED.split(suffix)[0]
    return as_compared(before).split()[-2:], as_compared(after).split()[:2]


def _first_what_matters(mark: Mark) -> tuple[bool, bool, bool, int, int, int]:
    open_still = mark.is_judged_on_other_words and mark.fate is not Fate.CONFIRMED
    return (
        not open_still,
        not mark.is_judged_on_other_words,
        not (mark.is_judged and mark.is_beside_a_change),
        ORDER.index(mark.fate),
        mark.highlight.start,
        mark.highlight.end,
    )
