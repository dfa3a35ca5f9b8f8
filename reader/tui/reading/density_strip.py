"""The strip in the panel's head that shows where in the article the tags are. Import late."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from rich.segment import Segment
from rich.style import Style

from reader.services.reading.density import PARTS, Density
from reader.services.reading.session import Session

LEVELS = "▁▂▃▄▅▆▇█"
"""Nothing, and then the more the higher."""

_FULL = 4
"""Highlights in one column that fill it if no column has more: one alone is not a wall."""


class DensityStrip:
    """Draws the counts of one session's highlights; follows them from now on.

    Args:
        session: The session.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._density = Density(session.annotations, session.document.length)
        session.annotations.watchers.append(self._density)

    @property
    def state(self) -> object:
        """What changes when the strip has to be drawn anew."""
        session = self._session
        return (self._density.revision, session.codebook.id, session.facet.id)

    def segments(
        self, width: int, ink: Callable[[str], Style], plain: Style, dim: Style
    ) -> list[Segment]:
        """Return the columns, those in a row that have one style as one segment.

        Args:
            width: Columns.
            ink: Gives the style of a tag's colour.
            plain: Where there are highlights, but no tag of the active facet.
            dim: Where there are none.
        """
        session = self._session
        columns = self._density.columns(min(width, PARTS), session.codebook.id, session.facet)
        most = max(_FULL, max((column.count for column in columns), default=0))
        segments: list[Segment] = []
        for (count, color), run in groupby(columns, key=lambda it: (it.count, it.color)):
            style = (ink(color) if color else plain) if count else dim
            text = LEVELS[-(-count * 7 // most)] * len(list(run))
            if segments and segments[-1].style == style:
                text = segments.pop().text + text
            segments.append(Segment(text, style))
        return segments

    def column_at(self, offset: int, width: int) -> int:
        """Return the column of a place in the text."""
        return self._density.column_at(offset, min(width, PARTS))

    def offset_at(self, column: int, width: int) -> int:
        """Return the first place in the text of a column."""
        return self._density.offset_at(column, min(width, PARTS))
