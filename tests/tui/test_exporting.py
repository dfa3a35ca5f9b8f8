"""The export dialog by keys: each format of the registry is written as the command line does."""

from __future__ import annotations

import csv
import threading
from pathlib import Path

import pytest

from reader import assets
from reader.domain.text import Span
from reader.formats.registry import FORMATS
from reader.services.annotating.tagging import Wish, tag
from reader.services.articles import resolve
from reader.services.exchange import logs, watching
from reader.services.showing import version_of
from reader.storage.library import Library
from reader.tui import exporting
from reader.tui.exporting import WRITERS
from reader.tui.widgets.answer_lines import PushLine
from tests.tui.reading_harness import article, key_event, reading


async def test_all_of_the_dialog_is_seen_in_a_low_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(tmp_path / "l.db", article(tmp_path), size=(40, 12)) as r:
        await r.press("j", "2", "E")
        r.app.clear_notifications()
        await r.rest()
        for words in (
            *("Enter exports · Esc leaves", "a new file", "highlight ", "not only this"),
            *("tagged or not", "safe for spreadsheets:", "are disarmed", "  Export "),
        ):
            assert words in r.text, words
        assert "A-headline-that-says-little.csv" in r.text
        for _ in range(5):
            await r.press("tab")
        assert r.app.focused is r.app.screen.query_one(PushLine)
        assert "▌ Export " in r.text
        await r.press("escape", "I")
        seen = ""
        for _ in range(9):  # from field to field, all comes into sight
            seen += r.text
            await r.press("tab")
        for words in ("A headline that", "Verdict", "Labels", "Note", "Title", "Language"):
            assert words in seen
        await r.press("escape")
        said = "a message that is longer than a row of the window"
        r.screen.say(said)
        await r.rest()
        assert "a message that is longer than a row" in r.text
        assert "of the window" in r.text


def _mark_all_as_ben(library: Library) -> None:
    (uid,) = library.articles.in_order()
    found = resolve(library, uid)
    ben, book = library.annotator("ben"), assets.load_builtin("credibility-7")
    wish = Wish(codes=("refuted",))
    tag(library, found, version_of(library, found), Span(0, 10), ben, book, wish)


async def test_every_format_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(WRITERS) == {item.id for item in FORMATS if item.writes}
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "a", "x", "escape")
        for turns, item in enumerate(FORMATS):
            await r.press("E", "tab", *["space"] * turns)
            assert "· Space switches" in " ".join(r.text.replace("│", "").split())
            await r.press("enter")
            await r.until(lambda: any("Wrote" in said for said in r.said))
            await r.until(lambda: r.app.screen is r.screen)
            name = "library" if item.whole else "A-headline-that-says-little"
            text = (tmp_path / f"{name}{item.suffix}").read_text("utf-8")
            assert "First comes a plain statement." in text
            r.app.clear_notifications()
        assert "⟦¹First comes a plain statement.⟧!¹" in (
            tmp_path / "A-headline-that-says-little.md"
        ).read_text("utf-8")
        # Of a library that others work in, only one's own can be written.
        assert "only what is yours" not in r.text
        await r.app.database.run(_mark_all_as_ben)
        for toggle, people in ((["space"], {"ana"}), ([], {"ana", "ben"})):
            await r.press("E", "tab", "tab", "tab")
            assert "only what is yours" in r.text
            await r.press(*toggle, "enter", "enter")
            await r.until(lambda: any("Wrote" in said for said in r.said))
            with (tmp_path / "A-headline-that-says-little.csv").open(encoding="utf-8-sig") as file:
                assert {row["annotator"] for row in csv.DictReader(file)} == people
            r.app.clear_notifications()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
async def test_an_export_says_how_far_it_is_and_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(watching, "STEP", 1)
    monkeypatch.setattr(logs, "STEP", 1)
    monkeypatch.setattr(exporting, "PATIENCE_S", 0.0)
    monkeypatch.setattr(exporting, "TELL_EVERY_S", 0.0)
    goes_on, told = threading.Event(), exporting.Exporting._progress

    def progress(self: exporting.Exporting, rows: int) -> None:
        if rows == 2:
            goes_on.wait(10)
        told(self, rows)

    monkeypatch.setattr(exporting.Exporting, "_progress", progress)
    turns = [item.id for item in FORMATS].index(kind)
    name = FORMATS[turns].suffix
    name = f"library{name}" if FORMATS[turns].whole else f"A-headline-that-says-little{name}"
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "j", "1", "j", "2")
        (tmp_path / name).write_text("as it was", "utf-8")

        async def begin() -> None:
            for key in ("E", "tab", *["space"] * turns):
                await r.press(key)
            await r.press("enter")
            assert "Enter once more replaces it" in r.text
            r.app.post_message(key_event("enter"))
            await r.until(lambda: "export: 1" in r.status or "export: 2" in r.status)
            assert "rows, Esc gives up" in r.status

        await begin()
        r.app.post_message(key_event("3"))  # keys work meanwhile, and are saved
        await r.until(lambda: "saved" in r.lines[0] and r.screen.saver.pending == 0)
        r.app.post_message(key_event("escape"))
        await r.until(lambda: r.app.exporting is None or r.app.exporting._stopped)
        goes_on.set()
        await r.until(lambda: r.app.exporting is None)
        await r.rest()
        assert r.said[-1].startswith("Given up: ")
        assert "Esc gives up" not in r.status
        assert (tmp_path / name).read_text("utf-8") == "as it was"
        assert not list(tmp_path.glob(".reader-*"))
        assert list((await r.tags()).values())[-1] == ["contested"]
        goes_on.clear()
        await begin()
        goes_on.set()
        await r.until(lambda: any("Wrote" in said for said in r.said))
        assert "statement" in (tmp_path / name).read_text("utf-8")
        assert r.app.exporting is None
