"""Colours of tags as ink: readable on the terminal's background, dark or light."""

from __future__ import annotations

from functools import lru_cache

from textual.color import Color

_CONTRAST = 3.0
"""Smallest contrast of a symbol against the background (WCAG's for graphics)."""
_STEP = 0.1


@lru_cache(256)
def ink(color: str, paper: str) -> str:
    """Return the colour, darkened or lightened until a symbol of it can be seen on the paper.

    Args:
        color: ``#RRGGBB`` of a tag.
        paper: ``#RRGGBB`` that the background is taken to be.
    """
    ground = Color.parse(paper)
    wanted = Color.parse(color)
    away = Color(0, 0, 0) if ground.brightness > 0.5 else Color(255, 255, 255)
    share = 0.0
    mixed = wanted
    while contrast(mixed, ground) < _CONTRAST and share < 1.0:
        share += _STEP
        mixed = wanted.blend(away, min(share, 1.0), 1.0)
    return mixed.hex


def contrast(one: Color, other: Color) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    """Return the relative luminance, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
