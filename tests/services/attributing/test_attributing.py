"""Who said it: set, changed, taken away, merged and split, each with one undo."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from reader.assets import load_builtin
from reader.domain.attributed import Attribution, attribution_uid
from reader.domain.errors import ChangedMeanwhile, UsageError
from reader.domain.source import Role
from reader.domain.text import Span
from reader.services import annotators
from reader.services.annotating import history, tagging
from reader.services.attributing import edits, merging, rating, sources
from reader.services.attributing.attributing import Done, Wish, attribute, find, found
from reader.services.attributing.chains import chain_words, chains
from reader.services.care import doctor
from reader.services.exchange import logs as exchange
from tests.services.meeting_desk import Desk, meet
from tests.storage.stored import state

FIRST, SECOND, THIRD = Span(0, 14), Span(15, 36), Span(37, 60)
BOOK = load_builtin("credibility-7")


class Table(Desk):
    """A desk at which statements are attributed."""

    def say(self, span: Span, *chain: str, **more: object) -> Done:
        wish = Wish(chain=chain, **more)  # type: ignore[arg-type]
        version = self.library.articles.version(self.article.version_uid)
        assert version is not None
        return attribute(self.library, self.article, version, span, self.me, wish)

    def said(self, span: Span) -> str | None:
        item = self.known().index.with_span(*span)
        said = chains(self.library, [item.uid]).get(item.uid) if item else None
        return chain_words(said) if said else None

    def uid(self, name: str) -> str:
        return found(self.library, name).uid

    def undo(self, *, library: bool = False) -> str | None:
        done = history.undo(self.library, None if library else self.article.uid, self.me)
        return done.summary if done else None


@pytest.fixture
def desk(tmp_path: Path):
    desk = Table(tmp_path / "l.db", "ana")
    yield desk
    desk.check()
    desk.library.close()


def test_what_was_proposed_and_is_changed_tells_that_it_was_edited() -> None:
    place = edits.Place("article", "version", "ana", "One. Two.", Span(0, 4))
    proposed = Attribution("", "", voice="direct", origin="suggestion:x@1:accepted")
    first = edits.attribute(place, proposed, decided=True)
    highlight = first.after
    assert highlight is not None
    stored = replace(proposed, uid=attribution_uid(highlight.uid), highlight_uid=highlight.uid)
    there = replace(place, highlight=highlight, before=stored)
    assert not edits.attribute(there, stored).group.changes
    (change,) = edits.attribute(there, replace(stored, voice="partial")).group.changes
    assert change.patch == {"voice": "partial", "origin": "suggestion:x@1:edited"}
    other = replace(stored, voice="partial", origin="suggestion:x@2:accepted")
    (change,) = edits.attribute(there, other, decided=True).group.changes
    assert change.patch == {"voice": "partial", "origin": "suggestion:x@2:accepted"}


def test_a_statement_is_attributed_and_undone(desk: Table) -> None:
    done = desk.say(FIRST, "Ada Lovelace", "?", "The Mill", voice="direct", act="deny")
    assert [source.name for source in done.made] == ["Ada Lovelace", "The Mill"]
    assert desk.said(FIRST) == "Ada Lovelace > ? > The Mill"
    item = desk.known().index[0]
    assert not item.implicit  # it stays, whatever tags are taken off it
    again = desk.say(FIRST, "ada  LOVELACE", "?", "the mill")
    assert (again.changed, again.made) == (False, ())
    desk.say(FIRST, scope_certain=True, act="")
    said = desk.library.attributions.of(item.uid)
    assert (said.voice, said.act, said.scope_certain) == ("direct", None, True)

    desk.tag(FIRST, 1)
    assert desk.undo() == "+ plausible"
    assert desk.undo()
    assert desk.library.attributions.of(item.uid).act == "deny"
    assert desk.undo() == "said by Ada Lovelace via ? via The Mill"
    assert desk.shown() == []
    assert desk.library.attributions.of(item.uid) is None
    assert desk.uid("Ada Lovelace")  # the library's own: it has an undo of its own
    assert history.redo(desk.library, desk.article.uid, desk.me)
    assert desk.said(FIRST) == "Ada Lovelace > ? > The Mill"


def test_taking_it_away_takes_away_what_was_made_for_it(desk: Table) -> None:
    desk.say(FIRST, "Ada")
    assert desk.say(FIRST, clear=True).gone
    assert desk.shown() == []
    desk.undo()
    assert desk.said(FIRST) == "Ada"
    desk.tag(FIRST, 1)
    assert not desk.say(FIRST, clear=True).gone  # a tag is on it
    assert desk.known().index[0].implicit  # and it goes with the tag
    known = desk.known()
    desk.library.log.commit(known.plain(known.target(SECOND)).group)
    desk.say(SECOND, "Ada")
    assert not desk.say(SECOND, clear=True).gone  # it was plain before
    with pytest.raises(UsageError, match="Nothing is attributed"):
        desk.say(SECOND, clear=True)


@pytest.mark.parametrize(
    "wish",
    [
        {}, {"voice": "loud"}, {"act": "shout"}, {"clear": True, "voice": "direct"},
        {"chain": (" ",)}, {"chain": ("Ada",), "kind": "ghost"},
    ],
)  # fmt: skip
def test_what_is_wrong_changes_nothing(desk: Table, wish: dict[str, object]) -> None:
    before = state(desk.library)
    with pytest.raises(UsageError):
        desk.say(FIRST, *wish.pop("chain", ()), **wish)  # type: ignore[misc]
    assert state(desk.library) == before


def test_sources_are_found_by_every_name(desk: Table) -> None:
    library, me = desk.library, desk.me
    desk.say(FIRST, "Ada Lovelace")
    ada = desk.uid("Ada Lovelace")
    known = library.sources.get(ada)
    assert sources.edit_all(library, me, known, {}, names=["The Countess"])
    assert sources.edit_all(library, me, known, {}, names=["the countess"]) is None
    assert sources.edit(library, me, ada, {"role": "writer", "url": "https://example.org/ada"})
    assert sources.edit(library, me, ada, {"role": "writer"}) is None
    clerk = Role("", "", "clerk", None, "1840", "1842-05")
    assert sources.edit_all(library, me, known, {}, roles=[clerk])
    assert find(library, "THE COUNTESS") == find(library, ada[:13]) == library.sources.get(ada)
    assert [item.name for item in library.sources.beginning("lov")] == ["Ada Lovelace"]
    assert library.sources.by_name() == {"ada lovelace": ada, "the countess": ada}
    assert [role.role for role in library.sources.roles([ada])[ada]] == ["clerk"]
    assert library.sources.uses()[ada].statements == 1
    for wrong in ({"name": " "}, {"url": "gopher://x"}):
        with pytest.raises(UsageError):
            sources.edit(library, me, ada, wrong)
    with pytest.raises(UsageError, match="before"):
        sources.edit_all(library, me, known, {}, roles=[replace(clerk, until="1839-12")])
    assert desk.undo(library=True) == "Ada Lovelace: clerk (1840 – 1842-05)"
    assert desk.undo(library=True) == "Ada Lovelace: role, url"
    assert desk.undo(library=True) == "Ada Lovelace: also The Countess"
    assert find(library, "the countess") is None
    assert desk.said(FIRST) == "Ada Lovelace"


def test_merged_sources_are_one_until_that_is_undone(desk: Table) -> None:
    library, me = desk.library, desk.me
    desk.say(FIRST, "Ada")
    desk.say(SECOND, "A. Lovelace", "The Mill")
    desk.say(THIRD, "Countess")
    ada, lovelace, countess = map(desk.uid, ("Ada", "A. Lovelace", "Countess"))
    assert merging.merge(library, me, [lovelace], ada)
    assert merging.merge(library, me, [ada], countess)  # a chain of merges
    assert merging.merge(library, me, [lovelace], ada) is None
    assert [desk.said(span) for span in (FIRST, SECOND, THIRD)] == [
        "Countess", "Countess > The Mill", "Countess",
    ]  # fmt: skip
    assert find(library, "a. lovelace").uid == countess
    assert library.sources.uses()[countess].statements == 3
    assert library.sources.members(lovelace) == [countess, *sorted([ada, lovelace])]
    assert library.sources.count() == 2
    assert [source.name for page in library.sources.pages() for source in page] == [
        "The Mill", "Countess",
    ]  # fmt: skip
    assert desk.undo(library=True) == "Ada is Countess"
    assert desk.said(SECOND) == "Ada > The Mill"
    assert desk.said(THIRD) == "Countess"


def test_some_of_it_is_split_off_again(desk: Table) -> None:
    library, me = desk.library, desk.me
    desk.say(FIRST, "Ada")
    desk.say(SECOND, "Lovelace")
    desk.say(THIRD, "Ada")
    ada, lovelace = desk.uid("Ada"), desk.uid("Lovelace")
    merging.merge(library, me, [lovelace], ada)
    named = {item.highlight_uid: item for item in library.attributions.naming([ada, lovelace])}
    of = {item.span: named[item.uid] for item in desk.known().index}
    before = live(desk)

    # All that was the other's goes back with the merge.
    merging.split(library, me, ada, [], library.sources.get(lovelace))
    assert [desk.said(span) for span in (FIRST, SECOND, THIRD)] == ["Ada", "Lovelace", "Ada"]
    assert desk.undo(library=True) == "Lovelace is not Ada"
    assert live(desk) == before
    # Only what was chosen: what the other had before stays where it was not chosen.
    merging.split(library, me, ada, [of[THIRD]], library.sources.get(lovelace))
    assert [desk.said(span) for span in (FIRST, SECOND, THIRD)] == ["Ada", "Ada", "Lovelace"]
    assert desk.undo(library=True)
    assert live(desk) == before
    # To somebody new.
    merging.split(library, me, lovelace, [of[FIRST], of[SECOND]], sources.new_source("Byron"))
    assert [desk.said(span) for span in (FIRST, SECOND, THIRD)] == ["Byron", "Byron", "Ada"]
    assert desk.undo(library=True)
    assert live(desk) == before
    with pytest.raises(UsageError, match="Nothing would change"):
        merging.split(library, me, ada, [], sources.there(library, ada))


def live(desk: Table) -> list[str | None]:
    return [desk.said(span) for span in (FIRST, SECOND, THIRD)]


def test_the_highlight_goes_and_comes_with_its_attribution(desk: Table) -> None:
    desk.say(FIRST, "Ada")
    uid = desk.known().index[0].uid
    version = desk.library.articles.version(desk.article.version_uid)
    wish = tagging.Wish(remove=True)
    tagging.tag(desk.library, desk.article, version, FIRST, desk.me, BOOK, wish)
    assert desk.library.sources.uses() == {}
    assert list(desk.library.attributions.naming([desk.uid("Ada")])) == []
    desk.undo()
    assert desk.library.attributions.of(uid).sources == (desk.uid("Ada"),)
    with pytest.raises(ChangedMeanwhile):  # made from a state that is no longer stored
        desk.library.log.commit(stale_clear(desk, uid), guarded=True)
    assert doctor.examine(desk.library.path).findings == []


def stale_clear(desk: Table, uid: str):
    from reader.services.attributing import edits
    from reader.services.attributing.attributing import place_of

    version = desk.library.articles.version(desk.article.version_uid)
    place = place_of(desk.library, desk.article, version, FIRST, desk.me)
    desk.say(FIRST, "Byron")
    return edits.clear(place).group


@pytest.fixture
def two_desks(tmp_path: Path):
    one = Table(tmp_path / "one.db", "ana")
    one.library.back_up(tmp_path / "two.db")
    two = Table(tmp_path / "two.db", "ana")
    two.library.connection.execute("UPDATE meta SET value = ? WHERE key = 'device_uid'", (two.me,))
    two.library.close()
    two = Table(tmp_path / "two.db", "ana")
    yield one, two
    one.library.close()
    two.library.close()


def rate(desk: Table, what: str, uid: str, code: str) -> None:
    book = load_builtin("admiralty")
    facet = rating.facets_for(book, what)[0]
    tag = facet.tag(code)
    article = desk.article.uid if what == "attribution" else None
    rating.rate(desk.library, what, uid, desk.me, (book, facet, tag), article)


def rated(desk: Table, what: str, uid: str) -> list[str]:
    return [item.code for item in rating.given(desk.library, what, uid, desk.me)]


def test_what_two_machines_said_of_the_same_words_is_joined(two_desks) -> None:
    one, two = two_desks
    one.say(FIRST, "Ada", voice="direct")
    two.say(FIRST, "Byron", act="deny")
    two.say(SECOND, "Byron")
    attribution = two.library.attributions.of(two.known().index[0].uid)
    rate(two, "attribution", attribution.uid, "C")
    assert one.take(two).joined == 1
    assert [one.said(span) for span in (FIRST, SECOND)] == ["Byron", "Byron"]
    said = one.library.attributions.of(one.known().index[0].uid)
    assert (said.voice, said.act) == ("direct", "deny")
    assert rated(one, "attribution", said.uid) == ["C"]
    time.sleep(0.01)
    two.say(FIRST, "Ada", "Byron")  # it does not know that its highlight is none any more
    rate(two, "attribution", attribution.uid, "E")
    one.take(two)
    assert one.said(FIRST) == "Ada > Byron"
    assert rated(one, "attribution", said.uid) == ["E"]
    meet(one, two)
    assert two.said(FIRST) == "Ada > Byron"


def test_sources_merged_both_ways_and_ratings_meet(two_desks) -> None:
    one, two = two_desks
    one.say(FIRST, "Ada")
    one.say(SECOND, "Lovelace")
    two.take(one)
    ada, lovelace = one.uid("Ada"), one.uid("Lovelace")
    rate(one, "source", lovelace, "B")
    merging.merge(one.library, one.me, [ada], lovelace)
    merging.merge(two.library, two.me, [lovelace], ada)
    meet(one, two)
    assert one.said(FIRST) == two.said(SECOND) == "Ada"  # of a ring the oldest counts
    assert rated(one, "source", ada) == ["B"]
    rate(one, "source", ada, "D")
    assert rated(one, "source", ada) == ["D"]
    assert one.undo(library=True) == "reliability: D not usually reliable"
    assert rated(one, "source", lovelace) == ["B"]


def test_the_ratings_of_two_annotators_who_are_one(two_desks, tmp_path: Path) -> None:
    one, _ = two_desks
    ben = Table(tmp_path / "ben.db", "ben")
    ben.take(one)
    ben.say(FIRST, "Ada")
    rate(ben, "source", ben.uid("Ada"), "B")
    rate(ben, "attribution", ben.library.attributions.of(ben.known().index[0].uid).uid, "C")
    one.say(FIRST, "Byron")
    one.take(ben)
    annotators.join(one.library, "ben", "ana", one.me)
    said = one.library.attributions.of(one.known().index[0].uid)
    assert len(one.known().index) == 1
    assert rated(one, "source", one.uid("Ada")) == ["B"]
    assert rated(one, "attribution", said.uid) == ["C"]
    one.check()
    assert history.undo(one.library, None, one.me)
    assert rated(one, "source", one.uid("Ada")) == []
    history.redo(one.library, None, one.me)
    time.sleep(0.01)  # later, by the clocks of both
    rate(ben, "source", ben.uid("Ada"), "D")  # it does not know of it
    one.take(ben)
    assert rated(one, "source", one.uid("Ada")) == ["D"]
    meet(one, ben)
    ben.library.close()


def test_what_was_done_to_a_source_is_taken_back_step_by_step(desk: Table) -> None:
    library, me = desk.library, desk.me
    desk.say(FIRST, "Ada")
    ada = desk.uid("Ada")
    for name in ("Byron", "Lovelace"):
        sources.edit(library, me, ada, {"name": name})
    names = []
    for step in (history.undo, history.undo, history.undo, history.redo):
        done = step(library, None, me)
        names.append(library.sources.get(ada).name if done else "nothing")
        assert desk.said(FIRST) == library.sources.get(ada).name
    assert names == ["Byron", "Ada", "nothing", "Byron"]  # its making stays: it says something
    # But not what somebody else has changed since.
    ben = library.annotator("ben")
    sources.edit(library, ben, ada, {"name": "Mary"})
    assert history.undo(library, None, me)
    assert library.sources.get(ada).name == "Mary"


def test_an_attribution_without_its_source_is_refused(two_desks, tmp_path: Path) -> None:
    one, two = two_desks
    one.say(FIRST, "Ada")
    one.say(SECOND, "Ada")
    file = tmp_path / "log.jsonl"
    exchange.export_jsonl(one.library, file)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if '"entity":"source"' not in line.replace(" ", "")]
    assert len(kept) == len(lines) - 1
    file.write_text("".join(kept), "utf-8")
    taken = exchange.import_jsonl(two.library, file)
    assert {problem.reason for problem in taken.problems} >= {
        "the attribution names a source that is not there"
    }
    assert two.shown() == []
    two.check()
    one.library.connection.execute("PRAGMA foreign_keys=off")
    one.library.connection.execute("DELETE FROM source")
    found = doctor.examine(one.library.path).findings
    assert any("names a source that is not there" in item.message for item in found)
