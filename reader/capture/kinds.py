"""What bytes are, by what is in them; the name of the file decides only between kinds of text."""

from __future__ import annotations

import os
import re

from reader.capture.encoding import decode, kind_of_binary
from reader.domain.errors import InputError

PLAIN, MARKDOWN, HTML = "plain", "markdown", "html"
PDF, EPUB, DOCX, MHTML = "pdf", "epub", "docx", "mhtml"
FEED, OPML = "feed", "opml"
LISTS = (FEED, OPML)
"""Kinds that list articles or feeds, and are no articles."""

_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_HTML_NAMES = (".html", ".htm", ".xhtml")
_HEAD = 65_536  # bytes of a text that are looked at
_PDF_HEAD = 1024  # bytes in which a PDF may begin, as viewers have it
_END_OF_ZIP = b"PK\x05\x06"
_MEMBERS = (  # names in a zip archive, and what has them
    (b"META-INF/container.xml", EPUB),
    (b"application/epub+zip", EPUB),
    (b"word/document", DOCX),
    (b"xl/workbook", "a spreadsheet"),
    (b"ppt/presentation", "a presentation"),
)
_ZIP = "a zip archive"
_PDF = re.compile(rb"%PDF-\d\.\d")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_LIST = re.compile(
    r"\s*(?:<\?[^>]{0,300}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,300}>\s*)*"
    r"<(?:(?P<opml>opml)\b|rss\b|(?:\w+:)?RDF\b[^>]*purl\.org/rss/|(?:\w+:)?feed\b[^>]*/Atom)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(?:p|div|h[1-6]|body|head|title|article|section|span|a|ul|br|table|meta)\b",
                  re.IGNORECASE)  # fmt: skip
_FIELD = re.compile(rb"[!-9;-~]{1,64}:[ \t]")
_MIME = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)

_REFUSED = {
    "an old Office document": "Save it as .docx, or as plain text.",
    "an OpenDocument file": "Save it as .docx, or: `pandoc -t markdown file.odt > file.md`.",
    "a rich text (RTF) document": "Save it as .docx or plain text, or copy the text and paste it.",
    _ZIP: "Unpack it, and add the files or the folder.",
    "a spreadsheet": "Export the text that you want to read as plain text.",
    "a presentation": "Export it as PDF, and add that.",
}


def kind_of(raw: bytes, name: str) -> str:
    """Return which kind of article bytes are.

    Args:
        raw: The bytes; not empty.
        name: File name, URL, or ``-``; its end tells Markdown from plain text.

    Raises:
        InputError: Of a kind that is not read. The message has no subject: "this is a picture".
    """
    binary = _kind_of_binary(raw)
    if binary == _ZIP and name.lower().endswith(".epub"):
        return EPUB  # a damaged one; what is wrong with it is found when it is read
    if binary in (PDF, EPUB, DOCX):
        return binary
    if binary:
        raise InputError(f"this is {binary}, not an article", _REFUSED.get(binary, ""))
    if is_mhtml(raw):
        return MHTML
    head = decode(raw[:_HEAD])[0] if len(raw) > _HEAD else decode(raw)[0]
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - a name may be no path at all
    listed = _LIST.match(head)
    if listed:
        return OPML if listed["opml"] else FEED
    if _HTML.match(head) or (suffix in _HTML_NAMES and _TAG.search(head)):
        return HTML
    return MARKDOWN if suffix in _MARKDOWN_NAMES else PLAIN


def _kind_of_binary(raw: bytes) -> str | None:
    """Return the kind of what is no text, or what it is called, or None."""
    if _is_pdf(raw):
        return PDF
    found = kind_of_binary(raw)
    if found in ("a zip archive", "an EPUB", "a Word document"):
        return _kind_of_zip(raw)
    return found


def _is_pdf(raw: bytes) -> bool:
    """Whether a PDF begins here, or a little further down: a text on PDF has no objects."""
    if _PDF.match(raw):
        return True
    return bool(_PDF.search(raw[:_PDF_HEAD])) and b" obj" in raw and b"%%EOF" in raw[-2048:]


def _kind_of_zip(raw: bytes) -> str:
    """Return what a zip archive is, by the names of its members."""
    names = _directory(raw)
    if raw[30:38] == b"mimetype" and b"application/vnd.oasis.opendocument" in raw[:200]:
        return "an OpenDocument file"
    if raw[30:38] == b"mimetype" and b"application/epub+zip" in raw[:200]:
        return EPUB
    found = next((kind for name, kind in _MEMBERS if name in names), _ZIP)
    return EPUB if found == _ZIP and b"mimetype" in names and b".opf" in names else found


def _directory(raw: bytes) -> bytes:
    """Return the list of members at the end of a zip archive; of a cut one, its beginning."""
    at = raw.rfind(_END_OF_ZIP)
    if at < 0:
        return raw[:_HEAD]
    size = int.from_bytes(raw[at + 12 : at + 16], "little")
    return raw[max(0, at - size) : at]


def is_mhtml(raw: bytes) -> bool:
    """Whether bytes are a message with MIME headers that holds a page, as browsers save them."""
    head = raw[:_HEAD].lstrip()
    end = re.search(rb"\r?\n\r?\n", head)
    fields = head[: end.start()] if end else head
    if not _FIELD.match(fields) or b"mime-version:" not in fields.lower():
        return False
    return bool(_MIME.search(fields))
