"""A PDF as an article: its pages one after the other, then paragraphs, headings, metadata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium

from reader.capture.building import PAGE, Builder
from reader.capture.marks import byline, is_boilerplate, is_caption, is_dateline
from reader.capture.pdf.columns import usual as usual_in
from reader.capture.pdf.facts import mark_contents, metadata
from reader.capture.pdf.furniture import without_furniture
from reader.capture.pdf.line import Line
from reader.capture.pdf.order import in_order
from reader.capture.pdf.page import Page
from reader.capture.pdf.paragraphs import Kind, Paragraph, Reflow, is_leader, kind_of
from reader.capture.source import Report, Source
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import GOOD, CaptureDetails
from reader.domain.errors import InputError
from reader.domain.text import Role

EXTRACTOR = "pdf/1"
"""Name and version; raised whenever the same file would give another text or other blocks."""

MOST_PAGES = 5_000
_ODD = re.compile("[\ufffd\ue000-\uf8ff]")
_FEW_SIGNS = 5  # letters on a page: with fewer it has no text


def extract(source: Source, report: Report) -> ArticleDraft:
    """Return the article that a PDF holds.

    Raises:
        InputError: It is locked, damaged, too long, or has no text.
    """
    document = _opened(source)
    try:
        count = len(document)
        if not count:
            raise InputError(f"{source.name} has no pages.", "Is it the right file?")
        if count > MOST_PAGES:
            raise InputError(
                f"{source.name} has {count:,} pages; the limit is {MOST_PAGES:,}.",
                "Split it into parts, such as with `qpdf --pages`, and add those.",
            )
        pages, heights = [], []
        for number in range(1, count + 1):
            lines, height = _lines(document, number)
            pages.append(lines)
            heights.append(height)
            report(number, count)
        return _draft(source, document, pages, max(heights))
    finally:
        document.close()


def _opened(source: Source) -> Any:
    try:
        return pdfium.PdfDocument(source.raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                f"{source.name} is locked with a password.",
                "Open it in a PDF viewer with its password, save or print it as a new PDF without "
                "one, and add that.",
            ) from error
        if "security" in str(error).lower():
            raise InputError(
                f"{source.name} is protected in a way that is not known here.",
                "Print it as a new PDF in a viewer that can open it, and add that.",
            ) from error
        raise


def _lines(document: Any, number: int) -> tuple[list[Line], float]:
    """Return the lines of a page in reading order, and how high the page is."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return [], 0.0  # a page that is damaged; the others are read
    text = page.get_textpage()
    try:
        found = Page(page.raw, text.raw, number)
        return in_order(list(found.lines()), found.measure), found.height
    finally:
        text.close()
        page.close()


def _draft(source: Source, document: Any, pages: list[list[Line]], height: float) -> ArticleDraft:
    empty = [number for number, lines in enumerate(pages, 1) if _signs(lines) < _FEW_SIGNS]
    if len(empty) == len(pages):
        what = "page is a picture" if len(pages) == 1 else f"{len(pages):,} pages are pictures"
        raise InputError(
            f"{source.name} has no text in it: its {what} of text (a scan).",
            "Run text recognition over it (`ocrmypdf scan.pdf text.pdf`), and add the result.",
        )
    mark_contents(document, pages)
    builder, title, names = _built(without_furniture(pages, height), len(pages))
    text = builder.text
    quality, warnings = _doubts(text, empty, len(pages))
    return ArticleDraft(
        text=text,
        blocks=builder.blocks,
        raw=b"",
        origin="",
        media_type="application/pdf",
        extractor=EXTRACTOR,
        metadata=metadata(document, title, names),
        warnings=warnings,
        details=CaptureDetails(quality=quality, pages=builder.pages),
    )


