"""Asks how two statements are related: the kind, what is judged of it, a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.records import dataclass
from reader.domain.relation import TYPES, RelationType
from reader.tui.attributing.key_line import KeyLine
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.cells import clip, fit, row, seg
from reader.tui.widgets.fields import LineField
from reader.tui.widgets.line_list import LineList
from reader.tui.widgets.verdict import VerdictPicker

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_LABEL = 22
LOW = 18
"""Rows of the window below which a dialog does without empty ones."""
_USED = 14
"""Rows of the window that are not the list's."""


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


class TypeList(LineList):
    """The kinds of relation; a letter chooses one at once.

    The bar stands at the chosen one while the keys are for this part; brackets do afterwards.
    """

    HELP = "A letter chooses that kind; or go to it with j k and press Enter."
    TAKES_TEXT = True
    """Keys that were typed ahead, and are on their way while it gets the focus, are for it."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--current", "choice--bar", "choice--dim"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "next", show=False),
        Binding("up,k", "step(-1)", "previous", show=False),
    ]

    asked = True
    """Whether the keys are for this part."""

    def ask(self, asked: bool) -> None:
        """Show whether the keys are for this part."""
        self.asked = asked
        self.reopen()

    @property
    def type(self) -> RelationType:
        """The kind that is chosen."""
        return TYPES[self.current or 0]

    def entry_count(self) -> int:
        """Return how many kinds there are."""
        return len(TYPES)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a kind."""
        return self._draw(position, width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the chosen kind."""
        return [self._draw(position, width, current=True)]

    def _draw(self, position: int, width: int, *, current: bool) -> Strip:
        ground = self.part("choice--current") if current else Style()
        dim = ground + self.part("choice--dim")
        kind = TYPES[position]
        sign, end = ("▌", "") if self.asked else ("[", "]")
        bar = seg(sign if current else " ", ground + self.part("choice--bar"))
        label = f"{kind.label}{end if current else ''}"
        label = fit(label, _LABEL) if width >= 2 * _LABEL else label
        about = clip(kind.definition, width - _LABEL - 5) if width >= 2 * _LABEL else ""
        cells = [bar, seg(f"{kind.key}  ", dim), seg(label, ground), seg(about, dim)]
        return row(cells, width, ground)

    def on_key(self, event: events.Key) -> None:
        """Have the dialog take a letter, and Enter."""
        _pressed(self, event)

    def take(self, character: str | None) -> bool:
        """Make the kind of a letter the current one; False if there is none."""
        found = (at for at, kind in enumerate(TYPES) if kind.key == character)
        position = next(found, None)
        if position is not None:
            self.set_current(position)
        return position is not None

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Choose what was clicked."""
        message.stop()
        cast("RelationDialog", self.screen).go_on()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()

    def action_step(self, step: int) -> None:
        """Go to another kind; the ends meet."""
        self.set_current(((self.current or 0) + step) % len(TYPES))


class StancePicker(VerdictPicker, inherit_bindings=False):
    """What is judged of the relation; Enter keeps all of it.

    There is a cursor only once an arrow was pressed, so that Space in words typed here by mistake
    judges nothing.
    """

    HELP = "A letter judges the relation, or takes that back; Enter keeps it, a is for a note."
    TAKES_TEXT = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", "previous", show=False),
        Binding("right,down", "step(1)", "next", show=False),
        Binding("space", "choose", "give it or take it off", show=False),
    ]

    def show(self, tags: Sequence[tuple[str, Tag]], given: Sequence[bool]) -> None:
        """Show tags, and which of them is given; no cursor is put on it."""
        at = self._at if self._tags else -1
        super().show(tags, given)
        self._at = at

    def action_step(self, step: int) -> None:
        """Go to another tag; at first to the one at that end."""
        if self._at < 0 and step < 0:
            self._at = 0
        super().action_step(step)

    def action_choose(self) -> None:
        """Choose the tag under the cursor, if there is one."""
        if self._at >= 0:
            super().action_choose()

    def on_key(self, event: events.Key) -> None:
        """Have the dialog take a letter, and Enter."""
        _pressed(self, event)


class NoteField(LineField):
    """The note; keys that come before the focus has moved on are for the part that comes then."""

    async def _on_key(self, event: events.Key) -> None:
        """Have the dialog take Tab, and what is not for the note."""
        dialog = cast("RelationDialog", self.screen)
        if event.key in _STEPS or dialog.phase != "note":
            _pressed(self, event)
            event.prevent_default()
        else:
            await super()._on_key(event)


_PHASES = ("kind", "judge", "note")
"""What is asked, in the order in which Tab goes through it."""
_STEPS = {"tab": 1, "shift+tab": -1}


