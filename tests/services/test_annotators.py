"""Two annotators who are one, and highlights of one annotator that stand twice."""

from pathlib import Path

import pytest

from reader.domain.errors import UsageError
from reader.domain.text import Span
from reader.services import annotators
from reader.services.annotating import history, placing
from reader.services.annotating.overall import WholeArticle
from reader.services.exchange.exporting import export_csv
from reader.services.importing import import_csv
from reader.storage.library import Library
from reader.storage.state import ENTITIES
from tests.services.meeting_desk import BOOK, FACET, Desk, meet
from tests.services.replicas import log_of

FIRST, SECOND, THIRD = Span(0, 14), Span(15, 36), Span(37, 50)


@pytest.fixture
def desks(tmp_path: Path):
    """Two machines of one annotator: the second library is a copy of the first."""
    one = Desk(tmp_path / "one.db", "ana")
    one.library.back_up(tmp_path / "two.db")
    two = Desk(tmp_path / "two.db", "ana")
    two.library.connection.execute("UPDATE meta SET value = ? WHERE key = 'device_uid'", (two.me,))
    two.library.close()
    two = Desk(tmp_path / "two.db", "ana")
    yield one, two
    one.library.close()
    two.library.close()


def test_the_same_words_marked_on_two_machines_become_one_highlight(desks) -> None:
    one, two = desks
    one.tag(FIRST, 1)
    one.note(FIRST, "from one")
    two.tag(FIRST, 3)
    two.note(FIRST, "from two")
    older = one.known().index[0].uid
    assert one.take(two).joined == 1
    assert one.shown() == [(FIRST, ["doubtful"], "from one\n\nfrom two")]
    assert one.known().index[0].uid == older
    assert one.take(two).joined == 0
    log = log_of(one.library)
    meet(one, two)
    assert log_of(one.library) == log  # the other one wrote the same operations
    assert [one.undo() for _ in range(6)][::5] == ["highlights joined", None]
    assert one.shown() == []


def test_what_a_machine_said_later_of_the_one_that_went_is_carried_over(desks) -> None:
    one, two = desks
    one.tag(FIRST, 1)
    two.tag(FIRST, 3)
    one.take(two)
    two.tag(FIRST, 2)  # it does not know that its highlight is none any more
    two.note(FIRST, "later")
    one.take(two)
    assert one.shown() == [(FIRST, ["contested"], "later")]
    one.known()
    meet(one, two)
    assert two.shown() == [(FIRST, ["contested"], "later")]


def test_what_was_moved_away_meanwhile_is_a_highlight_again(desks) -> None:
    one, two = desks
    one.tag(FIRST, 1)
    two.tag(FIRST, 3)
    one.take(two)
    known = two.known()
    two.library.log.commit(placing.move_ends(known, known.index[0], SECOND).group)
    one.take(two)
    assert one.shown() == [(FIRST, ["doubtful"], None), (SECOND, ["doubtful"], None)]
    meet(one, two)


def test_two_of_one_name_stay_two_until_they_are_joined(tmp_path: Path) -> None:
    one, two = Desk(tmp_path / "one.db", "ana"), Desk(tmp_path / "two.db", "ana")
    one.tag(FIRST, 1)
    two.tag(FIRST, 2)
    two.tag(SECOND, 3)
    whole = WholeArticle(two.article.uid, two.me, two.library.overall.get(two.article.uid, two.me))
    two.library.log.commit(whole.toggle_verdict(BOOK, FACET, FACET.tags[0]).group)
    one.take(two)
    assert one.shown() == [(FIRST, ["plausible"], None)]
    with pytest.raises(UsageError, match="2 annotators"):
        annotators.join(one.library, "ana", "ana", one.me)
    before = live(one.library)
    done = annotators.join(one.library, two.me, one.me, one.me)
    assert (done.highlights, done.joined) == (2, 1)
    joined = [(FIRST, ["contested"], None), (SECOND, ["doubtful"], None)]
    assert one.shown() == joined
    assert one.shown(two.me) == []
    overall = one.library.overall.get(one.article.uid, one.me)
    assert [item.code for item in overall.verdicts] == ["corroborated"]
    assert one.library.annotators.find("ana") == one.me
    one.check()
    with pytest.raises(UsageError, match="one already"):
        annotators.join(one.library, one.me, two.me, one.me)
    # One undo takes all of it back, one redo does it again.
    assert history.undo(one.library, None, one.me).summary == "ana is ana"
    assert one.shown() == [(FIRST, ["plausible"], None)]
    assert live(one.library) == before
    assert history.redo(one.library, None, one.me)
    assert one.shown() == joined
    # What the other machine does without knowing it comes in as the one person's.
    two.tag(Span(37, 60), 1)
    two.tag(FIRST, 4)
    one.take(two)
    assert one.shown() == [
        (FIRST, ["refuted"], None), joined[1], (Span(37, 60), ["plausible"], None)
    ]  # fmt: skip
    two.take(one)
    assert two.library.annotators.find("ana") == one.me
    meet(one, two)
    # And each action of either is undone by the one person.
    while history.undo(one.library, one.article.uid, one.me):
        pass
    assert one.shown() == []
    one.library.close()
    two.library.close()


