"""The one function through which every string goes before a terminal shows it."""

from __future__ import annotations

# Each character is replaced by exactly one other, so offsets and cell positions stay in step.
_CONTROL = "\ufffd"  # visible: something stood here
_INVISIBLE = "\u2060"  # word joiner: takes no cell, does nothing

_TABLE: dict[int, str] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], _CONTROL),
    **dict.fromkeys(range(0xD800, 0xE000), _CONTROL),  # lone surrogates
    **dict.fromkeys([0x061C, 0x200E, 0x200F], _INVISIBLE),  # bidi marks
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], _INVISIBLE),  # bidi controls
    **dict.fromkeys([0x2028, 0x2029], _INVISIBLE),  # line and paragraph separator
    **dict.fromkeys(range(0xE0000, 0xE0080), _INVISIBLE),  # tag characters
    **dict.fromkeys([0xFFF9, 0xFFFA, 0xFFFB], _INVISIBLE),  # interlinear annotation
    0x09: " ",
    0x0A: " ",
}


def safe(text: str) -> str:
    """Return the text with nothing in it that a terminal could act on.

    One character for one, so that an offset into the result is an offset into the original.
    Line feeds and tabs become spaces: whoever wants several lines splits first.
    """
    if text.isascii() and text.isprintable():  # most texts, at a tenth of the cost
        return text
    return text.translate(_TABLE)
