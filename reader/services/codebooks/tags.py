"""Finds the tag that a judgement gives: in the version that was used, kept in the library."""

from __future__ import annotations

from reader import assets
from reader.domain.codebook import Codebook, Tag
from reader.domain.highlight import Judgement
from reader.storage.library import Library


class Tags:
    """Looks codebooks up once.

    Args:
        library: Where used versions are kept.
        also: Codebooks that are known besides, such as one from a file; what was used wins.
    """

    def __init__(self, library: Library, *also: Codebook) -> None:
        self._library = library
        self._also = {(item.id, item.version): item for item in also}
        self._known: dict[tuple[str, int], Codebook | None] = {}

    def codebook(self, codebook_id: str, version: int) -> Codebook | None:
        """Return a codebook in just that version: as used in the library, else built in."""
        key = (codebook_id, version)
        if key not in self._known:
            used = self._library.codebooks.get(*key)
            self._known[key] = used or self._also.get(key) or assets.builtin_version(*key)
        return self._known[key]

    def of(self, judgement: Judgement) -> Tag | None:
        """Return the tag that a judgement gives, or None if its codebook is not known."""
        return self.find(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )

    def find(self, codebook: str, version: int, facet: str, code: str) -> Tag | None:
        """Return a tag, or None if its codebook is not known."""
        found = self.codebook(codebook, version)
        where = found.facet(facet) if found else None
        return where.tag(code) if where else None

    def name(self, codebook: str, version: int, facet: str, code: str) -> str:
        """Return symbol and label of a tag, or its code if the codebook is not known."""
        tag = self.find(codebook, version, facet, code)
        return f"{tag.symbol} {tag.label}" if tag else code

    def name_of(self, judgement: Judgement) -> str:
        """Return symbol and label of the tag that a judgement gives, or its code."""
        return self.name(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )
