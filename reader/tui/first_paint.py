"""The article's first screenful, written before Textual is imported: words to read at once.

It is drawn where the reading screen draws it a moment later, so that nothing jumps. A test compares
the two. Nothing here may import Textual.
"""

from __future__ import annotations

import os
import sys

from reader.domain.document import Document
from reader.domain.text import Span
from reader.services.session import Session
from reader.tui.widgets.article_view import View

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[1;1H\x1b[0J"
"""Take the other screen, hide the cursor, empty it: what Textual will do as well."""

_LEAVE = "\x1b[?1049l\x1b[?25h"

_INDENT, _MARGIN = 5, 2
"""Columns left and right of the text, as the article pane has them."""

_PANEL_SHARE, _PANEL_MOST = 40, 60
"""Per cent of the columns that the panel takes, and columns at most, as the style sheet has it."""

_TINY, _WIDE = 60, 100
"""Columns from which there is a panel, and from which it stands at the side."""

_TALL = 30
"""Rows from which there is an empty one below the title."""


def paint(session: Session, reading_width: int) -> bool:
    """Write the first screenful to the terminal that Textual will use.

    Args:
        session: The article.
        reading_width: Columns of text, where the window has them.

    Returns:
        Whether it was written; if so, somebody has to give the screen back.
    """
    terminal = sys.__stderr__  # where Textual writes
    if terminal is None or not terminal.isatty() or sys.platform == "win32":
        return False
    columns, rows = os.get_terminal_size(terminal.fileno())
    if columns < 1 or rows < 1:
        return False
    lines = screenful(session, reading_width, columns, rows)
    terminal.write(_ENTER + "\r\n".join(lines))
    terminal.flush()
    return True


def give_back() -> None:
    """Give the screen back, because Textual will not come to do it."""
    if sys.__stderr__ is not None:
        sys.__stderr__.write(_LEAVE)
        sys.__stderr__.flush()


def screenful(session: Session, reading_width: int, columns: int, rows: int) -> list[str]:
    """Return the lines of the screen, at most as many as there are rows, safe for a terminal."""
    top = 2 if rows >= _TALL else 1
    below = 2 if columns >= _WIDE else 3  # tags, in two rows where it is narrow, and status
    width, height = _pane(columns, rows - top - below)
    if height < 1:
        return []
    cursor = session.first_statement()
    view = View()
    view.anchor = view_start(session.document, cursor)
    view.lay_out(session.document, min(reading_width, width - _INDENT - _MARGIN), height)
    if cursor is not None:
        view.turn_to(cursor)
    return [""] * top + _texts(view)


def _pane(columns: int, height: int) -> tuple[int, int]:
    """Return columns and rows of the article pane, as the reading screen gives them to it."""
    if columns < _TINY:
        return columns, height
    if columns < _WIDE:
        return columns, height - height * _PANEL_SHARE // 100
    return columns - min(_PANEL_MOST, columns * _PANEL_SHARE // 100), height


def _texts(view: View) -> list[str]:
    texts = []
    for place in view.places():
        laid = view.rows.laid(place.block) if view.rows else None
        row = place.row - laid.gap if laid else -1
        words = laid.front(row) + laid.flow.row_text(row) if laid and row >= 0 else ""
        texts.append((" " * _INDENT + words).rstrip())
    return texts


def view_start(document: Document, cursor: Span | None) -> int:
    """Return the offset for the top of the view: the beginning, or near the cursor."""
    if cursor is None or document.previous_statement(cursor) is None:
        return 0
    block = document.block_at(cursor.start)
    return block.start if block else cursor.start
