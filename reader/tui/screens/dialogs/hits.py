"""All hits of a search: type to filter, Enter goes there, Tab acts on all that are listed."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.records import dataclass
from reader.services.searching.hit_rows import HitRow, HitRows
from reader.tui.asking import run_beside
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import told
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.screens.dialogs.choice import filters
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import cells_of, clip, seg, split_row
from reader.tui.widgets.fields import LineField
from reader.tui.widgets.line_list import LineList

SLICE_S = 0.006
"""How long filtering may hold up a key."""

_MOST_TAGS = 4


@dataclass(frozen=True, slots=True)
class HitChoice:
    """What the user wants.

    Attributes:
        positions: Which hits: the one to go to, or those to act on.
        act: Whether to act on them.
    """

    positions: Sequence[int]
    act: bool = False


class HitList(LineList):
    """The hits that match."""

    EMPTY = "Nothing matches."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
        "choice--hit",
    }

    can_focus = False

    def __init__(self, rows: HitRows) -> None:
        super().__init__()
        self._rows = rows
        self.shown: Sequence[int] = range(len(rows))

    def show(self, shown: Sequence[int], position: int = 0) -> None:
        """Show some of the hits, one of them highlighted."""
        self.shown = shown
        self._top = 0
        self.refresh_entries()
        self.set_current(position)

    def entry_count(self) -> int:
        """Return how many hits match."""
        return len(self.shown)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a hit."""
        return self._draw(self._rows.row(self.shown[position]), width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the highlighted hit."""
        return [self._draw(self._rows.row(self.shown[position]), width, current=True)]

    def _draw(self, found: HitRow, width: int, *, current: bool) -> Strip:
        ground = self.part("choice--current") if current else Style()
        dim = ground + self.part("choice--dim")
        right = [seg(" ", ground)]
        if found.flag:
            right.append(seg("⚑ ", ground))
        for tag in found.tags[:_MOST_TAGS]:
            ink = self.tag_ink(tag.color) if tag else dim
            right.append(seg(f"{tag.symbol if tag else '·'} ", ground + ink))
        if len(found.tags) > _MOST_TAGS:
            right.append(seg("… ", dim))
        number = "–" if found.number is None else f"{found.number:,}"
        left = [
            seg("▌" if current else " ", ground + self.part("choice--bar")),
            seg(f"{number:>6}  ", dim),
        ]
        room = width - cells_of(left) - cells_of(right) - 1
        before = _end_of(found.before, max(0, room // 3))
        left += [
            seg(before, ground),
            seg(clip(found.words, room - cell_len(before)), ground + self.part("choice--hit")),
            seg(found.after, ground),
        ]
        return split_row(left, right, width, ground)


def _end_of(text: str, cells: int) -> str:
    """Return the end of a text that takes at most so many cells, from the beginning of a word."""
    if cell_len(text) <= cells:
        return text
    while text and cell_len(text) > cells - 2:
        head, space, rest = text.lstrip().partition(" ")
        text = rest if space else head[-max(0, cells - 2) :] if cell_len(head) > cells - 2 else ""
    return f"… {text}" if cells > 1 else ""


class HitsDialog(Dialog[HitChoice | None]):
    """Gives back where to go, or what to act on.

    Args:
        title: What was searched for.
        rows: The hits.
        position: The one that is highlighted at first.
    """

    HELP = "Type to filter, ↑ ↓ to move, Enter to go there, Tab to act on all listed, Esc to leave."
    CONTEXTS = ("hits",)
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(commands_for("hits"))

    def __init__(self, title: str, rows: HitRows, position: int = 0) -> None:
        super().__init__(title)
        self._rows, self._start = rows, position
        self._list = HitList(rows)
        self._then: Callable[[], None] | None = None
        """What is to be done when the filter has found all; keys wait for that."""
        self._filtering = False

    def body(self) -> Iterable[Widget]:
        """Return field, list and what the keys do."""
        yield LineField(placeholder="type to filter")
        yield self._list
        yield Line(self.told_keys, "dim")

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return told("Enter goes there", "hits.act acts on all listed", "Esc leaves")

    def on_mount(self) -> None:
        """Show everything."""
        self._fit()
        self._show(range(len(self._rows)), self._start)
        self.query_one(LineField).focus()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        rows = min(len(self._rows), self.rows_there - (5 if self.fit_frame() else 10), 30)
        self._list.styles.height = max(rows, 2)

    def _show(self, shown: Sequence[int], position: int = 0) -> None:
        self._list.show(shown, position)
        total = len(self._rows)
        of = "" if len(shown) == total else f"{len(shown):,} of "
        self.heading.say(f"{of}{total:,} hit{'' if total == 1 else 's'} · {filters()}")

    # ------------------------------------------------------------------ filtering

    def on_input_changed(self, event: Input.Changed) -> None:
        """List only the hits that fit what is typed."""
        event.stop()
        words = event.value.casefold().split()
        self._filtering = bool(words)
        if words:
            run_beside(self, partial(self._filter, words), "filter", exclusive=True)
        else:
            self.workers.cancel_group(self, "filter")
            self._show(range(len(self._rows)), self._start)

    async def _filter(self, words: list[str]) -> None:
        """Look through all rows, a slice at a time; what is found is shown on the way."""
        found = array("I")
        until, told = time.monotonic() + SLICE_S, 0
        for position in range(len(self._rows)):
            if self._rows.row(position).matches(words):
                found.append(position)
            if time.monotonic() > until:
                if told < self._list.size.height:
                    told = len(found)
                    self._show(found)
                await asyncio.sleep(0)
                until = time.monotonic() + SLICE_S
        self._show(found)
        self._filtering = False
        then, self._then = self._then, None
        if then is not None:
            self.app.let_keys_go(self)
            then()

    # ------------------------------------------------------------------ keys

    def action_step(self, step: int) -> None:
        """Highlight the next or previous one; the ends meet."""
        self._when_filtered(partial(self._step, step))

    def _step(self, step: int) -> None:
        count = self._list.entry_count()
        if count:
            self._list.set_current(((self._list.current or 0) + step) % count)

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self._when_filtered(partial(self._list.page, direction))

    def _when_filtered(self, then: Callable[[], None]) -> None:
        """Do something, when the filter has found all that it finds."""
        if self._filtering:
            self.app.hold_keys(self)
            self._then = then
        else:
            then()

    def on_input_submitted(self) -> None:
        """Go to the highlighted one, when the filter has found it."""
        self._when_filtered(self._take)

    def on_line_list_jumped(self) -> None:
        """Go to the one that was clicked."""
        self._when_filtered(self._take)

    def _take(self) -> None:
        if self._list.current is not None:
            self.dismiss(HitChoice((self._list.shown[self._list.current],)))

    def action_act(self) -> None:
        """Act on all that are listed, when the filter has found them all."""
        self._when_filtered(self._act)

    def _act(self) -> None:
        if self._list.entry_count():
            self.dismiss(HitChoice(self._list.shown, act=True))
