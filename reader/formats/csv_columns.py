"""The columns of the CSV: the one table that exporter, importer and documentation are made from."""

from __future__ import annotations

from typing import Literal

from reader.domain.records import dataclass

VERSION_EXACT = "4"
"""``format_version`` of a file whose values are as they are in the library."""
VERSION_SPREADSHEET = "4-spreadsheet"
"""``format_version`` of a file that a spreadsheet opens without evaluating anything."""

VERSIONS_READ = (
    *("1", "1-spreadsheet", "2", "2-spreadsheet", "3", "3-spreadsheet"),
    *(VERSION_EXACT, VERSION_SPREADSHEET),
)
"""Formats that the importer knows; format 1 lacks ``fate`` and ``earlier_text``, and both of before
what is said of sources and attributions; 3 lacks ``as_in_text``, ``relation_tags``, ``because``."""

Kind = Literal["text", "number", "boolean", "time", "list", "id"]
"""What a column holds. Lists are items joined by `` | ``, their parts by ``:``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: In the header, and the field of :class:`HighlightRow`.
        kind: What it holds.
        about: One line for people.
    """

    name: str
    kind: Kind
    about: str


COLUMNS: tuple[Column, ...] = (
    Column("article_title", "text", "Title of the article; empty if it has none."),
    Column("article_outlet", "text", "Where it was published."),
    Column("article_byline", "text", "Who wrote it."),
    Column("article_published", "text", "When it was published, as it was given."),
    Column("article_url", "text", "Where it can be found."),
    Column("statement", "number", "Number, from 1, of the first statement that it overlaps."),
    Column("start", "number", "First character: Unicode code points from 0 into the text."),
    Column("end", "number", "One past the last character."),
    Column("text", "text", "The marked words."),
    Column("tag", "text", "Code of the tag; a list if the facet takes many."),
    Column("tag_label", "text", "Label of the tag; a list if the facet takes many."),
    Column("tag_rank", "number", "Rank, higher is more credible; empty is off the scale."),
    Column("confidence", "text", "How sure the annotator is: low, moderate or high."),
    Column("likelihood_pct", "number", "How likely it is, 0 to 100."),
    Column("reason", "text", "Why this tag."),
    Column("note", "text", "The note on the highlight."),
    Column("source", "text", "Who said it first; ? is somebody unknown, empty is not given."),
    Column(
        "source_kind",
        "text",
        "What that is: person, organisation, office, document, account, group, unknown.",
    ),
    Column("source_naming", "text", "How it is named: named, described, anonymous, agentless."),
    Column(
        "chain",
        "text",
        "From the origin to the outlet: Ministry > ? > agency > [outlet]; ? is not known,"
        r" a \ or > in a name has a \ before it.",
    ),
    Column(
        "as_in_text",
        "list",
        "Words of the text for a hop of the chain that is not identified, such as a pronoun:"
        " number of the hop, from 1:words:start:end.",
    ),
    Column("voice", "text", "How it is told: direct, partial, indirect, narrator, unclear."),
    Column(
        "act",
        "text",
        "What the speaker does: assert, admit, deny, narrow-denial, opine, explain, non-answer.",
    ),
    Column("scope_certain", "boolean", "Whether what is said surely ends where the text ends."),
    Column("source_tags", "list", "The annotator's judgements on the source, as other_tags."),
    Column(
        "attribution_tags",
        "list",
        "The annotator's judgements on whether it was said like this, as other_tags.",
    ),
    Column(
        "relations",
        "list",
        "What it does to others: type:highlight_id:note:annotator; what is empty at the end is"
        " left out, the annotator if it is that of the row.",
    ),
    Column(
        "relation_tags",
        "list",
        "Judgements on these relations, such as their stance: type:highlight_id:"
        "codebook@version.facet:code:annotator of the relation:annotator who judged, as above.",
    ),
    Column(
        "evidence",
        "list",
        "What was looked at: stance:citation:kind:url:archive_url:accessed_at:excerpt:id:annotator,"
        " as above.",
    ),
    Column(
        "because",
        "list",
        "Because of which evidence a tag was given: codebook@version.facet:code:evidence_id.",
    ),
    Column("other_tags", "list", "All other judgements: codebook@version.facet:code."),
    Column("flag", "boolean", "Flagged to check later."),
    Column("incomplete", "boolean", "The tag wants something that is not there, such as a note."),
    Column("annotator", "text", "Handle of who annotated."),
    Column("created_at", "time", "When the highlight was made (UTC, ISO 8601)."),
    Column(
        "updated_at",
        "time",
        "When it or what is said of it was last changed, or it was carried over.",
    ),
    Column("paragraph", "number", "Number, from 1, of the block that it begins in."),
    Column("prefix", "text", "The 32 characters before it."),
    Column("suffix", "text", "The 32 characters after it."),
    Column("extra_spans", "list", "Further stretches, start:end, of a divided quotation."),
    Column("codebook", "text", "Id of the codebook that tag is from."),
    Column("codebook_version", "number", "Its version."),
    Column("facet", "text", "The facet of the codebook that tag answers."),
    Column("origin", "text", "How it came about: manual, or import:csv and the like."),
    Column(
        "attribution_origin",
        "text",
        "How source, voice and act came about: manual, or suggestion:detector@version:accepted"
        " or edited.",
    ),
    Column(
        "revision",
        "number",
        "Number of operations on the highlight itself and its judgements so far;"
        " who said it, relations and evidence do not count.",
    ),
    Column(
        "fate",
        "text",
        "How it came to this version of the text: kept, reworded, moved, check,"
        " confirmed, orphaned; empty if it was made on it.",
    ),
    Column("earlier_text", "text", "Its words in the version before, if they were others."),
    Column("article_id", "id", "Id of the article."),
    Column("article_sha256", "id", "SHA-256 of the text that start and end point into."),
    Column("highlight_id", "id", "Id of the highlight; empty for a statement without one."),
    Column("format_version", "text", "4, or 4-spreadsheet for a file made safe to open in one."),
)
"""Names and order are stable; ``format_version`` rises on any change."""

