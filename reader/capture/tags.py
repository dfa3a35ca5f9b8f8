"""Raw HTML in a Markdown text: the tags go, the words stay."""

from __future__ import annotations

import re
from html import unescape

# Every "<" is looked at up to the next "<" or ">" only, so the cost stays linear.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>|<![a-zA-Z][^<>]*+>|<\?[^<>]*+>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*+>", re.IGNORECASE)
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))


def strip_tags(html: str) -> list[str]:
    """Return the words of a stretch of HTML, a string for each line that it would show."""
    for opening, closing in _HIDDEN:
        html = _without(html, opening, closing)
    shown = _BREAK.sub("\x00", html)
    lines = (" ".join(unescape(_TAG.sub("", line)).split()) for line in shown.split("\x00"))
    return [line for line in lines if line]


def _without(html: str, opening: str, closing: str) -> str:
    """Cut out everything between two marks; an opening without an end is left as it is."""
    lower = html.lower()
    if len(lower) != len(html) or opening not in lower:
        return html
    kept, at = [], 0
    while (start := lower.find(opening, at)) >= 0:
        stop = lower.find(closing, start)
        if stop < 0:
            break
        kept.append(html[at:start])
        at = stop + len(closing)
    return "".join([*kept, html[at:]])
