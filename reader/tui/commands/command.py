"""What a command is, and how the rows of the table are written."""

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
