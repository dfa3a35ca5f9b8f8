"""The list of the Changes screen: marks first, then the paragraphs that changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.comparing.comparison import Paragraph, Piece, Sign
from reader.domain.fates import ORDER, WORDS, named
from reader.domain.highlight import Fate
from reader.domain.records import dataclass
from reader.domain.text import shortened
from reader.services.changes.comparing import Changes, Mark
from reader.services.reading.session import Session
from reader.tui.changes import rows
from reader.tui.changes.rows import Looks
from reader.tui.widgets.cells import cells_of, fit, row, seg
from reader.tui.widgets.line_list import LineList

Entry = Mark | Paragraph

_FATE_CELLS = 15
_KEPT = 500
"""Entries of which the words that changed are kept."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the list is shown.

    Attributes:
        title: How it is called.
        test: Whether an entry is shown.
    """

    title: str
    test: Callable[[Entry], bool]


def filters_of(entries: list[Entry]) -> list[Filter]:
    """Return the filters that leave something, in the order in which the key goes through them."""
    every = [
        Filter("everything", lambda entry: True),
        Filter("to be looked at", lambda entry: isinstance(entry, Mark) and entry.is_unconfirmed),
        Filter(
            "judged on other words",
            lambda entry: isinstance(entry, Mark) and entry.is_judged_on_other_words,
        ),
        *(Filter(WORDS[fate], _has(fate)) for fate in ORDER),
        Filter("paragraphs", lambda entry: isinstance(entry, Paragraph)),
    ]
    return [item for number, item in enumerate(every) if not number or any(map(item.test, entries))]


def _has(fate: Fate) -> Callable[[Entry], bool]:
    return lambda entry: isinstance(entry, Mark) and entry.fate is fate


class ChangeList(LineList):
    """Marks and paragraphs; the current one is open.

    Args:
        found: What changed.
        session: The article on the screen, for the names of tags.
    """

    EMPTY = "Nothing fits the filter."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "changes--removed",
        "changes--added",
        "changes--dim",
        "changes--bar",
        "changes--warn",
    }

    def __init__(self, found: Changes, session: Session) -> None:
        super().__init__(id="changes-list")
        self._found = found
        self._session = session
        self._compared: dict[str, list[Piece]] = {}
        self.filter = Filter("everything", lambda entry: True)
        self.entries: list[Entry] = []
        self.shown: list[Entry] = []
        self.take(found.marks)

    def take(self, marks: list[Mark]) -> None:
        """Take the marks as they are now; the current entry stays that one, if it is shown."""
        compared = self._found.comparison
        paragraphs = [item for item in compared.paragraphs if item.changed] if compared else []
        self.entries = [*marks, *paragraphs]
        self._compared.clear()
        self.use(self.filter)

    def use(self, wanted: Filter) -> None:
        """Show only what fits a filter."""
        here = self.entry
        self.filter = wanted
        self.shown = [entry for entry in self.entries if wanted.test(entry)]
        self.refresh_entries()
        self.set_current(min(self._current or 0, max(0, len(self.shown) - 1)))
        if here is not None:
            self.go_to(here)

    def go_to(self, entry: Entry) -> None:
        """Go to an entry, if it is shown."""
        same = (number for number, item in enumerate(self.shown) if _is_same(item, entry))
        self.set_current(next(same, self.current))

    @property
    def entry(self) -> Entry | None:
        """The current entry."""
        position = self.current
        return self.shown[position] if position is not None and position < len(self.shown) else None

    @property
    def looks(self) -> Looks:
        """The styles."""
        names = ("removed", "added", "dim", "bar", "warn")
        return Looks(*(self.part(f"changes--{name}") for name in names))

    def entry_count(self) -> int:
        """Return how many entries are shown."""
        return len(self.shown)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return an entry in one row."""
        return row([seg("  "), *self._one_row(self.shown[position], width - 2)], width)

    def draw_marked(self, position: int, width: int) -> Strip:
        """Return the current entry in one row."""
        bar = seg("▌ ", self.looks.bar)
        return row([bar, *self._one_row(self.shown[position], width - 2)], width)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current entry in full, as far as the screen is high."""
        entry, looks, most = self.shown[position], self.looks, max(2, self.size.height - 3)
        if isinstance(entry, Paragraph):
            shown = rows.in_rows(self._pieces(entry), width - 3, most, looks)
            return rows.with_bar(shown, width, looks)
        parts = [rows.mark_head(self._facts(entry), width - 3)]
        if entry.reworded and entry.words:
            parts += rows.side_by_side(self._pieces(entry), width - 3, most - 1, looks)
        else:
            said = [Piece(Sign.SAME, f"“{_flat(entry.words or entry.words_before)}”")]
            parts += rows.in_rows(said, width - 3, most - 1, looks)
        return rows.with_bar(parts, width, looks)

    def _one_row(self, entry: Entry, width: int) -> list[Segment]:
        looks = self.looks
        if isinstance(entry, Paragraph):
            sign = {Sign.ADDED: "{+} ", Sign.REMOVED: "[-] "}.get(entry.sign, " ±  ")
            pieces = rows.around_the_change(self._pieces(entry))
            return [seg(sign, looks.dim), *rows.in_one_row(pieces, width - 4, looks)]
        head = [seg(fit(named(entry.fate), _FATE_CELLS), self._style(entry))]
        for symbol, color in self._tags(entry):
            head += [seg(symbol, self.tag_ink(color) if color else looks.dim), seg(" ")]
        pieces = [Piece(Sign.SAME, f"“{_flat(entry.words or entry.words_before)}”")]
        if entry.reworded and entry.words:
            pieces = rows.around_the_change(self._pieces(entry))
        return [*head, *rows.in_one_row(pieces, width - cells_of(head), looks)]

    def _style(self, mark: Mark) -> Style:
        needed = mark.is_unconfirmed or mark.fate is Fate.ORPHANED
        return self.looks.warn if needed else self.looks.dim

    def _tags(self, mark: Mark) -> list[tuple[str, str | None]]:
        tags = [self._session.tag_of(item) for item in mark.highlight.judgements]
        return [(tag.symbol, tag.color) if tag else ("·", None) for tag in tags]

    def _facts(self, mark: Mark) -> list[tuple[str, Style]]:
        looks = self.looks
        facts = [(named(mark.fate), self._style(mark))]
        if mark.is_judged_on_other_words:
            facts.append(("its words changed under your judgement", looks.warn))
        elif mark.is_beside_a_change:
            facts.append(("words beside it in its sentence changed", looks.warn))
        for item in mark.highlight.judgements:
            tag = self._session.tag_of(item)
            name = f"{tag.symbol} {tag.label}" if tag else item.code
            facts.append((name, self.tag_ink(tag.color) if tag else looks.dim))
        if mark.highlight.annotator_uid != self._session.annotations.annotator_uid:
            facts.append((mark.item.annotator, looks.dim))
        if mark.highlight.note:
            facts.append((f"✎ {_flat(mark.highlight.note)}", looks.dim))
        return facts

    def _pieces(self, entry: Entry) -> list[Piece]:
        """Return what changed in an entry; worked out when it is first shown."""
        key = entry.highlight.uid if isinstance(entry, Mark) else f"{entry.old} {entry.new}"
        if key not in self._compared:
            if len(self._compared) > _KEPT:
                self._compared.clear()
            self._compared[key] = self._compare(entry)
        return self._compared[key]

    def _compare(self, entry: Entry) -> list[Piece]:
        if isinstance(entry, Mark):
            return rows.word_pieces(entry.words_before, entry.words)
        return self._found.comparison.pieces(entry) if self._found.comparison else []


def _is_same(entry: Entry, other: Entry | None) -> bool:
    if isinstance(entry, Mark) and isinstance(other, Mark):
        return entry.highlight.uid == other.highlight.uid
    return entry == other


def _flat(text: str) -> str:
    return shortened(text, 2_000)
