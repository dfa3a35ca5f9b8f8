"""Colours that can be read: tags' colours as ink or ground, in any theme and with 16 colours."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

from rich.color import Color

Rgb = tuple[int, int, int]

READABLE = 4.5
"""Smallest contrast of text against its ground (WCAG 2.2, AA)."""

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_NEUTRAL: Rgb = (140, 140, 140)
_WHITE: Rgb = (255, 255, 255)
_BLACK: Rgb = (0, 0, 0)
_STEP = 0.1

_HUES = ((30, "red", 1), (75, "yellow", 3), (170, "green", 2), (206, "cyan", 6),
         (265, "blue", 4), (345, "magenta", 5), (361, "red", 1))  # fmt: skip
"""Up to which hue, in degrees, which of the terminal's colours is the nearest: name and number."""

_LIKE_GREY = 7
"""How far the parts of a colour (of 255) may be from those of a grey that stands for it."""

_GREYISH = 0.15
"""Saturation below which a colour has no hue to speak of."""


def rgb(color: str | None) -> Rgb:
    """Return the parts of ``#RRGGBB``; a grey for anything else."""
    if color is None or not _HEX.fullmatch(color):
        return _NEUTRAL
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def blend(under: Rgb, over: Rgb, share: float) -> Rgb:
    """Return a colour with a share of another one in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(under, over, strict=True))
    return red, green, blue


def fixed(wanted: Rgb) -> Color:
    """Return a colour; for a grey the nearest of the 24 fixed ones, which takes fewer bytes.

    They are 10 apart, from 8 on: numbers 232 to 255 of the 256 colours, not a theme's to change.
    """
    step = round((sum(wanted) / 3 - 8) / 10)
    grey = 8 + 10 * step
    if 0 <= step < 24 and all(abs(part - grey) <= _LIKE_GREY for part in wanted):
        return Color.from_ansi(232 + step)
    return Color.from_rgb(*wanted)


@lru_cache(256)
def ink(color: str, paper: str) -> str:
    """Return the colour, darkened or lightened until text of it can be read on the paper.

    Args:
        color: ``#RRGGBB`` of a tag.
        paper: ``#RRGGBB`` that the background is taken to be.
    """
    red, green, blue = readable(rgb(color), rgb(paper))
    return f"#{red:02X}{green:02X}{blue:02X}"


def readable(wanted: Rgb, ground: Rgb) -> Rgb:
    """Return a colour, moved towards black or white until it can be read on a ground."""
    away = max(_BLACK, _WHITE, key=lambda color: contrast(color, ground))
    share, mixed = 0.0, wanted
    while contrast(mixed, ground) < READABLE and share < 1.0:
        share += _STEP
        mixed = blend(wanted, away, min(share, 1.0))
    return mixed


def tint(ground: Rgb, color: Rgb, share: float, text: Rgb) -> Rgb:
    """Return a ground with a share of a colour in it, less of it where text could not be read."""
    tinted = blend(ground, color, share)
    while contrast(tinted, text) < READABLE and share > _STEP:
        share -= _STEP / 2
        tinted = blend(ground, color, share)
    return tinted


def on(ground: Rgb) -> Rgb:
    """Return black or white, whichever can be read better on a ground."""
    return max(_BLACK, _WHITE, key=lambda color: contrast(color, ground))


def sixteen(color: Rgb) -> tuple[str, int] | None:
    """Return name and number of the terminal's colour of the same hue; None for a grey.

    Only the six plain ones: how the bright ones stand against the background nobody can know.
    """
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    if saturation < _GREYISH:
        return None
    return next((name, number) for limit, name, number in _HUES if hue * 360 < limit)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Rgb) -> float:
    """Return the relative luminance, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
