"""Reads what another library needs to take this one in."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.domain.blocks import BlockTable
from reader.domain.content import CapturedContent, CodebookContent
from reader.storage.captures import read_details
from reader.storage.connection import decoded


class Contents:
    """Reads what another library needs to take this one in.

    Args:
        connection: A connection to the library.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._ask = connection.execute
        self._path = path

    def library_uid(self) -> str:
        """Return the library's own uid."""
        row = self._ask("SELECT value FROM meta WHERE key = 'library_uid'").fetchone()
        return str(row[0])

    def codebooks(self) -> Iterator[CodebookContent]:
        """Yield the codebooks that were used."""
        rows = self._ask("SELECT id, version, source FROM codebook ORDER BY id, version")
        for row in rows:
            yield CodebookContent(*row)

    def captures(self) -> Iterator[CapturedContent]:
        """Yield the captures with text and source, oldest first."""
        for (number,) in self._ask("SELECT id FROM article_version ORDER BY id").fetchall():
            row = self._ask(
                "SELECT uid, article_uid, sha256, origin, media_type, extractor, captured_at,"
                " warnings, blocks, text, raw FROM article_version WHERE id = ?",
                (number,),
            ).fetchone()
            with decoded(self._path):
                content = _content(row)
            details = read_details(self._connection, self._path, content.uid)
            yield replace(content, details=details)


def _content(row: tuple[Any, ...]) -> CapturedContent:
    return CapturedContent(
        uid=row[0],
        article_uid=row[1],
        sha256=row[2],
        origin=row[3],
        media_type=row[4],
        extractor=row[5],
        captured_at=row[6],
        warnings=tuple(json.loads(row[7])),
        blocks=BlockTable.unpack(row[8]),
        text=row[9],
        raw=_unpacked(row[10]),
    )


def _unpacked(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error as error:
        raise ValueError("a damaged source") from error
