"""A Markdown file on the screen: its byline and its footnotes are no statements."""

from __future__ import annotations

from pathlib import Path

from tests.tui.reading_harness import article, reading

SOURCE = """\
# The bridge is to be closed

By Petra Lindqvist, transport correspondent

The college had warned of it [^1]. The council did not listen.

[^1]: College working paper 14, which nobody read.
"""


async def test_byline_and_footnotes_are_passed_over(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, SOURCE, "bridge.md")) as r:
        seen = []
        for _ in range(4):
            await r.press("2", "j")
            seen.append(r.here)
        assert seen == [
            "The college had warned of it.",
            "The council did not listen.",
            "The council did not listen.",
            "The council did not listen.",
        ]
        assert set(await r.tags()) <= {"The bridge is to be closed", *seen}
        assert "[1] College working paper 14" in r.text
        assert "[^1]" not in r.text
        await r.press("I")
        byline = next(line for line in r.lines if "Byline" in line)
        assert "Petra Lindqvist" in byline
        assert "correspondent" not in byline
        await r.press("escape")
