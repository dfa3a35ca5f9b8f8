"""One edit over many targets is one action; in memory it is the same as one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import assets
from reader.domain.highlight import Highlight
from reader.domain.highlight_index import HighlightIndex
from reader.services.annotating import history, judging
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.bulk import Gathering
from reader.services.annotating.edits import Edit
from reader.services.capturing.adding import add_file
from reader.services.reading.beginning import load_session
from reader.services.reading.session import Session
from reader.storage.library import Library
from tests.bulk_edits import in_one

BOOK = assets.load_builtin("credibility-7")
FACET = BOOK.statement_facets[0]
PLAUSIBLE = FACET.tags[1]


def _session(library: Library, file: Path, statements: int = 200) -> Session:
    file.write_text(" ".join(f"Statement number {n} says so." for n in range(statements)), "utf-8")
    ana = library.annotator("ana")
    uid = add_file(library, file, ana).article.uid
    return load_session(library, uid, ana, BOOK)


def _tagged(known: Annotations, target: Target) -> Edit:
    return known.set_tag(target, BOOK, FACET, PLAUSIBLE)


def test_many_are_one_action_and_one_undo(tmp_path: Path) -> None:
    library = Library(tmp_path / "l.db")
    session = _session(library, tmp_path / "a.txt")
    known = session.annotations
    spans = list(session.document.statements())
    while session.work_some():
        pass
    first = known.set_tag(known.target(spans[0]), BOOK, FACET, PLAUSIBLE)
    session.apply(first)
    library.log.commit(first.group)

    gathering = Gathering(
        known, (known.target(span) for span in [*spans, spans[5]]), _tagged,
        kind="tag", summary="+ plausible",
    )  # fmt: skip
    assert gathering.work_for(0.0)  # a slice only, and nothing is changed by it
    assert gathering.done == 1
    assert len(known.index) == 1
    while gathering.work_for(0.001):
        pass
    bulk = gathering.bulk()
    assert len(bulk) == 199  # the first has the tag; one was named twice
    assert bulk.group.summary == "+ plausible × 199"

    session.apply_all(bulk.edits)
    library.log.commit(bulk.group)
    assert session.tally.count(BOOK.id, FACET.id, PLAUSIBLE.code) == 200
    while session.work_some():
        pass
    assert session.tally.judged == 200
    stored = [
        item for page in library.highlights.pages(known.version_uid, known.annotator_uid)
        for item in page
    ]  # fmt: skip
    assert [item.uid for item in stored] == [item.uid for item in known.index]
    assert all(item.judgements for item in stored)

    done = history.undo(library, known.article_uid, known.annotator_uid)
    assert done is not None
    assert done.summary == "+ plausible × 199"
    session.take_back(done)
    while session.work_some():
        pass
    assert [item.uid for item in known.index] == [first.uid]
    assert session.tally.judged == 1
    again = history.redo(library, known.article_uid, known.annotator_uid)
    assert again is not None
    session.take_back(again)
    assert len(known.index) == 200
    assert [item.uid for item in known.index] == [item.uid for item in stored]
    library.close()


def test_what_is_refused_is_counted_with_its_reason(tmp_path: Path) -> None:
    library = Library(tmp_path / "l.db")
    known = _session(library, tmp_path / "a.txt", 4).annotations
    document = _session(library, tmp_path / "a.txt", 4).document
    targets = [known.target(span) for span in document.statements()]
    bulk = in_one(
        known, targets, lambda all_, one: judging.next_confidence(all_, one, BOOK, FACET),
        kind="confidence", summary="confidence",
    )  # fmt: skip
    assert (len(bulk), bulk.refused) == (0, 4)
    assert bulk.reason == "There is no tag here to be confident of. Set a tag first."
    assert bulk.group.changes == ()
    library.close()


_places = st.tuples(st.integers(0, 300), st.integers(1, 5000))
_changes = st.dictionaries(st.integers(0, 12), st.none() | _places, max_size=12)


@settings(max_examples=60, deadline=None)
@given(_changes, _changes)
def test_put_all_is_putting_one_by_one(
    before: dict[int, object], changed: dict[int, object]
) -> None:
    def made(wanted: dict[int, object]) -> dict[str, Highlight | None]:
        return {
            f"h{key:02}": None if place is None
            else Highlight(f"h{key:02}", "v", "a", place[0], place[0] + place[1])  # type: ignore[index] # a place
            for key, place in wanted.items()
        }  # fmt: skip

    here = [item for item in made(before).values() if item]
    one, other = HighlightIndex(here), HighlightIndex(here)
    one.put_all(made(changed))
    for uid, item in made(changed).items():
        if item is None:
            other.discard(uid)
        else:
            other.put(item)
    assert list(one) == list(other)
    for start in range(0, 320, 40):
        assert one.overlapping(start, start + 40) == other.overlapping(start, start + 40)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=30), st.data())
@settings(max_examples=60, deadline=None)
def test_in_steps_is_as_at_once(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    """Also if something is put in between: then it begins anew."""
    made = [
        Highlight(f"h{n:02}", "v", "a", start, start + length)
        for n, (start, length) in enumerate(spans)
    ]
    cut = data.draw(st.integers(0, len(made)))
    gone = data.draw(st.sets(st.sampled_from(made))) if made else set()
    changed = {item.uid: None if item in gone else item for item in reversed(made[cut:])}
    changed.update((item.uid, None) for item in made[:cut] if item in gone)
    late = Highlight("late", "v", "a", 3, 7)
    once, stepwise = HighlightIndex(made[:cut]), HighlightIndex(made[:cut])
    between = data.draw(st.integers(0, 3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.domain.highlight.STEP", 2)
        for number, _ in enumerate(stepwise.put_in_steps(changed)):
            if number == between:
                stepwise.put(late)
                once.put(late)
    once.put_all(changed)
    assert list(stepwise) == list(once)
    assert {item.uid for item in once} == {i.uid for i in stepwise if stepwise.get(i.uid) is i}
    for at in range(0, 50, 3):
        assert stepwise.overlapping(at, at + 2) == once.overlapping(at, at + 2)
        assert stepwise.position_from(at) == once.position_from(at)
