"""Bindings made from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from reader.tui.commands import Command, Context, commands_for, has_own_keys, keys_of
from reader.tui.undocumented import replace_bindings


def carried(context: Context, actions: Iterable[str]) -> list[Command]:
    """Return the commands of a context whose actions a widget carries itself.

    Args:
        context: Whose keys.
        actions: Names of the widget's actions, without ``action_``.
    """
    own = frozenset(actions)
    return [item for item in commands_for(context) if item.action in own]


IN_FORMS = ("help", "app.focus_next", "app.focus_previous")
"""What keys of forms do also where there is nothing to be saved: help, and going through fields."""


def valid_in(*contexts: Context) -> list[Command]:
    """Return all commands that are valid in one of the contexts, for a screen."""
    return commands_for(*contexts)


def bindings_for(commands: Iterable[Command]) -> list[BindingType]:
    """Return the bindings of commands with the keys of the table, for a class."""
    return [_binding(command, command.keys) for command in commands if command.keys]


_commands: WeakKeyDictionary[DOMNode, list[Command]] = WeakKeyDictionary()
"""What the nodes that there are can do by keys."""


def take_own_keys(node: DOMNode, commands: list[Command]) -> None:
    """Give a node the keys of the settings file in the place of those of its class."""
    _commands[node] = commands
    if has_own_keys():
        _bind(node, commands)


def bind_anew() -> None:
    """Give every node the keys that its commands have by now."""
    for node, commands in list(_commands.items()):
        _bind(node, commands)


def _bind(node: DOMNode, commands: list[Command]) -> None:
    found = [(command, keys_of(command)) for command in commands]
    replace_bindings(node, [_binding(command, keys) for command, keys in found if keys])


def _binding(command: Command, keys: Iterable[str]) -> Binding:
    return Binding(
        ",".join("comma" if key == "," else key for key in keys),
        command.action,
        command.title,
        show=False,
        id=command.id,
        tooltip=command.tooltip,
        priority=command.priority or command.id == "quit",
    )
