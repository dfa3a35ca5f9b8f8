"""Long texts are read in part at first, and nobody sees a difference."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reader.assets import load_builtin
from reader.domain.article import Version
from reader.domain.blocks import BlockTable
from reader.domain.document import CHUNK_SIZE, Document
from reader.domain.text import LongText, Role
from reader.services import articles
from reader.services.capturing import adding
from reader.services.reading.beginning import load_session
from reader.storage.articles import AROUND, LONG, Place
from reader.storage.library import Library
from reader.tui.saving.database import Database

PARAGRAPH = "“Nobody asked,” Ana said. The bridge is 3.5 m wide; it was closed. Why? Ask Dr. Lind."


def long_text(tmp_path: Path) -> tuple[Path, str]:
    """Write a text that is long, and not of ASCII alone."""
    text = "\n\n".join(f"{number}. {PARAGRAPH}" for number in range(LONG // len(PARAGRAPH) + 99))
    path = tmp_path / "long.txt"
    path.write_text(text, "utf-8")
    return path, text


@given(st.lists(st.text("ab .?“”\n", min_size=1, max_size=9), min_size=1), st.data())
def test_a_part_has_the_statements_of_the_whole(parts: list[str], data: st.DataObject) -> None:
    table, text = BlockTable(), ""
    for part in parts:
        table.append(len(text), len(text) + len(part), Role.BODY)
        text += part
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reads: list[int] = []

    def read() -> str:
        reads.append(1)
        return text

    part_read = LongText(len(text), start, text[start:end], read)
    for block in table:
        same = part_read.over(block.start, block.end)
        first = max(0, block.start - 1)
        assert same[first : block.end + 1] == text[first : block.end + 1]
    inside = start == 0 and end == len(text)
    assert len(reads) == (not inside)
    long, usual = Document(part_read, table), Document(text, table)
    assert [*long.statements()] == [*usual.statements()]
    assert (long.length, long.text, long.is_read) == (len(text), text, True)
    assert len(reads) == 1


def test_only_what_is_near_the_reading_place_is_read(tmp_path: Path) -> None:
    path, text = long_text(tmp_path)
    book = load_builtin("credibility-7")
    with Library(tmp_path / "l.db") as library:
        me = library.annotator("ana")
        uid = adding.add_file(library, path, me).article.uid
        for offset in (0, len(text) // 2, len(text)):
            library.articles.keep_place(uid, me, Place(offset=offset))
            asked: list[int] = []

            def later(job: Callable[[Library], str], asked: list[int] = asked) -> str:
                asked.append(1)
                return job(library)

            session = load_session(library, uid, me, book, later=later)
            usual = load_session(library, uid, me, book)
            assert session.opened.name == usual.opened.name
            assert session.first_statement() == usual.first_statement()
            here = usual.first_statement()
            assert here is not None
            chunk = session.document.chunk_at(here.start)
            assert session.document.statements_of(chunk) == usual.document.statements_of(chunk)
            assert session.annotations.words(here) == text[slice(*here)]
            assert session.percent(here) == usual.percent(here)
            assert session.minutes_left(offset) == usual.minutes_left(offset)
            assert not asked
            assert not session.document.is_read
            far = (offset + 3 * AROUND) % len(text)
            assert session.document.statement_at(far) == usual.document.statement_at(far)
            assert session.document.is_read
            assert session.document.text == text == session.annotations.text
            assert articles.text_is_whole(session.opened.version)
            assert asked == [1]
    assert 2 * CHUNK_SIZE < AROUND


def test_the_rest_is_read_by_the_librarys_thread_whoever_asks(tmp_path: Path) -> None:
    path, text = long_text(tmp_path)
    with Library(tmp_path / "l.db") as library:
        me = library.annotator("ana")
        uid = adding.add_file(library, path, me).article.uid
    database = Database(tmp_path / "l.db")

    def opened() -> articles.Opened:
        return database.submit(
            lambda library: articles.open_article(library, uid, me, later=database.now)
        ).result()

    try:
        assert _read_by_many(opened().version, lambda job: job(None)) == [text] * 4
        assert _read_by_many(opened().version, database.now) == [text] * 4
    finally:
        database.close()


def _read_by_many(version: Version, run: Callable[[Callable[[Any], str]], str]) -> list[str]:
    """Read a text in three threads, and wherever a job is run, at once."""
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(version.text)) for _ in range(3)]
    for thread in threads:
        thread.start()
    found.append(run(lambda library: version.text))
    for thread in threads:
        thread.join()
    assert all(text is version.text for text in found)
    return found


def test_damage_in_what_was_not_read_at_first_is_found(tmp_path: Path) -> None:
    path, text = long_text(tmp_path)
    with Library(tmp_path / "l.db") as library:
        me = library.annotator("ana")
        uid = adding.add_file(library, path, me).article.uid
    damaged = text[:-30].encode() + b"\xff\xfe" + text[-20:].encode()
    with sqlite3.connect(tmp_path / "l.db") as connection:
        connection.execute("DROP TRIGGER article_version_frozen")
        connection.execute("UPDATE article_version SET text = CAST(? AS TEXT)", (damaged,))
    connection.close()
    with Library(tmp_path / "l.db") as library:
        opened = articles.open_article(library, uid, me, later=lambda job: job(library))
        assert len(opened.version.content) == len(text) == len(opened.version.text)
        assert opened.version.text[:-30] == text[:-30]
        assert not articles.text_is_whole(opened.version)
