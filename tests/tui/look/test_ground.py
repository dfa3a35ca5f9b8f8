"""The terminal's background is asked for, and its answer is never typed."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.storage.library import Library
from reader.tui.look.ground import QUESTION, Ground
from reader.tui.look.themes import may_ask
from tests.terminal import reader

ACCENT = b"38;2;47;102;144"
"""The accent of the light theme, ``#2f6690``."""

DARK_ACCENT = b"38;2;122;162;200"
"""That of the dark one, ``#7aa2c8``."""

WHITE, DARK = "\x1b]11;rgb:ffff/ffff/dddd\x1b\\", "\x1b]11;rgb:1e/1e/1e\x07"


@given(st.sampled_from([WHITE, DARK, "\x1b]11;rgba:f0f0/f0f0/f0f0/ffff\x07"]), st.data())
def test_an_answer_in_any_pieces_is_taken_out(answer: str, data: st.DataObject) -> None:
    before, after = data.draw(st.text("jk1\x1b[]A;", max_size=4)), "j1"
    if before.endswith("\x1b"):
        before += "["
    text = before + answer + after
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=6).map(sorted))
    ends = [0, *cuts, len(text)]
    ground = Ground()
    typed = "".join(ground.taken_out(text[a:b]) for a, b in pairwise(ends))
    assert typed + ground.give_up() == before + after
    assert ground.is_light is (answer != DARK)


def test_keys_that_begin_alike_are_keys() -> None:
    ground = Ground()
    assert ground.taken_out("a\x1b") == "a"  # Esc, perhaps: for as long as Textual waits as well
    assert ground.holds
    assert ground.give_up() == "\x1b"
    assert ground.taken_out("\x1b]") == ""
    assert ground.give_up() == "\x1b]"  # Alt-]
    assert ground.taken_out("\x1b[A\x1bOP") == "\x1b[A\x1bOP"
    ground.taken_out("\x1b]11;rgb:ff")
    assert ground.give_up() == ""  # the rest never came; what came is no key
    ground.taken_out(WHITE)
    assert ground.taken_out("\x1b") == "\x1b"  # once it is known, Esc waits no longer


@pytest.mark.parametrize(
    ("environ", "asks"),
    [
        ({"TERM": "xterm-256color"}, True), ({"TERM": "foot"}, True), ({}, False),
        ({"TERM": "xterm", "TMUX": "/tmp/x"}, False), ({"TERM": "screen-256color"}, False),
        ({"TERM": "xterm", "SSH_TTY": "/dev/pts/1"}, False), ({"TERM": "linux"}, False),
    ],
)  # fmt: skip
def test_it_is_asked_only_where_nothing_is_between(environ: dict[str, str], asks: bool) -> None:
    assert may_ask(environ) is asks


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere COLORFGBG alone is looked at")
def test_a_light_terminal_has_the_light_theme_and_no_key_is_typed(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("A headline\n\nOne statement. Another one. A third one.\n")
    with reader(str(article), database=tmp_path / "l.db", background="ffff/ffff/ffff") as app:
        app.send("j")  # typed while the answer is waited for by nobody
        app.wait_for("One statement")
        app.wait_for(lambda _: ACCENT in app.output())
        app.wait_for("statement 2/4")
        app.wait_for_quiet(0.5)
        assert app.output().count(QUESTION.encode()) == 1
        assert DARK_ACCENT not in app.output()  # the first paint is right
        app.send("\x11")
        assert app.wait() == 0
    with reader(str(article), database=tmp_path / "l.db", background="1e1e/1e1e/1e1e") as app:
        app.wait_for(lambda _: ACCENT in app.output())  # as it was last time
        assert DARK_ACCENT not in app.output()
        app.wait_for(lambda _: DARK_ACCENT in app.output())  # as it says that it is now
        app.send("\x11")
        assert app.wait() == 0
    with Library(tmp_path / "l.db") as library:
        assert library.connection.execute("SELECT 1 FROM highlight").fetchall() == []
    with reader(
        str(article), database=tmp_path / "l.db", env={"TMUX": "x"}, background="ffff/ffff/ffff"
    ) as app:
        app.wait_for("One statement")
        app.wait_for(lambda _: DARK_ACCENT in app.output())
        app.wait_for_quiet()
        assert QUESTION.encode() not in app.output()
