"""Starts the interface: the library is opened and Textual imported; whatever can wait, waits."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.domain import signs
from reader.domain.errors import CodebookError, StorageError
from reader.domain.untrusted import safe
from reader.services.launch import Launch
from reader.tui import quick_import

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path
    from types import ModuleType

    from reader.services.reading.beginning import Beginning
    from reader.tui.app import ReaderApp
    from reader.tui.saving.database import Database


PATIENCE_S = 0.8
"""How long nothing is said of what holds up the screen, such as another program's lock, in s."""

LOCK_MS = 1_000
"""How long the screen waits for another program's lock, in ms: what is not saved then is tried
again, and meanwhile whatever else needs the library gets its turn."""


def run(launch: Launch, *, painted: bool = False) -> int:
    """Open the screen and return the exit status when the user has left it.

    Args:
        launch: What it is opened on.
        painted: Whether the article's first words stand on the terminal's other screen.

    Raises:
        ReaderError: The library or what was named cannot be opened; the terminal was not touched.
    """
    if launch.settings.changes_keys:
        from reader.tui.commands import use_keys

        use_keys(launch.settings)  # refuse what is wrong with them before the screen opens
    trusted = launch.settings.symbols == "unicode"
    signs.prepare(sys.__stderr__, os.environ, trusted=trusted)  # where the interface writes
    quick_import.import_asyncio()
    from reader.services.reading.beginning import Waiting, begin
    from reader.tui.saving.database import Database

    told = _nobody if painted else _say_on_stderr
    database = Database(launch.database, told=told)
    waiting = Waiting(told)
    try:
        opening = database.submit(
            lambda library: begin(
                library,
                launch.annotator,
                launch.codebook,
                launch.targets,
                launch.stdin,
                waiting,
                later=database.now,
            )
        )
        try:
            beginning = _awaited(opening, f"Opening {launch.database.name} …", told)
        except CodebookError as error:
            if launch.codebook == launch.settings.codebook:
                launch.settings.blame("codebook", error)
            raise
        database.submit(lambda library: library.wait_for_locks(LOCK_MS))
        return _paint_and_open(database, beginning, launch, painted=painted)
    finally:
        waiting.cancel()
        database.close()


def _awaited(opening: Future[Beginning], words: str, told: Callable[[str], None]) -> Beginning:
    """Wait for what the screen begins with, and say that it is coming if it takes long."""
    try:
        return opening.result(PATIENCE_S)
    except TimeoutError:
        told(words)
        try:
            return opening.result()
        finally:
            told("")


def _nobody(words: str) -> None:
    """Say nothing: the article's first words stand where it would go."""


def _say_on_stderr(words: str) -> None:
    """Say how far the reading of a long file is, over what was said before."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{safe(words)[:79]}")
        sys.stderr.flush()


def _paint_and_open(
    database: Database, beginning: Beginning, launch: Launch, *, painted: bool
) -> int:
    """Write the first words of what was not in the library before, then open the screen."""
    from reader.tui import first_paint, first_words

    added = not painted and beginning.session is not None and first_words.write_again(launch)
    try:
        return _open(database, beginning, launch, painted=painted or added)
    except BaseException:
        if added:
            first_paint.give_back()
        raise


def _open(database: Database, beginning: Beginning, launch: Launch, *, painted: bool) -> int:
    if signs.lacks_colors(os.environ):
        os.environ["NO_COLOR"] = "1"  # what Textual knows, and an editor opened from here
    quick_import.import_textual()
    asked = _ask_early(launch)
    try:
        from reader.tui.app import ReaderApp

        typed = asked.come() if asked else None
        app = ReaderApp(database, beginning, settings=launch.settings)
        app.tour_wanted, app.typed_early = launch.tour, typed
        return _run(app, painted=painted)
    finally:
        if asked:
            asked.drop()


def _run(app: ReaderApp, *, painted: bool) -> int:
    from reader.tui.undocumented import hand_over_quickly, keep_screen, without_threads

    if not without_threads(app):
        hand_over_quickly(app)
    if painted:
        keep_screen(app)
    try:
        app.run()
    finally:
        app.finish()
    if app.failure is not None:
        raise app.failure
    return _tell_of_unsaved(app) or app.return_code or 0


def _ask_early(launch: Launch) -> ModuleType | None:
    """Ask the terminal for its background if it never told; return what knows the answer then."""
    from reader.tui.look import themes

    if launch.settings.theme != themes.AUTO or not themes.was_never_told(os.environ):
        return None
    from reader.tui.look import early  # late: at the first start in a kind of terminal only

    return early if early.ask() else None


def _tell_of_unsaved(app: ReaderApp) -> int:
    """Say where what could not be saved is kept, and return the exit status."""
    kept = app.saver.rescue_file if app.saver is not None else None
    if kept is None:
        return 0
    with suppress(OSError):  # the terminal may be gone
        _write_where_kept(app, kept)
    return StorageError.exit_code


def _write_where_kept(app: ReaderApp, kept: Path) -> None:
    sys.stderr.write(safe(f"NOT SAVED: what could not be saved is kept in {kept}.") + "\n")
    sys.stderr.write("  The next start offers to take it in; `reader rescue` shows it.\n")
    if app.saver is not None and app.saver.copy is not None:
        sys.stderr.write(
            safe(f"  The library is gone. Before, copy {app.saver.copy} to {app.database.path}.")
            + "\n"
        )