NAMES = tuple(column.name for column in COLUMNS)
"""The header."""

Tags = str | tuple[str, ...]
"""A tag, or the tags of a facet that takes many."""


@dataclass(frozen=True, slots=True)
class HighlightRow:
    """A row before it is text: the fields are the columns, None is "not given".

    Lists are tuples of items; an item that has parts is a tuple itself.
    """

    start: int
    end: int
    text: str
    article_id: str
    article_sha256: str
    article_title: str | None = None
    article_outlet: str | None = None
    article_byline: str | None = None
    article_published: str | None = None
    article_url: str | None = None
    statement: int | None = None
    tag: Tags | None = None
    tag_label: Tags | None = None
    tag_rank: float | None = None
    confidence: str | None = None
    likelihood_pct: int | None = None
    reason: str | None = None
    note: str | None = None
    source: str | None = None
    source_kind: str | None = None
    source_naming: str | None = None
    chain: str | None = None
    as_in_text: tuple[tuple[str, ...], ...] = ()
    voice: str | None = None
    act: str | None = None
    scope_certain: bool | None = None
    source_tags: tuple[tuple[str, ...], ...] = ()
    attribution_tags: tuple[tuple[str, ...], ...] = ()
    relations: tuple[tuple[str, ...], ...] = ()
    relation_tags: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[tuple[str, ...], ...] = ()
    because: tuple[tuple[str, ...], ...] = ()
    other_tags: tuple[tuple[str, ...], ...] = ()
    flag: bool | None = None
    incomplete: bool | None = None
    annotator: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    paragraph: int | None = None
    prefix: str | None = None
    suffix: str | None = None
    extra_spans: tuple[tuple[str, ...], ...] = ()
    codebook: str | None = None
    codebook_version: int | None = None
    facet: str | None = None
    origin: str | None = None
    attribution_origin: str | None = None
    revision: int | None = None
    fate: str | None = None
    earlier_text: str | None = None
    highlight_id: str | None = None
