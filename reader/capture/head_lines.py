"""Lines between a headline and the text that are no statements: where from, when, by whom.

Only what says so by its form counts, in a place where nothing else stands: under the headline,
before the first sentence. A short line that may be a heading stays one.
"""

from __future__ import annotations

import re

from reader.capture.marks import byline, date_of

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_WEEKDAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s"
_DAY = rf"(?:{_WEEKDAY})?(?:\d{{1,2}}\s{_MONTH}|{_MONTH}\s\d{{1,2}})(?:,?\s\d{{4}})?"
_DATE = rf"(?:{_DAY}|\d{{4}}-\d\d-\d\d)"
_TIME = r"(?:[\s,|·•–—@-]|\bat\b|\d{1,2}[:.]\d\d|[ap]\.?m\.?\b|\b[A-Z]{2,4}\b)*"
_CHANGED = r"(?:First\ published|Last\ updated|Last\ modified|Published|Updated|Posted|Modified)"
_MOMENT = re.compile(
    rf"(?:{_CHANGED}(?:\ on|\ at)?:?\s)?{_DATE}{_TIME}|\d{{1,2}}\s(?:minutes|hours|days)\sago|"
    r"\d{1,2}[ -]min(?:ute)?s?\ read"
)
_APPEARED = re.compile(
    rf"(?:(?:First\ published|Published|Posted)(?:\ on|\ at)?:?\s)?(?:{_WEEKDAY})?"
    rf"(?P<date>(?:\d{{1,2}}\s{_MONTH}|{_MONTH}\s\d{{1,2}}),?\s\d{{4}}){_TIME}"
)

_CAPITALS = r"[A-ZÀ-ÖØ-Þ]{3,}(?:[\s-][A-ZÀ-ÖØ-Þ]{2,}){0,2}"
_AGENCY = r"(?:Reuters|AP|AFP|dpa|PA|EFE|ANSA|Xinhua|Bloomberg|TASS|Tass|BBC|CNN)"
_DASH = r"\s?[–—-]{1,2}"
_PLACE = re.compile(
    rf"{_CAPITALS}(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)??"
    rf"(?:\s\({_AGENCY}\)(?:{_DASH})?|,?(?:{_DASH})?\s{_DATE}(?:{_DASH})?|{_DASH})"
)
"""``LONDON, 3 May —``, ``ARLE (AP)``: capitals alone may be a heading."""

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_NAMES = rf"{_NAME}(?:,?\s(?:(?:and|&|de|van|von|der|la|of)\s)?{_NAME}){{0,9}}"
_BY = re.compile(
    rf"(?:By|BY)\s(?P<names>{_NAMES})(?:\s(?:in|for|at)\s{_NAMES}|\s?[|·•–—]\s?(?:{_DATE}|{_NAMES}))+(?:{_TIME})|"
    r"From\ (?:our|a)\ (?:own\ |staff\ )?(?:correspondent|reporter)s?(?:\ in\ "
    rf"{_NAMES})?|(?P<name>{_NAME}(?:\s{_NAME}){{1,2}}),\s(?:[\w-]+\s){{0,3}}"
    r"(?:editor|correspondent|reporter|columnist)"
)
_PAPER = (
    r"(?:Argus|Chronicle|Courier|Dispatch|Examiner|Express|Gazette|Globe|Guardian|Herald|Independent|"
    r"Inquirer|Journal|Ledger|Mail|Mirror|Monitor|News|Observer|Post|Press|Record|Review|Sentinel|"
    r"Standard|Star|Sun|Telegraph|Times|Tribune|Weekly)"
)
_OUTLET = rf"(?:The\s(?:{_NAME}\s){{1,3}}{_PAPER}|(?:{_NAME}\s){{1,2}}{_PAPER}|{_AGENCY})"
_FROM = re.compile(rf"(?P<outlet>{_OUTLET})(?:(?:\s?[,|·•–—-])?\s(?P<date>{_DATE})(?:{_TIME}))?")
_WHOLE_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-ÿ'’-]+(?: [A-ZÀ-ÖØ-Þ]\.)?(?: [A-ZÀ-ÖØ-Þ][\w'’-]+){1,2}")
_LONGEST = 120


def is_moment(line: str) -> bool:
    """Whether a line says when the article appeared, or where and when, and nothing else."""
    if len(line) > _LONGEST:
        return False
    return bool(_MOMENT.fullmatch(line) or _PLACE.fullmatch(line))


def day(line: str) -> str | None:
    """Return the day on which a line says that the article appeared, or None: YYYY-MM-DD."""
    found = _APPEARED.fullmatch(line) if len(line) <= _LONGEST else None
    return date_of(found["date"]) if found else None


def is_by(line: str) -> bool:
    """Whether a line says by whom the article is, and from where or for whom."""
    return len(line) <= _LONGEST and bool(_BY.fullmatch(line))


def says_by(line: str) -> bool:
    """Whether a line is a byline in whatever form: "By Jane Doe", or with a place or a post."""
    return byline(line) is not None or is_by(line)


def names_in(line: str) -> str | None:
    """Return who the article is by, of a line that :func:`is_by` or :func:`is_name` takes."""
    found = _BY.fullmatch(line) if len(line) <= _LONGEST else None
    if found is None:
        return line if is_name(line) else None
    return found["names"] or found["name"]


def is_name(line: str) -> bool:
    """Whether a line may be a person's name: beside a date it is the writer's."""
    return len(line) <= 40 and bool(_WHOLE_NAME.fullmatch(line))


def outlet(line: str) -> tuple[str, str | None] | None:
    """Return the outlet that a line names, with the day if it has one; None if it is no such line.

    Only what is called as newspapers and agencies are is one.
    """
    found = _FROM.fullmatch(line) if len(line) <= _LONGEST else None
    return (found["outlet"], date_of(found["date"] or "")) if found else None
