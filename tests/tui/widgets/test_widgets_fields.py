from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.geometry import Region
from textual.keys import _character_to_key
from textual.widget import Widget
from textual.widgets import Input
from widget_harness import WidgetApp, screen_text

from reader.tui.widgets import note
from reader.tui.widgets.fields import LineField, TextField
from reader.tui.widgets.note import NoteEditor
from reader.tui.widgets.searchbar import SearchBar


async def test_a_note_is_typed_and_closed_with_escape_or_ctrl_s() -> None:
    for key in ("escape", "ctrl+s"):
        editor = NoteEditor("He said the material concerned aviation", "first ")
        app = WidgetApp(editor)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("o", "enter", "[", "q", "?", "ctrl+e", key, key)
            await pilot.pause()
            assert [message.text for message in app.of(NoteEditor.Closed)] == ["first o\n[q?"]
            assert "note on “He said the material" in screen_text(app)


async def test_the_end_of_a_line_that_is_longer_than_its_field_is_in_sight() -> None:
    app = WidgetApp(Widget())
    async with app.run_test(size=(30, 3)) as pilot:
        await app.mount(LineField("/home/ana/articles/" + "a" * 40 + "-end.csv"), before=0)
        app.query_one(LineField).focus()
        async with asyncio.timeout(5):  # where the machine is busy it takes more than one pause
            while not screen_text(app).split("\n")[0].rstrip().endswith("a-end.csv"):
                await pilot.pause()


async def test_undo_within_the_note() -> None:
    editor = NoteEditor("x", "kept")
    app = WidgetApp(editor)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("!", "ctrl+z", "escape")
        await pilot.pause()
        assert [message.text for message in app.of(NoteEditor.Closed)] == ["kept"]


async def test_a_draft_is_posted_after_a_pause_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note, "DRAFT_S", 0.05)
    editor = NoteEditor("x")
    app = WidgetApp(editor)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        assert not app.of(NoteEditor.Changed)  # opening is no change
        await pilot.press("a", "b")
        await pilot.pause(0.2)
        assert [message.text for message in app.of(NoteEditor.Changed)][-1] == "ab"
        before = len(app.of(NoteEditor.Changed))
        monkeypatch.setattr(note, "DRAFT_S", 30)
        await pilot.press("c", "escape")
        await pilot.pause()
        assert len(app.of(NoteEditor.Changed)) == before


async def test_an_untouched_note_comes_back_to_the_letter_and_acts_on_nothing() -> None:
    hostile = "a\x1b]52;c;x\x07b\r\n[/b]"
    editor = NoteEditor("quote \x1b[31m", hostile)
    app = WidgetApp(editor)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "\x1b" not in screen_text(app)
        assert "[/b]" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert [message.text for message in app.of(NoteEditor.Closed)] == [hostile]


async def test_what_is_pasted_is_made_safe() -> None:
    editor = NoteEditor("x")
    app = WidgetApp(editor)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.post_message(events.Paste("one\x1b[2J\r\ntwo"))
        await pilot.press("escape")
        await pilot.pause()
        assert [message.text for message in app.of(NoteEditor.Closed)] == ["one\ufffd[2J\ntwo"]


@pytest.mark.parametrize(("height", "most"), [(40, 9), (24, 9), (12, 5)])
async def test_a_note_takes_a_third_of_the_screen_at_most(height: int, most: int) -> None:
    editor = NoteEditor("x", "line\n" * 50)
    app = WidgetApp(editor)
    async with app.run_test(size=(60, height)) as pilot:
        await pilot.pause()
        assert 4 <= editor.outer_size.height <= most


async def test_search_says_what_is_typed_and_submitted() -> None:
    bar = SearchBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.press("a", "?", "ctrl+r", "enter")
        await pilot.pause()
        changed = [(m.query, m.regex) for m in app.of(SearchBar.Changed)]
        assert changed == [("a", False), ("a?", False), ("a?", True)]
        assert [(m.query, m.regex) for m in app.of(SearchBar.Submitted)] == [("a?", True)]
        assert " regex / a?" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.of(SearchBar.Cancelled)) == 1


async def test_search_shows_hits_and_errors_until_typing_goes_on() -> None:
    bar = SearchBar("[")
    app = WidgetApp(bar)
    async with app.run_test(size=(60, 5)) as pilot:
        bar.show_hits("3 of ~12")
        await pilot.pause()
        assert "3 of ~12" in screen_text(app)
        bar.show_error("unterminated character set \x1b[0m")
        await pilot.pause()
        assert "unterminated character set" in screen_text(app)
        assert "\x1b" not in screen_text(app)
        await pilot.press("a")
        await pilot.pause()
        assert "unterminated" not in screen_text(app)


async def test_pasted_queries_are_made_safe() -> None:
    bar = SearchBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        app.query_one(Input).post_message(events.Paste("a\x1b]0;x\x07b"))
        await pilot.press("enter")
        await pilot.pause()
        (submitted,) = app.of(SearchBar.Submitted)
        assert submitted.query == "a\ufffd]0;x\ufffdb"


@pytest.mark.parametrize("kind", [LineField, TextField])
async def test_a_field_that_was_taken_away_draws_nothing(kind: type) -> None:
    app = WidgetApp()
    async with app.run_test(size=(80, 24)) as pilot:
        field = kind("kept")
        await app.screen.mount(field)
        await pilot.pause()
        whole = Region(0, 0, *field.size)
        assert "kept" in "".join(strip.text for strip in field.render_lines(whole))
        await field.remove()
        field.notify_style_update()
        drawn = field.render_lines(whole)  # a frame that the next layout was too late for
        assert not "".join(strip.text for strip in drawn).strip()
        assert [strip.cell_length for strip in drawn] == [whole.width] * whole.height


@pytest.mark.parametrize("kind", [LineField, TextField])
async def test_joiners_that_are_typed_are_kept_and_bidi_controls_are_not(
    kind: type[LineField | TextField],
) -> None:
    app = WidgetApp(Widget())
    async with app.run_test(size=(30, 3)) as pilot:
        field = kind()
        await app.mount(field, before=0)
        field.focus()
        await pilot.pause()
        for character in "a\u200cb\u200dc\u202ed":
            field.post_message(events.Key(_character_to_key(character), character))
        await pilot.pause()
        held = field.value if isinstance(field, LineField) else field.text
        assert held == "a\u200cb\u200dcd"
