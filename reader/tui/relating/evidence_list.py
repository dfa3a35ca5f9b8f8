"""The list of a statement's evidence: a row for each piece, the current one with all about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from reader.domain.evidence import STANCE_SIGNS, Evidence
from reader.domain.text import quoted
from reader.storage.relating.evidence import Linked
from reader.tui.commands.pressed import sentence
from reader.tui.widgets.cells import row, seg, split_row, wrap
from reader.tui.widgets.line_list import LineList

_EXCERPT_ROWS = 4


class EvidenceList(LineList):
    """Evidence, each piece in one row; the current one with all that is known of it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
    }

    def __init__(self, items: Sequence[Linked], because_of: Sequence[Sequence[str]]) -> None:
        super().__init__(id="evidence")
        adds = sentence("evidence.add", "adds what you have looked at")
        finds = sentence("evidence.find", "finds what you have used before")
        self.EMPTY = f"No evidence yet.{adds}{finds}"
        self._items, self._because = items, because_of

    def entry_count(self) -> int:
        """Return how much evidence there is."""
        return len(self._items)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a piece of evidence."""
        return self._head(position, width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current piece of evidence."""
        ground, dim = self.part("choice--current"), self.part("choice--dim")
        bar = seg("▌", ground + self.part("choice--bar"))
        rows = [self._head(position, width, current=True)]
        for text, most in _facts(self._items[position].evidence, self._because[position]):
            for line in wrap(text, width - 4, most):
                rows.append(row([bar, seg(f"  {line}", ground + dim)], width, ground))
        return rows

    def _head(self, position: int, width: int, *, current: bool) -> Strip:
        item = self._items[position]
        ground = self.part("choice--current") if current else Style()
        bar = seg("▌" if current else " ", ground + self.part("choice--bar"))
        stance = item.link.stance
        cells = [
            bar,
            seg(f"{STANCE_SIGNS[stance]} {stance:<12} ", ground + self.part("choice--dim")),
            seg(item.evidence.name, ground),
        ]
        tags = " ".join(self._because[position])
        return split_row(cells, [seg(f"{tags} ", ground)] if tags else [], width, ground)


def _facts(item: Evidence, because_of: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Yield what is known of evidence: texts, each with how many rows it may take."""
    if item.kind:
        yield item.kind, 1
    if item.url and item.url != item.name:
        yield item.url, 2
    if item.archive_url:
        yield f"archived: {item.archive_url}", 2
    if item.accessed_at:
        yield f"looked at {item.accessed_at}", 1
    if item.excerpt and item.excerpt != item.name:
        yield quoted(item.excerpt), _EXCERPT_ROWS
    if because_of:
        yield f"judged because of it: {', '.join(because_of)}", 2
