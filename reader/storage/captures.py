"""Frozen captures: written whole, with what is known of them besides their text."""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path

from reader.domain.article_draft import ArticleDraft
from reader.domain.content import CapturedContent, CaptureDetails, Pages
from reader.storage.connection import decoded, worded


def content_of(
    uid: str, article_uid: str, sha256: str, at: str, draft: ArticleDraft
) -> CapturedContent:
    """Return what is stored of a draft, as the version of that uid."""
    return CapturedContent(
        uid=uid,
        article_uid=article_uid,
        sha256=sha256,
        origin=draft.origin,
        media_type=draft.media_type,
        extractor=draft.extractor,
        captured_at=at,
        warnings=draft.warnings,
        blocks=draft.blocks,
        text=draft.text,
        raw=draft.raw,
        details=draft.details,
    )


def insert_version(connection: sqlite3.Connection, content: CapturedContent) -> None:
    """Write a frozen capture, inside the caller's transaction.

    Details are written if there are any: captures of plain text have none.
    """
    connection.execute(
        "INSERT INTO article_version (uid, article_uid, sha256, origin, media_type, extractor,"
        " captured_at, characters, raw_bytes, warnings, blocks, text, raw)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            content.uid,
            content.article_uid,
            content.sha256,
            content.origin,
            content.media_type,
            content.extractor,
            content.captured_at,
            len(content.text),
            len(content.raw),
            json.dumps(content.warnings),
            content.blocks.pack(),
            content.text,
            zlib.compress(content.raw, 6),
        ),
    )
    details = content.details
    if details != CaptureDetails():
        connection.execute(
            "INSERT INTO capture_details (version_uid, final_url, quality, pages)"
            " VALUES (?, ?, ?, ?)",
            (content.uid, details.final_url, details.quality, details.pages.pack()),
        )


def read_details(connection: sqlite3.Connection, path: Path, version_uid: str) -> CaptureDetails:
    """Return the details of a capture.

    Raises:
        StorageError: They cannot be read, or are damaged.
    """
    with worded(path):
        row = connection.execute(
            "SELECT final_url, quality, pages FROM capture_details WHERE version_uid = ?",
            (version_uid,),
        ).fetchone()
    if row is None:
        return CaptureDetails()
    with decoded(path):
        return CaptureDetails(row[0], row[1], Pages.unpack(row[2]))
