"""What a capture gives, before it is in a library."""

from __future__ import annotations

from dataclasses import field

from reader.domain.article import Metadata
from reader.domain.blocks import BlockTable
from reader.domain.content import CaptureDetails
from reader.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """Everything that is needed to add an article.

    Attributes:
        text: Canonical text.
        blocks: Its blocks.
        raw: The bytes as they came.
        origin: Absolute path, URL, or ``-`` for standard input.
        media_type: Such as ``text/plain`` or ``text/markdown``.
        extractor: Name and version of what made the text, such as ``plain/1``.
        metadata: Title and so on, as far as the input itself says.
        warnings: Sentences for the user, such as a doubtful encoding.
        details: Final URL, quality of the extraction, pages.
        other_origins: Other names of the same file, under which older captures may be kept.
    """

    text: str
    blocks: BlockTable
    raw: bytes
    origin: str
    media_type: str
    extractor: str
    metadata: Metadata = field(default_factory=Metadata)
    warnings: tuple[str, ...] = ()
    details: CaptureDetails = field(default_factory=CaptureDetails)
    other_origins: tuple[str, ...] = ()

    @property
    def origins(self) -> tuple[str, ...]:
        """The origin and its other names."""
        return (self.origin, *self.other_origins)