def _pressed(widget: Widget, event: events.Key) -> None:
    """Give a key to the dialog, which knows what is asked, wherever the focus is as yet."""
    if cast("RelationDialog", widget.screen).takes_key(event):
        event.stop()
        event.prevent_default()


def _mark(line: Line, text: str, asked: bool) -> None:
    line.show(f"▌ {text}" if asked else text, "title" if asked else "dim")


class RelationDialog(Dialog[Chosen | None]):
    """Gives back how two statements are related, or None.

    Args:
        one: The words of the statement that does something to the other.
        other: The words of the other.
        asked: What is judged of the relation itself.
        now: What it is so far; None for a new one.
    """

    HELP = "A letter chooses the kind, another one judges it, Enter keeps it, Esc leaves."

    def __init__(
        self, one: str, other: str, asked: tuple[Codebook, Facet], now: Chosen | None = None
    ) -> None:
        super().__init__("How are they related?")
        self._words = (" ".join(one.split()), " ".join(other.split()))
        self._tags: Sequence[Tag] = asked[1].tags
        self._tag = now.tag if now else None
        self.phase = "kind"
        """Which of the parts keys are for: ``kind``, ``judge``, ``note``."""
        self._types = TypeList()
        codes = [kind.code for kind in TYPES]
        self._first = codes.index(now.type) if now and now.type in codes else 0
        self._stance = StancePicker()
        self._question = asked[1].title
        self._field = NoteField(now.note if now else "", placeholder="Tab or a leads here")
        self._asks = Line("", "dim")
        self._notes = Line("", "dim")
        self._keys = KeyLine()

    def body(self) -> Iterable[Widget]:
        """Return both statements, the kinds, what is judged, and the note."""
        yield self._keys
        yield Line(f"“{self._words[0]}”", max_rows=1)
        yield self._types
        yield Line(f"“{self._words[1]}”", max_rows=1)
        yield self._asks
        yield self._stance
        yield Horizontal(self._notes, self._field, classes="about")

    def on_mount(self) -> None:
        """Begin with the kind."""
        self._fit()
        self._types.set_current(self._first)
        self._show_stance()
        self._turn_to("kind")

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self.set_class(self.app.size.height < LOW, "-short")
        rows = min(len(TYPES), self.app.size.height - _USED)
        self._types.styles.height = max(rows, 2)

    def takes_key(self, event: events.Key) -> bool:
        """Do what a key means, if it means something; keys may come before the focus has moved."""
        if event.key in _STEPS:
            at = _PHASES.index(self.phase) + _STEPS[event.key]
            self._turn_to(_PHASES[at % len(_PHASES)])
            return True
        if self.phase == "note":
            self._write(event)
            return True
        if self.phase == "kind":
            taken = event.key == "enter" or self._types.take(event.character)
            if taken:
                self.go_on()
            return taken
        if event.key == "enter":
            self.action_keep()
        elif event.character == "a":
            self._turn_to("note")
        else:
            return self._judge_by(event.character)
        return True

    def _write(self, event: events.Key) -> None:
        """Do what a key does in the note, which has not got the focus as yet."""
        if event.key == "enter":
            self.action_keep()
        elif event.key == "backspace":
            self._field.action_delete_left()
        elif event.is_printable and event.character:
            self._field.insert_text_at_cursor(event.character)

    def go_on(self) -> None:
        """Go on to what is judged of it."""
        self._turn_to("judge")

    def _turn_to(self, phase: str) -> None:
        """Ask for a part, and show that it is this one."""
        self.phase = phase
        self.set_focus({"kind": self._types, "judge": self._stance, "note": self._field}[phase])
        self._show_phase()

    def _show_phase(self) -> None:
        """Show which part keys are for: by a bar and bold words, and by the keys."""
        self._types.ask(self.phase == "kind")
        _mark(self._asks, self._question, self.phase == "judge")
        _mark(self._notes, "Note", self.phase == "note")
        relates = ("Enter", "relates", "screen.keep")
        self._keys.show(
            [
                *([("letter", "chooses", "")] if self.phase == "kind" else ()),
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
        tag = self._tags[position]
        self._tag = None if tag is self._tag else tag
        self._show_stance()

    def _show_stance(self) -> None:
        codes = [tag.code for tag in self._tags]
        given = [self._tag is not None and code == self._tag.code for code in codes]
        self._stance.show([(tag.key, tag) for tag in self._tags], given)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Give back what was chosen."""
        cast("ReaderApp", self.app).hold_keys()  # what is typed from now on is for the article
        self.dismiss(Chosen(self._types.type.code, self._field.value.strip(), self._tag))
