"""Where article and annotations stand in a window: what the style sheet has, for who comes before.

Nothing here knows Textual: the article's first words are written before it is imported.
"""

from __future__ import annotations

TINY, NARROW = 60, 100
"""Columns from which there is a panel, and from which it stands at the side."""

LOW = 7
"""Rows below which the tag bar has one row, lest a line for searching has none."""

TALL = 30
"""Rows from which there is an empty one below the title."""

_SHARE, _MOST = 40, 60
"""Per cent of the window that the panel takes, and columns at most."""


def panel_place(wanted: str, columns: int, *, plain: bool = False) -> str:
    """Return where the panel stands: ``side``, ``bottom`` or ``hidden``.

    Args:
        wanted: The setting; ``auto`` is where there is room.
        columns: Of the window.
        plain: Whether the user wants lines of text instead of a panel.
    """
    if wanted != "auto":
        return wanted
    if columns < TINY or plain:
        return "hidden"
    return "bottom" if columns < NARROW else "side"


def article_pane(wanted: str, columns: int, rows: int) -> tuple[int, int, int]:
    """Return the article's place in a window: the rows above it, its columns, its rows.

    The tags are taken to need one row where the window is wide, else two.
    """
    top = 2 if rows >= TALL else 1
    below = 2 if columns >= NARROW or rows < LOW else 3  # tags, and the status line
    height = max(0, rows - top - below)
    place = panel_place(wanted, columns)
    if place == "side":
        columns -= min(_MOST, columns * _SHARE // 100)
    elif place == "bottom":
        height -= height * _SHARE // 100
    return top, columns, height
