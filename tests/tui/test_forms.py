"""What is the same in all forms: arrows go from field to field, F1 tells the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from reader.tui.relating.evidence_form import EvidenceForm
from reader.tui.screens.dialogs.details import DetailsDialog
from reader.tui.screens.dialogs.help import HelpDialog
from tests.tui.reading_harness import Reader, article, reading


def fields(r: Reader) -> int:
    return len([each for each in r.app.screen.query("*") if each.focusable])


async def test_arrows_go_from_field_to_field_and_f1_tells_the_keys(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "I")
        assert isinstance(r.app.screen, DetailsDialog)
        first, met = r.app.focused, []
        for _ in range(fields(r)):
            met.append(r.app.focused)
            await r.press("down")
        assert r.app.focused is first
        assert len(set(met)) == len(met)
        await r.press("up", "up")
        assert r.app.focused is met[-2]
        area = r.app.screen.query_one(TextArea)
        area.focus()
        await r.press("x", "enter", "up", "down", "down")  # there is text to move in
        assert r.app.focused is area

        await r.press("f1")
        assert isinstance(r.app.screen, HelpDialog)
        assert "Save and leave" in r.text
        await r.press("f1")
        assert isinstance(r.app.screen, DetailsDialog)
        assert r.app.focused is area
        await r.press("y", "ctrl+s")

        await r.press("e", "a", "down", *"Cite", "f1", "escape", "down", "up", "!")
        assert isinstance(r.app.screen, EvidenceForm)
        assert r.app.screen.query(Input).first().value == "Cite!"
        await r.press("escape", "escape")

        await r.press("a", *"half", "f1")
        assert isinstance(r.app.screen, HelpDialog)
        assert "Go on in the editor of your own" in r.text
        await r.burst("escape", *"way", "ctrl+s")
        assert [item.note for item in await r.stored() if item.note] == ["halfway"]

        await r.press("t", "f1")
        assert "Go to the next one" in r.text
        await r.press("escape", *"plaus", "enter")
        assert (await r.groups())[-1][0] == "tag"


async def test_a_message_leaves_a_low_window_with_the_next_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=(40, 12)) as r:
        monkeypatch.setattr("reader.tui.notices.READ_SECONDS", 60.0)
        r.screen.say("Something is to be told.")
        await r.press("j")  # at once: it may not have been read
        assert "Something is to be told." in r.said
        monkeypatch.setattr("reader.tui.notices.READ_SECONDS", -1.0)
        await r.press("j")
        assert r.said == []
