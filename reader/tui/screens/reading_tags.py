"""The reading screen's keys that judge: tags, flags, confidence, notes, undo."""

from __future__ import annotations

from collections.abc import Callable

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import ReaderError
from reader.domain.operation import now
from reader.domain.text import Role
from reader.services import codebooks, history
from reader.services.annotations import Annotations, Target
from reader.services.edits import Edit
from reader.storage.library import Library
from reader.tui.screens.reading_base import ReadingBase
from reader.tui.widgets.tagbar import TagBar


class Tags(ReadingBase):
    """Judging what the cursor is on."""

    def leave_select(self) -> None:
        """Leave SELECT, if that is the mode."""
        raise NotImplementedError

    def act(self, make: Callable[[Annotations, Target], Edit]) -> None:
        """Do something to what a key acts on; a selection is left, its highlight moved to."""
        target = self.target()
        if target is None:
            self.say("There is no statement here.")
            return
        selected = self.selection is not None
        try:
            edit = make(self.session.annotations, target)
        except ReaderError as error:
            self.say_error(error)
            return
        self.leave_select()
        self.perform(edit)
        if selected and edit.after is not None:
            self.go_to_highlight(edit.after)

    # ------------------------------------------------------------------ tags

    def action_tag(self, key: str) -> None:
        """Set the tag on a key of the active facet, or take it off."""
        session = self.session
        tag = session.facet.tag_for_key(key)
        if tag is None:
            self.say(f"{session.facet.title} has no tag on {key}.")
            return
        self.give(session.codebook, session.facet, tag)

    def give(self, codebook: Codebook, facet: Facet, tag: Tag, *, off: bool = True) -> None:
        """Set a tag; if it is set and ``off`` allows it, take it off."""
        self.session.last_tag = (codebook, facet, tag)
        if off:
            self.act(lambda known, target: known.toggle_tag(target, codebook, facet, tag))
        else:
            self.act(lambda known, target: known.set_tag(target, codebook, facet, tag))

    def on_tag_bar_chosen(self, message: TagBar.Chosen) -> None:
        """Set the tag that was clicked."""
        self.action_tag(message.key)

    def action_tag_repeat(self) -> None:
        """Set the last tag again."""
        if self.session.last_tag is None:
            self.say("No tag has been set yet.")
        else:
            self.give(*self.session.last_tag, off=False)

    def action_tag_palette(self) -> None:
        """Find a tag by name, in all codebooks."""
        self.run_worker(self._tag_palette(), exclusive=True, group="dialog")

    async def _tag_palette(self) -> None:
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        books = await self.database.run(codebooks.available)
        own = self.session.codebook
        books = [own, *(book for book in books if book.id != own.id)]
        tags = [
            (book, facet, tag)
            for book in books
            for facet in book.statement_facets
            for tag in facet.tags
        ]
        choices = [
            Choice(
                str(number),
                tag.label,
                symbol=tag.symbol,
                color=tag.color,
                description=tag.definition,
                note=f"{book.id} {tag.key}" if book is own else book.id,
            )
            for number, (book, facet, tag) in enumerate(tags)
        ]
        chosen = await self.app.push_screen_wait(ChoiceDialog("Tags", choices))
        if chosen is not None:
            book, facet, tag = tags[int(chosen)]
            self.session.know(book)
            self.give(book, facet, tag, off=False)

    def action_facet_next(self) -> None:
        """Use the next facet of the codebook."""
        self._turn_facet(1)

    def action_facet_previous(self) -> None:
        """Use the previous facet of the codebook."""
        self._turn_facet(-1)

    def _turn_facet(self, step: int) -> None:
        if len(self.session.codebook.statement_facets) < 2:
            self.say(f"{self.session.codebook.title} asks one question only.")
            return
        self.session.turn_facet(step)
        self.codebook_changed()

    def codebook_changed(self) -> None:
        """Show everything as the active facet wants it."""
        self.set_mode(self.mode)
        self.pane.refresh_marks()
        self.refresh_panel()
        self.after_move()

    def action_codebook(self) -> None:
        """Choose the codebook whose tags the digits set."""
        self.run_worker(self._choose_codebook(), exclusive=True, group="dialog")

    async def _choose_codebook(self) -> None:
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        books = [
            book for book in await self.database.run(codebooks.available) if book.statement_facets
        ]
        choices = [
            Choice(book.id, book.title, description=book.about, note=book.id) for book in books
        ]
        chosen = await self.app.push_screen_wait(ChoiceDialog("Codebook", choices))
        book = next((book for book in books if book.id == chosen), None)
        if book is not None:
            self.session.use(book)
            self.app.codebook = book
            self.codebook_changed()

    # ------------------------------------------------------------------ the rest of a judgement

    def action_confidence(self) -> None:
        """Go to the next step of confidence."""
        session = self.session
        self.act(
            lambda known, target: known.next_confidence(target, session.codebook, session.facet)
        )

    def action_flag(self) -> None:
        """Flag to check later, or take the flag off."""
        self.act(lambda known, target: known.toggle_flag(target))

    def action_highlight_plain(self) -> None:
        """Highlight without a tag."""
        self.act(lambda known, target: known.plain(target))

    def action_highlight_delete(self) -> None:
        """Delete the highlight under the cursor."""
        target = self.target()
        highlight = target.highlight if target else None
        if target is not None and highlight is None:
            over = self.session.annotations.index.overlapping(*target.span)
            if len(over) > 1:
                self.say("Several highlights overlap here: choose one with ; first.")
                return
            highlight = over[0] if over else None
        if highlight is None:
            self.say("There is no highlight here.")
            return
        self.perform(self.session.annotations.delete(highlight))
        self.say("Deleted the highlight. u brings it back.")

    def action_block_role(self) -> None:
        """Say what the paragraph under the cursor is."""
        self.run_worker(self._choose_role(), exclusive=True, group="dialog")

    async def _choose_role(self) -> None:
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        start = await self._choose_block()
        block = self.session.document.block_at(start) if start is not None else None
        if block is None:
            return
        words = " ".join(self.session.document.text[block.start : block.end].split())[:60]
        choices = [
            Choice(role.value, role.value, note="now" if role is block.role else "")
            for role in Role
        ]
        chosen = await self.app.push_screen_wait(ChoiceDialog(f"What is “{words}”?", choices))
        if chosen is not None and Role(chosen) is not block.role:
            self.change_role(block.start, block.role, Role(chosen))

    async def _choose_block(self) -> int | None:
        """Return the start of a paragraph on the screen: those without statements can be chosen."""
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        document = self.session.document
        shown = self.pane.visible_span()
        blocks = document.blocks_in(shown.start, shown.end)
        here = document.block_at(self.cursor.start) if self.cursor else None
        blocks.sort(key=lambda block: block != here)
        choices = [
            Choice(
                str(block.start),
                " ".join(document.text[block.start : block.start + 120].split()),
                note=block.role.value,
            )
            for block in blocks
        ]
        chosen = await self.app.push_screen_wait(ChoiceDialog("Which paragraph?", choices))
        return int(chosen) if chosen is not None else None

    def change_role(self, start: int, old: Role, new: Role) -> None:
        """Give the block that starts at an offset another role, and have it saved."""
        session = self.session
        group = session.annotations.role_change(
            start, old, new, changed_before=start in session.roles
        )
        session.set_role(start, new)
        self.saver.save(group)
        self.structure_changed()
        self.say(f"The paragraph is {new.value} now. u takes it back.")

    def structure_changed(self) -> None:
        """Show the article again, because a block's role has changed."""
        self.pane.rows_changed()
        self.cursor = self.session.document.statement_at(
            self.cursor.start if self.cursor else self.pane.top_offset
        )
        self.pane.move_cursor(self.cursor, reveal=False)
        self.start_background_work()
        self.after_move()

    # ------------------------------------------------------------------ undo

    def action_undo(self) -> None:
        """Take back the last thing done in this article."""
        self.leave_select()
        self._reverse(history.undo, "Undid", "Nothing to undo in this article.")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self.leave_select()
        self._reverse(history.redo, "Did again", "Nothing to do again.")

    def _reverse(
        self,
        step: Callable[[Library, str | None, str], history.Reversed | None],
        done: str,
        nothing: str,
    ) -> None:
        self.run_worker(self._reverse_in_turn(step, done, nothing), group="undo")

    async def _reverse_in_turn(
        self,
        step: Callable[[Library, str | None, str], history.Reversed | None],
        done: str,
        nothing: str,
    ) -> None:
        """Undo or redo after everything that was done before is saved."""
        session = self.session
        article, annotator = session.annotations.article_uid, session.annotations.annotator_uid
        await self.saver.settled()
        try:
            result = await self.database.run(lambda library: step(library, article, annotator))
        except ReaderError as error:
            self.say_error(error)
            return
        if result is None:
            self.say(nothing)
            return
        if session is self.session:
            self._show_reversed(result)
        self.saver.note_saved(now())
        self.say(f"{done}: {result.summary}")

    def _show_reversed(self, result: history.Reversed) -> None:
        self.session.take_back(result)
        self.pane.refresh_marks()
        self.refresh_panel()
        if result.roles:
            self.structure_changed()
        first = result.first
        if first is not None and not first.span.overlaps(self.pane.visible_span()):
            self.go_to_highlight(first)
        else:
            if self.target_uid and self.session.annotations.index.get(self.target_uid) is None:
                self.target_uid = None
                self.pane.set_target(None)
            self.after_move()
