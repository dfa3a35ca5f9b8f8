"""Tells in words what is current and what is known of it. Import late: for plain mode only."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.codebook import wanted_in_words
from reader.domain.highlight import Highlight
from reader.domain.text import Span, quoted, shortened
from reader.services.reading.session import Session

_WORDS, _NOTE, _SHORT = 2_000, 300, 60
"""Code points told of a statement, of a note, of another stretch than the current one."""

_MOST = 3
"""Highlights told of one place."""


def words(session: Session, span: Span | None) -> str:
    """Return the words of a stretch in one line."""
    if span is None:
        return "No statements."
    return shortened(session.document.text[span.start : span.end], _WORDS)


def about(session: Session, span: Span | None, number: int | None) -> str:
    """Return the number of the statement, and all that is known of a stretch.

    Args:
        session: The article.
        span: The stretch.
        number: Number of the statement; None if it is not known yet.
    """
    if span is None:
        return ""
    found = session.annotations.index.overlapping(span.start, span.end)
    told = "; ".join(_described(session, each, span) for each in found[:_MOST])
    more = f"; {len(found) - _MOST} more" if len(found) > _MOST else ""
    known = f"{told[:1].upper()}{told[1:]}{more}." if told else "No tags."
    about = "" if session.document.counted else "about "
    return f"{number or '?'} of {about}{session.document.total()}. {known}"


def _carried(highlight: Highlight) -> Iterator[str]:
    """Yield what is to be said of a highlight since the page has changed."""
    if highlight.is_unconfirmed and highlight.fate is not None:
        from reader.domain.fates import WORDS  # late: seldom needed

        yield f"{WORDS[highlight.fate]}, since the page has changed"


def _described(session: Session, highlight: Highlight, span: Span) -> str:
    """Return tags, confidence, flag, note and what is wanting, of one highlight."""
    where = "" if highlight.span == span else f" on {quoted(_short(session, highlight))}"
    return ", ".join(_facts(session, highlight)) + where


def _facts(session: Session, highlight: Highlight) -> Iterator[str]:
    for judgement in highlight.judgements:
        tag = session.tag_of(judgement)
        yield tag.label if tag else judgement.code
        if judgement.confidence:
            yield f"confidence {judgement.confidence}"
    if not highlight.judgements:
        yield "highlight"
    if highlight.flag:
        yield "flagged to check"
    yield from (f"{label} {text}" for label, text in session.told.get(highlight.uid, ()))
    yield from _carried(highlight)
    wanted = wanted_in_words(session.missing(highlight), " and ")
    if wanted:
        yield f"incomplete: wants {wanted}"
    if highlight.note:
        yield f"note: {shortened(highlight.note, _NOTE)}"


def _short(session: Session, highlight: Highlight) -> str:
    return shortened(session.document.text[highlight.start : highlight.end], _SHORT)
