"""Choose one of many: type to filter, Enter takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.records import dataclass
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import first_key, told
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import clip, seg, split_row, width_of
from reader.tui.widgets.fields import LineField
from reader.tui.widgets.line_list import LineList

_DESCRIPTION_ROWS = 3


def filters() -> str:
    """Return what stands in the field of a list that filters: a letter does not move there."""
    keys = " ".join(filter(None, map(first_key, ("choose.next", "choose.previous"))))
    return f"type to filter · {keys} choose" if keys else "type to filter"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        id: What the dialog gives back.
        label: What it is called.
        description: One or two sentences, shown while it is highlighted.
        note: Stands at the right end.
        symbol: One cell before the label, or empty.
        color: ``#RRGGBB`` of the symbol, or None.
        words: Other words that it is found by; they are not shown.
        is_tag: Whether it is a tag: it is found by its names alone, not by words of its meaning,
            and stands after all else that matches, since Enter on it judges.
    """

    id: str
    label: str
    description: str = ""
    note: str = ""
    symbol: str = ""
    color: str | None = None
    words: str = ""
    is_tag: bool = False


class Finder:
    """Finds choices by parts of words; made once for a list, folded once."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.choices = choices
        self._labels = [f" {choice.label} {choice.note}".casefold() for choice in choices]
        self._words = [f" {choice.words}".casefold() for choice in choices]
        self._texts = ["" if each.is_tag else each.description.casefold() for each in choices]

    def find(self, query: str) -> Sequence[Choice]:
        """Return what matches every word of the query, best first, else in the list's order.

        A beginning of the label counts most, then the beginning of a word in it, the beginning of
        another word that it is found by, any part of the label, and last a part of the description.
        Tags come last.
        """
        words = query.casefold().split()
        if not words:
            return self.choices
        ranked = [
            (choice.is_tag, score, position)
            for position, choice in enumerate(self.choices)
            if (score := self._score(position, words)) is not None
        ]
        ranked.sort()
        return [self.choices[position] for _, _, position in ranked]

    def _score(self, position: int, words: list[str]) -> int | None:
        label, text = self._labels[position], self._texts[position]
        score = 0
        for word in words:
            if label.startswith(f" {word}"):
                continue
            if f" {word}" in label:
                score += 1
            elif f" {word}" in self._words[position]:
                score += 2
            elif word in label:
                score += 3
            elif word in text:
                score += 4
            else:
                return None
        return score


class ChoiceList(LineList):
    """The choices that match."""

    EMPTY = "Nothing matches."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
    }

    can_focus = False

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = choices

    def show(self, choices: Sequence[Choice], position: int = 0) -> None:
        """Show other choices, one of them highlighted."""
        self._choices = choices
        self._top = 0
        self.refresh_entries()
        self.set_current(position)

    @property
    def highlighted(self) -> Choice | None:
        """The choice that Enter takes."""
        return None if self.current is None else self._choices[self.current]

    def entry_count(self) -> int:
        """Return how many choices match."""
        return len(self._choices)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a choice."""
        return self._draw(self._choices[position], width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the highlighted choice."""
        return [self._draw(self._choices[position], width, current=True)]

    def _draw(self, choice: Choice, width: int, *, current: bool) -> Strip:
        ground = self.part("choice--current") if current else Style()
        dim = ground + self.part("choice--dim")
        note = choice.note
        if width_of(note) > width // 3:  # its last word is the key, where there is one
            note = clip(note.rpartition(" ")[2], width // 3)
        cells = [seg("▌ " if current else "  ", ground + self.part("choice--bar"))]
        if choice.symbol:
            color = self.tag_ink(choice.color) if choice.color else dim
            cells.append(seg(f"{clip(choice.symbol, 2)} ", ground + color))
        room = width - width_of(note) - 8
        cells.append(seg(clip(choice.label, room), ground))
        return split_row(cells, [seg(f"{note} ", dim)] if note else [], width, ground)


class ChoiceDialog(Dialog[str | None]):
    """Gives back the id of the choice taken, or None.

    Args:
        title: What is asked.
        choices: In the order shown before anything is typed.
        current: Id of the choice that is highlighted at first.
        remark: Stands at the right of the title; if empty, what letters and arrows do.
        create: Gives the choice that makes something new of what is typed, or None; it is offered
            last.
        tries: Shows what taking a choice would do, by its id, whenever another is highlighted. Who
            asks shows what was there before, if none is taken.
    """

    HELP = "Type to filter, ↑ ↓ to move, Enter to take, Esc to leave."
    CONTEXTS = ("choose",)
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(commands_for("choose"))

    def __init__(
        self, title: str, choices: Sequence[Choice], *, current: str | None = None,
        remark: str = "", create: Callable[[str], Choice | None] | None = None,
        tries: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, remark)
        self._finder = Finder(choices)
        self._create = create
        self._tries, self._tried = tries, current
        self._start = next((n for n, each in enumerate(choices) if each.id == current), 0)
        self._list = ChoiceList(choices)
        self._described = bool(create) or any(choice.description for choice in choices)
        self._description = Line("", "dim", max_rows=_DESCRIPTION_ROWS, id="description")

    def body(self) -> Iterable[Widget]:
        """Return field, list and description."""
        yield LineField(placeholder=filters())
        yield self._list
        if self._described:
            yield self._description

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return told("Type to filter", "choose.next next", "Enter takes it", "Esc leaves")

    def _found(self, text: str) -> Sequence[Choice]:
        """Return what matches a text, and last what could be made of it."""
        found = self._finder.find(text)
        new = self._create(text) if self._create and text.strip() else None
        return [*found, new] if new else found

    def on_mount(self) -> None:
        """Show everything."""
        self._fit()
        self._list.show(self._finder.choices, self._start)
        self._describe()
        self.query_one(LineField).focus()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        """Keep the list's height while it is filtered, so that nothing jumps."""
        short = self.fit_frame()
        described = (1 if short else _DESCRIPTION_ROWS) + 1 if self._described else 0
        used = (4 if short else 8) + described
        rows = min(len(self._finder.choices), self.rows_there - used, 24)
        self._list.styles.height = max(rows, 2)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List only the choices that fit what is typed."""
        event.stop()
        found = self._found(event.value)
        self._list.show(found, 0 if event.value.strip() else self._start)
        self._describe()

    def _describe(self) -> None:
        choice = self._list.highlighted
        self._description.show(choice.description if choice else "")
        if self._tries is not None and choice is not None and choice.id != self._tried:
            self._tried = choice.id
            self._tries(choice.id)

    def action_step(self, step: int) -> None:
        """Highlight the next or previous one; the ends meet."""
        count = self._list.entry_count()
        if count:
            self._list.set_current(((self._list.current or 0) + step) % count)
            self._describe()

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self._list.page(direction)
        self._describe()

    def on_input_submitted(self) -> None:
        """Take the highlighted one."""
        self._take()

    def on_line_list_jumped(self) -> None:
        """Take the one that was clicked."""
        self._take()

    def _take(self) -> None:
        choice = self._list.highlighted
        if choice is not None:
            self.dismiss(choice.id)
