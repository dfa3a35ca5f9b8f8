"""Runs the measurements: ``python -m tests.benchmarks [--only GROUP] [--peers] [--hold SECONDS]``.

What is compared is started, or typed to, in turn, so that a busy machine slows all of it alike.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks import (
    anchoring,
    attribution,
    debts,
    holding,
    keys,
    listing,
    material,
    overlap,
    pages,
    painting,
    peers,
    searching,
    sizes,
    work,
)
from tests.benchmarks.figures import Figure, table

GROUPS: dict[str, Callable[..., Iterator[Figure]]] = {
    "paint": painting.measure,
    "keys": keys.measure,
    "panel": sizes.measure_panel,
    "resize": sizes.measure_resizing,
    "hold": holding.measure,
    "work": work.measure,
    "anchoring": anchoring.measure,
    "attribution": attribution.measure,
    "pages": pages.measure,
    "library": listing.measure,
    "search": searching.measure,
    "overlap": overlap.measure,
    "debts": debts.measure,
    "peers": peers.measure,
}
NO_MATERIAL = {"pages", "search", "attribution"}
"""Groups that need no texts and libraries to be made."""


def main() -> int:
    """Measure, print, and with ``--check`` fail if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="times that all are run in turn")
    parser.add_argument("--only", choices=list(GROUPS), action="append", help="only this group")
    parser.add_argument("--peers", action="store_true", help="install and measure other programs")
    parser.add_argument("--hold", type=int, default=12, help="s that a tag key and j are held")
    parser.add_argument("--no-highlights", action="store_true", help="skip the 100,000 highlights")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--check", action="store_true", help="exit status 1 if a target is missed")
    options = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Measured is what people have: an installer compiles what it installs.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        groups = options.only or [
            name for name in GROUPS if name not in ("peers", "search", "overlap")
        ]
        made = None
        if not set(groups) <= NO_MATERIAL:
            print("making texts and libraries …", file=sys.stderr)
            made = material.make(folder, highlights=not options.no_highlights)
        for group in [*groups, *["peers"] * (options.peers and "peers" not in groups)]:
            print(f"measuring: {group} …", file=sys.stderr)
            extra = {"seconds": options.hold} if group == "hold" else {}
            figures += GROUPS[group](made, options.rounds, folder, **extra)
    if options.json:
        print(json.dumps([figure.as_json() for figure in figures], indent=2, ensure_ascii=False))
    else:
        print(table(figures))
    missed = any(figure.passes is False for figure in figures)
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
