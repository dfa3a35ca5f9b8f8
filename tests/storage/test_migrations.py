"""A library of each earlier version becomes one of this version, with all that is in it."""

import json
import sqlite3
import threading
from pathlib import Path
from unittest.mock import Mock

import pytest

from reader.assets import builtin_version
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import CaptureDetails, Pages
from reader.domain.document import BlockTable
from reader.domain.errors import ChangeRefused, DiskFull
from reader.domain.operation import Change, Group
from reader.domain.text import Block, Role
from reader.formats import jsonl, jsonl_content
from reader.services.annotating import history
from reader.services.annotating.overall import WholeArticle
from reader.services.care import doctor
from reader.storage import backup, capturing, progress
from reader.storage.connection import SCHEMA_VERSION
from reader.storage.library import Library
from reader.tui.saving.database import Database
from tests.storage.first_version import first_version
from tests.storage.stored import state

BOOK = builtin_version("credibility-7", 1)
FACET = BOOK.facets[0]


def dump(path: Path) -> list[str]:
    """Return all that is in a file."""
    connection = sqlite3.connect(path)
    try:
        return [*connection.iterdump(), *map(str, connection.execute("PRAGMA user_version"))]
    finally:
        connection.close()


def test_without_room_for_the_backup_nothing_is_changed(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    before = dump(path)
    monkeypatch.setattr(backup, "keep", Mock(side_effect=DiskFull("The disk is full.", "")))
    with pytest.raises(DiskFull, match="a backup of it is made") as raised:
        Library.for_reading(path)
    assert "Nothing was changed" in raised.value.hint
    assert dump(path) == before


def test_the_first_version_becomes_this_one(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    with Library(path) as library:
        assert library.connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert path.with_name("library.db-wal").stat().st_size == 0  # each start would read it
        (article,) = library.articles.in_order()
        ana = library.annotators.find("ana")
        version = library.articles.get(article).version_uid
        (highlight,) = library.highlights.overlapping(version, ana, 0, 99)
        assert [item.code for item in highlight.judgements] == ["corroborated"]
        whole = WholeArticle(article, ana, library.overall.get(article, ana))
        library.log.commit(whole.toggle_verdict(BOOK, FACET, FACET.tags[4]).group)
        assert history.undo(library, article, ana).summary == "verdict ✗ refuted"
        assert history.undo(library, article, ana).summary == "✓ corroborated"
        before = state(library)
        library.log.rebuild()
        assert state(library) == before
    names = [kept.name for kept in backup.backups_of(path)]
    assert any(name.endswith(f"-before-schema-{SCHEMA_VERSION}.db") for name in names)
    assert doctor.examine(path).findings == []


def test_the_fourth_version_gets_details_of_captures(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    with Library(path) as library:
        (article,) = library.articles.in_order()
        version = library.articles.get(article).version_uid
        assert library.articles.details(version) == CaptureDetails()  # from before them
        blocks = BlockTable([Block(0, 4, Role.BODY), Block(5, 9, Role.BODY)])
        details = CaptureDetails("https://example.org/b", "first-paragraph", Pages([0, 3, 5]))
        draft = ArticleDraft(
            "One. Two.", blocks, b"x", "/a.pdf", "application/pdf", "pdf/1", details=details
        )
        added, _ = capturing.add(library, draft, library.annotator("ana"))
        assert library.articles.details(added.version_uid) == details
        assert [details.pages.at(offset) for offset in (0, 2, 3, 4, 5, 8)] == [1, 1, 2, 2, 3, 3]
        with pytest.raises(sqlite3.IntegrityError):
            library.connection.execute("UPDATE capture_details SET quality = 'good'")
        lines = [json.dumps(jsonl.fields_of(record)) for record in library.contents().captures()]
        read = [jsonl_content.capture_from(json.loads(line)) for line in lines]
        assert read[-1].details == details
    assert doctor.examine(path).findings == []


def test_the_fifth_version_gets_a_status(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    with Library(path) as library:
        (uid,) = library.articles.in_order()
        ana = library.annotator("ana")
        assert library.articles.get(uid).status is None
        change = Change("article", uid, {"status": "done"}, {"status": None})
        library.log.commit(Group("status", ana, None, (change,)), guarded=True)
        assert library.articles.get(uid).status == "done"
        shown = library.connection.execute("SELECT status, labels FROM articles").fetchall()
        assert shown == [("done", None)]
        wrong = Change("article", uid, {"status": "gone"}, {"status": "done"})
        with pytest.raises(ChangeRefused):
            library.log.commit(Group("status", ana, None, (wrong,)))
        before = state(library)
        library.log.rebuild()
        assert state(library) == before
    assert doctor.examine(path).findings == []


def test_the_seventh_version_can_be_searched(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    with Library(path) as library:
        ask = library.connection.execute
        todo = "SELECT kind, count(*) FROM search_todo GROUP BY kind ORDER BY kind"
        assert ask(todo).fetchall() == [("article", 1), ("highlight", 1)]
        ask("DELETE FROM search_todo")
        (uid,) = library.articles.in_order()
        ana = library.annotator("ana")
        change = Change("article", uid, {"title": "Other"}, {"title": None})
        library.log.commit(Group("details", ana, uid, (change,)))
        assert ask(todo).fetchall() == [("article", 1)]
        history.undo(library, uid, ana)
        history.undo(library, uid, ana)
        assert ask(todo).fetchall() == [("article", 1), ("highlight", 1)]
        library.log.rebuild()
    assert doctor.examine(path).findings == []


def test_the_eighth_version_gets_sources_relations_and_evidence(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    with Library(path) as library:
        ask = library.connection.execute
        (article,) = library.articles.in_order()
        ana = library.annotator("ana")
        version = library.articles.get(article).version_uid
        (mark,) = library.highlights.overlapping(version, ana, 0, 99)
        source = {"name": "The ministry", "kind": "organisation", "naming": "named"}
        library.log.commit(Group("source", ana, None, (Change("source", "s1", source),)))
        hops = [{"source": "s1", "mention": None, "cue": None}, {"source": None}]
        fields = {"highlight_uid": mark.uid, "voice": "indirect", "hops": hops}
        said = Change("attribution", "a1", fields)
        found = Change("evidence", "e1", {"annotator_uid": ana, "citation": "Its own page"})
        link = {"evidence_uid": "e1", "highlight_uid": mark.uid, "stance": "supports"}
        library.log.commit(
            Group("evidence", ana, None, (found,)),
            Group("attribution", ana, article, (said, Change("evidence_link", "l1", link))),
        )
        ((judgement, rev),) = ask("SELECT uid, rev FROM judgement WHERE highlight_uid IS NOT NULL")
        value = {"codebook_version": BOOK.version, "code": "refuted", "because": ["e1"]}
        before = {"value": {"codebook_version": BOOK.version, "code": "corroborated"}}
        change = Change("judgement", judgement, {"value": value}, before)
        library.log.commit(Group("tag", ana, article, (change,)), guarded=True)
        shown = "SELECT code, because, rev FROM judgement WHERE uid = ?"
        assert ask(shown, (judgement,)).fetchone() == ("refuted", '["e1"]', rev + 1)
        chain = "SELECT position, source_uid FROM hop ORDER BY position"
        assert ask(chain).fetchall() == [(0, "s1"), (1, None)]
        kept = state(library)
        library.log.rebuild()
        assert state(library) == kept
        assert history.undo(library, article, ana)
        assert ask(shown, (judgement,)).fetchone()[:2] == ("corroborated", None)
        assert history.undo(library, article, ana)
        assert ask(chain).fetchall() == []
        ghost = Change("evidence_link", "l2", {**link, "highlight_uid": "nobody"})
        with pytest.raises(ChangeRefused):
            library.log.commit(Group("evidence", ana, article, (ghost,)), guarded=True)
    assert doctor.examine(path).findings == []


def test_notes_being_typed_are_kept_and_other_things_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    with sqlite3.connect(path) as connection:
        (version,) = connection.execute("SELECT uid FROM article_version").fetchone()
        (ana,) = connection.execute("SELECT uid FROM annotator WHERE handle = 'ana'").fetchone()
        connection.execute(
            "INSERT INTO draft VALUES (?, ?, 2, 9, 'half a no', '2026-01-01T00:00:00.000Z')",
            (ana, version),
        )
    connection.close()
    where = (ana, version, 2, 9)
    with Library(path) as library:
        assert library.drafts.get(*where) == "half a no"
        library.drafts.keep(*where, "{}", "2026-01-02T00:00:00.000Z", kind="evidence")
        library.drafts.keep(ana, version, 3, 7, "{}", "2026-01-02T00:00:00.000Z", kind="relation")
        assert library.drafts.get(*where) == "half a no"
        assert library.articles.begun_notes(ana, version) == [(2, 9)]
        assert library.drafts.begun(ana, version) == [(2, 9)]
        library.drafts.drop(*where)
        assert library.drafts.get(*where) is None
        begun = library.drafts.take(*where, kind="evidence")
        assert begun is not None
        assert begun.text == "{}"
    assert doctor.examine(path).findings == []


def test_bringing_up_to_date_tells_how_far_it_is_and_can_be_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    before = dump(path)
    monkeypatch.setattr(progress, "_PAUSE_S", 0)
    monkeypatch.setattr(progress, "_STEPS", 50)

    def had_enough(words: str) -> None:
        if "tables" in words:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Library(path, told=had_enough)
    assert dump(path) == before
    said: list[str] = []
    with Library(path, told=said.append) as library:
        (notice,) = library.notices
        kept = backup.backups_of(path)[-1]
        assert notice.endswith(f"As it was before, it is kept in {kept}.")
    assert all(words.startswith("Bringing library.db up to date (0 MB): ") for words in said[:-1])
    told = [words.partition("): ")[2] for words in said]
    assert told[0] == "backup"
    assert "backup, 0 MB of 0 MB" in told
    assert "the backup is checked" in told
    assert "tables, 0 s so far" in told
    assert said[-1] == ""
    with Library(path, told=said.append) as library:
        assert not library.notices


def test_whoever_leaves_does_not_wait_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    first_version(path)
    before = dump(path)
    monkeypatch.setattr(progress, "_PAUSE_S", 0)
    monkeypatch.setattr(progress, "_STEPS", 50)
    begun, go_on = threading.Event(), threading.Event()

    def told(words: str) -> None:
        begun.set()
        go_on.wait(5)

    database = Database(path, told=told)
    job = database.submit(lambda library: library.path)
    assert begun.wait(5)
    database.end()
    go_on.set()
    with pytest.raises(KeyboardInterrupt):
        job.result(5)
    database.close()
    assert dump(path) == before
