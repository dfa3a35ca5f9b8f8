"""A text as the smallest EPUB that holds it, for programs that read nothing plainer."""

from __future__ import annotations

import zipfile
from html import escape
from pathlib import Path

_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""

_PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Text</dc:title>
<dc:language>en</dc:language><dc:identifier id="id">text</dc:identifier></metadata>
<manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine toc="ncx"><itemref idref="text"/></spine></package>"""

_CONTENTS = """<?xml version="1.0"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/>
<docTitle><text>Text</text></docTitle><navMap><navPoint id="text" playOrder="1">
<navLabel><text>Text</text></navLabel><content src="text.xhtml"/></navPoint></navMap></ncx>"""

_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Text</title></head><body>
{paragraphs}
</body></html>"""


def write_epub(text: str, path: Path) -> None:
    """Write a text as an EPUB of one chapter, a paragraph for each that an empty line ends."""
    paragraphs = "\n".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("book.opf", _PACKAGE)
        book.writestr("toc.ncx", _CONTENTS)
        book.writestr("text.xhtml", _PAGE.format(paragraphs=paragraphs))
