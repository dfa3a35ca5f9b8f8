"""Writing a note: the editor below the article, and the draft that survives a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.text import Span
from reader.services.annotating.annotations import Target
from reader.tui.commands import key_for
from reader.tui.reading.tags import Tags

if TYPE_CHECKING:
    from reader.storage.drafts import Begun
    from reader.tui.widgets.note import NoteEditor


class Notes(Tags):
    """The note editor, from opening to one operation."""

    note_target: Target | None = None
    """What the note that is being typed is on."""
    _note_from_panel = False
    _note_from_selection = False
    _kept_draft = ""
    """What was last asked to be kept of the note that is being typed."""

    def action_note(self) -> None:
        """Write a note on what the cursor is on."""
        self.keep_ends()
        target = self.target()
        if not self.may_change():
            return
        if target is None:
            self.say_nothing_here()
        elif self.note_target is None:
            self._note_from_selection = self.selection is not None
            self._note_from_panel = self.mode == "PANEL"
            self.leave_select()
            self.take_turn_holding_keys(lambda: self._note_on(target))

    def action_note_write(self) -> None:
        """Write a note on what is selected, or on the panel's current entry."""
        self.action_note()

    def _note_on(self, target: Target) -> None:
        """Let keys mean text from now on, and open the editor."""
        self.note_target, self._kept_draft = target, ""
        self.set_mode("NOTE")
        self.work_holding_keys(lambda: self._open_note(target), "note")

    async def _open_note(self, target: Target) -> None:
        from reader.tui.widgets.note import NoteEditor

        note = (target.highlight.note if target.highlight else None) or ""
        try:
            begun = await self.database.run(
                lambda library: library.drafts.take(*self._where(target))
            )
        except BaseException:
            self._no_note()
            raise
        draft = _with_note(begun, note) if begun else None
        quote = " ".join(self.session.annotations.words(target.span, target.highlight).split())
        version = self._where(target)[1]
        self.add_class("-noting")
        await self.mount(NoteEditor(quote, note if draft is None else draft), after="#panes")
        if version == self.session.annotations.version_uid:
            self.after_layout(lambda: self.pane.reveal(target.span))
        if draft is not None and draft != note:
            self.say("This is the note that was being typed when the program ended.")

    def offer_draft(self) -> None:
        """Go on with a note that was being typed on this article when the program ended."""
        if self.unchangeable:
            return
        if self.session.opened.drafts and self.mode in ("READ", "PANEL"):
            target = self.session.annotations.target(Span(*self.session.opened.drafts[0]))
            self.session.opened.drafts.clear()  # offered once
            self.go(self.session.document.statement_at(target.span.start), reveal=False)
            self._note_from_panel = self._note_from_selection = False
            self._note_on(target)

    def _where(self, target: Target) -> tuple[str, str, int, int]:
        """Return where the draft of a note is kept."""
        known, highlight = self.session.annotations, target.highlight
        version = highlight.version_uid if highlight else known.version_uid
        return (known.annotator_uid, version, *target.span)

    def on_note_editor_changed(self, message: NoteEditor.Changed) -> None:
        """Keep what is being typed, against a crash."""
        if self.note_target is not None:
            where, text = self._where(self.note_target), message.text
            self._kept_draft = text
            self.work(lambda: self._keep_draft(where, text), "draft", exclusive=False)

    async def _keep_draft(self, where: tuple[str, str, int, int], text: str) -> None:
        """Keep what is being typed in the library, or else in the rescue file."""
        from reader.tui.saving.typing_kept import keep

        def still() -> bool:
            return self.note_target is not None and self._where(self.note_target) == where

        base = _note_of(self.note_target) if self.note_target else None
        await keep(self.database, self.saver, where, text, base=base, still=still)

    async def keep_typed(self) -> None:
        """Keep the note that is being typed, as it is now."""
        if self.note_target is None:
            return
        from reader.tui.widgets.note import NoteEditor

        for editor in self.query(NoteEditor):
            await self._keep_draft(self._where(self.note_target), editor.text)

    def on_note_editor_elsewhere(self, message: NoteEditor.Elsewhere) -> None:
        """Let the user write on in an editor of their own; what is typed here is a draft."""
        from reader.tui.outside import edited

        editor = message.editor
        try:
            editor.replace_text(edited(self.app, message.text))
        except ReaderError as error:
            self.say_error(error)

    def on_note_editor_closed(self, message: NoteEditor.Closed) -> None:
        """Make one operation of the note."""
        self.finish_note(message.editor.text)  # as it is now: it may have been elsewhere

    def finish_note(self, text: str) -> None:
        """Save the note that was being typed, and go back to where its key was pressed."""
        target = self.note_target
        self._no_note()
        if target is None:
            return
        old = _note_of(target)
        lost = text != old and self._is_lost(target)
        if text != old and self.note_there(target) not in (old, text):
            self.keep_both_notes(target, text)
        elif text != old:
            self._set_note(target, text)
        if lost:
            self.say(
                "Another window has removed this highlight meanwhile: your note is kept on its "
                f"words, without what was removed. {key_for('undo')} takes it back.",
                error=True,
            )
        where, kept = self._where(target), self._kept_draft
        self.saver.drop_draft(where)
        # Not before the note is in the log; else it is offered once more, and nothing is lost.
        self.saver.afterwards(lambda library: library.drafts.drop(*where, text=kept))

    def _is_lost(self, target: Target) -> bool:
        """Whether the highlight that a note was begun on was removed meanwhile."""
        from reader.services.annotating import meanwhile

        return meanwhile.is_gone(self.session.annotations, target)

    def _set_note(self, target: Target, text: str) -> None:
        self.act_on(
            target,
            lambda known, here: known.set_note(here, text),
            go_there=self._note_from_selection,
        )

    def note_there(self, target: Target) -> str:
        """Return the note that is on a target now, which may be another than when it was met."""
        uid = target.highlight.uid if target.highlight else None
        return _note_of(self.session.annotations.target(target.span, uid))

    def keep_both_notes(self, target: Target, text: str) -> None:
        """Put a note below the one that another window has written on the same words meanwhile."""
        there = self.note_there(target)
        if there in text:
            self._set_note(target, text)
        elif text not in there:
            self._set_note(target, f"{there}\n\n{text}")
            self.say(
                "Another window has written a note here meanwhile: both are kept, yours below. "
                f"{key_for('undo')} takes yours back.",
                error=True,
            )

    def _no_note(self) -> None:
        """Take the editor away."""
        from reader.tui.widgets.note import NoteEditor

        self.note_target = None
        if self.focused not in (self.pane, self.panel):  # else it was left by a click
            self.set_focus(self.panel if self._note_from_panel else self.pane)
        self.query(NoteEditor).remove()
        self.remove_class("-noting")
        self.set_mode("PANEL" if self.focused is self.panel else "READ")

    def close_note(self) -> None:
        """Save an open note, because the screen is about to be left."""
        if self.note_target is None:
            return
        from reader.tui.widgets.note import NoteEditor

        for editor in self.query(NoteEditor):
            self.finish_note(editor.text)
            return


def _note_of(target: Target) -> str:
    return (target.highlight.note if target.highlight else None) or ""


def _with_note(begun: Begun, note: str) -> str:
    """Return what was being typed, below the note that another window has written since."""
    changed = begun.base is not None and note not in (begun.base, "")
    return f"{note}\n\n{begun.text}" if changed and note not in begun.text else begun.text
