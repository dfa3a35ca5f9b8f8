"""Finding things again across the library: what is found, where, and that it stays right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.domain.errors import UsageError
from reader.domain.finding.found import Word, Words
from reader.services.annotating import history
from reader.services.annotating.overall import WholeArticle
from reader.services.care import doctor
from reader.services.exchange import logs as exchange
from reader.services.finding.highlights import FoundHighlights, find_highlights
from reader.services.finding.profile import profile
from reader.services.finding.query import read_query
from reader.services.finding.search import catch_up, find, pages, rebuild
from reader.services.library import changes
from reader.storage import capturing
from reader.storage.search import matching
from reader.storage.search.words import Stems, expression
from tests.services.exchange_desk import Desk, draft
from tests.services.searching_desk import BANK, STORM, TOKYO, found, is_right


@pytest.fixture
def desk(tmp_path: Path):
    desk = Desk(tmp_path / "a.db")
    yield desk
    desk.library.close()


def test_words_phrases_prefixes_and_what_must_not_be_there(desk: Desk) -> None:
    desk.add(STORM, title="Storm closes the bridge", outlet="The Courier")
    desk.add(BANK, title="Rates stay", byline="Ann Example", url="https://bank.example/1")
    storm, bank = "Storm closes the bridge", "Rates stay"
    assert found(desk, "crack") == {storm: [("text", "cracks")]}  # English endings do not matter
    assert found(desk, "ANGSTROM cafe") == {storm: [("text", "Café|Ångström")]}
    assert found(desk, '"central bank"') == {bank: [("text", "central bank")]}
    assert found(desk, '"bank central"') == {}
    assert found(desk, "may*") == {storm: [("text", "mayor")]}
    assert found(desk, "may") == {}
    assert found(desk, "may", typing=True) == {storm: [("text", "mayor")]}
    assert found(desk, "the -mayor").keys() == {bank}
    assert found(desk, '-"central bank"').keys() == {storm} == found(desk, "outlet:cour").keys()
    assert found(desk, "example storm") == {}
    # Spread over byline and text; in the title first, which counts most.
    assert found(desk, "example holds") == {bank: [("text", "holds"), ("byline", "Example")]}
    assert found(desk, "bridge")[storm][0] == ("title", "bridge")
    assert found(desk, "safe outlet:post") == {}
    assert found(desk, "safe has:note") == {}
    assert found(desk, "safe ma", typing=True).keys() == {storm}  # not looked for yet
    assert found(desk, "safe ma") == {}
    with pytest.raises(UsageError, match="no field"):
        found(desk, "colour:red safe")
    with pytest.raises(UsageError, match="32 words"):
        read_query("a " * 40)
    is_right(desk)


def test_a_word_is_found_however_much_of_it_is_typed(desk: Desk) -> None:
    desk.add("The universities and the government are running happily to the mayor.", title="T")
    desk.add("Both buses, but the bush.", title="B")
    assert found(desk, "bus", typing=True) == {"B": [("text", "buses|bush")]}
    assert found(desk, "bus*") == {"B": [("text", "buses|bush")]}
    for word in ("universities", "government", "running", "happily", "mayor"):
        for size in range(3, len(word) + 1):
            assert found(desk, word[:size], typing=True) == {"T": [("text", word)]}, word[:size]
    stems = Stems()
    assert expression(Word("gove", prefix=True, typing=True), stems) == '"gove" *'
    assert '"government"' in str(expression(Word("governm", prefix=True, typing=True), stems))
    stems.close()


def test_scripts_without_spaces_are_found_wherever_they_stand(desk: Desk) -> None:
    desk.add(TOKYO, title="研究")
    desk.add(STORM, title="Storm — 東京")
    assert found(desk, "大学") == {"研究": [("text", "大学")]}
    assert found(desk, "東京").keys() == {"研究", "Storm — 東京"}
    assert found(desk, "東京 mayor").keys() == {"Storm — 東京"}
    assert found(desk, "東京 -プレス").keys() == {"Storm — 東京"}
    assert found(desk, "研究 -東京大学") == {}
    assert found(desk, "—") == {"Storm — 東京": [("title", "—")]}
    assert read_query("東", typing=True).asks
    assert not read_query("st", typing=True).asks


def test_everything_said_is_found_with_its_kind_and_place(desk: Desk) -> None:
    article = desk.add(STORM, title="Storm")
    start = STORM.index("The mayor")
    end = start + len("The mayor said the crossing was safe.")
    uid = desk.tag(start, end, "doubtful", note="See the inspection report", reason="one source")
    whole = WholeArticle(article.uid, desk.me, desk.library.overall.get(article.uid, desk.me))
    desk.library.log.commit(whole.with_note("Sloppy headline").group)
    desk.library.log.commit(whole.with_labels(["infrastructure"]).group)
    for query, hits in {
        "inspection": [("note", "inspection")],
        "sloppy": [("note", "Sloppy")],
        "source": [("reason", "source")],
        "doubtful": [("tag", "doubtful")],
        "infrastructure": [("label", "infrastructure")],
        "crossing": [("quote", "crossing")],
        "doubtful witness": [("tag", "doubtful"), ("text", "witness")],
    }.items():
        assert found(desk, query) == {"Storm": hits}, query
    (item,) = pages(desk.library, find(desk.library, read_query("crossing"), desk.me), desk.me)
    (hit,) = item.found.hits
    assert STORM[hit.start : hit.end] == "crossing"
    assert (hit.highlight_uid, hit.tags) == (
        uid,
        (("credibility-7", 2, "credibility", "doubtful"),),
    )
    (item,) = pages(desk.library, find(desk.library, read_query("inspection"), desk.me), desk.me)
    assert (item.found.hits[0].start, item.found.hits[0].end) == (start, end)
    is_right(desk)
    # Taken back one after the other, until there is nothing but the text.
    while history.undo(desk.library, article.uid, desk.me) is not None:
        is_right(desk)
    assert [
        query for query in ("inspection", "source", "doubtful", "sloppy") if found(desk, query)
    ] == []
    assert found(desk, "crossing") == {"Storm": [("text", "crossing")]}
    history.redo(desk.library, article.uid, desk.me)
    assert found(desk, "doubtful") == {"Storm": [("tag", "doubtful")]}


def test_it_stays_right_through_imports_merges_versions_archive_and_purge(
    desk: Desk, tmp_path: Path
) -> None:
    article = desk.add(STORM, title="Storm")
    desk.add(BANK, title="Rates")
    desk.tag(0, 5, "doubtful", note="thunder")
    csv = desk.file(tmp_path / "marks.csv")
    other = Desk(tmp_path / "b.db", "ben")
    other.add(BANK, title="Rates")
    assert found(other, "thunder") == {}
    other.read(csv)
    assert found(other, "thunder") == {"Rates": [("note", "thunder")]}
    exchange.merge_library(other.library, desk.library.path)
    assert found(other, "mayor") == {"Storm": [("text", "mayor")]}
    is_right(other)
    other.library.log.rebuild()
    assert found(other, "thunder").keys() == {"Rates"}
    is_right(other)
    # Another version: its text is found, the old one's is not.
    capturing.add_version(
        other.library, article.uid, draft(STORM.replace("cracks", "fissures")), other.me
    )
    assert (found(other, "cracks"), found(other, "fissures").keys()) == ({}, {"Storm"})
    is_right(other)
    history.undo(other.library, article.uid, other.me)
    assert (found(other, "cracks").keys(), found(other, "fissures")) == ({"Storm"}, {})
    changes.perform(
        other.library,
        [article.uid],
        changes.status_change("archived"),
        actor=other.me,
        kind="archive",
        summary="archived",
    )
    assert found(other, "mayor") == {}
    assert found(other, "mayor status:archived").keys() == {"Storm"}
    purged = other.library.connection.execute
    purged("PRAGMA foreign_keys=off")
    for table in ("article_version", "article"):
        column = "article_uid" if table == "article_version" else "uid"
        purged(f"DELETE FROM {table} WHERE {column} = ?", (article.uid,))
    assert found(other, "mayor status:any") == {}
    is_right(other)
    rebuild(other.library)
    assert found(other, "thunder").keys() == {"Rates"}
    other.library.close()


def test_a_wrong_index_is_noticed_and_made_anew(desk: Desk) -> None:
    desk.add(STORM, title="Storm")
    desk.tag(0, 5, "doubtful", note="thunder")
    catch_up(desk.library)
    ask = desk.library.connection.execute
    ask("UPDATE search_words SET note = 'lightning' WHERE note = 'thunder'")
    ask("DELETE FROM search_version")
    path = desk.library.path
    told = {(item.check, "search --rebuild" in item.hint) for item in doctor.examine(path).findings}
    assert told == {("search", True)}
    rebuild(desk.library)
    assert doctor.examine(path).findings == []
    assert (found(desk, "thunder").keys(), found(desk, "lightning")) == ({"Storm"}, {})


def test_of_very_much_the_newest_are_taken(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        desk.add(f"Common word number {number}", title=f"T{number}")
    desk.add("Something else", title="Common title")
    monkeypatch.setattr(matching, "MOST", 3)
    catch_up(desk.library)
    result = find(desk.library, read_query("common"), desk.me)
    assert result.capped
    assert {item.article.name for item in pages(desk.library, result, desk.me)} == {
        "Common title", "T4", "T3", "T2",
    }  # fmt: skip
    assert next(iter(found(desk, "common"))) == "Common title"


_ANY = st.text(
    st.one_of(
        st.sampled_from(list("\"'*-()^:+ {}[]~,.|&\\\x00\ud800東ab")),
        st.characters(),
    ),
    max_size=24,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@example(query="\U000e36a4]i\U000f0c71", typing=True)  # the stemmer cuts a character in two
@given(query=st.one_of(_ANY, st.lists(_ANY, max_size=4).map(" AND ".join)), typing=st.booleans())
def test_whatever_is_typed_is_a_query(desk: Desk, query: str, typing: bool) -> None:
    if not desk.library.articles.in_order():
        desk.add(STORM, title="Storm (NOT a test)")
    text = re.sub(r"[A-Za-z]:", " ", query)  # a field that is none is told, and nothing else
    asked = read_query(text[:60], typing=typing)  # more than 32 words are refused
    for item in pages(desk.library, find(desk.library, asked, desk.me), desk.me):
        for hit in item.found.hits:
            assert 0 <= hit.start <= hit.end <= len(STORM)
            assert all(0 <= a < b <= len(hit.excerpt) for a, b in hit.marks)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=1, max_size=3))
def test_found_is_what_a_plain_look_finds(desk: Desk, words: list[str]) -> None:
    texts = ["alpha beta", "beta gamma", "gamma", "delta alpha gamma"]
    if not desk.library.articles.in_order():
        for number, text in enumerate(texts):
            desk.add(text, title=f"{number} {'delta' if number == 2 else ''}")
    wanted = {
        number for number, text in enumerate(texts)
        if all(word in text or (word == "delta" and number == 2) for word in words)
    }  # fmt: skip
    assert {int(name.split()[0]) for name in found(desk, " ".join(words))} == wanted
    unwanted = Words((), tuple(map(Word, words)))
    assert unwanted.unwanted == read_query(" ".join(f"-{word}" for word in words)).words.unwanted


def test_highlights_are_listed_by_tag_label_annotator_and_words(desk: Desk) -> None:
    storm = desk.add(STORM, title="Storm", outlet="Courier")
    desk.tag(0, 5, "doubtful", note="thunder")
    desk.tag(25, 40, "plausible", flag=True)
    desk.tag(60, 70, "doubtful", who="ben", confidence="low")
    whole = WholeArticle(storm.uid, desk.me, desk.library.overall.get(storm.uid, desk.me))
    desk.library.log.commit(whole.with_labels(["to do"]).group)
    desk.add(BANK, title="Rates")
    desk.tag(0, 5, "doubtful", reason="one source")
    catch_up(desk.library)

    def listed(text: str) -> list[str]:
        ids = find_highlights(desk.library, text, desk.me)
        assert len(FoundHighlights(ids, desk.me).page(desk.library, 0)) >= len(ids)
        return [item.exact for item in desk.library.search.highlights.rows(ids)]

    one, two, bens = STORM[0:5], STORM[25:40], STORM[60:70]
    assert listed("") == [BANK[:5], one, two]
    assert listed("tag:doubt") == [BANK[:5], one] == listed("tag:!")
    assert listed('label:"to do"') == [one, two]
    assert listed("-tag:doubtful") == [two] == listed("flag:")
    assert listed("by:ben") == [bens] == listed("by:any confidence:low")
    assert listed("by:any outlet:courier") == [one, two, bens]
    assert listed("thunder") == [one] == listed("has:note")
    assert listed("sourc*") == [BANK[:5]] == listed("has:reason")
    assert listed("tag:doubtful,plausible -storm") == [BANK[:5], two]
    for wrong in ("by:nobody", "has:nothing", "colour:red"):
        with pytest.raises(UsageError):
            listed(wrong)
    given = [(item.filter, item.count) for item in profile(desk.library, desk.me)]
    assert given == [("tag:doubtful", 2), ("tag:plausible", 1), ('label:"to do"', 2)]
    with pytest.raises(UsageError) as error:
        listed("colour:red")
    assert "confidence:" in error.value.hint
    assert "outlet:" in error.value.hint
