"""The export dialog and the work behind it: off the event loop, with a message at the end."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.records import dataclass
from reader.domain.untrusted import safe
from reader.services.exchange.watching import Cancelled, articles_of
from reader.storage.library import Library
from reader.tui.asking import run_beside
from reader.tui.saving.saver import Saver

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook
    from reader.tui.app import ReaderApp
    from reader.tui.screens.dialogs.export import ExportChoice
    from reader.tui.widgets.statusbar import StatusBar

PATIENCE_S = 0.3
"""How long it may take before it says how far it is."""

TELL_EVERY_S = 0.25
"""Pause between two words on it."""

BREATH_S = 0.002
"""Pause after some hundred rows, in which the interface has the interpreter for itself."""


def file_name(name: str) -> str:
    """Return a file name made of an article's name: letters, digits and hyphens, at most 60."""
    words = re.sub(r"[^\w]+", "-", safe(name), flags=re.UNICODE).strip("-_")
    return f"{words[:60].rstrip('-') or 'highlights'}.csv"


async def export_dialog(
    app: ReaderApp, uids: Sequence[str] | None, name: str, saver: Saver | None
) -> None:
    """Ask where to, write the file when everything is saved, and say what was written.

    Args:
        app: The app.
        uids: The open article, or those marked in the list; None is all of them.
        name: What the file is called at first.
        saver: What the open article's changes are saved by.
    """
    from reader.tui.screens.dialogs.export import ExportDialog

    here = Path.cwd()
    articles, people = await app.database.run(
        lambda library: (library.lists.count(), len(library.annotators.everybody()))
    )
    choice = await app.ask(
        ExportDialog(
            str(here / file_name(name)),
            str(here / "highlights.csv"),
            str(here / "library.csv"),
            chosen=len(uids or ()),
            articles=articles,
            shared=people > 1,
        )
    )
    if choice is None:
        return
    run_beside(app, Exporting(app, uids, choice, saver).run, "export")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is written, where the format leaves a choice.

    Attributes:
        uids: The articles; None is all.
        codebook: Whose tags the columns or the legend are of.
        annotator: Uid of whose work it is; None is everybody's.
    """

    uids: Sequence[str] | None
    codebook: Codebook
    annotator: str | None

    def by(self, library: Library) -> Sequence[str] | None:
        """Return the uids of all who are that annotator, or None."""
        return library.annotators.persons(self.annotator) if self.annotator else None


class Exporting:
    """One export: it says in the last line how far it is, and is given up with Esc.

    Args:
        app: The app.
        uids: The open article, or those marked in the list; None is all of them.
        choice: What was chosen in the dialog.
        saver: What the open article's changes are saved by.
    """

    def __init__(
        self, app: ReaderApp, uids: Sequence[str] | None, choice: ExportChoice, saver: Saver | None
    ) -> None:
        self._app, self._choice, self._saver = app, choice, saver
        self._of = Wanted(
            None if choice.all_articles else uids,
            app.library_codebook,
            app.annotator_uid if choice.only_mine else None,
        )
        self._path = app.database.path
        self._rows = self._total = 0
        self._stopped = False
        self._bar: StatusBar | None = None

    def stop(self) -> None:
        """Give it up: the old file, if there is one, stays as it is."""
        self._stopped = True

    async def run(self) -> None:
        """Write the file when everything is saved, and say what was written."""
        if self._app.exporting is not None:
            self._app.notify("Another export is not ended yet; Esc gives that up.", timeout=4)
            return
        self._app.exporting = self
        try:
            if self._saver is not None:
                await self._saver.settled()
            result = await self._written()
        except Cancelled:
            self._app.notify(safe(f"Given up: {self._choice.path} was not written."), timeout=6)
        except ReaderError as error:
            self._app.show_error(error)
        else:
            told = safe(f"Wrote {result} to {self._choice.path}")
            self._app.notify(told, timeout=6, markup=False)
        finally:
            self.stop()  # the thread goes on until it asks
            self._app.exporting = None
            self._show("")

    async def _written(self) -> str:
        """Write in a thread, and tell now and then how far it is."""
        work = asyncio.create_task(asyncio.to_thread(self._write))
        pause = PATIENCE_S
        while not (await asyncio.wait({work}, timeout=pause))[0]:
            pause = TELL_EVERY_S
            of = f" of {self._total:,}" if 0 < self._total >= self._rows else ""
            self._show(f"export: {self._rows:,}{of} rows, Esc gives up")
        return work.result()

    def _show(self, text: str) -> None:
        """Say how far it is in the last line of the article or the list on show."""
        shown = (getattr(screen, "status_bar", None) for screen in self._app.screen_stack[::-1])
        bar: StatusBar | None = next(filter(None, shown), None)
        if self._bar is not None and self._bar is not bar:
            self._bar.set_progress("")
        self._bar = bar
        if bar is not None:
            bar.set_progress(text)

    # ------------------------------------------------------------------ in the thread

    def _write(self) -> str:
        """Export on a connection of its own: saving goes on meanwhile."""
        with Library.for_reading(self._path) as library:
            if not (self._choice.all_statements or self._choice.only_mine):
                self._total = _total(library, self._of.uids, self._choice)
            writer = WRITERS[self._choice.format]
            return writer(library, self._of, self._choice, self._progress)

    def _progress(self, rows: int) -> None:
        """Note how far it is, and let keys come first.

        Raises:
            Cancelled: It was given up.
        """
        self._rows = rows
        if self._stopped:
            raise Cancelled
        time.sleep(BREATH_S)


def _total(library: Library, uids: Sequence[str] | None, choice: ExportChoice) -> int:
    """Return of how many rows it is, at least."""
    if choice.format == "jsonl":
        return library.log.newest()
    versions = [article.version_uid for article in articles_of(library, uids)]
    return library.highlights.count(versions)


Progress = Callable[[int], None]
"""Told the number of rows so far."""


def _csv(library: Library, of: Wanted, choice: ExportChoice, progress: Progress) -> str:
    from reader.services.exchange.exporting import export_csv

    result = export_csv(
        library,
        of.uids,
        choice.path,
        codebook=of.codebook,
        by=of.by(library),
        spreadsheet=choice.spreadsheet,
        all_statements=choice.all_statements,
        force=True,
        progress=progress,
    )
    return f"{result.rows:,} rows"


def _markdown(library: Library, of: Wanted, choice: ExportChoice, progress: Progress) -> str:
    from reader.services.exchange.reporting import export_markdown

    result = export_markdown(
        library,
        of.uids,
        choice.path,
        codebook=of.codebook,
        by=of.by(library),
        with_history=choice.history,
        force=True,
        progress=progress,
    )
    return f"a report of {result.rows:,} highlights"


def _jsonl(library: Library, of: Wanted, choice: ExportChoice, progress: Progress) -> str:
    from reader.services.exchange.logs import export_jsonl

    records = export_jsonl(library, choice.path, force=True, progress=progress)
    return f"{records:,} records"


WRITERS: dict[str, Callable[[Library, Wanted, ExportChoice, Progress], str]] = {
    "csv": _csv,
    "markdown": _markdown,
    "jsonl": _jsonl,
}
"""Writes each format of the registry, and says what was written."""
