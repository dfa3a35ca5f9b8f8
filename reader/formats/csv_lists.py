"""Lists in a CSV field: items joined by `` | ``, parts of an item by ``:``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

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


def parsed(field: str, name: str, parse: Callable[[tuple[str, ...]], T]) -> tuple[T, ...]:
    """Return the items of a column, each understood.

    Raises:
        ValueError: One is not what it should be; the message says which column.
    """
    try:
        return tuple(map(parse, split(field)))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def tag_of(parts: tuple[str, ...]) -> tuple[str, int, str, str]:
    """Return codebook, version, facet and code of an item.

    Raises:
        ValueError: It is none of ``codebook@version.facet:code``.
    """
    where, code = parts if len(parts) == 2 else ("", "")
    codebook, _, rest = where.partition("@")
    version, _, facet = rest.partition(".")
    if not (codebook and facet and code and version.isascii() and version.isdigit()):
        raise ValueError("an item is no codebook@version.facet:code")
    return codebook, int(version[:9]), facet, code
