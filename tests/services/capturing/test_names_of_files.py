"""A file is one article by whichever of its names it is given, links apart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.domain.errors import UsageError
from reader.services import articles
from reader.services.articles import names_of
from reader.services.capturing import adding
from reader.storage.library import Library


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("app", "own"):
        (tmp_path / name).mkdir()
    (tmp_path / "own" / "clinic.txt").write_text("One. Two.\n", "utf-8")
    monkeypatch.chdir(tmp_path / "app")
    return tmp_path


GIVEN = Path("../own/clinic.txt")


def test_a_file_named_in_two_ways_is_the_same(folder: Path) -> None:
    tidy = folder / "own" / "clinic.txt"
    with Library(folder / "l.db") as library:
        me = library.annotator("ana")
        added = adding.add_file(library, GIVEN, me)
        row = library.articles.versions(added.article.uid)[0]
        assert row.origin == str(tidy)
        for name in (GIVEN, tidy, folder / "app" / ".." / "own" / "clinic.txt"):
            assert articles.resolve(library, str(name)) == added.article
        tidy.write_text("One. Two. Three.\n", "utf-8")
        again = adding.add_file(library, tidy, me)
        assert again.changed_since == added.article


def test_what_was_kept_under_an_untidy_name_is_found_by_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    untidy = str(GIVEN.absolute())
    assert ".." in untidy
    with Library(folder / "l.db") as library:
        me = library.annotator("ana")
        with monkeypatch.context() as before:
            before.setattr(adding, "names_of", lambda name: (untidy,))
            added = adding.add_file(library, GIVEN, me)
        assert library.articles.versions(added.article.uid)[0].origin == untidy
        os.utime(GIVEN, (1, 1))
        known = articles.unchanged(library, GIVEN)
        assert known is not None
        assert known.uid == added.article.uid
        assert articles.is_current(library, GIVEN)
        assert articles.resolve(library, str(GIVEN)) == known
        GIVEN.write_text("One. Two. Three.\n", "utf-8")
        assert adding.add_file(library, GIVEN, me).changed_since == known
        GIVEN.unlink()
        assert articles.resolve(library, str(GIVEN)).uid in (known.uid, added.article.uid)


def test_links_are_not_followed_and_lead_where_they_lead(folder: Path) -> None:
    (folder / "far" / "deep").mkdir(parents=True)
    (folder / "far" / "clinic.txt").write_text("Another one.\n", "utf-8")
    (folder / "clinic.txt").write_text("Not this one.\n", "utf-8")
    (folder / "link").symlink_to(folder / "far" / "deep")
    behind = folder / "link" / ".." / "clinic.txt"
    assert names_of(behind) == (str(behind),)
    (folder / "short.txt").symlink_to(folder / "own" / "clinic.txt")
    assert names_of("../short.txt")[0] == str(folder / "short.txt")
    with Library(folder / "l.db") as library:
        added = adding.add_file(library, behind, library.annotator("ana"))
        assert added.name == "Another one."
        with pytest.raises(UsageError):
            articles.resolve(library, str(folder / "clinic.txt"))
