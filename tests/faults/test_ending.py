"""Told to end, it keeps what is half typed; a disk that hangs does not keep it from that."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from reader.services.care import doctor
from reader.tui.saving import saver
from tests.faults import ending
from tests.tui.reading_harness import article, key_event, reading


def test_what_is_half_typed_outlives_a_signal(tmp_path: Path) -> None:
    ending.by_signal(tmp_path, signal.SIGTERM)


async def test_what_a_hanging_disk_holds_up_is_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saver, "SLOW_S", 0.05)
    answers = threading.Event()
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path)) as r:
        r.database.submit(lambda _: answers.wait(30))
        for key in ("j", "4", "j", "2"):
            r.app.post_message(key_event(key))
        await r.until(lambda: "NOT SAVED" in r.lines[0])
        await r.until(lambda: any("does not end" in said and "kept in" in said for said in r.said))
        kept = r.screen.saver.rescue_file
        assert kept is not None
        assert kept.exists()
        r.app.post_message(key_event("q"))
        await r.until(lambda: any("twice leaves" in said for said in r.said))
        answers.set()
        await r.until(lambda: r.said == ["All that waited is saved now."])
        await r.rest()
        assert list((await r.tags()).values()) == [["doubtful"], ["plausible"]]
        await r.screen.saver.rescue.settled()
        assert not kept.exists()
    assert doctor.examine(db).findings == []
