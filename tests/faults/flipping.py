"""One flipped byte anywhere in a library: the app works right, or says that it is damaged.

Never a traceback, never another text than was captured without a word about it.
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reader.domain.errors import ReaderError
from reader.storage.library import Library
from tests.tui.reading_harness import ARTICLE, Reader, article, reading

TOLD = (
    "damaged",
    "not what this version",
    "makes no sense",
    "not a database",
    "database of another program",
    "malformed",
)
"""What messages on damage say."""


@dataclass
class Outcomes:
    """How often what came of it.

    Attributes:
        right: The text is right, and the keys worked.
        told: It could not be opened, and why; or damage was told later.
        seen: Positions whose keys failed in words though no damage was told of the text.
    """

    right: int = 0
    told: int = 0
    seen: list[int] = field(default_factory=list)


async def make(folder: Path) -> tuple[Path, Path]:
    """Make a library with an article, tags and a note; return the article's and its own file."""
    file, db = article(folder), folder / "whole.db"
    async with reading(db, file) as r:
        await r.press("j", "4", "j", "2", "f", "a")
        await r.type("a remark")
        await r.press("escape", "u", "ctrl+r", "j", "3")
    with Library(db) as library:
        library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file, db


async def flip(whole: bytes, place: int, file: Path, outcomes: Outcomes) -> None:
    """Flip one byte, open the article in the app, press keys, and look.

    Raises:
        AssertionError: Something was wrong without a word.
    """
    db = file.with_name("flipped.db")
    for leftover in db.parent.glob("flipped.db*"):
        leftover.unlink()
    raw = bytearray(whole)
    raw[place] ^= 1 << random.Random(place).randrange(8)
    db.write_bytes(raw)
    said: list[str] = []
    try:
        async with reading(db, file) as r:
            await _use(r, said)
            shown = r.screen.session.document.text
    except ReaderError:
        outcomes.told += 1
        return
    told = any(word in line for line in said for word in TOLD)
    assert told or shown == ARTICLE, (place, said)
    if told:
        outcomes.told += 1
    elif said:
        outcomes.seen.append(place)
    else:
        outcomes.right += 1


async def _use(r: Reader, said: list[str]) -> None:
    """Do what people do, and collect what is told of faults."""
    for key in ("j", "5", "a", "x", "escape", "u", "tab", "j", "tab", "g"):
        with suppress(TimeoutError):  # what cannot be saved is tried for ever: told, and enough
            await r.pilot.pause(0)
            if r.screen.saver.failing:
                break
            await r.press(key)
        said += _errors(r)
    await r.until(lambda: all(it.is_finished for it in r.screen.workers if it.group == "check"))
    await r.pilot.pause(0)
    said += _errors(r)


def _errors(r: Reader) -> list[str]:
    return [str(item.message) for item in r.app._notifications if item.severity != "information"]


async def sweep(folder: Path, flips: int, seed: int = 1) -> Outcomes:
    """Flip so many bytes, one at a time, at places where there is something.

    Among them are a letter of the text, whose damage must be told, and one of a note, which no
    check can know to be another than was typed.
    """
    outcomes = Outcomes()
    file, db = await make(folder)
    whole = db.read_bytes()
    places = [place for place, byte in enumerate(whole) if byte]
    in_text = whole.index(b"Sixth stands alone")
    in_note = whole.index(b"a remark")
    for place in (in_text, in_note, *random.Random(seed).sample(places, flips - 2)):
        await flip(whole, place, file, outcomes)
    return outcomes
