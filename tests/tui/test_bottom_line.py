"""The bottom line while a dialog is open: the dialog's keys, and none that it does not take."""

from __future__ import annotations

from pathlib import Path

from reading_harness import article, reading


async def test_a_dialog_tells_its_keys_and_leaves_the_line_as_it_was(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path), size=(40, 12)) as r:
        await r.press("j", "4", "2")
        assert "why? R" in r.status
        await r.press("a")  # letters are typed now
        assert "why" not in r.status, r.status
        await r.press("escape")
        for size in ((40, 12), (120, 40)):
            await r.pilot.resize_terminal(*size)
            await r.rest()
            before = r.lines
            if size == (40, 12):
                await r.press("?")  # its frame covers the line, but for the ends
                assert r.status.strip(" ╰─╯") == "", r.status
                await r.press("escape")
                assert r.lines == before
            await r.press("e")  # evidence, which is low
            keys = r.status
            assert keys.startswith(" a add  "), keys
            assert "  Esc leave  ? help  " in keys, keys
            assert keys.endswith(" DIALOG"), keys
            assert not any(word in keys for word in ("1-6", "search", "READ")), keys
            if size == (40, 12):
                await r.press("?")  # over the dialog; its last row covers most of the line
                assert not any(word in r.status for word in ("1-6", "READ")), r.status
                await r.press("escape")
                assert r.status == keys
            await r.press("escape")
            assert r.lines == before
        await r.press("s")
        assert r.status.startswith(" Enter take  > take, then via  Esc leaves  F1 help")
        await r.press("down")  # the keys are more now
        assert "Ctrl-T other kind  Esc leaves  F1 help" in r.status, r.status
        await r.press("escape", "L")
        before = r.lines
        await r.press("?")  # the line of another kind of screen
        assert r.status.startswith(" / searches · q closes"), r.status
        await r.press("escape")
        assert r.lines == before
