"""The one table of commands: bindings, hint line, help, palette and the README are made from it.

A command's id is stable: settings refer to it. Its action is the method ``action_<action>`` of
whatever screen or widget carries the command's context. Its keys are the table's, or those that
the settings file gives it: always ask :func:`keys_of`.
"""

from __future__ import annotations

from reader.services.settings import Settings
from reader.tui.commands.app import APP, LIBRARY
from reader.tui.commands.command import Command, Context
from reader.tui.commands.counting import COUNT
from reader.tui.commands.key_names import key_name
from reader.tui.commands.judging import TAG
from reader.tui.commands.moving import MOVE, SEARCH
from reader.tui.commands.selecting import SELECT
from reader.tui.commands.viewing import PANEL, VIEW

__all__ = [
    "COMMANDS",
    "CONTEXT_TITLES",
    "Command",
    "Context",
    "commands_for",
    "has_own_keys",
    "key_for",
    "key_name",
    "keys_of",
    "use_keys",
]

CONTEXT_TITLES: dict[Context, str] = {
    "read": "Reading (article)",
    "select": "Selecting",
    "panel": "Annotation panel",
    "library": "Library",
}

COMMANDS: tuple[Command, ...] = (
    *MOVE, *SEARCH, *TAG, *SELECT, *PANEL, *VIEW, *LIBRARY, *APP, *COUNT,
)  # fmt: skip

_rebound: dict[str, tuple[str, ...]] = {}
"""The keys of the settings file, by command id; empty where it has none."""


def use_keys(settings: Settings) -> list[str]:
    """Let the commands have the keys that the settings give them, in this process from now on.

    Returns:
        Sentences on commands that have no key left.

    Raises:
        SettingsError: `[keys]` is wrong.
    """
    _rebound.clear()
    if not settings.keys and settings.preset == "default":
        return []
    from reader.tui.commands.keymap import keymap  # late: most people have no keys of their own

    found, warnings = keymap(settings)
    _rebound.update(found)
    return warnings


def has_own_keys() -> bool:
    """Whether commands have other keys than the table says."""
    return bool(_rebound)


def keys_of(command: Command) -> tuple[str, ...]:
    """Return the keys that a command has."""
    return _rebound.get(command.id, command.keys) if _rebound else command.keys


def key_for(id: str) -> str:
    """Return a command's key as people write it; without one, where the command is found."""
    command = next(command for command in COMMANDS if command.id == id)
    keys = keys_of(command)
    return key_name(keys[0]) if keys else f"“{command.title}” in the palette"


def commands_for(context: Context) -> list[Command]:
    """Return the commands of a context, in the table's order."""
    return [command for command in COMMANDS if context in command.contexts]
