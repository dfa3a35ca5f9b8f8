"""Undo and redo, in turn with what is being saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.operation import now
from reader.storage.library import Library
from reader.tui.commands import key_for
from reader.tui.reading.base import AT_ONCE, PATIENCE_S, ReadingBase

if TYPE_CHECKING:
    from reader.services.annotating import history
    from reader.services.reading.session import Session
    from reader.tui import many

    Step = Callable[[Library, str | None, str], history.Reversed | None]
    """Undo or redo in the library: article and annotator in, what it did out."""
else:
    history = Late("reader.services.annotating.history")
    many = Late("reader.tui.many")


class Undoing(ReadingBase):
    """``u`` and Ctrl-R."""

    def leave_select(self) -> None:
        """Leave SELECT, if that is the mode."""
        raise NotImplementedError

    def show_other(self, session: Session) -> None:
        """Show another article, or this one in another version."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Take back the last thing done in this article."""
        self._reverse(history.undo, "Undid", "Nothing to undo in this article.")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._reverse(history.redo, "Did again", "Nothing to do again.")

    def _reverse(self, step: Step, done: str, nothing: str) -> None:
        self.leave_select()
        if not self.may_change():
            return
        self.turns.take(lambda: self._begin(step, done, nothing))

    def _begin(self, step: Step, done: str, nothing: str) -> None:
        self.turns.begin()
        self.work(lambda: self._in_turn(step, done, nothing), "undo", exclusive=False)

    async def _in_turn(self, step: Step, done: str, nothing: str) -> None:
        """Undo or redo after everything that was done before is saved; edits after it wait."""
        session = self.session
        article, annotator = session.annotations.article_uid, session.annotations.annotator_uid
        try:
            if not await self.saver.tried():
                keys = f"{key_for('undo')} and {key_for('redo')}"
                self.say(f"The last changes are NOT SAVED yet; {keys} must wait.", error=True)
                return
            with many.no_search_for_garbage():
                result = await self._from_library(step, article, annotator)
                if result is None:
                    self.say(nothing)
                    return
                if result.version:
                    self.show_other(await self.app.load_session(article))
                else:
                    await self._show(result)
            self.saver.note_saved(now())
            self.say(f"{done}: {result.summary}")
        finally:
            self.turns.end()

    async def _from_library(
        self, step: Step, article: str, annotator: str
    ) -> history.Reversed | None:
        """Undo or redo in the library; what takes longer than a moment is told."""
        loop = asyncio.get_running_loop()
        told = loop.call_later(PATIENCE_S, self.say, "The library is at it …")
        try:
            return await self.database.run(lambda library: step(library, article, annotator))
        finally:
            told.cancel()

    async def _show(self, result: history.Reversed) -> None:
        """Show what an undo or redo did, and where."""
        if len(result.highlights) > AT_ONCE:
            steps = self.session.take_back_in_steps(result)
            where = self._place_of(result)
            await self.in_slices(steps, result.summary)
        else:
            where = self._place_of(result)
            self.session.take_back(result)
        if result.overall:
            self.overall_changed()
        if result.details:
            self.details_changed()
        self.beside_changed({*result.beside, *result.highlights})
        self.marks_changed(structure=bool(result.roles))
        self._go_where(where)
        self.refresh_panel()
        if self.mode == "PANEL":
            self.follow_panel()
        else:
            self.after_move()
        self.facts_changed()
        self.count_again()

    def marks_changed(self, *, structure: bool) -> None:
        """Show the marks as they are now; a target that is gone is one no more."""
        self.pane.refresh_marks()
        self.suggest_again(anew=True)
        if structure:
            self.structure_changed()
        index = self.session.annotations.index
        if self.target_uid and index.get(self.target_uid) is None:
            self.target_uid = None
            self.pane.set_target(None)

    def _place_of(self, result: history.Reversed) -> Highlight | None:
        """Return what to look at: a highlight on the screen, else a live one, else another."""
        known = self.session.annotations.index
        here = (item for item in known.overlapping(*self.pane.visible_span()))
        seen = next((item for item in here if item.uid in result.highlights), None)
        there = (item for uid in result.highlights if (item := known.get(uid)))
        return seen or result.first or next(there, None)

    def _go_where(self, where: Highlight | None) -> None:
        """Move to a highlight that is off the screen, or is the entry to be shown in the panel."""
        if where is None:
            return
        live = self.session.annotations.index.get(where.uid)
        if self.mode == "PANEL":
            self.entry_uid = where.uid if live else self.entry_uid
        elif not where.span.overlaps(self.pane.visible_span()):
            if live is not None:
                self.go_to_highlight(live)
            else:
                self.go(self.session.document.statement_at(where.start))
