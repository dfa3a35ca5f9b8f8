"""What keys cost, in exact counts: bytes, frames, pieces of text looked at. Times are measured in
`python -m tests.benchmarks`, side by side with other programs."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from reader.domain.document import Document
from reader.domain.highlight import Highlight
from reader.domain.operation import new_uid
from reader.services.capturing import adding
from reader.storage.library import Library
from reader.tui.reading.screen import ReadingScreen
from reader.tui.widgets.article import looks
from tests.benchmarks.texts import prose
from tests.terminal import ROOT, Terminal, reader
from tests.tui.reading_harness import article, reading

FRAME = b"\x1b[?2026h"
MOVES, PAUSES = 30, (2, 24)
"""Moves, and those after which what is told of a statement at rest is waited for."""
CHUNKS = 3
"""Pieces of text whose statements may be looked for at a time, however long the text is."""


def _place(text: str) -> str:
    found = re.search(r"statement ~?([\d,]+)/", text)
    return found[1] if found else ""


def _press(terminal: Terminal, keys: str, quiet_s: float = 0.15) -> bytes:
    """Press keys one after the other as a hand does; return what is sent until all is quiet."""
    before = len(terminal.chunks)
    terminal.send(keys)
    terminal.wait_for_frame(before)
    terminal.wait_for_quiet(quiet_s)
    return terminal.output(before)


def test_bytes_and_frames(tmp_path: Path) -> None:
    path, database = tmp_path / "a.txt", tmp_path / "l.db"
    path.write_text(prose(60_000), "utf-8")
    os.utime(path, (0, 0))
    with Library(database) as library:
        version = adding.add_file(library, path, library.annotator("ana")).article.version_uid
        stored = library.articles.version(version)
        assert stored is not None
        document = Document(stored.text, stored.blocks)
    statements = list(document.statements())
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    with reader(str(path), database=database, env=env) as terminal:
        terminal.wait_for(lambda text: _place(text) == "1" and "~" not in text)
        terminal.wait_for_quiet(1.0)
        _press(terminal, "j"), _press(terminal, "k")  # what is said at the first start goes
        # Sixty moves, some of which scroll, with what is suggested underlined and told.
        sizes = [len(_press(terminal, "j", 0.06)) for _ in range(60)]
        assert mean(sizes) <= 600
        # Without that, one move is the two statements that change their looks, and little else.
        _press(terminal, "X"), _press(terminal, "g")
        terminal.wait_for(lambda text: "Suggestions are hidden" not in text)
        terminal.wait_for_quiet(0.5)
        for number in range(12):
            sent = len(_press(terminal, "j"))
            words = sum(len(document.text[slice(*s)].encode()) for s in statements[number:][:2])
            assert sent <= 200 + words, (number, sent, words)
        # A move is one frame; a tag is one, a second says that it is saved; at rest
        # its card is opened, and its history comes, both in one where the machine is quick.
        # They are the statement, its row and then its card, counts and the tag's key, and no row
        # that stays as it is.
        # On a busy machine they come in more pieces: the best of three tells what it costs.
        moved, tagged = [], []
        for _ in range(3):
            moved.append(_press(terminal, "j", 0.06).count(FRAME))  # before what is done at rest
            terminal.wait_for_quiet(0.5)
            tagged.append(_press(terminal, "2"))
            terminal.wait_for_quiet(0.5)
        assert min(moved) == 1
        assert all(FRAME in sent for sent in tagged)
        assert min(sent.count(FRAME) for sent in tagged) <= 4
        assert min(map(len, tagged)) <= 1_700
        # Keys that wait are worked off, and drawn together.
        before = len(terminal.chunks)
        terminal.send("j" * 300)
        terminal.wait_for(lambda text: _place(text) == "316")
        terminal.wait_for_quiet(0.3)
        assert terminal.output(before).count(FRAME) <= 5
        # Nothing is sent while nothing happens.
        terminal.wait_for_quiet(1.0)
        before = len(terminal.chunks)
        time.sleep(5.0)
        assert terminal.output(before) == b""


def test_a_move_past_suggestions_is_two_statements(tmp_path: Path) -> None:
    """The frame of each move is small where much is proposed; what rests is told after it."""
    path, database = tmp_path / "visitors.txt", tmp_path / "l.db"
    path.write_bytes(Path(ROOT, "seeds", "visitors.txt").read_bytes())
    os.utime(path, (0, 0))
    with Library(database) as library:
        version = adding.add_file(library, path, library.annotator("ana")).article.version_uid
        stored = library.articles.version(version)
        assert stored is not None
        document = Document(stored.text, stored.blocks)
    words = [len(document.text[slice(*span)].encode()) for span in document.statements()]
    over, stood = [], 0
    with reader(str(path), database=database, env={"XDG_CONFIG_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for(lambda text: _number(text) == 1 and "┊" in text and "~" not in text)
        for size in ((120, 40), (80, 24)):
            terminal.send("g")
            terminal.resize(*size)
            terminal.wait_for(lambda text: _number(text) == 1)
            terminal.wait_for_quiet(0.5)
            for number in range(MOVES):
                top, before = _top(terminal), len(terminal.chunks)
                terminal.send("j")
                terminal.wait_for(lambda text, number=number: _number(text) == number + 2)
                sent = len(FRAME) + max(map(len, terminal.output(before).split(FRAME)))
                if number in PAUSES:  # what is told at rest has to be taken away by the next move
                    terminal.wait_for_quiet(0.25)
                if _top(terminal) == top:  # nothing was scrolled
                    stood += 1
                    most = 200 + sum(words[number : number + 2])
                    over += [(size, number, sent, most)] if sent > most else []
    assert (over, stood > MOVES) == ([], True)


def _number(text: str) -> int:
    """Return the number of the statement under the cursor, however little room there is for it."""
    found = re.search(r"(\d+)/\d+ · \d+ %", text)
    return int(found[1]) if found else 0


def _top(terminal: Terminal) -> str:
    """Return the words of the article's first rows, without what stands beside them."""
    return "".join(line[5:] for line in terminal.text().split("\n")[1:4])


