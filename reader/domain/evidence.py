"""Evidence: what was looked at, and what it says of a statement."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.domain.uids import derived_uid

STANCES = ("supports", "refutes", "context", "insufficient")
"""What a piece of evidence says of a statement."""

BEARING = ("supports", "refutes")
"""Those that bear on a verdict. One off the scale may also rest on what was insufficient."""

STANCE_KEYS = {"supports": "s", "refutes": "r", "context": "c", "insufficient": "i"}
"""The letter that chooses each."""

STANCE_SIGNS = {"supports": "+", "refutes": "-", "context": "~", "insufficient": "?"}
"""The sign of each, in ASCII: no colour is needed."""

KINDS = ("document", "web page", "data", "image", "recording", "person", "place", "other")
"""What is proposed as its kind; any other word can be given."""

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
_LONGEST_URL = 2_000
_BARE_URL = re.compile(r"(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
"""A host's name and what may come after it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that was looked at; it may speak of many statements.

    Attributes:
        uid: Random (version 7).
        annotator_uid: Who looked at it.
        kind: One of :data:`KINDS`, or another word; may be empty.
        citation: What it is, for people.
        url: Where it is, or None.
        archive_url: Where a copy is that stays, or None.
        accessed_at: The day on which it was looked at, ``YYYY-MM-DD``, or None.
        excerpt: The words that matter, or None.
        rev: Number of operations on it so far.
    """

    uid: str
    annotator_uid: str
    kind: str = ""
    citation: str = ""
    url: str | None = None
    archive_url: str | None = None
    accessed_at: str | None = None
    excerpt: str | None = None
    rev: int = 1

    @property
    def name(self) -> str:
        """What it is called in a list: the citation, else the address, else the excerpt."""
        return self.citation or self.url or self.archive_url or self.excerpt or self.kind or "–"


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """What a piece of evidence says of one statement.

    Attributes:
        uid: Derived from both, see :func:`link_uid`.
        evidence_uid: The evidence.
        highlight_uid: The statement.
        stance: One of :data:`STANCES`.
        rev: Number of operations on it so far.
    """

    uid: str
    evidence_uid: str
    highlight_uid: str
    stance: str
    rev: int = 1


def link_uid(evidence_uid: str, highlight_uid: str) -> str:
    """Return the id under which a link meets itself after a merge."""
    return derived_uid(f"evidence\n{evidence_uid}\n{highlight_uid}")


def check_stance(text: str) -> str:
    """Return a stance by its name, its key, or the beginning of it.

    Raises:
        UsageError: There is none.
    """
    wanted = text.strip().lower()
    for stance in STANCES:
        if wanted and stance.startswith(wanted):
            return stance
    raise UsageError(f"No stance is called {text}.", f"There are {', '.join(STANCES)}.")


def whole_url(text: str) -> str:
    """Return an address with its scheme where nothing but that is missing: ``example.org/x``."""
    return f"https://{text.strip()}" if _BARE_URL.fullmatch(text.strip()) else text


def check_url(text: str) -> str | None:
    """Return an address of the web, without white space around it; None for none.

    Raises:
        UsageError: It is no http or https address.
    """
    text = text.strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        whole = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole or len(text) > _LONGEST_URL or not text.isprintable() or " " in text:
        raise UsageError(
            "This is no web address.", "It begins with http:// or https:// and has no spaces."
        )
    return text


def check_day(text: str) -> str | None:
    """Return a day, a month or a year; None for none.

    Raises:
        UsageError: It is none of these.
    """
    text = text.strip()
    if not text:
        return None
    try:
        if _PARTIAL_DATE.match(text):
            date.fromisoformat(f"{text}-01-01"[:10])
            return text
    except ValueError:
        pass
    raise UsageError(f"{text} is no date.", "Write it as YYYY-MM-DD, YYYY-MM or YYYY.")


def checked(evidence: Evidence) -> Evidence:
    """Return evidence as it is kept: its texts without white space around them.

    Raises:
        UsageError: An address or the date is wrong, or nothing says what it is.
    """
    done = replace(
        evidence,
        kind=" ".join(evidence.kind.split()),
        citation=" ".join(evidence.citation.split()),
        url=check_url(evidence.url or ""),
        archive_url=check_url(evidence.archive_url or ""),
        accessed_at=check_day(evidence.accessed_at or ""),
        excerpt=(evidence.excerpt or "").strip() or None,
    )
    if not (done.citation or done.url or done.archive_url or done.excerpt):
        raise UsageError(
            "Nothing says what was looked at.", "Give a citation, an address or an excerpt."
        )
    return done
