"""The claim of a statement and the list of claims: shown, opened in place, left again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.reading_harness import article, reading

OTHER = """\
Another report

First comes a plain statement, they say. The minister says that nothing of it is so.
"""


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_claim_is_shown_and_its_statements_are_opened(tmp_path: Path, size) -> None:
    db, other = tmp_path / "l.db", article(tmp_path, OTHER, "other.txt")
    async with reading(db, article(tmp_path), other, size=size) as r:
        first = r.screen
        await r.press("j", "M")
        assert "No other statement" in r.said[-1]
        await r.press("2", "r", "J", "j", "enter", "=", "enter")
        await r.press("J", "j", "j", "r", "k", "enter", "d", "enter", "K")
        assert r.here.startswith("First comes a plain statement.")
        await r.press("M")
        assert "2 assert, 1 denies"[: size[0] // 4] in r.text
        assert "“First comes a plain statement" in r.text
        assert sum("asserts" in line for line in r.lines) == 2 or size[1] < 20
        assert "denies" in r.text or size[1] < 20
        await r.press("G", "j", "j", "j", "enter")  # the last of them, in the other article
        assert r.screen is not first
        assert r.here.startswith(("The minister", "First comes a plain statement, they say"))
        await r.press("G", "M")  # the one that denies it leads there as well
        assert "asserts" in r.text
        await r.press("escape")
        await r.press("4", "q")
        assert "Claim" in r.text  # back there
        await r.press("escape")
        assert r.screen is first
        await r.consistent()


async def test_all_claims_are_listed_from_the_palette(tmp_path: Path) -> None:
    db, other = tmp_path / "l.db", article(tmp_path, OTHER, "other.txt")
    async with reading(db, article(tmp_path), other) as r:
        await r.press(":")
        await r.type("all claims")
        await r.press("enter")
        assert "No statements make one claim" in r.said[-1]
        await r.press("j", "r", "j", "enter", "r", "enter")
        await r.press(":")
        await r.type("all claims")
        await r.press("enter")
        assert "First comes a plain statement." in r.text
        assert "1 article" in r.text
        await r.press("enter")
        assert "2 assert" in r.text
        await r.press("escape")
        assert "Claims" in r.text
        await r.press("escape")
        assert r.screen.mode == "READ"
