"""Keys that come all at once do what they do one by one, in dialogs, forms and lines.

The same words of keys are given to two apps: in one app each word comes in one piece, in the other
one waits after each key until nothing is left to do. After each word both are in the same state.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual.widgets import Input, TextArea

from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from reader.tui.widgets.line_list import LineList
from tests.fuzz.keys import Fuzzer, sandbox
from tests.tui.idling import idle
from tests.tui.reading_harness import ARTICLE, article, reading

Word = tuple[str, ...]
"""Keys that come in one piece."""

OPENERS = (
    ("e", "a"), ("e",), ("I",), ("i",), ("E",), ("s",), ("S",), ("t",), ("D",), ("x",), ("a",),
    (":",), ("/",), ("tab", "/"), ("m", "k"), ("`", "k"), ("R",), ("r",), ("T",), ("?",), ("v",),
    ("2", "e"), ("ctrl+f",), ("c",), ("L",), ("M",), ("C",), ("l",), ("'",), ("F",), ("f1",),
)  # fmt: skip
"""What opens something; some of it nothing, as the codebook or the place has no such thing."""

IN_LIBRARY = (
    ("a",), ("/",), ("t",), ("s",), ("o",), ("enter",), ("e",), ("i",), (":",), ("x", "t"), ("?",),
    ("S",), ("F",), ("d",), ("u",), ("J",), ("down", "enter"), ("D",), ("E",), ("T",),
)  # fmt: skip
"""What opens something in the list of articles."""

INSIDE = (
    *("tab", "tab", "tab", "shift+tab", "enter", "enter", "space", "up", "down", "left", "right"),
    *("escape", "ctrl+s", "backspace", "home", "end", "f1", "pagedown"),
    *"scriabjkCité27>-",
)  # fmt: skip
"""What is pressed in it."""


def words(chance: random.Random, count: int, openers: Sequence[Word] = OPENERS) -> list[Word]:
    """Return words by chance: each opens something, and goes on in it."""
    return [
        (*chance.choice(openers), *chance.choices(INSIDE, k=chance.randint(2, 9)))
        for _ in range(count)
    ]


class Typist(Fuzzer):
    """Types fast, or one key after the other."""

    async def rest(self) -> None:
        """Wait until nothing is left to do, or the app has ended."""
        for _ in range(2):
            if self.is_over:
                return
            await idle(self.app)
            if isinstance(self.app.screen, ReadingScreen):
                await self.app.screen.settled()
            await self.until(lambda: self.is_over or not self._busy())
        if not self.is_over:
            await idle(self.app)


async def _state(fuzzer: Fuzzer) -> dict[str, Any]:
    """Return what a user would see of it, but for what is only said for a while."""
    app = fuzzer.app
    focused = app.focused
    article = {}
    if fuzzer.has_article:
        article = {
            "mode": fuzzer.screen.mode,
            "here": fuzzer.here,
            "tags": await fuzzer.tags(),
            "log": await fuzzer.groups(),
        }
    return article | {
        "screens": [type(screen).__name__ for screen in app.screen_stack],
        "focus": (type(focused).__name__, focused.id) if focused else None,
        "fields": [field.value for field in app.screen.query(Input)],
        "texts": [field.text for field in app.screen.query(TextArea)],
        "lists": [each.current for each in app.screen.query(LineList)],
    }


async def _states(
    folder: Path, todo: Sequence[Word], *, at_once: bool, library: bool = False
) -> list[dict[str, Any]]:
    """Return what comes of each word; after each, Esc leads back to where it began."""
    found = []
    for exported in folder.iterdir():  # one that is there is asked about
        if exported.is_file() and exported.suffix != ".db":
            exported.unlink()
    articles = [article(folder, f"Of {name}.\n\n{ARTICLE}", f"{name}.txt") for name in ("a", "b")]
    db = folder / f"{at_once}.db"
    if library:
        async with reading(db, *articles):
            pass
    async with reading(db, *([] if library else articles[:1])) as r:
        fuzzer = Typist(r.pilot, r.database)
        await fuzzer.do(("burst", "j"))
        for word in todo:
            if at_once:
                await fuzzer.do(("burst", *word))
            else:
                for key in word:
                    await fuzzer.do(("key", key))
            if fuzzer.is_over:
                return [*found, *[{}] * (len(todo) - len(found))]
            found.append(await _state(fuzzer))
            await _go_back(fuzzer, library=library)
            await fuzzer.do(("key", "j"))
    return found


async def _go_back(fuzzer: Fuzzer, *, library: bool) -> None:
    """Leave whatever was opened."""
    for _ in range(8):
        screen = fuzzer.app.screen
        if isinstance(screen, ReadingScreen) and screen.mode == "READ":
            if not library:
                return
            await fuzzer.do(("key", "q"))
        elif isinstance(screen, LibraryScreen) and not screen.query(Input):
            return
        else:
            await fuzzer.do(("key", "escape"))


def compare(todo: Sequence[Word], *, library: bool = False) -> None:
    """Assert that words of keys do at once what they do one by one.

    Raises:
        AssertionError: One does not.
    """
    with tempfile.TemporaryDirectory(prefix="bursts-") as name, sandbox(Path(name)):
        one_by_one = asyncio.run(_states(Path(name), todo, at_once=False, library=library))
        at_once = asyncio.run(_states(Path(name), todo, at_once=True, library=library))
    for word, slow, fast in zip(todo, one_by_one, at_once, strict=True):
        differing = [
            f"{key}: {slow[key]!r}, at once {fast.get(key)!r}"
            for key in slow
            if slow[key] != fast.get(key)
        ]
        assert not differing, f"{word!r}: {'; '.join(differing)}"


def run(seed: int, *, count: int = 12) -> str:
    """Do one run; return what was done, in words.

    Raises:
        AssertionError: Keys at once did something else than one by one.
    """
    library = seed % 3 == 0
    openers = IN_LIBRARY if library else OPENERS
    compare(words(random.Random(f"bursts {seed}"), count, openers), library=library)
    return f"{count} words"
