"""What the fields of records from outside may hold: tests by kind, and by entity and field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from reader.domain.article import STATUSES
from reader.domain.attributed import VOICES
from reader.domain.errors import UsageError
from reader.domain.evidence import STANCES
from reader.domain.highlight import Fate
from reader.domain.overall import check_label
from reader.domain.relation import BY_CODE
from reader.domain.source import KINDS, NAMINGS
from reader.domain.text import Role
from reader.domain.untrusted import is_printable

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)
_LONGEST = 1_000_000
_MOST = 1_000
_GREATEST = 2**31 - 1


class Refused(Exception):  # noqa: N818 - named for what happened to the record
    """A record that is not taken in; the message says why."""


Test = Callable[[Any], bool]


def is_text(value: Any, longest: int = _LONGEST) -> bool:
    """Whether it is text that can be stored, and not too long."""
    if not isinstance(value, str) or len(value) > longest:
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def maybe(test: Test) -> Test:
    """Return a test that takes None as well."""
    return lambda value: value is None or test(value)


def is_uuid(value: Any) -> bool:
    """Whether it is a uid, in lower case."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_whole(value: Any) -> bool:
    """Whether it is a whole number that is not negative."""
    return type(value) is int and 0 <= value <= _GREATEST


def is_truth(value: Any) -> bool:
    """Whether it is true or false, or the number that stands for it in the database."""
    return isinstance(value, bool) or (type(value) is int and value in (0, 1))


def is_time(value: Any) -> bool:
    """Whether it is a UTC time, ISO 8601."""
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def one_of(*values: str) -> Test:
    """Return a test for one of some words."""
    return lambda value: isinstance(value, str) and value in values


def is_handle(value: Any) -> bool:
    """Whether it can be the short name of an annotator."""
    return is_text(value, 64) and is_printable(value) and bool(value.strip())


def is_label(value: Any) -> bool:
    """Whether it can be a label of an article."""
    try:
        return isinstance(value, str) and check_label(value) == value
    except UsageError:
        return False


def is_short(value: Any) -> bool:
    """Whether it is a short text."""
    return is_text(value, 200)


def is_name(value: Any) -> bool:
    """Whether it can be the name of a source."""
    return is_text(value, 1_000) and is_printable(value) and bool(value.strip())


def is_data(value: Any) -> bool:
    """Whether it is an object that can be stored as JSON, and not too long."""
    try:
        return isinstance(value, dict) and is_text(json.dumps(value, ensure_ascii=False))
    except (TypeError, ValueError, RecursionError):
        return False


def are_uuids(value: Any) -> bool:
    """Whether it is a list of uids."""
    return isinstance(value, list) and len(value) <= _MOST and all(map(is_uuid, value))


def are_hops(value: Any) -> bool:
    """Whether it is a chain of sources, with where the text speaks of each."""
    return isinstance(value, list) and len(value) <= _MOST and all(map(_is_hop, value))


def _is_hop(value: Any) -> bool:
    if not (isinstance(value, dict) and value.keys() <= {"source", "mention", "cue"}):
        return False
    places = (value.get("mention"), value.get("cue"))
    return maybe(is_uuid)(value.get("source")) and all(map(maybe(_is_words), places))


def _is_words(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"start", "end", "exact"}
        and is_whole(value["start"])
        and is_whole(value["end"])
        and value["start"] < value["end"]
        and is_text(value["exact"])
    )


def are_spans(value: Any) -> bool:
    """Whether it is a list of stretches."""
    return isinstance(value, list) and all(
        isinstance(span, list) and len(span) == 2 and all(map(is_whole, span)) for span in value
    )


def is_place(value: Any) -> bool:
    """Whether it is the place that a highlight had in an earlier version."""
    return (
        isinstance(value, dict)
        and value.keys() == _PLACE.keys()
        and all(test(value[name]) for name, test in _PLACE.items())
    )


def is_value(value: Any) -> bool:
    """Whether it is a judgement's one field: code, confidence, likelihood, reason, evidence."""
    if not isinstance(value, dict):
        return False
    value = {"because": None, **value}  # older operations do not know it
    return value.keys() == _VALUE.keys() and all(test(value[name]) for name, test in _VALUE.items())


def is_per_cent(value: Any) -> bool:
    """Whether it is a whole number up to 100."""
    return is_whole(value) and value <= 100


