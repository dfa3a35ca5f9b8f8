"""The article's first screenful, written before Textual is imported: words to read at once.

It is drawn where the reading screen draws it a moment later, by the same arithmetic, so that
nothing jumps. A test compares the two. Nothing here may import Textual.
"""

from __future__ import annotations

import os
import sys

from reader.tui.panes import article_pane
from reader.tui.widgets.article.look import GUTTER, MARGIN, Glyph, Look, Mark, gutter
from reader.tui.widgets.article.looks import looks
from reader.tui.widgets.article.view import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from reader.domain.document import Document
    from reader.domain.text import Span
    from reader.storage.glance import Glance

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[1;1H\x1b[0J"
"""Take the other screen, hide the cursor, empty it: what Textual will do as well."""

_LEAVE = "\x1b[?1049l\x1b[?25h"

_terminal: list[Any] = []
"""The terminal's attributes before the first words, while they are others."""


def terminal_size() -> tuple[int, int] | None:
    """Return columns and rows of the terminal that Textual will use, None if there is none."""
    terminal = sys.__stderr__  # where Textual writes
    if terminal is None or not terminal.isatty() or sys.platform == "win32":
        return None
    columns, rows = os.get_terminal_size(terminal.fileno())
    return (columns, rows) if columns > 0 and rows > 0 else None


def output_size() -> tuple[int, int] | None:
    """Return columns and rows as `shutil` finds them, None if it would look further."""
    if "COLUMNS" in os.environ or "LINES" in os.environ or sys.__stdout__ is None:
        return None
    try:
        columns, rows = os.get_terminal_size(sys.__stdout__.fileno())
    except (OSError, ValueError):
        return None
    return (columns, rows) if columns > 0 and rows > 0 else None


def write(lines: Sequence[str]) -> None:
    """Write a screenful to the terminal; somebody has to give the screen back.

    Keys typed from now on are not echoed, and wait as they are for who reads them.
    """
    if sys.__stderr__ is not None:
        be_silent()
        sys.__stderr__.write(_ENTER + "\r\n".join(lines))
        sys.__stderr__.flush()


def be_silent() -> None:
    """Have keys not echoed, and kept as they are, until :func:`let_speak`."""
    if _terminal:
        return
    import termios

    found = termios.tcgetattr(0)
    silent = found[:]
    silent[0] &= ~termios.ICRNL
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(0, termios.TCSANOW, silent)
    _terminal.append(found)


def is_silent() -> bool:
    """Whether keys are not echoed now, because of the first words."""
    return bool(_terminal)


def let_speak() -> None:
    """Have the terminal as it was before the first words; harmless when repeated."""
    if _terminal:
        import termios

        termios.tcsetattr(0, termios.TCSANOW, _terminal.pop())


def give_back() -> None:
    """Give the screen back, because Textual will not come to do it."""
    let_speak()
    if sys.__stderr__ is not None:
        sys.__stderr__.write(_LEAVE)
        sys.__stderr__.flush()


class _Marks:
    """The marks of a glance, as the article pane asks for them."""

    def __init__(self, glance: Glance) -> None:
        self._marks = [
            Mark(str(number), ((start, end),), tuple(map(Glyph, signs)))
            for number, (start, end, signs) in enumerate(glance.marks)
        ]

    def marks(self, start: int, end: int) -> Sequence[Mark]:
        """Return the marks that overlap a stretch of text, in document order."""
        return [m for m in self._marks if m.spans[0][0] < end and m.spans[0][1] > start]


def screenful(
    glance: Glance,
    size: tuple[int, int],
    *,
    reading_width: int = 72,
    panel: str = "auto",
    sign: Callable[[str], str] = str,
) -> list[str] | None:
    """Return the lines of the screen, at most as many as there are rows, safe for a terminal.

    Args:
        glance: The part of the article where the annotator left off.
        size: Columns and rows of the terminal.
        reading_width: Columns of text, where the window has them.
        panel: Where the user wants the panel.
        sign: What is done to the signs in the gutter, such as replacing them by ASCII.

    Returns:
        The lines, or None if they cannot be known from that part.
    """
    document = glance.document
    cursor = document.statement_at(glance.place)
    if not glance.begins and (cursor is None or document.previous_statement(cursor) is None):
        return None
    top, columns, height = article_pane(panel, *size)
    view = View()
    view.anchor = view_start(document, cursor)
    view.lay_out(document, min(reading_width, columns - GUTTER - MARGIN), height)
    if cursor is not None:
        view.turn_to(cursor)
    places = view.places()
    if view.rows is None or not places:
        return None
    found = looks(view.rows, places, _Marks(glance), cursor=cursor)
    lines = [""] * top
    for place, look in zip(places, found, strict=True):
        laid = view.rows.laid(place.block)
        row = place.row - laid.gap
        words = sign(laid.front(row)) + laid.flow.row_text(row) if row >= 0 else ""
        lines.append(f"{_gutter(look, sign)} {words}".rstrip())
    return lines


def _gutter(look: Look, sign: Callable[[str], str]) -> str:
    left, symbols, more, bar = gutter(look, sign)
    return "".join((left, *(symbol for symbol, _ in symbols), more, bar))


def view_start(document: Document, cursor: Span | None) -> int:
    """Return the offset for the top of the view: the beginning, or near the cursor."""
    if cursor is None or document.previous_statement(cursor) is None:
        return 0
    block = document.block_at(cursor.start)
    return block.start if block else cursor.start
