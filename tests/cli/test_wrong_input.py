"""What cannot be read, written or found: it is said why, and what to do; nothing is changed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.storage.library import Library
from tests.cli.shell import Shell

ROOT = Path(__file__).parents[2]
LONG = "a" * 300
"""No file system takes a name of that length."""


def _actions(shell: Shell) -> int:
    with Library(shell.folder / "library.db") as library:
        return library.log.newest()


def _refused(shell: Shell, *words: str) -> tuple[int, str, str]:
    """Return the status, the first line and the second one of what a command refuses to do."""
    before = _actions(shell)
    status = shell(*words)
    assert _actions(shell) == before
    assert shell.out == ""
    said, hint = shell.err.splitlines()[:2]
    assert hint.strip()
    return status, said, hint


@pytest.mark.parametrize(
    "words",
    [("export", "csv", "-o"), ("export", "markdown", "-o"), ("export", "jsonl", "-o"), ("backup",),
     ("merge",), ("add",), ("import", "csv"), ("import", "jsonl"), ("rescue", "--take-in"),
     ("feed",)],
)  # fmt: skip
def test_a_name_that_no_disk_takes(shell: Shell, words: tuple[str, ...]) -> None:
    shell.add()
    status, said, _ = _refused(shell, *words, str(shell.folder / LONG))
    assert status == 3
    assert said.endswith(": File name too long.")
    assert said.startswith(("File: ", "Cannot read: "))


def test_folders_and_what_is_no_text(shell: Shell) -> None:
    shell.add()
    folder = shell.folder / "folder"
    folder.mkdir()
    for words in (("merge",), ("add",), ("feed",), ("import", "csv"), ("import", "jsonl")):
        status, said, _ = _refused(shell, *words, str(folder))
        assert status == 3, words
        assert "folder" in said or "directory" in said
    binary = shell.folder / "bin.dat"
    binary.write_bytes(bytes(range(256)) * 40)
    status, said, hint = _refused(shell, "feed", str(binary))
    assert status == 3
    assert said == f"Cannot read: {binary} cannot be read: this is not text (binary data)."
    assert "RSS" in hint
    assert _refused(shell, "add", "")[:2] == (3, "Cannot read: An empty name is no file.")
    assert _refused(shell, "overlap", "")[0] == 2


def test_too_little_of_an_id_names_nothing(shell: Shell) -> None:
    shell.add()
    shell("relate", "1", "denies", "--statement", "2", "--to-statement", "3")
    shell("evidence", "add", "1", "context", "--statement", "2", "--citation", "Report")
    for words in (
        ("evidence", "delete", "0"),
        ("evidence", "edit", "0", "--citation", "x"),
        ("relation", "retract", "0"),
        ("relation", "edit", "01", "--note", "x"),
    ):
        status, said, hint = _refused(shell, *words)
        assert (status, f"“{words[2]}” is too little" in said) == (2, True)
        assert "list" in hint
    relation = shell.json("relation", "list", "1")[0]
    assert shell("relation", "retract", relation["uid"][:8]) == 0, shell.err


def _without_rights() -> None:
    """Give up root's right to look and write everywhere, for what is executed next (Linux)."""
    for capability in (1, 2):
        assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0


def test_a_folder_that_may_not_be_looked_into(shell: Shell) -> None:
    shell.add()
    closed = shell.folder / "closed"
    closed.mkdir(mode=0o000)

    def run(*words: str) -> tuple[int, list[str]]:
        found = subprocess.run(
            [sys.executable, "-m", "reader", *words],
            env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            preexec_fn=_without_rights if os.geteuid() == 0 else None,
        )
        return found.returncode, found.stderr.splitlines()

    library, file = str(shell.folder / "library.db"), str(closed / "x")
    for command in ("list", "add"):
        more = [str(shell.folder / "story.txt")] if command == "add" else []
        status, (said, hint) = run("--db", file, command, *more)
        assert status == 4
        assert said == f"Database: {file} cannot be opened: its folder may not be looked into."
        assert "permissions" in hint
    for words in (("export", "csv", "-o"), ("backup",), ("merge",)):
        status, (said, hint) = run("--db", library, *words, file)
        assert status == 3
        assert said.endswith(": Permission denied.")
        assert "who may" in hint
