"""Examines a library file, changing nothing: pages, tables, texts, anchors, log against state.

Everything is read as a stream; what the log says is built in a temporary database on the disk and
compared row by row, so that the memory needed does not grow with the library.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.domain.blocks import BlockTable
from reader.domain.codebook import parse_codebook
from reader.domain.errors import ReaderError
from reader.domain.highlight import Anchor
from reader.domain.text import Role, text_sha256
from reader.storage import codebooks, schema, state
from reader.storage.connection import SCHEMA_VERSION, worded
from reader.storage.log import Log
from reader.storage.reading import Reading, open_reading

SHOWN = 20
"""Findings of one kind that are listed; more are only counted."""

_CLOCK = re.compile(r"\d{15}-\d{5}-.+", re.DOTALL)
_STEP = 500

Progress = Callable[[str, int], None]
"""Called with the name of a check and how much it has gone through."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be.

    Attributes:
        check: Which check found it: a key of :data:`CHECKS`.
        message: What is wrong, one sentence.
    """

    check: str
    message: str


class Examination:
    """One library file under examination; close it afterwards.

    Args:
        path: The file.
        progress: Told how far each check is.

    Raises:
        StorageError: The file cannot be opened, or is no library.
    """

    def __init__(self, path: Path, progress: Progress = lambda name, count: None) -> None:
        self.path = path
        self.counts: dict[str, int] = {}
        """How much each check has gone through."""
        self._reading: Reading = open_reading(path)
        self._ask = self._reading.connection.execute
        self._progress = progress

    @property
    def schema(self) -> int:
        """The version of the file's tables."""
        return self._reading.schema

    def close(self) -> None:
        """Close the file."""
        self._reading.close()

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong, check by check, from one state of the file.

        Raises:
            StorageError: The file is locked.
        """
        with worded(self.path):
            self._ask("BEGIN")
        if self.schema > SCHEMA_VERSION:
            yield Fault("schema", f"The tables are of version {self.schema}, which is newer.")
        for name, check in CHECKS.items():
            if self.schema == SCHEMA_VERSION or name in ("pages", "references"):
                yield from self._limited(name, check)

    def _limited(self, name: str, check: Callable[[Examination], Iterator[str]]) -> Iterator[Fault]:
        """Yield the first faults of one check, and how many more there are."""
        count = 0
        self._reached(name, 0)
        try:
            for count, message in enumerate(check(self), 1):
                if count <= SHOWN:
                    yield Fault(name, message)
        except (sqlite3.Error, ReaderError, ValueError, KeyError, TypeError) as error:
            said = getattr(error, "message", None) or str(error) or type(error).__name__
            yield Fault(name, f"It could not be examined to the end: {said}")
        if count > SHOWN:
            yield Fault(name, f"… and {count - SHOWN} more of this kind.")

    def _reached(self, name: str, count: int) -> None:
        self.counts[name] = count
        if count % _STEP == 0:
            self._progress(name, count)

    # ------------------------------------------------------------------ the checks

    def pages(self) -> Iterator[str]:
        """Yield what SQLite says of its own pages and indexes."""
        for (said,) in self._ask("PRAGMA integrity_check"):
            if said != "ok":
                yield f"SQLite: {said}"

    def tables(self) -> Iterator[str]:
        """Yield tables, indexes, triggers and views that are missing or other than they were made.

        The triggers are what keeps the log and the texts from being changed.
        """
        fresh = sqlite3.connect(":memory:", isolation_level=None)
        try:
            schema.migrate(fresh)
            listed = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
            wanted = dict(fresh.execute(listed))
        finally:
            fresh.close()
        found = dict(self._ask(listed))
        for name, sql in wanted.items():
            if name not in found:
                yield f"The {name} is missing."
            elif found[name] != sql:
                yield f"The {name} is not as reader makes it."

    def references(self) -> Iterator[str]:
        """Yield rows that refer to something that is not there."""
        for table, row, parent, _ in self._ask("PRAGMA foreign_key_check"):
            yield f"Row {row} of {table} refers to a {parent} that is not there."

    def orphans(self) -> Iterator[str]:
        """Yield rows that belong to nothing, where no foreign key watches."""
        for what, query in _ORPHANS.items():
            for (uid,) in self._ask(query):
                yield f"{what}: {uid}."

    def articles(self) -> Iterator[str]:
        """Yield captures whose text, source or blocks are not what they were."""
        uids = [uid for (uid,) in self._ask("SELECT uid FROM article_version ORDER BY id")]
        for count, uid in enumerate(uids, 1):
            row = self._ask(
                "SELECT text, sha256, characters, raw, raw_bytes, blocks FROM article_version"
                " WHERE uid = ?",
                (uid,),
            ).fetchone()
            for message in _wrong_with_capture(*row):
                yield f"Capture {uid}: {message}"
            self._reached("articles", count)

    def anchors(self) -> Iterator[str]:
        """Yield highlights that are not on the words that they say they are on."""
        text, version = "", None
        rows = self._ask(
            'SELECT version_uid, uid, start, "end", exact, prefix, suffix, extra_spans'
            " FROM highlight ORDER BY version_uid"
        )
        for count, (of, uid, start, end, exact, prefix, suffix, extra) in enumerate(rows, 1):
            if of != version:
                version, text = of, self._text(of)
            if Anchor.of(text, start, end) != Anchor(exact, prefix, suffix):
                yield f"Highlight {uid} says other words than stand at {start}–{end}."
            elif end > len(text):
                yield f"Highlight {uid} ends behind the text."
            elif any(not 0 <= a < b <= len(text) for a, b in json.loads(extra)):
                yield f"Highlight {uid} has a further stretch outside the text."
            self._reached("anchors", count)

    def _text(self, version: str) -> str:
        row = self._ask("SELECT text FROM article_version WHERE uid = ?", (version,)).fetchone()
        return str(row[0]) if row else ""

    def roles(self) -> Iterator[str]:
        """Yield changed roles of blocks that are not there, or are no roles."""
        blocks, version = BlockTable(), None
        rows = self._ask("SELECT version_uid, uid, start, role FROM block ORDER BY version_uid")
        for of, uid, start, role in rows:
            if of != version:
                version, blocks = of, self._blocks(of)
            index = blocks.at(start)
            if index < 0 or blocks[index].start != start:
                yield f"The changed role {uid} is of a block that is not there."
            elif role not in list(Role):
                yield f"The block {uid} has a role that is none: {role}."

    def _blocks(self, version: str) -> BlockTable:
        query = "SELECT blocks FROM article_version WHERE uid = ?"
        row = self._ask(query, (version,)).fetchone()
        return BlockTable.unpack(row[0]) if row else BlockTable()

    def codebooks(self) -> Iterator[str]:
        """Yield codebooks whose copy is not what was used."""
        rows = self._ask("SELECT id, version, sha256, source FROM codebook").fetchall()
        for name, version, sha256, source in rows:
            label = f"Codebook {name}@{version}"
            if text_sha256(source) != sha256:
                yield f"{label} has another content than its SHA-256 says."
                continue
            query = "SELECT * FROM tag WHERE codebook = ? AND codebook_version = ?"
            stored = self._ask(query, (name, version)).fetchall()
            if sorted(stored) != sorted(codebooks.tag_rows(parse_codebook(source, name))):
                yield f"{label} has other tags than its source."

    def log(self) -> Iterator[str]:
        """Yield operations that cannot be, and rows that are not what the log says."""
        scratch = sqlite3.connect("", isolation_level=None)  # on the disk if it grows
        try:
            scratch.execute("PRAGMA synchronous=off")
            scratch.execute("BEGIN")
            for statement in schema.STATE:
                scratch.execute(statement)
            yield from self._replay(scratch)
            for entity in state.ENTITIES.values():
                yield from _differences(entity.table, self._ask, scratch.execute)
        finally:
            scratch.close()

    def _replay(self, scratch: sqlite3.Connection) -> Iterator[str]:
        log = Log(self._reading.connection, self.path)
        for count, op in enumerate(log.operations(everything=True), 1):
            if not _CLOCK.fullmatch(op.clock):
                yield f"Operation {op.uid} has a clock that is none: {op.clock}."
                continue
            try:
                state.apply_operation(scratch, op)
            except (ReaderError, sqlite3.Error, ValueError, TypeError, AttributeError) as error:
                said = getattr(error, "message", None) or str(error)
                yield f"Operation {op.uid} cannot be applied: {said}"
            self._reached("log", count)


CHECKS: dict[str, Callable[[Examination], Iterator[str]]] = {
    "pages": Examination.pages,
    "tables": Examination.tables,
    "references": Examination.references,
    "orphans": Examination.orphans,
    "articles": Examination.articles,
    "roles": Examination.roles,
    "anchors": Examination.anchors,
    "codebooks": Examination.codebooks,
    "log": Examination.log,
}
"""Every check, in the order in which they are made; ``schema`` comes before all of them."""

_ORPHANS = {
    "An article without a text": "SELECT uid FROM article WHERE uid NOT IN"
    " (SELECT article_uid FROM article_version)",
    "An operation of an annotator who is not there": "SELECT uid FROM op WHERE actor NOT IN"
    " (SELECT uid FROM annotator)",
    "An operation on an article that is not there": "SELECT uid FROM op WHERE article_uid"
    " IS NOT NULL AND article_uid NOT IN (SELECT uid FROM article)",
    "An undo of something that is not there": "SELECT uid FROM op WHERE undoes IS NOT NULL"
    " AND undoes NOT IN (SELECT group_uid FROM op)",
    "A reading place in an article that is not there": "SELECT article_uid FROM reading WHERE"
    " article_uid NOT IN (SELECT uid FROM article)",
    "A draft on a text that is not there": "SELECT version_uid FROM draft WHERE version_uid"
    " NOT IN (SELECT uid FROM article_version)",
}
"""Rows that belong to nothing: what they are, and how they are found."""


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


Ask = Callable[[str], sqlite3.Cursor]


def _differences(table: str, there: Ask, wanted: Ask) -> Iterator[str]:
    """Yield the rows in which a table is not what the log says, both read in the order of uid."""
    query = f"SELECT * FROM {table} ORDER BY uid"  # noqa: S608 - own names
    left, right = _rows(there(query)), _rows(wanted(query))
    stored, said = next(left, None), next(right, None)
    while stored is not None or said is not None:
        if said is None or (stored is not None and stored["uid"] < said["uid"]):
            yield f"The {table} {stored['uid'] if stored else ''} is not in the log."
            stored = next(left, None)
        elif stored is None or said["uid"] < stored["uid"]:
            yield f"The {table} {said['uid']} is in the log, but not in its table."
            said = next(right, None)
        else:
            fields = [name for name, value in said.items() if stored.get(name) != value]
            if fields:
                yield f"The {table} {said['uid']} differs from the log in {', '.join(fields)}."
            stored, said = next(left, None), next(right, None)


def _rows(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """Yield rows by column, without the ids that are local to the file."""
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield {name: value for name, value in zip(names, row, strict=True) if name != "id"}
