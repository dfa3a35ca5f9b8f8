"""The words of a Word document, in order, each paragraph as what its style says that it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from reader.capture.archive import Archive, inside, local, parse_xml, words_of
from reader.capture.building import PAGE, Builder
from reader.capture.docx.styles import Lists, Look, Styles, W, outline_of
from reader.capture.marks import byline
from reader.capture.source import Report, Source
from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import CaptureDetails, Pages
from reader.domain.errors import InputError
from reader.domain.text import Role

EXTRACTOR = "docx/1"
"""Name and version; raised whenever the same file would give another text or other blocks."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SIGNS = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
    "lastRenderedPageBreak": PAGE,
}  # fmt: skip
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr"})
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_REPORT_EVERY = 200


def extract(source: Source, report: Report) -> ArticleDraft:
    """Return the article that a Word document holds.

    Raises:
        InputError: It is damaged, locked, over a limit, or has no text.
    """
    archive = Archive(source.raw, source.name)
    path = _main_path(archive)
    body = parse_xml(archive.read(path), source.name).find(f"{W}body")
    if body is None:
        raise InputError(f"{source.name} is damaged: it has no text part.", "Save it again.")
    reading = _Reading(archive, posixpath.dirname(path))
    children = list(body)
    for number, element in enumerate(children, 1):
        reading.element(element)
        if number % _REPORT_EVERY == 0:
            report(number, len(children))
    reading.end()
    if not reading.builder.length:
        raise InputError(f"{source.name} has no text in it.", "Is it the right file?")
    metadata = reading.metadata()
    return ArticleDraft(
        text=reading.builder.text,
        blocks=reading.builder.blocks,
        raw=b"",
        origin="",
        media_type=MEDIA_TYPE,
        extractor=EXTRACTOR,
        metadata=metadata,
        warnings=tuple(reading.warnings()),
        details=CaptureDetails(pages=reading.pages()),
    )


def _main_path(archive: Archive) -> str:
    """Return which member has the text."""
    if "_rels/.rels" in archive:
        for relation in parse_xml(archive.read("_rels/.rels"), archive.name):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                found = inside("", (relation.get("Target") or "").lstrip("/"))
                if found in archive:
                    return str(found)
    return "word/document.xml"


def _day(created: str) -> str | None:
    """Return the day on which a document was made; that it was published then is not said."""
    return f"{created[:10]}?" if re.match(r"\d{4}-\d\d-\d\d", created) else None


