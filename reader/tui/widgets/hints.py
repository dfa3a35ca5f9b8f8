"""The keys that matter in a mode, and what each does: what the bottom line offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from rich.cells import cell_len

from reader.tui.commands import Command, Context, commands_for, key_for, key_name, keys_of

Mode = Literal[
    "READ", "SELECT", "PANEL", "RELATE", "PLACE", "NOTE", "SEARCH", "FILTER", "MARK", "LIBRARY"
]
"""What keys mean at the moment."""

_CONTEXTS: dict[Mode, Context] = {
    "READ": "read",
    "SELECT": "select",
    "PANEL": "panel",
    "RELATE": "relate",
    "LIBRARY": "library",
}
TYPING: dict[Mode, tuple[tuple[str, str], ...]] = {
    "NOTE": (("form.save", "or Esc saves and closes"), ("note.editor", "your editor")),
    "SEARCH": (
        ("Enter", "find"), ("line.list", "list"), ("line.regex", "regex"), ("Esc", "leave"),
    ),
    "MARK": (("mark:", "press a letter"), ("Esc", "leave")),
    "FILTER": (("Enter", "to the list"), ("Esc", "list all")),
}  # fmt: skip
"""Modes in which something is typed, and what keys do there: a key, or the id of a command, which
has a dot."""
_PLACE_HINTS = (
    ("relate.here", "place it here"),
    ("select.word", "select"),
    ("relate.leave", "leave"),
    ("help", "help"),
)
Hint = tuple[str, str]
"""A key as it is told, and what it does in a word."""


def hints_of(mode: Mode, tag_keys: str, words: Mapping[str, str]) -> list[Hint]:
    """Return the keys of a mode, in the order in which they are told.

    Args:
        mode: The mode.
        tag_keys: The keys that tag, together; empty without any.
        words: Other words for commands, by their id.
    """
    context = _CONTEXTS.get(mode)
    if mode == "PLACE":
        return [(key_for(id), word) for id, word in _PLACE_HINTS]
    if context is None:
        return _typing(mode)
    tagging = [(tag_keys, "tag")] if tag_keys and context != "relate" else []
    commands = [item for item in commands_for(context) if item.hint and keys_of(item)]
    commands.sort(key=lambda item: _is_of_others(item, context))
    return tagging + [
        (key_name(keys_of(command)[0]), words.get(command.id, command.hint)) for command in commands
    ]


def _is_of_others(command: Command, context: Context) -> bool:
    """Whether a key comes behind a mode's own ones.

    On the way to another statement those of the article are not its own.
    """
    own = {context, "relate"}
    return context not in command.contexts[:1] or not own.issuperset(command.contexts)


def _typing(mode: Mode) -> list[Hint]:
    """Return the hints while something is typed; a command without a key has none."""
    from reader.tui.commands.pressed import first_key  # late: no first screen has such a line

    own = [(first_key(key) if "." in key else key, word) for key, word in TYPING[mode]]
    if mode == "NOTE" and not own[0][0]:
        own[0] = ("Esc", "saves and closes")
    return [(key, word) for key, word in own if key]


def hint_cells(hint: Hint) -> int:
    """Return the cells of a hint with the gap after it."""
    return cell_len(hint[0]) + 1 + cell_len(hint[1]) + 2
