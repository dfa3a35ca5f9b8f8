"""Likelihood and reason of a judgement: asked for, and asked softly when a tag is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.services.exchange import exporting
from reader.services.settings.fields import Settings
from reader.storage.library import Library
from reader.tui.reading import reasons
from tests.tui.reading_harness import Reader, article, reading


def panel(reader: Reader) -> str:
    """The words in the panel, as if it were one line."""
    region = reader.screen.panel.region
    rows = reader.lines[region.y : region.bottom]
    return " ".join(" ".join(row[region.x :].replace("▌", "") for row in rows).split())


async def judgement(reader: Reader):
    (highlight,) = await reader.stored()
    (found,) = highlight.judgements
    return found


async def test_why_is_asked_softly_and_never_in_the_way(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        await reader.press("j", "6")
        assert "why?" not in reader.status
        await reader.press("2")
        assert "why? R to say" in reader.status
        await reader.press("j")
        assert "why?" not in reader.status
        await reader.press("k", "4")
        assert "note? a" in reader.status  # as contested asks for a relation
        await reader.press("R")
        assert "Why? ! doubtful" in reader.text
        await reader.type("told second hand\n")
        found = await judgement(reader)
        assert (found.code, found.reason) == ("doubtful", "told second hand")
        assert "why?" not in reader.status
        assert "note?" not in reader.status
        assert "reason told second hand" in panel(reader).partition("history")[2]
        assert "incomplete" not in reader.text  # a reason is as good as a note
        await reader.press("R")
        assert "told second hand" in reader.text
        await reader.press("escape", "u")
        assert (await judgement(reader)).reason is None
        assert "incomplete: wants a note" in reader.text
        await reader.press("ctrl+r", "5")
        assert (await judgement(reader)).reason is None  # of another tag
        await reader.burst("R", *"so", "enter", "j")
        assert (await judgement(reader)).reason == "so"
        await reader.press("k", "R")
        assert "Enter or Esc saves" in reader.text
        await reader.type(" it seems")
        await reader.press("escape", "j")  # what was typed is not thrown away
        assert (await judgement(reader)).reason == "so it seems"
        assert reader.here == 'Second comes "a quoted one", he said.'
        await reader.consistent()


async def test_why_is_not_asked_if_the_settings_say_so(tmp_path: Path) -> None:
    settings = Settings({"ask_reason": False})
    async with reading(tmp_path / "l.db", article(tmp_path), settings=settings) as reader:
        await reader.press("j", "6", "2")
        assert "why?" not in reader.status


async def test_a_likelihood_is_typed_as_number_or_word(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    async with reading(path, article(tmp_path)) as reader:
        await reader.press("j", "%")
        assert reader.said == ["There is no tag here to say that of. Set a tag first."]
        await reader.press("2", "%")
        await reader.type("70")
        assert "70 % (likely)" in reader.text
        await reader.press("backspace", "backspace")
        await reader.type("100")
        assert "100 % (outside the words of ICD 203)" in reader.text
        await reader.type("1\n")
        assert "1001 is no likelihood." in reader.text
        await reader.press(*["backspace"] * 4)
        await reader.type("very likely\n")
        assert (await judgement(reader)).likelihood == 88
        assert "88 % (very likely)" in reader.text
        await reader.press("%", "backspace", "backspace", "enter")
        assert (await judgement(reader)).likelihood is None
        await reader.press("u")
        assert (await judgement(reader)).likelihood == 88
        await reader.press("tab", "%", "backspace", "backspace", *"30%", "enter")
        assert (await judgement(reader)).likelihood == 30
        assert [group[1] for group in await reader.groups()][-1] == "likelihood 30 %"
    with Library(path) as library:
        book = library.codebooks.used()[0]
        file = tmp_path / "out.csv"
        exporting.export_csv(library, None, file, codebook=book)
        assert ',"30",' in file.read_text() or ",30," in file.read_text()


async def test_what_a_tag_means_stands_in_the_panel(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        await reader.press("j", "3")
        definition = reader.screen.session.facet.tags[2].definition
        assert f"means {definition}" in panel(reader)


async def test_a_single_judgement_is_no_bulk_however_busy_the_machine_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasons, "SLICE_S", 0.0)
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        await reader.press("j", "2", "%")
        await reader.type("30\n")
        assert [group[1] for group in await reader.groups()][-1] == "likelihood 30 %"
