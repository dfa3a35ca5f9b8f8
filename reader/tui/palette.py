"""The command palette: the commands of the screen that is on top, to be found by name. Late."""

from __future__ import annotations

from collections.abc import Sequence

from reader.tui.commands import Command, key_name, keys_of
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

_KEYS_SHOWN = 2


class Palette(ChoiceDialog):
    """Gives back the id of a command, or None.

    Args:
        commands: Those that can be run now, in the table's order.
    """

    HELP = "Type a part of the name or of what it does; Enter runs it."

    def __init__(self, commands: Sequence[Command]) -> None:
        choices = [
            Choice(command.id, command.title, command.tooltip, _keys(command))
            for command in commands
        ]
        super().__init__("Commands", choices, remark="Enter runs · Esc leaves")


def _keys(command: Command) -> str:
    return " ".join(key_name(key) for key in keys_of(command)[:_KEYS_SHOWN])
