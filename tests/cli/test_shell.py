"""Completion in the shell, and the manual page."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.cli import COMMANDS

STORY = "Storm \x1b[31mcloses\nthe bridge\n\nThe mayor said it was safe.\n"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("READER_DB", "READER_ANNOTATOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def ask(*words: str, shell: str = "fish") -> list[str]:
        monkeypatch.setenv("_READER_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(["reader", *words]))
        current = words[-1] if shell == "fish" else str(len(words))
        monkeypatch.setenv("COMP_CWORD", current)
        assert main([]) == 0
        monkeypatch.delenv("_READER_COMPLETE")
        return capsys.readouterr().out.splitlines()

    return ask


def test_commands_and_files_stand_side_by_side(asked) -> None:
    found = asked("")
    assert {line.split("\t")[0] for line in found} >= {f"plain,{name}" for name in COMMANDS}
    assert found[-1] == "file,"
    assert asked("a.txt", "b") == ["file,b"]
    assert any(line.startswith("plain,--codebook") for line in asked("--c"))
    assert "file,x" in asked("--db", "x")


def test_values_are_completed(asked, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [line for line in asked("show", "") if line.startswith("plain")] == []
    assert not (tmp_path / "close-reader").exists()  # asking has made no library
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    assert main(["add", str(path)]) == 0
    capsys.readouterr()
    (article,) = [line for line in asked("show", "") if line.startswith("plain")]
    assert article.startswith("plain,1\tStorm ")
    assert "\x1b" not in article
    assert asked("tag", "1", "--confidence", "m")[0].startswith("plain,moderate")
    assert asked("tag", "1", "ref")[0] == "plain,refuted\trefuted"
    assert asked("--codebook", "ver")[0].startswith("plain,verdict-6")
    assert asked("config", "set", "theme", "hi") == ["plain,high-contrast"]
    assert asked("config", "set", "keys.und")[0].startswith("plain,keys.undo")
    assert asked("show", "1", shell="zsh")[:2] == ["plain", "1"]
    assert main(["attribute", "1", "--statement", "2", "--source", "Port Office"]) == 0
    assert main(["label", "1", "harbour"]) == 0
    capsys.readouterr()
    port = "plain,Port Office\torganisation, named"
    for words, wanted in (
        (("codebook", "use", "sta"), "plain,stance\tSpeech acts and stance"),
        (("codebook", "rename", "stance", "ad"), "plain,admit\tadmit"),
        (("export", "csv", "--codebook", "checkworthy", "--facet", "ty"),
         "plain,type\tWhat kind of claim is it?"),
        (("attribute", "1", "--source", "Po"), port), (("source", "merge", "x", "Po"), port),
        (("source", "rate", "Po"), port),
        (("source", "rate", "x", "A"), "plain,A\tcompletely reliable"),
        (("attribute", "1", "--voice", "ind"), "plain,indirect\t"),
        (("relate", "1", "den"), "plain,denies\t"),
        (("relate", "1", "denies", "--stance", "que"), "plain,query\tquery"),
        (("evidence", "add", "1", "ref"), "plain,refutes\t"),
        (("--annotator", getpass.getuser()), f"plain,{getpass.getuser()}\t"),
        (("label", "1", "har"), "plain,harbour\t"), (("list", "--sort", "tit"), "plain,title\t"),
    ):  # fmt: skip
        assert asked(*words)[0].startswith(wanted.rstrip("\t")), words


def test_bash_itself_offers_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bash = shutil.which("bash")
    assert bash, "the development machine has bash"
    program = tmp_path / "reader"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reader "$@"\n')
    program.chmod(0o755)
    (tmp_path / "export me.txt").write_text("Text.")
    assert main(["completion", "bash"]) == 0
    ask = '_reader_completion reader; printf "%s\\n" "${COMPREPLY[@]}"\n'
    script = capsys.readouterr().out + (
        f"COMP_WORDS=(reader ex); COMP_CWORD=1; {ask}"
        f"COMP_WORDS=(reader evidence add 1 supports --kind web); COMP_CWORD=6; {ask}"
    )
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    where = str(Path(__file__).parents[2])
    done = subprocess.run(
        [bash, "--norc", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "PYTHONPATH": where},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["export", "export me.txt", "web\\ page"]
    assert done.stderr == ""


def test_each_shell_has_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("zsh", "fish"):
        assert main(["completion", shell]) == 0
        script = capsys.readouterr().out
        assert "_READER_COMPLETE" in script
    assert 'string split -m 1 ","' in script  # names and descriptions may have commas in them
    assert main(["completion", "tcsh"]) == 2


def test_the_manual_page_has_commands_keys_and_settings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["config", "set", "keys.statement.next", "F7"]) == 0
    capsys.readouterr()
    assert main(["man"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(".TH READER 1")
    assert ".B F7" in lines
    assert ".SS reader export csv [OPTIONS] [ARTICLE]\\[u2026]" in lines
    assert '.B theme = \\(dqauto\\(dq' in lines  # fmt: skip
    for name in COMMANDS:
        assert any(line.startswith(f".SS reader {name}") for line in lines), name
    known = {".TH", ".SH", ".SS", ".TP", ".B", ".PP", ".br", ".nf", ".fi"}
    assert {line.split()[0] for line in lines if line[:1] in (".", "'")} <= known
    assert all(line.isascii() and len(line) < 200 for line in lines)
