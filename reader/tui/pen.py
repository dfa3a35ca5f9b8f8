"""What is sent to a terminal for cells that have changed: little more than their text.

A style is named where it is another than that of the text before, and then by what differs. What
looks like most of the screen, such as the margin of rows with a ground, is sent first: between such
rows it would take their style away and bring it back at every row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.tui.layout import is_narrow

if TYPE_CHECKING:
    from rich.color import ColorSystem
    from rich.style import Style

_BLANKS = 8
"""Blanks that are longer than the code for their number."""

_LONG = " " * 12
_MANY = re.compile(_LONG + " *")
"""Blanks between words that are longer than the codes for their number and for going over them."""

_PLAIN = re.compile(r"(?:[123](?:;|$))*(?:38;5;\d+|38;2;\d+;\d+;\d+|3[0-79]|9[0-7])?")
"""Codes of styles in which a blank is nothing: without a ground, a line, or exchanged colours."""

_ENDED_BY = {"1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "6": "25",
             "7": "27", "8": "28", "9": "29"}  # fmt: skip
"""What ends an attribute (ECMA-48, SGR); bold and dim end together."""

_INK, _GROUND, _BOLD = "39", "49", "22"

_KEPT_ROWS = 512
"""Rows that are kept as they are sent: a page back, or a list that moves, sends them again."""

_KEPT_TURNS = 512
"""Changes of style that are kept."""

_JUMP_TO = 8
"""Bytes that it takes to go on at another cell."""

_JUMP = 12
"""Bytes that it takes to send some text of a row by itself: to it, and over it."""

Row = tuple[Strip, Sequence[tuple[int, str]], int, str, str]
"""A strip, and some of its cells as they are sent: what looks like most of the screen, in pieces
with the cells before each; then the cells before all else, its text, and its last style. The text
is empty if there is nothing else."""

_Run = tuple[str, str, int]
"""Text of one style: the style's codes, the text, its cells."""

_Sent = tuple[Sequence[tuple[int, str]], int, str, str]
"""A row but for its strip."""

Rows = dict[tuple[int, int, int, str], Row]
"""Rows as they were sent, by the strip's id, the cells at which they begin and end, and the style
of what was sent before them."""


class Pen:
    """Puts together what brings some cells to the terminal. One is used for one frame.

    Args:
        colors: The colours that the terminal has.
        rows: Rows that were sent before, on the same ground.
        ground: Codes of what most of the screen looks like; empty for the terminal's own colours.
    """

    def __init__(self, colors: ColorSystem, rows: Rows, ground: str = "") -> None:
        self._colors = colors
        self._rows = rows
        self._ground = ground
        self._plain: list[str] = []
        self._styled: list[str] = []
        self._plain_y = self._y = -1
        self._codes = ground

    def row(self, x: int, y: int, strip: Strip, start: int, end: int) -> None:
        """Write some cells of a strip; their text is put together once, however often it is sent.

        Args:
            x: Column of the terminal for the first of them, from 0.
            y: Its row, from 0.
            strip: The strip.
            start: The first cell.
            end: One past the last.
        """
        known = self._rows.get((id(strip), start, end, self._codes))
        if known is None or known[0] is not strip:
            known = self._new_row(strip, start, end)
        _, like_most, before, text, last = known
        for cells, words in like_most:
            self._plain.append(_to(x + cells, y, y == self._plain_y) + words)
            self._plain_y = y
        if text:
            self._styled.append(_to(x + before, y, y == self._y) + text)
            self._y, self._codes = y, last

    def _new_row(self, strip: Strip, start: int, end: int) -> Row:
        if len(self._rows) >= _KEPT_ROWS:
            self._rows.clear()
        row = (strip, *self._put_together(self._runs(strip, start, end)))
        self._rows[id(strip), start, end, self._codes] = row
        return row

    def written(self) -> str:
        """Return all that was written; the style is none at the end."""
        pieces = (*self._plain, *self._styled)
        if not pieces:
            return ""
        return "".join((_turn("", self._ground), *pieces, _turn(self._codes, "")))

    def _put_together(self, runs: list[_Run]) -> _Sent:
        """Return runs as they are sent after what was sent before; see `Row`."""
        if not runs:
            return (), 0, "", self._codes
        codes, text, cells = runs[-1]
        if text[-1] == " ":
            runs[-1] = codes, _end_of_row(codes, text), cells
        if any(_LONG in text for _, text, _ in runs):
            runs = [(codes, _without_blanks(codes, text), cells) for codes, text, cells in runs]
        if runs[0][0] != self._ground:
            text, between = _joined(runs, 0, self._ground)
            return between, 0, _turn(self._codes, runs[0][0]) + text, codes
        if len(runs) == 1:
            return ((0, runs[0][1]),), 0, "", self._codes
        return self._after_lead(runs[0], runs[1:], codes)

    def _after_lead(self, lead: _Run, runs: list[_Run], last: str) -> _Sent:
        """Return runs as they are sent that begin with what looks like most of the screen."""
        ground, text, cells = lead
        first = runs[0][0]
        styled, between = _joined(runs, cells, ground)
        off, on = _turn(self._codes, ground), _turn(ground, first)
        turn = _turn(self._codes, first)
        if off and len(turn) + _JUMP_TO < len(off) + len(on):
            return ((0, text), *between), cells, turn + styled, last
        return between, 0, off + text + on + styled, last

    def _runs(self, strip: Strip, start: int, end: int) -> list[_Run]:
        """Return some cells of a strip; see `Strip.crop` and `Strip.render`.

        A cut strip would be made and then used once.
        """
        runs: list[_Run] = []
        at = 0
        for text, style, _ in strip:
            if at >= end:
                break
            size = len(text) if text.isascii() else _cells_of(text)
            first, at = at, at + size
            if at <= start:
                continue
            if first < start or at > end:
                text = _cropped(text, max(start - first, 0), min(end - first, size))
                size = min(at, end) - max(first, start)
            codes = "" if style is None else style._ansi
            if codes is None:
                codes = codes_of(cast("Style", style), self._colors)
            if runs and runs[-1][0] == codes:
                runs[-1] = codes, runs[-1][1] + text, runs[-1][2] + size
            else:
                runs.append((codes, text, size))
        return runs


