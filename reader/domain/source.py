"""Sources: who says things, reused across articles, with other names and changing roles."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.domain.uids import derived_uid
from reader.domain.untrusted import is_printable

KINDS = ("person", "organisation", "office", "document", "account", "group", "unknown")
"""What a source is."""

NAMINGS = ("named", "described", "anonymous", "agentless")
"""How an article names a source: by name, by what it is ("a spokesman for the ministry"), as
somebody who must not be named, or not at all ("was criticised")."""

LONGEST = 300
"""Code points that a name, a role or an affiliation may have."""

LONGEST_URL = 2_000
"""Code points that an address may have."""

DETAILS = ("name", "kind", "naming", "role", "affiliation", "url")
"""The fields of a source that can be edited, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody or something that says things.

    Attributes:
        uid: Random (version 7), leaves the database.
        name: What it is called.
        kind: One of :data:`KINDS`.
        naming: One of :data:`NAMINGS`.
        role: What it is or does: "prime minister"; None if not known.
        affiliation: Whom it belongs to; None if not known.
        url: Where more is to be found, or None.
        merged_into: Uid of the source that this one turned out to be, or None.
        created_at: UTC, ISO 8601 with milliseconds and ``Z``.
        updated_at: The same, of the newest operation on it.
        rev: Number of operations on it so far.
        removed: Whether its making was undone; what names it still says its name.
    """

    uid: str
    name: str
    kind: str = "unknown"
    naming: str = "named"
    role: str | None = None
    affiliation: str | None = None
    url: str | None = None
    merged_into: str | None = None
    created_at: str = ""
    updated_at: str = ""
    rev: int = 1
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a source."""

    uid: str
    source_uid: str
    name: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a source was for a time.

    Attributes:
        uid: Random (version 7).
        source_uid: The source.
        role: What it was, or None.
        affiliation: Whom it belonged to, or None.
        since: The first day: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None is open.
        until: The last day, in the same forms; None is open.
    """

    uid: str
    source_uid: str
    role: str | None = None
    affiliation: str | None = None
    since: str | None = None
    until: str | None = None

    def holds_on(self, day: str) -> bool:
        """Whether it was so on a day, which may be given as year or month only."""
        starts = self.since is None or self.since <= day or self.since.startswith(day)
        ends = self.until is None or day[: len(self.until)] <= self.until
        return starts and ends


def role_on(
    source: Source, roles: Iterable[Role], day: str | None
) -> tuple[str | None, str | None]:
    """Return role and affiliation of a source on a day; its usual ones where none is known.

    Args:
        source: The source.
        roles: Its roles over time.
        day: An article's date of publication, of any of its forms, or None.
    """
    if day:
        fitting = [role for role in roles if role.holds_on(day[:10])]
        if fitting:
            newest = max(fitting, key=lambda role: (role.since or "", role.uid))
            return newest.role, newest.affiliation
    return source.role, source.affiliation


def alias_uid(source_uid: str, name: str) -> str:
    """Return the id of another name of a source; upper and lower case make no difference."""
    return derived_uid(f"alias\n{source_uid}\n{folded(name)}")


def folded(name: str) -> str:
    """Return a name as it is compared with others: no case, single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


# ---------------------------------------------------------------------- merged sources


def ends(merged: Mapping[str, str]) -> dict[str, str]:
    """Return what each merged source is one with, to the end of the chain.

    Two libraries may have merged the same two the other way round: then the oldest uid counts.

    Args:
        merged: ``merged_into`` by uid.
    """
    found = {uid: _end(uid, merged) for uid in merged}
    return {uid: end for uid, end in found.items() if uid != end}


def _end(uid: str, merged: Mapping[str, str]) -> str:
    seen: dict[str, None] = {}
    while uid in merged and uid not in seen:
        seen[uid] = None
        uid = merged[uid]
    if uid not in seen:
        return uid
    ring = list(seen)
    return min(ring[ring.index(uid) :])


# ---------------------------------------------------------------------- what is given


def checked(field: str, value: str | None) -> str | None:
    """Return a detail of a source as it is stored: one line without spaces around it, or None.

    Raises:
        UsageError: It cannot be.
    """
    text = unicodedata.normalize("NFC", " ".join((value or "").split()))
    if field == "kind":
        return _one_of("kind", text, KINDS)
    if field == "naming":
        return _one_of("naming", text, NAMINGS)
    if not text and field == "name":
        raise UsageError("A source has a name.", "Give one, or say what it is.")
    longest = LONGEST_URL if field == "url" else LONGEST
    if len(text) > longest:
        raise UsageError(f"The {field} is longer than {longest:,} characters.", "Cut it.")
    if not is_printable(text):
        raise UsageError(f"The {field} holds control characters.", "Type it anew.")
    if field == "url" and text and not text.lower().startswith(("http://", "https://")):
        raise UsageError(f"{text} is no web address.", "It begins with https:// or http://.")
    return text or None