_PLACE: Mapping[str, Test] = {
    "version_uid": is_uuid,
    "start": is_whole,
    "end": is_whole,
    "extra_spans": are_spans,
    "exact": lambda value: isinstance(value, str),
    "prefix": is_text,
    "suffix": is_text,
}
_VALUE: Mapping[str, Test] = {
    "codebook_version": is_whole,
    "code": is_short,
    "confidence": maybe(one_of("low", "moderate", "high")),
    "likelihood": maybe(is_per_cent),
    "reason": maybe(is_text),
    "because": maybe(are_uuids),
}
_ANY = maybe(is_text)
FIELDS: Mapping[str, Mapping[str, Test]] = {
    "annotator": {
        "handle": is_handle,
        "name": _ANY,
        "kind": one_of("human", "program"),
        "joined_into": maybe(is_uuid),
    },
    "article": {
        **dict.fromkeys(("title", "byline", "outlet", "url", "published_at", "language"), _ANY),
        "status": maybe(one_of(*STATUSES)),
        "archived_at": maybe(is_time),
        "version_uid": maybe(is_uuid),
    },
    "block": {"version_uid": is_uuid, "start": is_whole, "role": one_of(*Role)},
    "source": {
        "name": is_name,
        "kind": one_of(*KINDS),
        "naming": one_of(*NAMINGS),
        **dict.fromkeys(("role", "affiliation", "url"), _ANY),
        "merged_into": maybe(is_uuid),
    },
    "source_alias": {"source_uid": is_uuid, "name": is_name},
    "source_role": {
        "source_uid": is_uuid,
        **dict.fromkeys(("role", "affiliation"), _ANY),
        **dict.fromkeys(("since", "until"), maybe(is_short)),
    },
    "highlight": {
        "version_uid": is_uuid,
        "annotator_uid": is_uuid,
        "start": is_whole,
        "end": is_whole,
        "extra_spans": are_spans,
        "exact": lambda value: isinstance(value, str),
        "prefix": is_text,
        "suffix": is_text,
        "note": _ANY,
        "flag": is_truth,
        "implicit": is_truth,
        "origin": is_short,
        "fate": maybe(one_of(*Fate)),
        "was": maybe(is_place),
    },
    "attribution": {
        "highlight_uid": is_uuid,
        "voice": maybe(one_of(*VOICES)),
        "act": maybe(is_short),
        "scope_certain": maybe(is_truth),
        "origin": is_short,
        "hops": are_hops,
    },
    "relation": {
        **dict.fromkeys(("from_uid", "to_uid", "annotator_uid"), is_uuid),
        "type": one_of(*BY_CODE),
        "note": _ANY,
    },
    "evidence": {
        "annotator_uid": is_uuid,
        "kind": maybe(is_short),
        **dict.fromkeys(("citation", "url", "archive_url", "excerpt"), _ANY),
        "accessed_at": maybe(is_short),
    },
    "evidence_link": {
        **dict.fromkeys(("evidence_uid", "highlight_uid"), is_uuid),
        "stance": one_of(*STANCES),
    },
    "suggestion": {
        **dict.fromkeys(("version_uid", "annotator_uid"), is_uuid),
        **dict.fromkeys(("detector", "detector_version", "kind"), is_short),
        **dict.fromkeys(("start", "end"), is_whole),
        "payload": is_data,
        "decision": one_of("accepted", "edited", "dismissed"),
    },
    "judgement": {
        **dict.fromkeys(("highlight_uid", "article_uid", "attribution_uid"), maybe(is_uuid)),
        **dict.fromkeys(("source_uid", "relation_uid", "annotator_uid"), maybe(is_uuid)),
        "codebook": is_short,
        "facet": is_short,
        "value": is_value,
    },
    "article_note": {"article_uid": is_uuid, "annotator_uid": is_uuid, "note": _ANY},
    "label": {"article_uid": is_uuid, "name": is_label},
}
"""The fields of every entity, and what they may hold."""


def check(
    fields: Mapping[str, Any], known: Mapping[str, Test], what: str, *, exact: bool = False
) -> None:
    """Refuse fields that are unknown, of the wrong kind, or (if exact) missing.

    Raises:
        Refused: There is one.
    """
    for name, value in fields.items():
        if name == "record" and exact:
            continue
        if name not in known:
            raise Refused(f"unknown field of {what}: {name[:40]}")
        if not known[name](value):
            raise Refused(f"the field {name} of {what} does not hold what it must")
    missing = known.keys() - fields.keys() if exact else ()
    if missing:
        raise Refused(f"the field {sorted(missing)[0]} of {what} is missing")
