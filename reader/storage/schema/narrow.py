"""The eighteenth migration: an operation that follows another of the same action is a narrow row.

Who did what, in which article, stands in the row with which a part of a group begins (see
:mod:`reader.storage.operations`). The view ``op`` shows every operation whole, as the table did.
Indexes of groups have one entry for each part. There is none of the clock: rows come in its order,
and ``meta`` has the newest clock of those that did not, under ``newest_clock``.
"""

from __future__ import annotations

from sqlite_utils import Database

_COMMON = "group_uid, article_uid, actor, device, kind, undoes, summary, schema"

_TABLE = """
    CREATE TABLE operation (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        part INTEGER NOT NULL,
        clock TEXT NOT NULL,
        entity TEXT NOT NULL,
        entity_uid TEXT NOT NULL,
        patch TEXT NOT NULL CHECK (json_valid(patch)),
        before TEXT CHECK (before IS NULL OR json_valid(before)),
        until INTEGER,
        group_uid TEXT,
        article_uid TEXT,
        actor TEXT,
        device TEXT,
        kind TEXT,
        undoes TEXT,
        summary TEXT,
        schema INTEGER,
        CHECK (CASE part WHEN id
            THEN until >= id AND group_uid IS NOT NULL AND actor IS NOT NULL
                AND device IS NOT NULL AND kind IS NOT NULL AND summary IS NOT NULL
                AND schema IS NOT NULL
            ELSE part < id AND until IS NULL AND group_uid IS NULL END)
    ) STRICT
"""

_PLACE = f"""
    CREATE TEMP TABLE place AS
    WITH beginning AS (
        SELECT id, lead(id) OVER (ORDER BY id) AS next FROM (
            SELECT id, json_array({_COMMON}) AS same, clock,
                lag(json_array({_COMMON})) OVER by_id AS previous, lag(clock) OVER by_id AS last
            FROM op WINDOW by_id AS (ORDER BY id)
        ) WHERE same IS NOT previous OR clock < last
    )
    SELECT id, coalesce(next - 1, (SELECT max(id) FROM op)) AS until FROM beginning
"""  # noqa: S608 - own names
"""Where parts begin and end: operations that follow each other and have all that in common."""

_FILLED = f"""
    INSERT INTO operation (id, uid, part, clock, entity, entity_uid, patch, before, until, {
    _COMMON
})
    SELECT op.id, op.uid, place.id, clock, entity, entity_uid, patch, before,
        {
    ", ".join(
        f"CASE place.id WHEN op.id THEN {name} END" for name in ("until", *_COMMON.split(", "))
    )
}
    FROM temp.place CROSS JOIN op ON op.id BETWEEN place.id AND place.until
"""  # noqa: S608 - own names

_VIEW = """
    CREATE VIEW op AS
    SELECT own.id AS id, own.uid AS uid, head.group_uid AS group_uid,
        head.article_uid AS article_uid, own.clock AS clock, head.actor AS actor,
        head.device AS device, head.kind AS kind, head.summary AS summary,
        own.entity AS entity, own.entity_uid AS entity_uid, own.patch AS patch,
        own.before AS before, head.undoes AS undoes, head.schema AS schema
    FROM operation AS head JOIN operation AS own
        ON own.part = head.id AND own.id BETWEEN head.id AND head.until
    WHERE head.group_uid IS NOT NULL
"""

_STATEMENTS = (
    # First: what they took is then used again by the new table.
    *(f"DROP INDEX {name}" for name in ("op_clock", "op_scope", "op_entity", "op_group")),
    _TABLE,
    "CREATE INDEX op_scope ON operation(article_uid, actor, clock) WHERE group_uid IS NOT NULL",
    "CREATE INDEX op_group ON operation(group_uid) WHERE group_uid IS NOT NULL",
    _PLACE,
    "CREATE UNIQUE INDEX temp.place_id ON place(id)",
    _FILLED,
    "DROP TABLE temp.place",
    "CREATE INDEX op_entity ON operation(entity_uid)",
    "INSERT INTO meta (key, value) SELECT 'newest_clock', max(clock) FROM op WHERE EXISTS"
    " (SELECT 1 FROM (SELECT clock, lag(clock) OVER (ORDER BY id) AS last FROM op)"
    " WHERE clock <= last) GROUP BY 1",
    "DROP TABLE op",
    _VIEW,
    *(
        f"CREATE TRIGGER op_no_{act} BEFORE {act} ON operation"
        " BEGIN SELECT raise(ABORT, 'the log only grows'); END"
        for act in ("update", "delete")
    ),
    *(
        f"CREATE TRIGGER op_view_no_{act} INSTEAD OF {act} ON op"
        " BEGIN SELECT raise(ABORT, 'the log only grows'); END"
        for act in ("update", "delete")
    ),
)


def make_log_narrow(db: Database) -> None:
    """Bring the log of the seventeenth version to this one, inside the caller's transaction."""
    for statement in _STATEMENTS:
        db.execute(statement)
