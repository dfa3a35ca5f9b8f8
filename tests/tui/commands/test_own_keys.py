"""Keys of the settings file, pressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.services.settings.fields import Settings, load_settings
from reader.services.settings.file import parse
from reader.tui.commands import use_keys
from reader.tui.touring.tour import steps
from tests.tui.reading_harness import article, reading

OWN = """
[keys]
"statement.next" = ["n", "F7"]
"search.next" = ""
"tag.1" = "Ctrl-T"
"quit" = "Ctrl-X"
"help" = ["?", "H"]
"focus.switch" = ","
"panel.next" = "n"
"""


@pytest.fixture(autouse=True)
def _table_after() -> Iterator[None]:
    yield
    use_keys(Settings())


async def test_keys_of_ones_own_are_pressed_shown_and_explained(tmp_path: Path) -> None:
    settings = parse(OWN, tmp_path / "config.toml")
    async with reading(
        tmp_path / "r.db", article(tmp_path), settings=settings, size=(120, 60)
    ) as app:
        await app.press("n", "f7")
        assert app.here.startswith("Second")
        await app.press("j")
        assert app.here.startswith("Second")
        await app.press("ctrl+t", "1")
        assert await app.tags() == {app.here: ["corroborated"]}
        assert "n statement" in app.status
        assert "Ctrl-T 2 3" in app.status
        assert "Ctrl-T▸" in app.text
        await app.press("comma", "n", "tab")
        assert app.screen.mode == "PANEL"
        await app.press("question_mark", "slash")
        await app.type("set the tag")
        assert "Ctrl-T 2 3" in app.text
        await app.press("escape", "escape", "comma", "question_mark")
        assert "n F7" in app.text
        await app.press("escape", "colon")
        await app.type("help")
        assert next(line for line in app.lines if "▌ help" in line).split()[-2:] == ["H", "│"]
        await app.press("escape", "colon")
        await app.type("corrob")
        assert "Ctrl-T" in next(line for line in app.lines if "▌ ✓ corroborated" in line)
        await app.press("escape", "question_mark")
        await app.press("H", "ctrl+q")
        assert app.app.is_running
        await app.press("slash")
        await app.type("sixth n")
        assert app.here.startswith("Second")  # in a field, letters are letters
        await app.press("escape", "ctrl+x")
        assert not app.app.is_running


async def test_the_key_preset_is_chosen_in_the_palette_and_stays(tmp_path: Path) -> None:
    settings = parse("", tmp_path / "config.toml")
    async with reading(
        tmp_path / "r.db", article(tmp_path), settings=settings, size=(120, 40)
    ) as app:

        async def palette(words: str) -> None:
            await app.press("colon")
            await app.type(words)
            await app.press("enter")

        await palette("vim")
        assert "Digits tag" in app.text
        await app.press("down", "enter")
        await app.until(lambda: "t 1-6 0 tag" in app.status)
        await app.press("g", "2", "j")
        assert app.here.startswith("Second")
        await app.press("t", "5")
        assert await app.tags() == {app.here: ["refuted"]}
        await app.app.kept()
        assert load_settings(tmp_path / "config.toml").preset == "vim-strict"
        await palette("sett")
        assert str(tmp_path)[:30] in app.text
        await app.type("pres")
        await app.press("enter", "up", "enter")
        await app.until(lambda: "1-6 0 tag" in app.status and "t 1" not in app.status)
        await app.press("k", "2")
        assert (await app.tags())[app.here] == ["plausible"]
        await palette("sett")
        await app.press("down", "enter")
        assert "reader config set annotator VALUE" in app.text


LOST = '[keys]\n"statement.next" = "n"\n"panel.next" = ""\n"search.next" = ""'


async def test_what_has_lost_its_key_is_in_the_palette(tmp_path: Path) -> None:
    settings = parse(LOST, tmp_path / "config.toml")
    async with reading(tmp_path / "r.db", article(tmp_path), settings=settings) as app:

        async def palette(words: str) -> None:
            await app.press("colon")
            await app.type(words)
            await app.press("enter")

        await app.press("/")
        await app.type("comes")
        await app.press("enter")
        first = app.here
        await palette("next hit")
        assert app.here != first
        await app.press("g", "1", "n", "2", "tab", "g")
        await palette("next entry")
        assert app.screen.panel.current == 1
        await app.press("question_mark", "slash")
        await app.type("next entry")
        assert "next entry: Go to the next entry" in " ".join(app.text.split())
        await app.press("escape", "slash")
        await app.type("by its key")
        assert "Nothing matches" in app.text  # that is for digits that count


async def test_a_warning_is_shown_and_the_next_start_has_the_table_again(tmp_path: Path) -> None:
    path = article(tmp_path)
    settings = parse('[keys]\n"statement.next" = "n"', tmp_path / "config.toml")
    async with reading(tmp_path / "r.db", path, settings=settings) as app:
        assert "statement.next takes n" in app.said[0]
    async with reading(tmp_path / "r.db", path) as app:
        await app.press("j")
        assert app.here.startswith("First")


async def test_counts_and_tags_behind_t(tmp_path: Path) -> None:
    settings = Settings(preset="vim-strict")
    async with reading(tmp_path / "r.db", article(tmp_path), settings=settings) as app:
        assert "Press t 1-6 0 to tag" in app.text
        assert "t 1-6 0 tag" in app.status
        assert any("Press t 2:" in step.asks for step in steps(app.screen.session))
        await app.press("question_mark")
        await app.press("G")
        assert "t 2 + plausible" in app.text
        await app.press("slash")
        await app.type("dark")
        theme = next(line for line in app.lines if "colours: dark" in line)
        assert theme.split("│")[1].split()[:2] == [":", "theme:"]  # what to type in the palette
        await app.press("escape", "escape", "escape")
        await app.press("3")
        assert "3 " in app.status
        await app.press("j")
        assert app.here.startswith("Third")
        assert await app.stored() == []
        assert "  3  " not in app.status
        await app.press("2", "escape", "j")
        assert app.here.startswith("Fourth")
        await app.press("2", "G")
        assert app.here.startswith("First")
        await app.press("9", "9", "9", "9", "9", "9", "G")
        assert app.here.startswith("Sixth")
        await app.press("g", "2", "t", "2")
        assert await app.tags() == {"A headline that says little": ["plausible"]}
        await app.press("t", "d", "t", "j")  # what follows is no tag, and does nothing else
        assert app.said[-2:] == ["No tag: after that key comes a tag's digit."] * 2
        assert await app.tags() == {app.here: ["plausible"]}
        await app.press("t", "escape", "2", "k", "5", "j", "t", "t")
        assert "Tags" in app.text
        await app.press("escape", "t", "1", "2", "u")
        assert await app.stored() == []
        await app.press("g", "3", "f9", "j")  # a key that is none forgets the count
        assert app.here.startswith("First")
        await app.press("v", "2", "l", "escape", "tab", "1", "0", "j", "escape")
        assert app.screen.mode == "READ"
        await app.press("q")


IN_DIALOGS = """
[keys]
"list.next" = "n"
"list.leave" = "F8"
"evidence.add" = "F7"
"evidence.edit" = "E"
"stance.refutes" = "x"
"form.save" = "Ctrl-T"
"note.editor" = ""
"choose.next" = "Ctrl-J"
"voice.direct" = "F6"
"list.previous" = ""
"kind.denies" = "z"
"kind.narrows" = ""
"relating.note" = "N"
"line.regex" = "Ctrl-G"
"tag.2" = "F9"
"""


async def test_commands_of_dialogs_have_keys_of_ones_own(tmp_path: Path) -> None:
    settings = parse(IN_DIALOGS, tmp_path / "config.toml")
    async with reading(tmp_path / "r.db", article(tmp_path), settings=settings) as app:
        await app.press("j", "e")
        assert "F7 add" in app.text
        assert "No evidence yet. F7 adds what you have looked at. f finds" in app.text
        await app.press("a")
        assert "New evidence" not in app.text
        await app.press("f7", "x")
        await app.type("The register")
        await app.press("ctrl+t")
        assert "The register" in app.text
        assert "E edit" in app.text
        await app.press("question_mark")
        assert "F7" in app.text
        assert "Add evidence." in app.text
        await app.press("f8", "f9", "q")
        assert "Evidence" in app.text
        await app.press("f8")
        assert await app.tags() == {app.here: ["plausible"]}
        await app.press("i", "d")
        assert "F6 direct" in app.text
        await app.press("f6", "escape")
        await app.press("r", "j", "j", "enter", "d")
        assert "z  denies" in app.text
        (keyed,) = [line for line in app.lines if "z  denies" in line]
        (keyless,) = [line for line in app.lines if " narrows  " in line]
        assert keyed.index("denies") == keyless.index("narrows")  # it has no key
        await app.press("z", "N")
        await app.type("no")
        await app.press("enter", "a")
        assert "Ctrl-T or Esc saves" in app.text
        assert "your editor" not in app.text
        await app.type("why")
        await app.press("ctrl+t", "slash")
        assert "Ctrl-G regex" in app.status
        await app.press("escape")
        summaries = {summary for _, summary in await app.groups()}
        assert {"note", "direct", "denies “Third is short.”"} <= {
            part for text in summaries for part in (text, text.partition(" on ")[0])
        }
