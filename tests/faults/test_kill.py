"""``kill -9`` at any moment: what the screen called saved is there afterwards."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.faults.desk import make_library, stored
from tests.faults.killing import kill_while_committing, kill_while_tagging, kill_while_tagging_all
from tests.faults.killing_forms import kill_while_filling_in
from tests.terminal import PATIENCE, reader


@pytest.mark.parametrize("seed", range(5))
def test_what_was_shown_as_saved_survives(tmp_path: Path, seed: int) -> None:
    article, template = make_library(tmp_path)
    acknowledged, kept = kill_while_tagging(
        article, template, tmp_path / "killed.db", random.Random(seed)
    )
    assert kept >= acknowledged >= 2


def test_what_was_committed_survives(tmp_path: Path) -> None:
    _, template = make_library(tmp_path)
    chance = random.Random(7)
    for number in range(5):
        assert kill_while_committing(template, tmp_path / f"{number}.db", chance) >= 1


def test_what_was_done_to_very_many_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    _, template = make_library(tmp_path)
    chance = random.Random(11)
    for number in range(3):
        assert kill_while_tagging_all(template, tmp_path / f"{number}.db", chance) >= 1


def test_it_opens_again_where_it_was(tmp_path: Path) -> None:
    article, database = make_library(tmp_path)
    with reader(str(article), database=database) as terminal:
        terminal.wait_for("statement 1/")
        terminal.send("jjjjjj")
        terminal.wait_for("statement 7/")
        until_stored(database, "SELECT 1 FROM reading WHERE offset > 0")
        terminal.kill()
    with reader(str(article), database=database) as terminal:
        terminal.wait_for("statement 7/")


def test_a_form_that_was_being_filled_in_survives(tmp_path: Path) -> None:
    article, template = make_library(tmp_path)
    kill_while_filling_in(article, template, tmp_path / "k.db", random.Random(4), "evidence")


def until_stored(database: Path, query: str) -> None:
    """Wait until the library's file answers; it is another process that writes it."""
    deadline = time.monotonic() + PATIENCE
    while not stored(database, query):
        assert time.monotonic() < deadline, f"nothing answers {query}"
        time.sleep(0.02)
