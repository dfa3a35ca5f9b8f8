"""Hostile texts, titles, names and labels in a real terminal: none of what they hold gets out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader.domain.article import Metadata
from reader.services.capturing import adding
from reader.storage.library import Library
from tests.terminal import Terminal, reader

ATTACKS = (
    "\x1b]0;pwned-title\x07",
    "\x1b]52;c;cHduZWQ=\x07",
    "\x1b]8;;http://pwned.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H\x1b[31mred",
    "\x1b[?1049l",
    "\x1bP+q544e\x1b\\",
    "\x1bc",
    "\x9b31m",
    "\x9d0;pwned-c1\x9c",
    "\x90pwned\x9c",
    "\x7f\x08\x08\x0e\x0f\x05",
    "\u202eright to left\u202c",
    "\u2066isolated\u2069\u200f\u061c",
    "\U000e0041\U000e0042\U000e007f",
    "\u2028line\u2029paragraph",
    "[/foo] [bold red]markup[/] [@click=app.quit]go[/]",
    "👨‍👩‍👧‍👦" + "\u200d" * 30 + "e" + "\u0301" * 60,
    "\ufff9a\ufffab\ufffb",
)
HOSTILE = " ".join(ATTACKS)

# Everything that Textual itself has to say to a terminal.
OWN = re.compile(
    r"\x1b\[[0-9;]*m"  # colours
    r"|\x1b\[(?:\d*(?:;\d+)?H|\d*G)"  # where to write
    r"|\x1b\[\d+[XC]"  # how many blanks end a row, or are passed over
    r"|\x1b\[\?(?:1049|1000|1003|1015|1006|1016|25|1004|2004|2048|2026|7)[hl]"
    r"|\x1b\[\?(?:2026|2048)\$p"  # is this known?
    r"|\x1b\[>\d+u|\x1b\[<u"  # the kitty keyboard protocol
    r"|\x1b\[\d? ?q"  # shape of the cursor
    r"|\x1b\]11;\?\x1b\\"  # which colour is the ground? for the theme that follows it
    r"|\x1b\]22;[a-z-]+\x07"  # shape of the mouse pointer
    r"|\x1b\[0?[JK]"
)
FORBIDDEN = re.compile(
    "[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]|\x07|pwned-title\x07"
)

CODEBOOK = """
id = "hostile-2"
version = 1
title = "Ho\\u001b]0;pwned-title\\u0007stile"
about = "About \\u001b[31m\\u202e"

[[facet]]
id = "credibility"
title = "Fa\\u001b[2J\\u202ecet"
select = "one"
applies_to = ["statement"]

[[facet.tag]]
code = "bad"
key = "1"
label = "ba\\u001b[31md [/foo]\\u202e"
definition = "Def\\u001b]52;c;cHduZWQ=\\u0007\\u009b31m"
symbol = "!"
color = "#D55E00"
rank = 1.0
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Make a library with hostile text, metadata, file name, and notes."""
    database = tmp_path / "library.db"
    sentences = " ".join(f"Sentence {n} has {attack} in it." for n, attack in enumerate(ATTACKS))
    path = tmp_path / "na\x1b]0;pwned-title\x07me\x9b31m\u202e[bold].txt"
    path.write_text(f"{HOSTILE}\n\nFirst words. {sentences}\n", "utf-8")
    metadata = Metadata(
        title=f"Title {HOSTILE}", byline=HOSTILE, outlet=f"Outlet {HOSTILE}", published_at="2024"
    )
    with Library(database) as open_library:
        me = open_library.annotator("ana")
        adding.add_file(open_library, path, me, metadata=metadata)
        plain = tmp_path / "other \x1b[31m.txt"
        plain.write_text(f"Other words {HOSTILE}\n\nMore.\n", "utf-8")
        adding.add_file(open_library, plain, me)
    return database


def leaks(output: bytes) -> list[str]:
    """Return what was sent to the terminal that is neither Textual's own nor harmless text."""
    text = output.decode("utf-8")
    rest = OWN.sub("", text)
    return [repr(rest[max(0, m.start() - 20) : m.end() + 20]) for m in FORBIDDEN.finditer(rest)]


