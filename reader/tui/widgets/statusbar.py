"""The bottom line: keys that matter here at the left, the place and the mode at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.widgets.cells import PLAIN, cells_of, clip, row, seg
from reader.tui.widgets.hints import TYPING, Hint, Mode, hint_cells, hints_of
from reader.tui.widgets.strips import StripWidget

_SPECIAL = ("SELECT", "RELATE", "PLACE")
"""Modes that are told from reading at a glance."""
_WAYS = ("RELATE", "PLACE")
"""Modes on the way from one statement to another."""
_MODE_CELLS = 9
_HELP_CELLS = 10
"""What the hint for the help takes, which is never left out."""
_HALF = 40
"""Cells that a question may take, and three fifths of the room for hints where that is more."""
_FIELD, _NARROW_FIELD = 200, 34
"""Cells that are kept for what is said of statements while the cursor moves, at most."""
_PAGE_FROM, _MINUTES_FROM = 60, 90
"""Columns from which on these are told; below, the keys need the room."""
_TWO_DIGITS = 10
"""Minutes that take as many cells as less than one."""
_KEPT_LEFTS = 128
_WORD_FROM = 100
_BOTH_FROM = 120
"""Columns from which on there is room for a dialog's keys and the place."""
_LENT = "DIALOG"
"""Stands for the mode while a dialog is open."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reading cursor is.

    Attributes:
        statement: Number of the statement, from 1.
        total: How many statements.
        percent: How far through the text, 0-100.
        minutes: What is left to read; None if unknown.
        estimated: Whether the numbers are estimates as yet.
        hits: What is to be said of a search: ``hit 3/12``; empty without one.
        page: Which page of the source that is: ``p. 12/36``; empty if unknown.
    """

    statement: int
    total: int
    percent: int
    minutes: int | None = None
    estimated: bool = False
    hits: str = ""
    page: str = ""

    def text(self, width: int) -> str:
        """Return it in words: ``statement 3/23 · p. 2/4 · 14 % · 3 min left``, or less of it."""
        about = "~" if self.estimated else ""
        parts = [f"{about}{self.statement:,}/{about}{self.total:,}", f"{self.percent} %"]
        if width >= _WORD_FROM:
            parts[0] = f"statement {parts[0]}"
        if self.page and width >= _PAGE_FROM:
            parts.insert(1, self.page)
        if self.hits:
            return " · ".join([self.hits, *parts] if width >= _PAGE_FROM else [self.hits])
        if width >= _MINUTES_FROM and self.minutes is not None:
            parts.append(f"{about}{self.minutes:,} min left" if self.minutes else "<1 min left")
        return " · ".join(parts)


