r"""Chains of sources in a CSV field: ``Foreign ministry > ? > news agency > [outlet]``.

The origin comes first, ``?`` is a hop that is not known, ``[outlet]`` where the article appeared. A
``\`` or ``>`` inside a name has a backslash before it, and so has a name that begins with ``[`` or
is a lone ``?``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

OUTLET = "[outlet]"
"""Ends each chain: the article itself."""

UNKNOWN = "?"
"""Stands for a hop that is not known."""

_JOINT = " > "
_SPECIAL = re.compile(r"[\\>]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def join_chain(names: Iterable[str | None]) -> str:
    """Return a chain as one field; None is not known."""
    return _JOINT.join([*(UNKNOWN if name is None else _escaped(name) for name in names), OUTLET])


def _escaped(name: str) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", name)
    return f"\\{text}" if name == UNKNOWN or name.startswith("[") else text


def split_chain(field: str) -> list[str | None]:
    r"""Return the names of a chain, without the outlet; None is not known.

    Raises:
        ValueError: A hop is empty, or the outlet stands elsewhere than at the end.
    """
    parts = _parts(field)
    if parts and parts[-1] == OUTLET:
        parts.pop()
    if OUTLET in parts:
        raise ValueError(f"{OUTLET} stands elsewhere than at the end")
    if not all(parts):
        raise ValueError("a hop is empty")
    return [None if part == UNKNOWN else _ESCAPED.sub(r"\1", part) for part in parts]


def _parts(field: str) -> list[str]:
    """Return what stands between the joints, escaped as it is."""
    parts, part, position = [], "", 0
    while position < len(field):
        size = 2 if field[position] == "\\" else 1
        piece = field[position : position + size]
        if piece == ">":
            parts.append(part)
            part = ""
        else:
            part += piece
        position += size
    return [piece.strip() for piece in (*parts, part)] if field.strip() else []
