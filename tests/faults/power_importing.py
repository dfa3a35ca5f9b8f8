"""Cuts the power while a large CSV file is imported, which is written with a rollback journal.

From each picture of the disk the library is opened again: all of the import is there or nothing of
it, and everything that was called saved, before it, as it, and after it. In some the power is cut
once more while the library is opened, for that takes back what was half written.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from reader import assets
from reader.domain.errors import ReaderError
from reader.services import articles
from reader.services.annotating.annotations import Annotations
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.services.exchange.exporting import export_csv
from reader.services.importing import Cancelled, import_csv
from reader.services.reading.walking import statements_of
from reader.services.showing import version_of
from reader.storage import library as libraries
from reader.storage import written_once
from reader.storage.library import Library
from tests.bulk_edits import in_one
from tests.faults.desk import check, make_article
from tests.faults.disk_writes import Event, Recorder
from tests.faults.power import Cut, cut

BOOK = "credibility-7"
_CACHE = 40
"""Memory for the pages of the import, KiB: so little that pages are written before it ends."""

_WRITES_WAL = b"\x02\x02"
"""What the file says of how it is written, from its byte 18 on, if there is a log beside it."""


class Imported(NamedTuple):
    """What the import wrote.

    Attributes:
        groups: Uids of its groups.
        operations: How many operations they have.
    """

    groups: frozenset[str]
    operations: int


class Run(NamedTuple):
    """What was asked of the disk, and what the import is in it.

    Attributes:
        events: All that was asked, and called saved, in order.
        first: The number of the import's first event.
        imported: What it wrote.
    """

    events: list[Event]
    first: int
    imported: Imported


def work(folder: Path, statements: int, *, read_meanwhile: bool = False) -> Run:
    """Tag in a new library, import a file into it that is taken for large, and tag again.

    The import is called off once, and tried again.

    Args:
        folder: Where; with a file beside the library.
        statements: How many the file has a judgement on.
        read_meanwhile: Whether somebody reads at the end of the import, so that the journal stays.
    """
    recorder = Recorder(folder)
    article, database = make_article(folder, statements), folder / "library.db"
    with recorder.recording():
        with Library(database) as library:
            adding.add_file(library, article, library.annotator("ana"))
        file = _exported(database)
        with Library(database) as library:
            _tag(library, recorder, 4)
            first = len(recorder.events)
            with _taken_for_large(None), suppress(Cancelled):
                import_csv(library, file, library.annotator("ana"), cancelled=lambda: True)
            _tag(library, recorder, 1)
            with _taken_for_large(database if read_meanwhile else None):
                imported = _import(library, recorder, file)
            assert any(
                event.what == "write" and event.name == "library.db-journal"
                for event in recorder.events[first:]
            ), "it was not written with a journal"
            _tag(library, recorder, 4)
    return Run(recorder.events, first, imported)


def _exported(database: Path) -> Path:
    """Write a file with a judgement of another annotator on every statement."""
    file, book = database.with_name("all.csv"), assets.load_builtin(BOOK)
    facet = book.statement_facets[0]
    with (
        tempfile.TemporaryDirectory(prefix="donor-") as name,
        Library(Path(shutil.copy(database, name))) as library,
    ):
        marks, targets = _marks(library, "ben")
        bulk = in_one(
            marks,
            targets,
            lambda known, target: known.set_tag(target, book, facet, facet.tags[2]),
            kind="tag",
            summary="",
        )
        library.log.commit(bulk.group, guarded=True)
        export_csv(library, None, file, codebook=book)
    return file


def _marks(library: Library, who: str) -> tuple[Annotations, list[Any]]:
    """Return the annotator's marks on the article, and where they can be made."""
    me, article = library.annotator(who), articles.resolve(library, "1")
    version = version_of(library, article)
    stored = library.highlights.overlapping(version.uid, me, 0, len(version.text))
    marks = Annotations(article.uid, version.uid, me, version.text, stored)
    return marks, [marks.target(item.span) for item in statements_of(version)]


def _tag(library: Library, recorder: Recorder, count: int) -> None:
    """Tag some statements, telling the recorder when each was called saved."""
    marks, targets = _marks(library, "ana")
    book = assets.load_builtin(BOOK)
    facet, made = book.statement_facets[0], len(recorder.events)
    for number in range(count):
        tag = facet.tags[(made + number) % len(facet.tags)]
        edit = marks.set_tag(targets[(made + number) % len(targets)], book, facet, tag)
        library.log.commit(edit.group)
        recorder.saved(edit.group.uid)
        marks.apply(edit)