class StatusBar(StripWidget):
    """Hints, place and mode in one line; only the part that changed is painted again."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "statusbar--key",
        "statusbar--dim",
        "statusbar--mode",
        "statusbar--select",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._mode: Mode = "READ"
        self._tag_keys = ""
        self._place: Place | None = None
        self._info = ""
        self._pending = ""
        self._question = self._proposal = self._offer = self._remark = ""
        self._offer_first = False
        self._rests = True
        """Whether what is said of a statement is about the one under the cursor."""
        self._field = 0
        """Cells that what is said of statements has."""
        self._left = 0
        """Cells of what was said of the statement that was left last."""
        self._progress = self._lent = ""
        self._place_cells = 0
        self._words: Mapping[str, str] = {}
        self._lefts: dict[int, tuple[Strip, Strip]] = {}
        """Lines as they were drawn, and the hints in them; by the line's id."""

    def set_mode(self, mode: Mode, tag_keys: str = "") -> None:
        """Show another mode and its keys.

        Args:
            mode: What keys mean now.
            tag_keys: The keys of the active facet's tags, such as ``1-6 0``.
        """
        self._mode, self._tag_keys = mode, tag_keys
        self.redraw()

    def set_words(self, words: Mapping[str, str]) -> None:
        """Let hints say something else than usual; by the id of a command."""
        if words != self._words:
            self._words = words
            self.redraw()

    def set_pending(self, text: str) -> None:
        """Show what was counted so far, or that a tag's key comes next; empty shows nothing."""
        self._pending = text
        self.redraw()

    def set_progress(self, text: str) -> None:
        """Say how far something is, before all else; empty says nothing."""
        if text != self._progress:
            self._progress = text
            self.redraw()

    def lend(self, keys: str, *, is_seen: bool) -> None:
        """Say what keys do in a dialog while one is open; nothing gives the line back.

        Args:
            keys: Such as ``Enter takes it · Esc leaves``; a space is nothing at all.
            is_seen: Whether the dialog is there already. When one comes or goes all is painted.
        """
        if keys != self._lent:
            self._lent = keys
            self.redraw()
            if not is_seen:
                self.settled()

    def set_question(self, text: str) -> None:
        """Ask something in front of the hints, without waiting for an answer; empty asks nothing.

        Args:
            text: Such as ``why? R to say``.
        """
        if text != self._question:
            self._question = text
            self._changed()

    def set_proposal(self, text: str) -> None:
        """Say what is proposed for the statement, and its key; only while reading has it one.

        Args:
            text: Such as ``x the minister, direct: “said”?``; empty proposes nothing.
        """
        if text != self._proposal or not self._rests:
            self._proposal, self._rests = text, True
            self._changed()

    def leave_statement(self) -> None:
        """Take back what is said of a statement, until the cursor rests on another one.

        The hints stay where they are meanwhile: moving them there and back at each key would send
        more than the key changes.
        """
        if self._rests:
            told = self._asked()
            self._left = cell_len(told) if told in (self._proposal, self._remark) else 0
            self._proposal = self._remark = ""
            self._rests = False
            self._changed()

    def set_offer(self, text: str, *, first: bool = False) -> None:
        """Offer something where nothing is asked; empty offers nothing.

        Args:
            text: Such as ``New here? : then “tour”``.
            first: Whether it goes before what is proposed for the statement.
        """
        if (text, first) != (self._offer, self._offer_first):
            self._offer, self._offer_first = text, first
            self._changed()

    def set_remark(self, text: str) -> None:
        """Say something of the statement while reading, where nothing else is, without emphasis."""
        if text != self._remark:
            self._remark = text
            self._changed()

    heard: Callable[[], None] | None = None
    """Called when something else is asked, offered or remarked; nobody need hear it."""

    def _changed(self) -> None:
        self.redraw()
        if self.heard is not None:
            self.heard()

    def set_place(self, place: Place | None) -> None:
        """Show where the cursor is; None shows nothing."""
        if place != self._place:
            self._place = place
            self.redraw()

    def set_info(self, text: str) -> None:
        """Show a text in the place's stead, such as how many articles there are."""
        self._info = text
        self._place = None
        self._place_cells = 0
        self.redraw()

    def fit_size(self) -> None:
        """Let the place, and what is said of statements, have the width that it needs now."""
        self._place_cells = self._field = 0
        super().fit_size()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the line."""
        self._fit_field()
        said = (self._pending, self._asked(), self._remark, self._field)
        place = (self._place, self._info, self._place_cells)
        keys = (self._mode, self._tag_keys, self._lent)
        shown = (width, keys, said, place, *self._words.items())
        return self.once(shown, lambda: self._drawn(width))

    def _drawn(self, width: int) -> list[Strip]:
        right = self._right(width)
        room = width - cells_of(right)
        said = (self._asked(), self._remark, self._field)
        keys = (self._mode, self._tag_keys, self._lent)
        shown = (room, keys, said, *self._words.items())
        left = self.once(shown, lambda: row(self._hint_segments(room - 2), room))
        strip = row([*left, *right], width)
        if len(self._lefts) >= _KEPT_LEFTS:
            self._lefts.clear()
        self._lefts[id(strip)] = strip, left
        return [strip]

    def key_at(self, x: int, y: int = 0) -> str:
        """Return the key that is told at a cell, as it is written; empty beside the hints."""
        told, ink, words = "", self.part("statusbar--key"), self.part("statusbar--dim")
        for part in self._left_of(self.draw(self.size.width, 1)[y]) or ():
            if part.style == ink:
                told = part.text
            elif part.style != words or part.text.isspace():
                told = ""
            x -= part.cell_length
            if x < 0:
                return told
        return ""

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        from reader.tui.widgets.hint_clicks import press  # late: not everybody has a mouse

        event.stop()
        press(self.app, self.key_at(event.x, event.y))

    def _runs(self, before: Strip, after: Strip) -> list[tuple[int, int]]:
        """Return the runs in which two lines differ: the same hints often take turns.

        Beside the same place they are compared once, whatever the place is.
        """
        one, other = self._left_of(before), self._left_of(after)
        if one and other and list(before)[len(list(one)) :] == list(after)[len(list(other)) :]:
            return super()._runs(one, other)
        return super()._runs(before, after)

    def _left_of(self, strip: Strip) -> Strip | None:
        """Return the hints of a line that was drawn before."""
        drawn, left = self._lefts.get(id(strip), (None, None))
        return left if drawn is strip else None

    def _right(self, width: int) -> list[Segment]:
        """Return place and mode; below a dialog the keys need the room in a narrow window."""
        mode = "statusbar--select" if self._mode in _SPECIAL else "statusbar--mode"
        word = _LENT if self._lent.strip() else " " if self._lent else self._mode
        bare = self._lent and (width < _BOTH_FROM or self._lent.isspace())
        place = "" if bare else self._place_and_pad(width)
        return [
            seg(place),
            seg("  "),
            *([seg(f"{self._pending}  ", self.part(mode))] if self._pending else []),
            seg(f"{word:>{_MODE_CELLS - 3}}", self.part(mode)),
            seg(" "),
        ]

    def _place_and_pad(self, width: int) -> str:
        """Return the place, which keeps its width so that the hints stay put."""
        text = self._place_text(width) if self._place else self._info
        if not self._place and cell_len(text) > width - _MODE_CELLS - _HELP_CELLS:
            text = text.partition(" · ")[0]
        most = width - _MODE_CELLS - 1
        text = clip(text, most)
        needs = min(self._place_needs(width), most) or self._place_cells
        self._place_cells = max(needs, cell_len(text)) if text else 0
        return " " * (self._place_cells - cell_len(text)) + text

    def _place_needs(self, width: int) -> int:
        """Return the cells of the longest place of this text, 0 where hints do not stay for it.

        Hints that moved when a number has a digit more would be sent again.
        """
        place = self._place
        if place is None or width < _PAGE_FROM or self._mode in _WAYS:
            return 0
        minutes = None if place.minutes is None else max(place.minutes, _TWO_DIGITS)
        about = (minutes, place.estimated, place.hits, place.page)
        longest = self.once(
            ("longest", width, place.total, *about),
            lambda: Place(place.total, place.total, 100, *about).text(width),
        )
        return cell_len(longest)

    def _place_text(self, width: int) -> str:
        """Return the place in words; on the way to a statement the keys need the room."""
        if self._place is None or (self._mode in _WAYS and width < _PAGE_FROM):
            return ""
        narrow = self._mode in _WAYS and width < _WORD_FROM
        return self._place.text(_PAGE_FROM - 1 if narrow else width)

    def about_statement(self, sentence: Callable[[str], str]) -> str:
        """Return what is asked, proposed or remarked of the statement, whatever the mode.

        Args:
            sentence: Begins a text as a sentence; what is proposed begins with its key instead,
                which has to stay as it is.
        """
        return sentence(self._question) or self._proposal or sentence(self._remark)

    def _asked(self) -> str:
        """Return what stands in front of the hints; elsewhere than in the article only questions.

        In the panel and on the way to another statement the keys are others, and the room is for
        them; in a selection all of it is. Where something is typed, the keys of questions are
        letters.
        """
        if self._progress or self._lent or self._mode in TYPING:
            return self._progress
        if self._question and self._proposal and self._mode == "READ":
            return f"{self._question} · {self._proposal}"
        if self._question or self._mode != "READ":
            return "" if self._mode == "SELECT" else self._question
        offer = self._offer if self._offer_first else ""
        left = "" if self._rests else " " * max(self._field, self._left)
        return offer or self._proposal or left or self._offer or self._remark

    def _fit_field(self) -> None:
        """Let what is said of statements have the width that the longest one in a row needs.

        In a narrow window that is no more than leaves the keys of the tags their room.
        """
        if self._lent:  # hints shall be where they were when it is given back
            return
        asked = "" if self._progress or self._question else self._asked()
        keeps = asked and asked != self._offer
        most = _FIELD if self.size.width >= _WORD_FROM else _NARROW_FIELD
        self._field = min(max(self._field, cell_len(asked)), most) if keeps else 0

    def _hint_segments(self, room: int) -> list[Segment]:
        """Return as many hints as fit, in the table's order.

        Help is never left out, nor the way out of a dialog.
        """
        hints = self._hints()
        out = "Esc" if self._lent else ""
        kept = [hint for hint in hints if hint[0] == out or hint[1] == "help"]
        hints = [hint for hint in hints if hint not in kept]
        least = sum(map(hint_cells, kept))
        asked, field, most = self._asked(), self._field, room - 1
        if room >= _HALF and not self._progress:
            most = min(max(_HALF, room * 3 // 5), room - 2 - least)
            if max(field, cell_len(asked)) > most:  # the rest of it where the hints leave a blank
                beside = hints[: _fitting(hints, room - 2 - least - most)]
                most = room - 2 - least - sum(map(hint_cells, beside))
                field = most if field else 0
        told = asked[:most] if asked.isspace() else clip(asked, most)
        question = f"{told}  " if told else ""
        gap = " " * (min(field, most) + 2 - cell_len(question)) if question else ""
        used = cell_len(question + gap) + least
        shown = hints[: _fitting(hints, room - used)]
        used += sum(map(hint_cells, shown))
        cells = [seg(" ")]
        if question:
            loud = "dim" if asked == self._remark else "select"
            style = PLAIN if asked.isspace() else self.part(f"statusbar--{loud}")
            cells += seg(question, style), seg(gap)
            kept = kept if used <= room else []
        for key, word in [*shown, *kept]:
            cells.append(seg(key, self.part("statusbar--key")))
            cells.append(seg(f" {word}  ", self.part("statusbar--dim")))
        return cells

    def _hints(self) -> list[Hint]:
        if self._lent:
            told = (keys.partition(" ") for keys in self._lent.split(" · "))
            return [(key, word) for key, _, word in told]
        return hints_of(self._mode, self._tag_keys, self._words)


def _fitting(hints: list[Hint], room: int) -> int:
    """Return how many hints fit into so many cells, in their order."""
    for count, hint in enumerate(hints):
        room -= hint_cells(hint)
        if room < 0:
            return count
    return len(hints)
