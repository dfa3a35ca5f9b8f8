"""Frozen copies of the codebooks that judgements are from."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from reader import assets
from reader.domain.codebook import Codebook, parse_codebook
from reader.domain.errors import CodebookError
from reader.domain.late import Late

if TYPE_CHECKING:
    import json
else:
    json = Late("json")


def keep(connection: sqlite3.Connection, codebook: Codebook) -> None:
    """Copy a codebook into the library at its first use, inside the caller's transaction.

    Raises:
        CodebookError: The same id and version is there with other content.
    """
    row = connection.execute(
        "SELECT sha256 FROM codebook WHERE id = ? AND version = ?", (codebook.id, codebook.version)
    ).fetchone()
    if row is not None:
        if row[0] != codebook.sha256:
            raise CodebookError(
                f"Codebook {codebook.id} version {codebook.version} has been used in this library"
                " with other content.",
                "Raise the version in the file; a used version never changes.",
            )
        return
    connection.execute(
        "INSERT INTO codebook (id, version, title, sha256, source) VALUES (?, ?, ?, ?, ?)",
        (codebook.id, codebook.version, codebook.title, codebook.sha256, codebook.source),
    )
    connection.executemany(
        "INSERT INTO tag VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(tag_rows(codebook))
    )


def tag_rows(codebook: Codebook) -> list[tuple[object, ...]]:
    """Return a codebook's tags as rows of their table."""
    return [
        (
            codebook.id,
            codebook.version,
            facet.id,
            tag.code,
            position,
            tag.label,
            tag.definition,
            tag.symbol,
            tag.color,
            None if tag.rank is None else float(tag.rank),
            json.dumps(tag.requires),
        )
        for facet in codebook.facets
        for position, tag in enumerate(facet.tags)
    ]


class Codebooks:
    """The codebooks that have been used in one library."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def used(self) -> list[Codebook]:
        """Return every used codebook version, by id and version."""
        rows = self._connection.execute(
            "SELECT id, sha256, source FROM codebook ORDER BY id, version"
        )
        return [_codebook(*row) for row in rows]

    def get(self, codebook_id: str, version: int | None = None) -> Codebook | None:
        """Return a used codebook: that version, or the newest."""
        row = self._connection.execute(
            "SELECT id, sha256, source FROM codebook WHERE id = ?1 AND (?2 IS NULL OR version = ?2)"
            " ORDER BY version DESC LIMIT 1",
            (codebook_id, version),
        ).fetchone()
        return _codebook(*row) if row else None


def _codebook(codebook_id: str, sha256: str, source: str) -> Codebook:
    """Return a used codebook; the default one, which most people use, need not be parsed."""
    if codebook_id == assets.DEFAULT_CODEBOOK:
        built_in = assets.load_builtin(codebook_id)
        if (built_in.sha256, built_in.source) == (sha256, source):
            return built_in
    return parse_codebook(source, codebook_id)
