"""Undo and redo, in turn with what is being saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.operation import now
from reader.storage.library import Library
from reader.tui.screens.reading_base import ReadingBase

if TYPE_CHECKING:
    from reader.services import history
    from reader.services.session import Session

    Step = Callable[[Library, str | None, str], history.Reversed | None]
    """Undo or redo in the library: article and annotator in, what it did out."""
else:
    history = Late("reader.services.history")


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
                self.say("The last changes are NOT SAVED yet; u and Ctrl-R must wait.", error=True)
                return
            result = await self.database.run(lambda library: step(library, article, annotator))
            if result is None:
                self.say(nothing)
                return
            if result.version:
                self.show_other(await self.app.load_session(article))
            else:
                self._show(result)
            self.saver.note_saved(now())
            self.say(f"{done}: {result.summary}")
        finally:
            self.turns.end()

    def _show(self, result: history.Reversed) -> None:
        """Show what an undo or redo did, and where."""
        where = self._place_of(result)
        self.session.take_back(result)
        if result.overall:
            self.overall_changed()
        if result.details:
            self.details_changed()
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
        if structure:
            self.structure_changed()
        index = self.session.annotations.index
        if self.target_uid and index.get(self.target_uid) is None:
            self.target_uid = None
            self.pane.set_target(None)

    def _place_of(self, result: history.Reversed) -> Highlight | None:
        """Return what to look at: a highlight on the screen, else a live one, else another."""
        known = self.session.annotations.index
        there = [item for uid in result.highlights if (item := known.get(uid))]
        seen = self.pane.visible_span()
        here = (item for item in there if item.span.overlaps(seen))  # of many, none need be sought
        return next(here, None) or result.first or next(iter(there), None)

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
