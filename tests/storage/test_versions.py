"""Several versions of one article: which is current, undone, exchanged, rebuilt."""

from pathlib import Path

import pytest

from reader.domain.errors import ChangedMeanwhile, ChangeRefused
from reader.domain.highlight import Anchor, Fate
from reader.domain.operation import Change
from reader.services.annotating import history
from reader.services.care import doctor
from reader.services.exchange import logs as exchange
from reader.storage import capturing
from reader.storage.library import Library
from tests.storage.log_desk import TEXT, Desk, draft
from tests.storage.stored import state

NEW = "One is not here. Two is there.\n\nThree."


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "reader.db") as library:
        yield library


def place(version: str, text: str, start: int, end: int) -> dict[str, object]:
    anchor = Anchor.of(text, start, end)
    return {
        "version_uid": version,
        "start": start,
        "end": end,
        "extra_spans": [],
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
    }


def versions(library: Library, article: str) -> list[tuple[str, bool]]:
    found = library.articles.versions(article)
    return [(library.articles.version(row.uid).text, row.current) for row in found]


def test_a_version_is_added_and_undone_with_what_was_carried_over(
    library: Library, tmp_path: Path
) -> None:
    desk = Desk(library)
    uid = desk.mark(13, 26)
    old = place(desk.article.version_uid, TEXT, 13, 26)
    with pytest.raises(ChangeRefused):
        capturing.add_version(library, "no-article", draft(NEW), desk.me)
    new = capturing.add_version(library, desk.article.uid, draft(NEW), desk.me)
    assert history.undo(library, desk.article.uid, desk.me).summary == "another version"
    carried = {**place(new, NEW, 17, 30), "fate": "check", "was": old}
    change = Change("highlight", uid, carried, {**old, "fate": None, "was": None})
    wrong = Change("highlight", uid, carried, {**old, "start": 12, "fate": None, "was": None})
    with pytest.raises(ChangedMeanwhile):
        capturing.add_version(library, desk.article.uid, draft(NEW), desk.me, [wrong])
    assert versions(library, desk.article.uid) == [(TEXT, True), (NEW, False)]
    assert capturing.add_version(library, desk.article.uid, draft(NEW), desk.me, [change]) == new
    assert versions(library, desk.article.uid) == [(TEXT, False), (NEW, True)]

    (found,) = library.highlights.overlapping(new, desk.me, 0, 99)
    assert (found.uid, found.fate, found.was.exact) == (uid, Fate.CHECK, "Two is there.")
    assert found.is_unconfirmed
    rows = library.connection.execute(
        "SELECT text, fate, earlier_text, article_sha256 FROM highlights"
    )
    sha256 = library.articles.versions(desk.article.uid)[1].sha256
    assert rows.fetchall() == [("Two is there.", "check", "Two is there.", sha256)]
    rows = library.connection.execute("SELECT characters, highlights, versions FROM articles")
    assert rows.fetchall() == [(len(NEW), 1, 2)]

    exchange.export_jsonl(library, tmp_path / "all.jsonl")
    with Library(tmp_path / "other.db") as other:
        assert exchange.import_jsonl(other, tmp_path / "all.jsonl").is_whole
        assert versions(other, desk.article.uid) == versions(library, desk.article.uid)
        assert other.highlights.overlapping(new, desk.me, 0, 99) == [found]
    before = state(library)
    library.log.rebuild()
    assert state(library) == before
    assert doctor.examine(library.path).findings == []

    assert history.undo(library, desk.article.uid, desk.me)
    assert versions(library, desk.article.uid) == [(TEXT, True), (NEW, False)]
    (found,) = library.highlights.overlapping(desk.article.version_uid, desk.me, 0, 99)
    assert (found.start, found.fate, found.was) == (13, None, None)


def test_a_page_that_goes_back_to_what_it_was_has_its_first_version_again(library: Library) -> None:
    desk = Desk(library)
    capturing.add_version(library, desk.article.uid, draft(NEW), desk.me)
    assert (
        capturing.add_version(library, desk.article.uid, draft(TEXT), desk.me)
        == desk.article.version_uid
    )
    assert versions(library, desk.article.uid) == [(TEXT, True), (NEW, False)]
    assert library.articles.get(desk.article.uid).version_uid == desk.article.version_uid


def test_without_a_word_on_it_the_version_captured_last_is_the_current_one(
    library: Library,
) -> None:
    desk = Desk(library)
    capturing.add_version(library, desk.article.uid, draft(NEW), desk.me)
    library.connection.execute("UPDATE article SET version_uid = NULL")
    assert versions(library, desk.article.uid) == [(TEXT, False), (NEW, True)]
    capturing.add_version(library, desk.article.uid, draft(TEXT), desk.me)
    assert history.undo(library, desk.article.uid, desk.me)
    assert versions(library, desk.article.uid) == [(TEXT, False), (NEW, True)]
