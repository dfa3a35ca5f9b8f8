"""Checks records of what was done, from outside: every field of the right kind, or why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from reader.domain.attributed import attribution_uid
from reader.domain.evidence import link_uid
from reader.domain.operation import SCHEMA, Change, Group, Operation
from reader.domain.overall import label_uid, overall_uid
from reader.domain.source import alias_uid
from reader.formats.jsonl_content import book_from
from reader.formats.jsonl_fields import (
    FIELDS,
    Refused,
    Test,
    check,
    is_short,
    is_text,
    is_time,
    is_uuid,
    is_whole,
    maybe,
    one_of,
)

LAST_MS = 253_370_764_800_000
"""Latest time of a clock (the year 9999), so that ours can always go on from it."""

_CLOCK = re.compile(r"(\d{15})-\d{5}-(.{36})", re.ASCII)
_KIND = re.compile(r"[a-z][a-z-]{0,39}")

_OPERATION: Mapping[str, Test] = {
    "uid": is_uuid,
    "group": is_uuid,
    "article": maybe(is_uuid),
    "clock": lambda value: isinstance(value, str),
    "actor": is_uuid,
    "device": is_uuid,
    "kind": lambda value: isinstance(value, str) and _KIND.fullmatch(value) is not None,
    "summary": lambda value: is_text(value, 1_000),
    "entity": one_of(*FIELDS),
    "entity_uid": is_short,
    "patch": lambda value: isinstance(value, dict),
    "before": maybe(lambda value: isinstance(value, dict)),
    "undoes": maybe(is_uuid),
    "schema": is_whole,
}


def operation_from(fields: Mapping[str, Any]) -> Operation:
    """Return the operation of a record.

    Raises:
        Refused: It is none.
    """
    if type(fields.get("schema")) is int and fields["schema"] > SCHEMA:
        raise Refused("the operation was written by a newer version of reader")
    check(fields, _OPERATION, "operation", exact=True)
    clock = _CLOCK.fullmatch(fields["clock"])
    if clock is None or int(clock[1]) > LAST_MS or clock[2] != fields["device"]:
        raise Refused("the clock of the operation is none")
    _check_change(fields)
    names = ("uid", "group", "article", "clock", "actor", "device", "kind", "entity", "entity_uid")
    values = [fields[name] for name in (*names, "patch", "before", "undoes", "summary", "schema")]
    return Operation(*values)


def _check_change(fields: Mapping[str, Any]) -> None:
    """Refuse new and old values that the entity cannot have."""
    entity = fields["entity"]
    known = {**FIELDS[entity], "deleted_at": maybe(is_time)}
    check(fields["patch"], known, entity)
    check(fields["before"] or {}, known, entity)
    if entity != "block" and not is_uuid(fields["entity_uid"]):
        raise Refused(f"the id of the {entity} is none")
    make = _DERIVED.get(entity)
    made = fields["before"] is None
    if make is not None and made and fields["entity_uid"] != make(fields["patch"]):
        raise Refused(f"the id of the {entity} is not that of its place")


_DERIVED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "block": lambda patch: f"{patch.get('version_uid')}:{patch.get('start')}",
    "article_note": lambda patch: overall_uid(
        str(patch.get("article_uid")), str(patch.get("annotator_uid"))
    ),
    "attribution": lambda patch: attribution_uid(str(patch.get("highlight_uid"))),
    "evidence_link": lambda patch: link_uid(
        str(patch.get("evidence_uid")), str(patch.get("highlight_uid"))
    ),
    "source_alias": lambda patch: alias_uid(str(patch.get("source_uid")), str(patch.get("name"))),
    "label": lambda patch: label_uid(str(patch.get("article_uid")), str(patch.get("name"))),
}
"""Makes the id of what is known by its place."""


_CHANGE = {name: _OPERATION[name] for name in ("entity", "entity_uid", "patch", "before")}
_GROUP = {
    name: _OPERATION[name] for name in ("group", "article", "actor", "kind", "summary", "undoes")
}


def group_from(fields: Mapping[str, Any]) -> Group:
    """Return the group of a record: one action that was not saved.

    Raises:
        Refused: It is none.
    """
    known: Mapping[str, Test] = {
        **_GROUP,
        "changes": lambda value: isinstance(value, list),
        "codebook": maybe(is_text),
    }
    check(fields, known, "action", exact=True)
    return Group(
        kind=fields["kind"],
        actor=fields["actor"],
        article_uid=fields["article"],
        changes=tuple(map(_change, fields["changes"])),
        undoes=fields["undoes"],
        summary=fields["summary"],
        codebook=book_from(fields["codebook"]) if fields["codebook"] else None,
        uid=fields["group"],
    )


def _change(fields: Any) -> Change:
    if not isinstance(fields, dict):
        raise Refused("a change of the action is none")
    check({**fields, "record": ""}, _CHANGE, "change", exact=True)
    _check_change(fields)
    return Change(fields["entity"], fields["entity_uid"], fields["patch"], fields["before"])
