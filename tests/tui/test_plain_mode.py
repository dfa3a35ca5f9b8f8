"""Plain mode: everything that happens is told in lines of text, the cursor on the newest."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.document import Document
from reader.services.settings.fields import Settings
from reader.tui.reading import plain
from reader.tui.widgets import plain_current
from reader.tui.widgets.plain_current import PlainCurrent
from tests.terminal import reader
from tests.tui.reading_harness import Reader, article, reading

PLAIN = Settings({"plain": True})


def told(open_reader: Reader) -> list[str]:
    """Return the plain lines that are not empty."""
    lines = open_reader.screen.plain_lines
    assert lines is not None
    texts = [open_reader.lines[y] for y in range(lines.region.y, lines.region.bottom)]
    return [text for text in texts if text]


def at_cursor(open_reader: Reader) -> str:
    """Return the line that the terminal's cursor is on."""
    return open_reader.lines[open_reader.app.cursor_position.y]


async def test_reading_and_tagging_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_PAUSE_S", 0.01)
    async with reading(tmp_path / "l.db", article(tmp_path), settings=PLAIN) as it:
        await it.press("j")
        assert it.lines[-2] == "First comes a plain statement."
        assert it.status == "2 of 7. No tags."
        assert at_cursor(it) == told(it)[0]
        await it.press("3")
        assert it.status == "2 of 7. Contested, incomplete: wants a relation. Relation? r."
        assert at_cursor(it) == it.status
        await it.press("c", "f")
        assert it.status.startswith("2 of 7. Contested, confidence low, flagged to check")
        await it.press("u")
        assert told(it)[0].startswith("Undid: flag")
        assert it.lines[-2] == "First comes a plain statement."
        assert at_cursor(it) == told(it)[0]
        await it.press("v")
        assert told(it)[0].startswith("Selecting.")
        assert told(it)[1] == "First"
        await it.press("escape", "a")
        assert told(it)[0].startswith("Note. Type; Ctrl-E opens your editor")
        await it.type("why")
        await it.press("ctrl+s")
        assert "note: why" in " ".join(told(it))
        assert "▌" not in it.text
        assert "─" not in it.text
        await it.press("/")
        assert told(it)[0].startswith("Search.")
        await it.type("comes")
        await it.until(lambda: told(it)[0] == "Hit 1 of 2.")
        await it.type("x")
        await it.until(lambda: told(it)[0] == "No hits.")
        await it.press("ctrl+u")
        await it.type("statement\n")
        assert it.status.endswith("Hit 1/1.")
        await it.press("escape", "z", "tab", "j")
        assert it.screen.mode == "PANEL"
        assert "▏" not in it.text
        await it.consistent()
        await it.press("escape")
        with pytest.MonkeyPatch.context() as patch:  # as in a long text that is being counted
            patch.setattr(Document, "counted", False)
            await it.press("g")
            assert it.status.startswith("1 of about 7. ")


def current_in(it: Reader) -> list[str]:
    """Return the lines that tell what has the focus in a list or a dialog."""
    lines = it.app.screen.query_one(PlainCurrent).region
    assert lines.bottom == len(it.lines)
    return [text for text in it.lines[lines.y : lines.bottom] if text]


def focus_told(it: Reader) -> str:
    """Return them in one line."""
    return " ".join(current_in(it))


async def test_lists_and_dialogs_tell_what_is_current_at_the_bottom(tmp_path: Path) -> None:
    path = article(tmp_path)
    async with reading(tmp_path / "l.db", path, settings=PLAIN, size=(40, 12)) as it:
        await it.press("j", "2", "e")
        assert current_in(it)[0].startswith("Evidence: No evidence yet.")
        await it.press("a", "s")
        await it.type("The register")
        await it.press("ctrl+s")
        assert current_in(it)[0].endswith("+ supports The register")
        assert current_in(it)[1].startswith("looked at")
        assert at_cursor(it) == current_in(it)[0]
        assert "│" not in it.text
        assert "▌" not in it.text
        await it.press("escape", "t")
        assert "type to filter - Down Up choose" in it.text
        assert current_in(it)[0].startswith("Tags: Y corroborated")
        await it.press("down")
        assert "+ plausible" in current_in(it)[0]
        assert current_in(it)[1].startswith("It fits")
        await it.press("escape", "r", "j", "enter", "c", "enter", "l")
        assert current_in(it)[0].endswith("> contradicts")
        assert "Second" in current_in(it)[1]
        await it.press("escape", "s")
        assert "Who said it?" in current_in(it)[0]
        await it.press("escape", "L")
        await it.until(lambda: "statement" in it.text)
        await it.press("q")


