"""Understands how people write keys in the settings.

In the table a key is its character, or one of Textual's names: ``j`` ``G`` ``?`` ``space``
``ctrl+d``.
"""

from __future__ import annotations

import difflib
import re

from reader.tui.commands.command import SHOWN, key_name

_MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
"""Keys that a terminal sends differently with Shift, Ctrl or Alt."""

_NAMES = {
    **{name: name for name in SHOWN},
    "esc": "escape", "return": "enter", "spacebar": "space", "pgup": "pageup", "pgdn": "pagedown",
    "pgdown": "pagedown", "del": "delete", "ins": "insert", "bs": "backspace",
    "↓": "down", "↑": "up", "←": "left", "→": "right",
    "plus": "+", "minus": "-", "comma": ",", "period": ".", "fullstop": ".", "slash": "/",
    "colon": ":", "semicolon": ";", "questionmark": "?", "equals": "=", "backslash": "\\",
}  # fmt: skip

_MODIFIERS = {
    "ctrl": "ctrl", "control": "ctrl", "c": "ctrl",
    "alt": "alt", "meta": "alt", "option": "alt", "opt": "alt", "m": "alt", "a": "alt",
    "shift": "shift", "s": "shift",
    "super": "super", "cmd": "super", "command": "super", "win": "super",
}  # fmt: skip
_MODIFIED = re.compile(r"([A-Za-z]+)[-+](.+)", re.DOTALL)

_SAME_AS = {"i": "Tab", "m": "Enter", "h": "Backspace", "[": "Esc"}
"""What a terminal sends for Ctrl and these keys: it cannot tell the two apart."""


def parse_key(text: str) -> str:
    """Return a key as the table has it, from how somebody wrote it: ``Ctrl-N``, ``PgDn``, ``n``.

    Raises:
        ValueError: There is no such key, or terminals do not send it; the message is the end of
            a sentence that begins with what was written.
    """
    if len(text) == 1:
        if text == " ":
            return "space"
        if text in _NAMES:
            return _NAMES[text]
        if not text.isprintable() or text.isspace():
            raise ValueError("is no key; write its name, such as Tab")
        return text
    modifiers, name = set[str](), text
    while (found := _MODIFIED.fullmatch(name)) and found[1].lower() in _MODIFIERS:
        modifiers.add(_MODIFIERS[found[1].lower()])
        name = found[2]
    return _with(modifiers, _base(name, text))


def _base(name: str, text: str) -> str:
    if len(name) == 1:
        return "space" if name == " " else _NAMES.get(name, name)
    plain = re.sub(r"[-_ ]", "", name).lower()
    if plain in _NAMES:
        return _NAMES[plain]
    if " " in text.strip():
        listed = ", ".join(f'"{word}"' for word in text.split())
        raise ValueError(f"is not one key; for several write [{listed}]")
    close = difflib.get_close_matches(plain, _NAMES, 1, cutoff=0.7)
    if close:
        raise ValueError(f"is no key; did you mean {key_name(_NAMES[close[0]])}?")
    raise ValueError("is no key; keys are written like n, N, Ctrl-N, Space, PgDn, F5")


def _with(modifiers: set[str], base: str) -> str:
    """Return a key with its modifiers, if terminals send it."""
    if "super" in modifiers:
        raise ValueError("is not sent by terminals; take a key without Cmd or Super")
    if not modifiers:
        return base
    if base in _MOVING or (base[:1] == "f" and base[1:].isdigit()):
        return "+".join([*sorted(modifiers), base])
    if modifiers == {"shift"}:
        return _shifted(base)
    if "shift" in modifiers:
        raise ValueError("is sent by terminals as if Shift were not held; take it without Shift")
    if modifiers == {"alt"}:
        return _alt(base)
    if modifiers == {"ctrl"}:
        return _control(base)
    raise ValueError("is not sent by terminals; hold Ctrl or Alt, not both")


def _shifted(base: str) -> str:
    if base == "tab":
        return "shift+tab"
    if len(base) == 1 and base.isalpha():
        return base.upper()
    if len(base) == 1:
        raise ValueError("is written as the character that it makes, such as ! or ?")
    name = key_name(base)
    raise ValueError(f"is sent by terminals as {name}; write {name} or take another")


def _alt(base: str) -> str:
    if len(base) == 1 and base.isascii() and base.isalnum():
        return f"alt+{base.lower()}"
    raise ValueError("is not sent alike by terminals; Alt goes with letters and digits")


def _control(base: str) -> str:
    letter = base.lower()
    if letter in _SAME_AS:
        name = _SAME_AS[letter]
        raise ValueError(f"is sent by terminals as {name}; write {name} or take another")
    if letter == "c":
        raise ValueError("copies what the mouse has selected; take another")
    if len(letter) == 1 and "a" <= letter <= "z":
        return f"ctrl+{letter}"
    raise ValueError("is not sent by terminals; Ctrl goes with letters and arrows")
