"""The app: themes, the two screens, and what belongs to neither."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual import events
from textual.binding import Binding, BindingType
from textual.notifications import Notify
from textual.screen import Screen
from textual.widget import Widget

from reader import assets
from reader.domain.errors import ReaderError
from reader.domain.late import Late
from reader.domain.untrusted import safe
from reader.services.reading.beginning import REFRESH_KEY, Beginning, load_session
from reader.services.reading.session import Session
from reader.services.settings.fields import Settings
from reader.tui.asking import AskingScreen, Result, run_beside
from reader.tui.commands import COMMANDS, key_for, use_keys
from reader.tui.compositing import tight
from reader.tui.frames import Frames
from reader.tui.key_queue import KeyQueue
from reader.tui.look.appearing import AppearingApp
from reader.tui.quick_keys import QuickKeys
from reader.tui.reading.screen import ReadingScreen
from reader.tui.saving.database import Database
from reader.tui.saving.saver import Saver
from reader.tui.widgets.bindings import take_own_keys

if TYPE_CHECKING:
    from array import array

    from reader.tui.exporting import Exporting
    from reader.tui.library import screen as articles
    from reader.tui.notices import Notices
    from reader.tui.relating.pending import Pending
    from reader.tui.screens.dialogs.base import Dialog
else:
    articles = Late("reader.tui.library.screen")

_CLICKS = (events.MouseDown, events.MouseUp, events.MouseScrollDown, events.MouseScrollUp)
"""What the mouse does that may change what keys mean."""

RESCUE_SECONDS = 0.5
"""Pause after the start before files with what was not saved are looked for."""


class ReaderApp(AppearingApp):
    """The terminal app.

    Args:
        database: The thread that owns the library.
        beginning: What the first screen shows.
        settings: How it is to look, and which keys do what; the defaults if there are none.
    """

    TITLE = "reader"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        str(assets.styles_dir() / name) for name in ("base.tcss", "reading.tcss", "library.tcss")
    ]
    ENABLE_COMMAND_PALETTE = False  # ours is a command of the screens
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, id="quit"),
    ]

    def __init__(
        self, database: Database, beginning: Beginning, *, settings: Settings | None = None
    ) -> None:
        super().__init__(settings or Settings())
        self.frames = Frames(self)
        """Draws our own widgets."""
        self.quick_keys = QuickKeys(self)
        self.key_queue = KeyQueue(self)
        self._key_warnings = use_keys(self.settings)
        take_own_keys(self, [command for command in COMMANDS if command.id == "quit"])
        self.database = database
        self.annotator = beginning.annotator
        self.annotator_uid = beginning.annotator_uid
        self.codebook = beginning.codebook
        """The codebook whose tags the digits set."""
        self.library_codebook = beginning.codebook
        """The codebook of settings and command line: the one whose tags are exported."""
        self.reading_width = self.settings.width
        self.library_notices = list(beginning.notices)
        """What is to be noticed of the library, in sentences."""
        self._beginning = beginning
        self.listed: array[int] | None = None
        """The articles that `J` and `K` go through, by their local ids; None is not known yet."""
        self._leaving = False
        self._notices: Notices | None = None
        self.tour_wanted = False
        """Whether the next article that opens is for the tour."""
        self.relating: Pending | None = None
        """The statement that is about to be related to another one, in whichever article."""
        self.saver: Saver | None = None
        """What the changes of the article opened last are saved by."""
        self.exporting: Exporting | None = None
        """The export that is under way."""

    def _fatal_error(self) -> None:
        """End without a traceback after a mistake of the program's own; see :attr:`failure`.

        Textual would print one over the terminal.
        """
        self._close_messages_no_wait()

    @property
    def failure(self) -> Exception | None:
        """The mistake that ended the app, for the entry point to word; None if there was none."""
        return self._exception

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen: the article that was named, or the list."""
        session = self._beginning.session
        if session is not None:
            return ReadingScreen(self.database, session, self.annotator)
        return articles.LibraryScreen(self.database)

    def on_mount(self) -> None:
        """Say what is to be noticed of the library, and what adding the articles had to say."""
        self.add_notices((*self._key_warnings, *self.library_notices))
        for warning in self._beginning.warnings:
            self.add_notices([warning.replace(REFRESH_KEY, key_for("refresh"))])
        if self._beginning.to_fetch:
            run_beside(self, self._fetch_named, "dialog", exclusive=True)
        self.set_timer(RESCUE_SECONDS, self.offer_rescue)
        self.set_timer(RESCUE_SECONDS, self._watch)
        self.set_timer(RESCUE_SECONDS, _collect_again)

    def action_suspend_process(self) -> None:
        """Go to the shell, or say that there is none to come back from."""
        from reader.tui.outside import shell_waits

        if shell_waits():
            super().action_suspend_process()
        else:
            self.add_notices([f"No shell waits for this program; {key_for('quit')} leaves it."])

    def on_driver_signal_resume(self) -> None:
        """Draw all of it when the program comes back from the background: the terminal is empty."""
        self.refresh(layout=True)

    async def _fetch_named(self) -> None:
        from reader.tui.opening import fetch_named

        beginning = self._beginning
        await fetch_named(self, beginning.to_fetch, opens=beginning.opens_fetched)

    # ------------------------------------------------------------------ notices

    @property
    def notices(self) -> Notices:
        """What is told at the bottom right."""
        if self._notices is None:
            from reader.tui.notices import Notices

            self._notices = Notices(self)
        return self._notices

    def add_notices(self, texts: Iterable[str]) -> None:
        """Show what is to be noticed; it stays for its time, whatever else is said meanwhile."""
        if told := list(texts):
            self.notices.add(told)

    def add_library_notices(self, notices: Sequence[str]) -> None:
        """Show what has become to be noticed of the library since it was opened."""
        new = [text for text in notices if text not in self.library_notices]
        self.library_notices += new
        self.add_notices(new)

    def clear_notifications(self) -> None:
        """Take away what is said, also what is on its way to be shown."""
        super().clear_notifications()
        self.notices.cleared()

    def on_notify(self, event: Notify) -> None:
        """Drop a message that comes too late; put another where it covers no work."""
        if self.notices.is_late(event):
            event.prevent_default()
        else:
            self.notices.make_way()

    # ------------------------------------------------------------------ keys

    def hold_keys(self) -> None:
        """Keep keys back, because what they mean is about to change."""
        self.key_queue.hold()

    def forget_keys(self) -> None:
        """Drop the keys that were kept: what they were typed for is not going to happen."""
        self.key_queue.forget()

    def let_keys_go(self) -> None:
        """Give the keys that were kept back to what has the focus now."""
        self.key_queue.let_go()

    async def on_event(self, event: events.Event) -> None:
        """Do at once what a key means in the article or the panel; other events go their way."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            clicks = isinstance(event, _CLICKS) and not event.is_forwarded
            if clicks and self._notices is not None:
                self._notices.acted()
            await super().on_event(event)
            if clicks:
                self.key_queue.follow()  # keys wait for what it does, as for that of a key
        elif not self.key_queue.waits(event):
            self.uncover()
            if isinstance(event, events.Key) and await self.quick_keys.take(event):
                self.key_queue.go_on()
            else:
                await super().on_event(event)
                self.key_queue.follow()

    def uncover(self) -> None:
        """Let a message that covers work go with the next key."""
        if self._notices is not None:
            self._notices.uncover()

    def keys_go_to(self) -> Widget | None:
        """Return the article or the panel if keys are commands in it and nothing else takes one."""
        screen = self.screen
        if (
            self.count
            or self.tag_next
            or not isinstance(screen, ReadingScreen)
            or not self.app_focus
        ):
            return None
        return screen.commanded()

    def on_key(self, event: events.Key) -> None:
        """Let the article have a letter that is no command: the name of a mark."""
        screen = self.screen
        if isinstance(screen, ReadingScreen) and screen.takes_key(event):
            event.prevent_default()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send what has changed, and no more of its line than that."""
        super()._display(screen, tight(renderable))

    # ------------------------------------------------------------------ articles

    async def load_session(self, article_uid: str, version: str | None = None) -> Session:
        """Load an article, or an earlier version of it, for the present annotator and codebook.

        Raises:
            ReaderError: It cannot be read.
        """
        annotator, codebook = self.annotator_uid, self.codebook
        return await self.database.run(
            lambda library: load_session(library, article_uid, annotator, codebook, version)
        )

    def action_find(self) -> None:
        """Search the whole library."""
        from reader.tui.finding.opening import find_everywhere

        self.hold_keys()
        run_beside(self, partial(find_everywhere, self), "find", exclusive=True)

    def action_find_highlights(self) -> None:
        """List highlights across the library."""
        from reader.tui.finding.opening import find_highlights

        self.hold_keys()
        run_beside(self, partial(find_highlights, self), "dialog", exclusive=True)

    def action_ledger(self, what: str) -> None:
        """Open a screen that is read across the library."""
        from reader.tui.ledger.opening import open_ledger

        self.hold_keys()
        run_beside(self, partial(open_ledger, self, what), "dialog", exclusive=True)

    def action_sources(self) -> None:
        """List who says things, in all articles."""
        from reader.tui.attributing.sources import open_sources

        self.hold_keys()
        run_beside(self, partial(open_sources, self), "dialog", exclusive=True)

    def action_claims(self) -> None:
        """List the claims that statements make together, across the library."""
        from reader.tui.relating.claims import list_claims

        self._beside_keys(lambda: list_claims(self))

    def action_tour(self) -> None:
        """Go through the tour on the sample article."""
        from reader.tui.touring.sample import take_tour

        run_beside(self, partial(take_tour, self), "tour", exclusive=True)

    def show_error(self, error: ReaderError) -> None:
        """Show what failed, why, and what to do."""
        text = safe(f"{error.message} {error.hint}".strip())
        self.notify(text, severity="error", timeout=10, markup=False)

    # ------------------------------------------------------------------ what others write

    def _watch(self) -> None:
        from reader.tui.saving.ending import end_when_told
        from reader.tui.saving.watching import Watch

        if not self.is_headless:
            end_when_told(self)
        run_beside(self, Watch(self).run, "watch")

    # ------------------------------------------------------------------ what was not saved

    def offer_rescue(self, *, asked: bool = False) -> None:
        """Offer to take in what an earlier run of the program could not save."""
        if any(item.group == "rescue" and not item.is_finished for item in self.workers):
            return
        run_beside(self, partial(self._offer_rescue, asked), "rescue")

    async def _offer_rescue(self, asked: bool) -> None:
        rescuing = await asyncio.to_thread(import_module, "reader.tui.saving.rescuing")
        try:
            await rescuing.offer(self, asked=asked)
        except ReaderError as error:
            self.show_error(error)

    @property
    def at_rest(self) -> bool:
        """Whether nothing is being typed or selected, so that a question may come."""
        screen = self.screen
        if isinstance(screen, ReadingScreen):
            return screen.mode in ("READ", "PANEL") and not self.key_queue.held
        return isinstance(screen, articles.LibraryScreen)

    def finish(self) -> None:
        """See to what is not saved when the app has ended, however it did.

        Raises:
            ReaderError: It can neither be saved nor written to a file.
        """
        if self.saver is not None:
            self.saver.finish()

    # ------------------------------------------------------------------ leaving

    def go_back(self) -> None:
        """Leave the article: to the list, or out when the program was started on a file."""
        from reader.tui.leaving import go_back

        go_back(self)

    def go_to_library(self) -> None:
        """Leave the article for the list, also when the program was started on a file."""
        from reader.tui.leaving import go_to_library

        go_to_library(self)

    def reading_screens(self) -> list[ReadingScreen]:
        """Return the open articles: one, or none in the list of articles."""
        return [screen for screen in self.screen_stack if isinstance(screen, ReadingScreen)]

    async def action_quit(self) -> None:
        """Leave the program; if something cannot be saved, only the second time."""
        if not all(screen.can_leave() for screen in self.reading_screens()):
            if self._leaving:
                self.exit()
            self._leaving = True
            return
        self._leaving = False
        from reader.tui.leaving import leave

        leave(self)

    # ------------------------------------------------------------------ export, annotator

    def export(self, article_uid: str | None, name: str, saver: Saver | None = None) -> None:
        """Ask where to, and write the highlights to a CSV file."""
        from reader.tui.exporting import export_dialog

        uids = None if article_uid is None else [article_uid]
        self._beside_keys(lambda: export_dialog(self, uids, name, saver))

    def change_annotator(self) -> None:
        """Ask who annotates, and go on as that one."""
        from reader.tui.annotator import change_annotator

        self._beside_keys(lambda: change_annotator(self))

    def _beside_keys(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Do something that opens a dialog; keys pressed on the way are for it."""
        screen = self.screen
        if isinstance(screen, AskingScreen):
            screen.work_holding_keys(work, "dialog")

    async def ask(self, dialog: Dialog[Result | None]) -> Result | None:
        """Show a dialog over the article or the list, and return its answer."""
        screen = self.screen
        return await screen.ask(dialog) if isinstance(screen, AskingScreen) else None


def _collect_again() -> None:
    """Look for garbage again, which need not be looked for in what was made at the start."""
    gc.freeze()
    gc.enable()
