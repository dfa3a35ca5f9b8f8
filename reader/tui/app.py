"""The app: themes, the two screens, and what belongs to neither."""

from __future__ import annotations

import asyncio
import gc
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual.binding import Binding, BindingType
from textual.screen import Screen

from reader import assets
from reader.domain.errors import ReaderError
from reader.domain.late import Late
from reader.services.reading.beginning import REFRESH_KEY, Beginning, load_session
from reader.services.reading.session import Session
from reader.services.settings.fields import Settings
from reader.tui.asking import AskingScreen, Result, Work, run_beside
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

    from reader.tui import annotator, exporting, leaving
    from reader.tui.attributing import sources
    from reader.tui.exporting import Exporting
    from reader.tui.finding import opening as finding
    from reader.tui.ledger import opening as ledger
    from reader.tui.library import screen as articles
    from reader.tui.reading import plain
    from reader.tui.relating import claims
    from reader.tui.relating.pending import Pending
    from reader.tui.screens.dialogs.base import Dialog
    from reader.tui.touring import sample as touring
else:
    annotator = Late("reader.tui.annotator")
    articles = Late("reader.tui.library.screen")
    claims = Late("reader.tui.relating.claims")
    exporting = Late("reader.tui.exporting")
    finding = Late("reader.tui.finding.opening")
    leaving = Late("reader.tui.leaving")
    ledger = Late("reader.tui.ledger.opening")
    plain = Late("reader.tui.reading.plain")
    sources = Late("reader.tui.attributing.sources")
    touring = Late("reader.tui.touring.sample")

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
        if self.settings.plain:
            self.settings.panel = "auto"  # away at first, wherever other windows have it
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
        self._beginning = beginning
        self.listed: array[int] | None = None
        """The articles that `J` and `K` go through, by their local ids; None is not known yet."""
        self.named = beginning.named
        """What the command line named: in one of these articles `J` and `K` go through them, until
        an article is opened from the list."""
        self._leaving = False
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
            return self.screen_for(session)
        return articles.LibraryScreen(self.database)

    def screen_for(self, session: Session) -> ReadingScreen:
        """Return a screen that shows an article; in plain mode one that tells it in words."""
        kind = plain.PlainReadingScreen if self.plain else ReadingScreen
        return kind(self.database, session, self.annotator)

    def on_mount(self) -> None:
        """Say what is to be noticed of the library, and what adding the articles had to say."""
        self.add_notices((*self._key_warnings, *self.library_notices))
        for warning in self._beginning.warnings:
            self.add_notices([warning.replace(REFRESH_KEY, key_for("refresh"))])
        if self._beginning.to_fetch:
            run_beside(self, self._fetch_named, "fetch")
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

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send what has changed, and no more of its line than that."""
        super()._display(screen, tight(renderable))

    # ------------------------------------------------------------------ articles

    async def load_session(self, article_uid: str, version: str | None = None) -> Session:
        """Load an article, or an earlier version of it, for the present annotator and codebook.

        Raises:
            ReaderError: It cannot be read.
        """
        reader, codebook = self.annotator_uid, self.codebook
        return await self.database.run(
            lambda library: load_session(library, article_uid, reader, codebook, version)
        )

    def action_find(self) -> None:
        """Search the whole library."""
        self._open(partial(finding.find_everywhere, self), "find")

    def action_find_highlights(self) -> None:
        """List highlights across the library."""
        self._open(partial(finding.find_highlights, self), "find")

    def action_ledger(self, what: str) -> None:
        """Open a screen that is read across the library."""
        self._open(partial(ledger.open_ledger, self, what), "ledger")

    def action_sources(self) -> None:
        """List who says things, in all articles."""
        self._open(partial(sources.open_sources, self), "sources")

    def _open(self, opening: Work, group: str) -> None:
        """Open a screen that tells itself what fails; keys pressed on the way are for it."""
        run_beside(self, opening, group, exclusive=True, holds_keys=True)

    def action_claims(self) -> None:
        """List the claims that statements make together, across the library."""
        self._beside_keys(lambda: claims.list_claims(self))

    def action_tour(self) -> None:
        """Go through the tour on the sample article."""
        run_beside(self, partial(touring.take_tour, self), "tour", exclusive=True)

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
        leaving.go_back(self)

    def go_to_library(self) -> None:
        """Leave the article for the list, also when the program was started on a file."""
        leaving.go_to_library(self)

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
        leaving.leave(self)

    # ------------------------------------------------------------------ export, annotator

    def export(self, article_uid: str | None, name: str, saver: Saver | None = None) -> None:
        """Ask where to, and write the highlights to a CSV file."""
        uids = None if article_uid is None else [article_uid]
        self._beside_keys(lambda: exporting.export_dialog(self, uids, name, saver))

    def change_annotator(self) -> None:
        """Ask who annotates, and go on as that one."""
        self._beside_keys(lambda: annotator.change_annotator(self))

    def _beside_keys(self, work: Work) -> None:
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
