"""How the article looks: styles from what lies on a character, strips from rows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.records import NamedTuple
from reader.domain.signs import in_ascii
from reader.domain.text import Role
from reader.tui.layout import Flow
from reader.tui.undocumented import dotted
from reader.tui.widgets.article.look import Look, Wash, gutter
from reader.tui.widgets.article.rows import Laid
from reader.tui.widgets.cells import Row, cells_of
from reader.tui.widgets.inks import Rgb, blend, fixed, on, readable, rgb, sixteen, tint

OPENING, CLOSING = "⟦", "⟧"
_TINT, _CURSOR_TINT, _TARGET_TINT = 0.33, 0.45, 0.55
"""Shares of a tag's colour over the background: anywhere, under the cursor, if moved to."""

_PROPOSED_INK = 0.75
"""Share of the text's colour in what is proposed, where no dotted line can tell it from a mark."""

_UNDERLINE, _LONE_UNDERLINE = 0.4, 0.6
"""Shares of a tag's colour in underlined text: below another tag's tint, and by itself."""


_Kind = tuple[Role, frozenset[str], tuple[tuple[str | None, bool], ...]]
"""What makes a style another one: role, what lies on it, colours of the highlights on top."""


class Palette(NamedTuple):
    """The colours that are there to paint with.

    Attributes:
        color: Whether there are colours at all.
        shades: Whether a third of a colour can be told from none of it (not with 16 colours).
        ink: Colour of the text, None for the terminal's own.
        paper: Colour of the background, None for the terminal's own.
        over: What the text's colour is taken for when colours are mixed.
        under: What the background is taken for.
        raised: Background of the statement under the cursor.
        hit: Background of the selection.
        dim: Colour of what steps back, such as captions.
        mark_style: ``tint``, ``solid`` or ``underline``.
        plain: Whether the text shows no marks and no cursor; what is told elsewhere needs none.
        ascii: Whether the pane's signs are ASCII; the text stays as it is.
        dotted: Whether the terminal draws dotted lines under words.
    """

    color: bool = True
    shades: bool = True
    ink: Rgb | None = None
    paper: Rgb | None = None
    over: Rgb = (228, 228, 224)
    under: Rgb = (18, 20, 23)
    raised: Rgb = (51, 52, 55)
    hit: Rgb = (74, 90, 115)
    dim: Rgb = (141, 147, 155)
    mark_style: str = "tint"
    ascii: bool = False
    plain: bool = False
    dotted: bool = False

    @property
    def brackets(self) -> bool:
        """Whether the cursor is shown by brackets, because a raised background cannot be seen."""
        return not (self.color and self.shades) and not self.plain


