"""What the screen says of saving, and that nothing is lost when saving fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from reader.domain.errors import ChangeRefused, ReaderError
from reader.domain.operation import Change
from reader.services.care import rescue
from reader.services.settings.fields import Settings
from reader.storage.library import Library
from reader.tui.reading.roles import change_role
from tests.tui.reading_harness import Reader, article, key_event, reading

FIRST = "First comes a plain statement."


@contextmanager
def locked(db: Path) -> Iterator[sqlite3.Connection]:
    """Hold the write lock of a library, as another program would."""
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        if other.in_transaction:
            other.execute("ROLLBACK")
        other.close()


async def keys(r: Reader, *names: str) -> None:
    """Press keys without waiting for saving."""
    for name in names:
        r.app.post_message(key_event(name))
        await r.pilot.pause(0)
        await r.pilot.pause(0)


async def test_saving_then_saved(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        seen: list[str] = []
        show = r.screen.title_bar.set_save_state
        r.screen.title_bar.set_save_state = (  # type: ignore[method-assign]
            lambda state: (seen.append(state), show(state))[1]
        )
        await r.press("4")
        assert seen == ["saving", "saved"]


async def test_locked_says_not_saved_once_and_loses_nothing(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file, busy_ms=20) as r:
        with locked(db):
            await keys(r, "j", "4")
            await r.until(lambda: "NOT SAVED" in r.lines[0])
            await r.until(lambda: any("locked by another program" in said for said in r.said))
            await keys(r, "j", "2", "f")
            await r.until(lambda: "2 of 7 judged" in r.text)  # counted at rest
            await keys(r, "u")
            await r.until(lambda: any("must wait" in said for said in r.said))
            await keys(r, "q")
            await r.until(lambda: any("NOT SAVED. Saving is tried" in said for said in r.said))
            r.screen.saver.retry_now()
            for _ in range(5):
                await r.pilot.pause(0.03)
                r.screen.saver.retry_now()
            assert sum("locked by another program" in said for said in r.said) <= 1
            assert r.screen.is_active
        r.screen.saver.retry_now()
        await r.until(lambda: "NOT SAVED" not in r.lines[0])
        await r.rest()
        assert len(await r.stored()) == 2
        await r.consistent()
        await r.press("u")
        assert r.said[-1].startswith("Undid: flag on “Second")
        await r.consistent()


async def test_leaving_twice_leaves_without(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file, busy_ms=20) as r:
        with locked(db):
            await keys(r, "4")
            await r.until(lambda: r.screen.saver.failing)
            await keys(r, "ctrl+q")
            assert r.app.is_running
            await keys(r, "ctrl+q")
            await r.until(lambda: not r.app.is_running)


async def test_what_can_be_kept_nowhere_is_named_when_it_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library is locked, and no folder takes a rescue file."""
    db, file = tmp_path / "l.db", article(tmp_path)
    monkeypatch.setattr(rescue, "folders", lambda: [file / "no folder"])

    async def leave(held: ExitStack) -> None:
        async with reading(db, file, busy_ms=20) as r:
            held.enter_context(locked(db))
            await keys(r, "j", "4", "a")
            await r.until(lambda: r.screen.mode == "NOTE")
            await keys(r, "w", "h", "y", "escape", "ctrl+s")
            await r.until(lambda: any("2 changes are NOT SAVED: " in said for said in r.said))
            said = next(said for said in r.said if "2 changes are NOT SAVED: " in said)
            assert "locked by another program" in said
            assert "Not a directory" in said
            assert "Leave reader open" in said
            await keys(r, "ctrl+q")
            await r.until(lambda: any("what is not saved is lost" in said for said in r.said))
            await keys(r, "ctrl+q")
            await r.until(lambda: not r.app.is_running)

    with ExitStack() as held, pytest.raises(ReaderError) as lost:
        await leave(held)
    assert "Lost is what was done last: ! doubtful; note; the note “why”." in lost.value.message


