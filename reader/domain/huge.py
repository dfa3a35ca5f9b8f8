"""Numbers in foreign files that Python reads in hexadecimal digits, and does not write out."""

from __future__ import annotations

from typing import TypeVar

Tree = TypeVar("Tree")

_MOST_BITS = 1_000


def refuse_huge(tree: Tree) -> Tree:
    """Return what was read from a file, tables and lists in one another, if no number is huge.

    Raises:
        ValueError: One is.
    """
    left: list[object] = [tree]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
        elif isinstance(value, int) and value.bit_length() > _MOST_BITS:
            raise ValueError("a number has hundreds of digits")
    return tree