class _Reading:
    """Writes the elements of a document's body.

    Args:
        archive: The document.
        folder: Where its parts are.
    """

    def __init__(self, archive: Archive, folder: str) -> None:
        self.builder = Builder()
        self._damaged: list[str] = []
        self._archive, self._folder = archive, folder
        self._styles = Styles(self._part("styles.xml"))
        self._lists = Lists(self._part("numbering.xml"))
        self._notes: list[tuple[str, str]] = []
        self._known_notes: dict[str, dict[str, Any]] = {}
        self._boxes: list[Any] = []
        self._has_pages = self._has_changes = False
        self._title: str | None = None
        self._byline: str | None = None

    def _part(self, name: str) -> Any:
        path = posixpath.join(self._folder, name)
        return self._parsed(path) if path in self._archive else None

    def _parsed(self, path: str) -> Any:
        """Return the root of a part that the words can do without, or None if it is damaged."""
        try:
            return parse_xml(self._archive.read(path), self._archive.name)
        except InputError:
            self._damaged.append(path)
            return None

    def element(self, element: Any) -> None:
        """Write a paragraph, a table, or what is wrapped in something else."""
        kind = local(element)
        if kind == "p":
            self._paragraph(element)
        elif kind == "tbl":
            self._table(element)
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "txbxContent"):
            for child in element:
                self.element(child)
        elif kind in ("del", "moveFrom"):
            self._has_changes = True

    def _paragraph(self, element: Any) -> None:
        properties = element.find(f"{W}pPr")
        look, item = self._look_of(properties)
        words = "".join(self._words(element))
        lines = [line for line in words.split("\n") if line.strip() or PAGE in line]
        if item is not None and lines:
            lines = [item + " ".join(lines)]
        for index, line in enumerate(lines):
            line = line.replace("\t", " ").strip()
            role, level = self._role(look, line, index)
            self.builder.add(line, role, level)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.element(box)

    def _look_of(self, properties: Any) -> tuple[Look, str | None]:
        """Return what a paragraph is, and what it begins with if it is an item of a list."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        look, numbers = self._styles.of(named.get(f"{W}val") if named is not None else None)
        look = outline_of(properties) or look
        own = properties.find(f"{W}numPr") if properties is not None else None
        settings = own if own is not None else numbers
        found = self._lists.item(settings) if settings is not None else None
        if found is None or look.role is not Role.BODY:
            return look, None
        return Look(Role.LIST_ITEM, found[1]), found[0]

    def _role(self, look: Look, line: str, index: int) -> tuple[Role, int]:
        """Return the role of a line of a paragraph; a title is told apart from other headings."""
        first = not self.builder.length
        if look.role is Role.HEADLINE or (first and look == Look(Role.SUBHEAD, 1)):
            if self._title is None and index == 0:
                self._title = line
                return Role.HEADLINE, 0
            return Role.SUBHEAD, 1
        if look.role is Role.BODY:
            names = byline(line) if len(self.builder.blocks) in (1, 2) else None
            if names and self._title and len(line) < 120:
                self._byline = names
                return Role.CREDIT, 0
            return Role.BODY, min(index, 1)
        return look.role, look.level

    def _words(self, element: Any) -> Iterator[str]:
        """Yield the words of an element, with line ends and page marks."""
        for child in element:
            kind = local(child)
            if kind == "t":
                yield (child.text or "") + "".join(part.tail or "" for part in child)
            elif kind in _SIGNS:
                self._has_pages = self._has_pages or kind == "lastRenderedPageBreak"
                yield "" if child.get(f"{W}type") == "page" else _SIGNS[kind]
            elif kind in _NOTES:
                yield self._note(_NOTES[kind], child.get(f"{W}id") or "")
            elif kind == "txbxContent":
                self._boxes.append(child)
            elif kind in _LEFT_OUT:
                self._has_changes = self._has_changes or kind in ("del", "moveFrom")
            elif kind != "r" or child.find(f"{W}rPr/{W}vanish") is None:
                yield from self._words(child)

    def _note(self, kind: str, number: str) -> str:
        """Keep a note for the end; return what stands for it in the text."""
        self._notes.append((kind, number))
        return f"[{len(self._notes)}]"

    def _table(self, table: Any) -> None:
        """Write a table row by row."""
        for index, row in enumerate(each for each in table.iter(f"{W}tr")):
            cells = [" ".join("".join(self._words(cell)).split()) for cell in row.iter(f"{W}tc")]
            if any(cells):
                self.builder.add(" | ".join(cells), Role.BODY, min(index, 1))

    def end(self) -> None:
        """Write the notes."""
        for number, (kind, uid) in enumerate(self._notes, 1):
            part = self._note_parts(kind).get(uid)
            words = " ".join("".join(self._words(part)).split()) if part is not None else ""
            if words:
                self.builder.add(f"[{number}] {words}", Role.BODY, 1 if number > 1 else 0)

    def _note_parts(self, kind: str) -> dict[str, Any]:
        if kind not in self._known_notes:
            root = self._part(f"{kind}.xml")
            found = {each.get(f"{W}id"): each for each in (root if root is not None else ())}
            self._known_notes[kind] = found
        return self._known_notes[kind]

    # ------------------------------------------------------------------ what else is known

    def pages(self) -> Pages:
        """Return where the pages began when the document was last shown, or none."""
        return Pages([0, *self.builder.pages.starts]) if self._has_pages else Pages()

    def warnings(self) -> Iterator[str]:
        """Yield sentences for the user."""
        if self._damaged:
            yield f"The document is damaged in part ({', '.join(self._damaged)}); see what is lost."
        if self._has_changes:
            yield "The document has tracked changes; the words that were deleted are left out."
        if posixpath.join(self._folder, "comments.xml") in self._archive:
            yield "The document has comments; they are left out."

    def metadata(self) -> Metadata:
        """Return what the document says of itself, and what its text shows."""
        said: dict[str, str] = {}
        if "docProps/core.xml" in self._archive:
            root = self._parsed("docProps/core.xml")
            said = {local(each): words_of(each) for each in (root if root is not None else ())}
        return Metadata(
            title=self._title or said.get("title") or None,
            byline=self._byline or said.get("creator") or None,
            published_at=_day(said.get("created", "")),
            language=said.get("language") or None,
        )
