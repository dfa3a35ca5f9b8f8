"""What an entry of the annotation panel looks like: data in, rows out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.domain.text import quoted
from reader.tui.widgets.cells import PLAIN, cells_of, clip, fit, row, seg, split_row, wrap

FLAG_SIGN = "⚑"
INCOMPLETE_SIGN = "◌"
NOTE_SIGN = "✎"
CURRENT_BAR = "▌"
MARK_SIGN = "●"
SOURCE_SIGN = "@"
RELATION_SIGN = "→"
EVIDENCE_SIGN = "§"

_CHIP_COLUMN = 18
_OF_IDS = frozenset("0123456789abcdef-")
_END = 4
"""Signs of an id that are told of it in a row."""

_BY_CELLS = 12
_NARROW = 36
_QUOTE_ROWS = 3
_FACT_ROWS = 8
MARGIN = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag as it is shown.

    Attributes:
        symbol: One cell.
        label: The tag's label.
        color: ``#RRGGBB``; None for a plain highlight.
    """

    symbol: str
    label: str
    color: str | None = None


Facts = tuple[tuple[str, str], ...]
"""Pairs of label and text; an empty label continues the fact before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A highlight as the panel shows it.

    Attributes:
        uid: The highlight's.
        tags: Its tags, topmost first; empty for a plain highlight.
        quote: What is highlighted, without quotation marks.
        flag: Whether it is flagged to check.
        incomplete: What its tags want and it has not (``evidence``, ``note`` …).
        has_note: Whether it has a note.
        facts: Shown when it is open: note, confidence, history …
        beside: Signs of what stands beside it: who said it, a relation, evidence.
        by: Whose it is, where it is not one's own.
        fate: Sign and word, if it was carried over from another version and somebody has to look,
            or if this version has it not.
    """

    uid: str
    tags: tuple[Chip, ...]
    quote: str
    flag: bool = False
    incomplete: tuple[str, ...] = ()
    has_note: bool = False
    facts: Facts = ()
    beside: str = ""
    by: str = ""
    fate: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class PanelStyles:
    """The styles that entries are drawn with.

    Attributes:
        dim: Labels of facts.
        quote: The quotation in an entry that is not open.
        bar: The bar beside the open entry.
        warn: Flag and incomplete.
        ground: The style of a chip, from its colour.
        plain_chip: The chip of a plain highlight.
    """

    dim: Style = PLAIN
    quote: Style = PLAIN
    bar: Style = PLAIN
    warn: Style = PLAIN
    ground: Callable[[str], Style] = lambda color: Style(bgcolor=color)
    plain_chip: Style = PLAIN


Once = Callable[[Hashable, Callable[[], list[Strip]]], list[Strip]]
"""Gives what was made before with the same key, or makes it."""

PLAIN_CHIP = Chip("–", "highlight")
"""Stands for a highlight without a tag."""


def chip_segment(chip: Chip, styles: PanelStyles, label_cells: int) -> Segment:
    """Return a chip; with ``label_cells`` 0 the symbol alone."""
    label = clip(chip.label, label_cells)
    text = f" {chip.symbol} {label} " if label else f" {chip.symbol} "
    style = styles.plain_chip
    if chip.color is not None:
        style = styles.ground(chip.color)
    return seg(text, style)


def closed_row(
    entry: Entry, width: int, styles: PanelStyles, *, current: bool = False, marked: bool = False
) -> Strip:
    """Return an entry in one row, with the bar if it is the current one, and its mark."""
    first, *others = entry.tags or (PLAIN_CHIP,)
    narrow = width < _NARROW
    extra = [chip_segment(chip, styles, 0) for chip in others]
    room = 0 if narrow else max(_CHIP_COLUMN - 5 - cells_of(extra), 0)
    chips = [chip_segment(first, styles, room), *extra]
    column = cells_of(chips) + 1 if narrow else max(_CHIP_COLUMN, cells_of(chips) + 1)
    signs = _signs(entry)
    quote = clip(quoted(entry.quote), width - MARGIN - column - cell_len(signs) - 1)
    left = [
        seg(CURRENT_BAR, styles.bar) if current else seg(" "),
        seg(MARK_SIGN, styles.warn) if marked else seg(" "),
        *chips,
        seg(" " * (column - cells_of(chips))),
        seg(quote, styles.quote),
    ]
    return split_row(left, [seg(f"{signs} ", styles.warn)] if signs else [], width)


