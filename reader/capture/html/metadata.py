"""Title, byline, outlet, date, address and language of a page: from what says it best."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit, urlunsplit

from reader.capture.head_lines import names_in
from reader.capture.html.head import Head
from reader.capture.html.structured import Structured
from reader.capture.html.walk import Found
from reader.capture.marks import byline as byline_in
from reader.domain.article import Metadata
from reader.domain.records import dataclass
from reader.domain.text import Role, canonical

UNCERTAIN = "?"
"""Stands behind a date that the page itself does not state, as in ISO 8601-2 (EDTF)."""

_DATE = re.compile(
    r"(?P<date>[12]\d{3}-[01]\d-[0-3]\d)"
    r"(?:[T ](?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:[.,]\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)(?:T([0-2]\d)([0-5]\d)([0-5]\d)?(Z)?)?\Z")
_IN_ADDRESS = re.compile(r"/([12]\d{3})[/-]([01]?\d)[/-]([0-3]?\d)(?=/|-|$)")
_DATE_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "dcterms.date", "sailthru.date", "parsely-pub-date",
    "citation_publication_date", "article.published", "last-published", "rnews:datepublished",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_AUTHOR_METAS = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "byl", "citation_author", "twitter:data1",
)  # fmt: skip
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*\Z", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+[|·•—–»-]\s+|\s*[|»]\s*")
_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|editor|staff|redaktion|web ?master|unknown|anonymous|none|null|n/a)\Z",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af|текст|автор)\s*:?\s+", re.IGNORECASE)
_HOST_PREFIX = re.compile(r"(?:www\d?|m|mobile|amp|edition)\.")
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|cmpid|wt_mc|ref_src|xtor|"
    r"at_(?:medium|campaign)|ns_(?:mchannel|source|campaign))\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What another program made of the page, for what the page does not state."""

    byline: str = ""
    outlet: str = ""
    date: str = ""


def metadata(
    head: Head,
    said: Structured,
    blocks: Sequence[Found],
    url: str | None,
    guess: Guess,
) -> tuple[Metadata, tuple[str, ...]]:
    """Return the page's metadata, and sentences on what in it is doubtful.

    A date that no part of the page states ends with :data:`UNCERTAIN`.

    Args:
        head: What the page says in its markup.
        said: What its structured data say.
        blocks: Its blocks.
        url: Where it was fetched from, or None.
        guess: What to fall back on.
    """
    outlet = said.publisher or head.meta("og:site_name", "application-name", "al:android:app_name")
    outlet = _line(outlet or guess.outlet)
    address, warnings = _address(head, said, url)
    date = stated_date(head, said, blocks)
    if not date and (guessed := _guessed_date(address or url or "", guess)):
        date = guessed + UNCERTAIN
        warnings += (f"The page states no date; {guessed} is a guess.",)
    found = Metadata(
        title=title(head, said, blocks, outlet) or None,
        byline=_byline(head, said, blocks, outlet) or _line(guess.byline) or None,
        outlet=outlet or None,
        url=address,
        published_at=date or None,
        language=_language(head, said),
    )
    return found, warnings


# ---------------------------------------------------------------------- title


def title(head: Head, said: Structured, blocks: Sequence[Found], outlet: str) -> str:
    """Return the article's title: that of the structured data, the page's data, or its heading."""
    stated = _line(said.headline or head.meta("og:title", "twitter:title", "dc.title"))
    heading = next((b.words for b in blocks if b.tag == "h1" and b.zone != "nav"), "")
    if stated and heading and same_words(stated, heading):
        return _line(heading)
    if stated:
        return without_outlet(stated, outlet)
    return _line(heading) or without_outlet(_line(head.title), outlet)


def without_outlet(words: str, outlet: str) -> str:
    """Return a title without the name of the site at its end or beginning."""
    pieces = _SEPARATORS.split(words)
    if len(pieces) < 2:
        return words
    names = folded(outlet)
    kept = [piece for piece in pieces if not names or folded(piece) != names]
    if len(kept) == len(pieces):  # the site's name is not known: the longest piece is the title
        longest = max(pieces, key=len)
        return longest if len(longest) > 0.6 * len(words) else words
    start = words.find(kept[0]) if kept else 0
    return words[start : words.rfind(kept[-1]) + len(kept[-1])] if kept else words


def folded(words: str) -> str:
    """Return the letters and digits of some words, for comparing."""
    return "".join(filter(str.isalnum, words.casefold()))


