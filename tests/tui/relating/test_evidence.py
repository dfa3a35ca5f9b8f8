"""Evidence with keys: added, found again, edited, unlinked, judged because of; asked for softly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.events import Paste

from reader.domain.evidence import Evidence
from reader.domain.highlight import Highlight
from reader.tui.relating.evidence_dialog import EvidenceDialog
from reader.tui.relating.evidence_form import EvidenceForm
from reader.tui.widgets.fields import LineField, TextField
from tests.tui.reading_harness import Reader, article, reading, state_tables


async def marked(r: Reader) -> list[Highlight]:
    """What is marked in the article, also while a dialog is open over it."""
    known = r.app.reading_screens()[-1].session.annotations
    return await r.run(
        lambda library: library.highlights.overlapping(
            known.version_uid, known.annotator_uid, 0, len(known.text)
        )
    )


def words(r: Reader, item: Highlight) -> str:
    return r.app.reading_screens()[-1].session.annotations.words(item.span).split()[0]


async def evidence(r: Reader) -> dict[str, list[tuple[str, str]]]:
    """What the library has for each marked statement, by its first word."""
    stored = await marked(r)
    found = await r.run(lambda library: library.evidence.of([item.uid for item in stored]))
    return {
        words(r, item): [(it.link.stance, it.evidence.name) for it in found[item.uid]]
        for item in stored
        if item.uid in found
    }


async def the_one(r: Reader) -> Evidence:
    ((item, _),) = await r.run(lambda library: library.evidence.all())
    return item


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_evidence_is_added_undone_and_done_again(tmp_path: Path, size) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=size) as r:
        await r.press("j", "e")
        assert "Evidence" in r.text
        assert "No evidence yet" in r.text
        await r.press("a")
        assert "[s + supports]" in r.text
        assert "s r c i choose" in r.text
        await r.press("r")  # it refutes; one stays, as at verdicts
        assert "[r " in r.text
        assert "s r c i choose" in r.text
        await r.press("tab")
        assert "s r c i choose" not in r.text
        assert "Enter next" in r.text
        await r.type("The register")
        await r.press("enter", "enter")
        await r.type("ftp://x")
        await r.press("escape")
        assert "no web address" in r.text
        await r.press(*["backspace"] * 7)
        await r.type("https://example.org/r")
        await r.press("escape")
        if size == (80, 24):  # what was done is told beside the dialog, not over its keys
            assert "u takes it back." in r.lines[20]
            assert r.text.count("Esc leave") == 2  # in the dialog and below it
        r.app.clear_notifications()
        await r.rest()
        judge = "judge because of it" if size[0] >= 60 else "tag by it"
        keys = ("a add", "f find", "e edit", "s stance", f"1-6 0 {judge}")
        for shown in (*keys, "b because", "d unlink", "o open", "Esc leave", "The register"):
            assert shown in r.text
        await r.press("escape")
        assert await evidence(r) == {"First": [("refutes", "The register")]}
        item = await the_one(r)
        assert (item.url, item.accessed_at) == ("https://example.org/r", f"{date.today()}")
        assert await r.groups() == [("evidence", "evidence, refutes: The register")]
        await r.consistent()
        await r.press("u")
        assert await r.stored() == []
        await r.press("ctrl+r")
        assert await evidence(r) == {"First": [("refutes", "The register")]}
        before = await r.run(state_tables)
        await r.run(lambda library: library.log.rebuild())
        assert await r.run(state_tables) == before


async def test_nothing_filled_in_is_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "e", "b")
        assert r.said[-1] == "There is no evidence here to do that with. a adds some."
        await r.press("a", "escape", "f")
        await r.until(lambda: r.said and "no other evidence" in r.said[-1])
        await r.press("a", "s", "tab", "tab")
        await r.type("data")
        await r.press("escape")
        assert "Nothing says what was looked at" in r.text
        await r.press("escape", "escape")
        assert r.screen.mode == "READ"
        assert await r.groups() == []
        await r.press("j", "5", "e", "a")
        assert "[r - refutes]" in r.text  # what the tag wants
        await r.type("https://x.example")  # a letter that is no stance begins the citation
        assert "Citation   https://x.example" in r.text
        await r.press("escape", "escape")
        assert await evidence(r) == {"Second": [("refutes", "https://x.example")]}


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_what_was_typed_is_put_off_by_escape_twice_only(tmp_path: Path, size) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=size) as r:
        await r.press("j", "e", "a", "s")
        await r.type("The register")
        await r.press("enter", "enter")
        await r.type("ftp://x")
        for _ in range(4):
            await r.press("ctrl+s")
            assert isinstance(r.app.screen, EvidenceForm)
            assert "no web" in r.text
            assert "Esc twice leaves" in r.text
        await r.press("escape")
        assert "Esc again leaves" in r.text
        await r.press("ctrl+s", "escape")  # asked for again: the first Esc does not count
        await r.type("y")
        assert "no web" not in r.text  # what was told is of other words
        assert "Esc again" not in r.text
        await r.press("escape")  # nor does one before something was typed
        assert isinstance(r.app.screen, EvidenceForm)
        assert "ftp://xy" in r.text
        await r.press("escape")
        assert "No evidence yet" in r.text
        assert await r.run(lambda library: list(library.evidence.all())) == []
        await r.press("a")  # what was typed is there again
        assert "The register  ftp://xy" in form_text(r)
        form = r.app.screen
        assert form.query_one(TextField).content_region.x == form.query(LineField)[2].region.x
        await r.press("tab", "tab", "tab", "end", *["backspace"] * 8)
        await r.type("example.org/x?y")
        await r.press("escape")
        assert (await the_one(r)).url == "https://example.org/x?y"
        await r.press("a")  # and what was saved is no draft any more
        assert "The register" not in form_text(r)


def form_text(r: Reader) -> str:
    """What stands in the fields of the form."""
    return " ".join(r.app.screen.typed().values())


async def test_a_tag_that_wants_evidence_asks_softly_and_is_complete_with_it(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "1")
        assert "evidence that supports? e" in r.status
        assert "wants evidence" in r.text
        await r.press("e", "a", "s")
        await r.type("Census")
        await r.press("escape", "escape")
        assert "wants evidence" not in r.text
        assert "Census" in r.text  # in the open card
        await r.press("e", "s", "s")
        assert "1, none for or against" in r.text
        assert await evidence(r) == {"First": [("context", "Census")]}
        await r.press("escape")
        assert "wants evidence" in r.text  # what is only context completes no tag
        await r.press("u", "u")
        assert "wants evidence" not in r.text
        await r.press("u")
        assert "wants evidence" in r.text
        await r.press("ctrl+r", "k", "j")
        assert "wants evidence" not in r.text
        assert "? e" not in r.status


async def test_it_is_used_again_edited_judged_by_and_unlinked(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "6", "e", "a", "s")
        await r.type("Census 2020")
        await r.press("escape")
        await r.press("1")  # judged because of it
        assert "✓ corroborated" in r.text
        assert "judged because of it" in r.text
        await r.press("escape", "j", "e", "f")
        assert "Earlier evidence" in r.text
        await r.type("2020")
        await r.press("enter")
        await r.type("context")
        await r.press("enter")
        assert (await evidence(r))["Second"] == [("context", "Census 2020")]
        await r.press("e", "end")
        assert "speaks of 2 statements" in r.text
        await r.type(", table 4")
        await r.press("escape", "s")
        assert await evidence(r) == {
            "First": [("supports", "Census 2020, table 4")],
            "Second": [("insufficient", "Census 2020, table 4")],
        }
        await r.press("b")  # there is no tag here
        assert "no tag here yet" in r.said[-1]
        await r.press("2", "b", "escape")  # no words, and it rests on the evidence all the same
        assert "plausible, because of Census 2020" in r.said[-1]
        second = (await marked(r))[1].judgements[0]
        assert (second.reason, len(second.because)) == (None, 1)
        await r.press("b")
        await r.type("it says so")
        await r.press("enter")
        second = (await marked(r))[1].judgements[0]
        assert (second.code, second.reason, len(second.because)) == ("plausible", "it says so", 1)
        await r.press("d", "escape")
        assert "Second" not in await evidence(r)
        assert (await marked(r))[1].judgements[0].because == ()
        await r.consistent()
        await r.press("u")
        assert len((await marked(r))[1].judgements[0].because) == 1
        await r.press("k")
        await r.until(lambda: "because of" in r.text)  # in the history
        for _ in range(10):
            await r.press("u")
        assert r.said[-1] == "Nothing to undo in this article."
        assert await r.stored() == []


async def test_the_address_is_opened_on_demand_only(tmp_path: Path, monkeypatch) -> None:
    opened: list[str | None] = []

    async def note(say, address) -> None:
        opened.append(address)

    monkeypatch.setattr("reader.tui.outside.open_address", note)
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "e", "a", "c", "tab", "tab", "tab")
        await r.type("https://example.org/")
        await r.press("escape")
        assert opened == []
        await r.press("o", "escape")
        assert opened == ["https://example.org/"]


async def test_what_is_typed_or_pasted_first_goes_to_a_field(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "e", "a")
        await r.type("Budget 2026")
        await r.press("escape")
        assert (await the_one(r)).citation == "Budget 2026"
        await r.press("a")
        r.app.post_message(Paste("https://example.org/page\n"))
        await r.rest()
        await r.press("escape")
        assert await r.run(lambda lib: {item.url for item, _ in lib.evidence.all()}) == {
            None,
            "https://example.org/page",
        }


async def test_messages_leave_a_low_dialog_with_the_next_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size, stays in (((40, 12), False), ((80, 24), True)):
        monkeypatch.setattr("reader.tui.notices.READ_SECONDS", 60.0)
        async with reading(tmp_path / "l.db", article(tmp_path), size=size) as r:
            await r.press("j", "e", "a", "s")
            await r.type("Minutes")
            await r.press("escape")
            assert isinstance(r.app.screen, EvidenceDialog)
            assert "supports: M" in r.text
            await r.press("down")  # at once: it may not have been read
            assert "supports: M" in r.text
            monkeypatch.setattr("reader.tui.notices.READ_SECONDS", -1.0)
            await r.press("down")
            assert ("supports: M" in r.text) is stays
            assert "Minutes" in r.text
            monkeypatch.undo()
