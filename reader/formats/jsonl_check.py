"""Checks records from outside: every field of the right kind, or a reason why not."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from typing import Any

from reader.domain.article import version_uid
from reader.domain.blocks import BlockTable
from reader.domain.codebook import Codebook, parse_codebook
from reader.domain.content import CapturedContent, CodebookContent
from reader.domain.errors import CodebookError
from reader.domain.operation import SCHEMA, Change, Group, Operation
from reader.domain.text import Block, Role, canonical, text_sha256

LAST_MS = 253_370_764_800_000
"""Latest time of a clock (the year 9999), so that ours can always go on from it."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CLOCK = re.compile(r"(\d{15})-\d{5}-(.{36})", re.ASCII)
_KIND = re.compile(r"[a-z][a-z-]{0,39}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)
_LONGEST = 1_000_000
_GREATEST = 2**31 - 1


class Refused(Exception):  # noqa: N818 - named for what happened to the record
    """A record that is not taken in; the message says why."""


Test = Callable[[Any], bool]


def _text(value: Any, longest: int = _LONGEST) -> bool:
    if not isinstance(value, str) or len(value) > longest:
        return False
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _maybe(test: Test) -> Test:
    return lambda value: value is None or test(value)


def _uuid(value: Any) -> bool:
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _whole(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _GREATEST


def _truth(value: Any) -> bool:
    return isinstance(value, bool) or (type(value) is int and value in (0, 1))


def _time(value: Any) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _one_of(*values: str) -> Test:
    return lambda value: isinstance(value, str) and value in values


def _handle(value: Any) -> bool:
    return _text(value, 64) and value.isprintable() and bool(value.strip())


def _short(value: Any) -> bool:
    return _text(value, 200)


def _spans(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(span, list) and len(span) == 2 and all(map(_whole, span)) for span in value
    )


def _value(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == _VALUE.keys()
        and all(test(value[name]) for name, test in _VALUE.items())
    )


def _per_cent(value: Any) -> bool:
    return _whole(value) and value <= 100


_VALUE: Mapping[str, Test] = {
    "codebook_version": _whole,
    "code": _short,
    "confidence": _maybe(_one_of("low", "moderate", "high")),
    "likelihood": _maybe(_per_cent),
    "reason": _maybe(_text),
}
_ANY = _maybe(_text)
_FIELDS: Mapping[str, Mapping[str, Test]] = {
    "annotator": {"handle": _handle, "name": _ANY, "kind": _one_of("human", "program")},
    "article": {
        name: _maybe(_time) if name == "archived_at" else _ANY
        for name in (
            *("title", "byline", "outlet", "url", "published_at", "language", "archived_at"),
        )
    },
    "block": {"version_uid": _uuid, "start": _whole, "role": _one_of(*Role)},
    "highlight": {
        "version_uid": _uuid,
        "annotator_uid": _uuid,
        "start": _whole,
        "end": _whole,
        "extra_spans": _spans,
        "exact": lambda value: isinstance(value, str),
        "prefix": _text,
        "suffix": _text,
        "note": _ANY,
        "flag": _truth,
        "implicit": _truth,
        "origin": _short,
    },
    "judgement": {"highlight_uid": _uuid, "codebook": _short, "facet": _short, "value": _value},
}
"""The fields of every entity, and what they may hold."""

_OPERATION: Mapping[str, Test] = {
    "uid": _uuid,
    "group": _uuid,
    "article": _maybe(_uuid),
    "clock": lambda value: isinstance(value, str),
    "actor": _uuid,
    "device": _uuid,
    "kind": lambda value: isinstance(value, str) and _KIND.fullmatch(value) is not None,
    "summary": lambda value: _text(value, 1_000),
    "entity": _one_of(*_FIELDS),
    "entity_uid": _short,
    "patch": lambda value: isinstance(value, dict),
    "before": _maybe(lambda value: isinstance(value, dict)),
    "undoes": _maybe(_uuid),
    "schema": _whole,
}


def operation_from(fields: Mapping[str, Any]) -> Operation:
    """Return the operation of a record.

    Raises:
        Refused: It is none.
    """
    if type(fields.get("schema")) is int and fields["schema"] > SCHEMA:
        raise Refused("the operation was written by a newer version of reader")
    _check(fields, _OPERATION, "operation", exact=True)
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
    known = {**_FIELDS[entity], "deleted_at": _maybe(_time)}
    _check(fields["patch"], known, entity)
    _check(fields["before"] or {}, known, entity)
    if entity != "block" and not _uuid(fields["entity_uid"]):
        raise Refused(f"the id of the {entity} is none")
    if entity == "block" and fields["before"] is None:
        patch = fields["patch"]
        if fields["entity_uid"] != f"{patch.get('version_uid')}:{patch.get('start')}":
            raise Refused("the id of the block is not that of its place")


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
        "codebook": _maybe(_text),
    }
    _check(fields, known, "action", exact=True)
    return Group(
        kind=fields["kind"],
        actor=fields["actor"],
        article_uid=fields["article"],
        changes=tuple(map(_change, fields["changes"])),
        undoes=fields["undoes"],
        summary=fields["summary"],
        codebook=_book(fields["codebook"]) if fields["codebook"] else None,
        uid=fields["group"],
    )


def _change(fields: Any) -> Change:
    if not isinstance(fields, dict):
        raise Refused("a change of the action is none")
    _check({**fields, "record": ""}, _CHANGE, "change", exact=True)
    _check_change(fields)
    return Change(fields["entity"], fields["entity_uid"], fields["patch"], fields["before"])


def _check(
    fields: Mapping[str, Any], known: Mapping[str, Test], what: str, *, exact: bool = False
) -> None:
    """Refuse fields that are unknown, of the wrong kind, or (if exact) missing."""
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


def codebook_from(fields: Mapping[str, Any]) -> CodebookContent:
    """Return the codebook of a record.

    Raises:
        Refused: It is none.
    """
    known: Mapping[str, Test] = {"id": _short, "version": _whole, "source": _text}
    _check(fields, known, "codebook", exact=True)
    content = CodebookContent(fields["id"], fields["version"], fields["source"])
    book = _book(content.source)
    if (book.id, book.version) != (content.id, content.version):
        raise Refused("the codebook says that it is another one")
    return content


def _book(source: str) -> Codebook:
    try:
        return parse_codebook(source)
    except CodebookError as error:
        raise Refused(f"the codebook breaks a rule: {error.message}") from error


_CAPTURE: Mapping[str, Test] = {
    "uid": _uuid,
    "article": _uuid,
    "sha256": _short,
    "origin": _text,
    "media_type": _short,
    "extractor": _short,
    "captured_at": _time,
    "warnings": lambda value: isinstance(value, list) and all(map(_text, value)),
    "blocks": lambda value: isinstance(value, list),
    "text": lambda value: isinstance(value, str),
    "raw": lambda value: isinstance(value, str),
}


def capture_from(fields: Mapping[str, Any]) -> CapturedContent:
    """Return the capture of a record.

    Raises:
        Refused: It is none.
    """
    _check(fields, _CAPTURE, "capture", exact=True)
    text = fields["text"]
    if canonical(text) != text:
        raise Refused("the text of the capture has control characters or line ends it cannot have")
    if text_sha256(text) != fields["sha256"]:
        raise Refused("the text of the capture is not what its SHA-256 says")
    if version_uid(fields["article"], fields["sha256"]) != fields["uid"]:
        raise Refused("the id of the capture is not that of its article and text")
    try:
        raw = base64.b64decode(fields["raw"], validate=True)
    except ValueError as error:
        raise Refused("the source of the capture is not base64") from error
    return CapturedContent(
        uid=fields["uid"],
        article_uid=fields["article"],
        sha256=fields["sha256"],
        origin=fields["origin"],
        media_type=fields["media_type"],
        extractor=fields["extractor"],
        captured_at=fields["captured_at"],
        warnings=tuple(fields["warnings"]),
        blocks=_blocks(fields["blocks"], len(text)),
        text=text,
        raw=raw,
    )


def _blocks(rows: list[Any], length: int) -> BlockTable:
    table, end = BlockTable(), 0
    for row in rows:
        if not (isinstance(row, list) and len(row) == 4 and _is_block(*row)):
            raise Refused("a block of the capture is none")
        block = Block(row[0], row[1], Role(row[2]), row[3])
        if not end <= block.start < block.end <= length:
            raise Refused("the blocks of the capture overlap or lie outside its text")
        table.append(block.start, block.end, block.role, block.level)
        end = block.end
    return table


def _is_block(start: Any, end: Any, role: Any, level: Any) -> bool:
    return _whole(start) and _whole(end) and _one_of(*Role)(role) and _whole(level) and level < 256