def same_words(one: str, other: str) -> bool:
    """Whether two titles say the same: one may have the name of the site, or a kicker, in it."""
    first, second = sorted((folded(one), folded(other)), key=len)
    return bool(first) and first in second and len(first) >= 0.5 * len(second)


# ---------------------------------------------------------------------- byline


def _byline(head: Head, said: Structured, blocks: Sequence[Found], outlet: str) -> str:
    named = list(said.authors) or head.all_metas(*_AUTHOR_METAS)
    names = [_name(name) for name in named]
    names = [name for name in names if _is_name(name, outlet)]
    if names:
        return ", ".join(dict.fromkeys(names))
    for block in blocks:
        if block.zone in ("", "aside") and block.hint == "byline" and len(block.words) < 120:
            words = block.words
            name = _name(byline_in(words) or names_in(words) or words)
            if _is_name(name, outlet) and block.role is not Role.SUBHEAD:
                return name
    return ""


def _name(words: str) -> str:
    return _line(_BY.sub("", words, count=1) if _BY.match(words) else words)


def _is_name(name: str, outlet: str) -> bool:
    if not name or len(name) > 120 or "://" in name or "@" in name or _NOBODY.match(name):
        return False
    return folded(name) != folded(outlet) and any(map(str.isalpha, name))


# ---------------------------------------------------------------------- date


def stated_date(head: Head, said: Structured, blocks: Sequence[Found]) -> str:
    """Return when the page says that it was published, or an empty string."""
    stated = [said.published, *(head.meta(name) for name in _DATE_METAS)]
    stated += [at for at, publication in head.times if publication]
    stated += [at for at, publication in head.times[:1] if not publication]
    return next((date for date in map(normal_date, stated) if date), "")


def normal_date(words: str) -> str:
    """Return a date in a form that sorts (``2024-05-01`` or with a time), or an empty string."""
    words = words.strip()
    compact = _COMPACT.match(words)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        words = f"{year}-{month}-{day}"
        words += f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    match = _DATE.match(words)
    if match is None:
        return _mail_date(words)
    if not _is_day(match["date"]):
        return ""
    zone = match["zone"] or ""
    zone = zone if len(zone) != 5 else f"{zone[:3]}:{zone[3:]}"
    return f"{match['date']}T{match['time']}{zone}" if match["time"] else match["date"]


def _mail_date(words: str) -> str:
    """Return a date as in mails and feeds (``Wed, 01 May 2024 10:00:00 GMT``), or nothing."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(words).isoformat() if words else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _is_day(words: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _guessed_date(address: str, guess: Guess) -> str:
    match = _IN_ADDRESS.search(urlsplit(address).path)
    if match:
        found = "-".join(part.zfill(2) for part in match.groups())
        if _is_day(found):
            return found
    return normal_date(guess.date)[:10]


# ---------------------------------------------------------------------- address


def _address(head: Head, said: Structured, url: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return the article's canonical address: the page's own word, as long as it is its own site.

    A page can say that it is any other page; that one's article is not taken for this one.
    """
    base = urljoin(url or "", head.base) if head.base else url or ""
    own = clean_address(url or "")
    for said_address in (head.link("canonical"), head.meta("og:url"), said.url):
        address = clean_address(urljoin(base, said_address)) if said_address else ""
        if not address or (own and _is_front(address) and not _is_front(own)):
            continue
        if own and site(address) != site(own):
            return own, (f"The page names {address} as its original.",)
        return address, ()
    return own or None, ()


def clean_address(address: str) -> str:
    """Return a web address without fragment, tracking parameters and default port, or nothing."""
    try:
        parts = urlsplit(address.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    query = "&".join(
        item for item in parts.query.split("&") if not _TRACKING.match(item.partition("=")[0])
    )
    host = parts.hostname
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path or "/", query, ""))


def site(address: str) -> str:
    """Return the site of an address: its host, without what stands for another form of it."""
    host = urlsplit(address).hostname or ""
    return _HOST_PREFIX.sub("", host, count=1)


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _language(head: Head, said: Structured) -> str | None:
    for name in (head.language, said.language, head.meta("og:locale"),
                 head.meta("content-language", "language", "dc.language")):  # fmt: skip
        words = name.strip().replace("_", "-").partition(",")[0]
        if _LANGUAGE.match(words):
            return words
    return None


def _line(words: str) -> str:
    return canonical(" ".join(words.split()))[:500]
