"""Cuts the power: makes the files that a disk may hold then, and looks what is lost.

What was flushed is on the disk. Of what was written since, any sector may be there or not, in any
order, or hold rubbish; a file that was deleted may be there again, and one that was made and never
flushed may not. From each picture of the disk the library is opened by the program's own code:
everything that was called saved must be in it, and all must add up.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader import assets
from reader.domain.errors import ReaderError
from reader.domain.text import Span
from reader.services.annotating import history
from reader.services.annotating.annotations import Annotations
from reader.services.capturing import adding
from reader.services.reading.walking import statements_of
from reader.services.showing import version_of
from reader.storage.library import Library
from tests.bulk_edits import in_one
from tests.faults.desk import check, make_article
from tests.faults.disk_writes import Event, Recorder

SECTOR = 512
"""Bytes that a disk writes as one."""

_PAGES = 40
"""Pages in the log after which SQLite copies them over: far fewer than usual, to have it happen."""


@dataclass
class _File:
    """A file on a disk: what is surely there, and what was written since."""

    flushed: bytearray = field(default_factory=bytearray)
    since: list[Event] = field(default_factory=list)
    is_sure: bool = False
    """Whether its name is in the folder for sure."""
    deleted: bool = False
    flushes_folder: bool = False
    """Whether SQLite flushes the folder with the file's next flush."""

    def flush(self) -> None:
        for event in self.since:
            _apply(self.flushed, event)
        self.since.clear()
        self.is_sure = True

    def by_chance(self, chance: random.Random) -> bytes:
        """Return what it may hold after the power was cut."""
        pieces: list[Event] = []
        for event in self.since:
            pieces += _sectors(event)
        kept = [piece for piece in pieces if chance.random() < chance.choice((0.1, 0.5, 0.95))]
        if chance.random() < 0.5 and not any(event.what == "truncate" for event in kept):
            chance.shuffle(kept)
        content = bytearray(self.flushed)
        for event in kept:
            if event.what == "write" and chance.random() < 0.03:
                event = event._replace(data=chance.randbytes(len(event.data)))
            _apply(content, event)
        return bytes(content)


def _sectors(event: Event) -> list[Event]:
    """Return a write as writes of one sector each."""
    if event.what != "write":
        return [event]
    pieces, at = [], 0
    while at < len(event.data):
        end = at + SECTOR - (event.offset + at) % SECTOR
        pieces.append(event._replace(offset=event.offset + at, data=event.data[at:end]))
        at = end
    return pieces


def _apply(content: bytearray, event: Event) -> None:
    if event.what == "truncate":
        del content[event.offset :]
        return
    if len(content) < event.offset:
        content.extend(bytes(event.offset - len(content)))
    content[event.offset : event.offset + len(event.data)] = event.data


@dataclass(frozen=True)
class Cut:
    """A disk after the power was cut.

    Attributes:
        files: What each file holds, by name.
        saved: What had been called saved.
        at: How many events had been.
    """

    files: dict[str, bytes]
    saved: frozenset[str]
    at: int


def cut(
    events: Sequence[Event],
    chance: random.Random,
    at: int | None = None,
    before: Mapping[str, bytes] | None = None,
) -> Cut:
    """Return what the disk may hold when the power is cut after a number of events.

    Args:
        events: What was asked of the disk.
        chance: Decides what became of what was not flushed.
        at: How many of the events had been; None for any.
        before: What the disk held before them.
    """
    at = chance.randrange(len(events) + 1) if at is None else at
    files = {
        name: [_File(bytearray(content), is_sure=True)] for name, content in (before or {}).items()
    }
    saved = set()
    for event in events[:at]:
        if event.what == "saved":
            saved.add(event.name)
            continue
        if event.what == "sync folder":
            _flush_folder(files)
            continue
        generations = files.setdefault(event.name, [])
        if not generations or (generations[-1].deleted and event.what != "delete"):
            generations.append(_File())
        file = generations[-1]
        if event.what == "sync":
            file.flush()
            if file.flushes_folder:
                _flush_folder(files)
                file.flushes_folder = False
        elif event.what == "open":
            # As SQLite does it on Unix: with the first flush of a journal that was just opened.
            file.flushes_folder = event.name.endswith(("-wal", "-journal"))
        elif event.what == "delete":
            file.deleted = True
        else:
            file.since.append(event)
    return Cut(dict(_present(files, chance)), frozenset(saved), at)


def _flush_folder(files: dict[str, list[_File]]) -> None:
    """Make sure of what is in the folder and what is not."""
    for name, generations in files.items():
        files[name] = [file for file in generations if not file.deleted]
        for file in files[name]:
            file.is_sure = True


def _present(files: dict[str, list[_File]], chance: random.Random) -> list[tuple[str, bytes]]:
    """Return the files that are there, one of each name."""
    found = []
    for name, generations in files.items():
        for file in reversed(generations):  # the newest of a name that made it to the folder
            kept = chance.random() < 0.5 if file.deleted else file.is_sure or chance.random() < 0.5
            if kept:
                found.append((name, file.by_chance(chance)))
                break
    if chance.random() < 0.3:
        found.append(("library.db-shm", chance.randbytes(32_768)))
    return found


