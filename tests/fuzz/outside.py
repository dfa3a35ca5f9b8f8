"""What another window, another annotator or another machine does to a library that is open."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reader.assets import load_builtin
from reader.domain.errors import ReaderError
from reader.services.annotating import history
from reader.services.capturing import adding
from reader.services.exchange import logs
from reader.services.reading.beginning import load_session
from reader.storage.library import Library
from tests.fuzz import material


def act(database: Path, seed: int) -> None:
    """Do something, in one transaction or some."""
    chance = random.Random(f"outside {seed}")
    with Library(database) as library:
        library.connection.execute("PRAGMA synchronous=off")
        chance.choice(ACTS)(library, chance)


def _mark(library: Library, chance: random.Random) -> None:
    """Tag a statement, or write a note on it, as the same annotator or as another one."""
    article = chance.choice(library.articles.in_order())
    me = library.annotator(chance.choice(("ana", "ben")))
    session = load_session(library, article, me, load_builtin("credibility-7"))
    statements = list(session.document.statements())
    if not statements:
        return
    target = session.annotations.target(chance.choice(statements))
    if chance.random() < 0.3:
        edit = session.annotations.set_note(target, material.text(chance, 5))
    else:
        tag = chance.choice(session.facet.tags)
        edit = session.annotations.set_tag(target, session.codebook, session.facet, tag)
    if edit.group.changes:
        library.log.commit(edit.group, guarded=True)


def _take_back(library: Library, chance: random.Random) -> None:
    """Undo something, or do it again."""
    article = chance.choice(library.articles.in_order())
    step = chance.choice((history.undo, history.undo, history.redo))
    with suppress(ReaderError):  # it is refused if something stands on it now
        step(library, article, library.annotator("ana"))


def _merge(library: Library, chance: random.Random) -> None:
    """Work here and in a copy, and take in what was done there."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        copy = Path(name) / "copy.db"
        library.back_up(copy)
        with Library(copy) as other:
            for _ in range(chance.choice((1, 3))):
                chance.choice((_mark, _mark, _take_back))(other, chance)
        _mark(library, chance)
        logs.merge_library(library, copy)


def _capture(library: Library, chance: random.Random) -> None:
    """Add an article, or one that is there."""
    raw = material.text(chance, 20).encode("utf-8", "replace")
    with suppress(ReaderError):
        adding.add_bytes(library, raw, library.annotator("ben"), origin="other.txt")


ACTS: tuple[Callable[[Library, random.Random], None], ...] = (
    *(_mark, _mark, _mark, _take_back, _merge, _capture),
)
