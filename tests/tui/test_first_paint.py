"""The words that are written before Textual is there stand where Textual puts them."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
import termios
from pathlib import Path

import platformdirs
import pytest

from reader import assets
from reader.domain import signs
from reader.domain.article import Metadata
from reader.services.annotating.annotations import Annotations
from reader.services.capturing import adding
from reader.services.codebooks.finding import statement_facet
from reader.services.folders import APP, user_folder
from reader.services.reading.walking import statements_of
from reader.services.showing import version_of
from reader.storage.articles import Place
from reader.storage.library import Library
from reader.tui import first_words
from reader.tui.widgets.article.look import DOTS, GUTTER
from tests.terminal import Terminal, reader

TEXT = "First of all\n\n" + "\n\n".join(
    f"Paragraph {n} is \x1b[31mhere. " + f"It was seen that {n} is a number, and 世界 a word. " * 4
    for n in range(60)
)
BAR_AT = GUTTER - 2
"""Column of the gutter in which a bar or dots stand."""
FIRST = b"\x1b[?1000h"
"""What Textual begins with: it asks for the mouse."""


def _library(folder: Path, text: str, place: int, tagged: int = 12) -> tuple[Path, Path]:
    """Make a file and a library that holds it, with every third statement tagged."""
    path, database = folder / "a.txt", folder / "library.db"
    path.write_text(text, "utf-8")
    os.utime(path, (0, 0))  # last written before it is added
    book = assets.load_builtin("credibility-7")
    facet = statement_facet(book)
    with Library(database) as library:
        me = library.annotator("ana")
        article = adding.add_file(library, path, me, metadata=Metadata(title="T")).article
        version = version_of(library, article)
        library.articles.keep_place(article.uid, me, Place(place, place, 0, "2024-01-01"))
        own = Annotations(article.uid, version.uid, me, version.text)
        spans = [statement.span for statement in statements_of(version)][::3][:tagged]
        for number, span in enumerate(spans):
            tag = facet.tags[number % len(facet.tags)]
            library.log.commit(own.set_tag(own.target(span), book, facet, tag).group)
            if number % 4 == 0:
                library.log.commit(own.toggle_flag(own.target(span)).group)
        others = [statement.span for statement in statements_of(version)][1::3][:tagged]
        for number, span in enumerate(others):
            target = own.target(span)
            edit = own.set_note(target, "A note.") if number % 2 else own.plain(target)
            library.log.commit(edit.group)
    return path, database


def _both(terminal: Terminal) -> tuple[list[str], list[str]]:
    """Return the screen as it is before Textual's first frame, and when all is drawn."""
    terminal.wait_for("READ")
    terminal.wait_for_quiet()
    then = terminal.screen()
    terminal.send("q")
    assert terminal.wait() == 0
    before, textual, _ = terminal.output().partition(FIRST)
    assert textual
    screen = Terminal.emulated(before, (terminal.columns, terminal.rows))
    return screen, then


def _assert_same(first: list[str], then: list[str]) -> None:
    """Every row of the first screen is the beginning of the row that the app draws there.

    Dots for what is suggested come into the gutter later: they are looked for after the first keys.
    """
    words = [(y, line) for y, line in enumerate(first) if line.strip()]
    assert len(words) >= 8
    for y, line in words:
        dots = then[y][BAR_AT] in (DOTS, signs.in_ascii(DOTS))
        shown = then[y][:BAR_AT] + " " + then[y][BAR_AT + 1 :] if dots else then[y]
        assert shown.startswith(line), y


@pytest.mark.parametrize(
    ("place", "size"),
    [(0, (120, 40)), (700, (80, 24)), (6_000, (50, 20)), (6_000, (110, 25)), (13_150, (120, 40))],
)
def test_the_words_do_not_move(tmp_path: Path, place: int, size: tuple[int, int]) -> None:
    path, database = _library(tmp_path, TEXT, place)
    with reader(str(path), database=database, size=size) as terminal:
        first, then = _both(terminal)
        assert terminal.output().count(b"\x1b[?1049h") == 1  # else it would blink
        assert terminal.output().count(b"\x1b[?1049l") == 1
    _assert_same(first, then)
    assert sum("▌" in line for line in first) >= 1
    if place < 1_000:
        assert any(sign in line[:4] for line in first for sign in "✓+⇄!⚑")
        assert all(any(sign in line[:4] for line in first) for sign in "·¶")


