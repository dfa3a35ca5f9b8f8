"""Shows the evidence for a statement, and asks what shall be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.domain.evidence import BEARING
from reader.domain.records import dataclass
from reader.storage.relating.evidence import Linked
from reader.tui.attributing.key_line import KeyLine
from reader.tui.relating.evidence_list import EvidenceList
from reader.tui.screens.dialogs.base import LOW, Dialog, Line
from reader.tui.widgets.line_list import LineList

_USED = 10
"""Rows of the window that are not the list's."""
_NARROW = 60
"""Columns below which keys are told in fewer words, so that three rows hold all of them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be done, and with which piece of evidence.

    Attributes:
        what: ``add``, ``find``, ``edit``, ``unlink``, ``stance``, ``open``, ``because``, ``tag``.
        position: Which piece of evidence.
        key: The key of the tag.
    """

    what: str
    position: int = 0
    key: str = ""


class EvidenceDialog(Dialog[Wish | None]):
    """Gives back what shall be done, or None.

    Args:
        words: The statement.
        items: The evidence for it.
        because_of: For each, the tags that were given because of it.
        tags: The keys that judge, in words.
        at: Which is current at first.
    """

    HELP = "a adds, f finds what was used before, e edits, s changes the stance, d unlinks."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "next", show=False),
        Binding("up,k", "step(-1)", "previous", show=False),
        Binding("a", "wish('add')", "add", show=False),
        Binding("f", "wish('find')", "find", show=False),
        Binding("e,enter", "wish('edit')", "edit", show=False),
        Binding("s", "wish('stance')", "stance", show=False),
        Binding("d", "wish('unlink')", "unlink", show=False),
        Binding("o", "wish('open')", "open", show=False),
        Binding("b", "wish('because')", "because", show=False),
        Binding("q", "leave", "leave", show=False),
    ]

    def __init__(
        self,
        words: str,
        items: Sequence[Linked],
        because_of: Sequence[Sequence[str]],
        tags: str,
        at: int = 0,
    ) -> None:
        super().__init__("Evidence", _counted(items))
        self._words, self._items, self._at = " ".join(words.split()), items, at
        self._list = EvidenceList(items, because_of)
        self._keys, self._tags = KeyLine(3), tags

    def body(self) -> Iterable[Widget]:
        """Return the statement, the list, and the keys."""
        yield Line(f"“{self._words}”", max_rows=1 if self.app.size.height < LOW else 2)
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """Begin in the list."""
        self._fit()
        self._list.set_current(self._at if self._items else None)
        self._list.focus()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self.fit_frame()
        rows = min(len(self._items) + 6, self.app.size.height - _USED)
        self._list.styles.height = max(rows, 3)
        self._show_keys(narrow=self.app.size.width < _NARROW)

    def _show_keys(self, *, narrow: bool) -> None:
        some = [
            ("e", "edit", "screen.wish('edit')"),
            ("s", "stance", "screen.wish('stance')"),
            (self._tags, "tag by it" if narrow else "judge because of it", ""),
            ("d", "unlink", "screen.wish('unlink')"),
            ("b", "because", "screen.wish('because')"),
            ("o", "open", "screen.wish('open')"),
        ]
        self._keys.show(
            [
                ("a", "add", "screen.wish('add')"),
                ("f", "find" if narrow else "find earlier", "screen.wish('find')"),
                *(some if self._items else ()),
                ("Esc", "leave", "screen.leave"),
            ]
        )

    def on_key(self, event: events.Key) -> None:
        """Judge because of the current evidence on a digit."""
        if event.character and event.character.isdecimal() and self._items:
            event.stop()
            self.dismiss(Wish("tag", self._list.current or 0, event.character))

    def action_step(self, step: int) -> None:
        """Go to another piece of evidence."""
        self._list.move(step)

    def action_wish(self, what: str) -> None:
        """Give back what shall be done."""
        if self._items or what in ("add", "find"):
            self.dismiss(Wish(what, self._list.current or 0))

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Edit what was clicked."""
        message.stop()
        self.action_wish("edit")

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()


def _counted(items: Sequence[Linked]) -> str:
    """Say how much there is, and if none of it speaks for or against: a tag still wants some."""
    if not items:
        return ""
    bears = any(item.link.stance in BEARING for item in items)
    return f"{len(items)}" if bears else f"{len(items)}, none for or against"
