"""Works out what carries what is said over from one thing to another: judgements and notes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from reader.domain.highlight import judgement_uid
from reader.domain.operation import Change
from reader.storage.merging.past import Past, Row

_VALUE = ("codebook_version", "code", "confidence", "likelihood", "reason")


def judgement(
    past: Past, old: Row, target: str, new_target: str, place: Row, also: Iterable[str]
) -> Iterator[Change]:
    """Yield what makes a judgement stand on another target, if it is the latest one there.

    Args:
        past: State and log.
        old: Its row.
        target: What its uid is derived from.
        new_target: What the uid of the new one is derived from.
        place: The fields that say where the new one stands.
        also: What the uids of those are derived from that may have been carried there before.
    """
    codebook, facet, code = old["codebook"], old["facet"], old["code"]
    takes_many = old["uid"] != judgement_uid(target, codebook, facet, None)
    uid, *others = (
        judgement_uid(on, codebook, facet, code if takes_many else None)
        for on in (new_target, *also)
    )
    there = past.row("SELECT * FROM judgement WHERE uid = ?", uid)
    value = value_of(old)
    if there is None or there["deleted_at"]:
        yield Change(
            "judgement", uid, {**place, "codebook": codebook, "facet": facet, "value": value}
        )
        return
    present = value_of(there)
    carried = [other for other in others if past.removed_by_joining(other) is not None]
    if value != present and past.last(old["uid"]) >= max(map(past.last, (uid, *carried))):
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
