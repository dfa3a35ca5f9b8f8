"""Shows the evidence for a statement, and asks what shall be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.domain.evidence import BEARING
from reader.domain.records import dataclass
from reader.domain.text import quoted
from reader.storage.relating.evidence import Linked
from reader.tui.attributing.key_line import KeyLine
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import first_key, pressed, sentence
from reader.tui.relating.evidence_list import EvidenceList
from reader.tui.screens.dialogs.base import LOW, Line
from reader.tui.screens.dialogs.walking import WalkingDialog
from reader.tui.widgets.bindings import bindings_for
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


class EvidenceDialog(WalkingDialog[Wish | None]):
    """Gives back what shall be done, or None.

    Args:
        words: The statement.
        items: The evidence for it.
        because_of: For each, the tags that were given because of it.
        tags: The keys that judge, in words.
        at: Which is current at first.
    """

    HELP = "a adds, f finds what was used before, e edits, s changes the stance, d unlinks."
    CONTEXTS = ("evidence",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("evidence")),
        Binding("enter", "wish('edit')", "edit", show=False),
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

    @property
    def walked(self) -> LineList:
        """The list."""
        return self._list

    def body(self) -> Iterable[Widget]:
        """Return the statement, the list, and the keys."""
        yield Line(quoted(self._words), max_rows=1 if self.rows_there < LOW else 2)
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
        rows = min(len(self._items) + 6, self.rows_there - _USED)
        self._list.styles.height = max(rows, 3)
        self._show_keys(narrow=self.app.size.width < _NARROW)

    def _show_keys(self, *, narrow: bool) -> None:
        some = ["edit", "stance", "", "unlink", "because", "open"]
        words = {"": "tag by it" if narrow else "judge because of it"}
        words["find"] = "find" if narrow else "find earlier"
        self._keys.show(
            [
                *(
                    (first_key(f"evidence.{what}"), words.get(what, what), f"screen.wish('{what}')")
                    if what
                    else (self._tags, words[what], "")
                    for what in ("add", "find", *(some if self._items else ()))
                ),
                ("Esc", "leave", "screen.leave"),
            ]
        )

    def on_key(self, event: events.Key) -> None:
        """Judge because of the current evidence on a digit, if it is no command's."""
        digit = event.character or ""
        if len(digit) == 1 and digit in "1234567890" and not pressed(event, "evidence"):
            event.stop()
            self.action_tag(digit)

    def action_tag(self, digit: str) -> None:
        """Judge because of the current evidence."""
        if self._items:
            self.dismiss(Wish("tag", self._list.current or 0, digit))
        else:
            self._say_there_is_none()

    def action_wish(self, what: str) -> None:
        """Give back what shall be done."""
        if self._items or what in ("add", "find"):
            self.dismiss(Wish(what, self._list.current or 0))
        else:
            self._say_there_is_none()

    def _say_there_is_none(self) -> None:
        told = f"There is no evidence here to do that with.{sentence('evidence.add', 'adds some')}"
        self.app.clear_notifications()
        self.app.notify(told, timeout=4, markup=False)

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Edit what was clicked."""
        message.stop()
        self.action_wish("edit")


def _counted(items: Sequence[Linked]) -> str:
    """Say how much there is, and if none of it speaks for or against: a tag still wants some."""
    if not items:
        return ""
    bears = any(item.link.stance in BEARING for item in items)
    return f"{len(items)}" if bears else f"{len(items)}, none for or against"
