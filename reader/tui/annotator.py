"""Asks who annotates, and goes on as that one. Import late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.suggester import SuggestFromList

from reader.domain.errors import ReaderError
from reader.domain.untrusted import safe
from reader.services.annotators import known_handles
from reader.services.places import check_handle
from reader.tui.commands import key_name
from reader.tui.opening import reload
from reader.tui.reading.screen import ReadingScreen
from reader.tui.screens.dialogs.prompt import PromptDialog

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def change_annotator(app: ReaderApp) -> None:
    """Ask for a name; another one has the article, or the list, shown as that annotator's.

    Raises:
        ReaderError: The library cannot be read or written.
    """
    known = await app.database.run(known_handles)
    handle = await app.ask(_dialog(app.annotator, known))
    if handle is None or check_handle(handle) == app.annotator:
        return
    screen, name = app.screen, check_handle(handle)
    if isinstance(screen, ReadingScreen) and not (screen.can_leave() and await screen.settled()):
        return
    app.annotator_uid = await app.database.run(lambda library: library.annotator(name))
    app.annotator, app.listed = name, None
    if isinstance(screen, ReadingScreen):
        screen.show_other(await app.load_session(screen.session.opened.article.uid))
    else:
        await reload(app)


def _dialog(now: str, known: Sequence[str]) -> PromptDialog:
    """Return the question; a name that nobody has yet is asked of once more."""

    def asks(handle: str) -> str:
        name = check_handle(handle)
        there = name == now or name in known
        return "" if there else f"No annotator “{name}” yet: Enter again makes one."

    names = [name for name in known if safe(name) == name]
    return PromptDialog(
        "Who annotates?",
        f"Name: typing replaces what is there. {_listed(names)}".strip(),
        now,
        _problem,
        suggester=SuggestFromList(names, case_sensitive=False),
        asks=asks,
        replaces=True,
    )


_MOST_LISTED = 12
"""Names that are listed; all are completed."""


def _listed(names: Sequence[str]) -> str:
    """Return a sentence on who there is; nothing if that is nobody."""
    if not names:
        return ""
    more = f" and {len(names) - _MOST_LISTED:,} more" if names[_MOST_LISTED:] else ""
    listed = f"{', '.join(names[:_MOST_LISTED])}{more}"
    return f"Known: {listed}. {key_name('right')} completes one."


def _problem(handle: str) -> str:
    """Return what is wrong with a name, or an empty string."""
    try:
        check_handle(handle)
    except ReaderError as error:
        return error.message
    return ""
