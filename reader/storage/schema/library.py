"""The sixth migration: the status of articles, and which of them were purged."""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    """
    ALTER TABLE article ADD COLUMN status TEXT
    CHECK (status IN ('unread', 'reading', 'done'))
    """,
    # Local, like the reading places: what one library wants gone is nothing that others must lose.
    """
    CREATE TABLE purged (
        article_uid TEXT PRIMARY KEY,
        purged_at TEXT NOT NULL
    ) STRICT
    """,
    "DROP VIEW articles",
    """
    CREATE VIEW articles AS
    SELECT
        article.title AS title, article.byline AS byline, article.outlet AS outlet,
        article.published_at AS published, article.url AS url, article.language AS language,
        article.created_at AS added_at, article.status AS status,
        article.archived_at AS archived_at,
        article_version.characters AS characters, article_version.origin AS origin,
        article_version.sha256 AS sha256,
        (SELECT count(*) FROM highlight WHERE highlight.version_uid = article_version.uid
            AND highlight.deleted_at IS NULL) AS highlights,
        (SELECT group_concat(name, ', ') FROM (SELECT name FROM label
            WHERE label.article_uid = article.uid AND label.deleted_at IS NULL
            ORDER BY name)) AS labels,
        article.uid AS article_id
    FROM article
    JOIN article_version ON article_version.id = (SELECT max(id) FROM article_version AS newest
        WHERE newest.article_uid = article.uid)
    WHERE article.deleted_at IS NULL
    """,
)


def add_status(db: Database) -> None:
    """Bring the tables of the fifth version to this one, inside the caller's transaction."""
    for statement in _STATEMENTS:
        db.execute(statement)
