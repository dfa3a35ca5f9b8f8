"""What must be true of what a merge made anew, before it is kept.

Each check yields the uid of what does not add up, and why; the tables made anew are temporary ones.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator

from reader.domain.highlight import Anchor, judgement_uid
from reader.domain.overall import overall_uid
from reader.domain.rating import rating_uid
from reader.storage import state

Ask = Callable[..., sqlite3.Cursor]


def of_other_codebooks(ask: Ask, other: Iterable[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Yield judgements that speak of a codebook that is another one here."""
    for name, version in other:
        rows = ask(
            "SELECT uid FROM temp.judgement WHERE codebook = ? AND codebook_version = ?"
            " AND uid IN (SELECT entity_uid FROM temp.incoming WHERE refused = '')",
            (name, version),
        )
        for (uid,) in rows:
            yield uid, f"its codebook {name}@{version} has other content here"


def not_on_their_words(ask: Ask) -> Iterator[tuple[str, str]]:
    """Yield highlights whose words are not in the text where they say they are."""
    text, version = "", None
    rows = ask(
        'SELECT version_uid, uid, start, "end", exact, prefix, suffix, extra_spans'
        " FROM temp.highlight ORDER BY version_uid"
    )
    for of, uid, start, end, exact, prefix, suffix, extra in rows:
        if of != version:
            query = "SELECT text FROM article_version WHERE uid = ?"
            row = ask(query, (of,)).fetchone()
            version, text = of, row[0] if row else ""
        spans = ((start or 0, end or 0), *json.loads(extra or "[]"))
        if Anchor.of(text, *spans[0]) != Anchor(exact, prefix, suffix) or any(
            not 0 <= first < last <= len(text) for first, last in spans
        ):
            yield uid, "the highlight is not on the words that it says"


def not_on_their_earlier_words(ask: Ask) -> Iterator[tuple[str, str]]:
    """Yield highlights whose words were not in an earlier version where they say they were."""
    text, version = "", None
    rows = ask(
        "SELECT json_extract(was, '$.version_uid') AS version, uid, was FROM temp.highlight"
        " WHERE was IS NOT NULL ORDER BY version"
    )
    for of, uid, was in rows:
        if of != version:
            row = ask("SELECT text FROM article_version WHERE uid = ?", (of,)).fetchone()
            version, text = of, row[0] if row else ""
        place = json.loads(was)
        anchor = Anchor(place["exact"], place["prefix"], place["suffix"])
        if Anchor.of(text, place["start"], place["end"]) != anchor:
            yield uid, "the highlight was not on the words that it says in the earlier version"


def not_their_judgements(ask: Ask) -> Iterator[tuple[str, str]]:
    """Yield judgements whose id is not that of what they judge."""
    rows = ask(
        "SELECT uid, highlight_uid, article_uid,"
        " coalesce(attribution_uid, source_uid, relation_uid), annotator_uid, codebook, facet"
        " FROM temp.judgement"
    )
    for uid, highlight, article, rated, annotator, codebook, facet in rows:
        target = highlight or (
            rating_uid(rated, annotator) if rated else overall_uid(article, annotator)
        )
        if uid == judgement_uid(target, codebook or "", facet or "", None):
            continue
        codes = ask(
            "SELECT DISTINCT code FROM tag WHERE codebook = ? AND facet = ?",
            (codebook, facet),
        ).fetchall()
        if not any(uid == judgement_uid(target, codebook, facet, code) for (code,) in codes):
            yield uid, "the id of the judgement is not that of what it judges"


_NOT_THERE = {
    "SELECT DISTINCT attribution_uid FROM main.hop WHERE source_uid IS NOT NULL"
    " AND source_uid NOT IN (SELECT uid FROM main.source) AND attribution_uid IN"
    " (SELECT entity_uid FROM temp.incoming WHERE refused = '')":
        "the attribution names a source that is not there",
    "SELECT DISTINCT uid FROM article WHERE version_uid IS NOT NULL AND version_uid NOT IN"
    " (SELECT uid FROM article_version WHERE article_uid = article.uid)":
        "the current version of the article is one of another",
    "SELECT DISTINCT entity_uid FROM temp.incoming WHERE refused = '' AND entity = 'article'"
    " AND entity_uid NOT IN (SELECT article_uid FROM article_version)":
        "the text of the article is not there",
}  # fmt: skip
"""Finds uids of what refers to something that no foreign key knows of; and what to say of it."""


def dangling(ask: Ask) -> Iterator[tuple[str, str]]:
    """Yield what refers to something that is not there."""
    for table in (*(entity.table for entity in state.ENTITIES.values()), "article_version"):
        for _, row, parent, _ in ask(f"PRAGMA foreign_key_check({table})").fetchall():
            query = f"SELECT uid FROM {table} WHERE rowid = ?"  # noqa: S608 - own names
            (uid,) = ask(query, (row,)).fetchone()
            yield uid, f"the {table} refers to a {parent} that is not there"
    for column, table in (("actor", "annotator"), ("article_uid", "article")):
        rows = ask(
            f"SELECT DISTINCT {column} FROM temp.incoming WHERE refused = ''"  # noqa: S608 - own names
            f" AND {column} IS NOT NULL AND {column} NOT IN (SELECT uid FROM main.{table})"
        )
        for (uid,) in rows.fetchall():
            yield uid, f"the {table} of the operation is not there"
    for query, said in _NOT_THERE.items():
        for (uid,) in ask(query).fetchall():
            yield uid, said
