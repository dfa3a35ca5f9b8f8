"""The long run: ``python -m tests.fuzz [--seconds N] [--only NAME] [--seed N] [--times N]``.

``--properties N`` tries instead the properties that the suite tries with few examples, with N times
as many.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable

from tests.examples import PROPERTIES, TIMES
from tests.fuzz import article_bytes, bursts, foreign, inputs, keys, pages, terminal

KINDS: dict[str, Callable[[int], str]] = {
    "keys": keys.run,
    "bursts": bursts.run,
    "terminal": terminal.run,
    "article": article_bytes.run,
    "foreign": foreign.run,
    "page": pages.run,
    **inputs.KINDS,
}
"""What can be tried, by name: each takes a seed, and says what it did."""


class Run:
    """Tries kinds by turns, so that each gets the same time, and keeps what was found."""

    def __init__(self, kinds: list[str], seed: int) -> None:
        self.spent = dict.fromkeys(kinds, 0.0)
        self.times = dict.fromkeys(kinds, 0)
        self.came_of_it: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
        self.failures: list[str] = []
        self._seed = seed

    def once(self, most: int) -> bool:
        """Try the kind that had the least time; False if each was tried so many times."""
        left = [kind for kind in self.times if self.times[kind] < most]
        if not left:
            return False
        kind = min(left, key=lambda each: self.spent[each])
        seed = self._seed + self.times[kind]
        self.times[kind] += 1
        start = time.monotonic()
        try:
            self.came_of_it[kind][re.sub(r"[0-9]+", "n", KINDS[kind](seed))] += 1
        except Exception as error:
            self.failures.append(f"--only {kind} --seed {seed}")
            print(f"{self.failures[-1]}\n{error}", file=sys.stderr)
            traceback.print_exception(error.__cause__ or error, limit=-6, chain=False)
        self.spent[kind] += time.monotonic() - start
        return True

    def say(self) -> None:
        """Say what was done and what was found."""
        for kind, count in self.times.items():
            said = ", ".join(f"{what} {n:,}" for what, n in self.came_of_it[kind].most_common(4))
            print(f"{kind}: {count:,} times in {self.spent[kind]:.0f} s ({said})")
        for failure in self.failures:
            print(f"FAILED: python -m tests.fuzz {failure} --times 1")
        failed = len(self.failures)
        print(f"{failed} times something was wrong" if failed else "nothing was wrong")


def try_properties(times: int) -> int:
    """Try the dear properties so many times as often as the suite does; return pytest's status."""
    command = [sys.executable, "-m", "pytest", "-q", *PROPERTIES]
    return subprocess.run(command, env={**os.environ, TIMES: str(times)}, check=False).returncode


def main() -> int:
    """Try one kind after the other until the time is up; say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--times", type=int, default=sys.maxsize, help="of each kind at most")
    parser.add_argument("--only", choices=KINDS, action="append")
    parser.add_argument("--seed", type=int, default=1, help="of the first time; they count up")
    parser.add_argument("--properties", type=int, metavar="N", help="these, N times as often")
    options = parser.parse_args()
    if options.properties:
        return try_properties(options.properties)
    run = Run(options.only or list(KINDS), options.seed)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end and run.once(options.times):
        if sys.stderr.isatty():
            print(f"\r{sum(run.times.values())}", end="", file=sys.stderr, flush=True)
    run.say()
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
