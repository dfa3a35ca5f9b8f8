"""Takes the operations of another library in: the union of both logs, the state made from it.

State is what applying all operations in clock order gives. Operations that come in may be older
than some that are here, so whatever they touch is made anew from all its operations, in temporary
tables that stand in front of the real ones, and then written over the rows that are there. The
library's own constraints judge: a group that they refuse is taken out, and it is tried again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import field
from pathlib import Path

from reader.domain.codebook import Codebook, parse_codebook
from reader.domain.content import CapturedContent, CodebookContent
from reader.domain.errors import ChangeRefused, CodebookError, ReaderError
from reader.domain.operation import Change, Operation
from reader.domain.records import dataclass
from reader.storage import codebooks, operations, state
from reader.storage.captures import insert_version
from reader.storage.highlights import Highlights
from reader.storage.log import COLUMNS, operation_from_row, row_of
from reader.storage.merging import checks as merge_checks
from reader.storage.merging.joining import Joining, write_settled
from reader.storage.purging import left_out
from reader.storage.replay import Replay

Settling = Callable[[str], list[tuple[str, Change]]]
"""Gives, for an article, changes with the uid of the annotator whose highlights they are about."""

_SAME = ("group_uid", "clock", "actor", "entity", "entity_uid", "patch", "before", "undoes")


@dataclass(slots=True)
class Merged:
    """What taking in gave.

    Attributes:
        operations: Operations that are new here.
        present: Operations that were here already.
        captures: Captures that are new here.
        codebooks: Codebook versions that are new here.
        purged: Operations and captures that were left out: their article was purged here.
        joined: Highlights that were joined into others of the same annotator on the same words.
        stay_deleted: Highlights that were deleted in one library and changed in the other, by
            whoever did not know of it; the changes are in the log only.
        refused: Numbers of the records that were not taken in, with the reason.
    """

    operations: int = 0
    present: int = 0
    captures: int = 0
    codebooks: int = 0
    purged: int = 0
    joined: int = 0
    stay_deleted: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


class Merge:
    """One taking in, inside a transaction of the caller's; call :meth:`finish` at the end.

    Args:
        connection: The writing connection, in a transaction.
        path: The file, for messages.
        settling: Says what has to be changed in an article in which marks are on another version
            than the current one.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, settling: Settling) -> None:
        self._connection = connection
        self._settling = settling
        self._ask = connection.execute
        self._path = path
        self._other_codebooks: set[tuple[str, int]] = set()
        self._captures: dict[str, int] = {}
        self._spoilt: dict[str, str] = {}
        self.result = Merged()
        self._ask("PRAGMA defer_foreign_keys=on")
        self._ask("DROP TABLE IF EXISTS temp.incoming")
        self._ask(
            "CREATE TEMP TABLE incoming AS SELECT *, 0 AS record, '' AS refused FROM main.op"
            " WHERE 0"
        )
        self._ask("CREATE UNIQUE INDEX temp.incoming_uid ON incoming(uid)")
        self._ask("CREATE INDEX temp.incoming_entity ON incoming(entity_uid)")
        self._ask("CREATE INDEX temp.incoming_group ON incoming(group_uid)")

    # ------------------------------------------------------------------ taking in

    def codebook(self, record: int, content: CodebookContent) -> None:
        """Take in a codebook; one of the same version with other content is refused."""
        book = parse_codebook(content.source, content.id)
        there = self._ask(
            "SELECT 1 FROM codebook WHERE id = ? AND version = ?", (book.id, book.version)
        ).fetchone()
        try:
            codebooks.keep(self._connection, book)
        except CodebookError as error:
            self._other_codebooks.add((book.id, book.version))
            self.result.refused.append((record, f"{error.message} {_way_out(book)}"))
        else:
            self.result.codebooks += there is None

    def capture(self, record: int, content: CapturedContent) -> None:
        """Take in a capture; one that is here already stays as it is."""
        if self._ask(_PURGED, (content.article_uid,)).fetchone() is not None:
            self.result.purged += 1
            return
        query = "SELECT sha256 FROM article_version WHERE uid = ?"
        if self._ask(query, (content.uid,)).fetchone() is None:
            insert_version(self._connection, content)
            self._captures[content.uid] = record
            self.result.captures += 1

    def operation(self, record: int, op: Operation) -> None:
        """Take in an operation; it is applied when all are there."""
        same = " AND ".join(f"{name} IS ?" for name in _SAME)
        row = row_of(op)
        values = tuple(row[name] for name in _SAME)
        for table in ("main.op", "temp.incoming"):
            found = self._ask(
                f"SELECT {same} FROM {table} WHERE uid = ?",  # noqa: S608 - own names
                (*values, op.uid),
            ).fetchone()
            if found is None:
                continue
            if found[0]:
                self.result.present += 1
            else:
                reason = "an operation of that id is there with other content"
                self.result.refused.append((record, reason))
            return
        marks = ", ".join(f":{name}" for name in COLUMNS)
        self._ask(
            f"INSERT INTO temp.incoming ({', '.join(COLUMNS)}, record, refused)"  # noqa: S608 - own names
            f" VALUES ({marks}, :record, '')",
            {**row, "record": record},
        )

    def spoil(self, group: str, why: str = "another operation of its action is refused") -> None:
        """Refuse what came in of a group, because it is not whole."""
        self._spoilt.setdefault(group, why)

    # ------------------------------------------------------------------ applying

    def finish(self) -> Merged:
        """Apply what came in, all but the groups that do not add up.

        Raises:
            ChangeRefused: What is here already does not add up.
        """
        self.result.purged += left_out(self._connection)
        for group, why in self._spoilt.items():
            self._ask("UPDATE temp.incoming SET refused = ? WHERE group_uid = ?", (why, group))
        self._apply()
        self._settle()
        self.result.stay_deleted = self._ask(_STAY_DELETED).fetchone()[0]
        joining = Joining(self._connection, self._path)
        joining.all_among("temp.affected")
        self.result.joined = joining.joined
        self._ask("DROP TABLE temp.affected")
        rows = self._ask("SELECT record, refused FROM temp.incoming WHERE refused <> ''")
        self.result.refused += rows.fetchall()
        self.result.refused.sort()
        self.result.operations = self._ask(
            "SELECT count(*) FROM temp.incoming WHERE refused = ''"
        ).fetchone()[0]
        self._ask("DROP TABLE temp.incoming")
        return self.result

    def _apply(self) -> None:
        """Apply what adds up; what does not is taken out, and the rest tried again.

        Raises:
            ChangeRefused: What is here already does not add up.
        """
        while True:
            self._ask("SAVEPOINT merge")
            faults = dict(self._tried())
            if not faults:
                self._ask("RELEASE merge")
                return
            self._ask("ROLLBACK TO merge")
            self._ask("RELEASE merge")
            if not self._take_out(faults):
                raise ChangeRefused(
                    f"The log of {self._path} does not add up: {next(iter(faults.values()))}.",
                    "Run `reader doctor`.",
                )

    def _settle(self) -> None:
        """Carry over what is on another version than the current one, and is no orphan."""
        for article in Highlights(self._connection, self._path).articles_astray():
            for annotator, change in self._settling(article):
                write_settled(self._connection, article, annotator, change)
                self._ask("INSERT OR IGNORE INTO temp.affected VALUES (?)", (change.uid,))

    def _take_out(self, faults: dict[str, str]) -> bool:
        """Refuse the groups that touch what does not add up; return whether there were any."""
        count = 0
        for uid, reason in faults.items():
            record = self._captures.pop(uid, None)
            if record is not None:
                self._ask("DELETE FROM article_version WHERE uid = ?", (uid,))
                self.result.captures -= 1
                self.result.refused.append((record, reason))
                count += 1
            count += self._ask(
                "UPDATE temp.incoming SET refused = ?1 WHERE refused = '' AND group_uid IN"
                " (SELECT group_uid FROM temp.incoming WHERE ?2 IN (entity_uid, actor, article_uid)"
                ")",
                (reason, uid),
            ).rowcount
        return count > 0

    def _tried(self) -> Iterator[tuple[str, str]]:
        """Apply what came in; yield the uid of what does not add up, and why."""
        operations.take_in(self._connection, "temp.incoming WHERE refused = ''")
        self._ask(f"CREATE TEMP TABLE affected AS {_AFFECTED}")
        self._ask("CREATE UNIQUE INDEX temp.affected_uid ON affected(uid)")
        for entity in state.ENTITIES.values():
            table = entity.table
            self._ask(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0")  # noqa: S608 - own names
            self._ask(f"CREATE UNIQUE INDEX temp.scratch_{table} ON {table}(uid)")
        yield from self._replayed()
        yield from merge_checks.of_other_codebooks(self._ask, self._other_codebooks)
        yield from merge_checks.not_on_their_words(self._ask)
        yield from merge_checks.not_on_their_earlier_words(self._ask)
        yield from merge_checks.not_their_judgements(self._ask)
        for entity in state.ENTITIES.values():
            yield from self._written(entity.table)
            self._ask(f"DROP TABLE temp.{entity.table}")
        yield from merge_checks.dangling(self._ask)

    def _replayed(self) -> Iterator[tuple[str, str]]:
        """Make everything affected anew in the temporary tables, in clock order."""
        rows = self._ask(
            f"SELECT {', '.join(COLUMNS)} FROM main.op WHERE entity_uid IN"  # noqa: S608 - own names
            " (SELECT uid FROM temp.affected) ORDER BY clock, uid"
        )
        replay = Replay(self._connection, complete=True)
        for row in rows:
            op = operation_from_row(row, self._path)
            try:
                replay.apply(op)
            except (ReaderError, sqlite3.Error) as error:
                yield op.entity_uid, _said(error)

    def _written(self, table: str) -> Iterator[tuple[str, str]]:
        """Write the rows that were made anew over those that are there."""
        cursor = self._ask(f"SELECT * FROM temp.{table} ORDER BY rowid")  # noqa: S608 - own names
        names = [column[0] for column in cursor.description if column[0] != "id"]
        quoted = ", ".join(f'"{name}"' for name in names)
        again = ", ".join(f'"{name}" = excluded."{name}"' for name in names)
        statement = (
            f"INSERT INTO main.{table} ({quoted}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - own names
            f" ON CONFLICT (uid) DO UPDATE SET {again}"
        )
        uid = names.index("uid")
        for row in cursor:
            values = row[1:]  # the first column is the id, which is local
            try:
                self._ask(statement, values)
            except sqlite3.IntegrityError as error:
                yield values[uid], _said(error)


_PURGED = "SELECT 1 FROM main.purged WHERE article_uid = ?"

_AFFECTED = """
    WITH touched(uid) AS (
        SELECT entity_uid FROM temp.incoming WHERE refused = ''
    ), highlights(uid) AS (
        SELECT uid FROM touched
        UNION SELECT highlight_uid FROM main.judgement WHERE uid IN touched
            AND highlight_uid IS NOT NULL
        UNION SELECT json_extract(patch, '$.highlight_uid') FROM temp.incoming
            WHERE refused = '' AND entity IN ('judgement', 'attribution')
            AND json_extract(patch, '$.highlight_uid') IS NOT NULL
        UNION SELECT json_extract(patch, path.value) FROM temp.incoming,
            json_each('["$.from_uid", "$.to_uid", "$.highlight_uid"]') AS path
            WHERE refused = '' AND entity IN ('relation', 'evidence_link')
            AND json_extract(patch, path.value) IS NOT NULL
        UNION SELECT highlight_uid FROM main.evidence_link WHERE uid IN touched
        UNION SELECT highlight_uid FROM main.attribution WHERE uid IN touched OR uid IN
            (SELECT attribution_uid FROM main.judgement WHERE uid IN touched)
    )
    SELECT uid FROM highlights
    UNION SELECT uid FROM main.judgement WHERE highlight_uid IN highlights
"""
"""What came in speaks of; with a judgement, an attribution, a relation or evidence its highlight,
and with a highlight all its judgements, because its revision counts both."""


_STAY_DELETED = """
    SELECT count(*) FROM main.highlight AS marked
    WHERE marked.uid IN temp.affected AND marked.deleted_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM main.op AS gone, main.op AS edit
        WHERE gone.entity_uid = marked.uid
            AND json_extract(gone.patch, '$.deleted_at') IS NOT NULL
            AND edit.entity_uid IN
                (SELECT marked.uid
                UNION ALL SELECT uid FROM main.judgement WHERE highlight_uid = marked.uid)
            AND json_extract(edit.patch, '$.deleted_at') IS NULL
            AND CASE WHEN edit.uid IN (SELECT uid FROM temp.incoming)
                THEN gone.uid NOT IN (SELECT uid FROM temp.incoming)
                ELSE edit.clock > gone.clock AND gone.uid IN (SELECT uid FROM temp.incoming) END
    )
"""
"""Of what was changed here before it was deleted there nobody can say whether it was known."""


def _way_out(book: Codebook) -> str:
    """Return how what was tagged with a codebook that says something else here can be taken in."""
    return (
        "What was tagged with it there is left out. Where the codes mean the same, import it as CSV"
        " from there; else rename those tags there (reader codebook rename"
        f" {book.id} OLD NEW makes version {book.version + 1} of it), and merge again."
    )


def _said(error: Exception) -> str:
    return getattr(error, "message", None) or str(error)
