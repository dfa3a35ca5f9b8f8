"""The base of all our own widgets: rows drawn as strips, repainted only where they changed."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from reader.tui.undocumented import SelfPainted, filtered
from reader.tui.widgets.cells import PLAIN
from reader.tui.widgets.inks import ink


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
        self._painted: list[Strip] = []

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
            found = self._parts[name] = self.get_component_rich_style(name, partial=True)
        return found

    def tag_ink(self, color: str) -> Style:
        """Return the style of a symbol in a tag's colour (``#RRGGBB``), readable in this theme."""
        return Style(color=ink(color, self.app.theme_variables.get("reader-paper", "#000000")))

    def redraw(self) -> None:
        """Draw anew and mark what has changed as dirty."""
        width, height = self.size
        if not width or not height:
            return
        rows = self.draw(width, height)[:height]
        rows.extend([Strip.blank(width, PLAIN)] * (height - len(rows)))
        dirty = dirty_regions(self._shown, rows, width)
        self._shown = rows
        self._painted = [filtered(self, strip) for strip in rows]
        if dirty:
            self.refresh(*dirty)

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
        """Return the rows as they were drawn last; blank ones before the first time."""
        if len(self._painted) == self.size.height:
            return self._painted
        return [Strip.blank(self.size.width, PLAIN)] * self.size.height

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._shown = []
        self.redraw()

    def notify_style_update(self) -> None:
        """Draw with the new styles (theme, focus)."""
        super().notify_style_update()
        self._parts.clear()
        if self.is_mounted:
            self.redraw()


def dirty_regions(old: list[Strip], new: list[Strip], width: int) -> list[Region]:
    """Return the regions where two lists of strips differ: in each row the runs that changed."""
    if len(old) != len(new):
        return [Region(0, 0, width, max(len(old), len(new)))]
    regions: list[Region] = []
    for y, (before, after) in enumerate(zip(old, new, strict=True)):
        if before is not after and before != after:
            spans = changed_runs(before, after)
            regions.extend(Region(start, y, max(end - start, 1), 1) for start, end in spans)
    return regions


def changed_runs(before: Strip, after: Strip) -> list[tuple[int, int]]:
    """Return the cells of each run of segments that differ, where both strips are cut alike."""
    left, right = list(before), list(after)
    if [one.cell_length for one in left] != [other.cell_length for other in right]:
        return [_changed(before, after)]
    runs: list[tuple[int, int]] = []
    at = 0
    for one, other in zip(left, right, strict=True):
        end = at + other.cell_length
        if one != other:
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((at, end))
        at = end
    return runs or [_changed(before, after)]


def _changed(before: Strip, after: Strip) -> tuple[int, int]:
    """Return the cells between the segments that two strips begin and end with alike."""
    left, right = list(before), list(after)
    start = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        start += other.cell_length
    end = after.cell_length
    for one, other in zip(reversed(left), reversed(right), strict=False):
        if one != other or end - other.cell_length < start:
            break
        end -= other.cell_length
    return start, end
