"""The command palette: the commands of the screen that is on top, and the tags. Import late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from reader.domain.codebook import Tag
from reader.tui.commands import Command, key_name, keys_of
from reader.tui.commands.synonyms import SYNONYMS
from reader.tui.reading.sources import tag_press
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

_KEYS_SHOWN = 2
_TAG = "tag key "


def tag_key_of(chosen: str) -> str:
    """Return the key of the tag that was chosen, or nothing if a command was."""
    return chosen.removeprefix(_TAG) if chosen.startswith(_TAG) else ""


async def run(screen: Screen[Any], action: str) -> None:
    """Run a command's action where it is: on the screen, or on the list that has the focus."""
    name = action.partition("(")[0]
    own = "." in name or hasattr(screen, f"action_{name}")
    await (screen if own else screen.focused or screen).run_action(action)


class Palette(ChoiceDialog):
    """Gives back the id of a command, or None; for :func:`tag_key_of`, if it was a tag.

    Args:
        commands: Those that can be run now, in the table's order.
        tags: Those that can be set now by a key.
    """

    HELP = "Type a part of the name, or of what it does; tags are found by name. Enter runs it."

    def __init__(self, commands: Sequence[Command], tags: Sequence[Tag] = ()) -> None:
        choices = [
            Choice(
                command.id,
                command.title,
                command.tooltip,
                _keys(command),
                words=SYNONYMS.get(command.id, ""),
            )
            for command in commands
        ]
        choices += [
            Choice(
                _TAG + tag.key, tag.label, tag.definition, tag_press(tag.key), tag.symbol,
                tag.color, words=tag.code, is_tag=True,
            )
            for tag in tags
            if tag.key
        ]  # fmt: skip
        super().__init__("Commands", choices, remark="Enter runs · Esc leaves")


def _keys(command: Command) -> str:
    return " ".join(key_name(key) for key in keys_of(command)[:_KEYS_SHOWN])
