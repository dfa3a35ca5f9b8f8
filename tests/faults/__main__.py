"""The long run: ``python -m tests.faults --kills 100``."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tests.faults.desk import make_library
from tests.faults.killing import kill_while_committing, kill_while_tagging


def main() -> int:
    """Kill as often as was asked; say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of the program, and of a committer")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    acknowledged = stored = committed = 0
    with tempfile.TemporaryDirectory() as folder:
        article, template = make_library(Path(folder))
        for number in range(options.kills):
            database = Path(folder) / f"{number}.db"
            shown, kept = kill_while_tagging(article, template, database, chance)
            acknowledged += shown
            stored += kept
            committed += kill_while_committing(template, database.with_suffix(".two.db"), chance)
            print(f"\r{number + 1}/{options.kills}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(
        f"{options.kills} kills while tagging: {acknowledged} judgements shown as saved, "
        f"{stored} stored, none lost"
    )
    print(f"{options.kills} kills while committing: {committed} commits reported, none lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
