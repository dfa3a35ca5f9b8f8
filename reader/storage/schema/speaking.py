"""The ninth migration: who says a statement, how statements relate, and what was looked at.

A judgement may stand on an attribution, a source or a relation now; SQLite cannot loosen a check,
so that its table is made anew. The hops of a chain are one field of its attribution, because they
change as one; the table ``hop`` is kept from it by triggers, for queries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_KEPT = "created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT"

_SOURCES = (
    f"""
    CREATE TABLE source (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN
            ('person', 'organisation', 'office', 'document', 'account', 'group', 'unknown')),
        naming TEXT NOT NULL CHECK (naming IN ('named', 'described', 'anonymous', 'agentless')),
        role TEXT, affiliation TEXT, url TEXT,
        merged_into TEXT REFERENCES source(uid) DEFERRABLE INITIALLY DEFERRED,
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX source_name ON source(name COLLATE NOCASE)",
    "CREATE INDEX source_merged ON source(merged_into) WHERE merged_into IS NOT NULL",
    f"""
    CREATE TABLE source_alias (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        source_uid TEXT NOT NULL REFERENCES source(uid),
        name TEXT NOT NULL,
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX source_alias_source ON source_alias(source_uid)",
    "CREATE INDEX source_alias_name ON source_alias(name COLLATE NOCASE)",
    f"""
    CREATE TABLE source_role (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        source_uid TEXT NOT NULL REFERENCES source(uid),
        role TEXT, affiliation TEXT, since TEXT, until TEXT,
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX source_role_source ON source_role(source_uid)",
)

_HOPS = """
    DELETE FROM hop WHERE attribution_uid = new.uid;
    INSERT INTO hop SELECT new.uid, key, json_extract(value, '$.source'),
        json_extract(value, '$.mention.exact'), json_extract(value, '$.cue.exact')
    FROM json_each(new.hops) WHERE new.deleted_at IS NULL;
"""

