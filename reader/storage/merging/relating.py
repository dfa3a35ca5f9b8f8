"""Works out what carries relations and evidence from one highlight to another; see `carrying`."""

from __future__ import annotations

from reader.domain.operation import Change, now
from reader.storage.merging.past import Row


def relation(row: Row, keep: str, other: str) -> Change:
    """Return what lets a relation lead from or to the highlight that stays.

    One between the two says nothing any more, and goes.

    Args:
        row: The relation.
        keep: Uid of the highlight that stays.
        other: Uid of the one that goes.
    """
    ends = {name: keep for name in ("from_uid", "to_uid") if row[name] == other}
    after = {"from_uid": row["from_uid"], "to_uid": row["to_uid"], **ends}
    if after["from_uid"] == after["to_uid"]:
        gone = {"deleted_at": row["deleted_at"]}
        return Change("relation", row["uid"], {"deleted_at": now()}, gone)
    return Change("relation", row["uid"], ends, {name: row[name] for name in ends})
