"""A click on a key that the bottom line tells: the key is pressed. Import late: at such a click."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from reader.tui.commands import all_commands, key_name, keys_of
from reader.tui.commands.command import SHOWN
from reader.tui.undocumented import as_if_typed

if TYPE_CHECKING:
    from textual.app import App

BETWEEN = " · "
"""What stands between two keys that are told in one text."""

_TYPED = {"enter": "\r", "escape": "\x1b", "tab": "\t", "space": " "}


def press(app: App[Any], told: str) -> None:
    """Press a key, in its turn with those that are typed; nothing if there is no such key.

    Args:
        app: The app.
        told: The key as the line tells it, such as ``Ctrl-S``.
    """
    key = _keys().get(told)
    if key is not None:
        character = key if len(key) == 1 else _TYPED.get(key)
        app.post_message(as_if_typed(key, character))


def _keys() -> dict[str, str]:
    """Return the keys that may be told, by how they are written."""
    given = (key for command in all_commands() for key in (*command.keys, *keys_of(command)))
    return {key_name(key): key for key in (*SHOWN, *given)}


def told_at(pieces: Iterable[str], x: int) -> str:
    """Return the key of the piece of a text that is at a cell; empty if there is none."""
    for piece in pieces:
        if 0 <= x < cell_len(piece):
            return piece.replace("\u00a0", " ").split(" ")[0]
        x -= cell_len(piece) + len(BETWEEN)
    return ""
