"""The details of an article from the list: the same dialog as in the article. Import late.

What is done in it belongs to the list, whose undo takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.article import Metadata
from reader.domain.errors import ChangedMeanwhile, ReaderError, StorageError
from reader.domain.operation import Change, Group, now
from reader.services.annotating.overall import LABELLED, OverallEdit, WholeArticle
from reader.services.library import changes
from reader.services.reading.session import Session
from reader.storage.drafts import NOTE
from reader.tui.commands import key_for
from reader.tui.reading import late_reasons
from reader.tui.reading.overall import NOTE_DRAFT
from reader.tui.saving.saver import Saver, SaveState
from reader.tui.saving.trouble import Trouble
from reader.tui.screens.dialogs import late_details
from reader.tui.screens.dialogs.details import DetailsDialog
from reader.tui.screens.dialogs.details_met import BOTH_NOTES, joined_note

if TYPE_CHECKING:
    from reader.tui.library.screen import LibraryScreen
    from reader.tui.screens.dialogs.late_details import LateDetails


async def show_details(screen: LibraryScreen, uid: str) -> None:
    """Show what is known and said of an article; each change is saved at once.

    What cannot be saved is tried again, and kept in the rescue file meanwhile, as in the article.

    Raises:
        ReaderError: The article cannot be read, or the library refuses a change for good.
    """
    session = await screen.app.load_session(uid)
    await _Details(screen, session).show()


class _Details:
    """What the dialog shows and changes, without the article's screen."""

    def __init__(self, screen: LibraryScreen, session: Session) -> None:
        self._screen, self._session = screen, session
        known = session.annotations
        self._where = (known.annotator_uid, known.version_uid, *NOTE_DRAFT)
        self._saver = Saver(screen.database, self._stands, self._not_taken, self._rescued)
        self._trouble = Trouble(screen, self._saver)
        self._refused: ReaderError | None = None
        self._late_note = ""
        self._late_labels: Sequence[Change] = ()
        self._late: LateDetails | None = None
        self._both = False
        self._done: list[str] = []
        self._open = True

    async def show(self) -> None:
        database, known = self._screen.database, self._session.annotations
        self._session.overall, labels, draft = await database.run(
            lambda library: (
                library.overall.get(known.article_uid, known.annotator_uid),
                list(library.overall.label_counts()),
                library.drafts.get(*self._where),
            )
        )
        late = self._late = await late_details.take(database, known)
        dialog = DetailsDialog(
            self._session, labels, draft, self._perform, self._edit, self._keep_typed, late.typed
        )
        if late.typed:
            self._screen.unsay_error()  # the dialog tells it from now on
            self._screen.unsay()
        app = self._screen.app
        before, app.saver = app.saver, self._saver  # which has the rescue file, if reader is left
        await self._screen.ask(dialog)
        self._open = False
        late.forget()
        await self._all_saved()
        while self._late_note or self._late_labels:
            await self._keep_both()
        app.saver = before
        if draft is not None or dialog.drafted:
            self._saver.drop_draft(self._where)
            await database.run(lambda library: library.drafts.drop(*self._where))
        if self._done:
            await self._screen.load()
            said = "; ".join(self._done)
            undo = f"{key_for('undo')} takes {'it' if len(self._done) == 1 else 'each'} back"
            both = f"{BOTH_NOTES} " if self._both else ""
            self._screen.say(f"{both}{said[:1].upper()}{said[1:]}. {undo}.", error=self._both)

    async def _keep_both(self) -> None:
        """Put note and labels beside what another window has written meanwhile."""
        known, text, labels = self._session.annotations, self._late_note, self._late_labels
        self._late_note, self._late_labels, self._both = "", (), self._both or bool(text)
        found = await self._screen.database.run(
            lambda library: library.overall.get(known.article_uid, known.annotator_uid)
        )
        self._session.overall = found
        note = joined_note("", found.note or "", text)
        if text:
            self._perform(lambda whole: whole.with_note(note))
        self._perform(lambda whole: whole.with_labels_of(labels))
        await self._all_saved()

    def _perform(self, make: Callable[[WholeArticle], OverallEdit]) -> None:
        """Say something of the article."""
        session, known = self._session, self._session.annotations
        if session.overall is None or not self._screen.may_change():
            return
        edit = make(WholeArticle(known.article_uid, known.annotator_uid, session.overall))
        if edit.group.changes:
            session.overall = edit.after
            self._save(edit.group)

    def _edit(self, given: Mapping[str, str], known: Metadata) -> None:
        """Give the article other details than those that were shown."""
        seen = replace(self._session.opened.article, metadata=known)
        made = tuple(changes.with_details(seen, given))
        if made and self._screen.may_change():
            if self._late is not None:
                self._late.forget()
            actor, told = self._session.annotations.annotator_uid, f"details: {', '.join(given)}"
            self._save(Group(changes.DETAILS_GIVEN, actor, None, made, summary=told))

    def _save(self, group: Group) -> None:
        self._saver.save(replace(group, article_uid=None))
        self._done.append(group.summary)

    # ------------------------------------------------------------------ how saving stands

    async def _all_saved(self) -> None:
        """Wait until all is saved, however long; then the list has it.

        Raises:
            ReaderError: The library has refused something for good.
        """
        if not await self._saver.tried():
            from reader.tui.saving.unsaved import UnsavedDialog  # late: seldom needed

            self._screen.unsay_error()  # it is told in the dialog from now on
            self._screen.unsay()
            await self._screen.ask(UnsavedDialog(self._saver, self._trouble))
        if self._refused is not None:
            raise self._refused

    def _stands(self, state: SaveState, error: StorageError | None) -> None:
        if error is not None:
            self._trouble.failed(error)
        elif state is SaveState.SAVED:
            self._trouble.ended()

    def _not_taken(self, group: Group, error: ReaderError) -> None:
        self._done.remove(group.summary)
        notes = [change.patch.get("note") for change in group.changes]
        if group.kind == "article-note" and notes[0] and isinstance(error, ChangedMeanwhile):
            self._late_note = notes[0]
        elif group.kind == LABELLED and isinstance(error, ChangedMeanwhile):
            self._late_labels = group.changes
        else:
            known = self._session.annotations
            what = self._screen.database, known, group
            told = late_reasons.refused(*what, late_details.refused(*what, error))
            self._refused = self._refused or told

    def _rescued(self, path: Path | None, error: ReaderError | None) -> None:
        self._trouble.rescued(path, error)

    def _keep_typed(self, text: str) -> None:
        """Keep the note that is being typed, against a crash."""
        database = self._screen.database
        if database.read_only:
            return
        if self._saver.failing:
            self._saver.rescue.keep_draft(self._where, text, NOTE)
        keep = lambda library: library.drafts.keep(*self._where, text, now())  # noqa: E731 - given on
        database.tell(keep, partial(self._kept, text))

    def _kept(self, text: str, _: None, error: BaseException | None) -> None:
        """Keep in the rescue file what the library cannot keep of the note."""
        if error is None:
            self._saver.drop_draft(self._where)
        elif self._open:
            self._saver.rescue.keep_draft(self._where, text, NOTE)
