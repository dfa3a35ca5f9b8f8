"""Relations and evidence: made, changed, taken back, each with one undo; purged; in the history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.assets import load_builtin
from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.errors import ChangedMeanwhile, UsageError
from reader.domain.evidence import Evidence, check_day, check_stance, check_url, link_uid
from reader.domain.operation import new_uid
from reader.domain.relation import TYPES, relation_type
from reader.domain.text import Block, Role, Span
from reader.services.annotating import history
from reader.services.annotating.annotations import Annotations
from reader.services.relating import adducing, relating
from reader.services.relating.claims import claim_of, claims
from reader.services.relating.relating import End
from reader.services.relating.relations import facet_for_relations, related
from reader.services.showing import lacks
from reader.services.telling.history import of_highlight
from reader.storage import capturing
from reader.storage.purging import Purging
from tests.services.meeting_desk import Desk, meet
from tests.storage.stored import TEXT
from tests.tui.reading_harness import plain

FIRST, SECOND, THIRD = Span(0, 14), Span(15, 36), Span(37, 60)
OTHER_TEXT = "Another article says it. And another thing."
BOOK = load_builtin("credibility-7")
FACET = BOOK.facets[0]
STANCE, STANCES = facet_for_relations(BOOK)


class Table(Desk):
    """A desk with a second article at which statements are related."""

    def __init__(self, path: Path, handle: str) -> None:
        super().__init__(path, handle)
        blocks = BlockTable([Block(0, len(OTHER_TEXT), Role.BODY)])
        draft = ArticleDraft(
            OTHER_TEXT, blocks, OTHER_TEXT.encode(), "/y.txt", "text/plain", "plain/1"
        )
        self.other, _ = capturing.add(self.library, draft, self.me)

    def end(self, span: Span, *, elsewhere: bool = False) -> End:
        article, text = (self.other, OTHER_TEXT) if elsewhere else (self.article, TEXT)
        there = self.library.highlights.with_span(article.version_uid, self.me, *span)
        return End(article.uid, article.version_uid, text, span, there)

    def relate(self, one: End, other: End, type: str, code: str = "", note: str = "") -> str:
        tag = STANCES.tag(code)
        rated = (STANCE, STANCES, tag) if tag else None
        made = relating.relate(self.me, one, other, type, note, rated)
        relating.commit(self.library, made)
        assert made.relation
        return made.relation.uid

    def seen(self, span: Span, *, elsewhere: bool = False) -> list[str]:
        item = self.end(span, elsewhere=elsewhere).highlight
        found = related(self.library, [item.uid]).get(item.uid, []) if item else []
        return [
            " ".join([it.words, it.other.exact, *(r.judgement.code for r in it.ratings)])
            for it in found
        ]

    def undo(self, article: str = "") -> str | None:
        done = history.undo(self.library, article or self.article.uid, self.me)
        return done.summary if done else None

    def redo(self) -> str | None:
        done = history.redo(self.library, self.article.uid, self.me)
        return done.summary if done else None

    def add(self, span: Span, stance: str = "supports", **fields: str) -> Evidence:
        evidence = Evidence(new_uid(), self.me, **fields)
        done = adducing.add(self.me, self.end(span), evidence, stance)
        adducing.commit(self.library, done)
        assert done.evidence
        return done.evidence

    def evidence(self, span: Span) -> list[tuple[str, str]]:
        item = self.end(span).highlight
        found = self.library.evidence.of([item.uid]).get(item.uid, []) if item else []
        return [(it.link.stance, it.evidence.name) for it in found]

    def lacking(self, span: Span) -> tuple[str, ...]:
        item = self.end(span).highlight
        assert item
        tag = FACET.tag(item.judgements[0].code)
        return lacks(item, item.judgements[0], tag, self.library.beside.of([item.uid]))

    def story(self, span: Span) -> list[str]:
        item = self.end(span).highlight
        assert item
        events = of_highlight(self.library, item, lambda *where: where[-1])
        return [event.told for event in events]


@pytest.fixture
def desk(tmp_path: Path):
    desk = Table(tmp_path / "l.db", "ana")
    yield desk
    desk.check()
    desk.library.close()


def test_every_kind_has_a_key_of_its_own_and_is_found_by_any_of_its_names() -> None:
    assert len({item.key for item in TYPES}) == len(TYPES) == 13
    for item in TYPES:
        assert {relation_type(name) for name in (item.code, item.label, item.key)} == {item}
    with pytest.raises(UsageError, match="no relation hates"):
        relation_type("hates")


def test_a_relation_is_seen_from_both_ends_judged_undone_and_done_again(desk: Table) -> None:
    desk.relate(desk.end(SECOND), desk.end(FIRST), "narrows", "deny", " why ")
    assert desk.seen(SECOND) == ["narrows The first one. deny"]
    assert desk.seen(FIRST) == ["narrowed by A second one follows. deny"]
    assert [item.implicit for item in desk.known().index] == [False, False]
    summary = "narrows “The first one.”"
    assert desk.undo() == summary
    assert desk.shown() == []
    assert desk.redo() == summary
    assert desk.seen(SECOND) == ["narrows The first one. deny"]
    assert desk.story(FIRST)[-1] == "relation: narrowed by “A second one follows.”"


def test_a_statement_is_not_related_to_itself(desk: Table) -> None:
    with pytest.raises(UsageError, match="itself"):
        desk.relate(desk.end(FIRST), desk.end(FIRST), "about")


def test_a_related_highlight_stays_without_its_tag_and_goes_with_its_relation(desk: Table) -> None:
    desk.tag(FIRST, 2)
    uid = desk.relate(desk.end(FIRST), desk.end(SECOND), "contradicts")
    known = desk.known()
    off = known.toggle_tag(known.target(FIRST), BOOK, FACET, FACET.tags[2])
    desk.library.log.commit(off.group)
    assert desk.seen(FIRST) == ["contradicts A second one follows."]
    relation = desk.library.relations.get(uid)
    assert relation
    made = relating.retract(desk.library, relation, desk.me, desk.article.uid)
    relating.commit(desk.library, made)
    assert desk.shown() == []  # both had been made for nothing else
    assert desk.undo() == "contradicts “A second one follows.” taken back"
    assert desk.seen(SECOND) == ["contradicted by The first one."]


def test_a_plain_highlight_stays_when_its_relation_goes(desk: Table) -> None:
    known = desk.known()
    desk.library.log.commit(known.plain(known.target(FIRST)).group)
    uid = desk.relate(desk.end(FIRST), desk.end(SECOND), "before")
    relation = desk.library.relations.get(uid)
    assert relation
    made = relating.retract(desk.library, relation, desk.me, desk.article.uid)
    relating.commit(desk.library, made)
    assert [span for span, _, _ in desk.shown()] == [FIRST]


def test_across_articles_each_has_its_own_undo_and_both_ends_are_seen(desk: Table) -> None:
    place = Span(0, 24)
    desk.relate(desk.end(FIRST), desk.end(place, elsewhere=True), "same-claim")
    assert desk.seen(FIRST) == ["is the same claim as Another article says it."]
    assert desk.seen(place, elsewhere=True) == ["is the same claim as The first one."]
    assert desk.undo(desk.other.uid) == "marked for a relation"
    assert desk.seen(FIRST) == []  # its other end is gone
    redone = history.redo(desk.library, desk.other.uid, desk.me)
    assert redone
    assert desk.seen(FIRST) == ["is the same claim as Another article says it."]
    assert desk.undo() == "is the same claim as “Another article says it.”"
    assert desk.seen(place, elsewhere=True) == []


def test_kind_note_and_judgement_are_changed(desk: Table) -> None:
    uid = desk.relate(desk.end(FIRST), desk.end(SECOND), "about", "query")

    def change(type: str, note: str, code: str | None) -> list[str]:
        relation = desk.library.relations.get(uid)
        assert relation
        rated = (STANCE, STANCES, STANCES.tag(code) if code else None)
        made = relating.change(desk.library, relation, desk.me, desk.article.uid, type, note, rated)
        relating.commit(desk.library, made)
        return desk.seen(FIRST)

    assert change("denies", "no", "deny") == ["denies A second one follows. deny"]
    assert change("denies", "no", None) == ["denies A second one follows."]
    assert desk.undo() == desk.undo() == "denies “A second one follows.”"
    assert desk.seen(FIRST) == ["is about A second one follows. query"]
    assert desk.story(SECOND) == [
        "relation: is spoken of by “The first one.”",
        "relation: is spoken of by → denied by “The first one.” (taken back)",
    ]


def test_another_window_that_took_an_end_away_is_noticed(desk: Table) -> None:
    desk.tag(SECOND, 1)
    end = desk.end(SECOND)
    made = relating.relate(desk.me, desk.end(FIRST), end, "about")
    assert end.highlight
    desk.library.log.commit(desk.known().delete(end.highlight).group)
    with pytest.raises(ChangedMeanwhile):
        relating.commit(desk.library, made)
    assert desk.shown() == []


# ---------------------------------------------------------------------- evidence


def test_evidence_is_added_used_again_edited_and_unlinked(desk: Table) -> None:
    found = desk.add(FIRST, citation="Census 2020, table 4", url="https://example.org/4")
    assert desk.evidence(FIRST) == [("supports", "Census 2020, table 4")]
    adducing.commit(desk.library, adducing.use(desk.me, desk.end(SECOND), found, "refutes"))
    assert desk.evidence(SECOND) == [("refutes", "Census 2020, table 4")]
    assert desk.library.evidence.all() == [(found, 2)]
    better = replace(found, citation="T")
    adducing.commit(desk.library, adducing.edit(desk.me, desk.article.uid, found, better))
    assert desk.evidence(FIRST) == [("supports", "T")]
    assert desk.undo() == "evidence edited: T"
    item = desk.end(SECOND).highlight
    assert item
    (linked,) = desk.library.evidence.of([item.uid])[item.uid]
    off = adducing.unlink(desk.library, desk.me, desk.article.uid, linked.link)
    adducing.commit(desk.library, off)
    assert desk.end(SECOND).highlight is None  # it was made for nothing else
    assert desk.undo() == "evidence off: Census 2020, table 4"
    assert desk.evidence(SECOND) == [("refutes", "Census 2020, table 4")]
    assert desk.undo() == "evidence, refutes: Census 2020, table 4"
    assert desk.undo() == "evidence, supports: Census 2020, table 4"
    assert desk.shown() == []
    assert [count for _, count in desk.library.evidence.all()] == [0]  # it can be used again


def test_what_was_gone_on_with_on_another_machine_is_passed_over_as_well(tmp_path: Path) -> None:
    one, two = (Table(tmp_path / f"{name}.db", "ana") for name in ("one", "two"))
    evidence = one.add(FIRST, citation="Report 7")
    two.take(one)
    assert one.undo() == "evidence, supports: Report 7"
    adducing.commit(two.library, adducing.use(two.me, two.end(SECOND), evidence, "refutes"))
    one.take(two)
    assert history.undo(one.library, None, one.me) is None
    meet(one, two)
    for desk in (one, two):
        assert desk.library.evidence.all() == [(evidence, 1)]
    for desk in (one, two):
        desk.library.close()


def test_passing_over_much_that_is_stood_on_asks_no_more_often(desk: Table) -> None:
    asked: list[str] = []
    counts = []
    for count in (2, 40):
        for number in range(count):
            desk.add(FIRST, citation=f"Report {number}")
        asked.clear()
        desk.library.connection.set_trace_callback(asked.append)
        assert desk.library.log.undoing.next("undo", None, desk.me) is None
        desk.library.connection.set_trace_callback(None)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_judgement_because_of_evidence_is_complete_and_tells_it(desk: Table) -> None:
    desk.tag(FIRST, 5)
    desk.tag(FIRST, 0)
    assert desk.lacking(FIRST) == ("evidence:supports",)
    found = desk.add(FIRST, citation="The register")
    assert desk.lacking(FIRST) == ()
    tag = FACET.tag("refuted")
    assert tag
    done = adducing.judge(desk.me, desk.end(FIRST), [found.uid], (BOOK, FACET, tag))
    adducing.commit(desk.library, done)
    item = desk.end(FIRST).highlight
    assert item
    assert done.edit
    assert done.edit.after
    assert (done.edit.after.rev, plain(done.edit.after)) == (item.rev, plain(item))
    assert item.judgements[0].because == (found.uid,)
    assert desk.lacking(FIRST) == ("evidence:refutes",)  # which this evidence does not
    assert desk.story(FIRST) == [
        "– → unverified",
        "unverified → corroborated",
        "evidence, supports: The register",
        "corroborated → refuted, because of The register",
    ]
    (linked,) = desk.library.evidence.of([item.uid])[item.uid]
    off = adducing.unlink(desk.library, desk.me, desk.article.uid, linked.link)
    adducing.commit(desk.library, off)
    item = desk.end(FIRST).highlight
    assert item
    assert item.judgements[0].because == ()
    desk.undo()
    desk.undo()
    assert desk.lacking(FIRST) == ()


def test_a_contested_statement_is_complete_with_a_relation_at_either_end(desk: Table) -> None:
    desk.tag(FIRST, 2)
    assert desk.lacking(FIRST) == ("relation",)
    desk.relate(desk.end(SECOND), desk.end(FIRST), "denies")
    assert desk.lacking(FIRST) == ()
    item = desk.end(SECOND).highlight
    assert item
    desk.library.log.commit(desk.known().delete(item).group)
    assert desk.lacking(FIRST) == ("relation",)


def test_what_cannot_be_evidence_is_refused(desk: Table) -> None:
    day = {"citation": "x", "accessed_at": "2024-13-01"}
    urls = ("ftp://x", "http://", "http://a b", "javascript:alert(1)")
    for fields in ({}, {"citation": " "}, day, *({"url": url} for url in urls)):
        with pytest.raises(UsageError):
            desk.add(FIRST, **fields)
    assert desk.shown() == []
    assert check_url(" HTTPS://example.org/a?b#c ") == "HTTPS://example.org/a?b#c"
    assert [check_day(day) for day in ("", "2024", "2024-02", "2024-02-29")] == [
        None, "2024", "2024-02", "2024-02-29",
    ]  # fmt: skip
    assert [check_stance(name) for name in ("s", "Refutes", "in")] == [
        "supports", "refutes", "insufficient",
    ]  # fmt: skip


def test_a_purge_takes_relations_and_evidence_along_and_leaves_the_others(desk: Table) -> None:
    place = Span(0, 24)
    desk.relate(desk.end(FIRST), desk.end(place, elsewhere=True), "quotes", "comment")
    alone = desk.add(FIRST, citation="only there")
    both = desk.add(SECOND, citation="here as well")
    adducing.commit(
        desk.library, adducing.use(desk.me, desk.end(place, elsewhere=True), both, "context")
    )
    edited = Evidence(both.uid, desk.me, citation="edited there")
    adducing.commit(desk.library, adducing.edit(desk.me, desk.article.uid, both, edited))
    Purging(desk.library.connection, desk.library.path).purge(desk.article.uid)
    item = desk.end(place, elsewhere=True).highlight
    assert item
    assert desk.library.relations.of([item.uid]) == []
    assert desk.library.evidence.get(alone.uid) is None
    assert desk.library.evidence.of([item.uid])[item.uid][0].evidence.name == "edited there"
    link = link_uid(both.uid, item.uid)
    assert [it.link.uid for it in desk.library.evidence.of([item.uid])[item.uid]] == [link]


def test_lists_of_many_highlights_ask_once(desk: Table) -> None:
    desk.relate(desk.end(FIRST), desk.end(SECOND), "about")
    desk.relate(desk.end(FIRST), desk.end(THIRD), "about")
    desk.add(THIRD, citation="c")
    known: Annotations = desk.known()
    first, second, third = (known.index.with_span(*span) for span in (FIRST, SECOND, THIRD))
    assert first
    assert second
    assert third
    uids = [first.uid, second.uid, third.uid]
    assert desk.library.relations.counts(uids) == dict(zip(uids, (2, 1, 1), strict=True))
    assert desk.library.evidence.counts(uids) == {third.uid: 1}
    beside = desk.library.beside.on(desk.article.version_uid)
    assert (beside.relation, beside.evidence, beside.source) == (set(uids), {third.uid}, set())


# ---------------------------------------------------------------------- claims


def test_a_claim_is_joined_over_several_steps_and_speaks_in_time_order(desk: Table) -> None:
    place, rest = Span(0, 24), Span(25, 43)
    elsewhere = desk.end(place, elsewhere=True)
    desk.relate(desk.end(FIRST), elsewhere, "quotes")
    desk.relate(desk.end(SECOND), desk.end(place, elsewhere=True), "restates")
    desk.relate(desk.end(rest, elsewhere=True), desk.end(FIRST), "narrows")
    desk.relate(desk.end(FIRST), desk.end(THIRD), "denies")  # what it denies is no part of it
    (claim,) = claims(desk.library)
    assert len(claim.members) == 3
    assert claim.summary() == "3 assert, 1 narrows"
    assert claim.articles == 2
    assert claims(desk.library, desk.other.uid) == [claim]
    for span in (FIRST, SECOND):
        item = desk.end(span).highlight
        assert item
        assert claim_of(desk.library, item.uid) == claim
    third = desk.end(THIRD).highlight
    assert third
    alone = claim_of(desk.library, third.uid)
    assert alone
    assert [(it.role, it.place.exact) for it in alone.voices] == [
        ("denies", "The first one."), ("asserts", TEXT[slice(*THIRD)]),
    ]  # fmt: skip
