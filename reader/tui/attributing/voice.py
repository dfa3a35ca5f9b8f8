"""How something is told, what its speaker does, and whether it was said: one key each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.attributed import ACTS, VOICES, Attribution
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import Judgement
from reader.domain.records import dataclass
from reader.services.attributing import rating
from reader.tui.attributing.desk import Desk
from reader.tui.attributing.key_line import KeyLine
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.cells import cells_of, row, seg
from reader.tui.widgets.strips import StripWidget

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_SHORT = 18
"""Rows of the window below which there is no empty row, and one for what a key meant."""

_VOICE_KEYS = dict(zip("dpinu", VOICES, strict=True))
_ACT_KEYS = {str(number): act for number, act in enumerate(ACTS, 1)}

ABOUT = {
    "direct": "Word for word, in quotation marks.",
    "partial": "Some words of the speaker's in the narrator's sentence.",
    "indirect": "In reported speech.",
    "narrator": "The article says so itself.",
    "unclear": "It cannot be told where the speaker ends and the narrator begins.",
    "assert": "Says that something is so.",
    "admit": "Concedes something to his or her own disadvantage.",
    "deny": "Says that something is not so.",
    "narrow-denial": "Denies less than was alleged: look at what exactly.",
    "opine": "Gives a judgement, a wish or a feeling as one's own.",
    "explain": "Gives a reason or a background for what is not in question.",
    "non-answer": "Answers, but not what was asked.",
    "certain": "What is marked is all of what was said, and nothing else.",
    "uncertain": "What was said may begin or end elsewhere than the highlight.",
}
"""What each word means, in one sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a key sets.

    Attributes:
        key: The key.
        label: What it is called.
        about: What it means, in one sentence.
        do: Sets it, or takes it off.
        symbol: A sign before the label, or empty.
        color: ``#RRGGBB`` of the sign, or empty.
        on: Whether it is set.
    """

    key: str
    label: str
    about: str
    do: Callable[[], None]
    symbol: str = ""
    color: str = ""
    on: bool = False


Rows = Sequence[tuple[str, Sequence[Item]]]
"""Questions, each with what can be answered."""


class Answers(StripWidget, can_focus=True):
    """Questions with the keys of their answers; a click does what the key does.

    Args:
        act: Does what an item stands for.
        leave: Leaves; keys that come after the one that leaves are kept for what lies below.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answers--title",
        "answers--here",
        "answers--key",
        "answers--label",
        "answers--on",
    }

    def __init__(self, act: Callable[[Item], None], leave: Callable[[], None]) -> None:
        super().__init__(id="answers")
        self._act, self._leave = act, leave
        self._left = False
        self._rows: Rows = ()
        self._places: list[list[tuple[int, int, Item]]] = []
        self.here = 0
        """Number of the question whose keys come first."""
        self._top = 0
        self.most = 100
        """Rows that there are at most; what has no room is scrolled to."""

    def show(self, rows: Rows) -> None:
        """Show the questions as they are answered now."""
        self._rows = rows
        self.content_changed()

    def item_for(self, key: str) -> Item | None:
        """Return what a key sets: of the question that one is at, else of the first that has it."""
        ordered = [*self._rows[self.here : self.here + 1], *self._rows]
        return next((item for _, items in ordered for item in items if item.key == key), None)

    def step(self, step: int) -> None:
        """Go to the next or previous question; the ends meet."""
        self.here = (self.here + step) % max(1, len(self._rows))
        if self.size.width:
            self._into_view(self.size.width)
        self.redraw()

    def _into_view(self, width: int) -> None:
        """Show as much as there is room for of the question that one is at."""
        firsts = [n for n, (_, places) in enumerate(self._laid(width)) if not places]
        first = firsts[self.here]
        last = [*firsts, len(self._laid(width))][self.here + 1]
        self._top = min(max(self._top, last - self.size.height), first)

    def _laid(self, width: int) -> list[tuple[Strip, list[tuple[int, int, Item]]]]:
        rows: list[tuple[Strip, list[tuple[int, int, Item]]]] = []
        for number, (title, items) in enumerate(self._rows):
            mark = "▸ " if number == self.here else "  "
            style = self.part("answers--here" if number == self.here else "answers--title")
            rows.append((row([seg(f"{mark}{title}", style)], width), []))
            parts: list[Segment] = [seg("  ")]
            places: list[tuple[int, int, Item]] = []
            for item in items:
                piece = self._piece(item)
                if places and cells_of(parts) + cells_of(piece) > width:
                    rows.append((row(parts, width), places))
                    parts, places = [seg("  ")], []
                start = cells_of(parts)
                parts += piece
                places.append((start, cells_of(parts), item))
            rows.append((row(parts, width), places))
        return rows

    def _piece(self, item: Item) -> list[Segment]:
        style = self.part("answers--on" if item.on else "answers--label")
        sign = [seg(f"{item.symbol} ", self.tag_ink(item.color))] if item.symbol else []
        before, behind = ("[", "]") if item.on else (" ", " ")
        return [
            seg(before, style),
            seg(f"{item.key} ", self.part("answers--key")),
            *sign,
            seg(f"{item.label}{behind}", style),
            seg(" "),
        ]

    def rows_for(self, width: int) -> int:
        """Return how many rows the questions get."""
        return max(1, min(len(self._laid(width)), self.most))

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the questions with their answers."""
        laid = self._laid(width)
        self._top = max(0, min(self._top, len(laid) - height))
        laid = laid[self._top : self._top + height]
        self._places = [places for _, places in laid]
        return [strip for strip, _ in laid]

    def on_click(self, event: events.Click) -> None:
        """Set what was clicked."""
        event.stop()
        if event.y < len(self._places):
            for start, end, item in self._places[event.y]:
                if start <= event.x < end:
                    self._act(item)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show what is below."""
        event.stop()
        self._top += 1
        self.redraw()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show what is above."""
        event.stop()
        self._top -= 1
        self.redraw()

    async def _on_key(self, event: events.Key) -> None:
        """Set what a key stands for, in the order in which they were typed."""
        item = self.item_for(event.character or "")
        leaves = event.key in ("enter", "escape", "q")
        if not (self._left or leaves or item):
            return
        event.stop()
        event.prevent_default()
        if self._left:
            cast("ReaderApp", self.app).keep_key(event)
        elif leaves:
            self._left = True
            self._leave()
        elif item is not None:
            self._act(item)


class VoiceDialog(Dialog[None]):
    """Says how statements are told; each key is saved at once, and sets or takes off.

    Whether it was said is a judgement on who is said to have said it, apart from whether it is so.

    Args:
        desk: The statements.
        books: Codebooks that ask something of attributions.
        given: What is judged of the attribution so far.
        blind: Whether to cover the tags of the statement, if the active codebook is among them.
    """

    HELP = "One key sets each; ↑ ↓ go from question to question; Enter or Esc leaves."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "step(1)", "next question", show=False, priority=True),
        Binding("up,shift+tab", "step(-1)", "previous question", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        books: Sequence[Codebook],
        given: Sequence[Judgement],
        *,
        blind: bool = False,
    ) -> None:
        super().__init__("How is it told?")
        self.set_class(blind and len(books) > 1, "-blind")
        self._desk = desk
        self._books = books if len(desk.targets) == 1 else ()
        self._given = tuple(given)
        self._answers = Answers(self._do, self.action_leave)
        self._about = Line("", "dim", max_rows=2, id="description")
        self._keys = KeyLine(1)

    def body(self) -> Iterable[Widget]:
        """Return words, questions, and what the last key meant."""
        yield Line(self._desk.words, "dim")
        yield self._answers
        yield self._about
        yield self._keys

    def on_mount(self) -> None:
        """Take keys."""
        self._fit()
        self._answers.focus()
        self._show()
        self._keys.show([("↑ ↓", "question", "step(1)"), ("Enter", "done", "leave")])

    def action_leave(self) -> None:
        """Leave; keys typed after it are for the article."""
        if self.app.screen is self:
            cast("ReaderApp", self.app).hold_keys()
        self.dismiss(None)

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        height = self.app.size.height
        self.set_class(height < _SHORT, "-short")
        self._answers.most = max(3, height - (6 if height < _SHORT else 10))
        self._answers.content_changed()

    def action_step(self, step: int) -> None:
        """Go to the next or previous question."""
        self._answers.step(step)

    def _show(self) -> None:
        said = self._desk.said or Attribution("", "")
        self._answers.show([*self._told(said), *self._judged()])

    def _do(self, item: Item) -> None:
        item.do()
        self._about.show(item.about)
        self._show()

    # ------------------------------------------------------------------ the questions

    def _told(self, said: Attribution) -> Iterable[tuple[str, list[Item]]]:
        voices = [
            Item(key, voice, ABOUT[voice], self._setting("voice", voice), on=said.voice == voice)
            for key, voice in _VOICE_KEYS.items()
        ]
        acts = [
            Item(key, act.replace("w-", "w "), ABOUT[act],
                 self._setting("act", act), on=said.act == act)
            for key, act in _ACT_KEYS.items()
        ]  # fmt: skip
        yield "Voice", voices
        yield "What the speaker does", acts
        scopes = {"s": ("certain", True), "S": ("uncertain", False)}
        yield (
            "Where it begins and ends",
            [
                Item(key, name, ABOUT[name], self._setting("scope_certain", value),
                     on=said.scope_certain is value)
                for key, (name, value) in scopes.items()
            ],
        )  # fmt: skip

    def _setting(self, field: str, value: str | bool) -> Callable[[], None]:
        """Return what sets a field, or takes it off if it is set so."""

        def do() -> None:
            off = getattr(self._desk.said, field, None) == value
            wanted = None if off else value
            word = value if isinstance(value, str) else f"scope {'' if value else 'un'}certain"
            self._desk.change(
                lambda said: _with(said, field, wanted), f"{word}{' off' if off else ''}"
            )

        return do

    def _judged(self) -> Iterable[tuple[str, list[Item]]]:
        for book in self._books:
            for facet in rating.facets_for(book, "attribution"):
                here = " Of this attribution only." if "source" in facet.applies_to else ""
                tags = [self._tag(book, facet, tag) for tag in facet.tags]
                yield f"{facet.title}{here}", tags

    def _tag(self, book: Codebook, facet: Facet, tag: Tag) -> Item:
        on = any(
            (item.codebook, item.facet, item.code) == (book.id, facet.id, tag.code)
            for item in self._given
        )

        def do() -> None:
            uid = self._desk.attribution_uid
            if uid is None:
                self._desk.screen.say("Say first who said it, or how it is told.")
                return
            self._given = self._desk.rate("attribution", uid, self._given, (book, facet, tag))

        return Item(tag.key, tag.label, tag.definition, do, tag.symbol, tag.color, on)


def _with(said: Attribution, field: str, value: str | bool | None) -> Attribution:
    """Return an attribution with another voice, act or certainty of its scope."""
    if field == "voice":
        return replace(said, voice=value if isinstance(value, str) else None)
    if field == "act":
        return replace(said, act=value if isinstance(value, str) else None)
    return replace(said, scope_certain=value if isinstance(value, bool) else None)
