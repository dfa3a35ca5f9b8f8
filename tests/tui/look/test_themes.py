"""Themes: what is written can be read, and a theme or style is chosen from the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color, ColorType
from textual.theme import Theme

from reader.domain.text import Role
from reader.tui.look.themes import DARK, LIGHT, READER_HIGH_CONTRAST, THEMES, chosen
from reader.tui.widgets.article.look import Wash
from reader.tui.widgets.article.paint import Brush, Palette
from reader.tui.widgets.inks import READABLE, blend, contrast, rgb, sixteen
from tests.tui.reading_harness import Reader, article, reading

FIXED = [theme for theme in THEMES if theme.variables["reader-paper"].startswith("#")]


@pytest.mark.parametrize("theme", FIXED, ids=lambda theme: str(theme.name))
def test_everything_written_can_be_read(theme: Theme) -> None:
    paper = rgb(theme.variables["reader-paper"])
    inks = {name: theme.variables[f"reader-{name}"] for name in ("ink", "dim", "faint")}
    inks |= {
        "accent": theme.accent or "",
        "warning": theme.warning or "",
        "error": theme.error or "",
    }
    least = 7 if theme is READER_HIGH_CONTRAST else READABLE
    assert {name: ink for name, ink in inks.items() if contrast(rgb(ink), paper) < least} == {}
    raised = rgb(theme.variables["reader-raised"])
    assert contrast(rgb(inks["dim"]), raised) >= READABLE


def test_auto_asks_the_terminal() -> None:
    assert chosen("auto", {}) == DARK
    assert chosen("auto", {"COLORFGBG": "0;15"}) == LIGHT
    assert chosen("auto", {"COLORFGBG": "15;default;0"}) == DARK
    assert chosen("terminal", {"COLORFGBG": "0;15"}) == "terminal"


PAPERS = {"dark": ((228, 228, 224), (18, 20, 23)), "light": ((29, 31, 33), (251, 250, 247))}
COLORS = ["#F0E442", "#FFFFFF", "#000000", "#56B4E9", "#D55E00"]


@pytest.mark.parametrize("style", ["tint", "solid", "underline"])
@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("color", COLORS)
def test_marked_words_can_be_read(color: str, paper: str, style: str) -> None:
    over, under = PAPERS[paper]
    raised = blend(under, over, 0.1)
    brush = Brush(Palette(over=over, under=under, raised=raised, mark_style=style))
    below = Wash(20, "#0072B2", False)
    for on in ([Wash(9, color, False), below], [Wash(9, color, True), "cursor"]):
        found = brush.style(Role.BODY, on)
        assert found is not None
        ink = _parts(found.color) or over
        ground = _parts(found.bgcolor) or under
        assert contrast(ink, ground) >= READABLE, (found, on)


def _parts(color: Color | None) -> tuple[int, int, int] | None:
    return None if color is None else tuple(color.get_truecolor())  # type: ignore[return-value]


def test_sixteen_colours_keep_the_hue() -> None:
    names = {"#56B4E9": "cyan", "#009E73": "green", "#CC79A7": "magenta", "#D55E00": "red"}
    for color, name in names.items():
        found = sixteen(rgb(color))
        assert found is not None
        assert found[0] == name
    assert sixteen(rgb("#FFFFFF")) is None


async def test_theme_and_style_from_the_palette(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        await reader.press("j", "2")
        before = _styles(reader)
        await _chooses(reader, "theme")
        shown = set()
        for _ in range(5):  # each is seen while one goes through the list
            await reader.press("down")
            shown.add(reader.app.theme)
        assert shown == {"dark", "light", "high-contrast", "terminal"}
        await reader.press("up", "escape")
        assert (reader.app.theme, reader.app.settings.theme) == ("dark", "auto")
        await reader.rest()
        assert {*map(str, _styles(reader))} >= {*map(str, before)}  # the card may tell more by now
        before = _styles(reader)
        await _chooses(reader, "highlight style")
        await reader.press("down", "down")
        assert "underline" in str(reader.app.reading_screens()[-1].pane._mark_style)
        await reader.press("escape")
        assert _styles(reader) == before
        await _command(reader, "theme", "light")
        assert (reader.app.theme, reader.app.settings.theme) == ("light", "light")
        lit = _styles(reader)
        assert lit != before
        await _command(reader, "highlight style", "underline")
        assert reader.app.settings.highlight_style == "underline"
        assert _styles(reader) != lit
        await _command(reader, "theme", "terminal")
        inks = {style.color for style in _styles(reader) if style.color}
        assert {ink.type for ink in inks} <= {ColorType.STANDARD, ColorType.DEFAULT}
        await _command(reader, "theme", "high-contrast")
        assert {_parts(style.bgcolor) for style in _styles(reader)} >= {(0, 0, 0)}
        assert not any(style.bgcolor is None for style in _styles(reader))


async def _chooses(reader: Reader, name: str) -> None:
    await reader.press("ctrl+p")
    await reader.type(name)
    await reader.press("enter")
    await reader.until(lambda: reader.app.screen.query("ChoiceDialog ChoiceList, ChoiceList"))


async def _command(reader: Reader, name: str, choice: str) -> None:
    await _chooses(reader, name)
    await reader.type(choice)
    await reader.press("enter")
    await reader.rest()


def _styles(reader: Reader) -> list:  # type: ignore[type-arg] # of Rich's styles
    strips = reader.screen._compositor.render_strips()
    return [segment.style for strip in strips for segment in strip if segment.style]
