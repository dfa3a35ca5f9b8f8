"""``reader add``: folders, patterns, what fails, being interrupted."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.shell import STORY, Shell
from tests.new_libraries import make

NAMES = ("a.txt", "b.md", "sub/c.TXT", "sub/deep/d.txt", ".hidden.txt", ".git/e.txt", "f.log")


def folder(path: Path) -> Path:
    for number, name in enumerate(NAMES):
        file = path / "articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{STORY}\nNumber {number} is this one.\n", "utf-8")
    (path / "articles" / "sub" / "again").symlink_to(path / "articles")
    return path / "articles"


def titles_in(shell: Shell) -> int:
    return len(shell.json("list"))


def test_a_folder_with_all_below_it_and_each_failure_told(shell: Shell) -> None:
    place = folder(shell.folder)
    (place / "sub" / "empty.txt").write_bytes(b"")
    (place / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert shell("add", str(place)) == 1
    assert shell.err.count("Cannot read:") == 2
    assert "empty.txt is empty" in shell.err
    assert "picture.txt cannot be read: this is a picture" in shell.err
    assert "4 added, 2 not read." in shell.err
    assert titles_in(shell) == 4
    assert shell("add", str(place), "--json") == 1
    said = json.loads(shell.out)
    assert [(entry["new"], entry["quality"]) for entry in said["articles"]] == [(False, "good")] * 4
    assert [Path(entry["target"]).name for entry in said["failed"]] == ["picture.txt", "empty.txt"]
    assert said["failed"][0]["error"]["hint"]


def test_patterns_choose_files_by_name_or_by_path(shell: Shell) -> None:
    place = str(folder(shell.folder))
    assert shell("add", place, "--pattern", "*.log") == 0
    assert shell("add", place, "--pattern", "sub/*.txt") == 0
    assert titles_in(shell) == 3
    assert shell("add", place, "--pattern", "*.pdf") == 3
    assert "has no file named like *.pdf" in shell.err
    assert shell("add", place, "--pattern", "") == 2
    assert shell("add", place, "--title", "T") == 2


def test_an_interrupt_keeps_what_was_added_before(tmp_path: Path) -> None:
    place = tmp_path / "many"
    place.mkdir()
    for number in range(300):
        (place / f"{number:04}.txt").write_text(f"{STORY}\nNumber {number}.\n", "utf-8")
    db = ["--db", str(tmp_path / "l.db"), "--annotator", "ana"]
    make(tmp_path / "l.db")
    command = [sys.executable, "-m", "reader", *db]
    adding = subprocess.Popen(
        [*command, "add", str(place)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        pipesize=4_096,  # so that it has to wait for its lines to be read, where that can be had
    )
    for _ in range(20):
        adding.stdout.readline()
    adding.send_signal(signal.SIGINT)
    with adding:
        out, err = adding.stdout.read(), adding.stderr.read()  # not past what is read ahead already
    assert adding.returncode == 130
    printed = 20 + len(out.splitlines())
    (said,) = re.findall(r"Interrupted\. (\d+) articles added before; they are kept\.", err)
    added = int(said)
    assert added - printed in (0, 1)  # it may come between a count and its line
    assert "Traceback" not in err
    listed = subprocess.run([*command, "list", "--json"], capture_output=True, check=True)
    kept = len(json.loads(listed.stdout))
    assert kept == added
    assert kept < 300


def test_an_address_that_is_not_fetched_is_told_so(shell: Shell) -> None:
    assert shell("add", "ftp://127.0.0.1/x") == 3
    assert "only http:// and https://" in shell.err
