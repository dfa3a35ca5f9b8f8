"""Runs an installed `reader` as a user would: `python tests/installed.py PATH/TO/reader`.

Opens the sample article in an empty library, tags a statement, leaves, and exports the CSV.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.terminal import Terminal


def main(program: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {"READER_DB": str(Path(folder) / "library.db"), "READER_ANNOTATOR": "tester"}
        call(program, "--version", env=env)
        assert "credibility-7" in call(program, "codebook", "list", env=env)
        tag_a_statement(program, env)
        rows = list(csv.DictReader(io.StringIO(call(program, "export", "csv", env=env))))
    assert [row["tag"] for row in rows] == ["plausible"], rows
    assert rows[0]["annotator"] == "tester", rows
    assert rows[0]["article_outlet"] == "The Example Post", rows
    assert (Path(program).parent.parent / "share/man/man1/reader.1").is_file()
    print(f"installed app works: {program}")


def tag_a_statement(program: str, env: dict[str, str]) -> None:
    with Terminal([program], env=env) as terminal:
        terminal.wait_for("No articles yet")
        terminal.send("\r")
        terminal.wait_for("The Example Post")
        terminal.send("j2")
        terminal.wait_for("1 of ")
        terminal.wait_for(" saved")
        terminal.send("\x11")
        assert terminal.wait() == 0


def call(program: str, *arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [program, *arguments],
        env={**os.environ, **env},
        capture_output=True,
        check=True,
        encoding="utf-8-sig",
    )
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1])
