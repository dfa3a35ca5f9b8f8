"""Undo and redo, in turn with what is being saved."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.domain.article import first_words
from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.operation import now
from reader.tui.commands import key_for
from reader.tui.reading.base import AT_ONCE, PATIENCE_S, ReadingBase

if TYPE_CHECKING:
    from reader.services.annotating import history, reversing
    from reader.services.annotating.history import Reversed
    from reader.services.annotating.reversing import Reversing
    from reader.services.reading.session import Session
    from reader.tui import many
    from reader.tui.reading import under_way
else:
    many = Late("reader.tui.many")
    reversing = Late("reader.services.annotating.reversing")
    under_way = Late("reader.tui.reading.under_way")

WORDS = 30
"""Code points of a highlight that are told with what was undone on it, at most."""

_DONE = {"undo": "Undid", "redo": "Did again"}
_NOTHING = {"undo": "Nothing to undo in this article.", "redo": "Nothing to do again."}


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
        self._reverse("undo")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._reverse("redo")

    def _reverse(self, what: str) -> None:
        self.leave_select()
        if not self.may_change():
            return
        self.turns.take(lambda: self._begin(what))

    def _begin(self, what: str) -> None:
        self.turns.begin()
        self.work(lambda: self._in_turn(what), "undo", exclusive=False)

    async def undone(self) -> None:
        """Take back the last thing done in this article, and wait until that is shown."""
        await self.turns.ended()
        self.turns.begin()
        await self._in_turn("undo")

    async def _in_turn(self, what: str) -> None:
        """Undo or redo after everything that was done before is saved; edits after it wait.

        What is very much is begun only: other keys are answered between its slices.
        """
        try:
            if self.under_way is not None:
                await self._make_way(what)
            if self.under_way is None:
                begun = await self._do(what)
            else:
                async with under_way.between_slices(self):
                    begun = await self._do(what)
        finally:
            self.turns.end()
        if begun is not None:
            await under_way.take_back(self, begun, _DONE[what])

    async def _make_way(self, what: str) -> None:
        """Wait for an undo that is under way; stop what is, if it is to be taken back itself."""
        work = self.under_way
        if work is None:
            return
        if not work.reverses:
            async with work.between:
                found = await self._next(what)
            if found != work.group:
                return
            work.stop()
        await work.ended()

    async def _next(self, what: str) -> str:
        """Return the group that would be taken back now, or empty."""
        known = self.session.annotations
        scope = (known.article_uid, known.annotator_uid)
        await self.saver.tried()
        found = await self.database.run(lambda library: library.log.undoing.next(what, *scope))
        return found.group if found else ""

    async def _do(self, what: str) -> Reversing | None:
        """Undo or redo; return what is too much for one go, not yet begun."""
        session = self.session
        article = session.annotations.article_uid
        if not await self.saver.tried():
            keys = f"{key_for('undo')} and {key_for('redo')}"
            self.say(f"The last changes are NOT SAVED yet; {keys} must wait.", error=True)
            return None
        where = ""
        with many.no_search_for_garbage():
            result = await self._from_library(what, article, session.annotations.annotator_uid)
            if isinstance(result, reversing.Reversing):
                return result
            if result is None:
                self.say(_NOTHING[what])
                return None
            if result.version:
                await self.show_anew()
            else:
                where = await self._show(result)
        self.saver.note_saved(now())
        self.say(f"{_DONE[what]}: {result.summary}{where}")
        return None

    async def _from_library(
        self, what: str, article: str, annotator: str
    ) -> history.Reversed | Reversing | None:
        """Undo or redo in the library; what takes longer than a moment is told."""
        loop = asyncio.get_running_loop()
        told = loop.call_later(PATIENCE_S, self.say, "The library is at it …")
        try:
            return await self.database.run(
                lambda library: reversing.reverse(library, what, article, annotator)
            )
        finally:
            told.cancel()

    async def _show(self, result: history.Reversed) -> str:
        """Show what an undo or redo did, and where; return on which words, if on just one's."""
        words = self._words_of(result)
        if len(result.highlights) > AT_ONCE:
            steps = self.session.take_back_in_steps(result)
            where = self._place_of(result)
            await self.in_slices(steps, result.summary)
        else:
            where = self._place_of(result)
            self.session.take_back(result)
        self.taken_back(result)
        self._go_where(where)
        self._follow()
        return words

    def _words_of(self, result: history.Reversed) -> str:
        """Return on which words something was done: `` on “The register …”``; of several none."""
        if len(result.highlights) != 1:
            return ""
        ((uid, now),) = result.highlights.items()
        touched = now or self.session.annotations.index.get(uid)
        if touched is None:
            return ""
        end = min(touched.end, touched.start + 4 * WORDS)
        return f" on “{first_words(self.session.document.text[touched.start : end], WORDS)}”"

    def _follow(self) -> None:
        self.refresh_panel()
        if self.mode == "PANEL":
            self.follow_panel()
        else:
            self.after_move()
        self.facts_changed()
        self.count_again()

    async def show_anew(self) -> None:
        """Show the article as it is in the library now."""
        uid = self.session.annotations.article_uid
        self.show_other(await self.app.load_session(uid))

    def taken_back(self, result: Reversed) -> None:
        """Show what an undo or redo did besides the highlights, and the marks as they are."""
        if result.overall:
            self.overall_changed()
        if result.details:
            self.details_changed()
        self.beside_changed({*result.beside, *result.highlights})
        self.marks_changed(structure=bool(result.roles))

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
        """Return what to look at: a highlight on the screen, else the one nearest to the cursor."""
        known, seen = self.session.annotations.index, self.pane.visible_span()
        touched = [now or known.get(uid) for uid, now in result.highlights.items()]
        touched += map(known.get, result.beside)
        here = self.cursor.start if self.cursor else seen.start
        return min(
            (item for item in touched if item),
            key=lambda item: (not item.span.overlaps(seen), abs(item.start - here)),
            default=None,
        )

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
