"""The base of all our own widgets: rows drawn as strips, repainted only where they changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.look.themes import TERMINAL
from reader.tui.self_painted import SelfPainted, filtered
from reader.tui.widgets.cells import PLAIN
from reader.tui.widgets.differing import changed_runs, dirty_regions, others
from reader.tui.widgets.inks import fixed, ink, rgb, sixteen

Made = TypeVar("Made")
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_KEPT = 512
"""Pieces of a widget that are kept to be drawn again."""

_KEPT_STRIPS = 128
"""Rows of a widget that are kept as they were painted, and what was found between two of them."""

CHIP_INK = "#000000"
"""Text on a tag's colour; codebooks are checked for its contrast."""

_FEW_COLORS = frozenset({"standard", "windows"})


def few_colors(widget: Widget) -> bool:
    """Whether there are the terminal's sixteen colours and no others: by its kind, or by choice."""
    app = widget.app
    return app.console.color_system in _FEW_COLORS or app.theme == TERMINAL


class StripWidget(SelfPainted):
    """A widget that is a list of strips.

    A subclass says in `draw` what its rows are; `redraw` compares them with what is on the screen
    and has only the differing cells painted again (a dirty cell is sent whole, Textual does not
    compare). With ``height: auto`` the widget is as high as `rows_for` says. Border and padding
    from the style sheets have no effect on it; margins have.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._shown: list[Strip] = []
        self._parts: dict[str, Style] = {}
        self._inks: dict[tuple[str, bool], Style] = {}
        self._made: dict[Hashable, Any] = {}
        self._painted: list[Strip] = []
        self._finishes: dict[int, tuple[Strip, Strip]] = {}
        self._runs_between: dict[tuple[int, int], tuple[Strip, Strip, list[tuple[int, int]]]] = {}
        self._stale = False
        self._grounded: Style | None = None
        self._fitted = Size(0, 0)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the rows for a size in cells; missing rows are blank."""
        raise NotImplementedError

    def rows_for(self, width: int) -> int:
        """Return how many rows the content takes at a width."""
        return 1

    def part(self, name: str) -> Style:
        """Return the style of one of the widget's component classes."""
        found = self._parts.get(name)
        if found is None:
            if not self.is_running:  # it is being taken away, and its styles are gone
                return PLAIN
            found = self.get_component_rich_style(name, partial=True)
            if found.color is not None and found.color.triplet is not None:
                found += Style(color=fixed(found.color.triplet))
            self._parts[name] = found
        return found

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made before with the same key, until the styles change; else make it.

        Args:
            key: All that it depends on but the styles.
            make: Makes it.
        """
        found: Made | None = self._made.get(key)
        if found is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            found = self._made[key] = make()
        return found

    def tag_ink(self, color: str) -> Style:
        """Return the style of a symbol in a tag's colour (``#RRGGBB``), readable in this theme."""
        known = self._inks.get((color, False))
        if known is None:
            known = self._inks[color, False] = self._tag_ink(color)
        return known

    def _tag_ink(self, color: str) -> Style:
        if few_colors(self):
            found = sixteen(rgb(color))
            return Style(color=found[0]) if found else PLAIN
        return Style(color=ink(color, self.app.theme_variables.get("reader-paper", "#000000")))

    def tag_ground(self, color: str) -> Style:
        """Return the style of a chip: black on a tag's colour (``#RRGGBB``).

        With sixteen colours it is the symbol's colour in reverse: that one can be read on the
        background, so the background's can be read on it.
        """
        known = self._inks.get((color, True))
        if known is None:
            few = few_colors(self)
            known = self._inks[color, True] = (
                self.tag_ink(color) + Style(reverse=True)
                if few
                else Style(color=CHIP_INK, bgcolor=color)
            )
        return known

    def redraw(self) -> None:
        """Have what has changed drawn with the next frame; at once where nothing makes frames."""
        self._stale = True
        if not self.size:
            return
        if self.frames is not None:
            self.frames.want(self)
        elif self.is_attached and (dirty := self.settled()):
            self.refresh(*dirty)

    def settled(self) -> list[Region]:
        """Draw, if something may have changed; return where it has."""
        width, height = self.size
        if not self._stale or not width or not height:
            return []
        self._stale = False
        rows = self.draw(width, height)[:height]
        blank = self.once(("blank", width), lambda: Strip.blank(width, PLAIN))
        rows.extend([blank] * (height - len(rows)))
        before, self._shown = self._shown, rows
        if len(before) == height and self._grounded is not None:
            self._painted = self._painted.copy()
            for y in others(before, rows):
                self._painted[y] = self._finished(rows[y])
        else:
            self._painted = [self._finished(strip) for strip in rows]
        if len(before) != height:
            return [Region(0, 0, width, height)]
        return dirty_regions(before, rows, self._runs)

    def _finished(self, strip: Strip) -> Strip:
        """Return a strip on the theme's colours, as the app's filters want it."""
        known = self._finishes.get(id(strip))
        if known is not None and known[0] is strip:
            return known[1]
        if self._grounded is None:
            self._grounded = self._ground()
        finished = filtered(self, strip.apply_style(self._grounded) if self._grounded else strip)
        _keep(self._finishes, id(strip), (strip, finished))
        return finished

    def _runs(self, before: Strip, after: Strip) -> list[tuple[int, int]]:
        """Return the runs in which two strips differ: the same ones often take turns."""
        key = (id(before), id(after))
        known = self._runs_between.get(key)
        if known is not None and known[0] is before and known[1] is after:
            return known[2]
        runs = changed_runs(before, after)
        _keep(self._runs_between, key, (before, after, runs))
        return runs

    def _ground(self) -> Style:
        """Return the theme's own colours of text and background; none for the terminal's."""
        style = self.rich_style
        own = style.bgcolor is not None and not style.bgcolor.is_default
        return Style(color=style.color, bgcolor=style.bgcolor) if own else PLAIN

    def content_changed(self) -> None:
        """Draw anew after new content, which may take more or fewer rows."""
        if self.styles.is_auto_height and self.size.width:
            rows = self.rows_for(self.size.width)
            if rows != self.size.height:
                self.refresh(layout=True)
                self.call_after_refresh(self.redraw)
                return
        self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows needed, for ``height: auto``."""
        return self.rows_for(width)

    def lines(self) -> list[Strip]:
        """Return the rows as they were drawn last, or drawn anew if the size has changed unnoticed.

        Textual sends no `Resize` for a size that it finds while it looks where a widget is: so it
        is when a message comes up as the head of the panel grows.
        """
        if self._fitted != self.size and self.is_mounted and self.is_attached:
            self._fit_now()
        if self._stale and self.is_mounted and self.is_attached and (dirty := self.settled()):
            self.refresh(*dirty)
        if len(self._painted) == self.size.height:
            return self._painted
        return [Strip.blank(self.size.width, PLAIN)] * self.size.height

    def on_resize(self) -> None:
        """Draw for the new size."""
        if self._fitted != self.size:
            self._fit_now()

    def _fit_now(self) -> None:
        self._fitted = self.size
        self.fit_size()

    def fit_size(self) -> None:
        """Forget what was made for another size, and draw for the one there is."""
        self._shown = []
        self.redraw()

    def notify_style_update(self) -> None:
        """Draw with the new styles (theme, focus) when the widget is painted next.

        Textual tells of new styles before it has made those of the component classes; if one of
        them has changed, it has the widget painted again.
        """
        super().notify_style_update()
        self._parts.clear()
        self._inks.clear()
        self._made.clear()
        self._finishes.clear()
        self._grounded = None
        self._stale = True


def _keep(kept: dict[Key, Value], key: Key, value: Value) -> None:
    """Keep something in a cache that begins anew when it is full."""
    if len(kept) >= _KEPT_STRIPS:
        kept.clear()
    kept[key] = value
