"""Where messages stand: they are seen, and cover nothing that one works in."""

from __future__ import annotations

from pathlib import Path

from textual.widgets._toast import ToastHolder, ToastRack

from reader.tui.undocumented import messages_change
from tests.tui.reading_harness import article, reading

TEXT = "# Statements\n\n" + "\n\n".join(
    f"This is statement {n} of those that are here. It is followed by one that is somewhat longer "
    "than it, so that it takes two rows or more of any window."
    for n in range(12)
)
TOLD = "No other statement makes this claim"
"""What M begins to say where nothing is related; all of it is long."""


async def test_what_was_told_leaves_nothing_behind(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT, "a.md"), size=(80, 24)) as r:
        await r.press("z", "z", "G")
        for _ in range(5):
            await r.press("M")
        assert len(r.screen.query(ToastHolder)) == 1
        assert TOLD in r.lines[1]
        r.app.clear_notifications()
        await r.rest()
        assert not r.screen.query(ToastHolder)
        assert not r.screen.query_one(ToastRack).display
        assert not messages_change(r.app)
