"""Which operations concern an article: its own, and those of others on what belongs to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

_OWN = """
    own_highlight (uid) AS MATERIALIZED (
        SELECT highlight.uid FROM article_version
        JOIN highlight ON highlight.version_uid = article_version.uid
        WHERE article_version.article_uid = :article
    ),
    own_attribution (uid) AS MATERIALIZED (
        SELECT attribution.uid FROM attribution
        JOIN own_highlight ON own_highlight.uid = attribution.highlight_uid
    ),
    own_relation (uid) AS MATERIALIZED (
        SELECT relation.uid FROM relation JOIN own_highlight ON own_highlight.uid = from_uid
        UNION SELECT relation.uid FROM relation JOIN own_highlight ON own_highlight.uid = to_uid
    ),
    own (uid) AS MATERIALIZED (
        SELECT :article
        UNION SELECT uid FROM label WHERE article_uid = :article
        UNION SELECT uid FROM article_note WHERE article_uid = :article
        UNION SELECT uid FROM judgement WHERE article_uid = :article
        UNION SELECT uid FROM own_highlight
        UNION SELECT judgement.uid FROM judgement
            JOIN own_highlight ON own_highlight.uid = judgement.highlight_uid
        UNION SELECT uid FROM own_attribution
        UNION SELECT judgement.uid FROM judgement
            JOIN own_attribution ON own_attribution.uid = judgement.attribution_uid
        UNION SELECT uid FROM own_relation
        UNION SELECT judgement.uid FROM judgement
            JOIN own_relation ON own_relation.uid = judgement.relation_uid
        UNION SELECT evidence_link.uid FROM evidence_link
            JOIN own_highlight ON own_highlight.uid = evidence_link.highlight_uid
    )
"""
"""What belongs to an article, removed things too: they were there once."""


def rows(
    connection: sqlite3.Connection, article_uid: str, columns: Sequence[str]
) -> Iterator[Sequence[Any]]:
    """Yield the operations that concern an article, oldest first.

    Those of the whole library (tags renamed or merged, annotators joined, articles labelled) and
    those of other articles (a relation that leads here) count, if what they are about belongs to
    it; what they do elsewhere does not. What many articles share does not: sources, evidence.

    Args:
        connection: A connection.
        article_uid: The article's uid.
        columns: Those of the log that are wanted; ``clock`` and ``uid`` have to be among them.
    """
    named = ", ".join(columns)
    query = (
        f"WITH {_OWN} SELECT {named} FROM op WHERE article_uid = :article"  # noqa: S608 - own names
        f" UNION ALL SELECT {named} FROM (SELECT uid AS mine FROM own)"
        " CROSS JOIN op ON op.entity_uid = mine WHERE op.article_uid IS NOT :article"
        " ORDER BY clock, uid"
    )
    return connection.execute(query, {"article": article_uid})
