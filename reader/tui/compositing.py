"""The compositor's part of a frame: sent once, in few bytes, and nothing left out.

Our own widgets go past it where nothing lies over them, see `reader.tui.frames`; all else goes
through it. A test watches the parts of Textual that this leans on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich.console import Console, RenderableType
from rich.control import Control
from textual import events
from textual._compositor import ChopsUpdate, Compositor, CompositorMap
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen


class _Tight(ChopsUpdate):
    """An update that sends what is dirty and nothing left of it.

    Textual crops at the right only, so that a counter at the end of a line sends the whole line.
    """

    def render_segments(self, console: Console) -> str:
        """Return what goes to the terminal."""
        return "".join(self._pieces(console))

    def _pieces(self, console: Console) -> Iterator[str]:
        last_y = self.spans[-1][0]
        for y, x1, x2 in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= x2 or end <= x1:
                    continue
                start = max(x, x1)
                yield Control.move_to(start, y).segment.text
                yield strip.crop(start - x, min(end, x2) - x).render(console)
            if y != last_y:
                yield "\n"


def tight(update: RenderableType | None) -> RenderableType | None:
    """Return the compositor's update of a part of the screen, in fewer bytes."""
    if type(update) is ChopsUpdate:
        return _Tight(update.chops, update.spans, update.chop_ends)
    return update


_find_all: Callable[[Compositor], CompositorMap] = vars(Compositor)["full_map"].fget


def _found_and_noted(compositor: Compositor) -> CompositorMap:
    """Return where all widgets are; where others are than before is painted anew.

    Textual notes what has changed with a layout only. If a widget is looked for in between, all are
    found anew before that, and the layout sees no change: a message that was taken away stayed on
    the screen.
    """
    before, is_old = compositor._full_map, compositor._full_map_invalidated
    found = _find_all(compositor)
    if is_old and found is not before and compositor.size.region not in compositor._dirty_regions:
        changed = {
            item.clip.intersection(item.region) for _, item in found.items() ^ before.items()
        }
        compositor._dirty_regions.update(region for region in changed if region)
    return found


Compositor.full_map = property(_found_and_noted)  # type: ignore[method-assign, assignment]  # Textual's own has to be replaced


class PaintedOnce(Screen[None]):
    """A screen that is sent once when all of it is sent.

    While widgets come and are laid out, each asks for itself to be painted, some several times.
    When Textual works that off, all has been painted already: it would paint all of it again, and
    then once more because the screen has come.
    """

    app: App[Any]

    def _compositor_refresh(self) -> None:
        compositor, frames = self._compositor, getattr(self.app, "frames", None)
        whole = self is self.app.screen and compositor.size.region in compositor._dirty_regions
        if frames is None or not whole:
            super()._compositor_refresh()
            return
        for widget in compositor.visible_widgets:
            widget._exchange_repaint_regions()
        with frames.whole():
            super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        if size != self._compositor.size:  # Textual tells of the first size three times
            super()._screen_resized(size)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        event.prevent_default()  # it is done here
        is_new = self._size != self.app.size
        super()._on_screen_resume(event)
        if is_new and self.is_attached:  # it was laid out, and painted
            self._exchange_repaint_regions()