def test_of_three_who_are_one_the_verdict_given_last_counts(tmp_path: Path) -> None:
    one = Desk(tmp_path / "one.db", "ana")
    article, uids = one.article.uid, [one.me, *map(one.library.annotator, ("ben", "cy"))]
    for number in (0, 2, 1):  # ben is the last one
        whole = WholeArticle(article, uids[number], one.library.overall.get(article, uids[number]))
        one.library.log.commit(whole.toggle_verdict(BOOK, FACET, FACET.tags[number]).group)
    for other in ("ben", "cy"):
        annotators.join(one.library, other, "ana", one.me)
    verdicts = one.library.overall.get(article, one.me).verdicts
    assert [item.code for item in verdicts] == [FACET.tags[1].code]
    one.check()
    one.library.close()


def live(library: Library) -> dict[str, int]:
    """How many rows of each table are not deleted."""
    query = "SELECT count(*) FROM {} WHERE deleted_at IS NULL"
    ask = library.connection.execute
    return {name: ask(query.format(item.table)).fetchone()[0] for name, item in ENTITIES.items()}


def test_who_was_joined_both_ways_is_one(tmp_path: Path) -> None:
    one, two = Desk(tmp_path / "one.db", "ana"), Desk(tmp_path / "two.db", "ben")
    one.tag(FIRST, 1)
    two.tag(SECOND, 2)
    one.take(two)
    two.take(one)
    annotators.join(one.library, "ben", "ana", one.me)
    annotators.join(two.library, "ana", "ben", two.me)
    meet(one, two)
    assert one.library.annotators.find("ana") == one.library.annotators.find("ben") == one.me
    assert [item[0] for item in one.shown()] == [FIRST, SECOND]
    one.library.close()
    two.library.close()


@pytest.mark.parametrize("late", [False, True])
def test_what_another_has_imported_from_a_csv_stays_as_its_owner_left_it(tmp_path, late):
    """Ana exports, goes on working, and takes in what Ben has, who has imported it."""
    one, two = Desk(tmp_path / "one.db", "ana"), Desk(tmp_path / "two.db", "ben")
    for span, number in ((FIRST, 1), (SECOND, 2), (THIRD, 3)):
        one.tag(span, number)
    one.note(FIRST, "first")
    export_csv(one.library, None, path := tmp_path / "x.csv", codebook=BOOK)
    if late:
        import_csv(two.library, path, two.me)
    one.note(FIRST, "later")
    one.tag(SECOND, 0)
    known = one.known()
    one.library.log.commit(known.delete(known.index[2]).group)
    before = one.shown()
    if not late:
        import_csv(two.library, path, two.me)
    one.take(two)
    assert one.shown() == before
    assert before[0][2] == "later"
    assert not two.shown()
    one.check()
    two.take(one)
    assert two.shown(one.me) == before
    two.check()
    article = two.known().article_uid
    assert two.library.log.undo(article, two.me) is not None  # takes away only what it made
    assert two.shown(one.me) == before
    one.take(two)
    assert one.shown() == before
    one.check()
    assert two.library.log.undo(article, two.me) is None
    assert two.library.log.redo(article, two.me) is not None
    one.take(two)
    assert one.shown() == two.shown(one.me) == before
    two.check()