def work(folder: Path, count: int, *, synchronous: str = "") -> list[Event]:
    """Make a library and work in it; return what was asked of the disk, and what was called saved.

    Args:
        folder: Where.
        count: How many actions.
        synchronous: Another value of the pragma, to see that it matters.
    """
    recorder = Recorder(folder)
    article, chance = make_article(folder), random.Random(1)
    with recorder.recording():
        left = count
        while left > 0:
            with Library(folder / "library.db") as library:
                library.connection.execute(f"PRAGMA wal_autocheckpoint={_PAGES}")
                if synchronous:
                    library.connection.execute(f"PRAGMA synchronous={synchronous}")
                left -= _sit(library, recorder, article, chance, min(left, 25))
    return recorder.events


def _sit(
    library: Library, recorder: Recorder, path: Path, chance: random.Random, count: int
) -> int:
    """Do some actions, telling the recorder when each was called saved; return how many."""
    me = library.annotator("ana")
    article = adding.add_file(library, path, me).article
    version = version_of(library, article)
    spans = [statement.span for statement in statements_of(version)]
    stored = library.highlights.overlapping(version.uid, me, 0, len(version.text))
    marks = Annotations(article.uid, version.uid, me, version.text, stored)
    codebook = assets.load_builtin("credibility-7")
    facet = codebook.statement_facets[0]
    for _ in range(count):
        target = marks.target(chance.choice(spans))
        if chance.random() < 0.2 and history.undo(library, article.uid, me):
            for op in list(library.log.operations(article.uid))[-1:]:
                recorder.saved(op.group_uid)
            marks = Annotations(
                article.uid, version.uid, me, version.text,
                library.highlights.overlapping(version.uid, me, 0, len(version.text)),
            )  # fmt: skip
            continue
        if chance.random() < 0.1:
            _tag_many(library, recorder, marks, chance.sample(spans, 20), chance)
            continue
        if chance.random() < 0.3:
            edit = marks.set_note(target, "x" * chance.choice((5, 300, 20_000)))
        else:
            edit = marks.set_tag(target, codebook, facet, chance.choice(facet.tags))
        if edit.group.changes:
            library.log.commit(edit.group)
            recorder.saved(edit.group.uid)
            marks.apply(edit)
    return count


def _tag_many(
    library: Library,
    recorder: Recorder,
    marks: Annotations,
    spans: Sequence[Span],
    chance: random.Random,
) -> None:
    """Give many statements a tag as one action, written in one piece."""
    codebook = assets.load_builtin("credibility-7")
    facet = codebook.statement_facets[0]
    tag = chance.choice(facet.tags)
    bulk = in_one(
        marks,
        map(marks.target, spans),
        lambda known, target: known.set_tag(target, codebook, facet, tag),
        kind="tag",
        summary=tag.label,
    )
    if bulk.group.changes:
        library.log.commit(bulk.group, guarded=True)
        recorder.saved(bulk.group.uid)
        marks.put_all({edit.uid: edit.after for edit in bulk.edits})


def lost(found: Cut) -> set[str]:
    """Open what a disk holds with the program's own code; return what was saved and is not there.

    Raises:
        AssertionError: The library is damaged, or its log does not add up.
    """
    with tempfile.TemporaryDirectory(prefix="cut-") as name:
        folder = Path(name)
        for file, content in found.files.items():
            (folder / file).write_bytes(content)
        try:
            with Library(folder / "library.db") as library:
                check(library)
                rows = library.connection.execute("SELECT group_uid FROM op")
                return set(found.saved - {uid for (uid,) in rows})
        except ReaderError as error:
            raise AssertionError(f"after {found.at} events: {error.message}") from error


def cuts(
    count: int, chance: random.Random, *, actions: int = 120, synchronous: str = ""
) -> tuple[int, int, int, int]:
    """Cut the power at random moments of one run.

    Returns:
        How many cuts, in how many of them something that was saved was lost or damaged, how many
        actions had been called saved in all of them together, and how many of these were lost.
    """
    folder = Path(tempfile.mkdtemp(prefix="power-"))
    try:
        events = work(folder, actions, synchronous=synchronous)
    finally:
        shutil.rmtree(folder)
    # Half of the moments are right after something was called saved: it had better be true.
    told = [number + 1 for number, event in enumerate(events) if event.what == "saved"]
    failed = saved = gone = 0
    for number in range(count):
        at = chance.choice(told) if number % 2 else None
        found = cut(events, chance, at)
        saved += len(found.saved)
        try:
            missing = len(lost(found))
        except AssertionError:
            if not synchronous:
                raise
            missing = len(found.saved)
        failed += bool(missing)
        gone += missing
    return count, failed, saved, gone
