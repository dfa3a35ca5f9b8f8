"""What single lines say of themselves: bylines, credits, boilerplate, bullets, terminators."""

from __future__ import annotations

import re
from datetime import date

_CLOSERS = "\"'”’“»«)]}」』） "
_TERMINATORS = ".!?…。！？؟।"
_STOPS = _TERMINATORS + ",;:，；："

BULLET = re.compile(r"[-*+•‣▪◦·]\s++(?=[^\n]*?[^\W_])")
"""A bullet at the start of a line that has words."""
NUMBER = re.compile(r"(?:\d{1,3}[.)]|[a-z]\))\s++(?=\S)")
"""A number at the start of a list item."""
QUOTE_MARK = re.compile(r"(?:>[ \t]?)++\s*+")
"""The sign before a quoted line."""
CHAPTER = re.compile(
    r"(?:chapter|part|book|section|kapitel|teil|chapitre|partie|capítulo|parte|capitolo|hoofdstuk)"
    r"\s+(?:[ivxlcdm]+|\d+)\b",
    re.IGNORECASE,
)
"""The beginning of a chapter's heading."""

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*+"
_BETWEEN = r",?\ (?:(?:and|und|et|y|e|de|van|von|der|la|del|&)\ (?:la\ |der\ )?)?"
_NO_NAME = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
    r"August|September|October|November|December|Spring|Summer|Autumn|Winter|Christmas|Easter|"
    r"Dawn|Dusk|Noon|Midnight|Night|Day|Then|Now|Contrast|Comparison|Definition|Default|Design|"
    r"Chance|Accident|Mistake|Choice|Law|Proxy|Request|Order|Invitation|Hand|Numbers|Year|Region|"
    r"Country|Land|Sea|Air|Rail|Road|Train|Bus|Car|Foot|The|This|That|These|Those|All|Far|Its|His|"
    r"Her|Their|My|Our|Your)"
)
"""Words that may stand alone after "By" where no name stands."""
_BY = (
    rf"(?:(?:Written by|By|BY|Von|Par|Por):?\s+(?P<names>{_NAME}(?:{_BETWEEN}{_NAME}){{1,7}}?)|"
    rf"(?:Written by|By|BY):?\s+(?!(?i:{_NO_NAME})\b)(?P<name>{_NAME}))"
)
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mär|Mai|Okt|Dez|janv|févr|mars|avr|juin|"
    r"juil|août|ene|abr|ago|dic)[\wäéûú]*\.?"
)
_DATE = rf"(?:\d{{1,2}}\.?\s{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}}|\d{{4}}-\d\d-\d\d)"
_DATELINE = re.compile(
    rf"(?:(?:First\ published|Last\ updated|Last\ modified|Published|Updated|Posted)"
    rf"(?:\ on|\ at)?:?\s|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s)?{_DATE}[\w\s:.,|+-]{{0,40}}",
)
_JOB = (
    r",\s(?:[\w-]+\s){0,3}(?i:editor|correspondent|reporter|columnist|writer|journalist)s?"
    rf"(?:\sin\s{_NAME}(?:\s{_NAME})?)?"
)
_BYLINE = re.compile(rf"{_BY}(?:{_JOB})?(?:\s*[,|·•–—-]?\s*{_DATE}[\w\s:.,|+-]{{0,40}})?")
_BOILERPLATE = re.compile(
    r"(?:read (?:more|also|next)|see also|related(?: articles?| stories)?|lesen sie auch|"
    r"mehr zum thema|lire aussi|leer más|lea también):\s.*|"
    r"(?:read more|advertisement|advertisement - scroll to continue|related articles|"
    r"share this article|anzeige|publicité|all rights reserved\.?)|"
    r"sign up (?:to|for) .*(?:newsletter|briefing|alerts?|email)s?\b.*|"
    r"subscribe (?:to|now|today)\b.*|follow us on .*|"
    r"(?:copyright )?(?:©|\(c\)) ?(?:copyright )?\d{4}\b.*|copyright \d{4}\b.*",
    re.IGNORECASE,
)

