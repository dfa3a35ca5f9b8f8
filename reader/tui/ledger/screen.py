"""What the screens of the ledger have in common: a title, what it is about, a list, the keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from reader import assets
from reader.domain.errors import ReaderError
from reader.storage.library import Library
from reader.tui.asking import WorkingScreen
from reader.tui.commands import commands_for, key_name, keys_of
from reader.tui.ledger.entries import EntryList
from reader.tui.saving.database import Database
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.footer import Footer
from reader.tui.widgets.bindings import bindings_for, take_own_keys, valid_in
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

Entry = TypeVar("Entry")
Read = TypeVar("Read")

_LOW = 20
"""Rows of a window below which no row is left empty."""


class LedgerScreen(WorkingScreen, Screen[None], Generic[Entry]):
    """A list over whatever is on the screen; Enter opens an entry in its place, q leads back.

    It reads through a connection of its own, beside the one that writes.

    Attributes:
        opened_any: Whether something was opened from here, so that what lies below may have
            changed.

    Args:
        title: What it shows.
        entries: The list.
    """

    app: ReaderApp
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        str(assets.styles_dir() / name) for name in ("dialogs.tcss", "ledger.tcss")
    ]
    LEFT_OUT: ClassVar[frozenset[str]] = frozenset({"ledger.filter", "ledger.scope"})
    """Commands of the ledger that this screen has not."""
    HELP = "j k move, Enter opens in place, q leaves."
    AUTO_FOCUS = "#entries"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(valid_in("ledger"))

    def __init__(self, title: str, entries: EntryList[Entry]) -> None:
        super().__init__()
        take_own_keys(self, valid_in("ledger"))
        self._title = title
        self.title_bar = TitleBar()
        self.about = Line("", "dim", max_rows=2, id="about")
        self.entries = entries
        self.footer = Footer(self._hints())
        self._reader: Database | None = None
        self.opened_any = False

    # ------------------------------------------------------------------ the screen

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield self.title_bar
        yield self.about
        yield self.entries
        yield self.footer

    def on_mount(self) -> None:
        """Begin: open the library a second time, for reading."""
        self.title_bar.set_title(self._title)
        self.title_bar.set_annotator(self.app.annotator)
        self._reader = Database(self.app.database.path, only_read=True)
        self.work_holding_keys(self.begin, "begin")  # they are for what is listed

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what a low window has no room for."""
        self.set_class(event.size.height < _LOW, "-short")

    def on_unmount(self) -> None:
        """Close what was opened."""
        if self._reader is not None:
            self._reader.end()

    def on_screen_resume(self) -> None:
        """Show what has changed in an article that was opened from here."""
        if self.opened_any:
            self.work_holding_keys(self.come_back, "begin")

    async def begin(self) -> None:
        """Read the first entries.

        Raises:
            ReaderError: They cannot be read.
        """
        raise NotImplementedError

    async def come_back(self) -> None:
        """Take in what may have changed in an article that was opened from here.

        Raises:
            ReaderError: It cannot be read.
        """

    async def more(self) -> None:
        """Read more entries, if there are any.

        Raises:
            ReaderError: They cannot be read.
        """

    async def open_entry(self, entry: Entry) -> None:
        """Open an entry.

        Raises:
            ReaderError: It cannot be read.
        """
        raise NotImplementedError

    # ------------------------------------------------------------------ reading

    async def read(self, job: Callable[[Library], Read]) -> Read:
        """Have something read from the library."""
        assert self._reader is not None  # noqa: S101 - it is there while the screen is
        return await self._reader.run(job)

    def say_error(self, error: ReaderError) -> None:
        """Show what failed, why, and what to do."""
        self.app.show_error(error)

    def on_growing_list_more_wanted(self) -> None:
        """Read more, unless that is being done."""
        busy = any(w.group in ("more", "begin") and not w.is_finished for w in self.workers)
        if not busy:
            self.work(self.more, "more")

    # ------------------------------------------------------------------ keys

    def action_step(self, step: int) -> None:
        """Go to the next or previous entry."""
        self.entries.move(step)

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self.entries.page(direction)

    def action_end(self, position: int) -> None:
        """Go to the first (0) or last (-1) entry that has been read."""
        self.entries.go(position if not position else self.entries.entry_count() - 1)

    def action_open(self) -> None:
        """Open the current entry in its place."""
        entry = self.entries.here
        if entry is not None:
            self.work_holding_keys(partial(self.open_entry, entry), "open")

    def on_line_list_jumped(self, message: EntryList.Jumped) -> None:
        """Open what was clicked."""
        message.stop()
        self.action_open()

    def on_line_list_moved(self, message: EntryList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()

    def action_leave(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("ledger"))

    def action_scope(self) -> None:
        """Show what is wider, where that is possible."""

    def action_filter(self) -> None:
        """List some of the entries only, where that is possible."""

    @property
    def told_title(self) -> str:
        """What the screen shows, for who cannot see its title."""
        return self._title

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return self._hints()

    def _hints(self) -> str:
        shown = [
            item
            for item in commands_for("ledger")
            if item.hint and item.id not in self.LEFT_OUT and keys_of(item)
        ]
        return " · ".join(f"{key_name(keys_of(item)[0])} {item.hint}" for item in shown)
