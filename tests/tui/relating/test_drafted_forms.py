"""Forms that are being filled in outlive the program, as notes do."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.services.care import doctor
from reader.storage.library import Library
from reader.tui.asking import rest
from reader.tui.relating import drafted
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
        await r.press("escape")
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
        await r.press("escape", "escape")
        assert await _drafts(r) == []
        found = await r.run(lambda library: library.evidence.all())
        assert [item.citation for item, _ in found] == ["The register, 3rd part"]
        await r.app.action_quit()
    assert doctor.examine(db).findings == []


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