_ATTRIBUTIONS = (
    f"""
    CREATE TABLE attribution (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        highlight_uid TEXT NOT NULL REFERENCES highlight(uid),
        voice TEXT CHECK (voice IN ('direct', 'partial', 'indirect', 'narrator', 'unclear')),
        act TEXT,
        scope_certain INTEGER CHECK (scope_certain IN (0, 1)),
        hops TEXT NOT NULL DEFAULT '[]' CHECK (json_type(hops) = 'array'),
        origin TEXT NOT NULL DEFAULT 'manual',
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX attribution_highlight ON attribution(highlight_uid)",
    """
    CREATE TABLE hop (
        attribution_uid TEXT NOT NULL,
        position INTEGER NOT NULL,
        source_uid TEXT,
        mention TEXT,
        cue TEXT,
        PRIMARY KEY (attribution_uid, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX hop_source ON hop(source_uid)",
    f"CREATE TRIGGER hop_new AFTER INSERT ON attribution BEGIN {_HOPS} END",
    f"CREATE TRIGGER hop_changed AFTER UPDATE ON attribution BEGIN {_HOPS} END",
    """
    CREATE TRIGGER hop_gone AFTER DELETE ON attribution
    BEGIN DELETE FROM hop WHERE attribution_uid = old.uid; END
    """,
)

_RELATIONS = (
    f"""
    CREATE TABLE relation (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        from_uid TEXT NOT NULL REFERENCES highlight(uid),
        to_uid TEXT NOT NULL REFERENCES highlight(uid),
        annotator_uid TEXT NOT NULL REFERENCES annotator(uid),
        type TEXT NOT NULL CHECK (type IN ('supports', 'partly-supports', 'contradicts', 'denies',
            'narrows', 'restates', 'quotes', 'misquotes', 'depends-on', 'evaluates', 'about',
            'before', 'same-claim')),
        note TEXT,
        {_KEPT},
        CHECK (from_uid <> to_uid)
    ) STRICT
    """,
    "CREATE INDEX relation_from ON relation(from_uid)",
    "CREATE INDEX relation_to ON relation(to_uid)",
    f"""
    CREATE TABLE evidence (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        annotator_uid TEXT NOT NULL REFERENCES annotator(uid),
        kind TEXT, citation TEXT, url TEXT, archive_url TEXT, accessed_at TEXT, excerpt TEXT,
        {_KEPT}
    ) STRICT
    """,
    f"""
    CREATE TABLE evidence_link (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        evidence_uid TEXT NOT NULL REFERENCES evidence(uid),
        highlight_uid TEXT NOT NULL REFERENCES highlight(uid),
        stance TEXT NOT NULL CHECK (stance IN ('supports', 'refutes', 'context', 'insufficient')),
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX evidence_link_highlight ON evidence_link(highlight_uid)",
    "CREATE INDEX evidence_link_evidence ON evidence_link(evidence_uid)",
    f"""
    CREATE TABLE suggestion (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        version_uid TEXT NOT NULL REFERENCES article_version(uid),
        annotator_uid TEXT NOT NULL REFERENCES annotator(uid),
        detector TEXT NOT NULL,
        detector_version TEXT NOT NULL,
        kind TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        payload TEXT NOT NULL DEFAULT '{{}}' CHECK (json_valid(payload)),
        decision TEXT NOT NULL CHECK (decision IN ('accepted', 'edited', 'dismissed')),
        {_KEPT},
        CHECK (0 <= start AND start < "end")
    ) STRICT
    """,
    'CREATE INDEX suggestion_place ON suggestion(version_uid, start, "end")',
)

_SAME = (
    "id, uid, highlight_uid, article_uid, annotator_uid, codebook, facet, codebook_version, code,"
    " confidence, likelihood, reason, created_at, updated_at, rev, deleted_at"
)

_JUDGEMENT = (
    "DROP VIEW highlights",
    "DROP VIEW verdicts",
    "DROP TRIGGER search_judgement_new",
    "DROP TRIGGER search_judgement_changed",
    "DROP TRIGGER search_judgement_gone",
    "ALTER TABLE judgement RENAME TO judgement_before",
    f"""
    CREATE TABLE judgement (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        highlight_uid TEXT REFERENCES highlight(uid),
        article_uid TEXT REFERENCES article(uid),
        annotator_uid TEXT REFERENCES annotator(uid),
        codebook TEXT NOT NULL,
        facet TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        code TEXT NOT NULL,
        confidence TEXT CHECK (confidence IN ('low', 'moderate', 'high')),
        likelihood INTEGER CHECK (likelihood BETWEEN 0 AND 100),
        reason TEXT,
        {_KEPT},
        because TEXT CHECK (because IS NULL OR json_type(because) = 'array'),
        attribution_uid TEXT REFERENCES attribution(uid),
        source_uid TEXT REFERENCES source(uid),
        relation_uid TEXT REFERENCES relation(uid),
        CHECK ((highlight_uid IS NOT NULL) + (article_uid IS NOT NULL)
            + (attribution_uid IS NOT NULL) + (source_uid IS NOT NULL)
            + (relation_uid IS NOT NULL) = 1),
        CHECK ((highlight_uid IS NULL) = (annotator_uid IS NOT NULL)),
        FOREIGN KEY (codebook, codebook_version, facet, code)
            REFERENCES tag(codebook, codebook_version, facet, code)
    ) STRICT
    """,
    f"INSERT INTO judgement ({_SAME}) SELECT {_SAME} FROM judgement_before",  # noqa: S608 - own names
    "DROP TABLE judgement_before",
    "CREATE INDEX judgement_highlight ON judgement(highlight_uid)",
    *(
        f"CREATE INDEX judgement_{target} ON judgement({target}_uid, annotator_uid)"
        f" WHERE {target}_uid IS NOT NULL"
        for target in ("article", "attribution", "source", "relation")
    ),
    *(
        f"CREATE TRIGGER search_judgement_{name} AFTER {event} ON judgement"  # noqa: S608 - own names
        f" WHEN {row}.article_uid IS NOT NULL BEGIN INSERT INTO search_todo (kind, id)"
        f" SELECT 'article', id FROM article WHERE uid = {row}.article_uid"
        " ON CONFLICT DO NOTHING; END"
        for name, event, row in (
            ("new", "INSERT", "new"),
            ("changed", "UPDATE", "new"),
            ("gone", "DELETE", "old"),
        )
    ),
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
        article_version.sha256 AS article_sha256, highlight.uid AS highlight_id,
        article_version.captured_at AS captured_at, highlight.fate AS fate,
        json_extract(highlight.was, '$.exact') AS earlier_text
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
    CREATE VIEW verdicts AS
    SELECT
        article.title AS article_title, judgement.codebook AS codebook,
        judgement.codebook_version AS codebook_version, judgement.facet AS facet,
        judgement.code AS tag, tag.label AS tag_label, tag.rank AS tag_rank,
        judgement.confidence AS confidence, judgement.likelihood AS likelihood_pct,
        judgement.reason AS reason, annotator.handle AS annotator,
        judgement.created_at AS created_at, judgement.updated_at AS updated_at,
        article.uid AS article_id
    FROM judgement
    JOIN article ON article.uid = judgement.article_uid
    JOIN annotator ON annotator.uid = judgement.annotator_uid
    JOIN tag ON tag.codebook = judgement.codebook
        AND tag.codebook_version = judgement.codebook_version
        AND tag.facet = judgement.facet AND tag.code = judgement.code
    WHERE judgement.deleted_at IS NULL
    """,
)


def add_speaking(db: Database) -> None:
    """Bring the tables of the eighth version to this one, inside the caller's transaction."""
    for statement in (*_SOURCES, *_ATTRIBUTIONS, *_RELATIONS, *_JUDGEMENT, *_VIEWS):
        db.execute(statement)
