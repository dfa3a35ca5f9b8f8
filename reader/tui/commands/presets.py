"""Sets of keys to start from, as what differs from the table."""

from __future__ import annotations

_DIGITS = "1234567890"

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "default": {},
    "vim-strict": {
        **{f"tag.{digit}": () for digit in _DIGITS},
        **{f"count.{digit}": (digit,) for digit in _DIGITS},
        "tag.prefix": ("t",),
        "tag.palette": ("ctrl+t",),
        "page.down": ("space", "pagedown", "ctrl+f"),
        "page.up": ("b", "pageup", "ctrl+b"),
        "panel.page-down": ("space", "pagedown", "ctrl+f"),
        "panel.page-up": ("b", "pageup", "ctrl+b"),
    },
}
"""``vim-strict``: digits count (``3j``), tags are behind ``t`` (``t5``)."""

COUNTED = frozenset({
    "statement.next", "statement.previous", "paragraph.next", "paragraph.previous",
    "page.down", "page.up", "half-page.down", "half-page.up", "line.down", "line.up",
    "unjudged.next", "unjudged.previous", "highlight.next", "highlight.previous",
    "search.next", "search.previous", "undo", "redo", "width.wider", "width.narrower",
    "facet.next", "facet.previous",
    "select.left", "select.right", "select.word-next", "select.word-back", "select.word-end",
    "select.statement-next", "select.statement-previous",
    "panel.next", "panel.previous", "panel.page-down", "panel.page-up",
    "library.next", "library.previous",
})  # fmt: skip
"""Commands that are done as often as a count says."""
