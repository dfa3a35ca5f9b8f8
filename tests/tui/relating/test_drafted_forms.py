"""Forms that are being filled in outlive the program, as notes do."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from reader.services.care import doctor
from reader.storage.library import Library
from reader.tui.asking import rest
from reader.tui.relating import drafted, evidence_form
from reader.tui.relating.choosing import RelationDialog
from reader.tui.relating.drafted import KEPT, OFFERED
from reader.tui.relating.evidence_form import EvidenceForm
from tests.tui.reading_harness import Reader, article, reading


async def _drafts(r: Reader) -> list[tuple[str, str]]:
    """Kind and text of all that is kept."""
    query = "SELECT kind, text FROM draft ORDER BY kind"
    return await r.run(lambda library: library.connection.execute(query).fetchall())


async def _kept(r: Reader, words: str) -> None:
    while not any(words in text for _, text in await _drafts(r)):
        await rest(0.01)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafted, "DRAFT_S", 0.01)


async def test_half_typed_evidence_is_offered_again(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "e", "a", "r")
        await r.type("The register")
        await r.press("enter", "enter")
        await r.type("https://exam")
        await _kept(r, "https://exam")
        ((kind, _),) = await _drafts(r)
        assert kind == "evidence"
        query = 'SELECT annotator_uid, version_uid, start, "end" FROM draft'
        (where,) = await r.run(lambda library: library.connection.execute(query).fetchall())
        with Library(db) as other:  # another window types its own
            assert other.drafts.take(*where, kind=kind) is None
    async with reading(db, file) as r:  # the form was open when the program ended
        await r.press("g", "e", "a")
        assert OFFERED not in r.said  # that is another statement
        await r.press("escape", "escape", "j", "e", "a")
        assert OFFERED in r.said
        assert "The register" in r.text
        form = r.app.screen
        assert isinstance(form, EvidenceForm)
        assert (form.typed()["stance"], form.typed()["url"]) == ("refutes", "https://exam")
        await r.press("ctrl+s")
        await r.rest()
        found = await r.run(lambda library: library.evidence.all())
        assert [item.citation for item, _ in found] == ["The register"]
        assert await _drafts(r) == []
        await r.press("escape", "e", "enter")  # the same for what is there already
        await r.press("end")
        await r.type(", 3rd part")
        await _kept(r, "3rd part")
    async with reading(db, file) as r:
        await r.press("g", "j", "e", "enter")
        assert OFFERED in r.said
        assert "The register, 3rd part" in r.text
        await r.press("ctrl+s", "escape")
        assert await _drafts(r) == []
        found = await r.run(lambda library: library.evidence.all())
        assert [item.citation for item, _ in found] == ["The register, 3rd part"]
        await r.app.action_quit()
    assert doctor.examine(db).findings == []


async def _evidence(r: Reader) -> list[str]:
    return [item.citation for item, _ in await r.run(lambda library: library.evidence.all())]


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (40, 12)])
async def test_what_is_only_offered_again_is_no_evidence_until_that_is_decided(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "e", "a", "tab")
        await r.type("half evidence")
        await _kept(r, "half evidence")
    async with reading(db, file, size=size) as r:  # it was killed
        await r.press("g", "j", "e", "a")
        r.app.clear_notifications()
        await r.rest()
        said = " ".join(r.text.replace("│", "").split())
        assert "A draft: Esc keeps it, Ctrl-S saves it; emptied, it is given up." in said
        await r.press("tab")  # going round in it decides nothing
        assert "Esc keep" in r.text
        await r.press("escape")
        assert " ".join(r.said[-1].split()) == KEPT
        assert await _evidence(r) == []
        assert [kind for kind, _ in await _drafts(r)] == ["evidence"]
        await r.press("a", "tab", "end")
        await r.type("!")
        assert "Esc keep" not in r.text
        assert "A draft" not in r.text
        await r.press("escape")  # as what is typed is
        assert await _evidence(r) == ["half evidence!"]
        assert await _drafts(r) == []


async def test_an_offered_draft_is_saved_by_its_key_and_given_up_when_emptied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "e", "a", "tab")
        await r.type("half evidence")
        await _kept(r, "half evidence")
    monkeypatch.setattr(evidence_form, "date", Tomorrow)
    async with reading(db, file) as r:  # a day later
        await r.press("g", "j", "e", "a", "tab", "end", "ctrl+u", "escape")
        assert await _evidence(r) == []
        assert await _drafts(r) == []
        await r.press("a")
        assert "half" not in r.text
        await r.press("tab")
        await r.type("whole")
        await _kept(r, "whole")
    async with reading(db, file) as r:
        await r.press("g", "j", "e", "a", "ctrl+s")
        assert await _evidence(r) == ["whole"]
        await r.press("enter", "end")
        await r.type(" and more")
        await _kept(r, "more")
    async with reading(db, file) as r:  # of what is there already, what it says stays
        await r.press("g", "j", "e", "enter", "escape")
        assert r.said[-1] == KEPT
        await r.press("enter", "end", "ctrl+u", "escape")
        await r.rest()
        assert await _evidence(r) == ["whole"]
        assert await _drafts(r) == []


class Tomorrow(date):
    """The day after."""

    @classmethod
    def today(cls) -> date:
        return date.today() + timedelta(days=1)


async def test_a_half_typed_note_on_a_relation_is_offered_again(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "r", "j", "enter")
        await r.press("d", "tab")
        await r.type("says the oppo")
        await _kept(r, "says the oppo")
    async with reading(db, file) as r:
        await r.press("g", "j", "r", "j", "enter")
        assert OFFERED in r.said
        assert "says the oppo" in r.text
        assert "emptied, the note is given up" in r.text
        await r.press("tab", "tab")
        await r.type("site")
        await r.press("enter")
        await r.until(lambda: r.app.relating is None)
        await r.rest()
        query = "SELECT type, note FROM relation"
        (made,) = await r.run(lambda library: library.connection.execute(query).fetchall())
        assert made == ("denies", "says the opposite")
        assert await _drafts(r) == []
        await r.press("g", "j", "r", "j", "enter")
        await r.type("d")
        await r.press("tab")
        await r.type("unsure")
        await r.press("escape")  # before it was kept for a while: leaving keeps it
        assert KEPT in r.said
        await r.press("enter")
        assert OFFERED in r.said
        form = r.app.screen
        assert isinstance(form, RelationDialog)
        assert (form.typed()["type"], form.typed()["note"]) == ("denies", "unsure")
        await r.press("escape")  # what is offered again is not thrown away either
        await r.press("enter", "tab", "tab", *["backspace"] * len("unsure"), "escape")
        await r.rest()
        assert await _drafts(r) == []  # an emptied note is given up
        assert await r.run(lambda library: library.connection.execute(query).fetchall()) == [made]
