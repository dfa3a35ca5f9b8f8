"""The export dialog by keys: each format of the registry is written as the command line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.registry import FORMATS
from reader.tui.exporting import WRITERS
from tests.tui.reading_harness import article, reading


async def test_every_format_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(WRITERS) == {item.id for item in FORMATS if item.writes}
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4", "a", "x", "escape")
        for turns, item in enumerate(FORMATS):
            await r.press("E", "tab", *["space"] * turns, "enter")
            await r.until(lambda: any("Wrote" in said for said in r.said))
            await r.until(lambda: r.app.screen is r.screen)
            name = "highlights" if item.whole else "A-headline-that-says-little"
            text = (tmp_path / f"{name}{item.suffix}").read_text("utf-8")
            assert "First comes a plain statement." in text
            r.app.clear_notifications()
        assert "⟦¹First comes a plain statement.⟧!¹" in (
            tmp_path / "A-headline-that-says-little.md"
        ).read_text("utf-8")
