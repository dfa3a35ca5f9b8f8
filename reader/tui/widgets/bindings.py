"""Bindings made from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from reader.tui.commands import COMMANDS, Command, Context, commands_for


def bindings_for(context: Context, actions: Iterable[str]) -> list[BindingType]:
    """Return the bindings of a context for those actions that a widget carries itself.

    Args:
        context: Whose keys.
        actions: Names of the widget's actions, without ``action_``.
    """
    own = frozenset(actions)
    return _bindings(item for item in commands_for(context) if item.action in own)


def bindings_of(*contexts: Context) -> list[BindingType]:
    """Return the bindings of all commands that are valid in one of the contexts, for a screen."""
    return _bindings(item for item in COMMANDS if set(item.contexts) & set(contexts))


def _bindings(commands: Iterable[Command]) -> list[BindingType]:
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.title,
            show=False,
            id=command.id,
            tooltip=command.tooltip,
        )
        for command in commands
        if command.keys
    ]
