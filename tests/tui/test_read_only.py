"""A library that cannot be changed is read: that is said, and keys that change say why not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.domain.errors import DatabaseReadOnly, ReaderError
from reader.domain.operation import Change, Group
from reader.storage import mounts
from reader.tui import notices
from reader.tui.saving.saver import SaveState
from tests.tui.reading_harness import article, reading

FIRST = "First comes a plain statement."


def change(db: Path, sql: str) -> None:
    """Change the file as another program would, and leave no log beside it."""
    other = sqlite3.connect(db, isolation_level=None)
    other.execute(sql)
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()


async def test_a_newer_library_is_read_in_the_app_and_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "4", "a")
        await r.type("a note")
        await r.press("escape")
    change(db, "PRAGMA user_version=99")
    before = db.read_bytes()
    monkeypatch.setattr(notices, "NOTICE_SECONDS", 600.0)
    async with reading(db, file) as r:
        assert "READ-ONLY" in r.lines[0]
        assert any("newer version" in said and "reading only" in said for said in r.said)
        assert "! doubtful" in r.text
        for key in ("2", "f", "h", "a", "c", "d", "u", "ctrl+r", "."):
            await r.press("k", "j", key)
            assert any("nothing can be changed" in said for said in r.said), key
            assert any("newer version" in said for said in r.said), "the notice stays"
            assert r.screen.mode == "READ", key
            assert r.screen.saver.pending == 0
            r.app.clear_notifications()
        await r.press("ctrl+s")
        assert any("nothing can be changed" in said and "Update reader" in said for said in r.said)
        await r.press("v", "l", "3", "escape", "tab", "2", "d", "tab")
        assert await r.tags() == {FIRST: ["doubtful"]}
        await r.consistent()
        # Whatever way a change takes, it is not queued.
        r.screen.saver.save(Group("x", "a", None, (Change("highlight", "u", {"flag": True}, {}),)))
        assert (r.screen.saver.pending, r.screen.saver.state) == (0, SaveState.READ_ONLY)
        await r.press("E")
        assert "Export" in r.text
        await r.type(str(tmp_path / "x.csv"))
        await r.press("escape", "q")
        await r.until(lambda: not r.app.is_running)
    async with reading(db, annotator="who has never been here") as r:
        assert "READ-ONLY" in r.lines[0]
        await r.press("enter")
        assert "0 of 7 judged" in r.text
        await r.press("q", "q")
    assert db.read_bytes() == before
    with pytest.raises(DatabaseReadOnly):
        async with reading(db, article(tmp_path, "Something new.\n", "new.txt")):
            pass


async def test_a_network_mount_is_warned_of_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "mountinfo"
    listed.write_text(f"30 22 0:40 / {tmp_path} rw - nfs4 server:/srv rw\n")
    monkeypatch.setattr(mounts, "MOUNTS", listed)
    db = tmp_path / "l.db"
    db.touch()
    async with reading(db, article(tmp_path)) as r:
        assert any("network mount (nfs4)" in said for said in r.said)
        assert any("was an empty file" in said for said in r.said)
        await r.press("j", "4")
        assert await r.tags() == {FIRST: ["doubtful"]}
        assert any("network mount (nfs4)" in said for said in r.said)


async def test_a_damaged_text_is_told_and_not_judged(tmp_path: Path) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file) as r:
        await r.press("j", "4")
    raw = db.read_bytes()
    assert raw.count(b"Sixth stands alone") == 1
    db.write_bytes(raw.replace(b"Sixth stands alone", b"Sixth stands alune"))
    async with reading(db, file) as r:
        await r.until(lambda: any("text of this article is damaged" in said for said in r.said))
        assert "READ-ONLY" in r.lines[0]
        await r.press("j", "2")
        assert any("text of this article is damaged" in said for said in r.said)
        assert await r.tags() == {FIRST: ["doubtful"]}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: b"", "empty, but the log"),
        (lambda raw: b"<html>" * 500, "not a database"),
        (lambda raw: raw[:60], "damaged|not a database"),
        (lambda raw: raw[: len(raw) // 2], "damaged or cut short"),
    ],
    ids=["empty", "another kind", "first bytes", "half"],
)
async def test_what_is_no_library_is_refused_in_words(tmp_path: Path, spoil, said: str) -> None:
    db, file = tmp_path / "l.db", article(tmp_path)
    async with reading(db, file):
        pass
    db.write_bytes(spoil(db.read_bytes()))
    if not db.stat().st_size:
        Path(f"{db}-wal").write_bytes(b"work")
    before = db.read_bytes()
    with pytest.raises(ReaderError, match=said) as caught:
        async with reading(db, file):
            pass
    assert caught.value.hint
    assert db.read_bytes() == before
