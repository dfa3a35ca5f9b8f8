"""The colours of the article, from the app's theme and the terminal's abilities."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rich.color import Color
from textual.color import Color as TextualColor
from textual.color import ColorParseError
from textual.filter import LineFilter
from textual.widget import Widget

from reader.tui.widgets.article.paint import Palette
from reader.tui.widgets.inks import Rgb, blend
from reader.tui.widgets.strips import few_colors

_WHITE: Rgb = (255, 255, 255)
_BLACK: Rgb = (0, 0, 0)


def palette_of(widget: Widget, mark_style: str) -> Palette:
    """Return the colours for a widget.

    Where the theme keeps the terminal's own colours, so does the pane; it may say in the variables
    ``reader-paper`` and ``reader-ink`` what these are taken for, and in ``reader-hit`` and
    ``reader-dim`` how a selection looks and what steps back.
    """
    app = widget.app
    theme = app.theme_variables
    ink, paper = _parts(widget.rich_style.color), _parts(widget.rich_style.bgcolor)
    dark = app.current_theme.dark
    under = paper or _variable(theme, "reader-paper") or ((18, 20, 23) if dark else _WHITE)
    over = ink or _variable(theme, "reader-ink") or ((228, 228, 224) if dark else (29, 31, 33))
    toward, step = (_WHITE, 0.14) if dark else (_BLACK, 0.09)
    return Palette(
        color=not app.no_color,
        shades=not few_colors(widget),
        ink=ink,
        paper=paper,
        over=over,
        under=under,
        raised=blend(under, toward, step),
        hit=_variable(theme, "reader-hit") or blend(under, (80, 130, 200), 0.45),
        dim=_variable(theme, "reader-dim") or blend(over, under, 0.4),
        mark_style=mark_style,
        plain=getattr(app, "plain", False),
        ascii=any(map(spares_text, app.get_line_filters())),
        dotted=draws_dots(os.environ),
    )


def draws_dots(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is known to draw dotted lines under words, by what it says of itself.

    Others ignore the sequence, draw a plain line, or take it for something else. Multiplexers hide
    which terminal they are in, and not all of them hand it on.
    """
    hidden = environ.get("TMUX") or environ.get("STY") or environ.get("NO_COLOR")
    if hidden or environ.get("COLORTERM") not in ("truecolor", "24bit"):
        return False
    terminal, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    vte = environ.get("VTE_VERSION", "")
    return (
        any(name in terminal for name in ("kitty", "wezterm", "foot", "ghostty", "alacritty"))
        or program in ("WezTerm", "ghostty", "iTerm.app", "mintty", "vscode")
        or (vte.isdecimal() and int(vte) >= 5200)
    )


def spares_text(line_filter: LineFilter) -> bool:
    """Whether a filter is for the program's signs and not for the article's own text."""
    return getattr(line_filter, "SPARES_TEXT", False)


def _parts(color: Color | None) -> Rgb | None:
    if color is None or color.triplet is None:
        return None
    red, green, blue = color.triplet
    return red, green, blue


def _variable(theme: Mapping[str, str], name: str) -> Rgb | None:
    try:
        return TextualColor.parse(theme[name]).rgb
    except (KeyError, ColorParseError):
        return None
