"""The article pane on a screen: what stands where, what is painted again, what a click means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from rich.cells import cell_len
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.widgets import Static

from reader.domain.blocks import BlockTable
from reader.domain.document import Document
from reader.domain.text import Block, Role, Span
from reader.services.searching.text_search import Search
from reader.tui.widgets.article.look import GUTTER
from reader.tui.widgets.article.pane import ArticlePane, Glyph, Mark

Part = tuple[Role, int, str]

STORY: list[Part] = [
    (Role.HEADLINE, 1, "Minister defends sharing of plans"),
    (Role.STANDFIRST, 0, "The papers were never secret, she says."),
    (
        Role.BODY,
        0,
        "She said the material concerned safety. Nobody\n   was harmed. A newspaper saw it.",
    ),
    (Role.SUBHEAD, 2, "What was said"),
    (
        Role.QUOTE,
        1,
        "I was asked a question and I answered it. That is what we do with friends of ours.",
    ),
    (Role.LIST_ITEM, 1, "The plans were handed over on Tuesday in the presence of 3 officials."),
    (Role.LIST_ITEM, 2, "One of them spoke."),
    (Role.LIST_ITEM, 1, "1. A numbered item that is long enough to go on in another row."),
    (Role.CAPTION, 0, "The harbour in May."),
    (Role.CREDIT, 0, "Photo: A. Example"),
    (Role.BODY, 0, "Roses are red,"),
    (Role.BODY, 1, "violets are blue."),
    (Role.BOILERPLATE, 0, "All rights reserved."),
]

PLUS, CROSS = Glyph("+", "#2f9e64"), Glyph("✗", "#d64545")


def document(parts: Sequence[Part]) -> Document:
    text, blocks = "", []
    for role, level, words in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(words), role, level))
        text += words
    return Document(text, BlockTable(blocks))


def prose(paragraphs: int) -> Document:
    return document(
        [
            (Role.BODY, 0, f"Paragraph {n} begins. It goes on with a second sentence. It ends.")
            for n in range(paragraphs)
        ]
    )


class Marks:
    """Marks in a list."""

    def __init__(self, *marks: Mark) -> None:
        self.all = list(marks)

    def marks(self, start: int, end: int) -> list[Mark]:
        return [m for m in self.all if any(a < end and b > start for a, b in m.spans)]


class Host(App[None]):
    """An app with a pane and a line of status."""

    def __init__(self, shown: Document, marks: Marks | None = None, at: int = 0, **kwargs: Any):
        super().__init__(ansi_color=True, **kwargs)
        self.shown, self.marks, self.at = shown, marks or Marks(), at
        self.messages: list[Any] = []
        self.console._color_system = ColorSystem.TRUECOLOR  # whatever terminal the tests run in

    def compose(self) -> ComposeResult:
        yield ArticlePane()
        yield Static("status")

    def on_mount(self) -> None:
        self.pane.show(self.shown, self.marks, self.at)

    @property
    def pane(self) -> ArticlePane:
        return self.query_one(ArticlePane)

    @property
    def rows(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.pane.lines()]

    @property
    def text(self) -> str:
        return "\n".join(row[GUTTER:] for row in self.rows).strip()

    def on_article_pane_clicked(self, message: ArticlePane.Clicked) -> None:
        self.messages.append(message)

    on_article_pane_dragged = on_article_pane_clicked
    on_article_pane_scrolled = on_article_pane_clicked

    def style_of(self, words: str) -> str:
        for strip in self.pane.lines():
            for segment in strip:
                if words in segment.text:
                    return str(segment.style or "")
        raise AssertionError(f"{words!r} is not one segment on the screen")


def at(shown: Document, words: str) -> Span:
    start = shown.text.index(words)
    return Span(start, start + len(words))


async def test_roles_look_like_what_they_are() -> None:
    app = Host(document(STORY))
    async with app.run_test(size=(55, 40)):
        assert app.rows[:33] == [
            "     Minister defends sharing of plans",
            "",
            "     The papers were never secret, she says.",
            "",
            "     She said the material concerned safety. Nobody",
            "     was harmed. A newspaper saw it.",
            "",
            "     What was said",
            "",
            "     │ I was asked a question and I answered it. That",
            "     │ is what we do with friends of ours.",
            "",
            "     • The plans were handed over on Tuesday in the",
            "       presence of 3 officials.",
            "       • One of them spoke.",
            "     1. A numbered item that is long enough to go",
            "        on in another row.",
            "",
            "     The harbour in May.",
            "     Photo: A. Example",
            "",
            "     Roses are red,",
            "     violets are blue.",
            "",
            "     All rights reserved.",
            *[""] * 8,
        ]
        assert "bold" in app.style_of("Minister defends")
        assert "italic" in app.style_of("The papers")
        assert "italic" in app.style_of("Photo")
        assert app.style_of("The harbour") == app.style_of("All rights") != ""
        assert app.style_of("She said") == "none" or app.style_of("She said") == ""
        assert app.pane.at_end


async def test_cursor_is_a_bar_and_a_raised_background_for_exactly_its_characters() -> None:
    shown = document(STORY)
    app = Host(shown)
    async with app.run_test(size=(55, 40)):
        app.pane.move_cursor(at(shown, "Nobody\n   was harmed."))
        assert app.rows[4] == "   ▌ She said the material concerned safety. Nobody"
        assert app.rows[5] == "   ▌ was harmed. A newspaper saw it."
        raised = app.style_of("Nobody")
        assert " on " in raised
        assert app.style_of("was harmed.") == raised
        assert " on " not in app.style_of(" A newspaper")
        app.pane.move_cursor(None)
        assert "▌" not in "".join(app.rows)


async def test_without_colour_the_cursor_stands_in_brackets(monkeypatch: Any) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = document(STORY)
    app = Host(shown, Marks(Mark("a", (at(shown, "What was said"),), (PLUS,))))
    async with app.run_test(size=(55, 40)):
        app.pane.move_cursor(at(shown, "Nobody\n   was harmed."))
        assert app.rows[4] == "   ▌ She said the material concerned safety.⟦Nobody"
        assert app.rows[5] == "   ▌ was harmed.⟧A newspaper saw it."
        assert app.rows[7] == " +   What was said"
        assert "underline" in app.style_of("What was said")
        app.pane.move_cursor(at(shown, "Minister defends sharing of plans"))
        assert app.rows[0] == "   ▌⟦Minister defends sharing of plans⟧"
        app.pane.move_cursor(at(shown, "I was asked a question and I answered it."))
        assert app.rows[9] == "   ▌ │⟦I was asked a question and I answered it.⟧That"
        assert all(
            segment.style is None or segment.style.color is None or segment.style.color.is_default
            for strip in app.pane.lines()
            for segment in strip
        )


async def test_marks_tint_their_stretch_and_put_symbols_at_the_statements_first_row() -> None:
    shown = document(STORY)
    whole, part = at(shown, "A newspaper saw it."), at(shown, "newspaper saw")
    marks = Marks(
        Mark("a", (whole,), (PLUS,)),
        Mark("b", (part,), (CROSS, Glyph("⚑"))),
        Mark("c", (at(shown, "The harbour"),), (PLUS,)),
        Mark("d", (at(shown, "That is what we do with friends of ours."),)),
    )
    app = Host(shown, marks)
    async with app.run_test(size=(55, 40)):
        assert app.rows[5] == "+✗…  was harmed. A newspaper saw it."
        assert app.rows[18] == " +   The harbour in May."
        assert app.rows[9].startswith("     │")
        assert " on #" in app.style_of("A ")
        assert " on #" in app.style_of("newspaper saw")
        assert app.style_of("newspaper saw") != app.style_of("A ")
        assert "underline" in app.style_of("newspaper saw")
        assert app.style_of("is what we do") == "underline"
        before = app.style_of("A ")
        app.pane.set_target("a")
        assert "bold" in app.style_of("A ")
        app.pane.set_target(None)
        app.pane.set_mark_style("solid")
        assert "on #2f9e64" in app.style_of("A ")
        app.pane.set_mark_style("underline")
        assert " on #" not in app.style_of("A ")
        assert "underline" in app.style_of("A ")
        app.pane.set_mark_style("tint")
        assert app.style_of("A ") == before


async def test_tagging_never_moves_the_text() -> None:
    shown = prose(60)
    marks = Marks()
    app = Host(shown, marks)
    async with app.run_test(size=(60, 20)):
        app.pane.scroll_lines(7)
        words, top = app.text, app.pane.top_offset
        span = at(shown, "It goes on")
        for number in range(4):
            marks.all.append(Mark(str(number), (span,), (Glyph(str(number), "#aabbcc"),)))
            app.pane.refresh_marks(*span)
            assert (app.text, app.pane.top_offset) == (words, top)


async def test_search_hits_cross_rows_and_look_unlike_marks_and_cursor() -> None:
    shown = document(STORY)
    app = Host(shown)
    async with app.run_test(size=(55, 40)):
        app.pane.set_search(Search(shown.text, "nobody was"))
        assert "reverse" in app.style_of("Nobody")
        assert "reverse" in app.style_of("was")
        app.pane.set_search(None)
        assert "reverse" not in "".join(str(s.style) for strip in app.pane.lines() for s in strip)


async def test_selection_shows_and_its_moving_end_is_followed() -> None:
    shown = prose(200)
    app = Host(shown)
    async with app.run_test(size=(60, 12)):
        end = shown.text.index("Paragraph 30 begins") + 9
        app.pane.set_selection(Span(0, end), end)
        assert "Paragraph 30 begins" in app.text
        assert " on #" in app.style_of("Paragraph")
        app.pane.set_selection(Span(0, end), 0)
        assert app.pane.top_offset == 0
        app.pane.set_selection(None)
        assert " on #" not in app.style_of("Paragraph 0 begins.")


async def test_a_move_paints_only_the_rows_that_change() -> None:
    shown = prose(300)
    app = Host(shown)
    async with app.run_test(size=(90, 30)) as pilot:
        cursor = shown.statement_at(0)
        assert cursor is not None
        app.pane.move_cursor(cursor)
        await pilot.pause()
        for _ in range(12):
            before = app.pane._canvas.painted
            cursor = shown.next_statement(cursor)
            assert cursor is not None
            app.pane.move_cursor(cursor)
            assert app.pane._canvas.painted - before <= 2


async def test_a_move_sends_few_bytes() -> None:
    shown = prose(300)
    app = Host(shown)
    sent: list[int] = []

    def count(screen: object, update: Any) -> None:
        sent.append(len(update.render_segments(app.console)))

    async with app.run_test(size=(120, 40)) as pilot:
        cursor = shown.statement_at(0)
        await pilot.pause()
        app._display = count  # type: ignore[assignment]
        for _ in range(60):
            assert cursor is not None
            app.pane.move_cursor(cursor)
            await pilot.pause()
            cursor = shown.next_statement(cursor)
    assert len(sent) >= 60
    assert sorted(sent)[len(sent) // 2] < 300


async def test_scrolling_is_told_once_for_each_place() -> None:
    app = Host(prose(300))
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.pause()
        app.messages.clear()
        app.pane.scroll_lines(3)
        app.pane.scroll_lines(0)
        app.pane.move_cursor(Span(app.pane.top_offset, app.pane.top_offset + 5))
        await pilot.pause()
        assert [message.top_offset for message in app.messages] == [app.pane.top_offset]
        assert app.messages[0].control is app.pane


async def test_one_endless_block_is_no_harm() -> None:
    words = "文字" * 50_000
    shown = document([(Role.BODY, 0, "x" * 500_000), (Role.BODY, 0, words)])
    app = Host(shown)
    async with app.run_test(size=(60, 15)):
        app.pane.scroll_to_offset(len(shown.text))
        assert app.pane.at_end
        app.pane.scroll_pages(-1)
        assert set(app.text) <= set("文字\n")
        app.pane.scroll_to_offset(250_000)
        assert app.pane.offset_at(GUTTER, 0) == app.pane.visible_span().start


async def test_the_view_turns_by_a_page_and_shows_the_whole_statement() -> None:
    shown = prose(300)
    app = Host(shown)
    async with app.run_test(size=(60, 15)):
        turns, top = 0, app.pane.top_offset
        cursor = shown.statement_at(0)
        while cursor is not None and cursor.start < 4000:
            app.pane.move_cursor(cursor)
            seen = app.pane.visible_span()
            assert seen.start <= cursor.start
            assert cursor.end <= seen.end
            turns += app.pane.top_offset != top
            top, cursor = app.pane.top_offset, shown.next_statement(cursor)
        assert 10 < turns < 20  # about 66 paragraphs of two rows and an empty one on 14 rows


async def test_going_back_up_turns_pages_as_well() -> None:
    shown = prose(100)
    app = Host(shown)
    async with app.run_test(size=(60, 15)):
        app.pane.scroll_to_offset(len(shown.text))
        assert app.pane.at_end
        cursor = shown.statement_at(len(shown.text) - 1)
        tops = set()
        while cursor is not None:
            app.pane.move_cursor(cursor)
            seen = app.pane.visible_span()
            assert seen.start <= cursor.start
            assert cursor.end <= seen.end
            tops.add(app.pane.top_offset)
            cursor = shown.previous_statement(cursor)
        assert app.pane.top_offset == 0
        assert len(tops) < 40


async def test_a_statement_taller_than_the_pane_shows_its_beginning() -> None:
    shown = document([(Role.BODY, 0, "Short one."), (Role.BODY, 0, "long " * 300 + "end.")])
    app = Host(shown)
    async with app.run_test(size=(40, 10)):
        tall = shown.statement_at(20)
        assert tall is not None
        app.pane.move_cursor(tall)
        assert app.pane.top_offset == tall.start
        app.pane.scroll_lines(5)
        top = app.pane.top_offset
        assert top > tall.start
        app.pane.set_search(Search(shown.text, "end"))
        assert app.pane.top_offset == top


async def test_resizing_and_reading_width_keep_the_top() -> None:
    shown = document([(Role.BODY, 0, f"Word{n} " * 200) for n in range(50)])
    offset = shown.text.index("Word7 ") + 300
    app = Host(shown, at=offset)
    async with app.run_test(size=(90, 30)) as pilot:
        top = app.pane.top_offset
        assert top == offset
        for size in [(40, 30), (120, 12), (33, 50), (90, 30)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.pane.top_offset == top
            seen = app.pane.visible_span()
            assert seen.start <= top < seen.end
            assert app.pane._view.rows is not None
            assert seen.start > top - 120
        app.pane.set_reading_width(40)
        assert app.pane.top_offset == top
        assert max(len(row) for row in app.rows) <= 40 + GUTTER
        app.pane.set_reading_width(72)
        assert app.pane.top_offset == top


async def test_ten_megabytes_cost_what_is_looked_at(monkeypatch: Any) -> None:
    paragraph = "Some words of a sentence that is long enough to wrap. " * 10
    text = (paragraph.strip() + "\n\n") * (10_000_000 // (len(paragraph) + 1))
    size = len(paragraph.strip())
    blocks = (Block(at, at + size, Role.BODY) for at in range(0, len(text), size + 2))
    shown = Document(text, BlockTable(blocks))
    asked: set[int] = set()
    found = Document.statements_of
    monkeypatch.setattr(
        Document, "statements_of", lambda self, chunk: (asked.add(chunk), found(self, chunk))[1]
    )
    app = Host(shown, Marks(Mark("a", ((0, len(text)),), (PLUS,))))
    async with app.run_test(size=(100, 40)):
        app.pane.scroll_to_offset(len(text))
        assert app.pane.at_end
        app.pane.scroll_pages(-3)
        app.pane.scroll_to_offset(0)
        assert app.pane.top_offset == 0
        assert app.pane._view.rows is not None
        assert app.pane._view.rows.wrapped < 60_000
        assert len(asked) <= 4


async def test_clicks_tell_the_offset() -> None:
    shown = document(STORY)
    app = Host(shown)
    async with app.run_test(size=(55, 40)) as pilot:
        await pilot.click(ArticlePane, offset=(GUTTER + 2, 5), shift=True)
        await pilot.click(ArticlePane, offset=(0, 5))
        await pilot.click(ArticlePane, offset=(50, 7))
        await pilot.click(ArticlePane, offset=(GUTTER + 3, 9))
        await pilot.click(ArticlePane, offset=(10, 6))
        found = [(m.offset, m.shift) for m in app.messages if isinstance(m, ArticlePane.Clicked)]
        text = shown.text
        assert found == [
            (text.index("was harmed") + 2, True),
            (text.index("A newspaper"), False),
            (text.index("What was said") + 12, False),
            (text.index("I was asked") + 1, False),
        ]


async def test_a_drag_tells_where_it_began_and_is_no_click() -> None:
    shown = document(STORY)
    app = Host(shown)
    async with app.run_test(size=(55, 40)) as pilot:
        await pilot.mouse_down(ArticlePane, offset=(GUTTER, 4))
        await pilot.mouse_up(ArticlePane, offset=(GUTTER + 4, 5))
        await pilot.pause()
        text = shown.text
        drags = [(m.start, m.offset) for m in app.messages if isinstance(m, ArticlePane.Dragged)]
        assert drags == [(text.index("She said"), text.index("harmed"))]
        assert not [m for m in app.messages if isinstance(m, ArticlePane.Clicked)]


async def test_another_theme_paints_with_other_colours() -> None:
    shown = document(STORY)
    app = Host(shown)
    async with app.run_test(size=(55, 40)) as pilot:
        app.pane.move_cursor(at(shown, "A newspaper saw it."))
        app.theme = "ansi-dark"
        await pilot.pause()
        dark = app.style_of("A newspaper saw it.")
        app.theme = "ansi-light"
        await pilot.pause()
        assert app.style_of("A newspaper saw it.") != dark
        assert app.style_of("What was said") == "bold"
        app.ansi_color = False
        app.theme = "textual-light"
        await pilot.pause()
        assert " on #" in app.style_of("What was said")


async def test_sixteen_colours_get_underlines_and_brackets() -> None:
    shown = document(STORY)
    app = Host(shown, Marks(Mark("a", (at(shown, "What was said"),), (PLUS,))))
    app.console._color_system = ColorSystem.STANDARD
    async with app.run_test(size=(55, 40)):
        app.pane.move_cursor(at(shown, "What was said"))
        assert app.rows[7] == " + ▌⟦What was said⟧"
        assert "underline" in app.style_of("What was said")
        assert " on " not in app.style_of("What was said")


async def test_the_wheel_scrolls() -> None:
    app = Host(prose(100))
    async with app.run_test(size=(60, 15)) as pilot:
        from textual.events import MouseScrollDown, MouseScrollUp

        down = {"x": 5, "y": 5, "delta_x": 0, "delta_y": 1, "button": 0}
        keys = {"shift": False, "meta": False, "ctrl": False}
        app.pane.post_message(MouseScrollDown(app.pane, **down, **keys))
        await pilot.pause()
        assert app.rows[0].strip() == "Paragraph 1 begins. It goes on with a second"
        app.pane.post_message(MouseScrollUp(app.pane, **down, **keys))
        await pilot.pause()
        assert app.pane.top_offset == 0


async def test_a_changed_role_is_drawn_as_such() -> None:
    shown = document(STORY)
    app = Host(shown)
    async with app.run_test(size=(55, 40)):
        start = shown.text.index("Roses")
        shown.set_role(start, Role.QUOTE)
        app.pane.rows_changed(start)
        assert "     │ Roses are red," in app.rows


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (6, 2), (8, 5), (20, 5)])
async def test_tiny_terminals(size: tuple[int, int]) -> None:
    shown = document([*STORY, (Role.BODY, 0, "漢字👩\u200d👩\u200d👧仮名 e\u0301" * 5)])
    app = Host(shown, Marks(Mark("a", ((0, 900),), (PLUS, CROSS, PLUS))))
    async with app.run_test(size=size) as pilot:
        for cursor in list(shown.statements()):
            app.pane.move_cursor(cursor)
            app.pane.scroll_pages(1)
            app.pane.scroll_lines(-1)
        await pilot.pause()
        width = app.pane.size.width
        assert all(strip.cell_length == width for strip in app.pane.lines())


async def test_everything_may_come_before_the_first_layout_and_to_an_empty_document() -> None:
    pane = ArticlePane()
    shown = document(STORY)
    for empty in (Document("", BlockTable()), Document(" \n", BlockTable()), shown):
        pane.show(empty, Marks(), at=3)
        pane.move_cursor(Span(0, 1))
        pane.scroll_pages(1)
        pane.scroll_pages(-1, 0.5)
        pane.scroll_to_offset(5)
        pane.set_selection(Span(0, 2), 1)
        pane.set_search(Search(empty.text, "x"))
        pane.set_target("u")
        pane.refresh_marks(0, 5)
        pane.rows_changed(0)
        pane.set_reading_width(3)
        assert pane.offset_at(1, 1) is None
        assert pane.visible_span().end >= 0
    app = Host(Document("", BlockTable()))
    async with app.run_test(size=(40, 10)) as pilot:
        app.pane.move_cursor(None)
        app.pane.scroll_pages(2)
        await pilot.click(ArticlePane, offset=(8, 2))
        assert app.text == ""
        assert app.pane.at_end


async def test_hostile_text_and_symbols_are_only_drawn() -> None:
    words = "Evil \x1b]52;c;eA==\x07 \u202etxet [bold]not markup[/bold] end."
    shown = document([(Role.BODY, 0, words)])
    app = Host(shown, Marks(Mark("a", ((0, 4),), (Glyph("\x1b[2J", "red"), Glyph("漢")))))
    async with app.run_test(size=(80, 10)):
        drawn = "".join(app.rows)
        assert "[bold]not markup[/bold]" in drawn
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", drawn)
        assert app.rows[0].startswith("\ufffd•   Evil")


async def test_wide_characters_keep_their_cells() -> None:
    shown = document([(Role.BODY, 0, "記者👩\u200d👩\u200d👧は🇩🇪をe\u0301見た。次の文。")])
    app = Host(shown)
    async with app.run_test(size=(30, 10)):
        second = at(shown, "次の文。")
        app.pane.move_cursor(second)
        assert app.style_of("次") != ""
        row = next(y for y, row in enumerate(app.rows) if "次" in row)
        line = app.pane.lines()[row]
        assert line.cell_length == 30
        before = line.text[: line.text.index("次")]
        assert app.pane.offset_at(cell_len(before), row) == second.start
        assert app.pane.offset_at(cell_len(before) + 1, row) == second.start
