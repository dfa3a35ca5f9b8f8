"""Tags made while reading: typed in the palette, kept in one's own codebook, set at once."""

from __future__ import annotations

import concurrent.futures
from pathlib import Path

import pytest

from reader.assets import load_builtin
from reader.domain.codebook import parse_codebook
from reader.domain.errors import ReaderError, UsageError
from reader.domain.text import Span
from reader.services.annotating.tagging import Wish, tag
from reader.services.capturing import adding
from reader.services.codebooks import finding as codebooks
from reader.services.codebooks import own_tags
from reader.services.exchange import logs as exchange
from reader.services.places import codebooks_path
from reader.services.reading.beginning import load_session
from reader.services.showing import version_of
from reader.storage.library import Library
from tests.tui.reading_harness import article, reading


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def own():
    return parse_codebook((codebooks_path() / "own.toml").read_text("utf-8"))


async def test_a_new_label_becomes_a_tag_that_is_set_at_once(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    async with reading(path, article(tmp_path)) as reader:
        await reader.press("j", "t")
        await reader.type("Blame shifting")
        assert "new tag “Blame shifting”" in reader.text
        await reader.press("escape")
        assert not codebooks_path().exists()
        await reader.burst("t", *"Blame", "space", *"shifting", "enter", "j", "2")
        assert await reader.tags() == {
            "First comes a plain statement.": ["blame-shifting"],
            'Second comes "a quoted one", he said.': ["plausible"],
        }
        assert own().version == 1
        await reader.press("k")
        await reader.until(lambda: "▌  B Blame shifting" in reader.text)
        await reader.press("j", "t")
        await reader.type("BLAME SHIFTING")
        assert "new tag" not in reader.text  # there is one: Enter takes it
        await reader.press("enter", "t")
        await reader.type("irony\n")
        assert (own().version, own().sha256 != "") == (2, True)
        second = (await reader.tags())['Second comes "a quoted one", he said.']
        assert sorted(second) == ["blame-shifting", "irony", "plausible"]
        await reader.press("u")
        assert "irony" not in (await reader.tags())['Second comes "a quoted one", he said.']
        await reader.press("ctrl+r", ".")
        await reader.consistent()
    async with reading(path, article(tmp_path)) as reader:  # another day
        await reader.press("t")
        await reader.type("irony")
        assert "new tag" not in reader.text
        await reader.press("escape", "]", "[")
        await reader.until(lambda: "Blame shifting" in reader.text)
    with Library(path) as library:
        assert [book.version for book in library.codebooks.used() if book.id == own().id] == [1, 2]
        before = [[*library.connection.execute(f"SELECT * FROM {t}")] for t in ("judgement", "tag")]
        library.log.rebuild()
        after = [[*library.connection.execute(f"SELECT * FROM {t}")] for t in ("judgement", "tag")]
        assert [len(rows) for rows in before] == [len(rows) for rows in after]


async def test_the_active_codebook_grows_when_it_is_ones_own(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        own_tags.make(library, "one")
    async with reading(tmp_path / "l.db", article(tmp_path), codebook="own") as reader:
        await reader.press("j", "t")
        await reader.type("two\n")
        await reader.press("1")
        assert (await reader.tags())["First comes a plain statement."] == ["one", "two"]
        await reader.press("2")
        assert (await reader.tags())["First comes a plain statement."] == ["one"]
        assert "2 T two" in reader.text
        await reader.consistent()
        await reader.press("t")  # it is called by its title, not by the id that chance made
        assert "My own tags 1" in reader.text
        assert own().id not in reader.text
        await reader.press("escape", "ctrl+p")
        await reader.type("choose codebook\n")
        assert "My own tags" in reader.text
        assert own().id not in reader.text
        await reader.press("escape", "L")
        assert "My own tags" in reader.text.replace("\N{NO-BREAK SPACE}", " ")
        assert own().id not in reader.text


async def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    codebooks_path().parent.mkdir(parents=True)
    codebooks_path().write_text("no folder")
    await _refused(tmp_path)


async def test_a_broken_file_is_told_and_left(tmp_path: Path) -> None:
    codebooks_path().mkdir(parents=True)
    (codebooks_path() / "own.toml").write_text("format = 3")
    await _refused(tmp_path)
    assert (codebooks_path() / "own.toml").read_text() == "format = 3"


async def _refused(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        await reader.press("j", "t")
        await reader.type("irony\n")
        assert reader.said
        assert "codebooks" in reader.said[-1] or "own.toml" in reader.said[-1]
        assert await reader.stored() == []
        await reader.press("1")  # and everything goes on
        assert len(await reader.stored()) == 1


def test_many_at_once_lose_no_tag(tmp_path: Path) -> None:
    def make(number: int) -> int:
        with Library(tmp_path / f"{number % 3}.db") as library:
            return own_tags.make(library, f"tag {number % 8}")[0].version

    for number in range(3):
        Library(tmp_path / f"{number}.db").close()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(16)))
    assert sorted(tag.label for tag in own().facets[0].tags) == [f"tag {n}" for n in range(8)]
    assert own().version == 8


def test_two_peoples_own_codebooks_stay_two(tmp_path: Path, monkeypatch) -> None:
    libraries = []
    for who in ("ana", "ben"):
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / who))
        with Library(tmp_path / f"{who}.db") as library:
            libraries.append((library.path, own_tags.make(library, f"seen by {who}")[0].id))
    assert libraries[0][1] != libraries[1][1]
    with Library(libraries[0][0]) as library:
        assert exchange.merge_library(library, libraries[1][0]).is_whole


def test_what_no_label_can_be_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    with Library(tmp_path / "l.db") as library:
        for wrong in ("", " ", "x" * 41, "a\x1bb"):
            with pytest.raises(UsageError):
                own_tags.make(library, wrong)
        assert not codebooks_path().exists()
        book, _, tag = own_tags.make(library, "  two   words ")
        assert tag.label == "two words"
        source = book.source.replace("[[facet]]", "# mine\n[[facet]]").replace("My own", "My")
        (codebooks_path() / "own.toml").write_text(source, "utf-8")
        again = own_tags.make(library, "more")[0]
        assert "# mine" in again.source
        assert again.title == "My tags"
        assert codebooks.find(library, again.id) == codebooks.find(library, "own") == again
        with pytest.raises(ReaderError, match="no codebook nothing"):
            codebooks.find(library, "nothing")


def test_a_year_of_ones_own_tags_costs_no_time_to_open(tmp_path: Path, monkeypatch) -> None:
    parsed: list[str] = []
    monkeypatch.setattr(
        "reader.storage.codebooks.parse_codebook",
        lambda source, name: (parsed.append(name), parse_codebook(source))[1],
    )
    with Library(tmp_path / "l.db") as library:
        me = library.annotator("ana")
        uid = adding.add_file(library, article(tmp_path), me).article.uid
        version = version_of(library, library.articles.get(uid))
        for number in range(12):
            book, _, made = own_tags.make(library, f"tag {number}")
            span = Span(number, number + 3)
            tag(library, library.articles.get(uid), version, span, me, book, Wish((made.code,)))
        parsed.clear()
        session = load_session(library, uid, me, load_builtin("credibility-7"))
        assert parsed == []
        labels = [session.tag_of(item.judgements[0]).label for item in session.annotations.index]
        assert labels == [f"tag {number}" for number in range(12)]
        assert parsed == [book.id]