_AGENCY = (
    r"(?:Getty Images|Associated Press|AP Photo|AP Images|PA Wire|PA Media|PA Images|"
    r"Press Association|Anadolu Agency|Anadolu|Agence France-Presse|Alamy Stock Photo|Alamy|"
    r"Rex Features|Wikimedia Commons|Zuma Press|EPA-EFE|picture alliance|ullstein bild|"
    r"AFP|Reuters|REUTERS|AP|EPA|EFE|PA|Rex|REX|Shutterstock|Bloomberg|Xinhua|TASS|Tass|Sputnik|"
    r"dpa|DPA|Keystone|ANSA|iStock|Unsplash|Corbis|imago|Imago|Getty)"
)
_PICTURE = r"(?:Photo|Photograph|Picture|Image|Foto|Bild|Illustration)s?"
_SURE_CREDIT = (
    rf"(?:{_PICTURE}\s?(?:credit|by):|Credits?:|(?:Photograph|Photo|Picture)s? by\b)\s?\S.{{0,80}}"
)
_INITIAL_OR_NAME = r"(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][\w'’-]++)"
_WORD = r"[A-ZÀ-ÖØ-Þ](?:[\w'’-]++|\.|\b)"
_PARTICLES = r"(?:(?:de|van|von|der|den|del|la|da|di|al|el|bin|of)\s)*"
_OWNER = rf"(?:{_AGENCY}|{_WORD}(?:\s{_PARTICLES}{_WORD}){{0,4}})"
_OWNERS = rf"{_OWNER}(?:(?:\s?[/,&]\s?|\s(?:via|for|and|und|et|y)\s){_OWNER}){{0,3}}"
_NAMED_CREDIT = (
    rf"{_PICTURE}:\s?(?:©\s?)?(?:{_OWNERS}\.?|(?:courtesy|supplied|handout|privat)\b.{{0,60}})"
)
_EXPLICIT_CREDIT = rf"(?:{_SURE_CREDIT}|{_NAMED_CREDIT})"
_WHOLE_CREDIT = re.compile(rf"\(?{_EXPLICIT_CREDIT}\)?")
_SIGNED = re.compile(rf"\(?{_INITIAL_OR_NAME}(?:\ {_INITIAL_OR_NAME}){{1,3}}\s?/\s?{_OWNERS}\)?")
_LABEL = re.compile(rf"\(?(?:{_PICTURE}(?:\s(?:credit|by))?|Credits?|Caption):\s?(?=\S)")
_CAPTION = re.compile(rf"(?:{_PICTURE}|Caption):\s?(?=\S)")
_CREDIT = re.compile(
    rf"(?:^|(?<=\s))(\(?(?:{_EXPLICIT_CREDIT}|©\s?\S.{{0,60}}|"
    rf"(?:(?:{_INITIAL_OR_NAME}\ )?{_INITIAL_OR_NAME}\s?/\s?)?{_AGENCY}"
    rf"(?:\s?/\s?{_AGENCY}|\s?/\s?{_INITIAL_OR_NAME}|\ via\ {_AGENCY})?)\)?)\Z"
)
_NO_CREDIT_AFTER = re.compile(
    r"(?:to|by|told|tells?|via|with|from|for|of|in|at|the|an?|and|or|that|than|said|nach|an|bei|"
    r"laut|à|de|selon|la|le|según)",
    re.IGNORECASE,
)


