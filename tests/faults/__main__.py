"""The long run: ``python -m tests.faults``; ``--help`` says what is done how often."""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sys
import tempfile
from pathlib import Path

from tests.faults import ending, flipping, killing_many, power, power_importing
from tests.faults.desk import make_library
from tests.faults.killing import kill_while_committing, kill_while_tagging, kill_while_tagging_all
from tests.faults.killing_forms import FORMS, kill_while_filling_in

RUN = 100
"""Power cuts that are made of one run of the program's storage."""


def main() -> int:
    """Kill, and cut the power, as often as was asked; say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="of the program, and of a committer")
    parser.add_argument("--cuts", type=int, default=400, help="of the power")
    parser.add_argument("--flips", type=int, default=200, help="of one byte of a library")
    parser.add_argument("--ends", type=int, default=10, help="by signals, and by hanging up")
    parser.add_argument("--many", type=int, default=10, help="kills while very much is under way")
    parser.add_argument("--forms", type=int, default=20, help="kills while a form is filled in")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for number in ending.SIGNALS:
        if signal.getsignal(number) is signal.SIG_IGN:  # by nohup, or a shell's &
            signal.signal(number, lambda *_: None)  # what is ignored is so in what it starts, too
    _kill(options.kills, random.Random(options.seed))
    _cut(options.cuts, options.seed)
    _cut_imports(options.cuts, options.seed)
    _flip(options.flips, options.seed)
    _end(options.ends, random.Random(options.seed))
    _kill_many(options.many, random.Random(options.seed))
    _kill_forms(options.forms, random.Random(options.seed))
    return 0


def _kill_forms(kills: int, chance: random.Random) -> None:
    kept, names = 0, [*FORMS]
    with tempfile.TemporaryDirectory() as folder:
        article, template = make_library(Path(folder))
        for number in range(kills):
            database, name = Path(folder) / f"{number}.db", names[number % len(names)]
            kept += kill_while_filling_in(article, template, database, chance, name)
            _progress(number + 1, kills, "kills of forms")
    print(
        f"{kills} kills while {', '.join(names)} were filled in: {kept:,} characters were kept "
        "before them, all offered by the same form again"
    )


def _kill_many(kills: int, chance: random.Random) -> None:
    left = whole = 0
    with tempfile.TemporaryDirectory() as folder:
        path, template = killing_many.make(Path(folder))
        database, file = Path(folder) / "killed.db", Path(folder) / "all.csv"
        if kills:
            killing_many.export(path, template, database, file)
        for number in range(kills):
            for leftover in Path(folder).glob("killed.db*"):
                leftover.unlink()
            ended = chance.choice((signal.SIGKILL, signal.SIGTERM))
            left += killing_many.in_slices(path, template, database, chance, ended)
            for leftover in Path(folder).glob("killed.db*"):
                leftover.unlink()
            whole += killing_many.importing(file, template, database, chance) > 0
            _progress(number + 1, kills, "kills of much")
    print(
        f"{kills} kills in slices of a bulk edit or its undo: {left:,} judgements were there, all "
        f"taken back by one undo; {kills} kills of an import: {whole} whole, the others nothing"
    )


def _end(ends: int, chance: random.Random) -> None:
    for number in range(ends):
        with tempfile.TemporaryDirectory() as folder:
            ending.any_way(Path(folder), chance)
        _progress(number + 1, ends, "ends")
    print(f"{ends} ends by a signal or without a terminal: what was half typed is offered again")


def _flip(flips: int, seed: int) -> None:
    if flips < 2:
        return
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(flipping.sweep(Path(folder), flips, seed))
    print(
        f"{flips} flipped bytes: {found.right} changed nothing that is seen, damage was told "
        f"{found.told} times, a key refused in words {len(found.seen)} times; never another text "
        "without a word, no traceback"
    )


def _kill(kills: int, chance: random.Random) -> None:
    acknowledged = stored = committed = whole = 0
    with tempfile.TemporaryDirectory() as folder:
        article, template = make_library(Path(folder))
        for number in range(kills):
            database = Path(folder) / f"{number}.db"
            shown, kept = kill_while_tagging(
                article, template, database, chance, reopen=number % 5 == 0
            )
            acknowledged += shown
            stored += kept
            committed += kill_while_committing(template, database.with_suffix(".two.db"), chance)
            whole += kill_while_tagging_all(template, database.with_suffix(".all.db"), chance)
            _progress(number + 1, kills, "kills")
    print(
        f"{kills} kills of the program while tagging: {acknowledged:,} judgements shown as saved, "
        f"{stored:,} stored, none lost"
    )
    print(f"{kills} kills of a committer: {committed:,} commits reported, none lost")
    print(f"{kills} kills while all is tagged at once: {whole:,} reported, none lost or in part")


def _cut(cuts: int, seed: int) -> None:
    done = saved = 0
    while done < cuts:
        count, _, called, lost = power.cuts(min(RUN, cuts - done), random.Random(seed + done))
        assert not lost, f"{lost} of {called} are lost"
        done, saved = done + count, saved + called
        _progress(done, cuts, "power cuts")
    print(f"{done} power cuts: {saved:,} actions called saved before them, none lost")
    count, failed, called, lost = power.cuts(RUN, random.Random(seed), synchronous="normal")
    print(
        f"{count} power cuts with synchronous=normal instead: {lost:,} of {called:,} lost or "
        f"damaged, in {failed} cuts (so these cuts can lose something)"
    )


def _cut_imports(cuts: int, seed: int) -> None:
    for read_meanwhile in (False, True):
        done = whole = again = saved = 0
        while done < cuts:
            found = power_importing.cuts(
                min(RUN, cuts - done), random.Random(seed + done), read_meanwhile=read_meanwhile
            )
            done, whole = done + found.cuts, whole + found.whole
            again, saved = again + found.again, saved + found.saved
            _progress(done, cuts, "power cuts of imports")
        print(
            f"{done} power cuts at a large import{' that is read meanwhile' * read_meanwhile}, "
            f"{again} of them with another one at the next start: {saved:,} actions called saved "
            f"before them, none lost; {whole} imports whole, the others nothing"
        )
    lying = power_importing.cuts(RUN, random.Random(seed), lies_about="-journal")
    print(
        f"{lying.cuts} such cuts where the disk does not flush the journal: something is lost or "
        f"damaged in {lying.lost} (so these cuts can lose something)"
    )


def _progress(done: int, of: int, what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of} {what}  ", end="" if done < of else "\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
