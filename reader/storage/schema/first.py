"""The tables that a library had at first; what came later is in the modules beside this one."""

from __future__ import annotations

from sqlite_utils import Database

from reader.domain.operation import new_uid


def make_first_tables(db: Database) -> None:
    """Make the tables, views and triggers, and give the library and its machine their ids."""
    for statement in (*_CONTENT, *_STATE, *_LOCAL, *_LOG, *_VIEWS):
        db.execute(statement)
    db.table("meta").insert_all(
        [{"key": "library_uid", "value": new_uid()}, {"key": "device_uid", "value": new_uid()}]
    )


_CONTENT = (
    # Small columns first: reading them then never touches the pages that hold the text.
    # The blocks are packed, not rows: opening an article must not cost per paragraph.
    """
    CREATE TABLE article_version (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        article_uid TEXT NOT NULL REFERENCES article(uid) DEFERRABLE INITIALLY DEFERRED,
        sha256 TEXT NOT NULL,
        origin TEXT NOT NULL,
        media_type TEXT NOT NULL,
        extractor TEXT NOT NULL,
        captured_at TEXT NOT NULL,
        characters INTEGER NOT NULL,
        raw_bytes INTEGER NOT NULL,
        warnings TEXT NOT NULL DEFAULT '[]',
        blocks BLOB NOT NULL,
        text TEXT NOT NULL,
        raw BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX article_version_article ON article_version(article_uid)",
    "CREATE INDEX article_version_sha256 ON article_version(sha256)",
    "CREATE INDEX article_version_origin ON article_version(origin)",
    """
    CREATE TRIGGER article_version_frozen BEFORE UPDATE ON article_version
    BEGIN SELECT raise(ABORT, 'a captured version never changes'); END
    """,
    """
    CREATE TABLE codebook (
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (id, version)
    ) STRICT
    """,
    """
    CREATE TABLE tag (
        codebook TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        facet TEXT NOT NULL,
        code TEXT NOT NULL,
        position INTEGER NOT NULL,
        label TEXT NOT NULL,
        definition TEXT NOT NULL,
        symbol TEXT NOT NULL,
        color TEXT NOT NULL,
        rank REAL,
        requires TEXT NOT NULL,
        PRIMARY KEY (codebook, codebook_version, facet, code),
        FOREIGN KEY (codebook, codebook_version) REFERENCES codebook(id, version)
    ) STRICT
    """,
    """
    CREATE TRIGGER codebook_frozen BEFORE UPDATE ON codebook
    BEGIN SELECT raise(ABORT, 'a used codebook version never changes'); END
    """,
)

_KEPT = "created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT"

_STATE = (
    f"""
    CREATE TABLE annotator (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        handle TEXT NOT NULL,
        name TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('human', 'program')),
        {_KEPT}
    ) STRICT
    """,
    f"""
    CREATE TABLE article (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        title TEXT, byline TEXT, outlet TEXT, url TEXT, published_at TEXT, language TEXT,
        archived_at TEXT,
        {_KEPT}
    ) STRICT
    """,
    f"""
    CREATE TABLE block (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        version_uid TEXT NOT NULL REFERENCES article_version(uid),
        start INTEGER NOT NULL,
        role TEXT NOT NULL,
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX block_version ON block(version_uid)",
    f"""
    CREATE TABLE highlight (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        version_uid TEXT NOT NULL REFERENCES article_version(uid),
        annotator_uid TEXT NOT NULL REFERENCES annotator(uid),
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        extra_spans TEXT NOT NULL DEFAULT '[]',
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        note TEXT,
        flag INTEGER NOT NULL DEFAULT 0,
        implicit INTEGER NOT NULL DEFAULT 0,
        origin TEXT NOT NULL DEFAULT 'manual',
        {_KEPT},
        CHECK (0 <= start AND start < "end")
    ) STRICT
    """,
    'CREATE INDEX highlight_place ON highlight(version_uid, start, "end", uid)',
    f"""
    CREATE TABLE judgement (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        highlight_uid TEXT NOT NULL REFERENCES highlight(uid),
        codebook TEXT NOT NULL,
        facet TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        code TEXT NOT NULL,
        confidence TEXT CHECK (confidence IN ('low', 'moderate', 'high')),
        likelihood INTEGER CHECK (likelihood BETWEEN 0 AND 100),
        reason TEXT,
        {_KEPT},
        FOREIGN KEY (codebook, codebook_version, facet, code)
            REFERENCES tag(codebook, codebook_version, facet, code)
    ) STRICT
    """,
    "CREATE INDEX judgement_highlight ON judgement(highlight_uid)",
)
"""The tables that are derived from the log, with their indexes."""

