"""The one function through which every string goes before a terminal shows it."""

from __future__ import annotations

# Each character is replaced by exactly one other, so offsets and cell positions stay in step.
_CONTROL = "\ufffd"  # visible: something stood here
_INVISIBLE = "\u2060"  # word joiner: takes no cell, does nothing

_RANGES = (
    (0x09, 0x0A, " "),
    (0x00, 0x1F, _CONTROL),
    (0x7F, 0x9F, _CONTROL),
    (0xD800, 0xDFFF, _CONTROL),  # lone surrogates
    (0x061C, 0x061C, _INVISIBLE),  # bidi marks
    (0x200E, 0x200F, _INVISIBLE),
    (0x202A, 0x202E, _INVISIBLE),  # bidi controls
    (0x2066, 0x2069, _INVISIBLE),
    (0x2028, 0x2029, _INVISIBLE),  # line and paragraph separator
    (0xE0000, 0xE007F, _INVISIBLE),  # tag characters
    (0xFFF9, 0xFFFB, _INVISIBLE),  # interlinear annotation
)


_KEPT = 10_000
"""Characters of which is kept what is shown for them; no text that is read has more."""


class _Table(dict[int, str]):
    """What is shown for each character; worked out when one first occurs, as most never do."""

    def __missing__(self, code: int) -> str:
        shown = next((sign for first, last, sign in _RANGES if first <= code <= last), chr(code))
        if len(self) < _KEPT:
            self[code] = shown
        return shown


_TABLE = _Table()


def safe(text: str) -> str:
    """Return the text with nothing in it that a terminal could act on.

    One character for one, so that an offset into the result is an offset into the original.
    Line feeds and tabs become spaces: whoever wants several lines splits first.
    """
    if text.isascii() and text.isprintable():  # most texts, at a tenth of the cost
        return text
    return text.translate(_TABLE)


JOINERS = "\u200c\u200d"
"""Zero-width joiner and non-joiner: words of some languages, and emoji, are spelled with them."""


def is_printable(text: str) -> bool:
    """Whether a text has printable characters only, and joiners within it."""
    if text.isprintable():  # most texts
        return True
    return (
        text.strip(JOINERS) == text
        and text.replace("\u200c", "").replace("\u200d", "").isprintable()
    )
