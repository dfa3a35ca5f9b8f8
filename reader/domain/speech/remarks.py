"""What a statement holds that a reader may want to know of: hedges, numbers, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.domain.records import dataclass
from reader.domain.text import Span

_HEDGE = re.compile(
    r"\b(?:(?-i:may)|might|could|perhaps|possibly|probably|apparently|seemingly|presumably|arguably|"
    r"potentially|seems?|seemed|appear(?:s|ed)?(?=\s+(?:to|that|as|likely|unlikely|not)\b)|"
    r"likely|unlikely|roughly|about|around|nearly|almost|"
    r"allegedly|reportedly|supposedly|suggests?|suggested|it is unclear|is thought|is believed|"
    r"in part|to some extent|largely|mostly|sometimes|often)\b",
    re.IGNORECASE,
)
_APPROXIMATE = frozenset({"about", "around", "nearly", "almost", "roughly"})
"""Hedges of a number only."""
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?(?:,?\s+\d{{4}})?|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?:,?\s+\d{{4}})?\b|{_MONTH}\s+\d{{4}}|\d{{4}}-\d\d-\d\d|(?:19|20)\d\d(?:s|[–-]\d{{2,4}})?|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|tomorrow)\b"
)
_SCALE = (
    r"(?:\s*%|\s*(?:per\s?cent|percentage points?|million|billion|trillion|thousand|m|bn|k|tn)\b)?"
)
_NUMBER = re.compile(
    rf"[£$€¥]\s?\d[\d.,]*\d?{_SCALE}|\b\d(?:[\d.,]*\d)?{_SCALE}|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|a third|"
    r"a quarter|twice|doubled|tripled)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a statement holds.

    Attributes:
        kind: ``hedge``, ``number`` or ``date``.
        span: Where it stands.
        reason: In words: ``contains a number``; never that it is worth checking.
    """

    kind: str
    span: Span
    reason: str


def remarks(text: str, start: int, end: int) -> Iterator[Remark]:
    """Yield what a stretch of text holds: dates, then other numbers, then hedges.

    Args:
        text: The text.
        start: First code point.
        end: One past the last.
    """
    dates = [Span(*place.span()) for place in _DATE.finditer(text, start, end)]
    for span in dates:
        yield Remark("date", span, "contains a date")
    numbers = _apart(_NUMBER.finditer(text, start, end), dates)
    for span in numbers:
        yield Remark("number", span, "contains a number")
    starts = {span.start for span in numbers}
    for span in _apart(_HEDGE.finditer(text, start, end), dates):
        word = text[slice(*span)].lower()
        near = any(span.end <= at <= span.end + 2 for at in starts)
        if word not in _APPROXIMATE or near:
            yield Remark("hedge", span, f"hedged: “{text[slice(*span)]}”")


def _apart(found: Iterator[re.Match[str]], dates: list[Span]) -> list[Span]:
    """Return what was found outside the dates."""
    spans = [Span(*place.span()) for place in found]
    return [span for span in spans if not any(span.overlaps(date) for date in dates)]
