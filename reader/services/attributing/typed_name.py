r"""A source's name as it is typed where ``>`` leads to the next hop: ``A \> B``, or ``"A > B"``.

The backslash is that of the chains in a CSV.
"""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\([\\>])")


def keeps_joint(typed: str) -> bool:
    r"""Whether a ``>`` typed next belongs to the name: behind a ``\``, or in quotation marks."""
    slashes = len(typed) - len(typed.rstrip("\\"))
    return slashes % 2 == 1 or _is_open(typed)


def name_of(typed: str) -> str:
    """Return the name that is meant by what is typed, quotation marks around it not being of it."""
    text = typed.strip()
    if _is_open(text):
        return text[1:]
    if len(text) > 1 and text.startswith('"') and text.find('"', 1) == len(text) - 1:
        return text[1:-1]
    return _ESCAPED.sub(r"\1", text)


def _is_open(typed: str) -> bool:
    """Whether it begins with a quotation mark that nothing closes as yet."""
    return typed.lstrip().startswith('"') and typed.count('"') == 1
