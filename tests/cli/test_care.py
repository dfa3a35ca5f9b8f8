"""The commands that look after the library, through click."""

import sqlite3

from tests.cli.test_cli import Shell, shell  # noqa: F401 - the fixture


def test_a_backup_is_a_library(shell: Shell) -> None:  # noqa: F811
    shell.add()
    copy = shell.folder / "copy.db"
    said = shell.json("backup", str(copy))
    assert said == {"file": str(copy), "bytes": copy.stat().st_size}
    before = shell.json("list")
    assert shell("--db", str(copy), "list", "--json") == 0
    assert shell.json("list") == before


def test_a_backup_replaces_only_when_told_to(shell: Shell) -> None:  # noqa: F811
    shell.add()
    copy = shell.folder / "copy.db"
    copy.write_text("something of mine")
    assert shell("backup", str(copy)) == 2
    assert "--force" in shell.err
    assert copy.read_text() == "something of mine"
    assert shell("backup", str(copy), "--force") == 0
    with sqlite3.connect(copy) as library:
        assert library.execute("SELECT count(*) FROM article").fetchone() == (1,)


def test_a_backup_needs_a_place(shell: Shell) -> None:  # noqa: F811
    shell.add()
    library = shell.folder / "library.db"
    for target in (shell.folder, shell.folder / "no" / "copy.db", library):
        assert shell("backup", str(target), "--force") == 2, target
    assert shell.json("list")
