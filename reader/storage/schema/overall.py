"""The second migration: what is said of an article as a whole.

A judgement may stand on an article now, by an annotator, instead of on a highlight; SQLite cannot
loosen a column, so that the table is made anew.
"""

from __future__ import annotations

from sqlite_utils import Database

_KEPT = "created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT"

_SAME = (
    "id, uid, highlight_uid, codebook, facet, codebook_version, code, confidence, likelihood,"
    " reason, created_at, updated_at, rev, deleted_at"
)

_STATEMENTS = (
    "DROP VIEW highlights",
    "DROP VIEW articles",
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
        CHECK ((highlight_uid IS NULL) <> (article_uid IS NULL)),
        CHECK ((article_uid IS NULL) = (annotator_uid IS NULL)),
        FOREIGN KEY (codebook, codebook_version, facet, code)
            REFERENCES tag(codebook, codebook_version, facet, code)
    ) STRICT
    """,
    f"INSERT INTO judgement ({_SAME}) SELECT {_SAME} FROM judgement_before",  # noqa: S608 - own names
    "DROP TABLE judgement_before",
    "CREATE INDEX judgement_highlight ON judgement(highlight_uid)",
    """
    CREATE INDEX judgement_article ON judgement(article_uid, annotator_uid)
    WHERE article_uid IS NOT NULL
    """,
    f"""
    CREATE TABLE article_note (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        article_uid TEXT NOT NULL REFERENCES article(uid),
        annotator_uid TEXT NOT NULL REFERENCES annotator(uid),
        note TEXT,
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX article_note_article ON article_note(article_uid)",
    f"""
    CREATE TABLE label (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        article_uid TEXT NOT NULL REFERENCES article(uid),
        name TEXT NOT NULL,
        {_KEPT}
    ) STRICT
    """,
    "CREATE INDEX label_article ON label(article_uid)",
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
        (SELECT group_concat(name, ', ') FROM (SELECT name FROM label
            WHERE label.article_uid = article.uid AND label.deleted_at IS NULL
            ORDER BY name)) AS labels,
        article.uid AS article_id
    FROM article
    JOIN article_version ON article_version.article_uid = article.uid
    WHERE article.deleted_at IS NULL
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


def add_overall(db: Database) -> None:
    """Bring the tables of the first version to this one, inside the caller's transaction."""
    for statement in _STATEMENTS:
        db.execute(statement)
