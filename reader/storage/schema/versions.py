"""The seventh migration: which version of an article is the current one, and what became of marks.

``article.version_uid`` is NULL in what an older program wrote: then the version captured last is
meant. A highlight's ``fate`` says how it came to the version that it is on, ``was`` where it was
before (JSON, see :class:`reader.domain.highlight.Earlier`).
"""

from __future__ import annotations

from sqlite_utils import Database

_CURRENT = (
    "coalesce(article.version_uid, (SELECT uid FROM article_version AS newest"
    " WHERE newest.article_uid = article.uid ORDER BY captured_at DESC, uid DESC LIMIT 1))"
)

_STATEMENTS = (
    """
    ALTER TABLE article ADD COLUMN version_uid TEXT
    REFERENCES article_version(uid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
    ALTER TABLE highlight ADD COLUMN fate TEXT
    CHECK (fate IN ('kept', 'reworded', 'moved', 'check', 'confirmed', 'orphaned'))
    """,
    "ALTER TABLE highlight ADD COLUMN was TEXT CHECK (was IS NULL OR json_valid(was))",
    """
    CREATE INDEX highlight_orphaned ON highlight(version_uid) WHERE fate = 'orphaned'
    """,
    "DROP VIEW highlights",
    "DROP VIEW articles",
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
    f"""
    CREATE VIEW articles AS
    SELECT
        article.title AS title, article.byline AS byline, article.outlet AS outlet,
        article.published_at AS published, article.url AS url, article.language AS language,
        article.created_at AS added_at, article.status AS status,
        article.archived_at AS archived_at,
        article_version.characters AS characters, article_version.origin AS origin,
        article_version.sha256 AS sha256,
        (SELECT count(*) FROM highlight WHERE highlight.deleted_at IS NULL
            AND highlight.version_uid IN
                (SELECT uid FROM article_version WHERE article_uid = article.uid)) AS highlights,
        (SELECT group_concat(name, ', ') FROM (SELECT name FROM label
            WHERE label.article_uid = article.uid AND label.deleted_at IS NULL
            ORDER BY name)) AS labels,
        article.uid AS article_id, article_version.captured_at AS captured_at,
        (SELECT count(*) FROM article_version WHERE article_uid = article.uid) AS versions
    FROM article
    JOIN article_version ON article_version.uid = {_CURRENT}
    WHERE article.deleted_at IS NULL
    """,  # noqa: S608 - own names
)


def add_versions(db: Database) -> None:
    """Bring the tables of the sixth version to this one, inside the caller's transaction."""
    for statement in _STATEMENTS:
        db.execute(statement)
