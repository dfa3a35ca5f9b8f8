"""Applies operations to the state tables: the only code that changes them.

A change sets the named fields of one row. The same function serves a fresh action, an undo, and the
rebuilding of everything from the log, so that they cannot differ.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reader.domain.errors import ChangeRefused
from reader.domain.late import Late
from reader.domain.operation import Change, Operation
from reader.domain.records import dataclass

if TYPE_CHECKING:
    import json
else:
    json = Late("json")


@dataclass(frozen=True, slots=True)
class _Entity:
    """How an entity's fields lie in its table."""

    table: str
    fields: tuple[str, ...]
    json_fields: tuple[str, ...] = ()


ENTITIES: Mapping[str, _Entity] = {
    "annotator": _Entity("annotator", ("handle", "name", "kind", "joined_into")),
    "article": _Entity(
        "article",
        (
            *("title", "byline", "outlet", "url", "published_at", "language"),
            *("status", "archived_at", "version_uid"),
        ),
    ),
    "block": _Entity("block", ("version_uid", "start", "role")),
    "highlight": _Entity(
        "highlight",
        (
            *("version_uid", "annotator_uid", "start", "end", "extra_spans", "exact", "prefix"),
            *("suffix", "note", "flag", "implicit", "origin", "fate", "was"),
        ),
        ("extra_spans", "was"),
    ),
    "source": _Entity(
        "source", ("name", "kind", "naming", "role", "affiliation", "url", "merged_into")
    ),
    "source_alias": _Entity("source_alias", ("source_uid", "name")),
    "source_role": _Entity("source_role", ("source_uid", "role", "affiliation", "since", "until")),
    "attribution": _Entity(
        "attribution",
        ("highlight_uid", "voice", "act", "scope_certain", "hops", "origin"),
        ("hops",),
    ),
    "relation": _Entity("relation", ("from_uid", "to_uid", "annotator_uid", "type", "note")),
    "evidence": _Entity(
        "evidence",
        (
            *("annotator_uid", "kind", "citation", "url", "archive_url", "accessed_at"),
            "excerpt",
        ),
    ),
    "evidence_link": _Entity("evidence_link", ("evidence_uid", "highlight_uid", "stance")),
    "suggestion": _Entity(
        "suggestion",
        (
            *("version_uid", "annotator_uid", "detector", "detector_version", "kind"),
            *("start", "end", "payload", "decision"),
        ),
        ("payload",),
    ),
    "judgement": _Entity(
        "judgement",
        (
            *("highlight_uid", "article_uid", "attribution_uid", "source_uid", "relation_uid"),
            *("annotator_uid", "codebook", "facet", "codebook_version", "code", "confidence"),
            *("likelihood", "reason", "because"),
        ),
        ("because",),
    ),
    "article_note": _Entity("article_note", ("article_uid", "annotator_uid", "note")),
    "label": _Entity("label", ("article_uid", "name")),
}
"""Every entity that operations speak of; those referred to before those that refer."""

_JUDGEMENT_VALUE = "value"
"""The one field that holds code, confidence, likelihood, reason, and because of which evidence:
they change as one."""


def apply(
    connection: sqlite3.Connection,
    entity: str,
    uid: str,
    patch: Mapping[str, Any],
    *,
    makes: bool,
    at: str,
) -> None:
    """Apply one change inside the caller's transaction.

    Args:
        connection: The writing connection.
        entity: A key of :data:`ENTITIES`.
        uid: The entity's uid.
        patch: New values by field.
        makes: Whether the change makes the entity (or makes it anew after a removal).
        at: Time of the operation.

    Raises:
        ChangeRefused: The change does not fit the entity, or there is no such entity.
    """
    known = _known(entity)
    columns = columns_of(known, patch)
    if makes:
        _insert(connection, known, uid, columns, at)
    elif not _update(connection, known, uid, columns, at):
        raise ChangeRefused(f"There is no {entity} {uid} to change.", "")
    if entity == "judgement":
        connection.execute(_SAID, (at, uid))


_SAID = (
    "UPDATE highlight SET rev = rev + 1, updated_at = ?1"
    " WHERE uid = (SELECT highlight_uid FROM judgement WHERE uid = ?2)"
)
"""A highlight's revision and date count what is said on it."""


