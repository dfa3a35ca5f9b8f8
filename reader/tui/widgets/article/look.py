"""What lies on a row of the article: the cursor, highlights, symbols in the gutter.

Nothing here knows Textual: the article's first words are written before it is imported.
"""

from __future__ import annotations

from reader.domain import signs
from reader.domain.records import NamedTuple, dataclass
from reader.tui import layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol
else:
    Protocol = object

GUTTER = 5
"""Cells left of the text: three for symbols, one for the cursor's bar, one empty."""

MARGIN = 2
"""Empty columns at the right."""

BAR = "▌"
DOTS = "┊"
"""Beside rows that something is proposed for."""
MORE = "…"
"""Behind two symbols, where there are more."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A symbol of one cell in the gutter.

    Attributes:
        symbol: The character.
        color: ``#RRGGBB``, or None for the text's own colour.
    """

    symbol: str
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight as the pane needs it.

    Attributes:
        uid: The highlight's uid.
        spans: Its stretches of text, in order.
        glyphs: Its symbols; the first one's colour tints the text. None for a plain highlight.
    """

    uid: str
    spans: tuple[tuple[int, int], ...]
    glyphs: tuple[Glyph, ...] = ()


class MarkSource(Protocol):
    """Where the pane asks for marks, at each change of the view: a call must be cheap."""

    def marks(self, start: int, end: int) -> Sequence[Mark]:
        """Return the marks that overlap a stretch of text, in document order."""


class HitSource(Protocol):
    """Where the pane asks for what is searched for, as often as for marks."""

    def between(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Return the hits that share a character with a stretch of text, in order."""


class Wash(NamedTuple):
    """A highlight on a stretch of a row.

    Attributes:
        size: Code points of the whole highlight: the smallest lies on top.
        color: ``#RRGGBB``, or None for a highlight without a tag.
        target: Whether the cursor was moved to this highlight.
    """

    size: int
    color: str | None
    target: bool


class Stretch(NamedTuple):
    """Something that lies on a stretch of a row, in positions of its block's flow.

    Attributes:
        first: First position.
        end: One past the last.
        what: ``cursor``, ``hit``, ``selection``, ``suggestion`` or a highlight.
    """

    first: int
    end: int
    what: str | Wash


class Look(NamedTuple):
    """What a row looks like; equal looks of one row give equal strips.

    Attributes:
        glyphs: Symbols in the gutter.
        bar: Whether the cursor's bar stands in the gutter.
        stretches: What lies on the text.
        dots: Whether dots stand in the gutter, unless the bar does.
    """

    glyphs: tuple[Glyph, ...] = ()
    bar: bool = False
    stretches: tuple[Stretch, ...] = ()
    dots: bool = False


BARE = Look()


def gutter(
    look: Look, sign: Callable[[str], str] = str
) -> tuple[str, list[tuple[str, str | None]], str, str]:
    """Return what stands in the gutter but its last cell.

    Args:
        look: What lies on the row.
        sign: What is done to each sign, such as replacing it by ASCII.

    Returns:
        What is left of the symbols, the symbols with their colours, what is right of them, and the
        cell of the cursor's bar.
    """
    shown = look.glyphs[:2]
    left = " " * (len(shown) == 1)
    more = sign(MORE) if len(look.glyphs) > 2 else ""
    symbols = [(sign(one_cell(glyph.symbol)), glyph.color) for glyph in shown]
    bar = sign(BAR) if look.bar else sign(DOTS) if look.dots else " "
    return left, symbols, more.ljust(3 - len(shown) - len(left)), bar


def one_cell(symbol: str) -> str:
    """Return the first character of a symbol if it takes one cell, else a dot."""
    shown = layout.displayed(symbol)[:1]
    known = " " <= shown <= "~" or signs.takes_one_cell(shown)  # most; others take 4 ms to measure
    return shown if known or layout.width_of(shown) == 1 else "•"
