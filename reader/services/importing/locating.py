"""Finds the place of an imported highlight: by hash and offsets, else by its words."""

from __future__ import annotations

from collections import OrderedDict

from reader.domain.article import Article, Version, name_from
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.formats.csv_row import Imported
from reader.storage.library import Library

KEPT = 4
"""Texts kept in memory; the rows of a file come article by article."""
REMEMBERED = 10_000
"""Hashes of which is remembered whose text they are of."""
OCCURRENCES = 10_000
"""Places with the same words that are looked at."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A capture with its text at hand."""

    article: Article
    version: Version
    text: str


@dataclass(slots=True)  # not frozen: a million are made
class Place:
    """Where a highlight belongs.

    Attributes:
        article: The article.
        version: The capture.
        text: Its text.
        span: The stretch in it.
        by_quote: It was found by its words, not by its offsets.
    """

    article: Article
    version: Version
    text: str
    span: Span
    by_quote: bool = False


class Locator:
    """Finds places in one library.

    Attributes:
        why: Why the last row was not placed, in words.
        missing: What its article is called, if that is not in the library; else empty.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self.why = ""
        self.missing = ""
        self._untitled: dict[str, str] = {}
        self._versions: dict[str, str | None] = {}
        self._library = library
        self._kept: OrderedDict[str, _Text] = OrderedDict()
        self._last: tuple[str, _Text] | None = None

    def place(self, row: Imported) -> Place | None:
        """Return where a row belongs, or None; :attr:`why` then says why.

        With the same text (by its hash) and the same words at the offsets, that is the place. Else
        the words are looked for in that text, or in the article of that id, address or title: the
        one place where both contexts fit, or the only place if one of them fits (or none is given).
        """
        self.missing = ""
        same = self._same(row.kind.article_sha256)
        if same is None:
            return self._by_quote(row)
        start, end = row.start, row.end
        if same.text[start:end] == row.text:
            return Place(same.article, same.version, same.text, Span(start, end))
        self.why = "its words are not where it says, nor in one other place only"
        return _quoted(same, row)

    def _same(self, sha256: str) -> _Text | None:
        """Return the capture that has that text, or None; most rows have that of the last."""
        if self._last is not None and self._last[0] == sha256:
            return self._last[1]
        uid = self._version(sha256)
        if uid is None:
            return None
        found = self._loaded(uid)
        self._last = sha256, found
        return found

    def _version(self, sha256: str) -> str | None:
        """Return the uid of the capture that has that text, or None; no import changes which."""
        if sha256 not in self._versions:
            if len(self._versions) >= REMEMBERED:
                self._versions.clear()
            self._versions[sha256] = self._library.articles.version_with_sha256(sha256)
        return self._versions[sha256]

    def _by_quote(self, row: Imported) -> Place | None:
        articles = self._articles(row)
        if not articles:
            self.missing = self._called(row)
            self.why = f"its article is not in the library: {self.missing}"
        places = []
        for candidate in articles:
            self.why = "its words are not in the article, or not in one place only"
            found = _quoted(self._loaded(candidate.version_uid), row)
            if found:
                places.append(found)
        if len(places) > 1:
            self.why = "its words are in more than one article"
        return places[0] if len(places) == 1 else None

    def _called(self, row: Imported) -> str:
        """Return what a row calls its article; one without a title by the first words met of it."""
        kind = row.kind
        if kind.article_title or kind.article_url:
            return kind.article_title or kind.article_url
        name = f"an article without a title, with the words “{name_from(row.text)}”"
        return self._untitled.setdefault(kind.article_sha256 or kind.article_id, name)

    def _articles(self, row: Imported) -> list[Article]:
        """Return the articles that a row may mean: by id, else by address, else by title."""
        kind, articles = row.kind, self._library.articles
        by_id = articles.get(kind.article_id) if kind.article_id else None
        if by_id is not None:
            return [by_id]
        by_url = articles.with_origin(kind.article_url) if kind.article_url else []
        return by_url or (articles.with_title(kind.article_title) if kind.article_title else [])

    def text_of(self, version_uid: str) -> str:
        """Return the text of a capture that a row was placed in."""
        return self._loaded(version_uid).text

    def _loaded(self, version_uid: str) -> _Text:
        if version_uid not in self._kept:
            version = self._library.articles.version(version_uid)
            article = self._library.articles.get(version.article_uid) if version else None
            if version is None or article is None:
                raise LookupError(version_uid)  # uids come from the library itself
            self._kept[version_uid] = _Text(article, version, version.text)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(version_uid)
        return self._kept[version_uid]


def _quoted(capture: _Text, row: Imported) -> Place | None:
    """Return the place of a row's words in a text, or None if it is not certain."""
    found = find_quote(capture.text, row.text, row.prefix, row.suffix)
    article, version, text = capture.article, capture.version, capture.text
    return Place(article, version, text, found, by_quote=True) if found else None


def find_quote(text: str, exact: str, prefix: str, suffix: str) -> Span | None:
    """Return the one place of a quotation in a text, or None if it is not certain.

    Args:
        text: Canonical text.
        exact: The words.
        prefix: What stood before them.
        suffix: What stood behind them.
    """
    fitting: list[Span] = []
    both: list[Span] = []
    count = 0
    at = text.find(exact)
    while at >= 0 and count < OCCURRENCES:
        count += 1
        span = Span(at, at + len(exact))
        before = text.endswith(prefix, 0, at) and bool(prefix)
        behind = text.startswith(suffix, span.end) and bool(suffix)
        if before or behind:
            fitting.append(span)
        if (before or not prefix) and (behind or not suffix):
            both.append(span)
        at = text.find(exact, at + 1)
    if len(both) == 1 and count < OCCURRENCES:
        return both[0]
    return fitting[0] if count == 1 and fitting else None