def apply_all(connection: sqlite3.Connection, changes: Sequence[Change], at: str) -> None:
    """Apply changes of one time, of an entity one at most each; see :func:`apply`."""
    batches: dict[tuple[str, bool, tuple[str, ...]], list[list[Any]]] = {}
    for change in changes:
        known = _known(change.entity)
        columns, makes = columns_of(known, change.patch), change.before is None
        values = [*columns.values(), *((change.uid, at, at) if makes else (at, change.uid))]
        if makes and "deleted_at" not in columns:
            values.append(None)
        batches.setdefault((change.entity, makes, tuple(columns)), []).append(values)
    order = list(ENTITIES)
    for (entity, makes, names), rows in sorted(
        batches.items(), key=lambda it: order.index(it[0][0])
    ):
        make = _insertion if makes else _updating
        done = connection.executemany(make(ENTITIES[entity].table, names), rows)
        if not makes and done.rowcount != len(rows):
            raise ChangeRefused(f"There is no such {entity} as one of {len(rows):,} to change.", "")
    said = [(at, change.uid) for change in changes if change.entity == "judgement"]
    connection.executemany(_SAID, said)


def _known(entity: str) -> _Entity:
    """Return how an entity lies in its table.

    Raises:
        ChangeRefused: There is no such entity.
    """
    known = ENTITIES.get(entity)
    if known is None:
        raise ChangeRefused(f"The log speaks of an unknown thing: {entity}.", "Update reader.")
    return known


def comes_once(op: Operation) -> bool:
    """Whether an import never makes anew what the operation makes, once it was removed."""
    return op.entity in ("highlight", "attribution") or (
        op.entity == "judgement" and "highlight_uid" in op.patch
    )


def columns_of(known: _Entity, patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return column values for a patch, the judgement's one field spread over its columns."""
    flat = dict(patch)
    value = flat.pop(_JUDGEMENT_VALUE, None)
    if value is not None:
        flat.update({"because": None, **value})
    unknown = flat.keys() - known.fields
    if unknown and (unknown := unknown - {"deleted_at"}):
        raise ChangeRefused(f"Unknown field of {known.table}: {sorted(unknown)[0]}.", "")
    for name in known.json_fields:
        value = flat.get(name)
        if value is not None:
            flat[name] = "[]" if value == [] else json.dumps(value, sort_keys=True)
    return flat


def _insert(
    connection: sqlite3.Connection, known: _Entity, uid: str, columns: dict[str, Any], at: str
) -> None:
    values = [*columns.values(), uid, at, at]
    if "deleted_at" not in columns:
        values.append(None)
    connection.execute(_insertion(known.table, tuple(columns)), values)


@lru_cache(maxsize=256)
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    """Return the statement that makes a row, or makes it anew after a removal."""
    names = [*columns, "uid", "created_at", "updated_at"]
    if "deleted_at" not in columns:
        names.append("deleted_at")
    marks = ", ".join("?" * len(names))
    again = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "created_at")
    quoted = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {table} ({quoted}, rev) VALUES ({marks}, 1)"  # noqa: S608 - own names
        f" ON CONFLICT (uid) DO UPDATE SET {again}, rev = {table}.rev + 1"
    )


def _update(
    connection: sqlite3.Connection, known: _Entity, uid: str, columns: dict[str, Any], at: str
) -> bool:
    values = [*columns.values(), at, uid]
    return connection.execute(_updating(known.table, tuple(columns)), values).rowcount == 1


@lru_cache(maxsize=256)
def _updating(table: str, columns: tuple[str, ...]) -> str:
    """Return the statement that changes columns of a row."""
    sets = "".join(f'"{name}" = ?, ' for name in columns)
    return f"UPDATE {table} SET {sets} updated_at = ?, rev = rev + 1 WHERE uid = ?"  # noqa: S608 - own names


def clear(connection: sqlite3.Connection) -> None:
    """Empty every state table, before a rebuilding, inside the caller's transaction."""
    connection.execute("PRAGMA defer_foreign_keys=on")
    for known in reversed(list(ENTITIES.values())):  # those that refer before those referred to
        connection.execute(f"DELETE FROM {known.table}")  # noqa: S608 - own names
