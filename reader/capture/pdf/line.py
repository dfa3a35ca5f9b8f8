"""A line of a PDF page, as everything in this package sees it."""

from __future__ import annotations

from dataclasses import field

from reader.domain.records import dataclass


@dataclass(slots=True)
class Line:
    """A line of text, or the part of one that is in one column.

    Coordinates are PDF points, from the lower left corner of the page as it is shown.

    Attributes:
        text: Its words, without white space at the ends.
        x0: Left edge.
        x1: Right edge.
        y: Its base line, about.
        size: Height of its letters, the size of the font as it is shown.
        bold: Whether it is set in bold throughout.
        hyphen: Whether its last word goes on in the next line; the hyphen is gone.
        page: Number of its page, from 1.
        level: Of the heading that the PDF's own contents say it is, from 1; 0 if they do not.
        first: How long its first word is, in points.
        units: Where each of its words begins and ends in PDFium's text of the page.
        words: Where each of its words begins and ends across; empty until it is measured.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    hyphen: bool = False
    page: int = 1
    level: int = 0
    first: float = 0.0
    units: list[tuple[int, int]] = field(default_factory=list)
    words: list[tuple[float, float]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """How long it is, in points."""
        return self.x1 - self.x0
