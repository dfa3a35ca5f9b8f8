"""What comes in of a highlight that was joined into another one, from who did not know of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.domain.text import Span
from tests.services.kept import lost
from tests.services.meeting_desk import BOOK, FACET, Desk
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


def off(desk: Desk, span: Span) -> None:
    """Take the tag off, as its key does: a highlight that was made for it goes with it."""
    known = desk.known()
    target = known.target(span)
    (given,) = target.highlight.judgements
    (tag,) = (tag for tag in FACET.tags if tag.code == given.code)
    desk.library.log.commit(known.toggle_tag(target, BOOK, FACET, tag).group)


def delete(desk: Desk, span: Span) -> None:
    known = desk.known()
    desk.library.log.commit(known.delete(known.target(span).highlight).group)


def test_what_is_taken_away_elsewhere_does_not_stay_by_being_joined(desks, clock) -> None:
    one, two, three = desks
    ends = (14, 21, 36, 41, 43, 50, 58)
    places = alone, whole, untagged, deleted, undone, seen, latest = [Span(0, end) for end in ends]

    def each(do: Callable[[Span], None], *spans: Span) -> None:
        for span in spans:
            clock[0] += 1_000
            do(span)

    def codes() -> dict[Span, str]:
        return {span: " ".join(codes) for span, codes, _ in one.shown()}

    each(lambda span: one.note(span, "one"), untagged, seen)
    each(lambda span: one.tag(span, 0), *places[:2], *places[3:])
    each(lambda span: two.note(span, "two"), alone)
    each(lambda span: two.tag(span, 1), alone, whole, untagged, deleted, seen)
    three.take(two)
    each(lambda span: off(three, span), alone, whole, untagged)
    each(lambda span: delete(three, span), deleted)
    each(lambda span: three.tag(span, 3), latest)
    each(lambda span: two.tag(span, 2), latest)  # the last of three that join
    each(lambda span: two.tag(span, 1), undone)
    each(lambda span: one.note(span, "after what three did"), alone)
    one.take(two)
    assert codes() == dict.fromkeys(places, "plausible") | {latest: "contested"}
    each(lambda span: off(one, span), seen)
    two.undo()
    each(lambda span: three.note(span, "three"), seen)
    one.take(two)
    one.take(three)
    others = {untagged: "", seen: "", latest: "contested"}
    assert codes() == dict.fromkeys(places, "corroborated") | others
    assert [note for span, _, note in one.shown() if span == seen] == ["one\n\nthree"]
    meet(*desks)
