"""The user's own keys: what `[keys]` in the settings file makes of the table, and what is wrong.

Textual lets two commands have one key without a word, and ignores ids that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from reader.services.settings.fields import Settings
from reader.services.settings.file import refuse, suggestion
from reader.tui.commands import Command, all_commands
from reader.tui.commands.command import key_name
from reader.tui.commands.dialogs import DIALOGS, EDITING, FIXED, TYPED
from reader.tui.commands.key_spelling import parse_key
from reader.tui.commands.presets import PRESETS

Keys = dict[str, tuple[str, ...]]
"""Keys by command id."""

_NEEDED = ("quit", "palette")
"""Commands without which nobody finds the way out, or a command that has no key."""


def keymap(settings: Settings) -> tuple[Keys, list[str]]:
    """Return the keys of every command, and sentences on commands that have lost theirs.

    A key that the settings give to a command is taken from those that have it by default.

    Raises:
        SettingsError: An id or a key is unknown, terminals do not send a key, or two commands
            that are valid in one place have been given the same.
    """
    given: Keys = {}
    problems: list[tuple[str, str]] = []
    by_id = {command.id: command for command in all_commands()}
    for name, value in settings.keys.items():
        keys, wrong = _read(name, value, list(by_id))
        given[name] = keys
        problems += [(name, what) for what in wrong]
        problems += [(name, what) for what in _fixed(name, keys, by_id)]
    given = {name: keys for name, keys in given.items() if name in by_id}
    base = {name: command.keys for name, command in by_id.items()} | PRESETS[settings.preset]
    problems += _clashes(given, by_id, base)
    found = {name: _left(by_id[name], keys, given, by_id) for name, keys in base.items()} | given
    lost = [name for name in base if base[name] and not found[name] and name not in given]
    refused = {name for name, _ in problems}
    for name in _NEEDED:
        if not found[name] and name not in refused:
            taker = _taker(by_id[name], base[name], given, by_id) or name
            problems.append((taker, f"keys.{name} must have a key"))
    if settings.path is not None:
        lines = settings.lines
        refuse(settings.path, [(lines.get(f"keys.{name}"), what) for name, what in problems])
    return found, [_told(name, base[name], given, by_id, settings) for name in lost]


def _read(name: str, value: Any, ids: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the keys that an entry gives, and what is wrong with it."""
    if name not in ids:
        ending = suggestion(name, ids) or "; `reader keys --ids` lists them"
        return (), [f"keys.{name} is no command{ending}"]
    keys: list[str] = []
    problems: list[str] = []
    for text in value if isinstance(value, list) else [value] if value else []:
        try:
            keys.append(parse_key(text))
        except ValueError as error:
            problems.append(f'keys.{name}: "{text}" {error}')
    return tuple(dict.fromkeys(keys)), problems


def _fixed(name: str, keys: tuple[str, ...], by_id: Mapping[str, Command]) -> Iterator[str]:
    """Yield what is wrong with keys that mean something else wherever the command is valid."""
    command = by_id.get(name)
    if command is None:
        return
    for key in keys:
        why = "" if key in command.keys else _means(key, command)
        if why:
            yield f'keys.{name}: "{key_name(key)}" {why}; take another'


def _means(key: str, command: Command) -> str:
    """Return what a key means in a command's dialog whatever the settings say, or nothing."""
    contexts = frozenset(command.contexts)
    if key in FIXED and (command in DIALOGS or "changes" in contexts):
        return "takes or leaves in every dialog"
    if contexts.isdisjoint(TYPED):
        return ""
    if len(key) == 1 and key.isalnum():
        return "is typed there"
    own = command.priority and key.startswith("ctrl+")
    return "is for what is typed there" if key in EDITING and not own else ""


def _meet(one: Command, other: Command) -> bool:
    """Whether there is a place where both commands are valid; one can quit everywhere."""
    return "quit" in (one.id, other.id) or bool(set(one.contexts) & set(other.contexts))


def _clashes(given: Keys, by_id: Mapping[str, Command], base: Keys) -> Iterator[tuple[str, str]]:
    """Yield commands that were given a key which one before them was given as well."""
    names = list(given)
    for index, name in enumerate(names):
        for other in names[:index]:
            both = [key for key in given[name] if key in given[other]]
            if both and _meet(by_id[name], by_id[other]):
                free = _free_key(by_id[name], both[0], base | given, by_id)
                meant = f"{key_name(free)} is free there" if free else "take another"
                what = f'keys.{name}: "{key_name(both[0])}" is given to {other} already; {meant}'
                yield name, what


def _free_key(command: Command, wanted: str, keys: Keys, by_id: Mapping[str, Command]) -> str:
    """Return a key that no command has where this one is valid, the likest one to that wanted."""
    taken = {
        key
        for name, own in keys.items()
        if name != command.id and _meet(command, by_id[name])
        for key in own
    }
    likely = [wanted.swapcase(), f"Ctrl-{wanted}"] if len(wanted) == 1 and wanted.isalpha() else []
    for text in [*likely, *(f"F{number}" for number in range(2, 13))]:
        with suppress(ValueError):
            key = parse_key(text)
            if key not in taken and key not in keys[command.id] and not _means(key, command):
                return key
    return ""


def _left(
    command: Command, keys: tuple[str, ...], given: Keys, by_id: Mapping[str, Command]
) -> tuple[str, ...]:
    """Return what is left of a command's keys when others have been given theirs."""
    taken = {
        key
        for name, own in given.items()
        if name != command.id and _meet(command, by_id[name])
        for key in own
    }
    return tuple(key for key in keys if key not in taken)


def _taker(
    command: Command, keys: tuple[str, ...], given: Keys, by_id: Mapping[str, Command]
) -> str:
    """Return the command that was given one of another's keys, or nothing."""
    return next(
        (
            name
            for name, own in given.items()
            if set(own) & set(keys) and _meet(command, by_id[name])
        ),
        "",
    )


def _told(
    name: str, keys: tuple[str, ...], given: Keys, by_id: Mapping[str, Command], settings: Settings
) -> str:
    """Return a sentence on a command that has lost its last key."""
    taker = _taker(by_id[name], keys, given, by_id)
    where = f"{settings.path}:{settings.lines.get(f'keys.{taker}', 1)}: "
    return (
        f'{where}{taker} takes {" ".join(map(key_name, keys))}, and "{by_id[name].title}" has no '
        f'key now. Give it one, "{name}" = "…", or none, "{name}" = "".'
    )
