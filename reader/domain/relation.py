"""Relations: what one marked statement does to another, in the same article or in another one."""

from __future__ import annotations

from reader.domain.errors import UsageError
from reader.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of relation.

    Attributes:
        code: What is stored and exported.
        key: The letter that chooses it.
        label: What the first does to the second: ``contradicts``.
        inverse: The same as the second sees it: ``contradicted by``.
        definition: One sentence.
        joins: Whether the two belong to one claim.
    """

    code: str
    key: str
    label: str
    inverse: str
    definition: str
    joins: bool = False

    def words(self, *, outgoing: bool) -> str:
        """Return the relation in words, from the end that one looks from."""
        return self.label if outgoing else self.inverse


TYPES: tuple[RelationType, ...] = (
    RelationType("supports", "s", "supports", "supported by",
        "If this is so, the other is so, or far more likely."),
    RelationType("partly-supports", "p", "partly supports", "partly supported by",
        "It backs a part of the other, or a weaker form of it."),
    RelationType("contradicts", "c", "contradicts", "contradicted by",
        "Both cannot be so."),
    RelationType("denies", "d", "denies", "denied by",
        "Somebody says here that the other is not so."),
    RelationType("narrows", "n", "narrows", "narrowed by",
        "It denies or affirms less than the other says: a narrow denial, a qualification."),
    RelationType("restates", "r", "restates", "restated by",
        "The same in other words.", joins=True),
    RelationType("quotes", "q", "quotes", "quoted by",
        "It gives the words of the other, and gives them right.", joins=True),
    RelationType("misquotes", "m", "misquotes", "misquoted by",
        "It gives words as the other's that the other does not have."),
    RelationType("depends-on", "o", "depends on", "is a ground of",
        "It can be so only if the other is so."),
    RelationType("evaluates", "e", "evaluates", "evaluated by",
        "It says how good, likely or trustworthy the other is."),
    RelationType("about", "a", "is about", "is spoken of by",
        "It speaks of the other, in whatever way."),
    RelationType("before", "b", "is before", "is after",
        "What it tells happened earlier."),
    RelationType("same-claim", "=", "is the same claim as", "is the same claim as",
        "Both assert one and the same thing, each for itself.", joins=True),
)  # fmt: skip
"""The kinds of relation, in the order in which they are offered."""

BY_CODE = {item.code: item for item in TYPES}
"""The same by code."""

JOINING = frozenset(item.code for item in TYPES if item.joins)
"""Codes of those that make statements one claim."""

AGAINST = frozenset({"contradicts", "denies", "narrows"})
"""Codes of those by which a statement speaks against a claim."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One statement's relation to another.

    Attributes:
        uid: Random (version 7).
        from_uid: The highlight that does something to the other.
        to_uid: The other one.
        annotator_uid: Who says so.
        type: A code of :data:`TYPES`.
        note: Free text or None.
        created_at: UTC, ISO 8601.
        rev: Number of operations on it so far.
    """

    uid: str
    from_uid: str
    to_uid: str
    annotator_uid: str
    type: str
    note: str | None = None
    created_at: str = ""
    rev: int = 1

    def other(self, highlight_uid: str) -> str:
        """Return the end that is not a highlight."""
        return self.to_uid if highlight_uid == self.from_uid else self.from_uid


@dataclass(frozen=True, slots=True)
class Place:
    """A marked statement as another article's reader sees it.

    Attributes:
        highlight_uid: Its uid.
        annotator_uid: Whose it is.
        version_uid: The version of the article that it is on.
        start: First code point in that.
        end: One past the last one.
        exact: Its words.
        article_uid: The article.
        article: What that is called.
        outlet: Where it appeared, or None.
        published_at: When, or None.
    """

    highlight_uid: str
    annotator_uid: str
    version_uid: str
    start: int
    end: int
    exact: str
    article_uid: str
    article: str
    outlet: str | None = None
    published_at: str | None = None


def relation_type(name: str) -> RelationType:
    """Return the kind of relation of that code, key or label.

    Raises:
        UsageError: There is none.
    """
    wanted = " ".join(name.lower().split())
    for item in TYPES:
        if wanted in (item.code, item.label, item.key):
            return item
    known = ", ".join(BY_CODE)
    raise UsageError(f"There is no relation {name}.", f"There are {known}.")


def words_of(code: str, *, outgoing: bool) -> str:
    """Return a relation in words; one of a kind that is not known by its code."""
    known = BY_CODE.get(code)
    return known.words(outgoing=outgoing) if known else code
