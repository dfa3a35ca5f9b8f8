"""A page that changes, on the screen: refresh, marks, orphans, what changed, older versions."""

from __future__ import annotations

from pathlib import Path

from reader.capture.capture import capture_file
from reader.domain.highlight import Fate
from reader.services.care import doctor
from reader.services.changes.refreshing import add_version
from reader.storage.library import Library
from reader.tui.changes.screen import ChangesDialog
from tests.tui.reading_harness import Reader, article, edit, reading


async def marked(r: Reader) -> None:
    """Tag four statements: the one that will be reworded, one kept, one gone, one kept."""
    await r.press("j", "2", "j", "1", "j", "4", "}", "}", "3")


async def fates(r: Reader) -> dict[str, str | None]:
    """What is stored: the fate of each mark by the words that it stands on."""
    (screen,) = r.app.reading_screens()
    await screen.settled()
    query = "SELECT text, fate FROM highlights"
    return dict(await r.run(lambda library: library.connection.execute(query).fetchall()))


async def test_a_page_is_captured_again_looked_through_and_undone(tmp_path: Path) -> None:
    file = article(tmp_path)
    async with reading(tmp_path / "l.db", file) as r:
        await marked(r)
        await r.press("D")
        assert "first version" in r.said[-1]
        await r.press("f5")
        assert r.said == ["Captured again: the text is the same."]
        edit(file)
        here = r.here
        await r.press("f5")
        assert r.said == [
            "The text has changed: a new version. Marks: 1 reworded, 1 orphaned, 2 kept."
            " D shows what changed."
        ]
        assert "plainer" in r.text
        assert r.here == here
        found = {r.words(item): item.fate for item in await r.stored()}
        assert found == {
            "First comes a plainer statement.": Fate.REWORDED,
            'Second comes "a quoted one", he said.': Fate.KEPT,
            "Sixth stands alone.": Fate.KEPT,
        }
        rows = [line for line in r.lines if "“Third is short.”" in line]
        assert len(rows) == 1  # in the panel, though not in the text
        assert rows[0].rstrip().endswith("⌀")
        assert any("“First comes" in line and "≈" in line for line in r.lines)

        await r.press("D")
        assert isinstance(r.app.screen, ChangesDialog)
        text = r.text
        assert "version 1 (" in text
        assert "4 words taken out, 5 put in" in text
        assert "≈ reworded · its words changed under your judgement · + plausible" in text
        assert "[-plain-]" in text
        assert "{+plainer+}" in text
        assert "{+} {+Before it, something new.+}" in text
        assert "1 of 6:" not in text
        assert "6 of 6: everyth" in text
        await r.press("a")
        assert (await fates(r))["First comes a plainer statement."] == "confirmed"
        assert r.app.screen.query_one("ChangeList").current == 1
        await r.press("u")
        assert (await fates(r))["First comes a plainer statement."] == "reworded"
        await r.press("g", "x")
        assert (await fates(r))["First comes a plain statement."] == "orphaned"
        await r.press("f")
        assert "2 of 6: orph" in r.text
        await r.press("u", "escape")
        assert r.app.screen is r.screen
        assert len(await r.stored()) == 3

        await r.press("D", "f", "j", "enter")
        entry = r.screen.left_changes_at.entry
        await r.press("j", "q")
        back = r.app.screen.query_one("ChangeList")
        assert (back.entry.highlight.uid, back.filter.title) == (
            entry.highlight.uid, "to be looked at",
        )  # fmt: skip
        await r.press("q")
        assert r.app.screen is r.screen
        await r.press("D", "enter")
        assert r.here == "First comes a plainer statement."
        assert "goes back to what changed" in r.said[-1]
        await r.press("D", "v", "w", "enter")
        (first, *_) = await r.stored()
        assert first.fate is Fate.CONFIRMED
        assert ("move", "ends of a highlight") in await r.groups()
        await r.press("u", "u")
        assert "Undid: another version" in r.said[-1]
        assert "a plain statement" in r.text
        assert len(await r.stored()) == 4
        await r.press("ctrl+r")
        assert "plainer" in r.text
    assert doctor.examine(tmp_path / "l.db").findings == []


