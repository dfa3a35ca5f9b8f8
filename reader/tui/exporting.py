"""The export dialog and the work behind it: off the event loop, with a message at the end."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.untrusted import safe
from reader.storage.library import Library
from reader.tui.saving.saver import Saver

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook
    from reader.tui.app import ReaderApp
    from reader.tui.screens.dialogs.export import ExportChoice


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
    articles = await app.database.run(lambda library: library.lists.count())
    choice = await app.ask(
        ExportDialog(
            str(here / file_name(name)),
            str(here / "highlights.csv"),
            chosen=len(uids or ()),
            articles=articles,
        )
    )
    app.let_keys_go()  # writing may take its time
    if choice is None:
        return
    if saver is not None:
        await saver.settled()
    wanted = None if choice.all_articles else uids
    path, codebook = app.database.path, app.library_codebook

    def write() -> str:
        """Export on a connection of its own: saving goes on meanwhile."""
        with Library.for_reading(path) as library:
            return WRITERS[choice.format](library, wanted, choice, codebook)

    try:
        result = await asyncio.to_thread(write)
    except ReaderError as error:
        app.show_error(error)
        return
    app.notify(safe(f"Wrote {result} to {choice.path}"), timeout=6, markup=False)


Uids = Sequence[str] | None
"""The articles to write; None is all."""


def _csv(library: Library, uids: Uids, choice: ExportChoice, codebook: Codebook) -> str:
    from reader.services.exchange.exporting import export_csv

    result = export_csv(
        library,
        uids,
        choice.path,
        codebook=codebook,
        spreadsheet=choice.spreadsheet,
        all_statements=choice.all_statements,
        force=True,
    )
    return f"{result.rows:,} rows"


def _markdown(library: Library, uids: Uids, choice: ExportChoice, codebook: Codebook) -> str:
    from reader.services.exchange.reporting import export_markdown

    result = export_markdown(
        library, uids, choice.path, codebook=codebook, with_history=choice.history, force=True
    )
    return f"a report of {result.rows:,} highlights"


def _jsonl(library: Library, uids: Uids, choice: ExportChoice, codebook: Codebook) -> str:
    from reader.services.exchange.logs import export_jsonl

    return f"{export_jsonl(library, choice.path, force=True):,} records"


WRITERS: dict[str, Callable[[Library, Uids, ExportChoice, Codebook], str]] = {
    "csv": _csv,
    "markdown": _markdown,
    "jsonl": _jsonl,
}
"""Writes each format of the registry, and says what was written."""
