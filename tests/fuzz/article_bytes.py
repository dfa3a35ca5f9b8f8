"""Any bytes as an article: it is taken as it is, or refused in words; what was read is anchored."""

from __future__ import annotations

import itertools
import random
import tempfile
from pathlib import Path

from reader.assets import load_builtin
from reader.domain.errors import ReaderError
from reader.domain.text import canonical
from reader.services.capturing import adding
from reader.services.care import doctor
from reader.services.reading.beginning import load_session
from reader.storage.library import Library
from tests.fuzz import desk, material

_NAMES = ("a.txt", "a.md", "a", "a.html", "a.pdf", "-", "ü 漢.txt", "a\x1b[2J.txt")


def run(seed: int) -> str:
    """Add bytes, read what came of it, tag every statement, and have it all examined.

    Raises:
        AssertionError: Something was wrong.
    """
    chance = random.Random(f"article {seed}")
    raw, name = material.some_bytes(chance), chance.choice(_NAMES)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / "library.db"
        with Library(path) as library:
            library.connection.execute("PRAGMA synchronous=off")  # nobody pulls the plug here
            me = library.annotator("ana")
            before = desk.everything(library)
            try:
                added = adding.add_bytes(library, raw, me, origin=name)
            except ReaderError as error:
                desk.see_words(error)
                assert desk.everything(library) == before, "a refused article left something"
                return "refused"
            count = _read(library, added.article.uid, me)
            desk.check_log(library)
        findings = doctor.examine(path).findings
        assert findings == [], findings
    return f"{count} statements"


def _read(library: Library, uid: str, me: str) -> int:
    """Go through the statements and tag each; return how many there are."""
    session = load_session(library, uid, me, load_builtin())
    text = session.document.text
    assert canonical(text) == text
    tags = itertools.cycle(session.facet.tags)
    at, count = 0, 0
    for statement in session.document.statements():
        assert at <= statement.start < statement.end <= len(text), "statements out of order"
        at, count = statement.end, count + 1
        if count <= 50:
            target = session.annotations.target(statement)
            edit = session.annotations.set_tag(target, session.codebook, session.facet, next(tags))
            session.apply(edit)
            library.log.commit(edit.group)
    return count
