"""The library as JSON lines: a header, the content, the operations in clock order, an end.

One object per line; ``record`` says what it is. Text is UTF-8, lines end with LF.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from reader.domain.content import GOOD, CapturedContent, CodebookContent
from reader.domain.operation import Operation
from reader.domain.records import dataclass
from reader.formats.atomic import Writable

FORMAT = "reader-log"
"""What the header says the file is."""
VERSION = 1
"""Version of the format; a reader refuses newer ones."""
LINE_LIMIT = 256 * 1024 * 1024
"""Bytes of a line at most: a capture of the largest file that can be added, with its source."""

Record = CapturedContent | CodebookContent | Operation
"""What a file holds between header and end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: an object, or why there is none.

    Attributes:
        number: From 1.
        fields: The object, or None.
        trouble: Why there is none; empty if there is one.
        cut: Whether the file ends within it.
    """

    number: int
    fields: dict[str, Any] | None
    trouble: str = ""
    cut: bool = False


def write_jsonl(records: Iterable[Record], file: Writable, *, library: str, at: str) -> int:
    """Write a library's records and return how many there were.

    Args:
        records: Content before the operations that refer to it; operations in clock order.
        file: The target.
        library: Uid of the library.
        at: When, UTC, ISO 8601.
    """
    head = {"record": "header", "format": FORMAT, "version": VERSION, "library": library}
    _write(file, {**head, "exported_at": at})
    count = 0
    for record in records:
        _write(file, fields_of(record))
        count += 1
    _write(file, {"record": "end", "records": count})
    return count


def _write(file: Writable, fields: dict[str, Any]) -> None:
    file.write(json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n")


def fields_of(record: Record) -> dict[str, Any]:
    """Return a record as an object for JSON."""
    if isinstance(record, Operation):
        return {
            "record": "operation",
            "uid": record.uid,
            "group": record.group_uid,
            "article": record.article_uid,
            "clock": record.clock,
            "actor": record.actor,
            "device": record.device,
            "kind": record.kind,
            "summary": record.summary,
            "entity": record.entity,
            "entity_uid": record.entity_uid,
            "patch": record.patch,
            "before": record.before,
            "undoes": record.undoes,
            "schema": record.schema,
        }
    if isinstance(record, CodebookContent):
        return {
            "record": "codebook",
            "id": record.id,
            "version": record.version,
            "source": record.source,
        }
    return _capture_fields(record)


def _capture_fields(capture: CapturedContent) -> dict[str, Any]:
    details = capture.details
    known = {
        "final_url": details.final_url,
        "quality": details.quality if details.quality != GOOD else None,
        "pages": details.pages.starts.tolist() or None,
    }  # left out where there is none: earlier versions, which know none of these, read the rest
    return {
        "record": "capture",
        "uid": capture.uid,
        "article": capture.article_uid,
        "sha256": capture.sha256,
        "origin": capture.origin,
        "media_type": capture.media_type,
        "extractor": capture.extractor,
        "captured_at": capture.captured_at,
        "warnings": list(capture.warnings),
        "blocks": [[b.start, b.end, b.role.value, b.level] for b in capture.blocks],
        "text": capture.text,
        "raw": base64.b64encode(capture.raw).decode("ascii"),
        **{name: value for name, value in known.items() if value is not None},
    }


def read_lines(file: BinaryIO, limit: int = LINE_LIMIT) -> Iterator[Line]:
    """Yield the lines of a file, empty ones left out, whatever they hold.

    Args:
        file: The file, in bytes.
        limit: Bytes of a line at most.
    """
    number = 0
    while raw := file.readline(limit + 1):
        number += 1
        ended = raw.endswith(b"\n")
        if len(raw) > limit and not ended:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(limit + 1)
            yield Line(number, None, f"the line is longer than {limit:,} bytes")
        elif raw.strip():
            yield _line(number, raw, cut=not ended)


def _line(number: int, raw: bytes, *, cut: bool) -> Line:
    try:
        fields = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        if cut:
            return Line(number, None, "the file is cut within this line", cut=True)
        return Line(number, None, _why(error))
    if not isinstance(fields, dict):
        return Line(number, None, "the line holds no object")
    return Line(number, fields)


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply"
    if "int_max_str_digits" in str(error):  # as Python words it
        return "a number in the JSON has too many digits"
    return f"this is no JSON: {error}"


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
