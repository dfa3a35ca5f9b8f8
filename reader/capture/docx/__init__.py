"""Word documents (.docx): paragraphs, headings, lists, tables, notes. In the child process only."""

from __future__ import annotations

from reader.capture.docx.document import EXTRACTOR, extract

__all__ = ["EXTRACTOR", "extract"]
