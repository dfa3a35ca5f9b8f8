"""Asks how two statements are related: the kind, what is judged of it, a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.records import dataclass
from reader.domain.relation import TYPES, RelationType
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
_USED = 13
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
    """The kinds of relation; a letter chooses one at once."""

    HELP = "A letter chooses that kind; or go to it with j k and press Enter."
    TAKES_TEXT = True
    """Keys that were typed ahead, and are on their way while it gets the focus, are for it."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--current", "choice--bar", "choice--dim"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "next", show=False),
        Binding("up,k", "step(-1)", "previous", show=False),
    ]

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
        bar = seg("▌" if current else " ", ground + self.part("choice--bar"))
        label = fit(kind.label, _LABEL) if width >= 2 * _LABEL else kind.label
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


class StancePicker(VerdictPicker):
    """What is judged of the relation; Enter keeps all of it."""

    HELP = "A letter judges the relation, or takes that back; Enter keeps it, a is for a note."
    TAKES_TEXT = True

    def on_key(self, event: events.Key) -> None:
        """Have the dialog take a letter, and Enter."""
        _pressed(self, event)


def _pressed(widget: Widget, event: events.Key) -> None:
    """Give a key to the dialog, which knows what is asked, wherever the focus is as yet."""
    if cast("RelationDialog", widget.screen).takes_key(event):
        event.stop()
        event.prevent_default()


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
        super().__init__("How are they related?", "Esc leaves")
        self._words = (" ".join(one.split()), " ".join(other.split()))
        self._tags: Sequence[Tag] = asked[1].tags
        self._tag = now.tag if now else None
        self._phase = "kind"
        self._types = TypeList()
        codes = [kind.code for kind in TYPES]
        self._first = codes.index(now.type) if now and now.type in codes else 0
        self._stance = StancePicker()
        self._question = asked[1].title
        self._field = LineField(now.note if now else "", placeholder="note (optional)")

    def body(self) -> Iterable[Widget]:
        """Return both statements, the kinds, what is judged, and the note."""
        yield Line(f"“{self._words[0]}”", max_rows=1)
        yield self._types
        yield Line(f"“{self._words[1]}”", max_rows=1)
        yield Line(self._question, "dim")
        yield self._stance
        yield self._field

    def on_mount(self) -> None:
        """Begin with the kind."""
        self._fit()
        self._types.set_current(self._first)
        self._show_stance()
        self.set_focus(self._types)

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self.set_class(self.app.size.height < LOW, "-short")
        rows = min(len(TYPES), self.app.size.height - _USED)
        self._types.styles.height = max(rows, 2)

    def takes_key(self, event: events.Key) -> bool:
        """Do what a key means, if it means something; keys may come before the focus has moved."""
        if self._phase == "note":
            if event.key == "enter":
                self.action_keep()
            elif event.is_printable and event.character:
                self._field.insert_text_at_cursor(event.character)
            return True
        if self._phase == "kind":
            taken = event.key == "enter" or self._types.take(event.character)
            if taken:
                self.go_on()
            return taken
        if event.key == "enter":
            self.action_keep()
        elif event.character == "a":
            self._phase = "note"
            self.set_focus(self._field)
        else:
            return self._judge_by(event.character)
        return True

    def go_on(self) -> None:
        """Go on to what is judged of it."""
        self._phase = "judge"
        self.heading.say("Enter keeps · a note · Esc leaves")
        self.set_focus(self._stance)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Ask for what the focus is on."""
        phases = {self._types: "kind", self._stance: "judge", self._field: "note"}
        if self.focused is event.widget:
            self._phase = phases.get(event.widget, self._phase)

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
