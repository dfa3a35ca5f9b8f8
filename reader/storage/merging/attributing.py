"""Works out what carries who said it over from one highlight to another; see `carrying`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reader.storage.merging.past import Row

_FIELDS = ("voice", "act", "scope_certain", "origin", "hops")
_SAYING = ("voice", "act", "scope_certain", "hops")


def together(earlier: Row, later: Mapping[str, Any]) -> Row:
    """Return what two attributions say together.

    What only one of them says stays; where both say something else, the later one counts.
    """
    found = dict(earlier)
    for name in _SAYING:
        if _is_given(later.get(name)) and later[name] != found.get(name):
            found[name] = later[name]
            if name == "hops":
                found["origin"] = later.get("origin")
    return found


def whole(fields: Mapping[str, Any]) -> Row:
    """Return what an attribution says by the fields of its operations, nothing left out."""
    found = {name: fields.get(name) for name in _FIELDS}
    return {**found, "hops": found["hops"] or [], "origin": found["origin"] or "manual"}


def said(row: Row) -> Row:
    """Return what an attribution says, as operations hold it."""
    said = {name: row[name] for name in _FIELDS}
    certain = row["scope_certain"]
    scope = None if certain is None else bool(certain)
    return {**said, "scope_certain": scope, "hops": json.loads(row["hops"])}


def _is_given(value: Any) -> bool:
    return value is not None and value != []
