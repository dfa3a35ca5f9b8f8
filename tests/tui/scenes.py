"""The screens as plain text, at five sizes: ``python -m tests.tui.scenes`` writes them anew.

They are kept under ``snapshots/``, one file a size, to be read by people: look at the difference
before keeping it. The picture in the README is one of them. The clock stands still for them.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from reader import assets
from reader.domain.article import Metadata
from reader.services.capturing import adding
from reader.storage.library import Library
from tests.tui.reading_harness import Reader, reading

FOLDER = Path(__file__).with_name("snapshots")
README = Path(__file__).parents[2] / "README.md"

SIZES = ((200, 60), (120, 40), (80, 24), (60, 20), (40, 12))
PICTURE_SIZE = (100, 28)

_CLOCK = patch("reader.tui.reading.sources._local", lambda at: ("2026-01-02", "03:04"))
"""Stops the clock of what is told of a highlight's history."""

_PICTURE = re.compile(r"(<!-- screen -->\n```text\n).*?(\n```\n<!-- /screen -->)", re.DOTALL)

TEXT = """\
# The bridge at Lower Ford

The council says that the bridge is safe. "It has been inspected twice", the mayor said on Monday, \
"and nothing was found." An engineer who asked not to be named disagrees.

## What the report says

- One bearing has moved by two centimetres.
- The north pier stands in deeper water than the drawings show.

> We did not look at the foundations. That was not what we were asked to do.

Nobody could say on Tuesday who had ordered the report, or when it would be published in full.
"""

_KEYS = ("j", "2", "j", "4", "c", "f", "j", "v", "w", "w", "6", "j", "k", "3")
"""What is done before the article's pictures are taken."""

_PICTURE_KEYS = ("j", "2", "j", "4", "j", "h", "j", "6", "j", "3", "c")


async def scenes() -> tuple[dict[str, str], str]:
    """Return the screens of each size by the name of their file, and the picture of the README."""
    with tempfile.TemporaryDirectory() as folder, _colours(), _CLOCK:
        database = Path(folder) / "library.db"
        _make_library(database, Path(folder))
        async with reading(database) as it:
            found: dict[str, list[str]] = {f"{w}x{h}": [] for w, h in SIZES}
            await _take(it, found, "The list of articles")
            await it.press("enter", *_KEYS)
            await it.pilot.pause(0.4)  # the panel opens its entry when one rests
            await it.rest()
            await _take(it, found, "Reading")
            await it.press("t")
            await _take(it, found, "A dialog: find a tag", *["down"] * 2)
            await it.press("escape")
            await it.press("q", "x")
            await _take(it, found, "The list of articles, one of them marked")
            await it.press("escape", "g", "enter")
            picture = await _picture(it)
            await it.press("I", "4", "ctrl+s", "q", "t")
            await it.type("to check\n")
            await _take(it, found, "The list of articles, one with a label and a verdict")
    return {name: "\n\n".join(parts) + "\n" for name, parts in found.items()}, picture


@contextmanager
def _colours() -> Iterator[None]:
    """Let the terminal have all colours: without, the cursor stands in brackets."""
    before = dict(os.environ)
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
    os.environ.pop("NO_COLOR", None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _make_library(database: Path, folder: Path) -> None:
    path = folder / "bridge.md"
    path.write_text(TEXT, "utf-8")
    about = Metadata(title="The bridge at Lower Ford", outlet="The Ford Courier",
                     published_at="2025-03-04")  # fmt: skip
    with Library(database) as library:
        me = library.annotator("ana")
        adding.add_file(library, assets.sample_article(), me)
        adding.add_file(library, path, me, metadata=about)


async def _take(it: Reader, found: dict[str, list[str]], name: str, *keys: str) -> None:
    """Take a picture at each size."""
    await it.press(*keys)
    it.app.clear_notifications()
    for width, height in SIZES:
        await _resize(it, width, height)
        found[f"{width}x{height}"].append(f"==== {name}\n{it.text}")
    await _resize(it, 120, 40)


async def _picture(it: Reader) -> str:
    """Return the README's picture of the sample article."""
    await it.press("q")
    await _resize(it, *PICTURE_SIZE)
    await it.press("j", "enter", *_PICTURE_KEYS, "X")  # with suggestions, as at a first start
    await it.until(lambda: "┊" in it.text and "· x " in it.status)
    it.app.clear_notifications()
    await it.pilot.pause(0.4)
    await it.rest()
    return it.text


async def _resize(it: Reader, width: int, height: int) -> None:
    await it.pilot.resize_terminal(width, height)
    await it.rest()


def picture_in_readme() -> str:
    """Return the picture that the README has."""
    found = _PICTURE.search(README.read_text("utf-8"))
    return found[0][len(found[1]) : -len(found[2])] if found else ""


def renew() -> None:
    """Write all pictures anew."""
    files, picture = asyncio.run(scenes())
    FOLDER.mkdir(exist_ok=True)
    for name, text in files.items():
        (FOLDER / f"{name}.txt").write_text(text, "utf-8")
    readme = README.read_text("utf-8")
    README.write_text(_PICTURE.sub(lambda m: m[1] + picture + m[2], readme), "utf-8")


if __name__ == "__main__":
    renew()
