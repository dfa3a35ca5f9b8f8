"""Works out what carries what is said over from one thing to another: judgements and notes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reader.domain.highlight import judgement_uid
from reader.domain.operation import Change, now
from reader.storage.merging.past import Past, Row

_VALUE = ("codebook_version", "code", "confidence", "likelihood", "reason")


def judgement(
    past: Past, old: Row, target: str, new_target: str, place: Row, *, live: bool
) -> Iterator[Change]:
    """Yield what makes a judgement stand on another target, if it is the later one there.

    Args:
        past: State and log.
        old: Its row.
        target: What its uid is derived from.
        new_target: What the uid of the new one is derived from.
        place: The fields that say where the new one stands.
        live: False if it was taken off, and the new one is to be taken off as well.
    """
    codebook, facet, code = old["codebook"], old["facet"], old["code"]
    takes_many = old["uid"] != judgement_uid(target, codebook, facet, None)
    uid = judgement_uid(new_target, codebook, facet, code if takes_many else None)
    there = past.row("SELECT * FROM judgement WHERE uid = ?", uid)
    value = value_of(old)
    if there is None or there["deleted_at"]:
        if live:
            fields = {**place, "codebook": codebook, "facet": facet, "value": value}
            yield Change("judgement", uid, fields)
        return
    present = value_of(there)
    if past.last(old["uid"]) < past.last(uid):
        return
    if not live:
        before = {"deleted_at": None, "value": present}
        yield Change("judgement", uid, {"deleted_at": now()}, before)
    elif value != present:
        yield Change("judgement", uid, {"value": value}, {"value": present})


def value_of(row: Row) -> Row:
    """Return what a judgement says, as operations hold it."""
    value = {name: row[name] for name in _VALUE}
    return {**value, "because": json.loads(row["because"])} if row["because"] else value


def whole(value: Row) -> Row:
    """Return what a judgement says by an operation, as :func:`value_of` does."""
    found = {name: value.get(name) for name in _VALUE}
    return {**found, "because": value["because"]} if value.get("because") else found


def both_notes(first: str | None, second: str | None) -> str | None:
    """Return two notes as one: one below the other, unless one holds the other."""
    if not first or not second:
        return first or second
    if second in first:
        return first
    return second if first in second else f"{first}\n\n{second}"
