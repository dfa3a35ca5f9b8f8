"""The details dialog of the list, while the library cannot be written: nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.services.annotating.overall import WholeArticle
from reader.services.care import rescue
from reader.storage.library import Library
from reader.tui import app
from reader.tui.saving import saver, unsaved
from tests.tui.library.test_library_acts import NAMES, fill
from tests.tui.reading_harness import Reader, reading
from tests.tui.saving.test_saving import keys, locked


async def _say_more(r: Reader) -> None:
    """Give the article under the cursor a verdict, a label and a note, and leave its details."""
    await keys(r, "5", "tab")
    await r.until(lambda: any("locked by another program" in said for said in r.said))
    await keys(r, *"money", "tab", *"weak", "escape")
    await r.until(lambda: "Esc tries again" in r.text)


async def test_details_wait_for_a_library_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "l.db"
    fill(db, tmp_path, NAMES[:1])
    monkeypatch.setattr(saver, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(unsaved, "_LOOK_S", 0.02)
    monkeypatch.setattr(rescue, "_is_running", lambda path: False)  # so that ours is seen
    monkeypatch.setattr(app, "RESCUE_SECONDS", 600.0)  # but not offered as another program's
    async with reading(db, busy_ms=20) as r:
        with locked(db):
            await keys(r, "I")
            await r.until(lambda: "Verdict" in r.text)
            await _say_more(r)
            text = " ".join(r.text.replace("│", "").split())
            assert "NOT SAVED" in text
            assert "is kept in" in text
            await r.until(lambda: [file.actions for file in rescue.waiting(db)] == [3])
            (file,) = rescue.waiting(db)
            assert "weak" in file.path.read_text("utf-8")
            assert r.app.saver is not None
            assert r.app.saver.pending == 3  # if reader is left now, the file stays
            await keys(r, "q", "escape")  # the list waits for it
            assert "Esc tries again" in r.text
        await r.until(lambda: any("Verdict ✗ refuted" in said for said in r.said))
        assert rescue.waiting(db) == []
        await r.press("I", "tab", "tab")
        with Library(db) as other:  # another window writes meanwhile
            (article,), ana = other.articles.in_order(), r.app.annotator_uid
            whole = WholeArticle(article, ana, other.overall.get(article, ana))
            other.log.commit(whole.with_note("theirs").group)
        await r.press("end", *"er", "escape")
        await r.until(lambda: any("both are kept, yours below" in said for said in r.said))
    with Library(db) as library:
        ((_, overall),) = library.overall.by_annotator(*library.articles.in_order())
        assert [item.code for item in overall.verdicts] == ["refuted"]
        assert (overall.labels, overall.note) == (("money",), "theirs\n\nweaker")