async def test_plain_mode_says_once_that_nothing_is_saved(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file, busy_ms=20, settings=Settings({"plain": True})) as r:
        lines = r.screen.plain_lines
        assert lines is not None
        said: list[str] = []
        lines.say = said.append  # type: ignore[method-assign]
        with locked(db):
            await keys(r, "j", "4")
            await r.until(lambda: any("is kept in" in line for line in said))
            for _ in range(5):
                r.screen.saver.retry_now()
                await r.pilot.pause(0.03)
            assert sum("NOT SAVED" in line for line in said) == 1
        r.screen.saver.retry_now()
        await r.until(lambda: said[-1] == "All that waited is saved now.")


async def test_q_waits_for_the_save(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.burst("j", "4", "2", "f", "q")
    with Library(db) as library:
        summaries = [op.summary for op in library.log.operations(everything=True)]
        assert {"! doubtful", "+ plausible", "flag"} <= set(summaries)


async def test_a_locked_library_does_not_stop_notes_dialogs_and_moves(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file, busy_ms=20) as r:
        with locked(db):
            await keys(r, "j", "a", "x")
            await r.until(lambda: r.screen.mode == "NOTE")
            await keys(r, "y", "escape")
            await r.until(lambda: any("is kept in" in said for said in r.said))
            await keys(r, "J")
            await r.until(lambda: any("last article" in said for said in r.said))
            await keys(r, "t")
            await r.until(lambda: "Tags" in r.text)
            await keys(r, "escape")
            await keys(r, "u", "j", "4")
            await r.until(lambda: "! 1" in r.text)
        r.screen.saver.retry_now()
        await r.until(lambda: not r.screen.saver.failing)
        await r.rest()
        notes = [item.note for item in await r.stored()]
        assert len(notes) == 2
        assert notes[0]
        await r.consistent()


async def test_a_refused_change_brings_back_what_is_stored(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "4")
        screen = r.screen
        annotations = screen.session.annotations
        (item,) = await r.stored()
        edit = annotations.toggle_flag(annotations.target(item.span))
        broken = replace(
            edit, group=replace(edit.group, changes=(Change("highlight", item.uid, {"x": 1}, {}),))
        )
        screen.perform(broken)
        await r.press("j", "2")
        assert any("Unknown field" in said for said in r.said)
        await r.consistent()
        assert await r.tags() == {
            FIRST: ["doubtful"], 'Second comes "a quoted one", he said.': ["plausible"],
        }  # fmt: skip
        assert "saved" in r.lines[0]


async def test_a_refused_role_brings_back_the_statements(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        session = r.screen.session
        start = session.document.text.index("A caption")

        def refuse(library: Library) -> None:
            def write(*_: object, **__: object) -> None:
                raise ChangeRefused("The library refused the change.", "")

            library.log.write = write  # type: ignore[method-assign,assignment]

        await r.run(refuse)
        from reader.domain.text import Role

        change_role(r.screen, start, Role.CAPTION, Role.BODY)
        await r.rest()
        assert "/7" in r.status
        await r.run(lambda library: library.log.__dict__.pop("write"))
        await r.consistent()


async def test_failing_reads_are_told_and_not_fatal(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        from reader.domain.errors import StorageError

        async def fail(_job: object) -> None:
            raise StorageError("It cannot be read.", "Wait.")

        r.database.run = fail  # type: ignore[method-assign,assignment]
        for key in ("t", "a", "u", "ctrl+r", "J", "E"):
            await keys(r, key)
            await r.pilot.pause(0.02)
            assert r.screen.mode == "READ", key
            assert any("It cannot be read." in said for said in r.said), key
            r.app.clear_notifications()
        del r.database.run
        await r.press("j", "4")
        await r.consistent()


async def test_a_list_says_that_it_lacks_what_is_not_saved(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file, busy_ms=20) as r:
        with locked(db):
            await keys(r, "j", "4")
            await r.until(lambda: any("is kept in" in said for said in r.said))
            await keys(r, "e")
            await r.until(lambda: "No evidence yet" in r.text)
            await r.until(lambda: any("is not listed here" in said for said in r.said))
            await keys(r, "escape")
            await r.until(lambda: "No evidence yet" not in r.text)
        r.screen.saver.retry_now()
        await r.until(lambda: not r.screen.saver.failing)
