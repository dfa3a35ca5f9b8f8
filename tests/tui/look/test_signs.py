"""Terminals without our signs: everything drawn is ASCII, no text ends the program."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from reader import assets
from reader.domain import signs
from reader.services.settings.fields import Settings
from tests.new_libraries import make
from tests.terminal import READER, Terminal, reader
from tests.tui.reading_harness import article, reading

TAGGED = ["tag", "1", "contested", "--statement", "2"]

TEXT = """\
Überschrift – “quoted”

Café says 世界 is … here. Second • one → here.

- first item
- second item

> A quotation stands here.
"""


def test_every_sign_is_as_wide_as_its_substitute() -> None:
    for sign, substitute in signs._SIGNS.items():
        assert cell_len(sign) == len(substitute), sign
        assert substitute.isascii()


def test_every_sign_in_the_sources_has_a_substitute() -> None:
    folder = Path(signs.__file__).parents[1]
    drawn = {
        character
        for path in (folder / "tui").rglob("*.py")
        if path.name != "layout.py"  # knows which characters may end a line
        for character in path.read_text("utf-8")
        if not character.isascii()
    }
    for name in assets.builtin_codebooks():
        drawn |= {tag.symbol for facet in assets.load_builtin(name).facets for tag in facet.tags}
    assert {sign for sign in drawn if not signs.in_ascii(sign).isascii()} <= set("‣\u2019·")


@pytest.mark.parametrize("text", ["aé世\u0301😀\ud800✓ß\u200b", "𝔘½€"])
def test_any_text_can_be_written(text: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    signs.prepare(stream, {})
    stream.write(text)
    stream.flush()
    written = raw.getvalue().decode("ascii")
    assert len(written) == cell_len(text.replace("\ud800", "?"))


def test_what_an_encoding_has_is_left_alone() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="latin-1")
    signs.prepare(stream, {})
    stream.write("é ✓ · ç “")
    stream.flush()
    assert raw.getvalue().decode("latin-1") == 'é Y · ç "'


async def test_ascii_by_choice_leaves_the_article_as_it_is(tmp_path: Path) -> None:
    path = article(tmp_path, TEXT, "a.md")
    settings = Settings({"symbols": "ascii", "theme": "terminal"})
    async with reading(tmp_path / "l.db", path, settings=settings) as open_reader:
        await open_reader.press("j", "3", "f", "j", "1")
        drawn = open_reader.text
        for words in ("Überschrift – “quoted”", "Café says 世界 is … here.", "Second • one →"):
            assert words in drawn
            drawn = drawn.replace(words, "")
        assert {sign for sign in drawn if not sign.isascii()} <= set("Üé世界")  # the panel's
        assert "=#" in drawn
        await open_reader.press("question_mark")
        behind = set("Üé世界–“”…•→")
        assert {sign for sign in open_reader.text if not sign.isascii()} <= behind


@pytest.mark.parametrize("env", [
    {"LC_ALL": "C", "LANG": "C"},
    {"LC_ALL": "", "LANG": "C", "LC_CTYPE": ""},
    {"PYTHONIOENCODING": "ascii"},
])  # fmt: skip
def test_a_terminal_without_unicode(tmp_path: Path, env: dict[str, str]) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, "utf-8")
    coerced = env.get("LC_ALL") == ""
    with reader(str(path), database=tmp_path / "l.db", size=(80, 24), env=env) as terminal:
        terminal.wait_for("READ")
        terminal.wait_for_quiet()
        terminal.send("j3jt")
        terminal.wait_for("Tags")
        terminal.send("\x1b")
        terminal.wait_for("READ")
        terminal.wait_for_quiet()
        shown = terminal.text()
        terminal.send("q")
        assert terminal.wait() == 0
        output = terminal.output()
    assert b"Traceback" not in output
    if coerced:  # Python makes UTF-8 of it
        assert "⇄" in shown
    else:
        assert "Caf" in shown
        assert "Y corroborated" in shown
        assert "here. Second" in shown
        assert output.isascii()


def test_commands_in_a_terminal_without_unicode(tmp_path: Path) -> None:
    database = {"READER_DB": str(tmp_path / "l.db"), "READER_ANNOTATOR": "ana"}
    make(tmp_path / "l.db")
    path = tmp_path / "a.md"
    path.write_text(TEXT, "utf-8")
    env = database | {"LC_ALL": "C"}
    for words in (["add", str(path)], TAGGED, ["show", "1"], ["list"]):
        with Terminal([*READER, *words], env=env) as terminal:
            assert terminal.wait() == 0, terminal.text()
            assert terminal.output().isascii()
            shown = terminal.text()
        if words[0] == "show":
            assert "Cafe says ????" in shown
            assert "=      2  Cafe" in shown


@pytest.mark.parametrize(
    ("environ", "lacks"),
    [
        ({"TERM": "vt100"}, True), ({"TERM": "vt220-w"}, True), ({"TERM": "linux-m"}, True),
        ({"TERM": "xterm-mono"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, True),
        ({"TERM": "vt100", "COLORTERM": "truecolor"}, False), ({"TERM": "vt525"}, False),
        ({"TERM": "vte-256color"}, False), ({"TERM": "linux"}, False), ({}, False),
    ],
)  # fmt: skip
def test_which_terminals_have_no_colours(environ: dict[str, str], lacks: bool) -> None:
    assert signs.lacks_colors(environ) is lacks


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
def test_a_terminal_without_colours(tmp_path: Path) -> None:
    env = {"TERM": "vt100", "COLORTERM": ""}
    with reader(str(article(tmp_path)), database=tmp_path / "l.db", env=env) as terminal:
        terminal.wait_for("READ")
        terminal.send("j2t")
        terminal.wait_for("Tags")
        terminal.send("\x1b")
        terminal.wait_for("⟦First comes a plain statement.⟧")
        terminal.send("q")
        assert terminal.wait() == 0
        assert not re.search(rb"\x1b\[(?:[0-9;]*;)?[34][0-8](?:;[0-9;]*)?m", terminal.output())
    env |= {"READER_DB": str(tmp_path / "l.db")}
    with Terminal([*READER, "show", "nothing"], env=env) as terminal:
        assert terminal.wait() != 0
        assert b"\x1b[" not in terminal.output()
