"""Codebooks: which tags exist, what they mean, and their keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from reader.domain.late import Late
from reader.domain.records import dataclass

if TYPE_CHECKING:
    import hashlib

    from reader.domain.codebook_file import check as codebook_check
    from reader.domain.codebook_file.check import Problem
else:
    hashlib = Late("hashlib")
    codebook_check = Late("reader.domain.codebook_file.check")

Target = Literal["statement", "attribution", "source", "relation", "article"]
Requirement = Literal[
    "note", "evidence", "evidence:supports", "evidence:refutes", "relation", "source"
]

REQUIREMENTS: Mapping[str, str] = {
    "note": "a note",
    "evidence": "evidence",
    "evidence:supports": "evidence that supports",
    "evidence:refutes": "evidence that refutes",
    "relation": "a relation",
    "source": "a source",
}
"""What a tag can want beside a judgement, with how that is worded."""


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
    """A question of a codebook, with its tags in the file's order.

    Attributes:
        id: ``[a-z0-9-]+``.
        title: The question.
        tags: One or more.
        applies_to: What can be tagged; a facet whose targets do not exist yet stays hidden.
        select: Whether one tag replaces another or joins it.
        scale: Whether ranks have an order that statistics may use.
        visible_if: Ask only after that answer: ``facet:code`` or ``facet:code,code`` for any of
            several, of a facet above; None: always.
    """

    id: str
    title: str
    tags: tuple[Tag, ...]
    applies_to: tuple[Target, ...] = ("statement",)
    select: Literal["one", "many"] = "one"
    scale: Literal["nominal", "ordinal"] = "nominal"
    visible_if: str | None = None

    def tag(self, code: str) -> Tag | None:
        """Return the tag of that code, or None."""
        for tag in self.tags:  # asked a dozen times by a key: a generator costs four times as much
            if tag.code == code:
                return tag
        return None

    def tag_for_key(self, key: str) -> Tag | None:
        """Return the tag that a key sets, or None."""
        return next((tag for tag in self.tags if key and tag.key == key), None)

    def is_visible(self, given: Mapping[str, Collection[str]]) -> bool:
        """Whether the facet is to be asked.

        Args:
            given: The codes that stand on the target, by facet id.
        """
        if self.visible_if is None:
            return True
        facet, _, codes = self.visible_if.partition(":")
        return any(code in given.get(facet, ()) for code in codes.split(","))


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
        for facet in self.facets:
            if facet.id == facet_id:
                return facet
        return None

    @property
    def statement_facets(self) -> tuple[Facet, ...]:
        """The facets that apply to statements, in order."""
        return tuple(facet for facet in self.facets if "statement" in facet.applies_to)


def parse_codebook(source: str, name: str = "codebook") -> Codebook:
    """Return the codebook that a TOML text describes.

    A byte order mark and the kind of line ends make no difference, neither to the result nor to
    its sha256.

    Args:
        source: The TOML.
        name: What to call it in errors, usually the file's name.

    Raises:
        CodebookError: The text breaks a rule; the message names the line and the tag.
    """
    source = _plain(source)
    data, problems = codebook_check.check(source)
    if problems:
        raise codebook_check.refusal(problems, name)
    return _codebook(data, source)


def problems_of(source: str) -> list[Problem]:
    """Return everything that is wrong with a codebook's TOML, in the file's order."""
    return codebook_check.check(_plain(source))[1]


def wanted_in_words(requirements: Iterable[str], between: str = ", ") -> str:
    """Return what is wanted in words: ``a note, evidence that supports``.

    Args:
        requirements: What is wanted.
        between: What stands between two of them.
    """
    return between.join(REQUIREMENTS[name] for name in requirements)


def kind_of(requirement: str) -> str:
    """Return what kind of thing a tag wants: ``evidence`` whatever that is to say."""
    return requirement.partition(":")[0]


def missing(
    tag: Tag, *, note: bool, evidence: Collection[str], relation: bool, source: bool
) -> tuple[Requirement, ...]:
    """Return what a judgement with this tag wants and does not have, in the codebook's order.

    Args:
        tag: The tag of the judgement.
        note: Whether the highlight has a note or the judgement a reason.
        evidence: What the evidence that stands on the highlight says of it: its stances.
        relation: Whether the highlight is related to another.
        source: Whether somebody is named as having said it.
    """
    enough = {"supports", "refutes"} | ({"insufficient"} if tag.rank is None else set())
    given: dict[str, bool] = {
        "note": note,
        "evidence": not enough.isdisjoint(evidence),
        "evidence:supports": "supports" in evidence,
        "evidence:refutes": "refutes" in evidence,
        "relation": relation,
        "source": source,
    }
    return tuple(requirement for requirement in tag.requires if not given[requirement])


def _plain(source: str) -> str:
    return source.removeprefix("\ufeff").replace("\r\n", "\n")


def _codebook(data: dict[str, Any], source: str) -> Codebook:
    """Build the codebook from tables that keep every rule."""
    return Codebook(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        lang=data.get("lang", "en"),
        about=data.get("about", "").strip(),
        facets=tuple(_facet(facet) for facet in data["facet"]),
        source=source,
        sha256=hashlib.sha256(source.encode("utf-8")).hexdigest(),
    )


def _facet(data: dict[str, Any]) -> Facet:
    return Facet(
        id=data["id"],
        title=data["title"],
        tags=tuple(_tag(tag) for tag in data["tag"]),
        applies_to=tuple(data.get("applies_to", ("statement",))),
        select=data.get("select", "one"),
        scale=data.get("scale", "nominal"),
        visible_if=data.get("visible_if"),
    )


def _tag(data: dict[str, Any]) -> Tag:
    return Tag(
        code=data["code"],
        label=data["label"],
        definition=data["definition"].strip(),
        key=data.get("key", ""),
        symbol=data["symbol"],
        ascii=codebook_check.ascii_sign(data),
        color=data["color"].upper(),
        rank=data.get("rank"),
        requires=tuple(data.get("requires", ())),
    )
