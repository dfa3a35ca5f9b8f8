"""What can be asked of who said a highlight, and of what stands beside it, in SQL.

Each gives a subquery for ``highlight.uid IN (…)``. A source that was merged into another one *is*
that one: by any name of either all of their statements are found.
"""

from __future__ import annotations

from reader.domain.overall import folded

FIELDS = ("source", "naming", "voice", "act")
"""Fields of a filter that ask for an attribution."""

UNKNOWN = "?"
"""After ``source:``, what somebody unknown has said or passed on."""

_HOPS = (
    "SELECT highlight_uid FROM attribution JOIN hop ON attribution_uid = attribution.uid"
    " WHERE attribution.deleted_at IS NULL AND hop.source_uid"
)
_SAID = "SELECT highlight_uid FROM attribution WHERE deleted_at IS NULL AND {what}"
_CALLED = (
    "WITH RECURSIVE called(uid) AS ("
    "SELECT uid FROM source WHERE uid = :{name} OR instr(' ' || {fold}(name), ' ' || :{name})"
    " UNION SELECT source_uid FROM source_alias WHERE deleted_at IS NULL"
    " AND instr(' ' || {fold}(name), ' ' || :{name})"
    " UNION SELECT source.uid FROM source JOIN called ON source.merged_into = called.uid"
    " UNION SELECT source.merged_into FROM source JOIN called ON source.uid = called.uid"
    " WHERE source.merged_into IS NOT NULL"
    ") SELECT uid FROM called"
)
_NAMED = (
    "WITH RECURSIVE called(uid) AS ("
    "SELECT uid FROM source WHERE naming = :{name} AND merged_into IS NULL"
    " UNION SELECT source.uid FROM source JOIN called ON source.merged_into = called.uid"
    ") SELECT uid FROM called"
)

BESIDE = {
    "source": f"{_HOPS} IS NOT NULL",
    "relation": (
        "SELECT from_uid FROM relation JOIN highlight AS other ON other.uid = to_uid"
        " AND other.deleted_at IS NULL WHERE relation.deleted_at IS NULL UNION"
        " SELECT to_uid FROM relation JOIN highlight AS other ON other.uid = from_uid"
        " AND other.deleted_at IS NULL WHERE relation.deleted_at IS NULL"
    ),
    "evidence": (
        "SELECT highlight_uid FROM evidence_link JOIN evidence ON evidence.uid = evidence_uid"
        " AND evidence.deleted_at IS NULL WHERE evidence_link.deleted_at IS NULL"
    ),
}
"""What ``has:`` can ask for."""


def spoken(field: str, value: str, name: str, fold: str) -> tuple[str, str]:
    """Return the highlights that a field asks for, and the value for the subquery's parameter.

    Args:
        field: One of :data:`FIELDS`.
        value: What stands behind the colon; of a source the beginning of a word of a name, its uid,
            or ``?``; nothing asks for any.
        name: What the parameter is to be called.
        fold: The SQL function that folds a name.
    """
    if field == "source":
        if not value:
            return BESIDE["source"], value
        if value == UNKNOWN:
            return f"{_HOPS} IS NULL", value
        return f"{_HOPS} IN ({_CALLED.format(name=name, fold=fold)})", folded(value)
    if field == "naming" and value:
        return f"{_HOPS} IN ({_NAMED.format(name=name)})", value
    if field == "naming":
        return BESIDE["source"], value
    column = {"voice": "voice", "act": "act"}[field]
    what = f"{column} = :{name}" if value else f"{column} IS NOT NULL"
    return _SAID.format(what=what), value
