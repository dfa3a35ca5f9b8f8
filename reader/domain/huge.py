"""Numbers in foreign files that Python reads in hexadecimal digits, and does not write out."""

from __future__ import annotations

from typing import Any

_MOST_BITS = 1_000
_INSTEAD = 10**30
"""Too large for anything, and short enough for a message."""


def tamed(tree: Any) -> Any:
    """Return tables and lists as they were read, but for numbers that no message could hold.

    In the place of those stands one that is too large as well, so that whoever looks at the values
    refuses it and can say where it is.
    """
    if isinstance(tree, dict):
        return {name: tamed(value) for name, value in tree.items()}
    if isinstance(tree, list):
        return [tamed(value) for value in tree]
    is_huge = isinstance(tree, int) and tree.bit_length() > _MOST_BITS
    return _INSTEAD if is_huge else tree
