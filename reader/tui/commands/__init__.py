"""The one table of commands: bindings, hint line, help, palette and the README are made from it.

A command's id is stable: settings refer to it. Its action is the method ``action_<action>`` of
whatever screen or widget carries the command's context.
"""

from __future__ import annotations

from reader.tui.commands.app import APP, LIBRARY
from reader.tui.commands.command import Command, Context
from reader.tui.commands.judging import TAG
from reader.tui.commands.moving import MOVE, SEARCH
from reader.tui.commands.selecting import SELECT
from reader.tui.commands.viewing import PANEL, VIEW

__all__ = ["COMMANDS", "CONTEXT_TITLES", "Command", "Context", "commands_for", "key_name"]

CONTEXT_TITLES: dict[Context, str] = {
    "read": "Reading (article)",
    "select": "Selecting",
    "panel": "Annotation panel",
    "library": "Library",
}

COMMANDS: tuple[Command, ...] = (
    *MOVE, *SEARCH, *TAG, *SELECT, *PANEL, *VIEW, *LIBRARY, *APP,
)  # fmt: skip

_KEY_NAMES = {
    "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑",
    "left": "←", "right": "→", "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "f1": "F1",
}  # fmt: skip


def key_name(key: str) -> str:
    """Return how a key is written for people: ``ctrl+d`` as ``Ctrl-D``."""
    if key.startswith("ctrl+"):
        return f"Ctrl-{key[5:].upper()}"
    return _KEY_NAMES.get(key, key)


def commands_for(context: Context) -> list[Command]:
    """Return the commands of a context, in the table's order."""
    return [command for command in COMMANDS if context in command.contexts]
