"""Checks of what a library holds: captures, highlights on their words, roles, codebooks."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from reader.domain.blocks import BlockTable
from reader.domain.codebook import parse_codebook
from reader.domain.highlight import Anchor
from reader.domain.text import Role, text_sha256
from reader.storage import codebooks as copies
from reader.storage.doctor.subject import Subject


def articles(subject: Subject) -> Iterator[str]:
    """Yield captures whose text, source or blocks are not what they were."""
    uids = [uid for (uid,) in subject.ask("SELECT uid FROM article_version ORDER BY id")]
    for count, uid in enumerate(uids, 1):
        row = subject.ask(
            "SELECT text, sha256, characters, raw, raw_bytes, blocks FROM article_version"
            " WHERE uid = ?",
            (uid,),
        ).fetchone()
        for message in _wrong_with_capture(*row):
            yield f"Capture {uid}: {message}"
        subject.reached("articles", count)


def anchors(subject: Subject) -> Iterator[str]:
    """Yield highlights that are not on the words that they say they are on."""
    text, version = "", None
    rows = subject.ask(
        'SELECT version_uid, uid, start, "end", exact, prefix, suffix, extra_spans,'
        " deleted_at IS NOT NULL FROM highlight ORDER BY version_uid"
    )
    for count, (of, uid, start, end, exact, prefix, suffix, extra, gone) in enumerate(rows, 1):
        subject.deleted += gone
        if of != version:
            version, text = of, _text(subject, of)
        if Anchor.of(text, start, end) != Anchor(exact, prefix, suffix):
            yield f"Highlight {uid} says other words than stand at {start}–{end}."
        elif end > len(text):
            yield f"Highlight {uid} ends behind the text."
        elif any(not 0 <= a < b <= len(text) for a, b in json.loads(extra)):
            yield f"Highlight {uid} has a further stretch outside the text."
        subject.reached("anchors", count)
    yield from earlier_places(subject)


def earlier_places(subject: Subject) -> Iterator[str]:
    """Yield highlights that were not where they say they were in an earlier version."""
    text, version = "", None
    rows = subject.ask(
        "SELECT json_extract(was, '$.version_uid') AS version, uid, was FROM highlight"
        " WHERE was IS NOT NULL ORDER BY version"
    )
    for of, uid, was in rows:
        if of != version:
            version, text = of, _text(subject, of)
        place = json.loads(was)
        anchor = Anchor(place["exact"], place["prefix"], place["suffix"])
        if Anchor.of(text, place["start"], place["end"]) != anchor:
            yield f"Highlight {uid} was carried over from words that its earlier version has not."


def _text(subject: Subject, version: str) -> str:
    row = subject.ask("SELECT text FROM article_version WHERE uid = ?", (version,)).fetchone()
    return str(row[0]) if row else ""


def roles(subject: Subject) -> Iterator[str]:
    """Yield changed roles of blocks that are not there, or are no roles."""
    blocks, version = BlockTable(), None
    rows = subject.ask("SELECT version_uid, uid, start, role FROM block ORDER BY version_uid")
    for of, uid, start, role in rows:
        if of != version:
            version, blocks = of, _blocks(subject, of)
        index = blocks.at(start)
        if index < 0 or blocks[index].start != start:
            yield f"The changed role {uid} is of a block that is not there."
        elif role not in list(Role):
            yield f"The block {uid} has a role that is none: {role}."


def _blocks(subject: Subject, version: str) -> BlockTable:
    query = "SELECT blocks FROM article_version WHERE uid = ?"
    row = subject.ask(query, (version,)).fetchone()
    return BlockTable.unpack(row[0]) if row else BlockTable()


def codebooks(subject: Subject) -> Iterator[str]:
    """Yield codebooks whose copy is not what was used."""
    rows = subject.ask("SELECT id, version, sha256, source FROM codebook").fetchall()
    for name, version, sha256, source in rows:
        label = f"Codebook {name}@{version}"
        if text_sha256(source) != sha256:
            yield f"{label} has another content than its SHA-256 says."
            continue
        query = "SELECT * FROM tag WHERE codebook = ? AND codebook_version = ?"
        stored = subject.ask(query, (name, version)).fetchall()
        if sorted(stored) != sorted(copies.tag_rows(parse_codebook(source, name))):
            yield f"{label} has other tags than its source."


def _wrong_with_capture(
    text: str, sha256: str, characters: int, raw: bytes, raw_bytes: int, packed: bytes
) -> Iterator[str]:
    if text_sha256(text) != sha256:
        yield "its text is not what its SHA-256 says."
    if len(text) != characters:
        yield f"its text has {len(text)} characters instead of {characters}."
    if _unpacked_size(raw) != raw_bytes:
        yield "the source that it was made from is damaged."
    try:
        blocks = BlockTable.unpack(packed)
    except ValueError:
        yield "its table of paragraphs is damaged."
        return
    end = 0
    for block in blocks:
        if not end <= block.start < block.end <= len(text):
            yield f"its paragraph at {block.start} overlaps another or lies outside the text."
            return
        end = block.end


def _unpacked_size(raw: bytes) -> int:
    """Return the bytes that a packed source has, or -1 if it cannot be unpacked."""
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while raw:
            size += len(unpacker.decompress(raw, 1 << 20))
            raw = unpacker.unconsumed_tail
        size += len(unpacker.flush())
    except zlib.error:
        return -1
    return size if unpacker.eof else -1
