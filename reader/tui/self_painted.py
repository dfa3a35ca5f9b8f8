"""Widgets that paint themselves: they hand their rows to the compositor as they are.

Textual paints a widget through a cache that applies borders, padding, links and filters to each
line. Ours have none of these but the filters, and know themselves which of their lines have
changed; going past that cache takes a millisecond or more off each key. A test watches the parts of
Textual that this leans on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from reader.tui.frames import Frames


def filtered(widget: Widget, strip: Strip) -> Strip:
    """Return a strip as the app's filters want it, such as the one that takes all colours away."""
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    return strip


def ground(widget: Widget, crop: Region) -> list[Strip]:
    """Return the lines of a widget of which nothing but its ground is seen: it lies under others.

    Textual draws each line of it by itself, also those that are wholly covered.
    """
    below, own = widget.background_colors
    line = Strip.blank(crop.width, Style(background=below + own).rich_style)
    return [filtered(widget, line)] * crop.height


def cropped(strips: Sequence[Strip], crop: Region, width: int) -> list[Strip]:
    """Return the part of a widget's lines that the compositor asks ``render_lines`` for."""
    lines = list(strips[crop.y : crop.bottom])
    if crop.column_span == (0, width):
        return lines
    return [strip.crop(crop.x, crop.right) for strip in lines]


def forget_dirty_regions(widget: Widget) -> None:
    """Drop what a widget that paints itself was told is dirty; nothing else empties it."""
    widget._dirty_regions.clear()
    widget._styles_cache._dirty_lines.clear()


class SelfPainted(Widget):
    """A widget that hands its lines to the compositor itself, or past it to the terminal.

    Subclasses give :meth:`lines`, and :meth:`settled` if they put off drawing until a frame is due.
    Border and padding from the style sheets have no effect.
    """

    _frames: Frames | None = None

    def lines(self) -> Sequence[Strip]:
        """Return all lines of the widget, top to bottom, each exactly as wide as the widget."""
        raise NotImplementedError

    def settled(self) -> Sequence[Region]:
        """Draw what has changed since the last time; return where that is."""
        return ()

    @property
    def size(self) -> Size:
        """Columns and rows: there is nothing around the content."""
        return self._size

    @property
    def frames(self) -> Frames | None:
        """What draws several widgets at once; None in an app that has no such thing."""
        if self._frames is None:
            self._frames = getattr(self.app, "frames", None)
        return self._frames

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Have regions sent to the terminal, or the whole widget if none are named."""
        if regions and repaint and not (layout or recompose) and self.frames is not None:
            self.frames.want(self, regions)
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region, for the compositor."""
        forget_dirty_regions(self)
        lines = self.lines()
        if self._frames is not None and self.is_mounted:
            self._frames.rendered(self)
        return cropped(lines, crop, self.size.width)

    def render_line(self, y: int) -> Strip:
        """Return one line; Textual asks for it when it looks for what is under the mouse."""
        lines = self.lines()
        return lines[y] if 0 <= y < len(lines) else Strip.blank(self.size.width)

    def render(self) -> Any:
        """Return nothing to render: the lines are all there is."""
        return ""
