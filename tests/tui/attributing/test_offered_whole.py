"""Whom the picker offers in the samples: nobody by half a name."""

from __future__ import annotations

from pathlib import Path

from reader.assets import seeds_dir
from reader.storage.library import Library
from tests.tui.reading_harness import reading


def known(library: Library) -> list[str]:
    return [source.name for page in library.sources.pages() for source in page]


async def test_the_picker_offers_no_name_that_is_cut_off(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", seeds_dir() / "levees.md") as reader:
        await reader.press("j", "j")
        assert reader.here == "A public audit says that nobody can know."
        await reader.press("s")
        assert "Who said it?" in reader.text
        assert "the departmen " not in reader.text
        await reader.type("departmen")
        await reader.press("enter")
        assert "the departmen" not in await reader.run(known)
