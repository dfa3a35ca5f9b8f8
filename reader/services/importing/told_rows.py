"""What rows tell beside highlights, until it is written, and what makes two of it the same."""

from __future__ import annotations

from reader.domain.errors import UsageError
from reader.domain.evidence import Evidence, checked
from reader.domain.highlight import Judgement
from reader.domain.records import dataclass
from reader.domain.source import folded
from reader.formats.csv_said import RowEvidence, RowRelation, SaidRow
from reader.formats.csv_said import Tag as RowTag
from reader.services.importing.meaning import Rejection


@dataclass(frozen=True, slots=True)
class Row:
    """What is told beside one highlight that is in the library now, or will be with this page."""

    line: int
    article: str
    highlight: str
    owner: str
    said: SaidRow


@dataclass(frozen=True, slots=True)
class Loose:
    """A relation whose other end is not there as yet."""

    line: int
    article: str
    from_uid: str
    annotator: str
    relation: RowRelation
    judged: tuple[tuple[str, RowTag], ...] = ()


def checked_evidence(item: RowEvidence) -> Evidence:
    """Return the evidence that a row tells of, without id and annotator.

    Raises:
        Rejection: It cannot be kept.
    """
    citation, kind, url, archive_url, day, excerpt = item.details
    try:
        return checked(Evidence("", "", kind, citation, url, archive_url, day, excerpt))
    except UsageError as error:
        raise Rejection(f"evidence: {error.message}") from error


def tag_of(judgement: Judgement) -> RowTag:
    """Return the tag that a judgement gives."""
    version = judgement.codebook_version
    return judgement.codebook, version, judgement.facet, judgement.code


def content_of(item: Evidence) -> tuple[object, ...]:
    """Return what makes two pieces of evidence one and the same."""
    where = (item.url, item.archive_url, item.accessed_at, item.excerpt)
    return (item.annotator_uid, item.kind, item.citation, *where)


def folded_name(name: str | None) -> str | None:
    """Return a source's name as names are compared; None is not known."""
    return None if name is None else folded(name)
