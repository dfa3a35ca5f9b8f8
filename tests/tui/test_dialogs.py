from __future__ import annotations

from pathlib import Path

import pytest
from textual.screen import ModalScreen
from widget_harness import WidgetApp, screen_text

from reader.formats.registry import FORMATS
from reader.tui.commands import commands_for, key_name
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog, ChoiceList, Finder
from reader.tui.screens.dialogs.export import ExportChoice, ExportDialog
from reader.tui.screens.dialogs.help import HelpDialog
from reader.tui.screens.dialogs.help_text import LegendItem
from reader.tui.screens.dialogs.prompt import PromptDialog
from reader.tui.widgets.fields import LineField

CHOICES = [
    Choice("corroborated", "corroborated", "independent evidence agrees", "credibility-7", "✓"),
    Choice("plausible", "plausible", "fits what is known", "credibility-7", "+", "#009E73"),
    Choice("not-checkable", "not checkable", "opinion or wish", "credibility-7", "∅"),
    Choice("mostly-false", "mostly false", "some of it holds", "verdict-6", "4"),
]
LEGEND = [LegendItem("2", "+", "plausible", "Fits what is known.", "#009E73")]
SIZES = [(120, 40), (80, 24), (40, 12)]
OPEN: object = "still open"


class DialogApp(WidgetApp):
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, dialog: ModalScreen[object]) -> None:
        super().__init__()
        self.dialog = dialog
        self.result: object = OPEN

    def on_mount(self) -> None:
        self.push_screen(self.dialog, lambda result: setattr(self, "result", result))


async def press(
    dialog: ModalScreen[object], *keys: str, size: tuple[int, int] = (80, 24)
) -> object:
    app = DialogApp(dialog)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return app.result


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (["enter"], "corroborated"),
        (["down", "enter"], "plausible"),
        (["up", "enter"], "mostly-false"),
        (["ctrl+n", "ctrl+n", "ctrl+p", "enter"], "plausible"),
        (["f", "a", "l", "enter"], "mostly-false"),
        (["w", "i", "s", "h", "enter"], "not-checkable"),
        (["v", "e", "r", "d", "enter"], "mostly-false"),
        (["escape"], None),
        (["z", "z", "enter"], OPEN),
    ],
)
async def test_choosing_by_keys(keys: list[str], chosen: object) -> None:
    assert await press(ChoiceDialog("Tags", CHOICES), *keys) == chosen


