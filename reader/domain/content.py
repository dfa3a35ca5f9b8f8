"""Frozen content as it is exchanged: captures with their source, codebooks with their TOML.

Operations refer to it; it never changes, and is known by its SHA-256.
"""

from __future__ import annotations

from reader.domain.blocks import BlockTable
from reader.domain.records import dataclass


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


@dataclass(frozen=True, slots=True)
class CodebookContent:
    """A codebook that was used: its TOML."""

    id: str
    version: int
    source: str
