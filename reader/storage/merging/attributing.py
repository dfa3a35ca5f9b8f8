"""Works out what carries who said it over from one highlight to another; see `carrying`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from reader.domain.attributed import attribution_uid
from reader.domain.operation import Change, now
from reader.storage.merging.past import Row

_FIELDS = ("voice", "act", "scope_certain", "origin", "hops")
_SAYING = ("voice", "act", "scope_certain", "hops")


def carried(
    gone: Row, keep: str, there: Row | None, last: Callable[[str], str], *, live: bool
) -> Iterator[Change]:
    """Yield what lets a highlight say what another one's attribution says.

    What only one of them says stays; where both say something else, the later one counts.

    Args:
        gone: The attribution of the highlight that goes.
        keep: Uid of the highlight that stays.
        there: That one's attribution, or None if it never had one.
        last: Gives the clock of the newest operation on an entity.
        live: False if the one that goes was taken away, and this shall be taken away as well.
    """
    uid, says = attribution_uid(keep), said(gone)
    if there is None or there["deleted_at"]:
        if live:
            yield Change("attribution", uid, {"highlight_uid": keep, **says})
        return
    present = said(there)
    later = last(gone["uid"]) >= last(uid)
    if not live:
        if later:
            yield Change("attribution", uid, {"deleted_at": now()}, {"deleted_at": None, **present})
        return
    taken = [
        name
        for name in _SAYING
        if _is_given(says[name]) and (later or not _is_given(present[name]))
    ]
    patch = {name: says[name] for name in taken if says[name] != present[name]}
    if "hops" in patch:
        patch["origin"] = says["origin"]
    if patch:
        yield Change("attribution", uid, patch, {name: present[name] for name in patch})


def said(row: Row) -> Row:
    """Return what an attribution says, as operations hold it."""
    said = {name: row[name] for name in _FIELDS}
    certain = row["scope_certain"]
    scope = None if certain is None else bool(certain)
    return {**said, "scope_certain": scope, "hops": json.loads(row["hops"])}


def _is_given(value: Any) -> bool:
    return value is not None and value != []
