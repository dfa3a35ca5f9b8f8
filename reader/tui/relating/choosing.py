"""Asks how two statements are related: the kind, what is judged of it, a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.records import dataclass
from reader.domain.relation import TYPES
from reader.domain.text import shortened
from reader.services.relating.relations import STANCE
from reader.tui.attributing.key_line import KeyLine
from reader.tui.commands.pressed import first_key, is_key_of
from reader.tui.relating.drafted import DraftedDialog
from reader.tui.relating.relation_parts import EndLine, StancePicker, TypeList
from reader.tui.screens.dialogs.base import Line
from reader.tui.widgets.bindings import IN_FORMS, bindings_for, carried, take_own_keys
from reader.tui.widgets.fields import LineField
from reader.tui.widgets.verdict import VerdictPicker

_STANCE_ASKED = "Stance, if you like: how does “from” take “to”?"
"""What is asked of the relation itself by the codebook that comes with the program."""
_TOLD = 60
"""Code points of a statement that are told in words."""
_USED = 12
"""Rows of the window that are neither the list's nor the statements'."""
_ENDS = ((32, 3), (24, 2))
"""How many rows each statement may take, in windows of so many rows; one in lower ones."""
_LEAST = {"kind": 5}
"""Rows of the list at least, where not two: the chosen kind with its whole definition, and another.

