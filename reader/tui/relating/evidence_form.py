"""The form for a piece of evidence: what it says of the statement, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.errors import UsageError
from reader.domain.evidence import (
    KINDS,
    STANCES,
    Evidence,
    check_day,
    check_url,
    checked,
    whole_url,
)
from reader.domain.records import dataclass
from reader.domain.text import quoted
from reader.domain.untrusted import safe
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import first_key, pressed
from reader.tui.relating.drafted import DraftedDialog, about_draft
from reader.tui.relating.stance_row import StanceRow
from reader.tui.screens.dialogs.base import LOW, Line
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.fields import LineField, TextField

_CALLED = {
    "citation": "Citation", "kind": "Kind", "url": "Address", "archive_url": "Archive",
    "accessed_at": "Looked at",
}  # fmt: skip
_FORMS = {
    "citation": "what it is, as you would cite it", "kind": ", ".join(KINDS[:5]) + " …",
    "url": "https://…", "archive_url": "https://… of a copy that stays",
    "accessed_at": "2026-11-27",
}  # fmt: skip

_SAYS_NOTHING = {"accessed_at", "stance"}

_CHECKS = {"url": check_url, "archive_url": check_url, "accessed_at": check_day}


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in."""

    evidence: Evidence
    stance: str


_LEAVES, _LEAVES_DRAFT = "Esc saves and leaves", "Esc keeps the draft"
"""What Esc does, and does while the form only offers what was kept before."""
_ROOMY = 72
"""Columns from which on that and the letters that choose have room beside the title."""


class _Row(Horizontal):
    """A field with what it is called in front of it."""

    def __init__(self, label: str, field: LineField | TextField) -> None:
        super().__init__(classes="about")
        self._label, self._field = label, field
        field.called = label

    def compose(self) -> Iterator[Widget]:
        """Compose both."""
        yield Line(self._label, "dim")
        yield self._field


