"""What a key means in a dialog, and how a dialog tells its keys. Import late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.tui.commands import Command, Context, command_of, commands_for, key_name, keys_of

if TYPE_CHECKING:
    from textual.events import Key


def pressed(event: Key, *contexts: Context) -> Command | None:
    """Return the command of a key where no binding runs it, because the key may be text as well."""
    return next((item for item in commands_for(*contexts) if is_key_of(event, item.id)), None)


def is_key_of(event: Key, id: str) -> bool:
    """Whether a key is one of a command's."""
    return not {event.key, event.character}.isdisjoint(keys_of(command_of(id)))


def first_key(id: str) -> str:
    """Return a command's key as people write it; empty if it has none."""
    return next(map(key_name, keys_of(command_of(id))), "")


def sentence(id: str, words: str) -> str:
    """Return a sentence that tells a key, such as `` a adds some.``; nothing if it has none."""
    key = first_key(id)
    return f" {key} {words}." if key else ""


def told(*ids_and_words: str, between: str = " · ") -> str:
    """Return keys with what they do, ``x mark · * mark all``, without those that have none.

    Args:
        ids_and_words: Such as ``split.mark mark``; what begins with a capital names its own key.
        between: What stands between two.
    """
    return between.join(_told(ids_and_words))


def _told(ids_and_words: Iterable[str]) -> Iterable[str]:
    for item in ids_and_words:
        id, _, words = item.partition(" ")
        key = first_key(id) if id[0].islower() else id
        if key:
            yield f"{key} {words}"