def check(terminal: Terminal) -> None:
    output = terminal.output()
    assert leaks(output) == []
    assert output.count(b"\x1b[?1049l") <= 1  # the screen is given back once, at the end


def leave(terminal: Terminal, keys: str = "q") -> None:
    terminal.wait_for_quiet()
    terminal.send(keys)
    assert terminal.wait() == 0
    check(terminal)


def test_the_check_itself_finds_every_attack() -> None:
    # Markup and joiners are only text; leaving the other screen is counted instead.
    harmless = {ATTACKS[4], ATTACKS[15], ATTACKS[16]}
    for attack in ATTACKS:
        assert bool(leaks(attack.encode())) == (attack not in harmless), repr(attack)


def test_article_panel_note_and_toasts(library: Path) -> None:
    path = next(library.parent.glob("na*"))
    with reader(str(path), database=library) as terminal:
        terminal.wait_for("First words")
        terminal.wait_for("statement 1/")
        for keys, shown in (
            ("2", "1 of"),  # a tag: chip and quotation in the panel
            ("a", "NOTE"),
        ):
            terminal.send(keys)
            terminal.wait_for(shown)
        # Pasted, as a hostile page would have it; typed, it would be keys.
        terminal.send("\x1b[200~" + HOSTILE.replace("\x1b", "") + "\x1b[201~")
        terminal.wait_for_quiet()
        terminal.send("\x13")
        terminal.wait_for("READ")
        terminal.wait_for_quiet()
        terminal.send("jj4")
        terminal.wait_for("2 of")
        terminal.send("]")  # the highlight, open in the panel with its note and history
        terminal.wait_for_quiet()
        terminal.send("u")
        terminal.wait_for("Undid")
        terminal.send("/")
        terminal.wait_for("SEARCH")
        terminal.send("Sentence\r")
        terminal.wait_for("READ")
        leave(terminal)


@pytest.mark.parametrize(("keys", "shown"), [("?", "elp"), (":", "earch"), ("t", "Tags")])
def test_dialogs(library: Path, keys: str, shown: str) -> None:
    path = next(library.parent.glob("na*"))
    with reader(str(path), database=library) as terminal:
        terminal.wait_for("statement 1/")
        terminal.send(keys)
        terminal.wait_for(shown)
        terminal.wait_for_quiet()
        terminal.send("\x1b")
        leave(terminal)


def test_the_list_and_the_export_dialog(library: Path) -> None:
    with reader(database=library) as terminal:
        terminal.wait_for("2 articles")
        terminal.wait_for("Title")
        terminal.send("\r")
        terminal.wait_for("statement 1/")
        terminal.send("E")
        terminal.wait_for("xport")
        terminal.wait_for_quiet()
        terminal.send("\x1b")
        terminal.wait_for_quiet()
        terminal.send("T")
        terminal.wait_for_quiet()
        terminal.send("\x1b")
        terminal.wait_for("READ")
        terminal.send("\x11")
        assert terminal.wait() == 0
        check(terminal)


def test_a_hostile_codebook(library: Path) -> None:
    book = library.parent / "hostile.toml"
    book.write_text(CODEBOOK, "utf-8")
    path = next(library.parent.glob("na*"))
    with reader("--codebook", str(book), str(path), database=library) as terminal:
        terminal.wait_for_quiet()
        if "statement 1/" in terminal.text():
            terminal.send("1t")
            terminal.wait_for_quiet()
            terminal.send("\x1b")
            terminal.wait_for_quiet()
            terminal.send("q")
        terminal.wait()
        check(terminal)


def test_a_hostile_name_that_is_not_there(tmp_path: Path) -> None:
    with reader(
        "no\x1b]0;pwned-title\x07\x9b31m\u202e.txt", database=tmp_path / "l.db"
    ) as terminal:
        assert terminal.wait() == 3
        check(terminal)
