"""What a key does to one's highlights, without screen and database."""

import pytest

from reader.assets import load_builtin
from reader.domain.codebook import Facet
from reader.domain.errors import UsageError
from reader.domain.text import Span
from reader.services.annotating import judging
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit

TEXT = "The first statement. The second statement, which is longer."
FIRST, HALF = Span(0, 20), Span(21, 41)
BOOK = load_builtin("credibility-7")
FACET = BOOK.facets[0]
MANY_BOOK = load_builtin("checkworthy")
MANY = MANY_BOOK.facets[1]


@pytest.fixture
def known() -> Annotations:
    return Annotations("article", "version", "ana", TEXT)


def done(known: Annotations, edit: Edit) -> Edit:
    known.apply(edit)
    return edit


def tag(known: Annotations, span: Span, key: str, facet: Facet = FACET) -> Edit:
    found = facet.tag_for_key(key)
    assert found is not None
    book = BOOK if facet is FACET else MANY_BOOK
    return done(known, known.toggle_tag(known.target(span), book, facet, found))


def codes(known: Annotations) -> list[str]:
    return [judgement.code for item in known.index for judgement in item.judgements]


def test_a_tag_makes_the_highlight_with_its_anchor(known: Annotations) -> None:
    edit = tag(known, HALF, "2")
    made, judged = edit.group.changes
    assert (made.entity, judged.entity) == ("highlight", "judgement")
    assert made.patch["exact"] == "The second statement"
    assert made.patch["prefix"] == "The first statement. "
    assert made.patch["implicit"] is True
    assert edit.group.codebook is BOOK
    assert edit.group.summary == "+ plausible"


def test_the_same_key_takes_it_off_and_the_highlight_with_it(known: Annotations) -> None:
    tag(known, FIRST, "2")
    edit = tag(known, FIRST, "2")
    assert edit.after is None
    assert [change.entity for change in edit.group.changes] == ["judgement", "highlight"]
    assert len(known.index) == 0


@pytest.mark.parametrize("more", ["note", "flag", "plain", "other"])
def test_what_else_is_on_it_keeps_the_highlight(known: Annotations, more: str) -> None:
    tag(known, FIRST, "2")
    target = known.target(FIRST)
    if more == "note":
        done(known, known.set_note(target, "why"))
    elif more == "flag":
        done(known, known.toggle_flag(target))
    elif more == "plain":
        done(known, known.plain(target))
    else:
        tag(known, FIRST, "1", MANY)
    assert tag(known, FIRST, "2").after is not None
    assert "plausible" not in codes(known)


def test_an_exclusive_facet_replaces_and_empties_reason_and_likelihood(known: Annotations) -> None:
    tag(known, FIRST, "2")
    target = known.target(FIRST)
    (judgement,) = target.highlight.judgements
    done(
        known,
        judging.judge(known, target, judgement, confidence="high", likelihood=70, reason="seen"),
    )
    tag(known, FIRST, "4")
    (judgement,) = known.index[0].judgements
    assert (judgement.code, judgement.confidence) == ("doubtful", "high")
    assert (judgement.likelihood, judgement.reason) == (None, None)


def test_a_facet_that_takes_many_adds(known: Annotations) -> None:
    tag(known, FIRST, "1", MANY)
    tag(known, FIRST, "2", MANY)
    assert len(codes(known)) == 2
    tag(known, FIRST, "1", MANY)
    assert len(codes(known)) == 1


def test_repeating_never_takes_off(known: Annotations) -> None:
    plausible = FACET.tag_for_key("2")
    tag(known, FIRST, "2")
    edit = known.set_tag(known.target(FIRST), BOOK, FACET, plausible)
    assert edit.group.changes == ()
    assert edit.after is not None


def test_confidence_goes_round(known: Annotations) -> None:
    with pytest.raises(UsageError, match="no tag here"):
        judging.next_confidence(known, known.target(FIRST), BOOK, FACET)
    tag(known, FIRST, "2")
    seen = []
    for _ in range(4):
        done(known, judging.next_confidence(known, known.target(FIRST), BOOK, FACET))
        seen.append(known.index[0].judgements[0].confidence)
    assert seen == ["low", "moderate", "high", None]


@pytest.mark.parametrize("likelihood", [-1, 101])
def test_a_likelihood_is_a_per_cent(known: Annotations, likelihood: int) -> None:
    tag(known, FIRST, "2")
    target = known.target(FIRST)
    with pytest.raises(UsageError, match="no likelihood"):
        judging.judge(known, target, target.highlight.judgements[0], likelihood=likelihood)


def test_an_empty_note_on_nothing_changes_nothing(known: Annotations) -> None:
    edit = done(known, known.set_note(known.target(FIRST), "  \n"))
    assert edit.group.changes == ()
    assert len(known.index) == 0


def test_the_highlight_moved_to_wins_over_the_statement(known: Annotations) -> None:
    tag(known, HALF, "2")
    uid = known.index[0].uid
    assert known.target(Span(21, len(TEXT)), uid).highlight is known.index[0]
    assert known.target(Span(21, len(TEXT))) == Target(Span(21, len(TEXT)))
    assert known.target(HALF).highlight is known.index[0]


def test_deleting_leaves_the_judgements_in_the_log(known: Annotations) -> None:
    tag(known, FIRST, "2")
    edit = done(known, known.delete(known.index[0]))
    assert [change.entity for change in edit.group.changes] == ["highlight"]
    assert len(known.index) == 0


def test_others_highlights_do_not_come_in(known: Annotations) -> None:
    edit = tag(known, FIRST, "2")
    stranger = Annotations("article", "version", "ben", TEXT)
    stranger.put(edit.uid, edit.after)
    assert len(stranger.index) == 0
