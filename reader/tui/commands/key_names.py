"""How keys are written on the screen and in print."""

from __future__ import annotations

SHOWN = {
    "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑",
    "left": "←", "right": "→", "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "backspace": "Backspace", "delete": "Del", "insert": "Ins",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}  # fmt: skip
_MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}


def key_name(key: str) -> str:
    """Return how a key is written for people: ``ctrl+d`` as ``Ctrl-D``."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    shown = SHOWN.get(name, name.upper() if modifiers and len(name) == 1 else name)
    return "-".join([*(_MODIFIERS.get(word, word) for word in modifiers), shown])
