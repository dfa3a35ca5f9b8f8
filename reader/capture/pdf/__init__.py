"""PDF: its lines, found with PDFium, made paragraphs again. Runs in the child process only."""

from __future__ import annotations

from reader.capture.pdf.document import EXTRACTOR, extract

__all__ = ["EXTRACTOR", "extract"]
