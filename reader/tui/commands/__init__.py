"""The one table of commands: bindings, hint line, help, palette and the README are made from it.

A command's id is stable: settings refer to it. Its action is the method ``action_<action>`` of
whatever screen or widget carries the command's context. Its keys are the table's, or those that
the settings file gives it: always ask :func:`keys_of`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from reader.services.settings.fields import Settings
from reader.tui.commands.app import APP, LIBRARY
from reader.tui.commands.command import Command, Context, also, key_name
from reader.tui.commands.judging import RELATE, TAG
from reader.tui.commands.moving import COUNT, MOVE, SEARCH, SELECT
from reader.tui.commands.viewing import CHANGES, LEDGER, PANEL, SOURCES, VIEW

__all__ = [
    "COMMANDS",
    "CONTEXT_TITLES",
    "Command",
    "Context",
    "Row",
    "all_commands",
    "command_of",
    "commands_for",
    "digits_shown",
    "has_own_keys",
    "in_palette",
    "is_told",
    "key_for",
    "key_name",
    "key_table",
    "keys_of",
    "listed",
    "use_keys",
]

CONTEXT_TITLES: dict[Context, str] = {
    "read": "Reading (article)",
    "select": "Selecting",
    "panel": "Annotation panel",
    "relate": "Relating (on the way to the other statement)",
    "library": "Library",
    "changes": "Changes",
    "ledger": "Ledger",
    "sources": "Sources",
    "list": "Lists in dialogs",
    "help": "Help",
    "evidence": "Evidence",
    "relations": "Relations",
    "kind": "Kind of relation",
    "relating": "Judging a relation",
    "stance": "What evidence says (in its form; a letter chooses, Tab goes on)",
    "feed": "Entries of a feed",
    "split": "Splitting a source",
    "offer": "What a page says otherwise now",
    "choose": "Choosing in a list with a line to type in",
    "hits": "List of hits",
    "picker": "Who said it",
    "voice": "Voice and speech act",
    "answer": "Formats and boxes of an export, the verdict on an article",
    "verdict": "Verdict on the article",
    "form": "Forms",
    "note": "Note",
    "line": "Search line",
}

_EARLY = frozenset({"read", "select", "panel", "relate", "library", "changes", "ledger", "sources"})
"""Contexts all of whose commands are in :data:`COMMANDS`."""

COMMANDS: tuple[Command, ...] = (
    *also("relate", MOVE),
    *also("relate", SEARCH, but=("search.clear", "search.list", "search.act")),
    *RELATE, *TAG, *SELECT, *PANEL, *VIEW, *CHANGES, *LEDGER, *SOURCES, *LIBRARY, *APP, *COUNT,
)  # fmt: skip


def all_commands() -> tuple[Command, ...]:
    """Return every command, those of dialogs as well."""
    from reader.tui.commands.dialogs import DIALOGS  # late: no first screen has one

    return (*COMMANDS, *DIALOGS)


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
    if not settings.changes_keys:
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


def in_palette(command: Command) -> bool:
    """Whether the palette offers a command: also one whose keys were taken, to be within reach.

    Tags are offered by their names, see :class:`reader.tui.palette.Palette`.
    """
    lost = bool(command.keys) and not keys_of(command) and not command.action.startswith("tag('")
    return command.palette or lost


def command_of(id: str) -> Command:
    """Return the command with an id."""
    return _by_id().get(id) or next(command for command in all_commands() if command.id == id)


@cache
def _by_id() -> dict[str, Command]:
    return {command.id: command for command in reversed(COMMANDS)}


def key_for(id: str) -> str:
    """Return a command's key as people write it; without one, where the command is found."""
    command = command_of(id)
    keys = keys_of(command)
    return key_name(keys[0]) if keys else f"“{command.title}” in the palette"


Row = tuple[str, str, str, str, str]
"""Where a command is valid, its keys, its title, what it does, its id."""


def key_table(settings: Settings) -> tuple[list[Row], list[str]]:
    """Return every command as the settings have it, and sentences on those without a key left.

    Raises:
        SettingsError: `[keys]` is wrong.
    """
    warnings = use_keys(settings)
    return [
        (heading, " ".join(map(key_name, keys_of(command))), command.title, command.tooltip,
         command.id)
        for context, heading in CONTEXT_TITLES.items()
        for command in listed(context)
        if is_told(command, context)
    ], warnings  # fmt: skip


def is_told(command: Command, context: Context) -> bool:
    """Whether a table of keys has a command under a context: of dialogs, each is told once."""
    return context in _EARLY or command.contexts[0] == context


_RUN = tuple("1234567890")

_DIGITS = {
    "tag('": "Set the tag on that key, or take it off.",
    "count('": "How often to do what comes next; with top and bottom, where to go.",
}
"""Rows of ten commands that are told as one, by how their actions begin."""


def digits_shown(commands: Iterable[Command]) -> tuple[set[str], list[tuple[str, str]]]:
    """Return the ids of commands that are told together, and how: keys and a sentence."""
    ids: set[str] = set()
    rows = []
    for start, about in _DIGITS.items():
        found = [command for command in commands if command.action.startswith(start)]
        ids |= {command.id for command in found}
        keys = [key for command in found for key in keys_of(command)]
        if keys:
            shown = "1-9 0" if tuple(keys) == _RUN else " ".join(map(key_name, keys))
            rows.append((shown, about))
    return ids, rows


def commands_for(*contexts: Context) -> list[Command]:
    """Return the commands that are valid in one of the contexts, in the table's order.

    A dialog's own come first.
    """
    wanted = frozenset(contexts)
    if wanted <= _EARLY:
        return [command for command in COMMANDS if not wanted.isdisjoint(command.contexts)]
    found = [command for command in all_commands() if not wanted.isdisjoint(command.contexts)]
    return sorted(found, key=lambda command: command.contexts[0] not in wanted)


def listed(context: Context) -> list[Command]:
    """Return a context's commands as people read them: what a screen has for itself comes first."""
    return sorted(commands_for(context), key=lambda item: item.section.casefold() != context)
