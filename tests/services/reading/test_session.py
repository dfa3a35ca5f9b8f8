"""A reading session without a screen."""

from __future__ import annotations

from pathlib import Path

from reader.services.codebooks import finding as codebooks
from reader.services.reading.beginning import begin, load_session
from reader.services.reading.session import Session
from reader.storage.library import Library


def open_session(folder: Path, codebook: str) -> tuple[Library, Session]:
    file = folder / "a.txt"
    file.write_text("One is here. Two is here.\n\nThree is here.\n\n", "utf-8")
    library = Library(folder / "l.db")
    beginning = begin(library, "ana", codebook, [str(file)])
    assert beginning.session is not None
    return library, beginning.session


def test_a_facet_that_is_asked_only_after_another(tmp_path: Path) -> None:
    _, session = open_session(tmp_path, "checkworthy")
    first = session.first_statement()
    assert first is not None
    known = session.annotations
    assert session.asked_after(known.target(first)) == ""
    session.turn_facet(1)
    assert "Asked only after" in session.asked_after(known.target(first))
    worth = session.codebook.facets[0]
    for code, asked in [("worth-checking", True), ("no-claim", False), ("unimportant", True)]:
        tag = worth.tag(code)
        assert tag is not None
        session.apply(known.set_tag(known.target(first), session.codebook, worth, tag))
        assert (session.asked_after(known.target(first)) == "") is asked


def test_facet_and_last_tag_go_on_in_the_next_article(tmp_path: Path) -> None:
    library, session = open_session(tmp_path, "checkworthy")
    session.turn_facet(1)
    session.last_tag = (session.codebook, session.facet, session.facet.tags[0])
    again = load_session(
        library, session.opened.article.uid, session.annotations.annotator_uid, session.codebook
    )
    again.go_on_from(session)
    assert (again.facet, again.last_tag) == (session.facet, session.last_tag)
    other = load_session(
        library, session.opened.article.uid, session.annotations.annotator_uid,
        codebooks.find(library, "verdict-6"),
    )  # fmt: skip
    other.go_on_from(session)
    assert other.facet == other.codebook.statement_facets[0]


def test_the_last_statement_is_the_end(tmp_path: Path) -> None:
    _, session = open_session(tmp_path, "credibility-7")
    first, last = session.document.statement_at(0), session.document.statement_at(10**6)
    assert first is not None
    assert last is not None
    assert session.read_to(first) == first.end
    assert session.read_to(last) == len(session.document.text)
    assert session.percent(last) == 100
