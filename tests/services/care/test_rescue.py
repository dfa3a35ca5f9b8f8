"""What could not be saved goes to a file, and comes back from it, once."""

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from reader.assets import load_builtin
from reader.domain.errors import InputError, ReaderError, StorageError
from reader.domain.text import Span
from reader.services.annotating import history
from reader.services.annotating.annotations import Annotations
from reader.services.capturing import adding
from reader.services.care import doctor, gone, rescue, rescue_folders
from reader.storage.library import Library
from tests.services.rescue_files import later

TEXT = "One is here. Two is there.\n\nThree is the last: ümläut, 漢字, \u202e!\n"


class Desk:
    """A library, an article in it, and actions on it that are not saved."""

    def __init__(self, folder: Path) -> None:
        story = folder / "story.txt"
        story.write_text(TEXT, "utf-8")
        self.library = Library(folder / "library.db")
        self.me = self.library.annotator("ana")
        self.article = adding.add_file(self.library, story, self.me).article
        self.known = Annotations(self.article.uid, self.article.version_uid, self.me, TEXT)
        self.places = [folder / "state" / "rescue"]

    def groups(self) -> list:
        book = load_builtin("credibility-7")
        edits = []
        for number, span in enumerate((Span(0, 12), Span(13, 26))):
            tag = book.facets[0].tags[number]
            edits.append(self.known.toggle_tag(self.known.target(span), book, book.facets[0], tag))
            self.known.apply(edits[-1])
        edits.append(self.known.set_note(self.known.target(Span(0, 12)), "why\n\x1b[2J ü?"))
        self.known.apply(edits[-1])
        edits.append(self.known.delete(self.known.index[1]))
        return [edit.group for edit in edits]

    def write(self, groups: list) -> Path:
        return rescue.write(groups, self.library.path, self.places)

    def waiting(self) -> list[rescue.RescueFile]:
        return rescue.waiting(self.library.path, self.places)

    def stored(self) -> list:
        version = self.article.version_uid
        return self.library.highlights.overlapping(version, self.me, 0, len(TEXT))


@pytest.fixture
def desk(tmp_path: Path):
    desk = Desk(tmp_path)
    yield desk
    desk.library.close()


def test_there_and_back(desk: Desk) -> None:
    groups = desk.groups()
    path = desk.write(groups)
    assert desk.waiting() == []  # we run, and save it ourselves
    path = later(path)
    (found,) = desk.waiting()
    assert (found.path, found.actions) == (path, 4)
    assert found.at.endswith("Z")
    done = rescue.take_in(desk.library, path)
    assert (done.saved, done.present, done.refused, done.kept) == (4, 0, [], None)
    assert not path.exists()
    (highlight,) = desk.stored()
    assert highlight.note == "why\n\x1b[2J ü?"
    assert [item.code for item in highlight.judgements] == ["corroborated"]
    kinds = [op.group_uid for op in desk.library.log.operations(desk.article.uid)]
    assert list(dict.fromkeys(kinds))[1:] == [group.uid for group in groups]
    assert doctor.examine(desk.library.path).findings == []
    assert history.undo(desk.library, desk.article.uid, desk.me).summary == "delete highlight"
    assert len(desk.stored()) == 2


def test_what_was_saved_after_all_is_not_done_twice(desk: Desk) -> None:
    groups = desk.groups()
    path = later(desk.write(groups))
    desk.library.log.commit(*groups[:2])
    done = rescue.take_in(desk.library, path)
    assert (done.saved, done.present) == (2, 2)
    path = later(desk.write(groups))
    assert rescue.take_in(desk.library, path).present == 4


def test_each_writing_holds_all_that_waits_and_discarding_ends_it(desk: Desk) -> None:
    groups = desk.groups()
    first = desk.write(groups[:1])
    assert desk.write(groups) == first
    assert json.loads(first.read_text("utf-8").splitlines()[0])["actions"] == 4
    assert first.parent.stat().st_mode & 0o077 == 0
    rescue.discard(desk.library.path, desk.places)
    assert not first.exists()
    rescue.discard(desk.library.path, desk.places)


def test_a_library_that_cannot_be_written_keeps_the_file(desk: Desk) -> None:
    path = later(desk.write(desk.groups()))
    other = sqlite3.connect(desk.library.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    desk.library.connection.execute("PRAGMA busy_timeout=10")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="locked"):
        rescue.take_in(desk.library, path)
    assert path.read_bytes() == before
    other.execute("ROLLBACK")
    other.close()
    assert rescue.take_in(desk.library, path).saved == 4


