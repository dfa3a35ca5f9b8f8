"""The pages of a PDF on the screen: status line, contents, details."""

from __future__ import annotations

from pathlib import Path

from reader.tui.outside import citation
from tests.capture.pdf_pages import HEADINGS, two_columns
from tests.tui.reading_harness import reading


async def test_the_page_is_in_the_status_line_the_contents_and_the_details(tmp_path: Path) -> None:
    file = tmp_path / "bridge.pdf"
    file.write_bytes(two_columns(across=True).bytes())
    async with reading(tmp_path / "l.db", file) as r:
        await r.until(lambda: "p. 1/2" in r.status)
        assert "· p. 1/2 ·" in r.status
        await r.press("G")
        assert "· p. 2/2 ·" in r.status
        await r.press("T")
        line = next(line for line in r.lines if HEADINGS[1] in line and "p. 2" in line)
        assert line.rstrip(" │").endswith("p. 2")
        assert any(HEADINGS[0] in line and "p. 1" in line for line in r.lines)
        await r.press("enter")
        assert r.here == HEADINGS[1]
        assert citation(r.screen.session, r.screen.cursor, None).as_form("plain").endswith("p. 2")
        await r.press("I")
        assert "2 pages" in r.text
        await r.press("escape")
    async with reading(tmp_path / "l.db", file, size=(50, 15)) as r:
        await r.until(lambda: r.screen.session.capture is not None)
        assert "p. " not in r.status  # no room for it
