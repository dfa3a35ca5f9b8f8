"""Frozen content as it is exchanged: captures with their source, codebooks with their TOML.

Operations refer to it; it never changes, and is known by its SHA-256.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import field

from reader.domain.blocks import BlockTable
from reader.domain.records import dataclass


class Pages:
    """Where the pages of a source begin in its text; page numbers count from 1.

    A page without text begins where the next one does. Empty for sources without pages.

    Args:
        starts: For each page the code point at which it begins; they never fall.
    """

    def __init__(self, starts: Iterable[int] = ()) -> None:
        self.starts = array("I", starts)

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pages) and self.starts == other.starts

    __hash__ = None  # type: ignore[assignment]  # made of an array

    def __repr__(self) -> str:
        return f"Pages({self.starts.tolist()!r})"

    def at(self, offset: int) -> int | None:
        """Return the number of the page that a code point stands on, or None if unknown."""
        return max(bisect_right(self.starts, offset), 1) if self.starts else None

    def fits(self, length: int) -> bool:
        """Return whether the pages are in order and begin inside a text of that length."""
        starts = self.starts.tolist()
        return not starts or (starts[-1] <= length and starts == sorted(starts))

    def pack(self) -> bytes:
        """Return the starts as bytes, four each, little endian."""
        starts = self.starts[:]
        if sys.byteorder == "big":
            starts.byteswap()
        return starts.tobytes()

    @classmethod
    def unpack(cls, data: bytes) -> Pages:
        """Return the pages that :meth:`pack` wrote.

        Raises:
            ValueError: The bytes are no whole number of starts.
        """
        pages = cls()
        pages.starts.frombytes(data)
        if sys.byteorder == "big":
            pages.starts.byteswap()
        return pages


GOOD = "good"
"""The quality of a capture in which nothing looks wrong."""


@dataclass(frozen=True, slots=True)
class CaptureDetails:
    """What is known of a capture besides its text.

    Attributes:
        final_url: Where it came from in the end, after redirects; None if it was no page.
        quality: :data:`GOOD`, or a word for what makes the text doubtful.
        pages: Where the pages of its source begin.
    """

    final_url: str | None = None
    quality: str = GOOD
    pages: Pages = field(default_factory=Pages)


@dataclass(frozen=True, slots=True)
class CapturedContent:
    """One frozen capture with everything that belongs to it.

    Attributes:
        uid: The capture's uid.
        article_uid: Of the article that it is of.
        sha256: Of the text in UTF-8, hex.
        origin: Path or URL, or ``-``.
        media_type: Such as ``text/plain``.
        extractor: What made the text.
        captured_at: UTC, ISO 8601.
        warnings: Sentences of the capture.
        blocks: The blocks.
        text: Canonical text.
        raw: The bytes as they came.
        details: What else is known of it.
    """

    uid: str
    article_uid: str
    sha256: str
    origin: str
    media_type: str
    extractor: str
    captured_at: str
    warnings: tuple[str, ...]
    blocks: BlockTable
    text: str
    raw: bytes
    details: CaptureDetails = field(default_factory=CaptureDetails)


@dataclass(frozen=True, slots=True)
class CodebookContent:
    """A codebook that was used: its TOML."""

    id: str
    version: int
    source: str
