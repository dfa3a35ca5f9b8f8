"""Times as people write them in a filter: ``2026-11``, ``>2026-01-01``, ``7d``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reader.domain.errors import UsageError
from reader.domain.records import dataclass

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_AGO = re.compile(r"(\d{1,5})([dwmy])", re.ASCII)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_NAMED = {"today": 0, "yesterday": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """Some days.

    Attributes:
        first: The first of them; None has no beginning.
        after: The day after the last; None has no end.
    """

    first: date | None
    after: date | None


def period(text: str, today: date) -> Period:
    """Return the days that a text means.

    ``2026``, ``2026-11`` and ``2026-11-27`` are all their days; ``>`` is what comes after them,
    ``>=`` from their first day on, ``<`` before it, ``<=`` up to their last; ``a..b`` from the one
    to the other; ``7d``, ``2w``, ``3m``, ``1y`` the last days, weeks, months (of 30 days), years;
    ``today``, ``yesterday``.

    Raises:
        UsageError: It means none.
    """
    written = text.strip().lower()
    try:
        return _read(written, today)
    except (ValueError, OverflowError):
        raise UsageError(
            f"“{text}” is no time." if written else "A time is missing.",
            "Write 2026, 2026-11, 2026-11-27, >2026-01-01, <2026, 2025..2026-03, 7d, 2w, today.",
        ) from None


def _read(text: str, today: date) -> Period:
    if ".." in text:
        begin, _, end = text.partition("..")
        first = _days(begin, today).first if begin else None
        return Period(first, _days(end, today).after if end else None)
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            days = _days(text.removeprefix(sign).strip(), today)
            return {
                ">=": Period(days.first, None),
                "<=": Period(None, days.after),
                ">": Period(days.after, None),
                "<": Period(None, days.first),
            }[sign]
    return _days(text, today)


def _days(text: str, today: date) -> Period:
    """Return the days of one date, or the last ones.

    Raises:
        ValueError: It is no date.
    """
    if text in _NAMED:
        day = today - timedelta(days=_NAMED[text])
        return Period(day, day + timedelta(days=1))
    if ago := _AGO.fullmatch(text):
        days = int(ago[1]) * _DAYS[ago[2]]
        return Period(today - timedelta(days=max(days - 1, 0)), today + timedelta(days=1))
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day_of = int(found[1]), found[2], found[3]
    if day_of:
        day = date(year, int(month), int(day_of))
        return Period(day, day + timedelta(days=1))
    if month:
        return Period(date(year, int(month), 1), _next_month(year, int(month)))
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def _next_month(year: int, month: int) -> date:
    return date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
