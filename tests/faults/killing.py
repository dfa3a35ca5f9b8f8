"""Kills the program at random moments, and looks at what is left."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from reader.services import articles
from reader.storage.library import Library
from tests.faults.desk import CODES, STATEMENTS, check, tagged
from tests.terminal import ROOT, reader


def kill_while_tagging(
    article: Path, template: Path, database: Path, chance: random.Random, *, reopen: bool = False
) -> tuple[int, int]:
    """Tag fast in the real program, kill it at a random moment, and check what is stored.

    What the screen showed as saved is acknowledged. Keys typed after that may or may not have
    arrived, but in order and without a gap.

    Args:
        article: The article.
        template: A library that holds it.
        database: Where a copy of it is worked in.
        chance: Decides what is typed, and when it ends.
        reopen: Look at what the program itself shows when it is started again, too.

    Returns:
        How many judgements were acknowledged, and how many are stored.

    Raises:
        AssertionError: Something acknowledged is lost, or what is stored is not right.
    """
    shutil.copy(template, database)
    acknowledged = chance.randint(2, 8)
    keys = [chance.choice(list(CODES)) for _ in range(STATEMENTS)]
    with reader(str(article), database=database) as terminal:
        terminal.wait_for("number 1 stands")
        terminal.wait_for("statement 1/")
        terminal.send("".join(f"{key}j" for key in keys[:acknowledged]))
        terminal.wait_for(
            lambda screen: f"{acknowledged} of {STATEMENTS}" in screen and " saved" in screen
        )
        for key in keys[acknowledged : acknowledged + chance.randint(1, 40)]:
            terminal.send(f"{key}j")
            time.sleep(chance.random() * 0.02)  # fast typing is what is simulated
        terminal.kill()
    if reopen:
        with reader(str(article), database=database) as terminal:
            terminal.wait_for(
                lambda screen: any(
                    f"{n} of {STATEMENTS}" in screen for n in range(acknowledged, 99)
                )
            )
    found = tagged(database)
    kept = next((at for at, code in enumerate(found) if code is None), len(found))
    assert kept >= acknowledged, f"{acknowledged} were shown as saved, {kept} are there"
    assert found == [CODES[key] for key in keys[:kept]] + [None] * (STATEMENTS - kept)
    return acknowledged, kept


def kill_while_committing(template: Path, database: Path, chance: random.Random) -> int:
    """Kill a process that commits in a loop; check that all it reported is stored.

    Returns:
        How many commits were reported.

    Raises:
        AssertionError: One of them is lost, or what is stored is not right.
    """
    shutil.copy(template, database)
    uids = _killed(chance, str(database))
    with Library(database) as library:
        check(library)
        in_log = {uid for (uid,) in library.connection.execute("SELECT group_uid FROM op")}
    assert uids <= in_log, f"{len(uids - in_log)} reported commits are lost"
    return len(uids)


def kill_while_tagging_all(template: Path, database: Path, chance: random.Random) -> int:
    """Kill a process that tags all statements at once, again and again; check what is stored.

    Each of these actions is there as a whole or not at all, and one undo takes it back.

    Returns:
        How many of them were reported.

    Raises:
        AssertionError: One of them is lost, or there in part.
    """
    shutil.copy(template, database)
    uids = _killed(chance, str(database), "all")
    with Library(database) as library:
        check(library)
        query = "SELECT group_uid, count(*) FROM op WHERE kind = 'tag' GROUP BY group_uid"
        sizes = dict(library.connection.execute(query).fetchall())
        assert uids <= sizes.keys(), f"{len(uids - sizes.keys())} reported actions are lost"
        assert {*sizes.values()} <= {STATEMENTS, 2 * STATEMENTS}, sizes
        me, article = library.annotator("ana"), articles.resolve(library, "1")
        for _ in sizes:
            assert library.log.undo(article.uid, me) is not None
        assert library.log.undo(article.uid, me) is None
        check(library)
    assert tagged(database) == [None] * STATEMENTS
    return len(uids)


def _killed(chance: random.Random, *words: str) -> set[str]:
    """Start a committer, kill it at a random moment, and return the groups that it reported."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.committer", *words],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": ROOT},
    )
    assert process.stdout is not None
    reported = [process.stdout.readline()]
    time.sleep(chance.random() * 0.15)
    process.kill()
    reported += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    uids = {line.decode().strip() for line in reported if line.endswith(b"\n")}
    assert uids, "it was killed before it began"
    return uids
