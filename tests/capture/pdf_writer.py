"""Writes small PDFs for the tests: text where it is wanted, in two fonts, and what else is odd."""

from __future__ import annotations

from dataclasses import dataclass, field


def literal(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        raw = raw.replace(sign, b"\\" + sign)
    return b"(" + raw + b")"


@dataclass
class Sheet:
    """A page: pieces of text, drawn in the order in which they were put there."""

    width: int = 612
    height: int = 792
    rotate: int = 0
    drawn: list[bytes] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, size: float = 10, *, bold: bool = False) -> None:
        font = b"/B" if bold else b"/F"
        place = f"{size:g} Tf 1 0 0 1 {x:g} {y:g} Tm ".encode()
        self.drawn.append(b"BT " + font + b" " + place + literal(text) + b" Tj ET")

    def column(self, x: float, y: float, lines: list[str], size: float = 10) -> float:
        """Put lines below each other; return where the next one would be."""
        for line in lines:
            self.put(x, y, line, size)
            y -= size * 1.2
        return y


@dataclass
class Pdf:
    """A document."""

    sheets: list[Sheet] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    contents: list[tuple[str, int]] = field(default_factory=list)
    trailer: bytes = b""
    catalog: bytes = b""

    def sheet(self, **size: int) -> Sheet:
        self.sheets.append(Sheet(**size))
        return self.sheets[-1]

    def bytes(self) -> bytes:
        """Return the file."""
        objects: list[bytes] = []

        def add(body: bytes) -> int:
            objects.append(body)
            return len(objects)

        encoding = b"/Encoding /WinAnsiEncoding"
        pages, catalog = add(b""), add(b"")
        fonts = [
            add(b"<< /Type /Font /Subtype /Type1 /BaseFont /" + name + b" " + encoding + b" >>")
            for name in (b"Helvetica", b"Helvetica-Bold")
        ]
        numbers = [self._sheet(add, sheet, pages, fonts) for sheet in self.sheets]
        kids = b" ".join(b"%d 0 R" % number for number in numbers)
        objects[pages - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(numbers), kids)
        outlines = self._contents(add, numbers)
        objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R %s %s >>" % (
            pages, outlines, self.catalog,
        )  # fmt: skip
        facts = b" ".join(
            b"/" + name.encode() + b" " + literal(value) for name, value in self.info.items()
        )
        info = add(b"<< " + facts + b" >>")
        return _file(objects, b"/Root %d 0 R /Info %d 0 R %s" % (catalog, info, self.trailer))

    def _sheet(self, add, sheet: Sheet, pages: int, fonts: list[int]) -> int:
        stream = b"\n".join(sheet.drawn)
        body = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        return add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F %d 0 R /B %d 0 R >> >> >>"
            % (pages, sheet.width, sheet.height, sheet.rotate, body, *fonts)
        )

    def _contents(self, add, numbers: list[int]) -> bytes:
        if not self.contents:
            return b""
        first = add(b"") + 1
        top, last = first - 1, first + len(self.contents) - 1
        for index, (title, page) in enumerate(self.contents):
            number = first + index
            chain = b"/Prev %d 0 R " % (number - 1) if index else b""
            chain += b"/Next %d 0 R " % (number + 1) if number < last else b""
            target = b"/Dest [%d 0 R /Fit]" % numbers[page - 1]
            add(b"<< /Title %s /Parent %d 0 R %s%s >>" % (literal(title), top, chain, target))
        return b"/Outlines %d 0 R" % self._set(add, top, first, last)

    def _set(self, add, top: int, first: int, last: int) -> int:
        body = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>"
        add.__closure__[0].cell_contents[top - 1] = body % (first, last, last - first + 1)
        return top


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, table,
    )  # fmt: skip
    return bytes(out)
