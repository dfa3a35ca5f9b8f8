"""When a judgement was given that stands now: what was taken back since gives it no new time."""

from __future__ import annotations

_TIME = "strftime('%Y-%m-%dT%H:%M:%fZ', substr(max(op.clock), 1, 15) / 1000.0, 'unixepoch')"

_STANDS = """
    op.kind NOT IN ('undo', 'redo') AND NOT EXISTS (
        SELECT 1 FROM op AS back WHERE back.entity_uid = op.entity_uid
        AND back.kind = 'undo' AND back.undoes = op.group_uid AND NOT EXISTS (
            SELECT 1 FROM op AS again WHERE again.entity_uid = back.entity_uid
            AND again.kind = 'redo' AND again.undoes = back.group_uid))
"""
"""What was done by somebody and not taken back, or done again since."""

_GIVEN = (
    "op.before IS NULL OR json_extract(op.before, '$.deleted_at') IS NOT NULL"
    " OR (json_type(op.patch, '$.value') IS NOT NULL"
    " AND json_extract(op.patch, '$.value.code') IS NOT json_extract(op.before, '$.value.code'))"
)
_SAID = f"{_GIVEN} OR json_type(op.patch, '$.value') IS NOT NULL"


def _when(condition: str) -> str:
    found = (
        f"SELECT {_TIME} FROM op WHERE op.entity_uid = judgement.uid"  # noqa: S608 - own names
        f" AND ({condition}) AND {_STANDS}"
    )
    return (
        f"CASE judgement.rev WHEN 1 THEN judgement.updated_at"
        f" ELSE coalesce(({found}), judgement.updated_at) END"
    )


GIVEN_AT = _when(_GIVEN)
"""When the log last gave a judgement the code that it has; most have one operation: no look."""

SAID_AT = _when(_SAID)
"""The same, of what else a judgement says as well: its confidence, its reason."""
