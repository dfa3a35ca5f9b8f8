"""How keys are written on the screen and in print."""

from __future__ import annotations

SHOWN = {
    "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑",
    "left": "←", "right": "→", "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "backspace": "Backspace", "delete": "Del", "insert": "Ins",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}  # fmt: skip
_ARROWS = {"down": "Down", "up": "Up", "left": "Left", "right": "Right"}
"""How the arrow keys are written where there are no arrows."""
_in_words: dict[str, str] = {}
_MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}


def write_arrows(*, in_words: bool) -> None:
    """Write the arrow keys as words from now on in this process, or as arrows again."""
    _in_words.clear()
    if in_words:
        _in_words.update(_ARROWS)


def key_name(key: str) -> str:
    """Return how a key is written for people: ``ctrl+d`` as ``Ctrl-D``."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    shown = _in_words.get(name) or SHOWN.get(
        name, name.upper() if modifiers and len(name) == 1 else name
    )
    return "-".join([*(_MODIFIERS.get(word, word) for word in modifiers), shown])
