"""The two themes: quiet, the article brightest, the terminal's own background kept.

Both are native ANSI themes: text that has no colour of its own is sent as the terminal's default,
so the panes have no seam at the window's edge and a row costs few bytes. Everything that steps back
has a fixed grey that stays readable on the other kind of background as well. Terminals with fewer
colours get the nearest ones from Rich.

An app should be made with ``ansi_color=True``: under ``NO_COLOR`` Textual then drops every colour
and keeps bold, reverse and underline, instead of mapping colours to greys.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = "reader-dark"
"""Name of the theme for dark terminals, the default."""
LIGHT = "reader-light"
"""Name of the theme for light terminals."""


def _theme(name: str, *, dark: bool, accent: str, warning: str, error: str, success: str,
           **greys: str) -> Theme:  # fmt: skip
    """Return a native ANSI theme; ``greys`` are the variables ``$reader-<name>``."""
    own = {f"reader-{key}": value for key, value in greys.items()}
    plain = "ansi_default"
    return Theme(
        name=name, ansi=True, dark=dark, primary=accent, secondary=accent, accent=accent,
        warning=warning, error=error, success=success, foreground=plain, background=plain,
        surface=plain, panel=plain, boost=plain,
        variables={
            **own,
            "border": greys["rule"],
            "border-blurred": greys["rule"],
            "text-muted": greys["dim"],
            "text-disabled": greys["faint"],
            "foreground-muted": greys["dim"],
            "footer-key-foreground": accent,
            "block-cursor-background": greys["raised"],
            "block-cursor-foreground": plain,
            "block-cursor-text-style": "bold",
            "input-cursor-background": plain,
            "input-cursor-foreground": plain,
            "input-cursor-text-style": "reverse",
            "input-selection-background": greys["hit"],
            "input-selection-foreground": greys["ink"],
            "screen-selection-background": greys["hit"],
            "screen-selection-foreground": greys["ink"],
            "scrollbar": greys["rule"],
            "scrollbar-hover": greys["faint"],
            "scrollbar-active": greys["faint"],
            "scrollbar-background": plain,
            "scrollbar-background-hover": plain,
            "scrollbar-background-active": plain,
            "ansi-background": greys["paper"],
            "ansi-foreground": greys["ink"],
        },
    )  # fmt: skip


READER_DARK = _theme(
    DARK, dark=True, accent="#7aa2c8", warning="#e5a84b", error="#e06c5f", success="#7fb08a",
    paper="#121417", ink="#e4e4e0", dim="#8d939b", faint="#666c75", rule="#3c4149",
    raised="#24282e", hit="#4a5a73",
)  # fmt: skip
READER_LIGHT = _theme(
    LIGHT, dark=False, accent="#2f6690", warning="#9a5b00", error="#b3362b", success="#2f7042",
    paper="#fbfaf7", ink="#1d1f21", dim="#666c73", faint="#868c94", rule="#c9ccd1",
    raised="#ecece8", hit="#bcd0ea",
)  # fmt: skip

THEMES = (READER_DARK, READER_LIGHT)
"""The themes to register. Their variables: ``$reader-paper`` (what the terminal's background is
taken to be when colours are mixed), ``-ink``, ``-dim`` (second voice), ``-faint`` (third),
``-rule``, ``-raised`` (background of the current thing), ``-hit`` (selection, search)."""
