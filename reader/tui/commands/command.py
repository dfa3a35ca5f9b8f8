"""What a command is, how the rows of the table are written, and keys on the screen and in print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from reader.domain.records import dataclass

Context = Literal[
    "read", "select", "panel", "relate", "library", "changes", "ledger", "sources",
    "list", "help", "evidence", "relations", "kind", "relating", "stance", "feed", "split", "offer",
    "choose", "hits", "picker", "voice", "answer", "verdict", "form", "note", "line",
]  # fmt: skip
"""Where a key is valid: article, selection, panel, on the way to another statement, list of
articles, what changed, the ledger and what stands beside it, list of sources; then the dialogs and
parts of them, see :mod:`reader.tui.commands.dialogs`."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    Attributes:
        id: Stable name, ``subject.verb``; unique within its context.
        keys: Key names as Textual spells them; the first is shown.
        title: Two to four words, for help and palette.
        tooltip: One sentence, for help.
        action: Textual action string.
        contexts: Where the keys are valid.
        section: Heading in the help.
        hint: Short word for the hint line; empty if it has no place there.
        palette: Whether the palette offers it.
        priority: Whether its keys come before those of the field that is typed in.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    tooltip: str
    action: str
    contexts: tuple[Context, ...]
    section: str
    hint: str = ""
    palette: bool = True
    priority: bool = False


def row(
    id: str,
    keys: str,
    title: str,
    tooltip: str,
    contexts: str = "read",
    *,
    action: str = "",
    section: str = "",
    hint: str = "",
    palette: bool = True,
    priority: bool = False,
) -> Command:
    """Return one row: keys and contexts are separated by spaces, the action defaults to the id."""
    return Command(
        id=id,
        keys=tuple(keys.split()),
        title=title,
        tooltip=tooltip,
        action=action or id.replace(".", "_").replace("-", "_"),
        contexts=tuple(contexts.split()),  # type: ignore[arg-type] # checked by a test
        section=section,
        hint=hint,
        palette=palette,
        priority=priority,
    )


def also(
    context: Context, rows: Iterable[Command], *, but: Iterable[str] = ()
) -> Iterator[Command]:
    """Yield rows; those that are valid in the article are in another context as well.

    Args:
        context: The other context.
        rows: Rows of the table.
        but: Ids of those that are not.
    """
    left_out = frozenset(but)
    for row in rows:
        if "read" in row.contexts and row.id not in left_out:
            yield replace(row, contexts=(*row.contexts, context))
        else:
            yield row


def section(name: str, rows: Iterable[Command]) -> Iterator[Command]:
    """Yield the rows under one heading."""
    for row in rows:
        yield Command(
            row.id,
            row.keys,
            row.title,
            row.tooltip,
            row.action,
            row.contexts,
            name,
            row.hint,
            row.palette,
            row.priority,
        )


# ---------------------------------------------------------------------- how keys are written

SHOWN = {
    "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑",
    "left": "←", "right": "→", "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "backspace": "Backspace", "delete": "Del", "insert": "Ins",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}  # fmt: skip
_ARROWS = {"down": "Down", "up": "Up", "left": "Left", "right": "Right"}
"""How the arrow keys are written where there are no arrows."""
_in_words: dict[str, str] = {}
_MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}


def write_arrows(*, in_words: bool) -> None:
    """Write the arrow keys as words from now on in this process, or as arrows again."""
    _in_words.clear()
    if in_words:
        _in_words.update(_ARROWS)


def key_name(key: str) -> str:
    """Return how a key is written for people: ``ctrl+d`` as ``Ctrl-D``."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    shown = _in_words.get(name) or SHOWN.get(
        name, name.upper() if modifiers and len(name) == 1 else name
    )
    return "-".join([*(_MODIFIERS.get(word, word) for word in modifiers), shown])
