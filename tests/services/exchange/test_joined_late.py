"""What comes in of a highlight that was joined into another one, from who did not know of that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.domain.text import Span
from tests.services.kept import lost
from tests.services.meeting_desk import Desk
from tests.services.saying import Saying
from tests.storage.stored import state

PLACE = Span(0, 14)


@pytest.fixture
def clock(monkeypatch) -> list[int]:
    """The time in ms, on all machines."""
    at = [1_780_000_000_000]
    for module in ("reader.storage.log", "reader.domain.operation"):
        monkeypatch.setattr(f"{module}.now_ms", lambda: at[0])
    return at


@pytest.fixture
def desks(tmp_path: Path, clock: list[int]) -> Iterator[list[Desk]]:
    """Three machines of one annotator."""
    made = [Desk(tmp_path / f"{name}.db", name) for name in ("one", "two", "three")]
    for desk in made[1:]:
        desk.take(made[0])
        desk.me = made[0].me
    clock[0] += 1_000
    yield made
    for desk in made:
        desk.library.close()


def meet(*desks: Desk) -> None:
    for _ in range(2):
        for desk in desks:
            for other in desks:
                if other is not desk:
                    desk.take(other)
    for desk in desks:
        assert state(desk.library) == state(desks[0].library)
        assert lost(desk.library) == []
    desks[0].check()


def test_what_was_said_before_the_joining_and_comes_in_after_it_is_carried(desks, clock) -> None:
    one, two, three = desks
    for desk, number in ((one, 0), (two, 1)):
        desk.tag(PLACE, number)
        clock[0] += 1_000
    three.take(two)
    three.note(PLACE, "from three")
    saying, (mark,) = Saying(three.library, three.me), three.known().index
    saying.said(mark.uid, saying.source("The mayor"), voice="direct")
    saying.shows(mark.uid, "supports", saying.evidence("Minutes"))
    clock[0] += 1_000
    one.tag(PLACE, 3)  # later than all that, so that the joining is later, too
    one.take(two)
    assert one.shown() == [(PLACE, ["doubtful"], None)]
    one.take(three)
    assert one.shown() == [(PLACE, ["doubtful"], "from three")]
    (mark,) = one.known().index
    for table in ("attribution", "evidence_link"):
        query = f"SELECT count(*) FROM {table} WHERE highlight_uid = ? AND deleted_at IS NULL"
        assert one.library.connection.execute(query, (mark.uid,)).fetchone() == (1,)
    meet(*desks)
    two.note(PLACE, "written anew")
    meet(*desks)
    assert three.shown() == [(PLACE, ["doubtful"], "written anew")]


def test_what_was_joined_into_what_another_machine_undid_is_there_again(desks, clock) -> None:
    one, two, _ = desks
    one.tag(PLACE, 0)
    clock[0] += 1_000
    two.tag(PLACE, 1)
    two.take(one)
    assert one.undo() is not None
    meet(one, two)
    assert one.shown() == [(PLACE, ["plausible"], None)]
