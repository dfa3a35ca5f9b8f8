"""Lists in a CSV field: items joined by `` | ``, parts of an item by ``:``."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SPECIAL = re.compile(r"[\\|:]")


def join(items: Iterable[str | tuple[str, ...]]) -> str:
    """Return items as one field; an item with parts is a tuple."""
    return " | ".join(
        _escaped(item) if isinstance(item, str) else ":".join(map(_escaped, item)) for item in items
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def split(field: str) -> list[tuple[str, ...]]:
    """Return the items of a field, each as its parts.

    Raises:
        ValueError: A backslash stands before nothing that needs one.
    """
    if not field:
        return []
    items: list[tuple[str, ...]] = []
    parts, part = [], ""
    position = 0
    while position < len(field):
        character = field[position]
        position += 1
        if character == "\\":
            if field[position : position + 1] not in ("\\", "|", ":"):
                raise ValueError("a stray backslash in a list")
            part += field[position]
            position += 1
        elif character == ":":
            parts.append(part)
            part = ""
        elif character == "|":
            items.append((*parts, part.removesuffix(" ")))
            parts, part = [], ""
            position += field[position : position + 1] == " "
        else:
            part += character
    items.append((*parts, part))
    return items
