"""Reads the columns of a CSV that tell who said a highlight and what stands beside it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from reader.domain.attributed import ACTS, VOICES, Words
from reader.domain.errors import UsageError
from reader.domain.evidence import STANCES
from reader.domain.records import dataclass
from reader.domain.relation import BY_CODE
from reader.domain.source import KINDS, NAMINGS, checked
from reader.formats.csv_chains import UNKNOWN, split_chain
from reader.formats.csv_columns import COLUMNS
from reader.formats.csv_lists import parsed, tag_of

SAID = (
    *("source", "source_kind", "source_naming", "chain", "as_in_text"),
    *("voice", "act", "scope_certain", "source_tags", "attribution_tags"),
    *("relations", "relation_tags", "evidence", "because", "attribution_origin"),
)
"""The columns."""

NOTHING = ("",) * len(SAID)
"""What they hold of a highlight of which nothing of that is said."""

GUARDED = frozenset(
    column.name for column in COLUMNS if column.name in SAID and column.kind != "boolean"
)
"""Those that a spreadsheet-safe file may have put an apostrophe before."""

_TRUTHS = {"": None, "true": True, "false": False}

Tag = tuple[str, int, str, str]
"""Codebook, its version, facet, code."""


@dataclass(frozen=True, slots=True)
class RowRelation:
    """What a highlight does to another one.

    Attributes:
        type: The kind of relation.
        to_id: Id of the other highlight.
        note: A note on it, or None.
        annotator: Handle of whose it is; empty is the one of the row.
    """

    type: str
    to_id: str
    note: str | None
    annotator: str


@dataclass(frozen=True, slots=True)
class RowRelationTag:
    """A judgement on what a highlight does to another one.

    Attributes:
        type: The kind of relation.
        to_id: Id of the other highlight.
        tag: The tag.
        annotator: Handle of whose the relation is; empty is the one of the row.
        by: Handle of who judged; empty is the one of the row.
    """

    type: str
    to_id: str
    tag: Tag
    annotator: str
    by: str


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """A piece of evidence, and what it says of the highlight.

    Attributes:
        stance: What it says of it.
        details: Citation, kind, URL, archive URL, day on which it was looked at, excerpt; empty is
            not given.
        id: Its id, or None.
        annotator: Handle of whose it is; empty is the one of the row.
    """

    stance: str
    details: tuple[str, str, str, str, str, str]
    id: str | None
    annotator: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What a row tells besides the highlight and its tags.

    Attributes:
        chain: Names of the sources, origin first; None is not known.
        as_in_text: Words of the text for hops that are not known, by their number from 0.
        kind: Kind of the origin, or None.
        naming: How the origin is named, or None.
        voice: How it is told, or None.
        act: What the speaker does, or None.
        scope_certain: Whether it surely ends with the highlight; None is not said.
        origin: How that came about, or empty.
        source_tags: Judgements on the origin.
        attribution_tags: Judgements on whether it was said like this.
        relations: What the highlight does to others.
        relation_tags: Judgements on that.
        evidence: What was looked at.
        because: Tags with the id of a piece of evidence because of which they were given.
    """

    chain: tuple[str | None, ...]
    as_in_text: tuple[tuple[int, Words], ...]
    kind: str | None
    naming: str | None
    voice: str | None
    act: str | None
    scope_certain: bool | None
    origin: str
    source_tags: tuple[Tag, ...]
    attribution_tags: tuple[Tag, ...]
    relations: tuple[RowRelation, ...]
    relation_tags: tuple[RowRelationTag, ...]
    evidence: tuple[RowEvidence, ...]
    because: tuple[tuple[Tag, str], ...]

    @property
    def is_attributed(self) -> bool:
        """Whether it says who said it, or how."""
        said = (self.voice, self.act, self.scope_certain)
        return bool(self.chain) or any(value is not None for value in said)


def said_row(values: dict[str, str]) -> SaidRow:
    """Return what the fields of a row tell.

    Raises:
        ValueError: One is not what it should be; the message says which.
    """
    row = SaidRow(
        chain=_chain(values["source"], values["chain"]),
        as_in_text=parsed(values["as_in_text"], "as_in_text", _as_in_text),
        kind=_one_of(values, "source_kind", KINDS),
        naming=_one_of(values, "source_naming", NAMINGS),
        voice=_one_of(values, "voice", VOICES),
        act=_one_of(values, "act", ACTS),
        scope_certain=_truth(values["scope_certain"]),
        origin=_short(values, "attribution_origin"),
        source_tags=parsed(values["source_tags"], "source_tags", tag_of),
        attribution_tags=parsed(values["attribution_tags"], "attribution_tags", tag_of),
        relations=parsed(values["relations"], "relations", _relation),
        relation_tags=parsed(values["relation_tags"], "relation_tags", _relation_tag),
        evidence=parsed(values["evidence"], "evidence", _evidence),
        because=parsed(values["because"], "because", _because),
    )
    _see_that_it_fits(row)
    return row


