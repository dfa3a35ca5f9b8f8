"""Which codebooks are found, and that a known version never changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader import assets
from reader.cli import output
from reader.cli.main import run
from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.errors import CodebookError, ReaderError
from reader.domain.text import Role, Span
from reader.services.annotating.tagging import Wish, tag
from reader.services.codebooks import finding as codebooks
from reader.services.places import codebooks_path
from reader.services.reading.beginning import begin
from reader.services.showing import version_of
from reader.storage import capturing
from reader.storage.library import Library

VERDICT = assets.load_builtin("verdict-6").source
FIRST = assets.builtin_version("verdict-6", 1).source
OWN = FIRST.replace('"verdict-6"', '"my-verdict"', 1)
COLOR = assets.load_builtin("verdict-6").facets[0].tags[0].color


def other(source: str) -> str:
    """The same codebook with another colour, which nothing else in it has."""
    changed = source.replace(COLOR, "#A0FFA0", 1)
    assert changed != source
    return changed


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    codebooks_path().mkdir(parents=True)


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "l.db") as opened:
        yield opened


def written(path: Path, source: str) -> str:
    path.write_text(source, "utf-8")
    return str(path)


def use(library: Library, path: str) -> None:
    """Set a tag of a codebook file, so that the library keeps the codebook."""
    me = library.annotator("ana")
    table = BlockTable()
    table.append(0, 12, Role.BODY)
    made = ArticleDraft("One is here.", table, b"x", "/tmp/a.txt", "text/plain", "plain/1")
    article, _ = capturing.add(library, made, me)
    book = codebooks.find(library, path)
    wish = Wish(codes=(book.facets[0].tags[0].code,))
    tag(library, article, version_of(library, article), Span(0, 12), me, book, wish)


def test_a_built_in_version_with_other_content_is_refused(library, tmp_path):
    for version, source in (("2", VERDICT), ("1", FIRST)):  # now, and in an earlier program
        path = written(tmp_path / "v.toml", other(source))
        for where in (library, None):
            with pytest.raises(CodebookError, match=f"verdict-6 version {version} is") as caught:
                codebooks.find(where, path)
            assert "Raise the version" in caught.value.hint
            assert "another id" in caught.value.hint


def test_the_same_content_or_another_version_or_id_is_taken(library, tmp_path):
    newer = other(VERDICT).replace("version = 2", "version = 3")
    assert "version = 3" in newer
    for source in (VERDICT, FIRST, VERDICT.replace("\n", "\r\n"), newer, other(OWN)):
        path = tmp_path / "v.toml"
        path.write_bytes(source.encode())
        assert codebooks.find(library, str(path)).source == source.replace("\r\n", "\n")


def test_a_used_version_with_other_content_is_refused_when_the_screen_starts(library, tmp_path):
    path = written(tmp_path / "own.toml", OWN)
    use(library, path)
    assert begin(library, "ana", path).codebook.id == "my-verdict"
    written(tmp_path / "own.toml", other(OWN))
    before = list(library.codebooks.used())
    with pytest.raises(CodebookError, match="my-verdict version 1 has been used in this library"):
        begin(library, "ana", path)
    assert library.codebooks.used() == before
    assert codebooks.find(library, "my-verdict").source == OWN  # what was used is still there


def test_a_file_of_the_folder_that_changes_a_known_version_is_left_out(library):
    mine = codebooks_path() / "my-verdict.toml"
    use(library, written(mine, OWN))
    written(codebooks_path() / "verdict-6.toml", other(VERDICT))
    written(mine, other(OWN))
    found = {book.id: book for book in codebooks.available(library)}
    assert found["verdict-6"].source == VERDICT
    assert found["my-verdict"].source == OWN
    with pytest.raises(CodebookError, match="with other content"):
        codebooks.find(library, "my-verdict")
    written(mine, other(OWN).replace("version = 1", "version = 2"))
    found = {book.id: book for book in codebooks.available(library)}
    assert found["my-verdict"].version == 2


def command(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    try:
        status = run(["--db", str(path), "--annotator", "ana", *words])
    except ReaderError as error:
        status = output.failure(error, as_json=False)
    printed = capsys.readouterr()
    return status, printed.out + printed.err


def test_commands_refuse_a_changed_version(tmp_path, capsys):
    database = tmp_path / "l.db"
    path = written(tmp_path / "own.toml", other(VERDICT))
    status, said = command(database, capsys, "codebook", "check", path)
    assert (status, "built in" in said) == (2, True)
    assert not database.exists()
    written(tmp_path / "own.toml", OWN)
    assert command(database, capsys, "codebook", "check", path)[0] == 0
    assert not database.exists()
    with Library(database) as library:
        use(library, path)
    assert command(database, capsys, "codebook", "check", path)[0] == 0
    written(tmp_path / "own.toml", other(OWN))
    for words in (("codebook", "check", path), ("stats", "--codebook", path)):
        status, said = command(database, capsys, *words)
        assert (status, "used in this library" in said) == (2, True), said
