"""Plain mode: everything that happens is told in lines of text, the cursor on the newest."""

from __future__ import annotations

from pathlib import Path

from reader.services.settings.fields import Settings
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


async def test_reading_and_tagging_in_words(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), settings=PLAIN) as it:
        await it.press("j")
        assert told(it) == ["First comes a plain statement.", "2 of 7. No tags."]
        assert at_cursor(it) == told(it)[0]
        await it.press("3")
        assert told(it)[1] == "2 of 7. Contested, incomplete: wants a relation."
        assert at_cursor(it) == told(it)[1]
        await it.press("c", "f")
        assert told(it)[1].startswith("2 of 7. Contested, confidence low, flagged to check")
        await it.press("u")
        assert told(it)[-1].startswith("Undid: flag")
        assert at_cursor(it) == told(it)[-1]
        await it.press("v")
        assert told(it)[0] == "First"
        assert told(it)[-1].startswith("Selecting.")
        await it.press("escape", "a")
        assert "Note." in told(it)[-1]
        await it.type("why")
        await it.press("ctrl+s")
        assert "note: why" in " ".join(told(it))
        assert "▌" not in it.text
        assert "─" not in it.text
        await it.press("z", "tab", "j")
        assert it.screen.mode == "PANEL"
        assert "▏" not in it.text
        await it.consistent()


def current_in(it: Reader) -> list[str]:
    """Return the two lines that tell what is current in a list or a dialog."""
    lines = it.app.screen.query_one(PlainCurrent)
    return it.lines[lines.region.y : lines.region.bottom]


async def test_lists_and_dialogs_tell_what_is_current_at_the_bottom(tmp_path: Path) -> None:
    path = article(tmp_path)
    async with reading(tmp_path / "l.db", path, settings=PLAIN, size=(40, 12)) as it:
        await it.press("j", "2", "e")
        assert current_in(it)[0].startswith("No evidence yet.")
        await it.press("a", "s")
        await it.type("The register")
        await it.press("ctrl+s")
        assert current_in(it)[0] == "+ supports The register"
        assert current_in(it)[1].startswith("looked at")
        assert at_cursor(it) == current_in(it)[0]
        assert "│" not in it.text
        assert "▌" not in it.text
        await it.press("escape", "t")
        assert current_in(it)[0].startswith("Y corroborated")
        await it.press("down")
        assert current_in(it)[0].startswith("+ plausible")
        assert current_in(it)[1] == "" or "fits" in current_in(it)[1]
        await it.press("escape", "r", "j", "enter", "c", "enter", "l")
        assert current_in(it)[0] == "> contradicts"
        assert "Second" in current_in(it)[1]
        await it.press("escape", "s")
        assert "unknown" in current_in(it)[0] or current_in(it)[0]
        await it.press("escape", "L")
        await it.until(lambda: "statement" in it.text)
        await it.press("q")


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
        assert "2 articles" in it.status


def test_in_a_terminal(tmp_path: Path) -> None:
    path = article(tmp_path)
    with reader("--plain", str(path), database=tmp_path / "l.db", size=(80, 24)) as terminal:
        terminal.wait_for("1 of 7. No tags.")
        terminal.send("j2")
        terminal.wait_for("2 of 7. Plausible.")
        terminal.wait_for_quiet()
        cursor = terminal._screen.cursor
        assert not cursor.hidden
        assert terminal.screen()[cursor.y] == "2 of 7. Plausible."
        terminal.send("?")
        terminal.wait_for("How far would you rely on it?")
        assert not set(terminal.text()) & set("│─╭╮╰╯▌▏")
        terminal.send("q")
        terminal.wait_for("2 of 7. Plausible.")
        terminal.send("q")
        assert terminal.wait() == 0