def _signs(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _doubts(text: str, empty: list[int], count: int) -> tuple[str, tuple[str, ...]]:
    """Return a word for what makes the text doubtful, and sentences for the user."""
    odd = len(_ODD.findall(text))
    if odd > 0.02 * len(text):
        return "garbled", (
            "The PDF does not say which letters some of its signs are; parts of the text are "
            "garbled. Text recognition (ocrmypdf --force-ocr) may give a better one.",
        )
    if len(empty) > 0.2 * count:
        some = ", ".join(map(str, empty[:5])) + (" and others" if len(empty) > 5 else "")
        return "pages-without-text", (
            f"{len(empty):,} of {count:,} pages have no text (page {some}): they may be scans.",
        )
    return GOOD, ()


# ---------------------------------------------------------------------- building


def _built(pages: list[list[Line]], count: int) -> tuple[Builder, str | None, str | None]:
    """Return the text with blocks, its headline, and its byline."""
    lines = [line for page in pages for line in page]
    builder = Builder()
    writer = _Writer(builder)
    if lines:
        usual = usual_in(lines)
        notes = _notes(pages, usual)
        aside = {id(line) for page in notes.values() for line in page}
        main = [line for line in lines if id(line) not in aside]
        paragraphs = list(Reflow(main, usual).paragraphs())
        headline = _headline(paragraphs, usual.size)
        levels = _levels([item for item in paragraphs if item is not headline], usual.size)
        for paragraph in paragraphs:
            last = paragraph.lines[-1].page
            for page in sorted(number for number in notes if number < last):
                writer.notes(Reflow(notes.pop(page), usual).paragraphs())
            writer.write(paragraph, levels, headline=paragraph is headline)
        for page in sorted(notes):
            writer.notes(Reflow(notes[page], usual).paragraphs())
    writer.end(count)
    return builder, writer.title, writer.byline


def _notes(pages: list[list[Line]], usual: Any) -> dict[int, list[Line]]:
    """Return the small print at the foot of each page: paragraphs go on past it."""
    found: dict[int, list[Line]] = {}
    for lines in pages:
        below: list[Line] = []
        for line in sorted(lines, key=lambda line: line.y):
            if kind_of(line, usual) is not Kind.SMALL or is_caption(line.text):
                break
            below.append(line)
        if below and len(below) < len(lines):
            kept = {id(line) for line in below}
            found[lines[0].page] = [line for line in lines if id(line) in kept]
    return found


def _levels(paragraphs: Sequence[Paragraph], size: float) -> dict[float, int]:
    """Return the level of headings by their size: the largest is 2, as below a headline."""
    sizes = Counter(
        round(item.size) for item in paragraphs if item.kind is Kind.HEADING and item.size > size
    )
    ordered = sorted(sizes, reverse=True)
    return {found: min(6, level) for level, found in enumerate(ordered, 2)}


def _headline(paragraphs: Sequence[Paragraph], size: float) -> Paragraph | None:
    """Return the paragraph on the first page with text that is the headline, or None."""
    first = paragraphs[0].lines[0].page if paragraphs else 0
    found = [
        item for item in paragraphs[:12]
        if item.kind is Kind.HEADING and item.lines[0].page == first and item.size > size
    ]  # fmt: skip
    return max(found, key=lambda item: item.size, default=None)


class _Writer:
    """Writes paragraphs with their roles, and the pages between them."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._page = 0
        self.title: str | None = None
        self.byline: str | None = None

    def write(self, paragraph: Paragraph, levels: dict[float, int], *, headline: bool) -> None:
        """Write one paragraph."""
        self._turn_to(paragraph.lines[0].page)
        words = " ".join(paragraph.text.replace(PAGE, "").split())
        role, level = Role.BODY, 0
        if headline:
            role, self.title = Role.HEADLINE, words
        elif paragraph.kind is Kind.HEADING:
            role = Role.SUBHEAD
            own = paragraph.lines[0].level
            level = min(6, own + 1) if own else levels.get(round(paragraph.size), len(levels) + 2)
        elif paragraph.item:
            role, level = Role.LIST_ITEM, 1
        else:
            role = self._role_of_line(words, paragraph)
        self._builder.add(paragraph.text, role, min(level, 6))
        self._page = paragraph.lines[-1].page

    def _role_of_line(self, words: str, paragraph: Paragraph) -> Role:
        """Return what a short paragraph is."""
        if is_leader(paragraph.lines[0]):
            return Role.BOILERPLATE
        if is_caption(words) and (paragraph.kind is Kind.SMALL or len(words) < 300):
            return Role.CAPTION
        if len(words) > 120:
            return Role.BODY
        near_head = self.title is not None and len(self._builder.blocks) < 5
        if near_head and self.byline is None and (names := byline(words)):
            self.byline = names
            return Role.CREDIT
        if is_boilerplate(words) or (near_head and is_dateline(words)):
            return Role.BOILERPLATE
        return Role.BODY

    def notes(self, paragraphs: Iterator[Paragraph]) -> None:
        """Write the small print of a page."""
        for paragraph in paragraphs:
            self._turn_to(paragraph.lines[0].page)
            self._builder.add(paragraph.text, Role.BODY)

    def _turn_to(self, page: int) -> None:
        for _ in range(page - self._page):
            self._builder.page()
        self._page = max(page, self._page)

    def end(self, count: int) -> None:
        """Begin the pages that have nothing on them."""
        self._turn_to(count)
