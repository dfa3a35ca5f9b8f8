"""The tables of the full-text search, empty, with all that is to be indexed: the eighth migration.

The fourteenth has who said a statement, and the evidence for it, indexed as well.

Making the index of a large library takes a minute: that is not for a migration, but for later, in
slices; see :mod:`reader.storage.search.indexing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

UNSTEMMED = "unicode61 remove_diacritics 2"
"""How words are told apart: without case and diacritics."""

TOKENIZE = f"porter {UNSTEMMED}"
"""The same, without English endings as well."""

ARTICLE_BITS = 31
"""A row of ``search_words`` has the number ``article.id << 31``, plus ``highlight.id`` if it is
about a highlight: what belongs to one article lies together, the newest article last."""

WORD_COLUMNS = (
    *("title", "byline", "label", "quote", "note", "reason", "tag", "source", "evidence"),
)
"""What is told apart in ``search_words``; ``byline`` holds the outlet as well, ``source`` all names
of those who said it, ``evidence`` what was looked at and its words."""

MERGED_DEPTH = 3
"""How often a source is followed to the one that it was merged into, for its names."""


def _note(kind: str, ids: str) -> str:
    # Not "OR IGNORE": the statement that sets the trigger off would override it.
    where = "" if " WHERE " in ids else " WHERE true"
    return (
        f"INSERT INTO search_todo (kind, id) SELECT '{kind}', {ids}{where} ON CONFLICT DO NOTHING;"
    )


def _trigger(name: str, when: str, *does: str) -> str:
    return f"CREATE TRIGGER search_{name} {when} BEGIN {' '.join(does)} END"


def _of_article(uid: str) -> str:
    return _note("article", f"id FROM article WHERE uid = {uid}")


def _of_highlight(uid: str) -> str:
    return _note("highlight", f"id FROM highlight WHERE uid = {uid}")


FULL_TEXT = {
    "search_text": f"""
    CREATE VIRTUAL TABLE search_text USING fts5(
        text, content='search_source', content_rowid='id', tokenize='{TOKENIZE}', prefix='3'
    )
    """,
    "search_words": f"""
    CREATE VIRTUAL TABLE search_words USING fts5(
        {", ".join(WORD_COLUMNS)}, tokenize='{TOKENIZE}', prefix='3'
    )
    """,
}
"""The two tables of FTS5, and how they are made."""

ALL_TO_DO = (
    "INSERT INTO search_todo SELECT 'article', id FROM article",
    "INSERT INTO search_todo SELECT 'highlight', id FROM highlight",
)
"""Notes that everything is to be indexed; what is noted must have been forgotten before."""

_TABLES = (
    """
    CREATE TABLE search_todo (
        kind TEXT NOT NULL CHECK (kind IN ('article', 'highlight')),
        id INTEGER NOT NULL,
        PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE search_version (
        version_id INTEGER PRIMARY KEY,
        article_id INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX search_version_article ON search_version(article_id)",
    """
    CREATE VIEW search_source AS
    SELECT article_version.id AS id, article_version.text AS text
    FROM search_version JOIN article_version ON article_version.id = search_version.version_id
    """,
)

_TRIGGERS = (
    _trigger("version_new", "AFTER INSERT ON article_version", _of_article("new.article_uid")),
    _trigger(
        "version_gone",
        "AFTER DELETE ON article_version",
        # FTS5 must be told what was indexed: afterwards nobody knows.
        "INSERT INTO search_text (search_text, rowid, text) SELECT 'delete', old.id, old.text"
        " WHERE EXISTS (SELECT 1 FROM search_version WHERE version_id = old.id);",
        "DELETE FROM search_version WHERE version_id = old.id;",
        _of_article("old.article_uid"),
    ),
    _trigger("article_new", "AFTER INSERT ON article", _note("article", "new.id")),
    _trigger("article_changed", "AFTER UPDATE ON article", _note("article", "new.id")),
    _trigger(
        "article_gone",
        "AFTER DELETE ON article",
        "DELETE FROM search_words WHERE rowid >= old.id << 31 AND rowid < (old.id + 1) << 31;",
        "DELETE FROM search_todo WHERE kind = 'article' AND id = old.id;",
    ),
    _trigger("highlight_new", "AFTER INSERT ON highlight", _note("highlight", "new.id")),
    _trigger("highlight_changed", "AFTER UPDATE ON highlight", _note("highlight", "new.id")),
    _trigger(
        "highlight_gone",
        "AFTER DELETE ON highlight",
        "DELETE FROM search_words WHERE rowid ="
        " (SELECT (article.id << 31) + old.id FROM article"
        " JOIN article_version ON article_version.article_uid = article.uid"
        " WHERE article_version.uid = old.version_uid);",
        "DELETE FROM search_todo WHERE kind = 'highlight' AND id = old.id;",
    ),
    *(
        _trigger(
            f"judgement_{name}",
            f"AFTER {event} ON judgement WHEN {row}.article_uid IS NOT NULL",
            _of_article(f"{row}.article_uid"),
        )
        for name, event, row in (
            ("new", "INSERT", "new"),
            ("changed", "UPDATE", "new"),
            ("gone", "DELETE", "old"),
        )
    ),
    *(
        _trigger(f"{table}_{name}", f"AFTER {event} ON {table}", _of_article(f"{row}.article_uid"))
        for table in ("article_note", "label")
        for name, event, row in (
            ("new", "INSERT", "new"),
            ("changed", "UPDATE", "new"),
            ("gone", "DELETE", "old"),
        )
    ),
)
"""A judgement on a highlight needs none: whoever writes it raises the highlight's revision."""


def _merged_into(uid: str) -> str:
    """Return the sources that turned out to be a source, and itself, as a list of SQL."""
    ring, parts = uid, [uid]
    for _ in range(MERGED_DEPTH):
        ring = f"SELECT uid FROM source WHERE merged_into IN ({ring})"  # noqa: S608 - own names
        parts.append(ring)
    return " UNION ".join(part if part.startswith("SELECT") else f"SELECT {part}" for part in parts)


def _of_source(uid: str) -> str:
    return _note(
        "highlight",
        "id FROM highlight WHERE uid IN (SELECT highlight_uid FROM attribution WHERE uid IN"  # noqa: S608 - own names
        f" (SELECT attribution_uid FROM hop WHERE source_uid IN ({_merged_into(uid)})))",
    )


_LATER_TRIGGERS = (
    *(
        _trigger(f"{table}_{name}", f"AFTER {event} ON {table}", make(f"{row}.{field}"))
        for table, field, make in (
            ("attribution", "highlight_uid", _of_highlight),
            ("evidence_link", "highlight_uid", _of_highlight),
            ("source_alias", "source_uid", _of_source),
        )
        for name, event, row in (
            ("new", "INSERT", "new"),
            ("changed", "UPDATE", "new"),
            ("gone", "DELETE", "old"),
        )
    ),
    _trigger(
        "source_changed",
        "AFTER UPDATE ON source"
        " WHEN old.name <> new.name OR old.merged_into IS NOT new.merged_into",
        _of_source("new.uid"),
    ),
    _trigger(
        "evidence_changed",
        "AFTER UPDATE ON evidence",
        _note(
            "highlight",
            "id FROM highlight WHERE uid IN"
            " (SELECT highlight_uid FROM evidence_link WHERE evidence_uid = new.uid)",
        ),
    ),
)
"""A source or a piece of evidence that is new is not named by anything yet."""


def add_speakers_to_search(db: Database) -> None:
    """Have sources and evidence indexed with their statements, inside the caller's transaction."""
    db.execute("DROP TABLE search_words")
    db.execute("DELETE FROM search_todo")
    for statement in (FULL_TEXT["search_words"], *_LATER_TRIGGERS, *ALL_TO_DO):
        db.execute(statement)


def add_search(db: Database) -> None:
    """Make the tables of the search, inside the caller's transaction."""
    for statement in (*_TABLES, *FULL_TEXT.values(), *_TRIGGERS, *ALL_TO_DO):
        db.execute(statement)
