"""What was made for a statement, in an action of the library's own: evidence, and sources.

It can be used for others, so that the undo of the statement's article leaves it there. The undo of
the library passes over it as long as something stands on it: nobody who takes back what was done in
the list of articles means what an article's statements stand on. Once nothing does, it can be taken
back; whatever stood on it and comes back brings it along.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from reader.domain.operation import Change

_IS_STOOD_ON = """
    CASE kind
    WHEN 'evidence' THEN EXISTS (
        SELECT 1 FROM evidence_link JOIN highlight ON highlight.uid = highlight_uid
        WHERE evidence_uid = operation.entity_uid
            AND evidence_link.deleted_at IS NULL AND highlight.deleted_at IS NULL)
    WHEN 'source' THEN EXISTS (
        SELECT 1 FROM hop JOIN attribution ON attribution.uid = attribution_uid
        JOIN highlight ON highlight.uid = highlight_uid
        WHERE source_uid = operation.entity_uid AND highlight.deleted_at IS NULL)
    OR EXISTS (
        SELECT 1 FROM source AS other
        WHERE other.merged_into = operation.entity_uid AND other.deleted_at IS NULL)
    END
"""
"""Of an operation that has made evidence or a source. The hops are those of live attributions."""

NOT_STOOD_ON = f"""
    NOT (kind IN ('evidence', 'source') AND entity = kind AND before IS NULL AND undoes IS NULL
        AND until = id AND {_IS_STOOD_ON})
"""
"""The condition on the first operation of a part that its action is none to be passed over."""

_UNMADE = """
    WITH back(uid) AS (SELECT value FROM json_each(?)), lost(uid) AS (
        SELECT evidence.uid FROM evidence_link JOIN evidence ON evidence.uid = evidence_uid
        WHERE (evidence_link.uid IN back OR highlight_uid IN back)
            AND evidence_link.deleted_at IS NULL AND evidence.deleted_at IS NOT NULL
        UNION
        SELECT source.uid FROM attribution JOIN hop ON attribution_uid = attribution.uid
        JOIN source ON source.uid = source_uid
        WHERE (attribution.uid IN back OR highlight_uid IN back)
            AND source.deleted_at IS NOT NULL
    )
    SELECT undo.group_uid FROM lost JOIN operation AS undo ON undo.entity_uid = lost.uid
    JOIN operation AS made ON made.entity_uid = lost.uid AND made.group_uid = undo.undoes
    WHERE undo.kind = 'undo' AND undo.until = undo.id AND made.before IS NULL
        AND NOT EXISTS (SELECT 1 FROM op WHERE op.entity_uid = lost.uid
            AND (op.clock, op.uid) > (undo.clock, undo.uid))
"""
"""The groups that have taken the making back of what is gone and now stood on; done last to it."""


def unmade(connection: sqlite3.Connection, changes: Sequence[Change]) -> list[str]:
    """Return the groups that took back what stands under something that changes brought back.

    Args:
        connection: The writing connection, after the changes.
        changes: What an undo or a redo did.
    """
    back = [change.uid for change in changes if change.patch.get("deleted_at", "") is None]
    if not back:
        return []
    return [group for (group,) in connection.execute(_UNMADE, (json.dumps(back),))]