def _one_of(what: str, text: str, known: Sequence[str]) -> str:
    found = [name for name in known if name.startswith(text.casefold())] if text else []
    if text.casefold() in known:
        return text.casefold()
    if len(found) == 1:
        return found[0]
    raise UsageError(f"“{text}” is no {what} of a source.", f"Known are {', '.join(known)}.")


def checked_day(text: str | None) -> str | None:
    """Return a day as it is stored: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, or None.

    Raises:
        UsageError: It is none of them.
    """
    from datetime import date

    day = (text or "").strip()
    if not day:
        return None
    full = day + "-01-01"[: 10 - len(day)] if len(day) in (4, 7) else day
    try:
        date.fromisoformat(full)
    except ValueError:
        full = ""
    if len(full) != 10:
        raise UsageError(f"{day} is no day.", "Write YYYY, YYYY-MM or YYYY-MM-DD.")
    return day


# ---------------------------------------------------------------------- plain guesses

_ANONYMOUS = frozenset({"anonymous", "unnamed", "undisclosed", "unidentified"})
_SOME = ("a ", "an ", "one ", "two ", "three ", "several ", "some ", "many ", "other ", "the ")
_ANONYMOUS_HEADS = frozenset(
    {"source", "sources", "insider", "insiders", "official", "officials", "diplomat", "diplomats"}
)
_HEADS = {
    "organisation": (
        "ministry department agency bureau office council committee commission company corp inc ltd"
        " plc gmbh bank party university institute union association federation foundation court"
        " police army government parliament senate congress times post news press herald journal"
        " tribune broadcaster newspaper ngo group wire daily gazette observer mill board hospital"
        " herald courier chronicle telegraph broadcasting"
    ),
    "person": "person official diplomat insider source witness lawyer analyst expert aide man"
    " woman",
    "office": "spokesman spokeswoman spokesperson president minister secretary chancellor mayor",
    "document": "report memo letter statement study survey filing lawsuit document email emails"
    " transcript law bill article paper",
    "group": "officials sources people critics experts scientists residents witnesses lawmakers"
    " protesters allies workers doctors police families",
}
_LAST = {
    **dict.fromkeys(("register", "database", "archive", "ledger", "dossier"), "document"),
    **dict.fromkeys(("works", "house", "registry", "factory"), "organisation"),
}
"""Words that tell it as the last one only: "Meridian Works", but not "a works manager"."""
_BEHIND_HEAD = frozenset({"of", "for", "at", "from", "in", "with", "close", "who", "on", "to"})
_KIND_OF = {word: kind for kind, words in reversed(_HEADS.items()) for word in words.split()}


def guess_naming(name: str) -> str:
    """Return how a source seems to be named, from what it is called; plain, and easily wrong."""
    low = folded(name)
    words = low.split()
    if _ANONYMOUS.intersection(words) or (
        words
        and not any(part[:1].isupper() for part in name.split()[1:])
        and (low.startswith(_SOME) or len(words) == 1)
        and words[-1] in _ANONYMOUS_HEADS
    ):
        return "anonymous"
    if low.startswith(_SOME[:-1]) or not any(part[:1].isupper() for part in name.split()):
        return "described" if not _is_handle(name) else "named"
    return "named"


def guess_kind(name: str) -> str:
    """Return what a source seems to be, from what it is called; plain, and easily wrong."""
    from reader.domain.speech.metonyms import stands_for  # late: not for the first words

    if _is_handle(name):
        return "account"
    place = stands_for(name)
    if place:
        return place
    words = [word.strip(".,'’") for word in folded(name).split()]
    head = next((n for n, word in enumerate(words) if n and word in _BEHIND_HEAD), len(words))
    if words and words[head - 1] in _LAST:
        return _LAST[words[head - 1]]
    parts = name.split()
    for at in reversed(range(head)):
        kind = _KIND_OF.get(words[at])
        given = not at and len(parts) > 1 and kind == "document" and name[:1].isupper()
        if kind and not (given and all(part[:1].isupper() for part in parts)):  # "Bill Trask"
            return kind
    capital = [part for part in parts if part[:1].isupper()]
    if 2 <= len(parts) <= 4 and len(capital) >= 2:
        return "person"
    return "organisation" if len(parts) == 1 and name.isupper() and len(name) > 1 else "unknown"


def _is_handle(name: str) -> bool:
    return name.startswith("@") and len(name) > 1
