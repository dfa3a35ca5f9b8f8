"""Writing a note: the editor below the article, and the draft that survives a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.operation import now
from reader.services.annotations import Target
from reader.tui.screens.reading_tags import Tags

if TYPE_CHECKING:
    from reader.tui.widgets.note import NoteEditor


class Notes(Tags):
    """The note editor, from opening to one operation."""

    note_target: Target | None = None
    """What the note that is being typed is on."""

    def action_note(self) -> None:
        """Write a note on what the cursor is on."""
        target = self.target()
        if target is None or self.note_target is not None:
            return
        self.leave_select()
        self.note_target = target
        self.run_worker(self._open_note(target), exclusive=True, group="note")

    async def _open_note(self, target: Target) -> None:
        from reader.tui.widgets.note import NoteEditor

        annotations = self.session.annotations
        where = (annotations.annotator_uid, annotations.version_uid, *target.span)
        draft = await self.database.run(lambda library: library.articles.draft(*where))
        note = target.highlight.note if target.highlight else None
        quote = " ".join(self.session.document.text[slice(*target.span)].split())
        await self.mount(NoteEditor(quote, note or "" if draft is None else draft), after="#panes")
        self.set_mode("NOTE")
        self.add_class("-noting")
        if draft is not None:
            self.say("This is the note that was being typed when the program ended.")

    def on_note_editor_changed(self, message: NoteEditor.Changed) -> None:
        """Keep what is being typed, against a crash."""
        if self.note_target is None:
            return
        annotations, text = self.session.annotations, message.text
        where = (annotations.annotator_uid, annotations.version_uid, *self.note_target.span)
        self.database.submit(lambda library: library.articles.keep_draft(*where, text, now()))

    def on_note_editor_closed(self, message: NoteEditor.Closed) -> None:
        """Make one operation of the note."""
        self.finish_note(message.text)

    def finish_note(self, text: str) -> None:
        """Save the note that was being typed, and go back to reading."""
        from reader.tui.widgets.note import NoteEditor

        target, self.note_target = self.note_target, None
        self.query(NoteEditor).remove()
        self.remove_class("-noting")
        in_panel = self.panel.has_focus_within
        self.set_mode("PANEL" if in_panel else "READ")
        if not in_panel:
            self.pane.focus()
        if target is None:
            return
        annotations = self.session.annotations
        fresh = annotations.target(target.span, target.highlight.uid if target.highlight else None)
        self.perform(annotations.set_note(fresh, text))
        where = (annotations.annotator_uid, annotations.version_uid, *target.span)
        self.run_worker(self._drop_draft(where), group="draft")

    async def _drop_draft(self, where: tuple[str, str, int, int]) -> None:
        """Forget the draft once its note is in the log, not before."""
        await self.saver.settled()
        await self.database.run(lambda library: library.articles.drop_draft(*where))

    def close_note(self) -> None:
        """Save an open note, because the screen is about to be left."""
        from reader.tui.widgets.note import NoteEditor

        if self.note_target is not None:
            for editor in self.query(NoteEditor):
                self.finish_note(editor.text)
                return
