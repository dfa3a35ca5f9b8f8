"""Finds a symbol, a colour and a key for a tag that is made while reading."""

from __future__ import annotations

import colorsys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from reader.domain.codebook import Tag
from reader.domain.codebook_file.rules import MIN_CONTRAST, contrast_with_black
from reader.domain.errors import CodebookError

_ASCII = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*+~^&%@$!?<>=/#"
_MORE = "".join(map(chr, (*range(0x2801, 0x2900), *range(0x1401, 0x166D))))
"""Braille and Canadian syllables: one cell everywhere."""
_KEYS = "1234567890"


def free_symbol(label: str, tags: Sequence[Tag]) -> str:
    """Return a character, one cell wide everywhere, that no tag has.

    A letter of the label if one is free, else any that is.

    Args:
        label: The new tag's label.
        tags: The other tags of its facet.

    Raises:
        CodebookError: They have all the characters there are.
    """
    taken = {sign for tag in tags for sign in (tag.symbol, tag.ascii)}
    plain = unicodedata.normalize("NFKD", label)
    letters = [sign for sign in plain if sign.isascii() and sign.isalnum()]
    for sign in (*(sign.upper() for sign in letters), *letters, *_ASCII, *_MORE):
        if sign not in taken:
            return str(sign)
    raise CodebookError("The codebook has no symbol left for one more tag.", "Merge some tags.")


def free_key(tags: Sequence[Tag]) -> str:
    """Return a digit that sets none of the tags, or an empty string."""
    taken = {tag.key for tag in tags}
    return next((key for key in _KEYS if key not in taken), "")


def free_color(taken: Sequence[str]) -> str:
    """Return a colour that stands under black text and is as unlike the others as can be.

    Args:
        taken: The colours that there are, ``#RRGGBB``.
    """
    known = {color.upper() for color in taken}
    seen = [_lab(color) for color in known]
    free = [color for color in _candidates() if color not in known]
    if not seen or not free:
        return free[0] if free else _next_to(known)
    return max(free, key=lambda color: min(_distance(_lab(color), other) for other in seen))


@cache
def _candidates() -> tuple[str, ...]:
    """Return readable colours of all hues, some strong and some pale, the first a quiet blue."""
    grid = (
        _hex(*colorsys.hls_to_rgb(hue / 360, light / 100, strong / 100))
        for light in (64, 78, 52)
        for strong in (75, 45)
        for hue in [(210 + step) % 360 for step in range(0, 360, 10)]
    )
    return tuple(dict.fromkeys(c for c in grid if contrast_with_black(c) >= MIN_CONTRAST))


def _next_to(known: set[str]) -> str:
    """Return any readable colour that is not among so many."""
    return next(color for color in _all_light() if color not in known)


def _all_light() -> Iterator[str]:
    for number in range(0xFFFFFF, 0x808080, -0x0307):
        color = f"#{number:06X}"
        if contrast_with_black(color) >= MIN_CONTRAST:
            yield color


def _hex(*channels: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in channels)


@cache
def _lab(color: str) -> tuple[float, float, float]:
    """Return a colour in OKLab (Ottosson 2020), where distances are as they are seen."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _distance(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
