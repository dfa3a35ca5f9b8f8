"""Kills the program while a form is being filled in, and opens the form again."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from reader.storage.library import Library
from tests.faults.desk import check, stored
from tests.terminal import PATIENCE, Terminal, reader

WORDS = "the register of the harbour office of last year, page four, second column"

_TYPED = "SELECT text FROM draft ORDER BY updated_at DESC LIMIT 1"


class Form(NamedTuple):
    """A form in which something is typed.

    Attributes:
        keys: The keys that open it, each with what is shown then.
        on_list: Whether it is opened over the list of articles.
        ends: The key that saves it.
    """

    keys: tuple[tuple[str, str], ...]
    on_list: bool = False
    ends: str = "\x13"  # Ctrl-S


FORMS = {
    "note": Form((("a", "note on"),)),
    "evidence": Form((("e", "vidence"), ("a", "New evidence"))),
    "details": Form((("I", "Verdict"), ("\t", ""), ("\t", ""))),
    "details from the list": Form((("I", "Verdict"), ("\t", ""), ("\t", "")), on_list=True),
    "relation": Form(
        (("k", "statement 1/"), ("r", "RELATE"), ("j", "statement 2/"), ("\r", "related?"),
         ("\t", ""), ("\t", "")),
        ends="\r",
    ),
}  # fmt: skip


def kill_while_filling_in(
    article: Path, template: Path, database: Path, chance: random.Random, name: str
) -> int:
    """Fill in a form in the real program, kill it at a random moment, and open the form again.

    What the library had of it before the kill is acknowledged.

    Returns:
        How many characters were acknowledged.

    Raises:
        AssertionError: Something of them is lost, or what is stored is not right.
    """
    shutil.copy(template, database)
    form = FORMS[name]
    with _started(article, database, form) as terminal:
        _open(terminal, form)
        for word in WORDS.split()[: chance.randint(2, 13)]:
            terminal.send(f"{word} ")
            time.sleep(chance.random() * 0.2)  # fast typing is what is simulated
        kept = _kept(database)
        terminal.kill()
    with Library(database) as library:
        check(library)
    assert _kept(database).startswith(kept)
    with _started(article, database, form) as terminal:
        if name != "note":  # which is offered without being asked for
            _open(terminal, form)
        # A field of one line shows the beginning of what is longer, others its end too.
        terminal.wait_for(lambda screen: kept[:30] in screen or kept[-30:] in screen)
        terminal.send(form.ends)
        _until_none_is_kept(database)
    patches = stored(database, "SELECT patch FROM op")
    assert any(kept in str(patch) for (patch,) in patches), "not all of it was offered and saved"
    with Library(database) as library:
        check(library)
    return len(kept)


def _started(article: Path, database: Path, form: Form) -> Terminal:
    return reader(*([] if form.on_list else [str(article)]), database=database)


def _open(terminal: Terminal, form: Form) -> None:
    terminal.wait_for("LIBRARY" if form.on_list else "statement ")
    terminal.wait_for_quiet()
    for key, shown in form.keys:
        terminal.send(key)
        terminal.wait_for(shown)
        terminal.wait_for_quiet()


def _kept(database: Path) -> str:
    """Return what the library has of it, once it has something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := stored(database, _TYPED)):
        assert time.monotonic() < deadline, "nothing of it is kept"
        time.sleep(0.02)
    text = str(found[0][0])
    return next(WORDS[:end] for end in range(len(WORDS), -1, -1) if WORDS[:end] in text).rstrip()


def _until_none_is_kept(database: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while stored(database, _TYPED):
        assert time.monotonic() < deadline, "what was typed is still kept as half typed"
        time.sleep(0.02)
