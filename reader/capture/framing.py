"""How the program and its child process speak: lengths, JSON, and plain bytes; never pickles.

A frame is its length (eight bytes, little endian) and so many bytes. A request is the frame of a
JSON object and the frame of the raw bytes. The answer is any number of ``{"done": …, "total": …}``
and then either ``{"error": …}``, or ``{"listing": …}``, or the JSON of a draft, its text, its
blocks, and its pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Any

from reader.capture.source import Source
from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import CaptureDetails, Pages
from reader.domain.document import BlockTable
from reader.domain.text import canonical

_LONGEST = 1 << 30
"""Bytes of a frame; a longer one is none of ours."""


def read(pipe: IO[bytes]) -> bytes:
    """Return the next frame.

    Raises:
        EOFError: The other side has ended, or speaks another language.
    """
    head = pipe.read(8)
    length = int.from_bytes(head, "little")
    if len(head) < 8 or length > _LONGEST:
        raise EOFError
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


def write(pipe: IO[bytes], *frames: bytes) -> None:
    """Write frames: each with its length before it."""
    for data in frames:
        pipe.write(len(data).to_bytes(8, "little"))
        pipe.write(data)
    pipe.flush()


def write_request(pipe: IO[bytes], kind: str, source: Source) -> None:
    """Ask for the draft of a source."""
    head = {"kind": kind, "name": source.name, "url": source.url, "charset": source.charset,
            "whole": source.whole}  # fmt: skip
    write(pipe, _json(head), source.raw)


def read_request(pipe: IO[bytes]) -> tuple[str, Source]:
    """Return the kind and the source that are asked for.

    Raises:
        EOFError: There are no more requests.
    """
    head = json.loads(read(pipe))
    kind = head.pop("kind")
    return kind, Source(raw=read(pipe), **head)


def write_draft(pipe: IO[bytes], draft: ArticleDraft) -> None:
    """Answer with a draft."""
    head = {
        "media_type": draft.media_type,
        "extractor": draft.extractor,
        "metadata": asdict(draft.metadata),
        "warnings": draft.warnings,
        "final_url": draft.details.final_url,
        "quality": draft.details.quality,
    }
    text = canonical(draft.text).encode("utf-8")
    write(pipe, _json(head), text, draft.blocks.pack(), draft.details.pages.pack())


def write_listing(pipe: IO[bytes], found: dict[str, Any]) -> None:
    """Answer with what a feed lists."""
    write(pipe, _json({"listing": found}))


def write_error(pipe: IO[bytes], kind: str, message: str, hint: str = "") -> None:
    """Answer with what is wrong: ``input``, ``memory`` or ``damage``."""
    write(pipe, _json({"error": kind, "message": message, "hint": hint}))


def write_progress(pipe: IO[bytes], done: int, total: int) -> None:
    """Say how far the work is."""
    write(pipe, _json({"done": done, "total": total}))


def read_head(pipe: IO[bytes], told: Callable[[int, int], None]) -> dict[str, Any]:
    """Return the head of an answer; progress before it is told.

    Raises:
        EOFError: The child has ended.
        ValueError: It is no answer.
    """
    while True:
        head = json.loads(read(pipe))
        if "done" not in head:
            return dict(head)
        told(int(head["done"]), int(head["total"]))


def read_draft(pipe: IO[bytes], head: dict[str, Any]) -> ArticleDraft:
    """Return the draft that follows its head; checked, since the child may be out of its mind.

    Raises:
        EOFError: The child has ended.
        ValueError: It is no draft.
    """
    text = read(pipe).decode("utf-8")
    blocks, pages = BlockTable.unpack(read(pipe)), Pages.unpack(read(pipe))
    if canonical(text) != text or not (blocks.fits(len(text)) and pages.fits(len(text))):
        raise ValueError("no draft")
    return ArticleDraft(
        text=text,
        blocks=blocks,
        raw=b"",
        origin="",
        media_type=str(head["media_type"]),
        extractor=str(head["extractor"]),
        metadata=_metadata(head["metadata"]),
        warnings=tuple(map(str, head["warnings"])),
        details=CaptureDetails(_maybe(head["final_url"]), str(head["quality"]), pages),
    )


def _metadata(found: dict[str, Any]) -> Metadata:
    """Return metadata in one line each, without controls: it is shown in lists."""
    lines = {name: " ".join(canonical(str(value or "")).split()) for name, value in found.items()}
    return Metadata(**{name: line[:2_000] or None for name, line in lines.items()})


def _maybe(value: Any) -> str | None:
    return None if value is None else str(value)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode("ascii")