async def test_the_current_choice_is_highlighted_and_described() -> None:
    app = DialogApp(ChoiceDialog("Tags", CHOICES, current="plausible"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "▌ + plausible" in screen_text(app)
        assert "fits what is known" in screen_text(app)
        assert "opinion or wish" not in screen_text(app)


async def test_choosing_by_mouse() -> None:
    app = DialogApp(ChoiceDialog("Tags", CHOICES))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(ChoiceList, offset=(5, 2))
        await pilot.pause()
        assert app.result == "not-checkable"


def test_beginnings_come_before_middles_and_definitions() -> None:
    finder = Finder(
        [
            Choice("1", "unable"),
            Choice("2", "x", "able"),
            Choice("3", "is able"),
            Choice("4", "able"),
        ]
    )
    assert [choice.id for choice in finder.find("able")] == ["4", "3", "1", "2"]
    assert [choice.id for choice in finder.find("able is")] == ["3"]
    assert len(finder.find("  ")) == 4


async def test_of_ten_thousand_choices_only_what_fits_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[int] = []
    draw = ChoiceList.draw_closed
    monkeypatch.setattr(
        ChoiceList, "draw_closed", lambda self, n, w: (drawn.append(n), draw(self, n, w))[1]
    )
    choices = [Choice(str(number), f"heading {number}") for number in range(10_000)]
    result = await press(ChoiceDialog("Contents", choices), "9", "9", "9", "9", "enter")
    assert result == "9999"
    assert len(drawn) < 300


async def test_a_prompt_gives_the_text_or_says_what_is_wrong() -> None:
    def check(text: str) -> str:
        return "" if text.isalpha() else "Letters only, please."

    app = DialogApp(PromptDialog("Annotator", "Who annotates?", "ana1", check))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Letters only" in screen_text(app)
        assert app.result is OPEN
        await pilot.press("backspace")
        await pilot.pause()
        assert "Letters only" not in screen_text(app)
        await pilot.press("space", "enter")
        await pilot.pause()
        assert app.result == "ana"
    assert await press(PromptDialog("Annotator", value="x"), "escape") is None
    assert await press(PromptDialog("Annotator", value="x"), "y", "ctrl+s") == "xy"  # as in a note


@pytest.mark.parametrize("key", ["q", "escape", "question_mark"])
async def test_help_closes(key: str) -> None:
    dialog = HelpDialog("read", "Credibility", LEGEND)
    assert await press(dialog, "j", "space", "k", key) is None


@pytest.mark.parametrize("size", SIZES)
async def test_help_shows_every_key_and_the_legend(size: tuple[int, int]) -> None:
    app = DialogApp(HelpDialog("read", "Credibility", LEGEND))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = screen_text(app)
        if size == (80, 24):
            for about in ("the next statement.", "on that key", "Write a note", "Take back"):
                assert about in seen, about
        text = ""
        while text != screen_text(app):
            assert not text or "Space more" in text  # it is told that this is not all
            text = screen_text(app)
            seen += text
            await pilot.press("space")
            await pilot.pause()
        for command in commands_for("read"):
            if command.keys and not command.action.startswith("tag("):
                assert key_name(command.keys[0]) in seen, command.id
                assert command.tooltip.split()[0] in seen
        assert "Space more" not in text
        assert "2 + plausible" in seen
        assert "Fits what" in seen


async def test_help_is_searched() -> None:
    app = DialogApp(HelpDialog("read", "Credibility", LEGEND))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"undo", "j", "backspace")
        await pilot.pause()
        text = screen_text(app)
        assert "/ undo_" in text
        assert "Take back the last thing" in text
        assert "Go to the next statement." not in text
        await pilot.press("enter", "j", "escape")  # keeps what was found, then shows everything
        assert app.result is OPEN
        assert "Go to the next statement." in screen_text(app)
        await pilot.press("slash", *"fits known", "enter")
        await pilot.pause()
        assert "2 + plausible" in screen_text(app)
        await pilot.press("slash", *"zzz")
        await pilot.pause()
        assert "Nothing matches." in screen_text(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.result is None


async def test_export_gives_back_what_was_chosen(tmp_path: Path) -> None:
    path = str(tmp_path / "out.csv")
    app = DialogApp(ExportDialog(path, str(tmp_path / "all.csv"), articles=12))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "a new file" in screen_text(app)
        await pilot.press("tab", "tab", "space", "tab", "tab", "space", "tab", "enter")
        await pilot.pause()
    assert app.result == ExportChoice(tmp_path / "all.csv", True, True, False)


async def test_export_offers_the_formats_of_the_registry(tmp_path: Path) -> None:
    app = DialogApp(ExportDialog(str(tmp_path / "o.csv"), str(tmp_path / "all.csv"), articles=2))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("tab")
        for item in FORMATS:
            text = screen_text(app)
            assert item.title in text
            path = tmp_path / f"{'all' if item.whole else 'o'}{item.suffix}"
            assert app.dialog.query_one(LineField).value == str(path)
            assert ("safe for spreadsheets" in text) == (item.id == "csv")
            assert ("not only this" in text) == (not item.whole)
            await pilot.press("space")
            await pilot.pause()
        await pilot.press("right", "tab", "tab", "space", "enter")  # history is the last box
        await pilot.pause()
    wanted = ExportChoice(tmp_path / "o.md", False, False, False, "markdown", True)
    assert app.result == wanted


async def test_export_says_what_happens_to_the_path(tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("x")
    app = DialogApp(ExportDialog(str(there)))
    async with app.run_test(size=(200, 24)) as pilot:
        await pilot.pause()
        assert "replaces the existing file" in screen_text(app)
        field = app.dialog.query_one(LineField)
        for value, word in [
            (str(tmp_path / "no" / "x.csv"), "There is no folder"),
            (str(tmp_path), "This is a folder"),
            ("", "Type where"),
            ("x" * 5000 + "/y", "cannot be used"),
        ]:
            field.value = value
            await pilot.press("enter")
            await pilot.pause()
            assert word in screen_text(app).replace("\n", " ")
            assert app.result is OPEN
        field.value = str(there)
        await pilot.press("enter")  # asks, and again after each change of the name
        assert "Enter once more replaces it" in screen_text(app)
        await pilot.press("x", "backspace", "enter")
        await pilot.pause()
        assert app.result is OPEN
        assert "Enter once more replaces it" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
    assert app.result == ExportChoice(there, False, False, False)


async def test_export_lets_the_ending_follow_the_format(tmp_path: Path) -> None:
    for name in ("o.csv", "mine.CSV"):
        (tmp_path / name).write_text("a table")
    app = DialogApp(ExportDialog(str(tmp_path / "o.csv"), path_whole=str(tmp_path / "all.csv")))
    async with app.run_test(size=(200, 24)) as pilot:
        field = app.dialog.query_one(LineField)

        async def turned(*keys: str) -> str:
            await pilot.press(*keys)
            await pilot.pause()
            return Path(field.value).name

        assert "Tab comes here" in screen_text(app)  # Space types a blank where the path is
        assert "Space switches" not in screen_text(app)
        assert await turned("space", "down", "space") == "o.md"  # a blank is nothing typed
        assert "Space switches" in screen_text(app)
        assert "Tab comes here" not in screen_text(app)
        assert await turned("space") == "all.jsonl"
        assert await turned("space") == "o.csv"
        field.value = str(tmp_path / "mine.CSV ")
        assert await turned("space") == "mine.md"
        assert "a new file" in screen_text(app)
        field.value = str(tmp_path / "mine.CSV ")
        await turned("enter")
        assert "A CSV file is there; this writes Markdown: Enter once more" in screen_text(app)
        (tmp_path / "notes.txt").write_text("notes")
        field.value = str(tmp_path / "notes.txt")
        await turned("enter")
        assert "A file that does not end in .md is there; this writes Markdown" in screen_text(app)
        assert await turned("space", "enter") == "notes.txt"  # another format is asked of anew
        assert "this writes JSON lines" in screen_text(app)
        assert app.result is OPEN
        await turned("enter")
    assert app.result == ExportChoice(tmp_path / "notes.txt", False, False, False, "jsonl")


async def test_export_keeps_a_path_that_was_typed(tmp_path: Path) -> None:
    app = DialogApp(ExportDialog(str(tmp_path / "o.csv"), str(tmp_path / "all.csv")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "tab", "tab", "space", "enter")
        await pilot.pause()
    assert app.result == ExportChoice(tmp_path / "o.csv2", True, False, False)


@pytest.mark.parametrize("size", [*SIZES, (20, 5)])
@pytest.mark.parametrize("name", ["choice", "prompt", "help", "export"])
async def test_every_dialog_works_at_every_size(name: str, size: tuple[int, int]) -> None:
    hostile = "日本語 [/b]\x1b]0;x\x07 " * 9
    dialogs: dict[str, ModalScreen[object]] = {
        "choice": ChoiceDialog(hostile, [Choice("a", hostile, hostile, hostile, "✓")] * 50),
        "prompt": PromptDialog(hostile, hostile, hostile),
        "help": HelpDialog("read", hostile, [LegendItem("1", "✓", hostile, hostile, "#56B4E9")]),
        "export": ExportDialog(hostile),
    }
    app = DialogApp(dialogs[name])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "日本語" in text or name == "help" or size == (20, 5)
        await pilot.press("escape")
        await pilot.pause()
        assert app.result is None