class Brush:
    """Makes styles and strips; knows a palette, and remembers the styles it made.

    Args:
        palette: The colours that are there.
    """

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self._styles: dict[_Kind, Style | None] = {}
        self._symbols: dict[str | None, Style | None] = {}
        self.plain = self._made(None, None)
        self._front = self._made(palette.dim, None)
        self._sign: Callable[[str], str] = in_ascii if palette.ascii else str
        self._brackets = (self._sign(OPENING), self._sign(CLOSING))

    # ------------------------------------------------------------------ styles

    def style(self, role: Role, on: Iterable[str | Wash] = ()) -> Style | None:
        """Return the style of a character of a block with all that lies on it; None for none.

        Highlights that look alike have one style, whatever their sizes: few are ever made.
        """
        others, washes = [], []
        for item in on:
            if isinstance(item, Wash):
                washes.append(item)
            else:
                others.append(item)
        if len(washes) > 1:
            washes.sort(key=_on_top)
        key = (role, frozenset(others), tuple([(wash.color, wash.target) for wash in washes[:2]]))
        if key not in self._styles:
            self._styles[key] = self._style(role, key[1], washes)
        return self._styles[key]

    def _style(self, role: Role, on: frozenset[str], washes: Sequence[Wash]) -> Style | None:
        """Return a new style.

        Args:
            role: The block's role.
            on: What lies on the character besides highlights.
            washes: The highlights, of which the first lies on top.
        """
        marks = dict.fromkeys(_ATTRIBUTES.get(role, ()), True)
        ink = self.palette.dim if role in _STEPS_BACK else None
        paper = None
        if self.palette.plain:
            on, washes = on & {"selection", "hit"}, ()
        if "cursor" in on:
            ink = None
            if self.palette.brackets:
                marks["bold"] = True
            else:
                paper = self.palette.raised
        if washes:
            ink, paper = self._washed(washes, paper, marks)
        elif "suggestion" in on and on.isdisjoint(("selection", "hit")):
            return self._dotted(ink, paper, marks)
        if "selection" in on:
            ink, paper = None, self.palette.hit
            marks.update(reverse=self.palette.brackets or self.palette.plain)
        if "hit" in on:
            marks.update(reverse=True, bold=True)
        return self._made(ink, paper, **marks)

    def _dotted(self, ink: Rgb | None, paper: Rgb | None, marks: dict[str, bool]) -> Style | None:
        """Return the style of what is only proposed: no tag's colour, and a line unlike a mark's.

        The line is dotted where the terminal draws such lines; elsewhere the words step back, but
        those of the statement under the cursor: that is being read.
        """
        if not (self.palette.color and self.palette.shades):
            return self._made(ink, paper, **{**marks, "underline": True, "dim": True})
        if paper is None and not self.palette.dotted:
            ink = ink or blend(self.palette.under, self.palette.over, _PROPOSED_INK)
        style = self._made(ink, paper, **marks, underline=True)
        return dotted(style) if style is not None and self.palette.dotted else style

    def _washed(
        self, washes: Sequence[Wash], paper: Rgb | None, marks: dict[str, bool]
    ) -> tuple[Rgb | None, Rgb | None]:
        """Return ink and paper under highlights, of which the first lies on top."""
        top, below = washes[0], washes[1:]
        if top.target:
            marks["bold"] = True
        ink: Rgb | None = None
        tinted = self.palette.color and self.palette.shades and top.color is not None
        if not tinted or self.palette.mark_style == "underline":
            marks["underline"] = True
            ink = self._underline(top.color, _LONE_UNDERLINE, paper)
        elif self.palette.mark_style == "solid":
            paper = rgb(top.color)
            ink = on(paper)
        else:
            share = _TARGET_TINT if top.target else _CURSOR_TINT if paper else _TINT
            ground = paper or self.palette.under
            paper = tint(ground, rgb(top.color), share, self.palette.over)
        if below:
            marks["underline"] = True
            ink = ink or self._underline(below[0].color, _UNDERLINE, paper)
        return ink, paper

    def _underline(self, color: str | None, share: float, paper: Rgb | None) -> Rgb | None:
        """Return the ink of underlined text: terminals draw the line in the text's colour.

        None with sixteen colours: which of them can be read on the background nobody can know.
        """
        if color is None or not self.palette.shades:
            return None
        return readable(blend(self.palette.over, rgb(color), share), paper or self.palette.under)

    def _made(self, ink: Rgb | None, paper: Rgb | None, **marks: bool) -> Style | None:
        paper = paper if self.palette.shades else None
        if not self.palette.color:
            ink = paper = None
        ink, below = ink or self.palette.ink, paper or self.palette.paper
        color = self._color(ink) if ink else self._contrast if paper else None
        if color is None and below is None and not marks:
            return None
        bgcolor = fixed(below) if below else None
        return Style(color=color, bgcolor=bgcolor, **marks)  # type: ignore[arg-type]  # bools all

    def _color(self, ink: Rgb) -> Color | None:
        """Return a colour for text; with sixteen colours the one of the same hue, if it has one."""
        if self.palette.shades:
            return fixed(ink)
        found = sixteen(ink)
        return Color.from_ansi(found[1]) if found else None

    @property
    def _contrast(self) -> Color:
        """The ink on a background of our own, on which the terminal's might be unreadable.

        One of the 256 fixed colours: fewer bytes than a colour in full, and unlike the first
        sixteen not the terminal theme's to change.
        """
        return Color.from_ansi(254 if max(self.palette.over) > 127 else 234)

    # ------------------------------------------------------------------ strips

    def blank(self, width: int) -> Strip:
        """Return an empty row."""
        return Row([Segment(" " * width, self.plain)], width)

    def row(self, laid: Laid, row: int, look: Look, width: int) -> tuple[Strip, int]:
        """Paint a row of a block.

        Args:
            laid: The block.
            row: The row of its flow.
            look: What lies on it.
            width: Cells of the whole row, gutter included.

        Returns:
            The strip, and the number of its cells before the empty ones at its end.
        """
        text, opens, closes = laid.flow.row_text(row), False, False
        if self.palette.brackets:
            text, opens, closes = _bracketed(text, laid.flow, row, look, self._brackets)
        front = self._sign(laid.front(row))
        opening, closing = self._brackets
        segments = [*self._gutter(look, opening if opens and not front else " ")]
        if front:
            front = front[:-1] + opening if opens else front
            style = self._front if front.strip() else self.plain
            segments.append(Segment(front, style))
        segments += self._text(laid, row, text, look)
        if closes:
            segments.append(Segment(closing, self.plain))
        return self._strip(segments, width)

    def _strip(self, segments: Iterable[Segment], width: int) -> tuple[Strip, int]:
        merged: list[Segment] = []
        last: Style | None = None
        for segment in segments:
            text, style, _ = segment
            if merged and (last is style or last == style):
                merged[-1] = Segment(merged[-1].text + text, style)
            elif text:
                merged.append(segment)
                last = style
        used = cells_of(merged)
        if used < width:
            merged.append(Segment(" " * (width - used), self.plain))
        strip = Row(merged, max(used, width))
        return strip.crop(0, width), min(used, width)

    def _gutter(self, look: Look, last: str) -> Iterable[Segment]:
        left, symbols, more, bar = gutter(look, self._sign)
        yield Segment(left, self.plain)
        for symbol, color in symbols:
            yield Segment(symbol, self._symbol(color))
        yield Segment(more, self.plain)
        yield Segment(bar + last, self.plain)

    def _symbol(self, color: str | None) -> Style | None:
        """Return the style of a symbol in a tag's colour; made once."""
        if color not in self._symbols:
            ink = self._symbol_ink(color) if color else None
            self._symbols[color] = self._made(ink, None, bold=True)
        return self._symbols[color]

    def _symbol_ink(self, color: str) -> Rgb:
        """Return the ink of a symbol in a tag's colour."""
        wanted = rgb(color)
        return readable(wanted, self.palette.under) if self.palette.shades else wanted

    def _text(self, laid: Laid, row: int, text: str, look: Look) -> Iterable[Segment]:
        role, first = laid.block.role, laid.flow.starts[row]
        end = first + len(text)
        if not look.stretches:
            yield Segment(text, self.style(role))
            return
        cuts = {first, end}
        for stretch in look.stretches:
            cuts.add(min(max(stretch.first, first), end))
            cuts.add(min(max(stretch.end, first), end))
        ordered = sorted(cuts)
        for start, stop in itertools.pairwise(ordered):
            on = [s.what for s in look.stretches if s.first < stop and s.end > start]
            yield Segment(text[start - first : stop - first], self.style(role, on))


