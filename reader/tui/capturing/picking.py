"""Picks articles from a feed, and adds them. Import late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.services.capturing.feeds import Entry, Feed, Subscriptions, read_list, with_known
from reader.services.capturing.taking import Order, Outcome, take_all
from reader.tui.capturing.adding import add_target, tell
from reader.tui.capturing.taking import TakingDialog, Work
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import told
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.screens.dialogs.prompt import PromptDialog
from reader.tui.screens.dialogs.walking import WalkingDialog
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import clip, row, seg, wrap
from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_THERE = "✓"
"""Stands before what is in the library already."""
_MOST_ROWS = 24
_AROUND = 7
"""Rows of the dialog besides the list."""


async def pick(app: ReaderApp, listed: Feed | Subscriptions) -> str | None:
    """Let the user pick from what is listed, and add it.

    Returns:
        The uid of the article that was added last or is there, or None.
    """
    if isinstance(listed, Subscriptions):
        return await _pick_feed(app, listed)
    feed = await app.database.run(lambda library: with_known(library, listed))
    entries = await app.ask(PickDialog(feed))
    urls = [entry.url for entry in entries or ()]
    if not urls:
        return None
    if len(urls) == 1:
        return await add_target(app, urls[0])
    work = _work(urls, allow_private=app.settings.allow_private)
    taken = await app.ask(TakingDialog(app.database, app.annotator_uid, work))
    return tell(app, taken)


async def add_from_feed(app: ReaderApp) -> str | None:
    """Ask for a feed, or a list of feeds, and let the user pick from it.

    Returns:
        The uid of the article that was added last or is there, or None.
    """
    about = "Address or file of a feed (RSS, Atom), or of a list of feeds (OPML)."
    target = await app.ask(PromptDialog("Feed", about))
    return await _fetch_feed(app, target.strip()) if target and target.strip() else None


def _work(urls: Sequence[str], *, allow_private: bool) -> Work:
    order = Order(allow_private=allow_private)
    return lambda keeper, sandbox, told: take_all(urls, keeper, sandbox, order, told)


async def _pick_feed(app: ReaderApp, listed: Subscriptions) -> str | None:
    choices = [
        Choice(str(number), feed.title, feed.url, note=feed.folder)
        for number, feed in enumerate(listed.feeds)
    ]
    title = listed.title or "Feeds"
    chosen = await app.ask(ChoiceDialog(title, choices, remark="Enter fetches it"))
    if chosen is None:
        return None
    return await _fetch_feed(app, listed.feeds[int(chosen)].url)


async def _fetch_feed(app: ReaderApp, url: str) -> str | None:
    private = app.settings.allow_private
    work: Work = lambda keeper, sandbox, told: iter(  # noqa: E731 - as short as it is
        [Outcome(url, listed=read_list(url, sandbox, allow_private=private))]
    )
    taken = await app.ask(TakingDialog(app.database, app.annotator_uid, work))
    listed = next((outcome.listed for outcome in taken.outcomes), None) if taken else None
    if listed is not None:
        return await pick(app, listed)
    return tell(app, taken)


class EntryList(LineList):
    """The entries of a feed; the current one with what the feed says of it."""

    EMPTY = "The feed has no entries at the moment."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--bar",
        "choice--current",
        "choice--dim",
    }

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.entries = entries
        self.marked: set[int] = set()

    def entry_count(self) -> int:
        """Return how many there are."""
        return len(self.entries)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return mark, date and title."""
        dim = self.part("choice--dim")
        return row([seg("  "), *self._cells(position, width - 2, Style(), dim)], width)

    def draw_marked(self, position: int, width: int) -> Strip:
        """Return the current entry in one row."""
        return self._head(position, width)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current entry, with address and summary."""
        entry, ground = self.entries[position], self.part("choice--current")
        dim = ground + self.part("choice--dim") + Style(bold=False)
        more = [" · ".join(filter(None, (entry.byline, entry.url or "no address")))]
        more += wrap(entry.summary, width - 6, 2) if entry.summary else []
        bar = seg("▌ ", ground + self.part("choice--bar"))
        rows = [
            row([bar, seg(f"    {clip(text, width - 6)}", dim)], width, ground) for text in more
        ]
        return [self._head(position, width), *rows]

    def _head(self, position: int, width: int) -> Strip:
        ground = self.part("choice--current")
        bar = seg("▌ ", ground + self.part("choice--bar"))
        dim = ground + self.part("choice--dim")
        return row([bar, *self._cells(position, width - 2, ground, dim)], width, ground)

    def _cells(self, position: int, width: int, style: Style, dim: Style) -> list[Segment]:
        entry = self.entries[position]
        mark = _THERE if entry.uid else " "
        mark = "x" if position in self.marked else mark
        date = f"{entry.published_at[:10]:10}  "
        title = clip(entry.title or entry.url, width - 4 - len(date))
        return [seg(f"{mark}   ", style), seg(date, dim), seg(title, style)]

    def mark(self, positions: Iterable[int], *, on: bool | None = None) -> None:
        """Mark entries or take their marks off; by default each the other way than it is."""
        for position in positions:
            wanted = position not in self.marked if on is None else on
            (self.marked.add if wanted else self.marked.discard)(position)
        self.refresh_entries()


class PickDialog(WalkingDialog[tuple[Entry, ...] | None]):
    """Gives back the entries that are to be added, or None.

    Args:
        feed: The feed.
    """

    HELP = "x marks, X marks all, Enter adds the marked ones or the current one, Esc leaves."
    CONTEXTS = ("feed",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("feed")),
        Binding("enter", "take", "add", show=False),
    ]

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed.title or "Feed", told("feed.mark marks", "Enter adds"))
        self._list = EntryList(feed.entries)
        self._state = Line("", "dim")

    @property
    def walked(self) -> LineList:
        """The list."""
        return self._list

    def body(self) -> Iterable[Widget]:
        """Return the entries, and how many are marked."""
        yield self._list
        yield self._state

    def on_mount(self) -> None:
        """Begin with the first entry."""
        self._fit()
        self._list.set_current(0)
        self._list.focus()
        self._say()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        room = self.rows_there - _AROUND
        self._list.styles.height = max(3, min(len(self._list.entries) + 4, room, _MOST_ROWS))

    def _say(self) -> None:
        entries, marked = self._list.entries, len(self._list.marked)
        there = sum(entry.uid is not None for entry in entries)
        words = [f"{len(entries):,} entries", f"{there:,} in the library {_THERE}"]
        words += [f"{marked:,} marked"] if marked else []
        self._state.show(" · ".join(words))

    def action_mark(self) -> None:
        """Mark the current entry and go on, or take its mark off."""
        if self._list.current is not None:
            self._list.mark([self._list.current])
            self._list.move(1)
            self._say()

    def action_mark_all(self) -> None:
        """Mark all that can be added and are not there; or take all marks off."""
        entries = self._list.entries
        fresh = {n for n, entry in enumerate(entries) if entry.url and entry.uid is None}
        self._list.mark(fresh, on=not fresh <= self._list.marked)
        self._say()

    def on_line_list_jumped(self) -> None:
        """Mark what was clicked."""
        self._list.mark([self._list.current or 0])
        self._say()

    def action_take(self) -> None:
        """Give back the marked entries, else the current one."""
        current = [] if self._list.current is None else [self._list.current]
        wanted = sorted(self._list.marked) or current
        entries = tuple(self._list.entries[n] for n in wanted if self._list.entries[n].url)
        if entries:
            self.dismiss(entries)
        else:
            self._state.show("It has no address, so that it cannot be fetched.", "error")
