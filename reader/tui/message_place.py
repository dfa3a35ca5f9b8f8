"""Where messages stand: over nothing that one works in, as far as there is room.

Import late: nothing is told at most starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.geometry import Region, Size

from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

    from reader.tui.widgets.article.pane import ArticlePane

_FOOT, _FOOT_TOURING = 3, 7
"""Rows below messages, as in the styles: the tag bar and the last line, and the tour."""
_CARD = 6
"""Rows that an entry may take when it is open."""

Held = Sequence[Region]
"""What is to be seen, what matters most first."""


class Stand(NamedTuple):
    """A place for messages, which stand at the right.

    Attributes:
        edge: ``top`` or ``bottom``.
        margin: Rows between that edge and the messages; None at the bottom for those that the
            styles leave free.
    """

    edge: str
    margin: int | None = None

    def region(self, size: Size, told: Size, foot: int) -> Region:
        """Return the cells that messages of a size cover in a window of a size."""
        margin = foot if self.margin is None else self.margin
        top = margin if self.edge == "top" else size.height - margin - told.height
        return Region(size.width - told.width, top, *told)


USUAL = Stand("bottom")
_TOP = Stand("top", 1)
_OVER_TAGS = Stand("bottom", 1)
_LOWEST = Stand("bottom", 0)
_ABOVE_ALL: Sequence[Stand] = (USUAL, _TOP, _OVER_TAGS, _LOWEST)
_OVER_DIALOG: Sequence[Stand] = (USUAL, _OVER_TAGS, _TOP, _LOWEST)
"""A dialog does without the tag bar, but not without its title."""
_TOURING: Sequence[Stand] = (USUAL, _TOP)
"""The tour stands where the others would be."""


def stand_for(screen: Screen[Any], told: Size, now: Stand | None = None) -> Stand:
    """Return where messages cover least of what one works in.

    Args:
        screen: The screen on top.
        told: Cells that the messages take.
        now: Where they stand and stay, unless another place is better.
    """
    frame = next(iter(screen.query(".dialog")), None)
    touring = screen.has_class("-touring")
    foot = _FOOT_TOURING if touring else _FOOT
    stands = _TOURING if touring else _ABOVE_ALL if frame is None else _OVER_DIALOG
    held = _held(screen, frame)

    def covered(stand: Stand) -> list[int]:
        region = stand.region(screen.app.size, told, foot)
        return [region.intersection(each).area for each in held]

    return min(stands if now is None else (now, *stands), key=covered)


def _held(screen: Screen[Any], frame: Widget | None) -> Held:
    """Return what is to be seen: a dialog's field, its text, its keys; or what is worked on."""
    focused = screen.focused
    if frame is not None:
        keys = Region(0, screen.app.size.height - 1, screen.app.size.width, 1)
        return [*_of_focus(focused), frame.content_region, keys]
    pane: ArticlePane | None = getattr(screen, "pane", None)
    if pane is None:
        return _of_focus(focused)
    if focused is pane:
        return [*_of_statement(pane), *_of_card(screen)]
    return [*_of_focus(focused), *_of_statement(pane)]


def _of_focus(focused: Widget | None) -> Held:
    """Return the current entry of a list, or all of a field."""
    if isinstance(focused, LineList):
        return _of_entry(focused)
    return [] if focused is None else [focused.region]


def _of_entry(entries: LineList) -> Held:
    found, (x, y, width, _) = entries.current_rows(), entries.region
    return [Region(x, y + found[0], width, found[1] - found[0] + 1)] if found else []


def _of_statement(pane: ArticlePane) -> Held:
    """Return what is selected in the article, else the statement under the cursor."""
    span = pane.selection or pane.cursor
    return [pane.region_of(span).translate(pane.region.offset)] if span is not None else []


def _of_card(screen: Screen[Any]) -> Held:
    """Return the current entry of the panel, as high as it may be when it opens a moment later."""
    panel: LineList | None = getattr(screen, "panel", None)
    if panel is None or not panel.region:
        return []
    below = panel.region.bottom
    return [
        Region(x, y, width, min(max(height, _CARD), below - y))
        for x, y, width, height in _of_entry(panel)
    ]