def _bracketed(
    text: str, flow: Flow, row: int, look: Look, brackets: tuple[str, str]
) -> tuple[str, bool, bool]:
    """Put brackets into the spaces around the statement under the cursor, if it ends in this row.

    Returns:
        The row's text, whether a bracket goes in front of it, and whether one goes behind it.
    """
    opening, closing = brackets
    opens = closes = False
    first = flow.starts[row]
    for stretch in look.stretches:
        if stretch.what != "cursor":
            continue
        before, after = stretch.first - first - 1, stretch.end - first
        if 0 <= before < len(text) and text[before] == " ":
            text = text[:before] + opening + text[before + 1 :]
        if 0 < after < len(text) and text[after] == " ":
            text = text[:after] + closing + text[after + 1 :]
        opens = before == -1
        closes = after == len(text)
    return text, opens, closes


_ATTRIBUTES: dict[Role, tuple[str, ...]] = {
    Role.HEADLINE: ("bold",),
    Role.SUBHEAD: ("bold",),
    Role.STANDFIRST: ("italic",),
    Role.CREDIT: ("italic",),
}
_STEPS_BACK = frozenset({Role.CAPTION, Role.CREDIT, Role.BOILERPLATE})


def _on_top(wash: Wash) -> tuple[bool, bool, int, str]:
    return not wash.target, wash.color is None, wash.size, wash.color or ""