def test_what_is_refused_is_listed_and_kept(desk: Desk) -> None:
    path = later(desk.write(desk.groups()))
    lines = path.read_text("utf-8").splitlines()
    spoilt = json.loads(lines[2])
    spoilt["changes"][0]["patch"]["owner"] = "me"
    cut = lines[4][: len(lines[4]) // 2]
    path.write_text("\n".join([lines[0], lines[1], json.dumps(spoilt), lines[3], cut]), "utf-8")
    done = rescue.take_in(desk.library, path)
    assert done.saved == 2
    assert [number for number, _ in done.refused] == [3, 5]
    assert "unknown field" in done.refused[0][1]
    assert "cut" in done.refused[1][1]
    assert done.kept is not None
    assert done.kept.exists()
    assert not path.exists()
    assert desk.waiting() == []


def test_another_place_is_tried_and_none_is_told(desk: Desk, tmp_path: Path) -> None:
    groups = desk.groups()
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    path = rescue.write(groups, desk.library.path, [blocked / "rescue", tmp_path / "other"])
    assert path.parent == tmp_path / "other"
    with pytest.raises(ReaderError, match="cannot be rescued") as caught:
        rescue.write(groups, desk.library.path, [blocked / "rescue"])
    assert "Leave reader open" in caught.value.hint


def test_a_folder_of_somebody_else_is_not_used(desk: Desk, tmp_path: Path, monkeypatch) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    monkeypatch.setattr(rescue, "is_ours", lambda folder: folder != theirs)
    path = rescue.write(desk.groups(), desk.library.path, [theirs, ours])
    assert path.parent == ours
    later(path).rename(theirs / path.name.replace(rescue._OWN, "00000000"))
    assert rescue.waiting(desk.library.path, [theirs]) == []


def test_the_usual_places_belong_to_the_user(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "full"))
    state, cache, common, *memory = rescue_folders.folders()
    assert common.parent == tmp_path / "full"  # whether it can be written is not tried: disks fill
    assert len({state, cache, common, *memory}) == 3 + len(memory)
    assert all(rescue_folders.is_in_memory(place / "x") for place in memory)
    path = rescue.write([], tmp_path / "library.db")
    assert path.parent in (state, cache)
    assert rescue.waiting(tmp_path / "library.db") == []
    rescue.discard(tmp_path / "library.db")
    assert not path.exists()


def test_libraries_and_running_programs_are_told_apart(desk: Desk) -> None:
    path = desk.write(desk.groups())
    parent = path.with_name(f"{path.name.split('-')[0]}-{os.getppid()}-00000000.rescue.jsonl")
    path.rename(parent)
    assert desk.waiting() == []  # its program runs
    assert rescue.waiting(desk.library.path.with_name("other.db"), desk.places) == []
    odd = later(parent).with_name(f"{path.name.split('-')[0]}-x-00000000.rescue.jsonl")
    odd.write_bytes(b"\xff")
    assert sorted(item.actions for item in desk.waiting()) == [0, 4]


def test_a_library_whose_folder_is_gone_is_copied_elsewhere(tmp_path: Path) -> None:
    place = tmp_path / "place"
    db, file = place / "library.db", tmp_path / "file"
    file.touch()
    with Library(db) as library:
        ana = library.annotator("ana")
        shutil.rmtree(place)
        with pytest.raises(StorageError, match="backups"):
            gone.copy_of_gone(library, [file / "no folder"])
        copy = gone.copy_of_gone(library, [file / "no folder", tmp_path / "state"])
        assert copy.parent == tmp_path / "state"
    with Library(copy) as library:
        assert library.annotators.find("ana") == ana


def test_a_file_that_cannot_be_taken_away_is_told(desk: Desk, monkeypatch) -> None:
    path = desk.write(desk.groups())

    def refuse(_path: Path) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(ReaderError, match="is saved, but the file stays: Read-only") as told:
            rescue.take_in(desk.library, path)
    assert "nothing is done twice" in told.value.hint
    assert rescue.take_in(desk.library, path).present == 4


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[]\n", b'{"format": "reader-rescue"}\n'])
def test_a_file_of_another_kind_is_left_alone(desk: Desk, tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.rescue.jsonl"
    path.write_bytes(raw)
    with pytest.raises(InputError, match="no rescue file"):
        rescue.take_in(desk.library, path)
    assert path.read_bytes() == raw
    with pytest.raises(InputError, match="cannot be read"):
        rescue.take_in(desk.library, tmp_path / "nothing")
