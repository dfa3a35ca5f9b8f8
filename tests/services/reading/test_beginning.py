"""What is named on the command line: read before the screen opens, once, and not at any price."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.errors import Cancelled, InputError
from reader.services.reading.beginning import Waiting, begin
from reader.storage.library import Library
from tests.capture.pdf_pages import two_columns


def test_a_pdf_is_read_once_with_progress_and_a_damaged_one_leaves_nothing(tmp_path: Path) -> None:
    path, broken = tmp_path / "bridge.pdf", tmp_path / "broken.pdf"
    path.write_bytes(two_columns(across=False).bytes())
    broken.write_bytes(b"%PDF-1.7\n" + b"\0" * 99)
    told: list[str] = []
    with Library(tmp_path / "l.db") as library:
        before = list(library.connection.iterdump())
        with pytest.raises(InputError, match="damaged"):
            begin(library, "ana", "credibility-7", [str(broken)])
        assert not library.articles.in_order()
        assert [line for line in library.connection.iterdump() if "article" in line] == [
            line for line in before if "article" in line
        ]
        first = begin(library, "ana", "credibility-7", [str(path)], None, Waiting(told.append))
        assert told[-2:] == [f"Reading {path}: 2 of 2", ""]
        told.clear()
        again = begin(library, "ana", "credibility-7", [str(path)], None, Waiting(told.append))
        assert told == []  # it has not changed: nothing is read
        assert first.session is not None and again.session is not None  # noqa: PT018 - for mypy
        assert again.session.opened.article.uid == first.session.opened.article.uid
        nobody = Waiting(told.append)
        nobody.cancel()
        path.write_bytes(two_columns(across=True).bytes())
        with pytest.raises(Cancelled):
            begin(library, "ana", "credibility-7", [str(path)], None, nobody)
        raw = two_columns(across=True).bytes()
        piped = begin(library, "ana", "credibility-7", ["-"], raw)
        assert piped.session is not None
        assert piped.session.opened.version.media_type == "application/pdf"