@pytest.mark.parametrize(
    "settings",
    ['width = 50\npanel = "bottom"\n[keys]\n"statement.next" = "n"', 'symbols = "ascii"'],
)
def test_the_words_stand_where_the_settings_want_them(tmp_path: Path, settings: str) -> None:
    path, database = _library(tmp_path, TEXT, 3_000, tagged=60)
    config = tmp_path / "close-reader" / "config.toml"
    config.parent.mkdir()
    config.write_text(settings + "\n")
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    with reader(str(path), database=database, env=env) as terminal:
        first, then = _both(terminal)
    _assert_same(first, then)
    if "ascii" in settings:
        assert any("|" in line[:5] for line in first)


def test_what_is_not_as_usual_is_left_to_the_program(tmp_path: Path) -> None:
    path, database = _library(tmp_path, "One. Two.", 0, tagged=0)
    path.write_text("One. Two. Three.", "utf-8")  # written again after it was added
    with reader(str(path), database=database) as terminal:
        first, then = _both(terminal)
    assert any("Three" in line for line in then)
    assert all("Three" in line for line in first if "Two" in line)


def test_keys_typed_meanwhile_are_neither_shown_nor_lost(tmp_path: Path) -> None:
    path, database = _library(tmp_path, TEXT, 0)
    with reader(str(path), database=database) as terminal:
        modes = termios.tcgetattr(terminal.descriptor)
        terminal.wait_for("Paragraph 1 ")
        terminal.send("jjj2")
        terminal.wait_for("READ")
        terminal.wait_for("statement 4/")
        terminal.wait_for_quiet()
        assert "jjj" not in terminal.text()
        terminal.send("q")
        assert terminal.wait() == 0
        before, _, _ = terminal.output().partition(FIRST)
        assert b"jjj" not in before
        assert termios.tcgetattr(terminal.descriptor)[:4] == modes[:4]


def test_the_screen_is_given_back_when_the_interface_cannot_start(tmp_path: Path) -> None:
    path, database = _library(tmp_path, TEXT, 0)
    env = {"TEXTUAL_DRIVER": "no.such:Driver"}
    with reader(str(path), database=database, env=env) as terminal:
        assert terminal.wait() != 0
        output = terminal.output()
        assert termios.tcgetattr(terminal.descriptor)[3] & termios.ECHO
    assert output.count(b"\x1b[?1049h") == output.count(b"\x1b[?1049l") == 1
    assert b"\x1b[?25h" in output


def test_nothing_slow_is_imported_before_the_first_words() -> None:
    code = (
        "import reader.__main__, reader.tui.first_words, reader.tui.first_paint, sys;"
        "from reader.tui.widgets.article.look import one_cell;"
        "assert [*map(one_cell, '✓+⇄!✗?∅¿≈→⚑¶')] == [*'✓+⇄!✗?∅¿≈→⚑¶'];"
        "import reader.services.settings.fields; print(*sys.modules)"
    )
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    slow = {"textual", "rich", "asyncio", "pathlib", "dataclasses", "platformdirs", "click", "json"}
    assert not loaded & slow
    assert len([name for name in loaded if name.split(".")[0] == "reader"]) <= 36


def test_places_and_names_are_those_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        for value in ("", "/tmp/somewhere"):
            monkeypatch.setenv(name, value)
            assert user_folder("CONFIG") == platformdirs.user_config_dir(APP)
            assert user_folder("DATA") == platformdirs.user_data_dir(APP)
    for name in first_words._LOGIN_NAMES:
        monkeypatch.delenv(name, raising=False)
    assert first_words._login_name() == getpass.getuser()
    monkeypatch.setenv("USER", "ben")
    assert first_words._login_name() == getpass.getuser() == "ben"
    for book, facet in first_words.FACETS.items():
        assert statement_facet(assets.load_builtin(book)).id == facet
