"""What is known of a capture besides its text; captures of plain text have none of it stored."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.domain.content import CapturedContent, CaptureDetails, Pages
from reader.storage.connection import decoded, worded


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


def write_details(connection: sqlite3.Connection, content: CapturedContent) -> None:
    """Write the details of a capture, if there are any, inside the caller's transaction."""
    details = content.details
    if details != CaptureDetails():
        connection.execute(
            "INSERT INTO capture_details (version_uid, final_url, quality, pages)"
            " VALUES (?, ?, ?, ?)",
            (content.uid, details.final_url, details.quality, details.pages.pack()),
        )