async def test_whatever_gets_the_focus_is_told_with_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_current, "_PAUSE_S", 0.05)
    path = article(tmp_path)
    async with reading(tmp_path / "l.db", path, settings=PLAIN, size=(60, 20)) as it:
        await it.press("j", "2", "E")
        assert focus_told(it).startswith("Export: File:")
        assert focus_told(it).endswith("Enter exports - Esc leaves")
        await it.press("tab")
        assert "Format 1 of 3: CSV, one row for each highlight" in focus_told(it)
        assert "Right another" in focus_told(it)
        assert at_cursor(it) == current_in(it)[0]
        await it.press("tab", "tab")
        assert "Box, not checked: all statements" in focus_told(it)
        await it.press("space")
        assert "Box, checked: all statements" in focus_told(it)
        await it.press("shift+tab", "shift+tab", "shift+tab")
        await it.press("ctrl+u", "enter")
        assert "Type where the file goes." in focus_told(it)
        await it.press("escape", "i")
        assert "Voice: not said d direct, p partial" in focus_told(it)
        await it.press("d", "down")
        assert "What the speaker does: not said 1 assert" in focus_told(it)
        await it.press("escape", "I")
        assert "Verdict: none; at corroborated 1 corroborated, 2 plausible" in focus_told(it)
        await it.press("2")
        assert "Verdict: plausible" in focus_told(it)
        await it.press("tab")
        await it.type("bridge")
        assert it.app.cursor_position.y < 15  # where one types
        await it.until(lambda: "Labels: bridge" in focus_told(it))
        await it.press("tab", "tab")
        assert "Title: A headline that says little" in focus_told(it)
        await it.press("escape", "?")
        assert "Most used" in focus_told(it)
        await it.press("j")
        assert "Set the tag on that key" in focus_told(it)
        await it.press("/", "m", "o", "v", "e", "enter")
        assert "j Down" in it.text  # no arrow, and no sign for one
        assert "k Up" in it.text
        await it.press("escape", "escape")
        assert at_cursor(it) in told(it)  # it has come back with the screen


async def test_the_list_has_the_cursor_on_its_article(tmp_path: Path) -> None:
    database = tmp_path / "l.db"
    paths = [article(tmp_path, f"Article {n}\n\nWords are here.", f"{n}.txt") for n in (1, 2)]
    async with reading(database, *paths):
        pass
    async with reading(database, settings=PLAIN) as it:
        await it.press("j")
        assert "Article" in at_cursor(it)
        first = at_cursor(it)
        await it.press("k")
        assert at_cursor(it) != first
        assert "Article" in at_cursor(it)
        assert "2 articles" in it.text
        assert current_in(it)[-2:] == ["unread, 0 % read", "Enter opens - ? tells the other keys"]
        await it.press("F")
        assert "Filter: empty" in focus_told(it)
        await it.press("escape", "g", "x", "g")
        assert "marked, unread" in focus_told(it)


def test_in_a_terminal(tmp_path: Path) -> None:
    path = article(tmp_path)
    with reader("--plain", str(path), database=tmp_path / "l.db", size=(80, 24)) as terminal:
        terminal.wait_for("1 of 7. No tags. x take/dismiss: A headline?")  # the key as it is
        assert "?." not in terminal.text()
        for key, happened in (
            ("X", "Suggestions are hidden. X shows them again."),
            ("X", "Suggestions are shown: a dotted line"),
            ("2", "1 of 7. Plausible."),
            ("u", "Undid: "),
            ("h", "1 of 7. Highlight."),
            ("d", "Deleted the highlight. u brings it back."),
        ):
            terminal.send(key)
            terminal.wait_for(happened)
            terminal.wait_for_quiet()
            assert happened in terminal.text()  # also when what is proposed has come or gone
        terminal.send("j2")
        terminal.wait_for("2 of 7. Plausible.")
        assert "Deleted" not in terminal.text()
        terminal.wait_for_quiet()
        cursor = terminal._screen.cursor
        assert not cursor.hidden
        assert terminal.screen()[cursor.y] == "2 of 7. Plausible."
        terminal.send("?")
        terminal.wait_for("Most used")
        assert not set(terminal.text()) & set("│─╭╮╰╯▌▏")
        terminal.send("q")
        terminal.wait_for("2 of 7. Plausible.")
        terminal.send("q")
        assert terminal.wait() == 0


async def test_a_place_of_the_panel_that_was_chosen_elsewhere_does_not_count(
    tmp_path: Path,
) -> None:
    chosen = Settings({"plain": True, "panel": "bottom"})
    async with reading(tmp_path / "l.db", article(tmp_path), settings=chosen) as it:
        assert not it.screen.query_one("#panel").display
        await it.press("z")
        assert it.screen.query_one("#panel").display
