"""Codebooks: which tags exist, what they mean, and their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Target = Literal["statement", "attribution", "source", "relation", "article"]
Requirement = Literal["note", "evidence", "relation", "source"]


@dataclass(frozen=True, slots=True)
class Tag:
    """One answer to a facet's question.

    Attributes:
        code: What is stored and exported.
        label: What is shown.
        definition: One or two sentences.
        key: The key that sets it, or an empty string.
        symbol: One cell wide.
        ascii: What stands for the symbol on ASCII-only terminals.
        color: ``#RRGGBB``.
        rank: Higher is more credible; None is off the scale.
        requires: What a judgement with this tag wants beside it.
    """

    code: str
    label: str
    definition: str
    key: str
    symbol: str
    ascii: str
    color: str
    rank: float | None = None
    requires: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A question of a codebook, with its tags in the file's order."""

    id: str
    title: str
    tags: tuple[Tag, ...]
    applies_to: tuple[Target, ...] = ("statement",)
    select: Literal["one", "many"] = "one"
    scale: Literal["nominal", "ordinal"] = "nominal"
    visible_if: str | None = None

    def tag(self, code: str) -> Tag | None:
        """Return the tag of that code, or None."""
        return next((tag for tag in self.tags if tag.code == code), None)

    def tag_for_key(self, key: str) -> Tag | None:
        """Return the tag that a key sets, or None."""
        return next((tag for tag in self.tags if tag.key == key), None)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A validated codebook.

    Attributes:
        id: ``[a-z0-9-]+``.
        version: Raised on any change.
        title: Shown to people.
        lang: Language of labels and definitions.
        about: What the question is.
        facets: One or more.
        source: The TOML itself.
        sha256: Of ``source`` in UTF-8, hex.
    """

    id: str
    version: int
    title: str
    lang: str
    about: str
    facets: tuple[Facet, ...]
    source: str
    sha256: str

    def facet(self, facet_id: str) -> Facet | None:
        """Return the facet of that id, or None."""
        return next((facet for facet in self.facets if facet.id == facet_id), None)

    @property
    def statement_facets(self) -> tuple[Facet, ...]:
        """The facets that apply to statements, in order."""
        return tuple(facet for facet in self.facets if "statement" in facet.applies_to)


def parse_codebook(source: str, name: str = "codebook") -> Codebook:
    """Return the codebook that a TOML text describes.

    Args:
        source: The TOML.
        name: What to call it in errors, usually the file's name.

    Raises:
        CodebookError: The text breaks a rule; the message names the line and the tag.
    """
    raise NotImplementedError