class EvidenceForm(DraftedDialog[Filled | None]):
    """Gives back what was filled in, or None if that is nothing.

    Args:
        words: The statement.
        evidence: As it is so far.
        stance: What it says of the statement.
        new: Whether it is to be made.
        shared: How many statements it speaks of, if it is there.
    """

    HELP = (
        "Enter and Tab go on (in the excerpt only Tab), Esc or Ctrl-S saves and leaves."
        " What is only offered again Esc keeps as a draft."
    )
    CONTEXTS = ("form",)
    AUTO_FOCUS = ""  # it begins itself: this would scroll, and hide the title in a low window
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "save and leave", show=False, priority=True),
        *bindings_for(commands_for("form")),
    ]

    def __init__(
        self, words: str, evidence: Evidence, stance: str, *, new: bool, shared: int = 0
    ) -> None:
        title = "New evidence" if new else "Evidence"
        super().__init__(title, f"Tab next · {_LEAVES}")
        self._words, self._evidence, self._new = " ".join(words.split()), evidence, new
        self._stance = StanceRow(stance)
        self._shared = shared
        day = evidence.accessed_at or ("" if not new else f"{date.today():%Y-%m-%d}")
        values = {name: safe(getattr(evidence, name) or "") for name in _CALLED} | {
            "accessed_at": safe(day)
        }
        self._shown = values
        self._fields = {
            name: LineField(value, placeholder=_FORMS[name]) for name, value in values.items()
        }
        self._fields["kind"].suggester = SuggestFromList(KINDS, case_sensitive=False)
        self._excerpt = TextField(evidence.excerpt or "")
        self._error, self._way_out = Line("", "error", max_rows=2), Line("", "error")
        self._about_draft = Line(about_draft(), "warning", max_rows=2)
        self._refused: tuple[str, ...] = ()
        self.unsaved = False
        """Whether it was left with what was filled in as a draft."""
        self._says_draft = False
        """Whether it says that leaving keeps the draft."""

    def body(self) -> Iterable[Widget]:
        """Return the statement and the fields."""
        if self._is_draft:
            yield self._about_draft
        yield Line(quoted(self._words), max_rows=1)
        yield self._stance
        for name, field in self._fields.items():
            yield _Row(_CALLED[name], field)
        yield _Row("Excerpt", self._excerpt)
        if self._shared > 1:
            yield Line(f"It speaks of {self._shared} statements: all see the change.", "dim")
        yield self._error
        yield self._way_out

    def on_mount(self) -> None:
        """Begin with what it says of the statement."""
        self._fit()
        self.begin_at(self._stance if self._new else self._fields["citation"])

    def on_descendant_focus(self) -> None:
        """Say at the stance that its letters choose; elsewhere they are only letters."""
        self._say_keys()

    def _say_keys(self) -> None:
        """Say what keys do where one is: in the excerpt Enter begins a line."""
        self._says_draft = self._about_draft.display = self._is_draft
        keys = " ".join(filter(None, (first_key(f"stance.{name}") for name in STANCES)))
        leaves = _LEAVES_DRAFT if self._says_draft else _LEAVES
        way = f"Tab next · {leaves}"
        if self._stance.has_focus:
            way = f"{keys} choose · {way}" if self.size.width >= _ROOMY else f"{keys} choose"
        elif not self._excerpt.has_focus:
            way = f"Enter next · {leaves}"
        self.heading.say(way)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted before a field is chosen for the address, or for the citation."""
        if self._stance.has_focus:
            text = event.text.strip()
            name = "url" if text.lower().startswith(("http://", "https://")) else "citation"
            self._fill(name, " ".join(text.split()))

    def on_key(self, event: events.Key) -> None:
        """Take what is typed first, and stands for no stance, for the citation."""
        typed = event.character if event.is_printable else None
        if self._stance.has_focus and typed and not pressed(event, "stance"):
            event.stop()
            self._fill("citation", typed)

    def _fill(self, name: str, text: str) -> None:
        field = self._fields[name]
        self.set_focus(field)
        field.insert_text_at_cursor(text)

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        rows = 1 if self.fit_frame() else 3
        self._excerpt.styles.height = rows
        for item in self.query(_Row):
            if self._excerpt in item.walk_children():
                item.styles.height = rows

    def keep_soon(self) -> None:
        """Keep what is typed, and take away what was told of other words."""
        super().keep_soon()
        self._error.take_away()
        self._way_out.take_away()
        if self._says_draft != self._is_draft:
            self._say_keys()

    def on_stance_row_chosen(self, message: StanceRow.Chosen) -> None:
        """Keep what is chosen with what is typed; alone it is chosen again as fast."""
        message.stop()
        if self._has_text:
            self.keep_soon()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field."""
        event.stop()
        self.focus_next()

    def action_save(self) -> None:
        """Give back what was filled in; what cannot be is told, as often as it is asked for."""
        self._refused = ()
        problem = self._leave_filled()
        if problem:
            self._tell(problem, "Esc twice leaves; a draft is kept.")

    def action_leave(self) -> None:
        """Give back what was filled in; what cannot be is told, and kept when left again.

        Only the same refusal of the same words counts: what was typed since is looked at first.
        What was kept before and is only offered stays a draft: nobody has decided about it.
        """
        if self._is_draft:
            self._leave_unsaved()
            return
        problem = self._leave_filled()
        if not problem:
            return
        refused = (problem, *self._values().values(), self._excerpt.text)
        if refused == self._refused:
            self._leave_unsaved()
            return
        self._refused = refused
        self._tell(problem, "Esc again leaves; a draft is kept.")

    def _leave_unsaved(self) -> None:
        """Leave, and have what was typed offered when the same form is opened again."""
        self.unsaved = True
        if self.draft is not None:
            self.draft.put_off(self.typed())
        self.dismiss(None)

    def _tell(self, problem: str, way_out: str) -> None:
        self._error.show(problem, "error")
        self._way_out.show(way_out, "error")
        self.call_after_refresh(self._way_out.scroll_visible, animate=False)

    def _leave_filled(self) -> str:
        """Leave with what was filled in; return what is wrong with it if that cannot be."""
        try:
            self.dismiss(self._filled())
        except UsageError as error:
            room_for_hint = self.rows_there >= LOW
            return f"{error.message} {error.hint if room_for_hint else ''}".strip()
        return ""

    def typed(self) -> dict[str, str]:
        """Return what is filled in."""
        return {
            **self._values(),
            "excerpt": self._excerpt.text,
            "stance": self._stance.stance,
        }

    def put(self, values: Mapping[str, str]) -> None:
        """Fill in what was kept."""
        for name, field in self._fields.items():
            field.value = values.get(name, field.value)
        self._excerpt.text = values.get("excerpt", self._excerpt.text)
        if values.get("stance") in STANCES:
            self._stance.stance = values["stance"]

    @property
    def _is_draft(self) -> bool:
        """Whether it shows a draft as it was kept, of which nobody has decided anything."""
        return self.only_offers and self._has_text

    @property
    def _has_text(self) -> bool:
        """Whether something is said of it; the day alone says nothing."""
        typed = self.typed()
        return any(typed[name].strip() for name in typed.keys() - _SAYS_NOTHING)

    def _values(self) -> dict[str, str]:
        return {name: field.value for name, field in self._fields.items()}

    def _filled(self) -> Filled | None:
        values = self._values()
        values |= {name: whole_url(values[name]) for name in ("url", "archive_url")}
        excerpt = self._excerpt.text
        untouched = values == self._shown and excerpt.strip() == (self._evidence.excerpt or "")
        given_up = self.offered is not None and not self._has_text
        if given_up or (self._new and untouched):
            return None
        for name, check in _CHECKS.items():
            try:
                check(values[name])
            except UsageError:
                self._fields[name].focus()
                raise
        before = self._evidence
        made = Evidence(before.uid, before.annotator_uid, **values, excerpt=excerpt, rev=before.rev)
        return Filled(checked(made), self._stance.stance)