async def test_an_orphan_is_seen_where_it_was(tmp_path: Path) -> None:
    file = article(tmp_path)
    async with reading(tmp_path / "l.db", file) as r:
        await marked(r)
        edit(file)
        await r.press("f5", "tab", "/")
        await r.type("fate:")
        await r.press("enter")
        assert [r.words(item) for item in r.screen.entries.view] == [
            "First comes a plainer statement."
        ]
        await r.press("escape", "G")
        entry = r.screen.current_entry()
        assert entry is not None
        assert entry.fate is Fate.ORPHANED
        assert "⌀ orphaned: the page has changed" in r.text
        await r.press("a")
        await r.type("it was here")
        await r.press("ctrl+s")
        orphan = await r.run(lambda library: library.highlights.get(entry.uid))
        assert (orphan.note, orphan.fate) == ("it was here", Fate.ORPHANED)
        await r.press("escape", "D", "j", "enter")
        assert r.screen.session.opened.older
        assert r.here == "Third is short."
        assert "(an earlier version)" in r.lines[0]
        await r.press("1")
        assert "to be looked at, not to be changed" in r.said[-1]
        await r.press("q")
        assert isinstance(r.app.screen, ChangesDialog)
        assert r.app.screen.query_one("ChangeList").entry.fate is Fate.ORPHANED
        await r.press("q")
        assert not r.screen.session.opened.older
        assert "plainer" in r.text


async def test_an_orphan_is_placed_by_hand(tmp_path: Path) -> None:
    file = article(tmp_path)
    async with reading(tmp_path / "l.db", file) as r:
        await marked(r)
        edit(file)
        await r.press("f5", "tab", "G", "a")
        await r.type("it was here")
        await r.press("ctrl+s", "escape")
        before = await r.run(places)
        # From the panel: Esc leaves it an orphan.
        await r.press("tab", "G", "v")
        assert "PLACE" in r.lines[-1]
        assert "Enter place it here" in r.lines[-1]
        assert "“Third is short.” stands now" in r.said[-1]
        await r.press("escape")
        assert r.said == ["It stays an orphan."]
        assert "READ" in r.lines[-1]
        # From Changes: on a statement that has a mark it is refused, on another it is placed.
        await r.press("D", "G")
        while getattr(r.app.screen.query_one("ChangeList").entry, "fate", "") != "orphaned":
            await r.press("k")
        await r.press("v")
        assert "PLACE" in r.lines[-1]
        await r.press("g", "j", "enter")
        assert "Another highlight is on exactly these words." in r.said[-1]
        assert "PLACE" in r.lines[-1]
        while r.here != "Before it, something new.":
            await r.press("j")
        await r.press("enter")
        assert r.said == ["Placed, with all that is said of it. u takes it back."]
        (placed,) = [item for item in await r.stored() if item.note]
        assert r.words(placed) == "Before it, something new."
        assert (placed.fate, placed.was.exact) == (Fate.CONFIRMED, "Third is short.")
        assert len(placed.judgements) == 1
        assert not r.screen.session.annotations.orphans
        await r.press("u")
        assert [*r.screen.session.annotations.orphans] == [placed.uid]
        assert await r.run(places) == before
        # On words that are selected.
        await r.press("tab", "G", "v", "g", "v", "enter")
        (placed,) = [item for item in await r.stored() if item.note]
        assert r.words(placed) == "A"
        await r.press("D")
        assert "= confirmed" in r.text
        await r.press("escape", "u")
        assert await r.run(places) == before
    assert doctor.examine(tmp_path / "l.db").findings == []


def places(library: Library) -> list[tuple[object, ...]]:
    """Where all marks are, and how they came there."""
    query = (
        "SELECT uid, version_uid, start, end, exact, prefix, suffix, fate, was FROM highlight"
        " WHERE deleted_at IS NULL ORDER BY uid"
    )
    return library.connection.execute(query).fetchall()


async def test_another_window_makes_a_new_version(tmp_path: Path) -> None:
    file, db = article(tmp_path), tmp_path / "l.db"
    async with reading(db, file) as r:
        await r.press("j", "2", "j", "a")
        await r.type("typed meanwhile")
        await r.until(lambda: r.screen._kept_draft == "typed meanwhile")
        await r.rest()
        edit(file)
        uid, me = r.screen.session.opened.article.uid, r.app.annotator_uid
        draft = capture_file(file)
        with Library(db) as other:
            add_version(other, uid, draft, me)
        await r.until(lambda: "plainer" in r.text)
        await r.rest()
        assert "another version now" in r.said[-1]
        notes = {r.words(item): (item.note, item.fate) for item in await r.stored()}
        assert notes == {
            "First comes a plainer statement.": (None, Fate.REWORDED),
            'Second comes "a quoted one", he said.': ("typed meanwhile", Fate.KEPT),
        }
        file.unlink()
        await r.press("f5")
        assert "does not exist" in r.said[-1]
        assert len(await r.stored()) == 2


async def test_what_changed_fits_a_small_screen(tmp_path: Path) -> None:
    file = article(tmp_path)
    async with reading(tmp_path / "l.db", file, size=(40, 12)) as r:
        await marked(r)
        edit(file)
        await r.press("f5", "D")
        lines = r.lines
        assert all(len(line) <= 40 for line in lines)
        assert any("≈ reworded" in line for line in lines)
        assert any("[-plain-]" in line for line in lines)
        await r.press("G")
        assert "{+Before it" in r.text
        await r.press("q")
        assert r.app.screen is r.screen
