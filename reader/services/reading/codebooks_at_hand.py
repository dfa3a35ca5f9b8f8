"""The codebooks of a reading session: which tags the keys set, and what a judgement's tag is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import Highlight, Judgement
from reader.services.annotating.annotations import Target
from reader.services.codebooks.finding import OWN_TAGS, statement_facet

if TYPE_CHECKING:
    from reader.storage.codebooks import Kept


class CodebooksAtHand:
    """The codebook in use, its active facet, and the others that judgements may be from.

    Args:
        codebook: The codebook whose tags the digits set.
        kept: The codebooks that judgements may be from, as used in the library.
    """

    def __init__(self, codebook: Codebook, kept: Kept | None = None) -> None:
        self._codebooks: dict[tuple[str, int], Codebook] = {}
        self.kept = kept
        """The codebooks that were used when the article was opened; None if none are known."""
        self.last_tag: tuple[Codebook, Facet, Tag] | None = None
        self.use(codebook)

    def use(self, codebook: Codebook) -> None:
        """Let the digits set the tags of another codebook.

        Raises:
            CodebookError: It has no facet for statements.
        """
        self.facet = statement_facet(codebook)
        self.codebook = codebook
        self.know(codebook)

    def know(self, codebook: Codebook) -> None:
        """Have a codebook at hand, for the labels of judgements from it."""
        self._codebooks[codebook.id, codebook.version] = codebook

    def learn(self, codebook: Codebook) -> bool:
        """Have a codebook at hand; use it, and say so, if it is the active one in a newer version.

        The facet stays, if there still is one of that id.
        """
        self.know(codebook)
        if codebook.id != self.codebook.id or codebook.version <= self.codebook.version:
            return False
        here = self.facet.id
        same = (facet for facet in codebook.statement_facets if facet.id == here)
        self.codebook = codebook
        self.facet = next(same, statement_facet(codebook))
        return True

    def turn_facet(self, step: int) -> None:
        """Use the next (+1) or previous (-1) facet of the codebook."""
        facets = self.codebook.statement_facets
        self.facet = facets[(facets.index(self.facet) + step) % len(facets)]

    def tag_of(self, judgement: Judgement) -> Tag | None:
        """Return the tag that a judgement gives, or None if its codebook is not at hand."""
        return self.tag(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )

    def tag(self, codebook: str, version: int, facet: str, code: str) -> Tag | None:
        """Return a tag by codebook, version, facet and code, or None."""
        found = self._codebooks.get((codebook, version))
        if found is None and self.kept is not None:
            if codebook.startswith(OWN_TAGS):  # its newest version has all tags, each as it was
                tag = _tag(self.kept.newest(codebook), facet, code)
                if tag is not None:
                    return tag
            found = self.kept.get(codebook, version)
        return _tag(found, facet, code)

    def is_strange(self, highlight: Highlight) -> bool:
        """Whether a tag of a highlight is of a codebook that is not at hand."""
        return any(self.tag_of(judgement) is None for judgement in highlight.judgements)

    def tag_name(self, codebook: str, version: int, facet: str, code: str) -> str:
        """Return symbol and label of a tag, or its code if the codebook is not at hand."""
        tag = self.tag(codebook, version, facet, code)
        return f"{tag.symbol} {tag.label}" if tag else code

    def judgement_of(self, highlight: Highlight) -> Judgement | None:
        """Return the judgement that is meant on a highlight: the active facet's, else the first."""
        active = highlight.judgement(self.codebook.id, self.facet.id)
        return active or next(iter(highlight.judgements), None)

    def go_on_from(self, before: Self) -> None:
        """Keep the facet and the last tag of the session that this one follows."""
        self.last_tag = before.last_tag
        if self.codebook == before.codebook:
            self.facet = before.facet
        for codebook in before._codebooks.values():
            self.know(codebook)

    def asked_after(self, target: Target) -> str:
        """Return why the active facet is not asked of a target, in words; empty if it is asked."""
        facet, given = self.facet, target.highlight.judgements if target.highlight else ()
        codes: dict[str, set[str]] = {}
        for judgement in given:
            if judgement.codebook == self.codebook.id:
                codes.setdefault(judgement.facet, set()).add(judgement.code)
        if codes.get(facet.id) or facet.is_visible(codes):
            return ""
        name, _, wanted = (facet.visible_if or "").partition(":")
        first = self.codebook.facet(name)
        tags = (first.tag(code) for code in wanted.split(",")) if first else ()
        labels = " or ".join(f"“{tag.label}”" for tag in tags if tag)
        return f"{facet.title} Asked only after {labels}; < goes back to that question."

    def keys_set(self, target: Target) -> frozenset[str]:
        """Return the keys of the active facet's tags that are set on a target."""
        if target.highlight is None:
            return frozenset()
        found = target.highlight.judgements_of(self.codebook.id, self.facet.id)
        tags = (self.facet.tag(judgement.code) for judgement in found)
        return frozenset(tag.key for tag in tags if tag)


def _tag(codebook: Codebook | None, facet: str, code: str) -> Tag | None:
    where = codebook.facet(facet) if codebook else None
    return where.tag(code) if where else None
