"""Checks records of content from outside: captures and codebooks."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from reader.domain.article import version_uid
from reader.domain.blocks import BlockTable
from reader.domain.codebook import Codebook, parse_codebook
from reader.domain.content import (
    GOOD,
    CapturedContent,
    CaptureDetails,
    CodebookContent,
    Pages,
)
from reader.domain.errors import CodebookError
from reader.domain.text import Block, Role, canonical, text_sha256
from reader.formats.jsonl_fields import (
    Refused,
    Test,
    check,
    is_short,
    is_text,
    is_time,
    is_uuid,
    is_whole,
    one_of,
)


def codebook_from(fields: Mapping[str, Any]) -> CodebookContent:
    """Return the codebook of a record.

    Raises:
        Refused: It is none.
    """
    known: Mapping[str, Test] = {"id": is_short, "version": is_whole, "source": is_text}
    check(fields, known, "codebook", exact=True)
    content = CodebookContent(fields["id"], fields["version"], fields["source"])
    book = book_from(content.source)
    if (book.id, book.version) != (content.id, content.version):
        raise Refused("the codebook says that it is another one")
    return content


def book_from(source: str) -> Codebook:
    """Return the codebook that a TOML text holds.

    Raises:
        Refused: It breaks a rule.
    """
    try:
        return parse_codebook(source)
    except CodebookError as error:
        raise Refused(f"the codebook breaks a rule: {error.message}") from error


_CAPTURE: Mapping[str, Test] = {
    "uid": is_uuid,
    "article": is_uuid,
    "sha256": is_short,
    "origin": is_text,
    "media_type": is_short,
    "extractor": is_short,
    "captured_at": is_time,
    "warnings": lambda value: isinstance(value, list) and all(map(is_text, value)),
    "blocks": lambda value: isinstance(value, list),
    "text": lambda value: isinstance(value, str),
    "raw": lambda value: isinstance(value, str),
}

_DETAILS: Mapping[str, Test] = {
    "final_url": is_text,
    "quality": is_short,
    "pages": lambda value: isinstance(value, list) and all(map(is_whole, value)),
}


def capture_from(fields: Mapping[str, Any]) -> CapturedContent:
    """Return the capture of a record.

    Raises:
        Refused: It is none.
    """
    given = {name: fields[name] for name in _DETAILS if name in fields}
    check(given, _DETAILS, "capture")
    check({k: v for k, v in fields.items() if k not in given}, _CAPTURE, "capture", exact=True)
    text = fields["text"]
    _check_text(text, fields)
    return CapturedContent(
        uid=fields["uid"],
        article_uid=fields["article"],
        sha256=fields["sha256"],
        origin=fields["origin"],
        media_type=fields["media_type"],
        extractor=fields["extractor"],
        captured_at=fields["captured_at"],
        warnings=tuple(fields["warnings"]),
        blocks=_blocks(fields["blocks"], len(text)),
        text=text,
        raw=_raw(fields["raw"]),
        details=_details(given, len(text)),
    )


def _check_text(text: str, fields: Mapping[str, Any]) -> None:
    """Check that a capture's text is one, and the one that its ids are made from.

    Raises:
        Refused: It is not.
    """
    if canonical(text) != text:
        raise Refused("the text of the capture has control characters or line ends it cannot have")
    if text_sha256(text) != fields["sha256"]:
        raise Refused("the text of the capture is not what its SHA-256 says")
    if version_uid(fields["article"], fields["sha256"]) != fields["uid"]:
        raise Refused("the id of the capture is not that of its article and text")


def _raw(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise Refused("the source of the capture is not base64") from error


def _details(given: Mapping[str, Any], length: int) -> CaptureDetails:
    pages = Pages(given.get("pages", ()))
    if not pages.fits(length):
        raise Refused("the pages of the capture are out of order or lie outside its text")
    return CaptureDetails(given.get("final_url"), given.get("quality", GOOD), pages)


def _blocks(rows: list[Any], length: int) -> BlockTable:
    table, end = BlockTable(), 0
    for row in rows:
        if not (isinstance(row, list) and len(row) == 4 and _is_block(*row)):
            raise Refused("a block of the capture is none")
        block = Block(row[0], row[1], Role(row[2]), row[3])
        if not end <= block.start < block.end <= length:
            raise Refused("the blocks of the capture overlap or lie outside its text")
        table.append(block.start, block.end, block.role, block.level)
        end = block.end
    return table


def _is_block(start: Any, end: Any, role: Any, level: Any) -> bool:
    return (
        is_whole(start)
        and is_whole(end)
        and one_of(*Role)(role)
        and is_whole(level)
        and level < 256
    )
