"""The tags in a report that are not among those of the codebook in front: explained and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reader.domain.codebook import Codebook, Facet
from reader.formats.markdown_report import Legend
from reader.services.codebooks.finding import called
from reader.services.codebooks.tags import Tags

Place = tuple[str, str]
"""Ids of a codebook and a facet."""
GivenTag = tuple[str, str, str, int]
"""Ids of a codebook and a facet, a code, and the newest version in which that is given."""
_UNKNOWN = "its codebook is not known here"


class OtherTags:
    """Explains and counts the tags that are given and are none of the codebook in front.

    Args:
        tags: Names tags.
        codebook: The one in front.
        given: All that is given in the report.
    """

    def __init__(self, tags: Tags, codebook: Codebook, given: Iterable[GivenTag]) -> None:
        self._tags = tags
        self._places: dict[Place, list[GivenTag]] = {}
        explained = {
            (codebook.id, facet.id, tag.code)
            for facet in codebook.statement_facets
            for tag in facet.tags
        }
        for item in sorted(given, key=self._rank):
            if item[:3] not in explained:
                self._places.setdefault(item[:2], []).append(item)

    def _rank(self, item: GivenTag) -> tuple[str, int, int, str]:
        """Return where a tag stands among all: as its codebook has it."""
        name, facet_id, code, version = item
        book = self._tags.codebook(name, version)
        facets = [facet.id for facet in book.facets] if book else []
        facet = book.facet(facet_id) if book else None
        codes = [tag.code for tag in facet.tags] if facet else []
        return (name, *(_at(facet_id, facets), _at(code, codes)), code)

    def legend(self) -> Iterator[Legend]:
        """Yield what they mean."""
        for (name, _), items in self._places.items():
            version = max(item[3] for item in items)
            book, facet = self._newest(items)
            title = f"{book.title if book else name} ({name}, version {version})"
            tags = tuple((self._tags.name(*_found(item)), self._meaning(item)) for item in items)
            yield Legend(title, facet.title if facet else items[0][1], tags)

    def counted(
        self,
        counts: Mapping[tuple[str, str, str], int],
        given: Mapping[tuple[str, str, str], int],
    ) -> Iterator[tuple[str, str]]:
        """Yield how often those are given that are given at all, by codebook and facet.

        Args:
            counts: How often each is, by ids of codebook and facet, and code.
            given: The same of all annotators of the article: what nobody gives is not told.
        """
        for (name, facet_id), items in self._places.items():
            words = [
                f"{self._tags.name(*_found(item))} {counts.get(item[:3], 0):,}"
                for item in items
                if given.get(item[:3])
            ]
            if words:
                book, _ = self._newest(items)
                yield f"tags of {called(book) if book else name}, {facet_id}", ", ".join(words)

    def _newest(self, items: Iterable[GivenTag]) -> tuple[Codebook | None, Facet | None]:
        """Return the newest version of the codebook that tags are of, and their facet there."""
        name, facet_id, _, version = max(items, key=lambda item: item[3])
        book = self._tags.codebook(name, version)
        return book, book.facet(facet_id) if book else None

    def _meaning(self, item: GivenTag) -> str:
        tag = self._tags.find(*_found(item))
        return tag.definition if tag else _UNKNOWN


def _at(name: str, names: list[str]) -> int:
    return names.index(name) if name in names else len(names)


def _found(item: GivenTag) -> tuple[str, int, str, str]:
    """Return a tag as codebooks are asked for it."""
    name, facet, code, version = item
    return name, version, facet, code
