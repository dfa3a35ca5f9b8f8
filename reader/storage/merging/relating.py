"""Works out what carries relations and evidence from one highlight to another; see `carrying`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reader.domain.evidence import link_uid
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


def link(
    gone: Row, keep: str, there: Row | None, last: Callable[[str], str], *, live: bool
) -> Iterator[Change]:
    """Yield what lets evidence say of a highlight what it says of another one.

    Args:
        gone: The link to the highlight that goes, live or taken off.
        keep: Uid of the highlight that stays.
        there: The link of the same evidence to that one, or None if there never was one.
        last: Gives the clock of the newest operation on an entity.
        live: False if it was taken off, and the one to the other highlight shall be as well.
    """
    evidence = gone["evidence_uid"]
    uid = link_uid(evidence, keep)
    if there is None or there["deleted_at"]:
        if live:
            fields = {"evidence_uid": evidence, "highlight_uid": keep, "stance": gone["stance"]}
            yield Change("evidence_link", uid, fields)
    elif last(gone["uid"]) < last(uid):
        return
    elif not live:
        yield Change("evidence_link", uid, {"deleted_at": now()}, {"deleted_at": None})
    elif gone["stance"] != there["stance"]:
        yield Change("evidence_link", uid, {"stance": gone["stance"]}, {"stance": there["stance"]})