def _see_that_it_fits(row: SaidRow) -> None:
    """See that what the columns tell fits together.

    Raises:
        ValueError: One speaks of what another has not.
    """
    chain = row.chain
    known = [number for number, name in enumerate(chain) if name]
    if any(at >= len(chain) or at in known for at, _ in row.as_in_text):
        raise ValueError("as_in_text speaks of a hop that is known, or not there")
    there = {(item.type, item.to_id, item.annotator) for item in row.relations}
    if any((item.type, item.to_id, item.annotator) not in there for item in row.relation_tags):
        raise ValueError("relation_tags speak of a relation that is not there")
    if not {uid for _, uid in row.because} <= {item.id for item in row.evidence}:
        raise ValueError("because speaks of evidence that is not there")
    if row.source_tags and not (chain and chain[0]):
        raise ValueError("source_tags are given, but no source")
    if row.attribution_tags and not row.is_attributed:
        raise ValueError("attribution_tags are given, but nothing is attributed")


def _chain(source: str, field: str) -> tuple[str | None, ...]:
    """Return the chain; a source alone is one."""
    first = source.strip()
    try:
        names = split_chain(field) if field.strip() else [None if first == UNKNOWN else first]
    except ValueError as error:
        raise ValueError(f"chain: {error}") from error
    chain = [_name(name) for name in names if name != ""]
    if field.strip() and first and (not chain or (chain[0] or UNKNOWN) != (_name(first))):
        raise ValueError("source is not the first one of the chain")
    return tuple(chain)


def _name(name: str | None) -> str | None:
    try:
        return None if name is None else checked("name", name)
    except UsageError as error:
        raise ValueError(f"source: {error.message}") from error


def _one_of(values: dict[str, str], name: str, known: Sequence[str]) -> str | None:
    field = values[name].strip().lower()
    if field and field not in known:
        raise ValueError(f"{name} is none of {', '.join(known)}")
    return field or None


def _truth(field: str) -> bool | None:
    field = field.strip().lower()
    if field not in _TRUTHS:
        raise ValueError("scope_certain is neither true nor false")
    return _TRUTHS[field]


def _short(values: dict[str, str], name: str) -> str:
    field = values[name].strip()
    if len(field) > 200:
        raise ValueError(f"{name} is too long")
    return field


def _as_in_text(parts: tuple[str, ...]) -> tuple[int, Words]:
    number, words, start, end = parts if len(parts) == 4 else ("", "", "", "")
    numbers = [int(n[:9]) for n in (number, start, end) if n.isascii() and n.isdigit()]
    if len(numbers) != 3 or not words.strip() or not numbers[0] or numbers[1] >= numbers[2]:
        raise ValueError("an item is no number:words:start:end")
    return numbers[0] - 1, Words(numbers[1], numbers[2], words)


def _relation_tag(parts: tuple[str, ...]) -> RowRelationTag:
    if not 4 <= len(parts) <= 6:
        raise ValueError("an item is no type:highlight_id:codebook@version.facet:code:…")
    type, to_id, place, code, annotator, by = (*parts, "", "")[:6]
    tag = tag_of((place, code))
    return RowRelationTag(type.strip(), _uuid(to_id), tag, annotator.strip(), by.strip())


def _because(parts: tuple[str, ...]) -> tuple[Tag, str]:
    if len(parts) != 3:
        raise ValueError("an item is no codebook@version.facet:code:id")
    return tag_of(parts[:2]), _uuid(parts[2])


def _relation(parts: tuple[str, ...]) -> RowRelation:
    if not 2 <= len(parts) <= 4:
        raise ValueError("an item is no type:highlight_id:note:annotator")
    type, to_id, note, annotator = (*parts, "", "")[:4]
    if type.strip() not in BY_CODE:
        raise ValueError(f"there is no relation {type.strip()[:40]}")
    return RowRelation(type.strip(), _uuid(to_id), note.strip() or None, annotator.strip())


def _evidence(parts: tuple[str, ...]) -> RowEvidence:
    if not 2 <= len(parts) <= 9:
        raise ValueError("an item is no stance:citation:kind:url:…")
    stance, *details, own, annotator = (*parts, *("",) * 9)[:9]
    if stance.strip() not in STANCES:
        raise ValueError(f"there is no stance {stance.strip()[:40]}")
    citation, kind, url, archive_url, day, excerpt = details
    given = (citation, kind, url, archive_url, day, excerpt)
    return RowEvidence(stance.strip(), given, _uuid(own) if own else None, annotator.strip())


def _uuid(field: str) -> str:
    try:
        return str(uuid.UUID(field.strip()))
    except ValueError:
        raise ValueError(f"{field[:40]} is no id") from None
