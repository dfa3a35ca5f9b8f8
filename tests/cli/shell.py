"""Runs commands in tests as a shell would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import output
from reader.cli.main import run
from reader.domain.errors import ReaderError

STORY = """\
Storm closes the bridge

The mayor said it was safe. A witness saw cracks.

Nobody was hurt.
"""


class Shell:
    """Runs commands on one library and keeps what they said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: str) -> int:
        self.capsys.readouterr()
        argv = ["--db", str(self.folder / "library.db"), "--annotator", "ana", *words]
        try:
            status = run(argv)
        except ReaderError as error:
            status = output.failure(error, as_json="--json" in words)
        self.out, self.err = self.capsys.readouterr()
        return status

    def json(self, *words: str):
        assert self(*words, "--json") == 0, self.err
        return json.loads(self.out)

    def add(self, text: str = STORY, name: str = "story.txt", *options: str) -> str:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return self.json("add", str(path), *options)["articles"][0]["uid"]
