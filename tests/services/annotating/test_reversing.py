"""Undo and redo in slices: what was stopped in the middle is gone on with, or undone as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader import assets
from reader.domain.operation import Group
from reader.services.annotating import history, reversing
from reader.services.annotating.bulk import Gathering
from reader.services.annotating.reversing import Reversing
from reader.services.capturing.adding import add_file
from reader.services.care import doctor
from reader.services.reading.beginning import load_session
from reader.services.reading.session import Session
from reader.storage.library import Library
from tests.storage.stored import state

BOOK = assets.load_builtin("credibility-7")
FACET = BOOK.statement_facets[0]
PLAUSIBLE, CONTESTED = FACET.tags[1:3]
COUNT = 60


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reversing, "AT_ONCE", 40)
    monkeypatch.setattr(reversing, "SLICE", 14)


def _session(library: Library, folder: Path) -> Session:
    file = folder / "a.txt"
    if not file.exists():
        file.write_text(" ".join(f"Statement {n} says so." for n in range(COUNT)), "utf-8")
    ana = library.annotator("ana")
    return load_session(library, add_file(library, file, ana).article.uid, ana, BOOK)


def _tag_all(library: Library, session: Session, parts: int = 99) -> str:
    """Tag every statement in parts of ten, or only so many parts; return the group."""
    known, spans = session.annotations, list(session.document.statements())
    gathering = Gathering(
        known, map(known.target, spans),
        lambda them, one: them.set_tag(one, BOOK, FACET, PLAUSIBLE), kind="tag", summary="+",
    )  # fmt: skip
    while parts and gathering.work_for(9.0, 10):
        parts -= 1
        part = gathering.bulk()
        session.apply_all(part.edits)
        library.log.commit(part.group, guarded=True)
        assert library.log.has(part.group)
        assert part.group.uid == gathering.uid
    return gathering.uid


def _reverse(library: Library, session: Session, what: str, slices: int = 99) -> Reversing:
    known = session.annotations
    found = reversing.reverse(library, what, known.article_uid, known.annotator_uid)
    assert isinstance(found, Reversing)
    while found.more and slices:
        slices -= 1
        session.take_back(found.go_on(library))
    return found


def _stored(library: Library, session: Session) -> list[str]:
    where = session.annotations.version_uid, session.annotations.annotator_uid
    return [item.uid for page in library.highlights.pages(*where) for item in page]


def _sound(library: Library, session: Session) -> None:
    """See that the memory, the tables and the log agree."""
    assert _stored(library, session) == [item.uid for item in session.annotations.index]
    before = state(library)
    library.log.rebuild()
    assert state(library) == before
    assert doctor.examine(library.path).findings == []


def test_what_was_stopped_in_the_middle_is_one_action(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Library(path) as library:  # killed in the middle of the edit
        session = _session(library, tmp_path)
        group = _tag_all(library, session, parts=4)
        assert len(_stored(library, session)) == 40
        _sound(library, session)
    with Library(path) as library:  # killed in the middle of its undo
        session = _session(library, tmp_path)
        found = _reverse(library, session, "undo", slices=2)
        assert (found.group, found.summary) == (group, "+ × 40")
        assert 0 < len(_stored(library, session)) < 40
        assert all(item.judgements for item in session.annotations.index)
        _sound(library, session)
    with Library(path) as library:
        session = _session(library, tmp_path)
        assert _reverse(library, session, "undo").group == group  # goes on with the rest
        assert _stored(library, session) == []
        known = session.annotations
        where = (known.article_uid, known.annotator_uid)
        assert history.undo(library, *where) is None
        _reverse(library, session, "redo", slices=1)  # killed in the middle of the redo
        assert 0 < len(_stored(library, session)) < 40
        _sound(library, session)
    with Library(path) as library:
        session = _session(library, tmp_path)
        _reverse(library, session, "redo")
        assert len(_stored(library, session)) == 40
        assert history.redo(library, *where) is None
        _reverse(library, session, "undo", slices=2)
        undone = len(_stored(library, session))
        session.take_back(history.redo(library, *where))  # of what was undone so far
        assert undone < len(_stored(library, session)) == 40
        _reverse(library, session, "undo")
        assert _stored(library, session) == []
        _sound(library, session)


def test_what_was_done_between_the_slices_stays(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        session = _session(library, tmp_path)
        known, spans = session.annotations, list(session.document.statements())
        plain = known.plain(known.target(spans[9]))
        session.apply(plain)
        library.log.commit(plain.group)
        _tag_all(library, session)
        found = _reverse(library, session, "undo", slices=1)
        edits = [
            known.set_tag(known.target(spans[0]), BOOK, FACET, CONTESTED),
            known.set_note(known.target(spans[1]), "mine"),
            known.set_tag(known.target(spans[2]), BOOK, FACET, PLAUSIBLE),  # as it was: nothing
            known.delete(known.index[3]),
            known.set_flag(known.target(spans[9]), True),
            known.set_tag(known.target(spans[-1]), BOOK, FACET, CONTESTED),  # taken back before
        ]
        for edit in edits:
            session.apply(edit)
            if edit.group.changes:
                library.log.commit(edit.group, guarded=True)
        while found.more:
            session.take_back(found.go_on(library))
        left = {known.words(item.span): item for item in known.index}
        assert list(left) == [known.words(spans[n]) for n in (0, 1, 9, COUNT - 1)]
        codes = [[tag.code for tag in item.judgements] for item in left.values()]
        assert codes == [[CONTESTED.code], [], [], [CONTESTED.code]]
        assert [item.note for item in left.values()] == [None, "mine", None, None]
        _sound(library, session)
        where = (known.article_uid, known.annotator_uid)
        for _ in range(5):  # what was done since is newer, and the bulk edit is undone as a whole
            done = history.undo(library, *where)
            assert done is not None
            session.take_back(done)
        assert history.undo(library, *where).summary == "highlight"


def test_a_highlight_comes_back_only_where_its_words_are_free(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        session = _session(library, tmp_path)
        known = session.annotations
        _tag_all(library, session)
        deleting = Gathering(
            known, list(map(known.target, session.document.statements())),
            lambda them, one: them.delete(one.highlight), kind="delete", summary="delete",
        )  # fmt: skip
        while deleting.work_for(9.0):
            pass
        part = deleting.bulk()
        session.apply_all(part.edits)
        library.log.commit(part.group, guarded=True)
        found = _reverse(library, session, "undo", slices=1)
        first = next(iter(session.document.statements()))
        fresh = known.plain(known.target(first))
        session.apply(fresh)
        library.log.commit(fresh.group, guarded=True)
        while found.more:
            session.take_back(found.go_on(library))
        assert len(known.index) == COUNT
        assert known.index[0].uid == fresh.uid
        _sound(library, session)


def test_groups_that_interlace_are_undone_in_the_order_of_their_beginnings(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        session = _session(library, tmp_path)
        known, spans = session.annotations, list(session.document.statements())
        groups: list[Group] = []
        for n, name in enumerate("abacbdad"):  # a from 0 to 6, b from 1 to 4, c at 3, d to the end
            edit = known.plain(known.target(spans[n]))
            uid = next((item.uid for item in groups if item.summary == name), "")
            group = Group("highlight", known.annotator_uid, known.article_uid,
                          edit.group.changes, summary=name, uid=uid)  # fmt: skip
            groups.append(group)
            library.log.commit(group)
        where = (known.article_uid, known.annotator_uid)
        undone = [history.undo(library, *where).summary for _ in range(4)]
        assert undone == ["d", "c", "b", "a"]
        assert history.undo(library, *where) is None
        redone = [history.redo(library, *where).summary for _ in range(4)]
        assert redone == ["a", "b", "c", "d"]


def test_what_others_did_is_looked_for_once_and_not_of_each(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        session = _session(library, tmp_path)
        _tag_all(library, session)
        asked: list[str] = []

        def note(statement: str) -> None:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                asked.append(statement)  # changes are of each

        library.connection.set_trace_callback(note)
        where = session.annotations.article_uid, session.annotations.annotator_uid
        assert history.undo(library, *where)
        undone, asked[:] = len(asked), []
        library.log.rebuild()
        rebuilt = len(asked)
        library.connection.set_trace_callback(None)
        assert undone < COUNT  # 2 × 60 operations are taken back
        assert rebuilt < COUNT
        assert not library.highlights.any_on(session.annotations.version_uid)
