"""Nothing from an article, a file name or a mistake makes a terminal do anything."""

import io
import json
import sys

import pytest

from reader.cli import output
from reader.cli.main import run
from reader.domain.errors import ReaderError
from reader.domain.untrusted import safe

EVIL = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202egnp\u2066x\u2028y\x7f\x08\U000e0041"
TEXT = f"A head {EVIL} line\n\nOne {EVIL} is here. Two.\n"


def harmless(text: str) -> bool:
    return all(safe(line) == line for line in text.split("\n"))


@pytest.fixture
def evil(tmp_path, capsys):
    """Run commands on a library with one hostile article in it; give all that was printed."""
    path = tmp_path / f"a{EVIL.replace('/', '')}.txt"
    path.write_text(TEXT, "utf-8")

    def command(*words: str) -> str:
        capsys.readouterr()
        try:
            run(["--db", str(tmp_path / "library.db"), "--annotator", "ana", *words])
        except ReaderError as error:
            output.failure(error, as_json="--json" in words)
        done = capsys.readouterr()
        return done.out + done.err

    command("add", str(path), "--title", f"T {EVIL}", "--outlet", EVIL, "--byline", EVIL)
    command("tag", "1", "doubtful", "--statement", "1", "--note", EVIL, "--reason", EVIL)
    return command


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--json"),
        ("show", "1"),
        ("show", "1", "--json"),
        ("log",),
        ("log", "--json"),
        ("stats",),
        ("stats", "--json"),
        ("undo", "1"),
        ("show", EVIL),
        ("add", EVIL),
        ("add", f"https://{EVIL}"),
        ("tag", "1", EVIL, "--statement", "1"),
        ("tag", "1", "--quote", EVIL, "--json"),
        ("codebook", "show", EVIL),
        ("codebook", "check", EVIL),
        ("import", "csv", EVIL),
        ("export", "csv", "-o", f"{EVIL}/x.csv"),
        ("list", "--sort", EVIL),
        (EVIL,),
        ("--config", EVIL, "list"),
    ],
    ids=repr,
)
def test_what_is_printed_is_harmless(evil, words):
    printed = evil(*words)
    assert printed.strip()
    assert harmless(printed)


def test_json_still_holds_every_character(evil):
    document = json.loads(evil("show", "1", "--json"))
    assert document["highlights"][0]["note"] == EVIL
    assert document["article"]["title"] == f"T {EVIL}"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_csv_shown_on_a_terminal_is_harmless(evil, monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    evil("export", "csv")
    assert "doubtful" in screen.getvalue()
    assert harmless(screen.getvalue().replace("\ufeff", ""))
