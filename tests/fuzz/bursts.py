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

from reader.tui.reading.screen import ReadingScreen
from reader.tui.widgets.line_list import LineList
from tests.fuzz.keys import Fuzzer, sandbox
from tests.tui.idling import idle
from tests.tui.reading_harness import article, reading

Word = tuple[str, ...]
"""Keys that come in one piece."""

OPENERS = (
    ("e", "a"), ("e",), ("I",), ("i",), ("E",), ("s",), ("S",), ("t",), ("D",), ("x",), ("a",),
    (":",), ("/",), ("tab", "/"), ("m", "k"), ("`", "k"), ("R",), ("r",), ("T",), ("?",), ("v",),
    ("2", "e"), ("ctrl+f",), ("c",), ("L",), ("M",), ("C",), ("l",), ("'",), ("F",), ("f1",),
)  # fmt: skip
"""What opens something; some of it nothing, as the codebook or the place has no such thing."""

INSIDE = (
    *("tab", "tab", "tab", "shift+tab", "enter", "enter", "space", "up", "down", "left", "right"),
    *("escape", "ctrl+s", "backspace", "home", "end", "f1", "pagedown"),
    *"scriabjkCité27>-",
)  # fmt: skip
"""What is pressed in it."""


def words(chance: random.Random, count: int) -> list[Word]:
    """Return words by chance: each opens something, and goes on in it."""
    return [
        (*chance.choice(OPENERS), *chance.choices(INSIDE, k=chance.randint(2, 9)))
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
    return {
        "screens": [type(screen).__name__ for screen in app.screen_stack],
        "focus": (type(focused).__name__, focused.id) if focused else None,
        "mode": fuzzer.screen.mode,
        "here": fuzzer.here,
        "fields": [field.value for field in app.screen.query(Input)],
        "texts": [field.text for field in app.screen.query(TextArea)],
        "lists": [each.current for each in app.screen.query(LineList)],
        "tags": await fuzzer.tags(),
        "log": await fuzzer.groups(),
    }


async def _states(folder: Path, todo: Sequence[Word], *, at_once: bool) -> list[dict[str, Any]]:
    """Return what comes of each word; after each, Esc leads back to the article."""
    found = []
    async with reading(folder / f"{at_once}.db", article(folder)) as r:
        fuzzer = Typist(r.pilot, r.database)
        await fuzzer.do(("burst", "j"))
        for word in todo:
            if at_once:
                await fuzzer.do(("burst", *word))
            else:
                for key in word:
                    await fuzzer.do(("key", key))
            if fuzzer.is_over:
                found.append({"screens": []})
                break
            found.append(await _state(fuzzer))
            for _ in range(8):
                if fuzzer.app.screen is fuzzer.screen and fuzzer.screen.mode == "READ":
                    break
                await fuzzer.do(("key", "escape"))
            await fuzzer.do(("key", "j"))
    return found


def compare(todo: Sequence[Word]) -> None:
    """Assert that words of keys do at once what they do one by one.

    Raises:
        AssertionError: One does not.
    """
    with tempfile.TemporaryDirectory(prefix="bursts-") as name, sandbox(Path(name)):
        one_by_one = asyncio.run(_states(Path(name), todo, at_once=False))
        at_once = asyncio.run(_states(Path(name), todo, at_once=True))
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
    compare(words(random.Random(f"bursts {seed}"), count))
    return f"{count} words"
