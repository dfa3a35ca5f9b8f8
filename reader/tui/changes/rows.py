"""How the entries of the Changes screen look: what became of a mark, what changed in a paragraph.

Words taken out are shown as ``[-…-]`` and words put in as ``{+…+}``, struck and underlined besides:
no colour is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.domain.blocks import BlockTable
from reader.domain.comparing.alignment import Alignment
from reader.domain.comparing.comparison import Comparison, Piece, Sign
from reader.domain.records import dataclass
from reader.domain.text import Block, Role
from reader.tui.widgets.cells import PLAIN, cells_of, clip, row, seg
from reader.tui.widgets.pieces import wrapped

OPEN, CLOSE = {Sign.REMOVED: "[-", Sign.ADDED: "{+"}, {Sign.REMOVED: "-]", Sign.ADDED: "+}"}
_BEFORE = 24
"""Code points before the first change that a closed row shows."""
_LONG = 4_000
"""Code points of a quotation of which single words are compared."""
_SIDES = 72
"""Cells from which on two wordings stand side by side."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Styles.

    Attributes:
        removed: Of words taken out.
        added: Of words put in.
        dim: Of labels.
        bar: Of the bar beside the current entry.
        warn: Of what has to be looked at.
    """

    removed: Style = PLAIN
    added: Style = PLAIN
    dim: Style = PLAIN
    bar: Style = PLAIN
    warn: Style = PLAIN

    def of(self, sign: Sign) -> Style:
        """Return the style of words with a fate."""
        return {Sign.REMOVED: self.removed, Sign.ADDED: self.added}.get(sign, PLAIN)


def word_pieces(before: str, now: str) -> list[Piece]:
    """Return two wordings of a statement as pieces."""
    if len(before) > _LONG or len(now) > _LONG:
        return [Piece(Sign.REMOVED, before), Piece(Sign.ADDED, now)]
    tables = [BlockTable([Block(0, max(1, len(text)), Role.BODY)]) for text in (before, now)]
    compared = Comparison(Alignment(before, now), *tables)
    found = [piece for item in compared.paragraphs for piece in compared.pieces(item)]
    return found or [Piece(Sign.SAME, now)]


def around_the_change(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces from a little before the first change on."""
    if not pieces or pieces[0].sign is not Sign.SAME or len(pieces[0].text) <= _BEFORE:
        return list(pieces)
    head = pieces[0].text[-_BEFORE:]
    return [Piece(Sign.SAME, "…" + head[head.find(" ") + 1 :]), *pieces[1:]]


def in_one_row(pieces: Sequence[Piece], width: int, looks: Looks) -> list[Segment]:
    """Return pieces in one row, cut where it ends."""
    return next(iter(_wrapped(pieces, width, 1, looks)), [])


def in_rows(pieces: Sequence[Piece], width: int, most: int, looks: Looks) -> list[list[Segment]]:
    """Return pieces in rows of a width, ``most`` at most."""
    return list(_wrapped(pieces, width, most, looks))


def _wrapped(
    pieces: Sequence[Piece], width: int, most: int, looks: Looks
) -> Iterator[list[Segment]]:
    styled = (
        (f"{OPEN.get(piece.sign, '')}{piece.text}{CLOSE.get(piece.sign, '')}", looks.of(piece.sign))
        for piece in pieces
    )
    return wrapped(styled, width, most, PLAIN)


def side_by_side(
    pieces: Sequence[Piece], width: int, most: int, looks: Looks
) -> list[list[Segment]]:
    """Return the wording of before and that of now, beside each other or one below the other."""
    before = [piece for piece in pieces if piece.sign is not Sign.ADDED]
    now = [piece for piece in pieces if piece.sign is not Sign.REMOVED]
    if width < _SIDES:
        return [
            *_labelled("before ", in_rows(before, width - 7, most, looks), looks),
            *_labelled("now    ", in_rows(now, width - 7, most, looks), looks),
        ]
    column = (width - 3) // 2
    left = [[seg("before", looks.dim)], *in_rows(before, column, most, looks)]
    right = [[seg("now", looks.dim)], *in_rows(now, column, most, looks)]
    rows = []
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else []
        other = right[number] if number < len(right) else []
        gap = seg(" " * max(0, column - cells_of(one)))
        rows.append([*one, gap, seg(" │ ", looks.dim), *other])
    return rows


def _labelled(label: str, rows: list[list[Segment]], looks: Looks) -> Iterator[list[Segment]]:
    for number, parts in enumerate(rows):
        yield [seg(label if not number else " " * cell_len(label), looks.dim), *parts]


def with_bar(rows: list[list[Segment]], width: int, looks: Looks) -> list[Strip]:
    """Return the rows of the current entry, with the bar beside them."""
    bar = seg("▌", looks.bar)
    return [row([bar, seg(" "), *parts], width) for parts in rows]


def mark_head(facts: Sequence[tuple[str, Style]], width: int) -> list[Segment]:
    """Return what is to be said of a mark in one row."""
    parts: list[Segment] = []
    for text, style in facts:
        room = width - cells_of(parts) - (3 if parts else 0)
        if room < 4:
            break
        parts += [seg(" · ")] * bool(parts)
        parts.append(seg(clip(text, room), style))
    return parts
