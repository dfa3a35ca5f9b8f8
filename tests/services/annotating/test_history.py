"""The history of a highlight in words, and what undo says that it did."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.domain.errors import DatabaseDamaged, UsageError
from reader.domain.text import Span
from reader.services.annotating import history, judging, placing
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit
from reader.services.capturing import adding
from reader.services.codebooks import finding as codebooks
from reader.services.telling.history import of_highlight
from reader.storage.library import Library

TEXT = "A headline\n\nFirst is plain. Second is not.\n"


class Desk:
    """A library with one article and one annotator."""

    def __init__(self, folder: Path) -> None:
        file = folder / "a.txt"
        file.write_text(TEXT, "utf-8")
        self.library = Library(folder / "l.db")
        self.ana = self.library.annotator("ana")
        self.article = adding.add_file(self.library, file, self.ana).article
        self.known = Annotations(self.article.uid, self.article.version_uid, self.ana, TEXT)
        self.book = codebooks.find(self.library, "credibility-7")
        self.facet = self.book.statement_facets[0]

    def do(self, edit: Edit) -> None:
        self.known.apply(edit)
        self.library.log.commit(edit.group)

    def tag(self, span: Span, code: str) -> None:
        tag = self.facet.tag(code)
        assert tag is not None
        self.do(self.known.set_tag(self.known.target(span), self.book, self.facet, tag))

    def history(self, span: Span) -> list[str]:
        highlight = self.known.target(span).highlight
        assert highlight is not None
        events = of_highlight(self.library, highlight, lambda *where: where[-1])
        assert {event.who for event in events} <= {"ana"}
        return [event.told for event in events]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


FIRST = Span(12, 27)


def test_each_step_says_from_what_to_what(desk: Desk) -> None:
    desk.tag(FIRST, "unverified")
    desk.tag(FIRST, "plausible")
    desk.do(judging.next_confidence(desk.known, desk.known.target(FIRST), desk.book, desk.facet))
    target = desk.known.target(FIRST)
    assert target.highlight is not None
    judgement = target.highlight.judgements[0]
    desk.do(
        judging.judge(
            desk.known, target, judgement, confidence="low", likelihood=40, reason="two sources"
        )
    )
    desk.do(desk.known.toggle_flag(desk.known.target(FIRST)))
    desk.do(desk.known.set_note(desk.known.target(FIRST), "why"))
    assert desk.history(FIRST) == [
        "– → unverified", "unverified → plausible", "confidence low",
        "likelihood 40 % (unlikely), reason two sources", "flagged", "note",
    ]  # fmt: skip


def test_a_step_that_makes_no_sense_is_damage_told_in_words(desk: Desk) -> None:
    """A flipped byte in the name of a field was a KeyError, and the end of the app."""
    desk.tag(FIRST, "unverified")
    ask = desk.library.connection.execute
    ask("DROP TRIGGER op_no_update")
    ask("UPDATE operation SET patch = replace(patch, 'codebook_version', 'codebook_verrion')")
    with pytest.raises(DatabaseDamaged):
        desk.history(FIRST)


def test_undo_and_moved_ends_are_told(desk: Desk) -> None:
    desk.tag(FIRST, "unverified")
    highlight = desk.known.target(FIRST).highlight
    assert highlight is not None
    other = Span(12, 17)
    desk.do(placing.move_ends(desk.known, highlight, other))
    desk.tag(other, "refuted")
    done = history.undo(desk.library, desk.article.uid, desk.ana)
    assert done is not None
    assert done.summary == "✗ refuted"
    assert desk.history(other) == [
        "– → unverified", "ends moved", "unverified → refuted (taken back)",
    ]  # fmt: skip
    history.redo(desk.library, desk.article.uid, desk.ana)
    assert desk.history(other)[-1] == "unverified → refuted"
    history.undo(desk.library, desk.article.uid, desk.ana)
    desk.tag(other, "plausible")
    assert desk.history(other)[-2:] == [
        "unverified → refuted (taken back)", "unverified → plausible",
    ]  # fmt: skip
    history.undo(desk.library, desk.article.uid, desk.ana)
    history.undo(desk.library, desk.article.uid, desk.ana)
    assert desk.library.highlights.get(highlight.uid).span == FIRST  # type: ignore[union-attr]


def test_ends_on_another_highlight_are_refused(desk: Desk) -> None:
    desk.tag(FIRST, "unverified")
    desk.tag(Span(12, 17), "refuted")
    highlight = desk.known.target(FIRST).highlight
    assert highlight is not None
    with pytest.raises(UsageError, match="exactly these words"):
        placing.move_ends(desk.known, highlight, Span(12, 17))
    assert placing.move_ends(desk.known, highlight, FIRST).group.changes == ()


def test_state_of_a_group_that_never_came_in(desk: Desk) -> None:
    tag = desk.facet.tags[0]
    edit = desk.known.set_tag(Target(FIRST), desk.book, desk.facet, tag)
    found = history.state_of(desk.library, edit.group)
    assert found.highlights == {edit.uid: None}