def _import(library: Library, recorder: Recorder, file: Path) -> Imported:
    ask = library.connection.execute
    (last,) = ask("SELECT max(id) FROM operation").fetchone()
    import_csv(library, file, library.annotator("ana"))
    groups = [uid for (uid,) in ask("SELECT group_uid FROM op WHERE id > ?", (last,))]
    for uid in set(groups):
        recorder.saved(uid)
    return Imported(frozenset(groups), len(groups))


@contextmanager
def _taken_for_large(read: Path | None) -> Iterator[None]:
    """Have a small file written as a large one is, with little memory.

    Args:
        read: A library that somebody reads when it is to be put back to a log; None for nobody.
    """
    change = written_once._changed_to

    def changed_to(mode: str, connection: sqlite3.Connection) -> bool:
        if read is None or mode != "wal":
            return change(mode, connection)
        with closing(sqlite3.connect(read, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT 1 FROM operation").fetchone()
            changed = change(mode, connection)
        assert not changed
        return changed

    with (
        patch.object(written_once, "FEWEST", 1),
        patch.object(written_once, "_changed_to", changed_to),
        patch.object(libraries, "LARGE_CACHE", _CACHE),
    ):
        yield


def look(found: Cut, imported: Imported) -> bool:
    """Open what a disk holds with the program's own code; return whether the import is there.

    Raises:
        AssertionError: Something is lost or damaged, or part of the import is there.
    """
    with _on_disk(found.files) as database:
        try:
            with Library(database) as library:
                ask = library.connection.execute
                assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
                check(library)
                groups = [uid for (uid,) in ask("SELECT group_uid FROM op")]
        except ReaderError as error:
            raise AssertionError(f"after {found.at} events: {error.message}") from error
        assert database.read_bytes()[18:20] == _WRITES_WAL
        assert doctor.examine(database).findings == []
    missing = found.saved - set(groups)
    assert not missing, f"after {found.at} events: {len(missing)} of {len(found.saved)} are lost"
    there = sum(uid in imported.groups for uid in groups)
    assert there in (0, imported.operations), f"{there} of {imported.operations} are there"
    return there > 0


@contextmanager
def _on_disk(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Write files to a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="cut-") as name:
        for file, content in files.items():
            (Path(name) / file).write_bytes(content)
        yield Path(name) / "library.db"


def cut_again(found: Cut, chance: random.Random) -> Cut:
    """Open what a disk holds, and cut the power meanwhile."""
    with _on_disk(found.files) as database:
        recorder = Recorder(database.parent)
        with recorder.recording(), Library(database):
            pass
    again = cut(recorder.events, chance, before=found.files)
    return Cut(again.files, found.saved, found.at)


class Found(NamedTuple):
    """What cuts have shown.

    Attributes:
        cuts: How many.
        whole: After how many all of the import was there; after the others nothing of it.
        again: How many of them were followed by another cut while the library was opened.
        saved: What had been called saved before them, together.
        lost: In how many something was lost, damaged, or there in part.
    """

    cuts: int
    whole: int
    again: int
    saved: int
    lost: int


def cuts(
    count: int,
    chance: random.Random,
    *,
    statements: int = 300,
    read_meanwhile: bool = False,
    lies_about: str = "",
) -> Found:
    """Cut the power at random moments of an import, and of what is done after it.

    Args:
        count: How often.
        chance: Decides when, and what became of what was not flushed.
        statements: Rows of the file.
        read_meanwhile: Whether somebody reads at the end of the import.
        lies_about: The end of a file's name that the disk says it has flushed, and has not, to see
            that it matters; all else is then an error.
    """
    folder = Path(tempfile.mkdtemp(prefix="power-"))
    try:
        run = work(folder, statements, read_meanwhile=read_meanwhile)
    finally:
        shutil.rmtree(folder)
    events = [
        event
        for event in run.events
        if not (lies_about and event.what == "sync" and event.name.endswith(lies_about))
    ]
    whole = again = saved = lost = 0
    for number in range(count):
        found = cut(events, chance, _moment(events, run.first, chance, number))
        saved += len(found.saved)
        try:
            if number % 4 == 0:
                found, again = cut_again(found, chance), again + 1
            whole += look(found, run.imported)
        except (AssertionError, ReaderError, sqlite3.Error):
            if not lies_about:
                raise
            lost += 1
    return Found(count, whole, again, saved, lost)


def _moment(events: Sequence[Event], first: int, chance: random.Random, number: int) -> int:
    """Return after how many events the power is cut.

    A third of the moments are right after something was called saved, another where names in the
    folder or the kind of journal change, the rest anywhere from the import on.
    """
    if number % 3 == 2:
        return chance.randrange(first, len(events) + 1)
    what = ("saved",) if number % 3 else ("open", "delete", "truncate", "sync", "sync folder")
    found = [n + 1 for n, event in enumerate(events) if n >= first and event.what in what]
    return chance.choice(found)
