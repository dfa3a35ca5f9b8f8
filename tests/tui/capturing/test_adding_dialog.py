"""Adding articles from the list: a file, a folder, a text that is pasted; failures; cancelling."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from reader.capture import sandbox
from reader.capture.extractors import EXTRACTORS, MB, Extractor
from reader.tui.capturing.dialog import AddDialog, is_article, plain_path
from reader.tui.capturing.taking import TakingDialog
from reader.tui.library.screen import LibraryScreen
from tests.tui.reading_harness import ARTICLE, Reader, article, reading

PASTED = "The first paragraph was pasted. It has two sentences.\n\nThe second one is here.\n"


async def titles(r: Reader) -> list[str]:
    rows = await r.run(
        lambda library: library.connection.execute(
            "SELECT coalesce(title, text) FROM article JOIN article_version"
            " ON article_version.article_uid = article.uid"
        ).fetchall()
    )
    return sorted(name.strip() for (name,) in rows)


async def paste(r: Reader, text: str) -> None:
    r.app.post_message(events.Paste(text))
    await r.rest()


async def added(r: Reader) -> None:
    """Wait until the list is back and what was added is in it."""
    await r.until(lambda: isinstance(r.app.screen, LibraryScreen))
    await r.rest()


async def test_a_file_a_folder_and_what_cannot_be_read(tmp_path: Path) -> None:
    one = article(tmp_path, name="one story.txt")
    place = tmp_path / "more"
    place.mkdir()
    article(place, "Another story is here. It has two.\n", "b.txt")
    article(place, "A third.\n", "c.txt")
    (place / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    async with reading(tmp_path / "l.db") as r:
        assert "a adds your own" in r.text
        await r.press("a")
        await paste(r, str(tmp_path / "one"))
        assert "There is no file" in r.text
        await r.press("enter")
        assert isinstance(r.app.screen, AddDialog)
        await r.press("tab")  # completes
        assert "A file of 2" in r.text
        await r.press("enter")
        await added(r)
        assert r.said == ["Added “A headline that says little”."]
        await r.press("a")
        await paste(r, f"'{place}'")
        assert "all articles in it and below it are added" in r.text
        await r.press("enter")
        await r.until(lambda: "this is a picture (PNG)" in r.text)
        assert "2 added, 1 not read." in r.text
        assert "picture.md" in r.text
        await r.press("enter")
        await added(r)
        assert await titles(r) == [
            "A headline that says little", "A third.", "Another story is here. It has two.",
        ]  # fmt: skip
        current = r.library_screen.articles.current
        assert r.library_screen.articles.items[current].name == "A third."
        await r.press("a")
        await paste(r, str(one))
        await r.press("enter")
        await added(r)
        assert "“A headline that says little” is in the library already." in r.said


async def test_a_pasted_text_becomes_an_article_with_a_title_or_without(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db") as r:
        r.app.post_message(events.Paste(PASTED))  # onto the list itself
        await r.until(lambda: isinstance(r.app.screen, AddDialog))
        await r.rest()
        assert f"Pasted: {len(PASTED)} characters in 3 lines." in r.text
        await r.type("My title")
        await r.press("enter")
        await added(r)
        await r.press("a")
        r.app.post_message(events.Paste(ARTICLE.replace("A headline", "Another headline")))
        await r.rest()
        await r.press("enter")
        await added(r)
        assert await titles(r) == ["Another headline that says little", "My title"]
        assert len(await r.run(lambda library: library.articles.with_origin("pasted"))) == 2
        await r.press("a", "escape")
        assert isinstance(r.app.screen, LibraryScreen)


async def test_reading_can_be_cancelled_and_keeps_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Extractor("tests.capture.misbehaving", "an odd file", MB, "")
    monkeypatch.setitem(EXTRACTORS, "pdf", odd)
    code = "from reader.capture.extractors import EXTRACTORS, Extractor; "
    code += f"EXTRACTORS['pdf'] = Extractor({odd.module!r}, '', 0, ''); main()"
    monkeypatch.setattr(sandbox, "_CODE", sandbox._CODE.replace("main()", code))
    kinds = {b"sleep": "pdf"}
    monkeypatch.setattr("reader.capture.kinds.kind_of", lambda raw, _: kinds.get(raw, "plain"))
    article(tmp_path, "A first one.\n", "a.txt")
    article(tmp_path, "sleep", "b.txt")
    article(tmp_path, "A last one.\n", "c.txt")
    async with reading(tmp_path / "l.db") as r:
        await r.press("a")
        await paste(r, str(tmp_path))
        r.app.post_message(events.Key("enter", "\r"))
        await r.until(lambda: "2 of 3 files · 1 of 2 parts read" in r.text)
        assert "b.txt" in r.text
        assert isinstance(r.app.screen, TakingDialog)
        r.app.post_message(events.Key("escape", None))
        await added(r)
        assert "1 added; cancelled." in r.said
        assert await titles(r) == ["A first one."]


def test_what_is_pasted_is_a_path_or_an_article() -> None:
    assert not is_article("/tmp/a file.txt\n")
    assert is_article("One.\nTwo.")
    assert is_article("word " * 100)
    assert plain_path("'/tmp/it is'") == "/tmp/it is"
    assert plain_path("file:///tmp/a%20b.txt") == "/tmp/a b.txt"
    assert plain_path("/tmp/a\\ b.txt ") == "/tmp/a b.txt"
    assert plain_path("~/x") == str(Path.home() / "x")