def _joined(runs: list[_Run], at: int, ground: str) -> tuple[str, list[tuple[int, str]]]:
    """Return runs after the first one's style, and what is better sent by itself.

    Args:
        runs: At least one.
        at: The cells before it.
        ground: Codes of what most of the screen looks like.
    """
    last, pieces, cells = runs[0]
    between: list[tuple[int, str]] = []
    for number, (codes, text, size) in enumerate(runs[1:], 2):
        at += cells
        cells = size
        after = runs[number][0] if number < len(runs) else ""
        if codes == ground and after and _goes_round(last, after, ground):
            between.append((at, text))
            pieces += f"\x1b[{size}C"
        else:
            pieces += _turn(last, codes) + text
            last = codes
    return pieces, between


def _goes_round(last: str, after: str, ground: str) -> bool:
    """Whether what looks like most of the screen takes fewer bytes by itself than between."""
    return len(_turn(last, after)) + _JUMP < len(_turn(last, ground)) + len(_turn(ground, after))


def codes_of(style: Style, colors: ColorSystem) -> str:
    """Return the codes of a style (ECMA-48, SGR), on a terminal with some colours."""
    return Strip.render_ansi(style, colors)


def _to(x: int, y: int, is_here: bool) -> str:
    """Return what goes on at a cell, counted from 0; the style stays.

    Args:
        x: Its column.
        y: Its row.
        is_here: Whether what was sent last is in that row.
    """
    return f"\x1b[{x + 1}G" if is_here else f"\x1b[{y + 1};{x + 1}H"


def _end_of_row(codes: str, text: str) -> str:
    """Return the last text of a row: of blanks at its end it tells the number (ECMA-48, ECH)."""
    words = text.rstrip(" ")
    blanks = len(text) - len(words)
    return f"{words}\x1b[{blanks}X" if blanks >= _BLANKS and _PLAIN.fullmatch(codes) else text


def _without_blanks(codes: str, text: str) -> str:
    """Return text that tells the number of many blanks as well, and goes on behind them."""
    if not _PLAIN.fullmatch(codes):
        return text
    return _MANY.sub(lambda blanks: f"\x1b[{len(blanks[0])}X\x1b[{len(blanks[0])}C", text)


def _cells_of(text: str) -> int:
    return len(text) if text.isascii() or is_narrow(text) else cell_len(text)


def _cropped(text: str, start: int, end: int) -> str:
    if is_narrow(text):
        return text[start:end]
    return Segment(text).split_cells(start)[1].split_cells(end - start)[0].text


# ---------------------------------------------------------------------- from style to style

_turns: dict[tuple[str, str], str] = {}


def _turn(before: str, after: str) -> str:
    """Return the sequence from the codes of one style to those of another one (ECMA-48, SGR)."""
    if before == after:
        return ""
    found = _turns.get((before, after))
    if found is None:
        if len(_turns) >= _KEPT_TURNS:
            _turns.clear()
        found = _turns[before, after] = _new_turn(before, after)
    return found


def _new_turn(before: str, after: str) -> str:
    if not before or not after:
        return f"\x1b[{after}m"
    anew = f"0;{after}"
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        return f"\x1b[{anew}m"
    changes: list[str] = []
    for end in (*old, *(end for end in new if end not in old)):
        was, becomes = old.get(end, ""), new.get(end, "")
        if was != becomes:
            if not becomes or (end == _BOLD and was and becomes != "1;2"):
                changes.append(end)
            if becomes:
                changes.append(becomes)
    return f"\x1b[{min(';'.join(changes), anew, key=len)}m"


def _parts(codes: str) -> dict[str, str] | None:
    """Return codes by what ends them; None if any is not known."""
    found: dict[str, str] = {}
    numbers = iter(codes.split(";"))
    for number in numbers:
        if number in ("38", "48"):
            kind = next(numbers, "")
            rest = [next(numbers, "") for _ in range(1 if kind == "5" else 3)]
            found[_INK if number == "38" else _GROUND] = ";".join((number, kind, *rest))
        elif re.fullmatch("3[0-79]|9[0-7]", number):
            found[_INK] = number
        elif re.fullmatch("4[0-79]|10[0-7]", number):
            found[_GROUND] = number
        elif (end := _ENDED_BY.get(number.partition(":")[0])) is not None:
            found[end] = f"{found[end]};{number}" if end in found else number
        else:
            return None
    return found