In a low window, what is asked afterwards stands below the edge meanwhile.
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How two statements are related.

    Attributes:
        type: Code of the kind.
        note: A note; may be empty.
        tag: What is judged of the relation; None if nothing is.
    """

    type: str
    note: str
    tag: Tag | None


_PHASES = ("kind", "judge", "note")
"""What is asked, in the order in which Tab goes through it."""
_LETTERS = {"kind": "chooses and goes on", "judge": "judges and goes on"}
"""What a letter does in the parts in which it is not typed."""
_ROOMY = 72
"""Columns of a window from which on all keys stand in one row."""


def _mark(line: Line, text: str, asked: bool) -> None:
    line.show(f"▌ {text}" if asked else text, "title" if asked else "dim")


class RelationDialog(DraftedDialog[Chosen | None]):
    """Gives back how two statements are related, or None.

    Args:
        one: The words of the statement that does something to the other.
        other: The words of the other.
        asked: What is judged of the relation itself.
        now: What it is so far; None for a new one.
    """

    HELP = (
        "A letter chooses the kind and goes on, another one judges it and goes on to the note,"
        " Enter relates. Esc leaves; a note that was typed is offered again."
    )
    AUTO_FOCUS = ""  # it begins itself: this would scroll, and hide the title in a low window
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("form", IN_FORMS))

    def __init__(
        self, one: str, other: str, asked: tuple[Codebook, Facet], now: Chosen | None = None
    ) -> None:
        super().__init__("How are they related?")
        take_own_keys(self, carried("form", IN_FORMS))
        self._words = (" ".join(one.split()), " ".join(other.split()))
        self._tags: Sequence[Tag] = asked[1].tags
        self._tag = now.tag if now else None
        self.phase = "kind"
        """Which of the parts keys are for: ``kind``, ``judge``, ``note``."""
        self._types = TypeList()
        codes = [kind.code for kind in TYPES]
        self._first = codes.index(now.type) if now and now.type in codes else 0
        self._stance = StancePicker()
        self._stance.called = asked[1].title
        own = asked[0].id == STANCE
        self._question = _STANCE_ASKED if own else f"If you like: {asked[1].title}"
        self._ends = (EndLine("from", self._words[0]), EndLine("to", self._words[1]))
        self._field = LineField(now.note if now else "", placeholder=_leads())
        self._field.called = "Note"
        self._asks = Line("", "dim")
        self._notes = Line("", "dim")
        self._keys = KeyLine()

    def body(self) -> Iterable[Widget]:
        """Return both statements, the kinds, what is judged, and the note."""
        yield self._keys
        yield from self._ends
        yield self._types
        yield self._asks
        yield self._stance
        yield Horizontal(self._notes, self._field, classes="about")

    @property
    def told_title(self) -> str:
        """What is asked, with the words of both statements."""
        one, other = (shortened(words, _TOLD) for words in self._words)
        return f"How is “{one}” related to “{other}”?"

    def on_mount(self) -> None:
        """Begin with the kind."""
        self._fit()
        self._types.set_current(self._first)
        if self.offered and self._field.value:
            self.heading.say("emptied, the note is given up")
        self._show_stance()
        self._turn_to("kind")

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self.fit_frame()
        there = self.rows_there
        most = next((rows for least, rows in _ENDS if there >= least), 1)
        for end in self._ends:
            end.give(most)
        width = self._types.size.width or self.size.width
        used = _USED + sum(end.rows_for(width) for end in self._ends)
        rows = min(len(TYPES) + 1, there - used)
        self._types.styles.height = max(rows, _LEAST.get(self.phase, 2))

    def takes_key(self, event: events.Key) -> bool:
        """Do what a key means for the kind, or for what is judged, if it means something."""
        if self.phase == "kind":
            taken = event.key == "enter" or self._types.take(event)
            if taken:
                self.go_on()
            return taken
        if event.key == "enter":
            self.action_keep()
        elif is_key_of(event, "relating.note"):
            self._turn_to("note")
        else:
            return self._judge_by(event.character) or self._begins_note(event)
        return True

    def _begins_note(self, event: events.Key) -> bool:
        """Begin the note with a letter that means nothing else; nothing typed is lost."""
        letter = event.character or ""
        own = (command.id for command in self._stance.own_commands())
        if not letter.isalnum() or any(is_key_of(event, command) for command in own):
            return False
        self._turn_to("note")
        self._field.insert_text_at_cursor(letter)
        return True

    def go_on(self) -> None:
        """Go on to what is judged of it."""
        self._turn_to("judge")

    def _turn_to(self, phase: str) -> None:
        """Ask for a part, and show that it is this one."""
        self.phase = phase
        part = {"kind": self._types, "judge": self._stance, "note": self._field}[phase]
        self.set_focus(part, scroll_visible=False)
        self._show_phase()
        self.call_after_refresh(part.scroll_visible, animate=False)  # at its new place

    def _show_phase(self) -> None:
        """Show which part keys are for: by a bar and bold words, and by the keys."""
        self._fit()
        self._types.ask(self.phase == "kind")
        _mark(self._asks, self._question, self.phase == "judge")
        _mark(self._notes, "Note", self.phase == "note")
        relates = ("Enter", "relates", "screen.keep")
        letter = _LETTERS.get(self.phase, "")
        if self.phase == "judge" and self.size.width < _ROOMY:
            letter = ""  # it would push the note below the edge
        self._keys.show(
            [
                *([("letter", letter, "")] if letter else ()),
                ("Tab", "next", "screen.next"),
                *([relates] if self.phase != "kind" else ()),
                ("Esc", "leaves", "screen.leave"),
            ]
        )

    def action_next(self) -> None:
        """Go on to the next part."""
        self._turn_to(_PHASES[(_PHASES.index(self.phase) + 1) % len(_PHASES)])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Ask for what the focus is on."""
        phases = {self._types: "kind", self._stance: "judge", self._field: "note"}
        phase = phases.get(event.widget, self.phase)
        if self.focused is event.widget and phase != self.phase:
            self.phase = phase
            self._show_phase()

    def _judge_by(self, character: str | None) -> bool:
        found = [at for at, tag in enumerate(self._tags) if tag.key and tag.key == character]
        if found:
            self._judge(found[0])
        return bool(found)

    def on_verdict_picker_chosen(self, message: VerdictPicker.Chosen) -> None:
        """Judge the relation so, or take it back."""
        self._judge(message.position)

    def _judge(self, position: int) -> None:
        """Judge it so and go on to the note; or take that back, and stay."""
        tag = self._tags[position]
        self._tag = None if tag is self._tag else tag
        self._show_stance()
        if self._tag is not None:
            self._turn_to("note")

    def _show_stance(self) -> None:
        codes = [tag.code for tag in self._tags]
        given = [self._tag is not None and code == self._tag.code for code in codes]
        self._stance.show([(tag.key, tag) for tag in self._tags], given)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what is chosen and typed."""
        event.stop()
        self.action_keep()

    def typed(self) -> dict[str, str]:
        """Return what is chosen and typed."""
        shown = self._types.type.code if self.is_attached else TYPES[self._first].code
        return {
            "type": shown,
            "note": self._field.value,
            "tag": self._tag.code if self._tag else "",
        }

    def put(self, values: Mapping[str, str]) -> None:
        """Choose and fill in what was kept."""
        codes = [kind.code for kind in TYPES]
        if values.get("type") in codes:
            self._first = codes.index(values["type"])
        self._field.value = values.get("note", self._field.value)
        self._tag = next((tag for tag in self._tags if tag.code == values.get("tag")), None)

    def action_keep(self) -> None:
        """Give back what was chosen."""
        self.dismiss(Chosen(self._types.type.code, self._field.value.strip(), self._tag))


def _leads() -> str:
    """Return what leads to the note."""
    return f"{' or '.join(filter(None, ('Tab', first_key('relating.note'))))} leads here"
