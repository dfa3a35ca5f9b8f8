"""The themes: quiet, the article brightest, the terminal's own background kept.

Dark and light are native ANSI themes: text that has no colour of its own is sent as the terminal's
default, so the panes have no seam at the window's edge and a row costs few bytes. Everything that
steps back has a fixed grey that stays readable (4.5:1) on the ground the theme is for. Terminals
with 256 colours get the nearest ones from Rich. The high-contrast theme brings its own ground; the
terminal's theme uses its sixteen colours and no others, for those who have arranged them.

An app should be made with ``ansi_color=True``: under ``NO_COLOR`` Textual then drops every colour
and keeps bold, reverse and underline, instead of mapping colours to greys.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from textual.theme import Theme

from reader.services.folders import user_folder

DARK = "dark"
"""Name of the theme for dark terminals."""
LIGHT = "light"
"""Name of the theme for light terminals."""
HIGH_CONTRAST = "high-contrast"
"""Name of the theme with white on black, and nothing below 7:1."""
TERMINAL = "terminal"
"""Name of the theme of the terminal's own sixteen colours."""
AUTO = "auto"
"""Dark or light, whichever the terminal says it is."""

_LIGHT_GROUNDS = frozenset({"7", "15"})
"""What ``COLORFGBG`` has for a light background: white, bright white."""


_BETWEEN = ("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "ZELLIJ")
"""Set where something is between the program and the terminal, which may delay an answer."""

_SILENT = ("dumb", "linux", "screen", "tmux", "vt")
"""How the names of terminals begin that have no answer, or something between."""

_NAMES = ("TERM_PROGRAM", "LC_TERMINAL", "TERMINAL_EMULATOR", "TERM")
"""What tells one kind of terminal from another."""

_SAID = {True: "light\n", False: "dark\n"}


def chosen(name: str, environ: Mapping[str, str]) -> str:
    """Return the name of the theme to use.

    Args:
        name: The setting.
        environ: The process's environment; some terminals say in ``COLORFGBG`` what they look like.
            Of others it is taken what they answered last time.
    """
    if name != AUTO:
        return name
    ground = environ.get("COLORFGBG", "").rpartition(";")[2]
    light = ground in _LIGHT_GROUNDS if ground else was_light(environ)
    return LIGHT if light else DARK


def may_ask(environ: Mapping[str, str]) -> bool:
    """Whether an answer can be expected at once, and from the terminal itself."""
    name = environ.get("TERM", "")
    between = any(environ.get(variable) for variable in _BETWEEN)
    return bool(name) and not between and not name.startswith(_SILENT)


def was_light(environ: Mapping[str, str]) -> bool:
    """Whether this kind of terminal has said last that its background is light.

    Its next answer comes after the first paint (see `reader.tui.look.ground`), and most terminals
    have the background that they had last time.
    """
    if not may_ask(environ):
        return False
    try:
        return _file(environ).read_text("ascii") == _SAID[True]
    except (OSError, ValueError):
        return False


def was_never_told(environ: Mapping[str, str]) -> bool:
    """Whether this kind of terminal can be asked for its background, and has never told it."""
    told = environ.get("COLORFGBG") or not may_ask(environ)
    return not told and not _file(environ).exists()


def remember(environ: Mapping[str, str], light: bool) -> None:
    """Keep what a terminal has said; where that cannot be, the next start begins dark."""
    path = _file(environ)
    with suppress(OSError, ValueError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(_SAID[light], "ascii")


def _file(environ: Mapping[str, str]) -> Path:
    names = "-".join(filter(None, map(environ.get, _NAMES)))[:80]
    own = "".join(char if char.isascii() and char.isalnum() else "_" for char in names)
    return Path(user_folder("STATE"), "background", own)


def _theme(name: str, *, dark: bool, accent: str, warning: str, error: str, success: str,
           ground: str = "ansi_default", text: str = "ansi_default", current: str = "bold",
           **greys: str,
           ) -> Theme:  # fmt: skip
    """Return a native ANSI theme; ``greys`` are the variables ``$reader-<name>``."""
    own = {f"reader-{key}": value for key, value in greys.items()}
    return Theme(
        name=name, ansi=True, dark=dark, primary=accent, secondary=accent, accent=accent,
        warning=warning, error=error, success=success, foreground=text, background=ground,
        surface=ground, panel=ground, boost=ground,
        variables={
            **own,
            "border": greys["rule"],
            "border-blurred": greys["rule"],
            "text-muted": greys["dim"],
            "text-disabled": greys["faint"],
            "foreground-muted": greys["dim"],
            "footer-key-foreground": accent,
            "block-cursor-background": greys["raised"],
            "block-cursor-foreground": text,
            "block-cursor-text-style": current,
            "input-cursor-background": ground,
            "input-cursor-foreground": text,
            "input-cursor-text-style": "reverse",
            "input-selection-background": greys["hit"],
            "input-selection-foreground": greys["ink"],
            "screen-selection-background": greys["hit"],
            "screen-selection-foreground": greys["ink"],
            "scrollbar": greys["rule"],
            "scrollbar-hover": greys["faint"],
            "scrollbar-active": greys["faint"],
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "ansi-background": greys["paper"],
            "ansi-foreground": greys["ink"],
        },
    )  # fmt: skip


READER_DARK = _theme(
    DARK, dark=True, accent="#7aa2c8", warning="#e5a84b", error="#e06c5f", success="#7fb08a",
    paper="#121417", ink="#e4e4e0", dim="#94979b", faint="#7d838b", rule="#3c4149",
    raised="#24282e", hit="#4a5a73",
)  # fmt: skip
READER_LIGHT = _theme(
    LIGHT, dark=False, accent="#2f6690", warning="#8a5200", error="#b3362b", success="#2f7042",
    paper="#fbfaf7", ink="#1d1f21", dim="#5d6369", faint="#6b7178", rule="#c9ccd1",
    raised="#ecece8", hit="#bcd0ea",
)  # fmt: skip
READER_HIGH_CONTRAST = _theme(
    HIGH_CONTRAST, dark=True, accent="#6cd0ff", warning="#ffd75f", error="#ff9a8c",
    success="#7ee787", ground="#000000", text="#ffffff",
    paper="#000000", ink="#ffffff", dim="#d7d7d7", faint="#bcbcbc", rule="#bcbcbc",
    raised="#3a3a3a", hit="#005f87",
)  # fmt: skip
READER_TERMINAL = _theme(
    TERMINAL, dark=True, accent="ansi_cyan", warning="ansi_magenta", error="ansi_red",
    success="ansi_green", current="bold reverse",
    paper="ansi_default", ink="ansi_default", dim="ansi_default", faint="ansi_default",
    rule="ansi_bright_black", raised="ansi_default", hit="ansi_default",
)  # fmt: skip

THEMES = (READER_DARK, READER_LIGHT, READER_HIGH_CONTRAST, READER_TERMINAL)
"""The themes to register. Their variables: ``$reader-paper`` (what the terminal's background is
taken to be when colours are mixed), ``-ink``, ``-dim`` (second voice), ``-faint`` (third),
``-rule``, ``-raised`` (background of the current thing), ``-hit`` (selection, search)."""

CHOICES = {
    AUTO: "Dark, or light where the terminal says so.",
    DARK: "For terminals with a dark background, which is kept.",
    LIGHT: "For terminals with a light background, which is kept.",
    HIGH_CONTRAST: "White on black; nothing is faint.",
    TERMINAL: "The terminal's own sixteen colours and no others.",
}
"""What the setting can be, and what each means."""
