"""What a filter can ask of articles; see `reader.domain.finding.filters` for the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial

from reader.domain.errors import UsageError
from reader.domain.finding.article_query import (
    ALL_STATUSES,
    ARCHIVED,
    HAS,
    ArticleQuery,
    Condition,
    Wish,
)
from reader.domain.finding.filters import read_filter, word_of
from reader.domain.finding.periods import period
from reader.domain.operation import iso_time
from reader.services.finding.spoken import SPOKEN, spoken_value
from reader.storage.library import Library

ANY = "any"
"""The word after ``status:`` that lists what is archived too."""


def article_query(
    library: Library, text: str, annotator: str, *, order: str = "read", backwards: bool = False
) -> ArticleQuery:
    """Return what a filter asks; what is archived is left out unless it speaks of ``status:``.

    Args:
        library: Whose annotators are meant.
        text: What the user typed.
        annotator: Whose progress, and whose tags and notes unless it says ``by:``.
        order: A key of ``ORDERS``.
        backwards: Whether the order is turned round.

    Raises:
        UsageError: It has a field or a value that means nothing.
    """
    found = read_filter(text, _fields(library.annotators.handles(), annotator), _words)
    joined = library.annotators.joined()
    wishes = [
        Wish(tuple(_person(one, joined) for many in either for one in many), negated)
        for either, negated in found
    ]
    named = {one.value for wish in wishes if not wish.negated for one in wish.either
             if one.field == "by"}  # fmt: skip
    if not any(one.field == "status" for wish in wishes for one in wish.either):
        wishes.append(Wish((Condition("status", ARCHIVED),), negated=True))
    whose = tuple(sorted(named)) or (annotator,)
    kept = tuple(wish for wish in wishes if wish.either)
    return ArticleQuery(annotator, kept, whose, order, backwards)


def _person(condition: Condition, joined: Mapping[str, str]) -> Condition:
    """Return a condition that means whom an annotator was joined into."""
    if condition.field != "by" or condition.value not in joined:
        return condition
    return Condition("by", joined[condition.value])


def check(text: str, handles: Mapping[str, str]) -> None:
    """See that a filter means something.

    Args:
        text: What the user typed.
        handles: Annotators' names by uid.

    Raises:
        UsageError: It does not.
    """
    read_filter(text, _fields(handles, ""), _words)


_Read = Callable[[str], tuple[Condition, ...]]
"""Makes of a value the conditions of which one must be so."""


def _fields(handles: Mapping[str, str], annotator: str) -> dict[str, _Read]:
    """Return what each field asks."""
    return {
        "status": _status,
        "outlet": lambda value: _text("outlet", value),
        "byline": lambda value: _text("byline", value),
        "url": lambda value: _text("url", value),
        "lang": lambda value: _text("language", value),
        "tag": lambda value: (Condition("tag", value),),
        "verdict": lambda value: (Condition("verdict", value),),
        "label": lambda value: (Condition("label", value),),
        "by": lambda value: _by(value, handles, annotator),
        "added": lambda value: _moment("added", value),
        "read": lambda value: _moment("read", value),
        "published": _published,
        **{field: partial(_spoken, field) for field in SPOKEN},
        "has": lambda value: (Condition("has", word_of("has", value, HAS, HAS[0])),),
    }


def _spoken(field: str, value: str) -> tuple[Condition, ...]:
    return (Condition(field, spoken_value(field, value)),)


def _words(value: str) -> tuple[Condition, ...]:
    return (Condition("words", value),)


def _text(field: str, value: str) -> tuple[Condition, ...]:
    return (Condition(field, value),) if value else (Condition("has", field),)


def _status(value: str) -> tuple[Condition, ...]:
    wanted = word_of("status", value, (*ALL_STATUSES, ANY), ANY)
    return tuple(Condition("status", word) for word in ALL_STATUSES if wanted in (word, ANY))


def _by(value: str, handles: Mapping[str, str], annotator: str) -> tuple[Condition, ...]:
    """Ask for what annotators have marked or said: those whose names begin so, or oneself."""
    wanted = value.casefold()
    uids = [uid for uid, handle in handles.items() if handle.casefold().startswith(wanted)]
    if wanted and not uids:
        known = ", ".join(sorted(set(handles.values())))
        raise UsageError(f"There is no annotator “{value}”.", f"Known are {known or 'none'}.")
    return tuple(Condition("by", uid) for uid in (uids if wanted else [annotator]))


def _moment(field: str, value: str) -> tuple[Condition, ...]:
    """Ask for a moment that the library noted: the user's days, in UTC."""
    days = period(value, date.today())
    return (Condition(field, _utc(days.first), _utc(days.after)),)


def _utc(day: date | None) -> str:
    if day is None:
        return ""
    try:
        return iso_time(int(datetime.combine(day, time()).timestamp() * 1000))
    except (OverflowError, ValueError, OSError):  # before or after what the clock knows
        return day.isoformat()


def _published(value: str) -> tuple[Condition, ...]:
    """Ask for a date of publication, which is text: ``2017``, ``2017-05``, or to the day."""
    if not value:
        return (Condition("has", "date"),)
    days = period(value, date.today())
    return (Condition("published", _short(days.first), _short(days.after)),)


def _short(day: date | None) -> str:
    """Return a day as the shortest text that sorts before all that begins with it.

    An article may tell its year or month only: ``2017`` lies in 2017, and ``2017-05`` in that May.
    """
    if day is None:
        return ""
    if day.day > 1:
        return f"{day:%Y-%m-%d}"
    return f"{day:%Y-%m}" if day.month > 1 else f"{day:%Y}"


FIELDS = tuple(_fields({}, ""))
"""The fields that a filter of articles knows."""
