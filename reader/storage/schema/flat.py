"""The flat views, with readable names, for whoever asks in SQL: the fourteenth migration.

``highlights`` says who said a statement as well; ``sources``, ``relations`` and ``evidence_links``
are new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_MERGED = (
    "LEFT JOIN source AS s0 ON s0.uid = {uid}"
    " LEFT JOIN source AS s1 ON s1.uid = s0.merged_into"
    " LEFT JOIN source AS s2 ON s2.uid = s1.merged_into"
    " LEFT JOIN source AS s3 ON s3.uid = s2.merged_into"
)
"""Follows a source to the one that it was merged into."""

_NAME = "coalesce(s3.name, s2.name, s1.name, s0.name)"
_WORD = r"""replace(replace(name, '\', '\\'), '>', '\>')"""
_CHAIN = rf"""
        iif(attribution.uid IS NULL, NULL, coalesce((SELECT group_concat(CASE
            WHEN name IS NULL THEN '?' WHEN name = '?' OR substr(name, 1, 1) = '['
            THEN '\' || {_WORD} ELSE {_WORD} END, ' > ') || ' > ' FROM (
            SELECT {_NAME} AS name FROM hop {_MERGED.format(uid="hop.source_uid")}
            WHERE hop.attribution_uid = attribution.uid ORDER BY position)), '') || '[outlet]')
"""  # noqa: S608 - own names
"""The chain as the CSV has it."""

_VIEWS = (
    "DROP VIEW highlights",
    f"""
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
        json_extract(highlight.was, '$.exact') AS earlier_text,
        {_NAME} AS source, {_CHAIN} AS chain, attribution.voice AS voice, attribution.act AS act
    FROM highlight
    JOIN article_version ON article_version.uid = highlight.version_uid
    JOIN article ON article.uid = article_version.article_uid
    JOIN annotator ON annotator.uid = highlight.annotator_uid
    LEFT JOIN judgement
        ON judgement.highlight_uid = highlight.uid AND judgement.deleted_at IS NULL
    LEFT JOIN tag ON tag.codebook = judgement.codebook
        AND tag.codebook_version = judgement.codebook_version
        AND tag.facet = judgement.facet AND tag.code = judgement.code
    LEFT JOIN attribution
        ON attribution.highlight_uid = highlight.uid AND attribution.deleted_at IS NULL
    LEFT JOIN hop ON hop.attribution_uid = attribution.uid AND hop.position = 0
    {_MERGED.format(uid="hop.source_uid")}
    WHERE highlight.deleted_at IS NULL
    """,  # noqa: S608 - own names
    """
    CREATE VIEW sources AS
    SELECT
        source.name AS name, source.kind AS kind, source.naming AS naming, source.role AS role,
        source.affiliation AS affiliation, source.url AS url,
        (SELECT group_concat(name, ', ') FROM (SELECT name FROM source_alias
            WHERE source_alias.source_uid = source.uid AND source_alias.deleted_at IS NULL
            ORDER BY name)) AS aliases,
        (SELECT count(DISTINCT attribution.highlight_uid) FROM hop
            JOIN attribution ON attribution.uid = hop.attribution_uid
            JOIN highlight ON highlight.uid = attribution.highlight_uid
            WHERE hop.source_uid = source.uid AND highlight.deleted_at IS NULL) AS statements,
        other.name AS merged_into, source.created_at AS created_at,
        source.updated_at AS updated_at, source.uid AS source_id
    FROM source
    LEFT JOIN source AS other ON other.uid = source.merged_into
    WHERE source.deleted_at IS NULL
    """,
    """
    CREATE VIEW relations AS
    SELECT
        from_article.title AS from_article, one.exact AS from_text, relation.type AS type,
        other.exact AS to_text, to_article.title AS to_article, relation.note AS note,
        annotator.handle AS annotator, relation.created_at AS created_at,
        one.uid AS from_highlight_id, other.uid AS to_highlight_id, relation.uid AS relation_id
    FROM relation
    JOIN highlight AS one ON one.uid = relation.from_uid AND one.deleted_at IS NULL
    JOIN article_version AS from_version ON from_version.uid = one.version_uid
    JOIN article AS from_article ON from_article.uid = from_version.article_uid
    JOIN highlight AS other ON other.uid = relation.to_uid AND other.deleted_at IS NULL
    JOIN article_version AS to_version ON to_version.uid = other.version_uid
    JOIN article AS to_article ON to_article.uid = to_version.article_uid
    JOIN annotator ON annotator.uid = relation.annotator_uid
    WHERE relation.deleted_at IS NULL
    """,
    """
    CREATE VIEW evidence_links AS
    SELECT
        article.title AS article_title, highlight.exact AS text, evidence_link.stance AS stance,
        evidence.kind AS kind, evidence.citation AS citation, evidence.url AS url,
        evidence.archive_url AS archive_url, evidence.accessed_at AS accessed_at,
        evidence.excerpt AS excerpt, annotator.handle AS annotator,
        highlight.uid AS highlight_id, evidence.uid AS evidence_id
    FROM evidence
    JOIN annotator ON annotator.uid = evidence.annotator_uid
    LEFT JOIN evidence_link
        ON evidence_link.evidence_uid = evidence.uid AND evidence_link.deleted_at IS NULL
    LEFT JOIN highlight ON highlight.uid = evidence_link.highlight_uid
    LEFT JOIN article_version ON article_version.uid = highlight.version_uid
    LEFT JOIN article ON article.uid = article_version.article_uid
    WHERE evidence.deleted_at IS NULL AND (highlight.uid IS NULL OR highlight.deleted_at IS NULL)
    """,
)


def add_flat_views(db: Database) -> None:
    """Make the views, inside the caller's transaction."""
    for statement in _VIEWS:
        db.execute(statement)
