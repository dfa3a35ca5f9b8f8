"""Numbers the highlights of a report, article by article, and finds the number of one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from reader.domain.article import Article, Version
from reader.domain.relation import Place
from reader.services.showing import left_behind, version_of
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library


def numbered(
    library: Library, version: Version, before: int = 0, by: Collection[str] | None = None
) -> Iterator[tuple[int, AnchoredHighlight]]:
    """Yield a version's highlights with their numbers, the longest first where several begin.

    Args:
        library: The library.
        version: The version of an article.
        before: The last number that is taken.
        by: Uids of the annotators whose highlights are in the report; None is all.
    """
    number = before
    anchored = library.highlights.anchored(version.uid, by)
    for _, together in groupby(anchored, lambda found: found.highlight.start):
        for found in sorted(together, key=lambda it: (-it.highlight.end, it.highlight.uid)):
            number += 1
            yield number, found


class Numbers:
    """Gives the numbers of related highlights; an article is gone through when first asked about.

    Args:
        library: The library.
        articles: Those of the report.
        by: Uids of the annotators whose highlights are in it; None is all.
    """

    def __init__(
        self, library: Library, articles: Iterable[Article], by: Collection[str] | None = None
    ) -> None:
        self._library, self._by = library, by
        self._articles = {article.uid: article for article in articles}
        self._known: dict[str, dict[str, int]] = {}

    def of(self, place: Place) -> int | None:
        """Return the number of a highlight in its article's part, or None if that is not there."""
        article = self._articles.get(place.article_uid)
        if article is None:
            return None
        if article.uid not in self._known:
            self._known[article.uid] = dict(self._related(article))
        return self._known[article.uid].get(place.highlight_uid)

    def _related(self, article: Article) -> Iterator[tuple[str, int]]:
        """Yield uids and numbers of an article's highlights that have a relation."""
        last = 0
        for version in (version_of(self._library, article), *left_behind(self._library, article)):
            related = self._library.beside.on(version.uid).relation
            for number, found in numbered(self._library, version, last, self._by):
                last = number
                if found.highlight.uid in related:
                    yield found.highlight.uid, number
