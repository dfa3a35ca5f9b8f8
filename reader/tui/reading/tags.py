"""The reading screen's keys that judge: tags, flags, confidence, plain highlights, deleting."""

from __future__ import annotations

from collections.abc import Callable

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit
from reader.services.codebooks import finding as codebooks
from reader.tui.commands import key_for
from reader.tui.reading.reasons import Reasons
from reader.tui.widgets.tagbar import TagBar

Make = Callable[[Annotations, Target], Edit]
"""What a key does to what it acts on."""


class Tags(Reasons):
    """Judging what the cursor is on."""

    reshaped: Highlight | None = None
    """The saved highlight that SELECT moves the ends of."""

    def with_ends(self, make: Make) -> Make:
        """Let what is made of a saved highlight give it the ends that are selected, too."""
        raise NotImplementedError

    def keep_ends(self) -> None:
        """Give a saved highlight the ends that are selected, if that is what SELECT is for."""
        raise NotImplementedError

    def leave_select(self) -> None:
        """Leave SELECT, if that is the mode."""
        raise NotImplementedError

    def act(self, make: Make) -> None:
        """Do something to what a key acts on; a selection is left, its highlight moved to."""
        target = self.target()
        if not self.may_change():
            return
        if target is None:
            self.say_nothing_here()
            return
        if not self.session.annotations.words(target.span, target.highlight).strip():
            self.say("Only white space is selected.")
            return
        selected, complete = self.selection is not None, self.with_ends(make)
        self.leave_select()
        self.turns.take(lambda: self.act_on(target, complete, go_there=selected))

    def act_on(self, target: Target, make: Make, *, go_there: bool) -> None:
        """Do something to a target, as it is when its turn has come.

        Args:
            target: What it was when the key was pressed.
            make: Makes the edit.
            go_there: Whether to move the cursor to the highlight.
        """
        annotations = self.session.annotations
        uid = target.highlight.uid if target.highlight else None
        try:
            edit = make(annotations, annotations.target(target.span, uid))
        except UsageError as error:
            self.say(f"{error.message} {error.hint}".strip())
            return
        self.perform(edit)
        if go_there and edit.after is not None:
            self.go_to_highlight(edit.after)
        old = edit.replaced
        self.ask_why([(edit.uid, old.uid)] if old else ())
        self.ask_for_more(edit)

    def say_nothing_here(self) -> None:
        """Say why a key does nothing."""
        entry = self.current_entry() if self.mode == "PANEL" else None
        whose = self.entries.whose(entry) if entry else ""
        if whose:
            self.say(f"This is {whose}'s. Say what you think of it in the article.")
            return
        where = "entry" if self.mode == "PANEL" else "statement"
        self.say(f"There is no {where} here.")

    # ------------------------------------------------------------------ tags

    def action_tag(self, key: str) -> None:
        """Set the tag on a key of the active facet, or take it off."""
        session = self.session
        tag = session.facet.tag_for_key(key)
        if tag is None:
            self.say(f"{session.facet.title} has no tag on {key}.")
            return
        target = self.target()
        wanted = session.asked_after(target) if target else ""
        if wanted:
            self.say(wanted)
            return
        self.give(session.codebook, session.facet, tag)

    def give(self, codebook: Codebook, facet: Facet, tag: Tag, *, off: bool = True) -> None:
        """Set a tag; if it is set and ``off`` allows it, take it off."""
        self.session.last_tag = (codebook, facet, tag)
        if off and self.reshaped is None:  # with other ends a tag is meant to be there
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
        """Find a tag by name, in all codebooks, or make one."""
        self.work_holding_keys(self._tag_palette, "dialog")

    async def _tag_palette(self) -> None:
        from reader.tui.reading.tag_palette import choose

        if self.target() is None:
            self.say_nothing_here()
            return
        if not self.may_change():
            return
        chosen = await choose(self.ask, self.database, self.session)
        if chosen is None:
            return
        if self.session.learn(chosen[0]):
            self.app.codebook = self.session.codebook
            self.codebook_changed()
        self.give(*chosen, off=False)

    def action_facet_next(self) -> None:
        """Use the next facet of the codebook."""
        self._turn_facet(1)

    def action_facet_previous(self) -> None:
        """Use the previous facet of the codebook."""
        self._turn_facet(-1)

    def _turn_facet(self, step: int) -> None:
        if len(self.session.codebook.statement_facets) < 2:
            self.say(f"{self.session.codebook.title} asks only one question of a statement.")
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
        self.work_holding_keys(self._choose_codebook, "dialog")

    async def _choose_codebook(self) -> None:
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        books = [
            book for book in await self.database.run(codebooks.available) if book.statement_facets
        ]
        choices = [
            Choice(
                *(book.id, book.title, book.about),
                note="" if codebooks.called(book) == book.title else book.id,
            )
            for book in books
        ]
        chosen = await self.ask(ChoiceDialog("Codebook", choices, current=self.session.codebook.id))
        book = next((book for book in books if book.id == chosen), None)
        if book is not None:
            self.session.use(book)
            self.app.codebook = book
            if codebooks.is_everywhere(book.id):  # another library may not have it
                self.app.keep("codebook", book.id)
            self.codebook_changed()

    # ------------------------------------------------------------------ the rest of a judgement

    def action_confidence(self) -> None:
        """Go to the next step of confidence."""
        from reader.services.annotating.judging import next_confidence

        book, facet = self.session.codebook, self.session.facet
        self.act(lambda known, target: next_confidence(known, target, book, facet))

    def action_flag(self) -> None:
        """Flag to check later, or take the flag off."""
        self.act(lambda known, target: known.toggle_flag(target))

    def action_highlight_plain(self) -> None:
        """Highlight without a tag."""
        self.act(lambda known, target: known.plain(target))

    def action_highlight_delete(self) -> None:
        """Delete the highlight under the cursor."""
        target = self.target()
        if not self.may_change():
            return
        if target is None:
            self.say_nothing_here()
        else:
            self.turns.take(lambda: self._delete(target))

    def _delete(self, target: Target) -> None:
        index = self.session.annotations.index
        highlight = index.get(target.highlight.uid) if target.highlight else None
        if highlight is None:
            over = index.overlapping(*target.span)
            if len(over) > 1:
                key = key_for("highlight.cycle")
                self.say(f"Several highlights overlap here: choose one with {key} first.")
                return
            if not over:
                self.say("There is no highlight here.")
                return
            highlight = over[0]
        if not self.may_change():
            return
        self.perform(self.session.annotations.delete(highlight))
        self.say_done("Deleted the highlight.", takes="brings it back")
