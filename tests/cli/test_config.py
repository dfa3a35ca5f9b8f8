"""`reader config`: what holds, where it comes from, and changing it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.__main__ import main


class Shell:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file = folder / "close-reader" / "config.toml"
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: str) -> int:
        status = main(list(words))
        self.out, self.err = self.capsys.readouterr()
        return status

    def rows(self, *words: str) -> dict[str, tuple[object, str]]:
        assert self(*words, "config", "--json") == 0, self.err
        found = json.loads(self.out)
        assert found["file"] == str(self.file)
        return {row["name"]: (row["value"], row["from"]) for row in found["settings"]}


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    for name in ("READER_DB", "READER_ANNOTATOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return Shell(tmp_path, capsys)


def test_each_setting_is_told_with_where_it_comes_from(shell: Shell, monkeypatch) -> None:
    assert shell.rows()["width"] == (72, "default")
    assert not shell.file.exists()
    assert shell("config", "set", "width", "80") == 0
    assert shell("config", "set", "width", "--", "--5") == 2
    assert shell("config", "set", "width", "9" * 5_000) == 2
    assert "width is a number from 24 to 160" in shell.err
    assert shell("config", "set", "annotator", "ana b") == 0
    assert shell.file.read_text() == 'width = 80\nannotator = "ana b"\n'
    monkeypatch.setenv("READER_DB", "/tmp/other.db")
    assert shell.rows()["plain"] == (False, "default")
    found = shell.rows("--codebook", "stance", "--plain")
    assert found["plain"] == (True, "option --plain")
    assert found["width"] == (80, f"{shell.file}:1")
    assert found["annotator"] == ("ana b", f"{shell.file}:2")
    assert found["database"] == ("/tmp/other.db", "environment READER_DB")
    assert found["codebook"] == ("stance", "option --codebook")
    assert shell("config") == 0
    assert f"{shell.file}:1" in shell.out
    assert shell("config", "path") == 0
    assert shell.out == f"{shell.file}\n"


def test_a_value_that_makes_no_sense_is_refused_and_nothing_is_written(shell: Shell) -> None:
    for words, hint in [
        (("wdith", "80"), "did you mean width?"),
        (("width", "800"), "from 24 to 160"),
        (("width", "wide"), "is a number"),
        (("theme", "ligth"), "did you mean light?"),
        (("plain", "perhaps"), "true or false"),
        (("codebook", "none-such"), "There is no codebook"),
        (("keys.undo", "Ctrl-I"), "as Tab"),
        (("keys.unod", "z"), "did you mean undo?"),
        (("keys.preset", "vim"), "did you mean vim-strict?"),
        (("preset", "vim-strict"), "did you mean keys.preset?"),
        (("sprockets", "1"), "allow_private, keys.preset, and keys.ID"),
    ]:
        assert shell("config", "set", *words) == 2
        assert hint in shell.err
        assert "config.toml" not in shell.err  # there is no such line, nor such a file
    assert not shell.file.exists()


def test_keys_are_changed_and_told_by_keys(shell: Shell) -> None:
    assert shell("config", "set", "keys.statement.next", "n", "F7") == 0
    assert '"next hit" has no key now' in shell.err
    assert shell("config", "set", "keys.search.next", "") == 0
    assert shell("keys") == 0
    assert "n F7" in shell.out
    assert shell.err == ""
    assert shell.rows()["keys.statement.next"] == (["n", "F7"], f"{shell.file}:2")
    assert shell("config", "unset", "keys.statement.next") == 0
    assert shell("config", "set", "plain", "yes") == 0
    assert shell("keys", "--ids") == 0
    assert "j ↓" in shell.out
    assert "statement.next" in shell.out


def test_mistakes_in_the_file_are_all_told_and_can_be_mended(shell: Shell) -> None:
    shell.file.parent.mkdir()
    shell.file.write_text('width = "x"\n\ntheme = "ligth"\n')
    assert shell("list", "--json") == 2
    error = json.loads(shell.err)["error"]
    assert [detail.split("config.toml")[1][:3] for detail in error["details"]] == [":1:", ":3:"]
    assert shell.rows()["width"] == (72, "default")  # what helps to mend it runs
    assert "did you mean light?" in shell.err
    assert "The defaults hold instead." in shell.err
    assert shell("config", "path") == 0
    right = shell.file.read_text()
    shell.file.write_text(
        f'{right}[keys]\n"statement.next" = "n"\n"statement.previous" = "n"\n"undu" = "u"\n'
        '"redo" = 5\n"quit" = ""\n'
    )
    assert shell("list", "--json") == 2  # those of the keys at once
    told = [line.split("config.toml:")[1] for line in json.loads(shell.err)["error"]["details"]]
    assert [int(line.split(":")[0]) for line in told] == [1, 3, 6, 7, 8, 9]
    assert 'keys.statement.previous: "n" is given to statement.next already' in told[2]
    assert "keys.undu is no command; did you mean undo?" in told[3]
    assert "keys.quit must have a key" in told[5]
    shell.file.write_text(right)
    assert shell("config", "set", "width", "80") == 0
    assert shell("config", "unset", "theme") == 0
    assert shell("list") == 0
    shell.file.write_text('width = 80\ncodebook = "credibility"\n')
    assert shell("list") == 2
    assert "config.toml:2: codebook: There is no codebook credibility; did you mean" in shell.err
    assert shell("--codebook", "stanec", "list") == 2
    assert "Codebook refused: There is no codebook stanec; did you mean stance?" in shell.err


def test_what_helps_to_mend_a_wrong_file_runs_with_what_is_right_in_it(shell: Shell) -> None:
    shell.file.parent.mkdir()
    own = shell.file.parent / "own.db"
    assert shell("--db", str(own), "list") == 0
    shell.file.write_text(
        f'panel = "rihgt"\nwidth = 60\ndatabase = "{own}"\n'
        '[keys]\nno-such = "x"\npreset = "vim-strict"\n'
    )
    for words in (("keys", "--ids"), ("doctor",), ("path",), ("config",)):
        assert shell(*words) == 0
        assert ":1: panel cannot be 'rihgt'" in shell.err
        assert ":5: keys.no-such is no command" in shell.err
        assert "The defaults hold instead. Correct the file; `reader keys --ids` lists" in shell.err
    found = shell.rows()
    assert found["panel"] == ("auto", "default")
    assert found["width"] == (60, f"{shell.file}:2")
    assert found["database"] == (str(own), f"{shell.file}:3")
    assert found["keys.preset"] == ("vim-strict", f"{shell.file}:6")
    assert shell("list") == 2
    shell.file.write_text("x = = 1\n")
    assert shell("keys", "--ids") == 0
    assert "this is not TOML" in shell.err
    shell.file.write_bytes(b"\xff")
    assert shell("config") == 0
    assert "this is not UTF-8" in shell.err
    assert shell("--config", str(own.with_name("nix.toml")), "config") == 2