@pytest.mark.parametrize("size", [3_000, 3_000_000])
async def test_a_jump_looks_at_what_it_shows(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    found = Document.statements_of

    def counted(document: Document, chunk: int) -> Any:
        if chunk not in document._statements:
            looked.append(chunk)
        return found(document, chunk)

    monkeypatch.setattr(Document, "statements_of", counted)
    monkeypatch.setattr(ReadingScreen, "start_background_work", lambda screen: None)
    path = article(tmp_path, prose(size))
    async with reading(tmp_path / "l.db", path) as r:
        assert 1 <= len(looked) <= CHUNKS
        for keys in (["G"], ["g"], ["5", "0", "percent_sign"], ["ctrl+d"], ["j"], ["k"]):
            looked.clear()
            await r.press(*keys)
            assert len(looked) <= CHUNKS, keys
        looked.clear()
        await r.pilot.resize_terminal(90, 30)
        await r.rest()
        assert len(looked) <= CHUNKS


async def test_a_tag_costs_its_own_rows_however_much_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is laid and painted is counted with nothing else marked, then with everything."""
    laid: list[str] = []
    lay = looks._Marked._lay

    def counted(screen: looks._Marked, what: Any, targeted: bool) -> looks._Laid:
        laid.append(what.uid)
        return lay(screen, what, targeted)

    monkeypatch.setattr(looks._Marked, "_lay", counted)
    async with reading(tmp_path / "l.db", article(tmp_path, prose(30_000))) as r:
        pane, screen = r.screen.pane, r.screen

        async def costs() -> list[tuple[int, int, int]]:
            found = []
            for key in ("2", "5", "5"):  # a tag, another one in its place, and none
                laid.clear()
                changed, painted = pane._marks_laid.changed, pane._canvas.painted
                await r.press(key)
                changed = pane._marks_laid.changed - changed
                found.append((len(laid), changed, pane._canvas.painted - painted))
            return found

        await r.press("j", "j", "j")
        assert screen.cursor is not None
        assert pane._view.rows is not None
        rows = len({pane._view.rows.place_of(at) for at in range(*screen.cursor)})
        alone = await costs()
        assert alone == [(1, rows, rows), (1, rows, rows), (0, rows, rows)]
        known = screen.session.annotations
        others = [at for at in screen.session.document.statements() if at != screen.cursor]
        screen.session.take_in(
            [Highlight(new_uid(), known.version_uid, known.annotator_uid, *at) for at in others]
        )
        pane.refresh_marks()
        await r.rest()
        assert len(others) > 300
        assert len(laid) > 10
        assert await costs() == alone