def is_terminated(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line.rstrip(_CLOSERS)[-1:] in _TERMINATORS if line.strip() else False


def ends_open(line: str, allowed: str = "") -> bool:
    """Whether a line ends without any stop, as headings do.

    Args:
        line: One line.
        allowed: Stops that may be there all the same.
    """
    last = line.rstrip(_CLOSERS)[-1:]
    return bool(last) and (last not in _STOPS or last in allowed)


def byline(line: str) -> str | None:
    """Return the names of a byline ("By Jane Doe, arts editor"), or None if the line is none."""
    if len(line) > 120 or not ends_open(line):
        return None
    match = _BYLINE.fullmatch(line)
    return (match["names"] or match["name"]) if match else None


_PAPER = (
    r"(?:Argus|Chronicle|Courier|Examiner|Gazette|Guardian|Herald|Independent|Inquirer|Journal|"
    r"Monitor|News|Observer|Sentinel|Telegraph|Times|Tribune|Weekly)"
)
"""Words at the end of the names of newspapers that are nobody's last name."""
_OUTLET = re.compile(
    rf"(?P<name>{_NAME}(?:\ {_NAME})+),\ "
    rf"(?P<outlet>The\ (?:{_NAME}\ ){{0,3}}(?:{_PAPER}|Express|Globe|Mail|Mirror|Post|Press|Record|"
    rf"Standard|Star|Sun)|(?:{_NAME}\ ){{1,3}}{_PAPER})"
)


def signed(names: str) -> tuple[str, str | None]:
    """Return the names of a byline and the outlet behind them, if that is sure to be one.

    Sure is one name of two words or more, and behind a comma what is called as newspapers are, and
    nobody is: "Mara Lindqvist, The Norrport Courier".
    """
    match = _OUTLET.fullmatch(names)
    return (match["name"], match["outlet"]) if match else (names, None)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPELT = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|"
    r"December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
_PUBLISHED = [
    re.compile(
        r"(?:(?:First\ published|Published|Posted)(?:\ on)?:?\ )?"
        rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\ )?{form}"
    )
    for form in (
        rf"{_DAY}\ {_SPELT},?\ {_YEAR}",
        rf"{_SPELT}\ {_DAY},?\ {_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
    )
]


def date_of(line: str) -> str | None:
    """Return the day that a dateline is, as YYYY-MM-DD, if it is sure: "12 March 2026".

    None if the line says anything besides, such as that it is the day of a change.
    """
    line = " ".join(line.split())
    match = next(filter(None, (one.fullmatch(line) for one in _PUBLISHED)), None)
    if match is None:
        return None
    spelt = match["month"][:3].lower()
    month = _MONTHS.index(spelt) + 1 if spelt in _MONTHS else int(match["month"])
    try:
        return date(int(match["year"]), month, int(match["day"])).isoformat()
    except ValueError:
        return None


def is_dateline(line: str) -> bool:
    """Whether a line is a date of publication and nothing else."""
    return len(line) <= 100 and bool(_DATELINE.fullmatch(line))


def is_boilerplate(line: str) -> bool:
    """Whether a line belongs to the site and not to the article."""
    return len(line) <= 250 and bool(_BOILERPLATE.fullmatch(line))


def is_credit(line: str) -> bool:
    """Whether a line is a credit and says so ("Credit: …", or "Photo: " and a name)."""
    return len(line) <= 120 and bool(_WHOLE_CREDIT.fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether a line says that it is about a picture ("Photo: The bridge at night.")."""
    return len(line) <= 300 and bool(_CAPTION.match(line)) and not is_credit(line)


def is_labelled(line: str) -> bool:
    """Whether a line begins with what captions and credits are labelled with ("Photo: ")."""
    return bool(_LABEL.match(line))


def is_signed(line: str) -> bool:
    """Whether a line is a name and a house ("Lena Ortiz / Courier"), as below pictures."""
    return len(line) <= 120 and bool(_SIGNED.fullmatch(line))


def runs_on(line: str) -> bool:
    """Whether the last word of a line wants another one behind it ("of", "the")."""
    return bool(_NO_CREDIT_AFTER.fullmatch(line.rsplit(None, 1)[-1])) if line.strip() else False


def credit_start(line: str) -> int | None:
    """Return where the photo credit at the end of a caption begins, or None if there is none.

    Args:
        line: The last line or lines of an article; a credit elsewhere is not looked for.
    """
    if len(line) > 400:
        return None
    match = _CREDIT.search(line)
    if not match:
        return None
    before = line[: match.start(1)].split()
    if before and _NO_CREDIT_AFTER.fullmatch(before[-1]):
        return None
    return match.start(1) if len(before) != 1 else None
