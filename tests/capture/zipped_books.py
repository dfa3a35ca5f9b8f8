"""Writes small EPUB and DOCX files for the tests."""

from __future__ import annotations

import io
import zipfile

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
OPF = """<?xml version="1.0"?>{doctype}
<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>{title}</dc:title><dc:creator>Ana Example</dc:creator>
<dc:creator>Bob Example</dc:creator><dc:date>2023-05-02T00:00:00Z</dc:date>
<dc:language>en</dc:language><dc:publisher>Example House</dc:publisher></metadata>
<manifest><item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/a%20one.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
<item id="x" href="../../../etc/passwd" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="a"/><itemref idref="b"/><itemref idref="x"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<body><nav epub:type="toc"><ol><li><a href="text/a%20one.xhtml">The first chapter</a><ol>
<li><a href="text/a%20one.xhtml#s">A part of it</a></li></ol></li>
<li><a href="text/b.xhtml">The second chapter</a></li></ol></nav></body></html>"""
ONE = """<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>x</title></head><body><h1>The first chapter</h1><p>It began on a Tuesday,&nbsp;early.</p>
<p id="s"><b>A part of it</b></p><p>And then it went on. It took all day.</p></body></html>"""
TWO = "<html><body><p>The second chapter</p><p>It ended\non a Friday.</p></body></html>"


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(
    *,
    title: str = "A book",
    doctype: str = "",
    stray: str = "../../../etc/passwd",
    **more: str | bytes,
) -> bytes:
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": OPF.format(title=title, doctype=doctype),
        "OPS/nav.xhtml": NAV,
        "OPS/text/a one.xhtml": ONE,
        "OPS/text/b.xhtml": TWO,
    }
    return zipped(members | {name.replace("__", "/"): text for name, text in more.items()})


def paragraph(words: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {SPACE}>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Own"><w:name w:val="My head"/><w:basedOn w:val="H"/></w:style>
<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style></w:styles>"""
NUMBERS = f"""<w:numbering {SPACE}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>
<w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
BODY = "".join([
    paragraph("A report on the bridge", "T"),
    paragraph("By Ana Example"),
    paragraph("Cracks", "Own"),
    "<w:p><w:r><w:t>The mayor </w:t></w:r><w:del><w:r><w:delText>lied</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>spoke</w:t></w:r></w:ins><w:r><w:t>.</w:t><w:footnoteReference w:id='7'/>"
    "</w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>",
    paragraph("third", more=numbered(1)), paragraph("fourth", more=numbered(1)),
    paragraph("a point", more=numbered(2)),
    paragraph("It was &#8220;safe&#8221;.", "Q"),
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Arch</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Width"
    "</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>East</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>3 mm</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "<w:p><w:r><w:t>It goes on </w:t><w:lastRenderedPageBreak/><w:t>overleaf.</w:t></w:r></w:p>",
])  # fmt: skip


def document(body: str = BODY, **more: str) -> bytes:
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {SPACE}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERS,
        "word/footnotes.xml": f"<w:footnotes {SPACE}><w:footnote w:id='7'><w:p><w:r><w:t>In May."
        "</w:t></w:r></w:p></w:footnote></w:footnotes>",
        "docProps/core.xml": '<c xmlns:d="x" xmlns:t="y"><d:creator>Somebody</d:creator>'
        "<t:created>2022-03-04T10:00:00Z</t:created></c>",
    }
    return zipped(members | more)
