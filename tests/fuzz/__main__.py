"""The long run: ``python -m tests.fuzz [--seconds N] [--only NAME] [--seed N] [--times N]``."""

from __future__ import annotations

import argparse
import collections
import sys
import time
import traceback
from collections.abc import Callable

from tests.fuzz import article_bytes, inputs, keys, terminal

KINDS: dict[str, Callable[[int], str]] = {
    "keys": keys.run,
    "terminal": terminal.run,
    "article": article_bytes.run,
    **inputs.KINDS,
}
"""What can be tried, by name: each takes a seed, and says what it did."""


def main() -> int:
    """Try one kind after the other until the time is up; say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--times", type=int, default=sys.maxsize, help="of each kind at most")
    parser.add_argument("--only", choices=KINDS, action="append")
    parser.add_argument("--seed", type=int, default=1, help="of the first time; they count up")
    options = parser.parse_args()
    kinds = options.only or list(KINDS)
    spent = dict.fromkeys(kinds, 0.0)
    times = dict.fromkeys(kinds, 0)
    said: collections.Counter[str] = collections.Counter()
    failures: list[str] = []
    began = time.monotonic()
    while time.monotonic() - began < options.seconds:
        # The kind that had the least time, so that the slow ones do not take all of it.
        kind = min((k for k in kinds if times[k] < options.times), key=spent.get, default=None)
        if kind is None:
            break
        seed = options.seed + times[kind]
        times[kind] += 1
        start = time.monotonic()
        try:
            said[f"{kind}: {KINDS[kind](seed)}"] += 1
        except Exception as error:
            failures.append(f"--only {kind} --seed {seed}")
            print(f"{failures[-1]}\n{error}", file=sys.stderr)
            traceback.print_exception(error.__cause__ or error, limit=-6, chain=False)
        spent[kind] += time.monotonic() - start
        if sys.stderr.isatty():
            print(f"\r{sum(times.values())}", end="", file=sys.stderr, flush=True)
    for kind in kinds:
        print(f"{kind}: {times[kind]:,} times in {spent[kind]:.0f} s")
    for failure in failures:
        print(f"FAILED: python -m tests.fuzz {failure} --times 1")
    print("nothing was wrong" if not failures else f"{len(failures)} times something was wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
