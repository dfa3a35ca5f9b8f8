"""Shows the program's signs in ASCII, whichever widget has drawn them. Import late."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.domain.signs import in_ascii


class SignFilter(LineFilter):
    """Replaces signs in a finished line; the article pane spares its text, see there."""

    SPARES_TEXT = True
    """Whether it is not for an article's own text."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line's segments, each as wide as before."""
        return [Segment(in_ascii(text), style, control) for text, style, control in segments]
