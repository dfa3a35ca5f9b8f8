"""The note editor below the article. Import late: it brings Textual's text area."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import TextArea

from reader.domain.records import dataclass
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import first_key, told
from reader.tui.widgets.bindings import bindings_for, take_own_keys
from reader.tui.widgets.cells import cells_of, clip, seg, split_row
from reader.tui.widgets.fields import TextField, safe_lines
from reader.tui.widgets.strips import StripWidget

DRAFT_S = 0.5
"""How old what was typed may become before it is kept as a draft, typed on or not."""

_ROWS = 7


class NoteTitle(StripWidget):
    """One line: what the note is on, and how to leave."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"note--title", "note--dim"}

    def __init__(self, subject: str) -> None:
        super().__init__()
        self._subject = subject

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the line."""
        save = " or ".join(filter(None, (first_key("form.save"), "Esc")))
        hints = told("note.editor your editor", f"{save} saves") if width >= 70 else f"{save} saves"
        keys = [seg(f"{hints} ", self.part("note--dim"))] if width >= 50 else []
        room = width - cells_of(keys) - 10
        quote = clip(f"“{self._subject}”", room) if self._subject else ""
        title = [seg(" note", self.part("note--title")), seg(f" on {quote}" if quote else "")]
        return [split_row(title, keys, width)]


class NoteEditor(Vertical):
    """A few lines of plain text on one highlight.

    Enter begins a new line; Ctrl-E goes on in the user's own editor; Ctrl-S or Esc closes. Nothing
    is asked: what was typed is kept.

    Args:
        subject: The quotation that the note is on.
        text: The note, or its draft, as it is so far.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "save", "save and close", show=False, priority=True),
        *bindings_for(commands_for("note")),
    ]

    @dataclass
    class Changed(Message):
        """The text is to be kept as a draft."""

        editor: NoteEditor
        text: str

        @property
        def control(self) -> NoteEditor:
            """The editor."""
            return self.editor

    @dataclass
    class Elsewhere(Message):
        """The user wants to write on in an editor of their own."""

        editor: NoteEditor
        text: str

        @property
        def control(self) -> NoteEditor:
            """The editor."""
            return self.editor

    @dataclass
    class Closed(Message):
        """The user is done: the text is the note; the editor is still there to be removed."""

        editor: NoteEditor
        text: str

        @property
        def control(self) -> NoteEditor:
            """The editor."""
            return self.editor

    def __init__(self, subject: str, text: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        take_own_keys(self, commands_for("note"))
        self._subject = subject
        self._given = text
        self._area = TextField(text)
        self._shown = self._area.text
        self._drafted = self._shown
        self._keeping: Timer | None = None
        self._done = False

    @property
    def text(self) -> str:
        """The note as it stands; the text given, to the letter, if it was not changed."""
        return self._given if self._area.text == self._shown else self._area.text

    def compose(self) -> ComposeResult:
        """Compose title and text."""
        yield NoteTitle(self._subject)
        yield self._area

    def on_mount(self) -> None:
        """Begin typing at the end."""
        self._limit()
        self._area.focus()

    def on_resize(self) -> None:
        """Take a third of the screen at most."""
        self._limit()

    def _limit(self) -> None:
        height = self.app.size.height
        if getattr(self.app, "plain", False):
            from reader.tui.widgets.plain_lines import rows_of  # late: plain mode only

            height -= rows_of(height) + 1
        rows = max(2, min(_ROWS, height // 3 - 1))
        self._area.styles.height = rows

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Have it kept soon, however fast one types on: the timer is not begun anew."""
        event.stop()
        if not self._done and self._keeping is None:
            self._keeping = self.set_timer(DRAFT_S, self._post_draft)

    def _post_draft(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
        if not self._done and self._area.text != self._drafted:
            self._drafted = self._area.text
            self.post_message(self.Changed(self, self.text))

    def action_save(self) -> None:
        """Say that the note is done, once."""
        if self._done:
            return
        self._done = True
        if self._keeping is not None:
            self._keeping.stop()
        self.screen.set_focus(None)  # what is pressed from now on is no text
        self._area.call_later(self._close)  # after what was typed before

    def _close(self) -> None:
        self.post_message(self.Closed(self, self.text))

    def action_help(self) -> None:
        """Show the keys that are valid here; what was typed stays as it is."""
        from reader.tui.screens.dialogs.help import HelpDialog  # late: like every dialog

        self.app.push_screen(HelpDialog("note"))

    def action_editor(self) -> None:
        """Go on writing in the user's own editor, after what was typed before."""
        self._area.call_later(self._leave_to_editor)

    def _leave_to_editor(self) -> None:
        if self._done:
            return
        self._post_draft()
        self.post_message(self.Elsewhere(self, self.text))

    def replace_text(self, text: str) -> None:
        """Take in what was written elsewhere; the cursor stands at its end."""
        self._given = text
        self._area.load_text(safe_lines(text))
        self._shown = self._area.text
        self._area.move_cursor(self._area.document.end)
        self._post_draft()