_LOCAL = (
    """
    CREATE TABLE reading (
        article_uid TEXT NOT NULL,
        annotator_uid TEXT NOT NULL,
        offset INTEGER NOT NULL,
        furthest INTEGER NOT NULL,
        ms_spent INTEGER NOT NULL,
        last_at TEXT NOT NULL,
        PRIMARY KEY (article_uid, annotator_uid)
    ) STRICT
    """,
    """
    CREATE TABLE draft (
        annotator_uid TEXT NOT NULL,
        version_uid TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (annotator_uid, version_uid, start, "end")
    ) STRICT
    """,
)

_LOG = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """
    CREATE TABLE op (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        group_uid TEXT NOT NULL,
        article_uid TEXT,
        clock TEXT NOT NULL,
        actor TEXT NOT NULL,
        device TEXT NOT NULL,
        kind TEXT NOT NULL,
        summary TEXT NOT NULL,
        entity TEXT NOT NULL,
        entity_uid TEXT NOT NULL,
        patch TEXT NOT NULL CHECK (json_valid(patch)),
        before TEXT CHECK (before IS NULL OR json_valid(before)),
        undoes TEXT,
        schema INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX op_clock ON op(clock)",
    "CREATE INDEX op_scope ON op(article_uid, actor, clock)",
    "CREATE INDEX op_entity ON op(entity_uid, clock)",
    "CREATE INDEX op_group ON op(group_uid)",
    """
    CREATE TRIGGER op_no_update BEFORE UPDATE ON op
    BEGIN SELECT raise(ABORT, 'the log only grows'); END
    """,
    """
    CREATE TRIGGER op_no_delete BEFORE DELETE ON op
    BEGIN SELECT raise(ABORT, 'the log only grows'); END
    """,
)

_VIEWS = (
    """
    CREATE VIEW highlights AS
    SELECT
        article.title AS article_title, article.outlet AS article_outlet,
        article.published_at AS article_published, article.url AS article_url,
        highlight.start AS start, highlight."end" AS "end", highlight.exact AS text,
        judgement.codebook AS codebook, judgement.codebook_version AS codebook_version,
        judgement.facet AS facet, judgement.code AS tag, tag.label AS tag_label,
        tag.rank AS tag_rank, judgement.confidence AS confidence,
        judgement.likelihood AS likelihood_pct, judgement.reason AS reason,
        highlight.note AS note, highlight.flag AS flag, annotator.handle AS annotator,
        highlight.created_at AS created_at, highlight.updated_at AS updated_at,
        highlight.origin AS origin, highlight.rev AS revision, article.uid AS article_id,
        article_version.sha256 AS article_sha256, highlight.uid AS highlight_id
    FROM highlight
    JOIN article_version ON article_version.uid = highlight.version_uid
    JOIN article ON article.uid = article_version.article_uid
    JOIN annotator ON annotator.uid = highlight.annotator_uid
    LEFT JOIN judgement
        ON judgement.highlight_uid = highlight.uid AND judgement.deleted_at IS NULL
    LEFT JOIN tag ON tag.codebook = judgement.codebook
        AND tag.codebook_version = judgement.codebook_version
        AND tag.facet = judgement.facet AND tag.code = judgement.code
    WHERE highlight.deleted_at IS NULL
    """,
    """
    CREATE VIEW articles AS
    SELECT
        article.title AS title, article.byline AS byline, article.outlet AS outlet,
        article.published_at AS published, article.url AS url, article.language AS language,
        article.created_at AS added_at, article.archived_at AS archived_at,
        article_version.characters AS characters, article_version.origin AS origin,
        article_version.sha256 AS sha256,
        (SELECT count(*) FROM highlight WHERE highlight.version_uid = article_version.uid
            AND highlight.deleted_at IS NULL) AS highlights,
        article.uid AS article_id
    FROM article
    JOIN article_version ON article_version.article_uid = article.uid
    WHERE article.deleted_at IS NULL
    """,
)
