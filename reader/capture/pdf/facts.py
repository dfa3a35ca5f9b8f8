"""What a PDF says of itself: its contents, title, author, date and language."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reader.capture.pdf.line import Line
from reader.domain.article import Metadata

_MOST_CONTENTS = 20_000
UNCERTAIN = "?"
"""Ends a date that is not said to be the one of publication: a PDF says when it was made."""
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word|powerpoint|document\d*$|slide 1$)|^[\w-]{1,12}\d{4,}|"
    r"\.(?:docx?|pdf|indd|qxd|tex|dvi|xlsx?|pptx?|rtf|odt)$",
    re.IGNORECASE,
)


def mark_contents(document: Any, pages: list[list[Line]]) -> None:
    """Note at lines that they are what the PDF's contents say is a heading there."""
    for level, title, number in _contents(document):
        if not 1 <= number <= len(pages):
            continue
        rest = _letters(title)
        lines = pages[number - 1]
        for index, line in enumerate(lines):
            words = _letters(line.text)
            if not words or not rest.startswith(words) or line.level:
                continue
            for following in lines[index : index + 4]:
                words = _letters(following.text)
                if not words or not rest.startswith(words):
                    break
                following.level = level
                rest = rest[len(words) :]
            break


def _contents(document: Any) -> Iterator[tuple[int, str, int]]:
    """Yield level from 1, title and page number of each entry of the PDF's contents."""
    try:
        for count, entry in enumerate(document.get_toc(max_depth=6)):
            target = entry.get_dest()
            index = target.get_index() if target is not None else None
            if count >= _MOST_CONTENTS:
                return
            if index is not None:
                yield entry.level + 1, entry.get_title()[:400], index + 1
    except (pdfium.PdfiumError, ValueError, UnicodeError):
        return  # contents that are damaged are as good as none


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def metadata(document: Any, headline: str | None, names: str | None) -> Metadata:
    """Return what the PDF says of itself, where that is of use, and else what its text shows."""
    said = document.get_metadata_dict(skip_empty=True)
    title = " ".join(str(said.get("Title", "")).split())
    if not title or _NO_TITLE.search(title):
        title = headline or ""
    author = " ".join(str(said.get("Author", "")).split())
    date = _DATE.match(str(said.get("CreationDate", "")))
    return Metadata(
        title=title or None,
        byline=names or author or None,
        published_at="-".join(filter(None, date.groups())) + UNCERTAIN if date else None,
        language=_language(document),
    )


def _language(document: Any) -> str | None:
    """Return the language that the PDF says it is in, or None."""
    try:
        size = raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
        if not 2 < size < 64:
            return None
        buffer = (ctypes.c_ushort * (size // 2))()
        raw.FPDFCatalog_GetLanguage(document.raw, buffer, size)
    except AttributeError:
        return None  # a PDFium that cannot tell
    found = "".join(map(chr, buffer)).strip("\0 ")
    return found if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", found) else None