def _signs(entry: Entry) -> str:
    """Return the signs at the right end of a closed row."""
    present = [
        *((sign, True) for sign in entry.beside),
        (NOTE_SIGN, entry.has_note),
        (INCOMPLETE_SIGN, bool(entry.incomplete)),
        (FLAG_SIGN, entry.flag),
    ]
    signs = "".join(sign for sign, shown in present if shown)
    signs += entry.fate[0] if entry.fate else ""
    signs = " ".join(part for part in (signs, _by(entry.by)) if part)
    return f" {signs}" if signs else ""


def _by(name: str) -> str:
    """Return a name for a row; of an id behind it the end, in which two of one name differ."""
    handle, _, uid = name.removesuffix(")").rpartition(" (")
    if not handle or not set(uid) <= _OF_IDS:
        return clip(name, _BY_CELLS)
    return f"{clip(handle, _BY_CELLS - _END - 2)} …{uid[-_END:]}"


def head_rows(
    entry: Entry,
    width: int,
    styles: PanelStyles,
    *,
    marked: bool = False,
    once: Once = lambda key, make: make(),
) -> list[Strip]:
    """Return the first rows of the current entry: tags and quotation.

    Args:
        entry: What to show.
        width: Cells of a row.
        styles: How.
        marked: Whether it is one of several that a key acts on.
        once: Gives what was made before with the same key, or makes it.
    """
    bar = seg(CURRENT_BAR, styles.bar)
    first = seg(MARK_SIGN, styles.warn) if marked else seg(" ")
    return [
        *(
            row([bar, seg(" ") if number else first, *parts], width)
            for number, parts in enumerate(_chip_rows(entry, width - MARGIN - 1, styles))
        ),
        *once(("quote", width, entry.quote), lambda: _quote_strips(entry.quote, width, bar)),
    ]


def fact_rows(
    entry: Entry,
    facts: Facts,
    width: int,
    styles: PanelStyles,
    *,
    once: Once = lambda key, make: make(),
) -> list[Strip]:
    """Return the other rows of the current entry: what the signs mean, and facts.

    Args:
        entry: What to show.
        facts: Its own facts, and those that arrived after it.
        width: Cells of a row.
        styles: How.
        once: Gives what was made before with the same key, or makes it: facts seldom change.
    """
    bar = seg(CURRENT_BAR, styles.bar)
    signs = _sign_strips(entry, width, bar, styles, once)
    return [*signs, *_fact_strips(facts, width, bar, styles, once)]


def _quote_strips(quote: str, width: int, bar: Segment) -> list[Strip]:
    """Return the first rows of what is highlighted."""
    texts = wrap(quoted(quote), width - MARGIN - 1, _QUOTE_ROWS)
    return [row([bar, seg(" "), seg(text)], width) for text in texts]


def _chip_rows(entry: Entry, width: int, styles: PanelStyles) -> list[list[Segment]]:
    """Return all chips in full, on as many rows as they need."""
    rows: list[list[Segment]] = [[]]
    for chip in entry.tags or (PLAIN_CHIP,):
        segment = chip_segment(chip, styles, max(width - 4, 0))
        if rows[-1] and cells_of([*rows[-1], segment]) > width:
            rows.append([])
        rows[-1].extend([segment, seg(" ")])
    return rows


def _sign_strips(
    entry: Entry, width: int, bar: Segment, styles: PanelStyles, once: Once
) -> list[Strip]:
    """Return what the signs mean, in words."""

    def rows() -> list[Strip]:
        texts = [text for line in lines for text in wrap(line, width - MARGIN - 1, 2)]
        return [row([bar, seg(" "), seg(text, styles.warn)], width) for text in texts]

    lines: list[str] = []
    if entry.fate:
        lines.append(f"{entry.fate[0]} {entry.fate[1]}: the page has changed")
    if entry.flag:
        lines.append(f"{FLAG_SIGN} flagged to check")
    if entry.incomplete:
        lines.append(f"{INCOMPLETE_SIGN} incomplete: wants {', '.join(entry.incomplete)}")
    return once(("signs", width, *lines), rows) if lines else []


def _fact_strips(
    facts: Facts, width: int, bar: Segment, styles: PanelStyles, once: Once
) -> Iterator[Strip]:
    """Yield label and text side by side, the text wrapped beside its label."""
    column = min(max((cell_len(label) for label, _ in facts), default=0), 12) + 2

    def rows(label: str, text: str) -> list[Strip]:
        lines = wrap(text, max(width - MARGIN - 1 - column, 1), _FACT_ROWS)
        heads = (fit(label if index == 0 else "", column - 2) + "  " for index in range(len(lines)))
        return [
            row([bar, seg(" "), seg(head, styles.dim), seg(line)], width)
            for head, line in zip(heads, lines, strict=True)
        ]

    for label, text in facts:
        yield from once(("fact", width, column, label, text), partial(rows, label, text))
