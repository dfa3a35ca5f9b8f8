"""The details of an article from the list: the same dialog as in the article. Import late.

What is done in it belongs to the list, whose undo takes it back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.operation import Group, now
from reader.services.annotating.overall import OverallEdit, WholeArticle
from reader.services.library import changes
from reader.services.reading.session import Session
from reader.storage.library import Library
from reader.tui.commands import key_for
from reader.tui.reading.overall import NOTE_DRAFT
from reader.tui.screens.dialogs.details import DetailsDialog

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.tui.library.screen import LibraryScreen


async def show_details(screen: LibraryScreen, uid: str) -> None:
    """Show what is known and said of an article; each change is saved at once.

    Raises:
        ReaderError: The article cannot be read, or something could not be saved.
    """
    session = await screen.app.load_session(uid)
    await _Details(screen, session).show()


class _Details:
    """What the dialog shows and changes, without the article's screen."""

    def __init__(self, screen: LibraryScreen, session: Session) -> None:
        self._screen, self._session = screen, session
        known = session.annotations
        self._where = (known.annotator_uid, known.version_uid, *NOTE_DRAFT)
        self._saved: list[Future[object]] = []
        self._done: list[str] = []

    async def show(self) -> None:
        database, known = self._screen.database, self._session.annotations
        self._session.overall, labels, draft = await database.run(
            lambda library: (
                library.overall.get(known.article_uid, known.annotator_uid),
                list(library.overall.label_counts()),
                library.drafts.get(*self._where),
            )
        )
        dialog = DetailsDialog(
            self._session, labels, draft, self._perform, self._edit, self._keep_typed
        )
        await self._screen.ask(dialog)
        await asyncio.gather(*map(asyncio.wrap_future, self._saved))
        if draft is not None or dialog.drafted:
            await database.run(lambda library: library.drafts.drop(*self._where))
        if self._done:
            await self._screen.load()
            said = "; ".join(self._done)
            undo = f"{key_for('undo')} takes {'it' if len(self._done) == 1 else 'each'} back"
            self._screen.say(f"{said[:1].upper()}{said[1:]}. {undo}.")

    def _perform(self, make: Callable[[WholeArticle], OverallEdit]) -> None:
        """Say something of the article."""
        session, known = self._session, self._session.annotations
        if session.overall is None or not self._screen.may_change():
            return
        edit = make(WholeArticle(known.article_uid, known.annotator_uid, session.overall))
        if edit.group.changes:
            session.overall = edit.after
            self._save(edit.group)

    def _edit(self, given: Mapping[str, str]) -> None:
        """Give the article other details."""
        made = tuple(changes.with_details(self._session.opened.article, given))
        if made and self._screen.may_change():
            actor = self._session.annotations.annotator_uid
            self._save(Group("details", actor, None, made, summary=f"details: {', '.join(given)}"))

    def _save(self, group: Group) -> None:
        of_the_list = replace(group, article_uid=None)
        commit: Callable[[Library], object] = lambda library: library.log.commit(  # noqa: E731 - given on as it is
            of_the_list, guarded=True
        )
        self._saved.append(self._screen.database.submit(commit))
        self._done.append(group.summary)

    def _keep_typed(self, text: str) -> None:
        """Keep the note that is being typed, against a crash."""
        if not self._screen.database.read_only:
            self._screen.database.submit(
                lambda library: library.drafts.keep(*self._where, text, now())
            )
