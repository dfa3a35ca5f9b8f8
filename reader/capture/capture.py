"""Bytes or a file to a draft of an article: the one door into the capture layer."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from reader.capture import plain
from reader.capture.encoding import decode, kind_of_binary
from reader.domain.article import ArticleDraft, Metadata
from reader.domain.document import BlockTable
from reader.domain.errors import InputError, UsageError
from reader.domain.text import canonical

LIMIT = 50 * 1024 * 1024
"""Bytes; a larger file is refused."""
KINDS = ("plain", "markdown")
"""What an input can be said to be."""
STANDARD_INPUT = "-"
"""The origin of what came through a pipe."""

_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_LATER = {
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".pdf": "PDF",
    ".epub": "EPUB",
    ".docx": "Word",
    ".doc": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
}
_KIND_TO_FORMAT = {
    "a PDF": "PDF",
    "an EPUB": "EPUB",
    "a Word document": "Word",
    "an old Office document": "Word",
    "an OpenDocument file": "OpenDocument",
    "a rich text (RTF) document": "RTF",
}
_MEANWHILE = {
    "HTML": "Open it in a browser and save the page as text, or copy the article and paste it "
    "into `reader -`; `--kind plain` reads the source as it stands.",
    "PDF": "Until then: `pdftotext file.pdf - | reader -`, or copy the text into `reader -`.",
    "EPUB": "Until then: `pandoc -t plain book.epub | reader -`, or save it as text.",
    "Word": "Until then: `pandoc -t markdown file.docx > file.md`, or save it as plain text.",
    "OpenDocument": "Until then: `pandoc -t markdown file.odt > file.md`, or save it as text.",
    "RTF": "Until then save it as plain text, or copy the text into `reader -`.",
}
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,20}://")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def capture_file(
    path: str | os.PathLike[str], *, kind: str | None = None, metadata: Metadata | None = None
) -> ArticleDraft:
    """Return the draft of an article that a file holds.

    Args:
        path: The file as the user named it; messages name it the same way.
        kind: ``plain`` or ``markdown``; by default what name and content say.
        metadata: What is known from elsewhere; wins over what the text says.

    Raises:
        InputError: The file is missing, a folder, unreadable, too large, empty, no text, or of a
            format that this version does not read.
        UsageError: There is no such kind.
    """
    name = os.fspath(path)
    if _URL.match(name):
        raise InputError(
            f"{name} is a web address. This version reads plain text and Markdown; "
            "fetching pages comes later.",
            "Save the page as text in a browser and open that file, or copy the article and "
            "paste it into `reader -`.",
        )
    raw = _read(name)
    return capture_bytes(raw, origin=str(Path(name).absolute()), kind=kind, metadata=metadata,
                         name=name)  # fmt: skip


def _read(name: str) -> bytes:
    """Return the bytes of a file, with a message for each way in which that can fail."""
    try:
        if Path(name).is_dir():
            raise InputError(f"{name} is a folder.", "Name a file in it.")
        with Path(name).open("rb") as file:
            raw = file.read(LIMIT + 1)
    except FileNotFoundError as error:
        raise InputError(f"{name} does not exist.", "Check the name and the folder.") from error
    except PermissionError as error:
        raise InputError(
            f"{name} cannot be read: permission denied.", "Check who may read the file."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name} cannot be read: {reason}.", "Check the name.") from error
    return raw


def capture_bytes(
    raw: bytes,
    *,
    origin: str,
    kind: str | None = None,
    metadata: Metadata | None = None,
    name: str | None = None,
) -> ArticleDraft:
    """Return the draft of an article that bytes hold.

    Args:
        raw: The bytes.
        origin: Absolute path, URL, or ``-`` for standard input.
        kind: ``plain`` or ``markdown``; by default what the name of the origin says, else plain.
        metadata: What is known from elsewhere; wins over what the text says.
        name: What to call the input in messages; by default its origin.

    Raises:
        InputError: Too large, empty, no text, or of a format that this version does not read.
        UsageError: There is no such kind.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind {kind!r}.", f"It is one of: {', '.join(KINDS)}.")
    called = name or ("standard input" if origin == STANDARD_INPUT else origin)
    decoded, warnings = _decode(raw, called, origin, kind)
    chosen = kind or ("markdown" if _suffix(origin) in _MARKDOWN_NAMES else "plain")
    draft = _draft(decoded, chosen)
    if not draft.text.strip():
        raise InputError(f"{called} has no text in it.", "Is it the right file?")
    return replace(
        draft,
        raw=raw,
        origin=origin,
        metadata=_joined(metadata, draft.metadata),
        warnings=(*warnings, *draft.warnings),
    )


def _decode(raw: bytes, called: str, origin: str, kind: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the text of the bytes and warnings, or refuse them."""
    if len(raw) > LIMIT:
        raise InputError(
            f"{called} is larger than {LIMIT // 2**20} MB.", "Split it into parts and add those."
        )
    if not raw.strip():
        what = "has only white space in it" if raw else "is empty"
        raise InputError(f"{called} {what}.", "Is it the right file?")
    later = _KIND_TO_FORMAT.get(kind_of_binary(raw) or "")
    if later:
        raise _comes_later(called, later)
    try:
        decoded, _, warning = decode(raw)
    except InputError as error:
        raise InputError(
            f"{called} cannot be read: {error.message}.",
            "This version reads plain text and Markdown.",
        ) from error
    if kind is None and (_HTML.match(decoded) or _suffix(origin) in _LATER):
        raise _comes_later(called, _LATER.get(_suffix(origin), "HTML"))
    return decoded, (warning,) if warning else ()


def _comes_later(called: str, what: str) -> InputError:
    article = "an" if what in ("HTML", "EPUB", "OpenDocument", "RTF") else "a"
    return InputError(
        f"{called} is {article} {what} file. This version reads plain text and Markdown; "
        f"{what} comes later.",
        _MEANWHILE[what],
    )


def _draft(decoded: str, kind: str) -> ArticleDraft:
    """Return text, blocks and metadata; raw and origin are filled in later."""
    if kind == "markdown":
        from reader.capture import markdown  # late: its parser takes time to import

        result = markdown.extract(canonical(decoded))
        return ArticleDraft(
            text=result.text,
            blocks=result.blocks,
            raw=b"",
            origin="",
            media_type="text/markdown",
            extractor=markdown.EXTRACTOR,
            metadata=result.metadata,
            warnings=result.warnings,
        )
    # A form feed is the end of a page, as converters of PDF write it: a line end for a reader.
    text = canonical(decoded.replace("\f", "\n"))
    table: BlockTable = plain.blocks(text)
    return ArticleDraft(
        text=text,
        blocks=table,
        raw=b"",
        origin="",
        media_type="text/plain",
        extractor=plain.EXTRACTOR,
        metadata=plain.metadata(text, table),
    )


def _joined(given: Metadata | None, found: Metadata) -> Metadata:
    """Return metadata in which what is given wins over what was found."""
    if given is None:
        return found
    return Metadata(
        title=given.title or found.title,
        byline=given.byline or found.byline,
        outlet=given.outlet or found.outlet,
        url=given.url or found.url,
        published_at=given.published_at or found.published_at,
        language=given.language or found.language,
    )


def _suffix(origin: str) -> str:
    return os.path.splitext(origin)[1].lower()  # noqa: PTH122 - an origin may be no path at all
