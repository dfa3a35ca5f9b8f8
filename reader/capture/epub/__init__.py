"""EPUB: its chapters along the spine, with its contents as headings. In the child process only."""

from __future__ import annotations

from reader.capture.epub.book import EXTRACTOR, extract

__all__ = ["EXTRACTOR", "extract"]
