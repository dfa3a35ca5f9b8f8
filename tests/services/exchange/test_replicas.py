"""Five replicas with wrong clocks that exchange in any order: none diverges, nothing is lost."""

import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.assets import load_builtin
from reader.domain.article import Metadata
from reader.domain.errors import UsageError
from reader.domain.operation import new_uid, now_ms
from reader.domain.text import Span
from reader.services import annotators
from reader.services.annotating import history, judging, placing
from reader.services.annotating.annotations import Annotations
from reader.services.attributing import rating
from reader.services.care import doctor
from reader.services.changes.refreshing import add_version
from reader.services.codebooks import changes as codebook_changes
from reader.services.exchange import logs as exchange
from reader.services.exchange.exporting import export_csv
from reader.services.importing import import_csv
from reader.services.library.changes import perform, with_details
from reader.storage import capturing
from reader.storage.library import Library
from tests.examples import examples
from tests.services.kept import lost
from tests.services.replicas import TEXTS, draft, log_of, twins
from tests.services.saying import Saying
from tests.storage.stored import overall_group, state

SKEWS = (0, -3_600_000, 86_400_000, -40, 5_000)
"""How wrong the replicas' clocks are, in ms."""


def contents_of(library: Library) -> tuple[object, ...]:
    contents = library.contents()
    captures = [replace(item, captured_at="") for item in contents.captures()]  # the first stays
    return (sorted(captures, key=lambda item: item.uid), list(contents.codebooks()))


class Replica:
    """One library; its clock is wrong by a constant."""

    def __init__(self, folder: Path, skew: int) -> None:
        self.library = Library(folder / f"{new_uid()}.db")
        self.library.connection.execute("PRAGMA synchronous=off")  # nobody pulls the plug here
        self.folder = folder
        self.skew = skew
        self.own = ""

    def act(self, choice: random.Random, actor: str) -> None:
        article = choice.choice(self.library.articles.in_order())
        version = self.library.articles.version(self.library.articles.get(article).version_uid)
        step = choice.random()
        if step < 0.12:
            history.undo(self.library, choice.choice([article, article, None]), actor)
            return
        if step < 0.18:
            history.redo(self.library, choice.choice([article, article, None]), actor)
            return
        if step < 0.24:
            add_version(self.library, article, draft(choice.choice(TEXTS)), actor)
            return
        if step < 0.45:
            self.tell(choice, Saying(self.library, actor))
            return
        if step < 0.5:
            self.correct(choice, article, actor)
            return
        text = version.text
        stored = self.library.highlights.overlapping(version.uid, actor, 0, len(text))
        known = Annotations(article, version.uid, actor, text, stored)
        if choice.random() < 0.2:
            group = overall_group(self.library, article, actor, choice)
        else:
            group = self.group(choice, known)
        if group is not None and group.changes:
            self.library.log.commit(group)

    def capture(self, choice: random.Random, number: int) -> None:
        """Capture what the others capture, too; each program finds other details in it."""
        given = Metadata(outlet=f"given {number}") if choice.random() < 0.4 else None
        known = Metadata(f"found {number}", outlet=given and given.outlet)
        capturing.add(self.library, replace(draft(), metadata=known), self.own, given=given)
        if choice.random() < 0.6:
            self.correct(choice, *self.library.articles.in_order(), self.own)

    def correct(self, choice: random.Random, article: str, actor: str) -> None:
        """Set a detail of the article by hand, from within it or from the list."""
        name = choice.choice(["title", "byline", "outlet"])
        details = {name: choice.choice(["", "by hand", "also by hand"])}
        inside = {"article": article} if choice.random() < 0.5 else {}
        said = {"actor": actor, "kind": "details", "summary": "details", **inside}
        perform(self.library, [article], lambda _, one: with_details(one, details), **said)

    def tell(self, choice: random.Random, saying: Saying) -> None:
        """Say who said something, relate it, or adduce evidence for it."""

        def live(table: str, where: str = "") -> list[str]:
            query = f"SELECT uid FROM {table} WHERE deleted_at IS NULL{where} ORDER BY uid"
            return [uid for (uid,) in self.library.connection.execute(query)]

        marks = live("highlight", f" AND annotator_uid = '{saying.me}'")
        if not marks:
            return
        mark = choice.choice(marks)
        action = choice.choice(["said", "relate", "retract", "shows", "unlink", "merge", "rate"])
        if action == "said":
            chain = [choice.choice([*live("source"), None]) for _ in range(choice.randrange(3))]
            sources = [saying.source(choice.choice("ABC"))] if choice.random() < 0.5 else []
            voice = choice.choice(["direct", "narrator"])
            saying.said(mark, *chain, *sources, voice=voice)
        elif action == "rate" and live("source"):
            what = "attribution" if live("attribution") and choice.random() < 0.6 else "source"
            book = load_builtin("admiralty")
            facet = rating.facets_for(book, "source")[0]
            tag = (book, facet, choice.choice(facet.tags))
            rating.rate(self.library, what, choice.choice(live(what)), saying.me, tag)
        elif action == "relate" and len(marks) > 1:
            other = choice.choice([uid for uid in marks if uid != mark])
            saying.relate(mark, choice.choice(["denies", "restates"]), other)
        elif action == "shows":
            known = live("evidence") or [saying.evidence("Minutes")]
            saying.shows(mark, choice.choice(["supports", "refutes"]), choice.choice(known))
        elif action == "merge" and len(live("source")) > 1:
            saying.merge(*choice.sample(live("source"), 2))
        else:
            table = choice.choice(["relation", "evidence_link", "attribution"])
            if found := live(table):
                saying.remove(table, choice.choice(found))

    def group(self, choice: random.Random, known: Annotations):
        action = choice.choice(["tag"] * 4 + ["note", "flag", "delete", "move", "confidence"])
        span = Span(choice.choice([0, 15, 37]), choice.choice([40, len(known.text)]))
        target = known.target(span)
        book = load_builtin(choice.choice(["credibility-7", "checkworthy"]))
        facet = choice.choice(book.statement_facets)
        if action == "tag":
            return known.toggle_tag(target, book, facet, choice.choice(facet.tags)).group
        if action == "note":
            return known.set_note(target, choice.choice(["", "a", "b\nc", "ü 漢"])).group
        if action == "flag":
            return known.toggle_flag(target).group
        if target.highlight is None:
            return None
        if action == "delete":
            return known.delete(target.highlight).group
        if action == "move":
            ends = Span(choice.choice([1, 2, 3]), choice.choice([20, 30]))
            taken = known.index.with_span(*ends)
            return None if taken else placing.move_ends(known, target.highlight, ends).group
        judged = target.highlight.judgement(book.id, facet.id)
        return judging.next_confidence(known, target, book, facet).group if judged else None

    def import_from(self, other: "Replica", actor: str) -> None:
        """Take in what the other one exports as CSV, as rows of whoever made them."""
        path = self.folder / f"{new_uid()}.csv"
        export_csv(other.library, None, path, codebook=load_builtin("credibility-7"))
        import_csv(self.library, path, actor)

    def make_one_tag(self, choice: random.Random) -> None:
        """Make one tag of two, in all judgements."""
        facet = load_builtin("credibility-7").facets[0]
        old, new = choice.sample([tag.code for tag in facet.tags], 2)
        codebook_changes.merge(self.library, "credibility-7", [old], new, self.own)

    def take(self, other: "Replica", choice: random.Random) -> None:
        """Take the other one in, by either way, sometimes twice."""
        for _ in range(choice.choice([1, 1, 2])):
            if choice.random() < 0.5:
                report = exchange.merge_library(self.library, other.library.path)
            else:
                path = self.folder / f"{new_uid()}.jsonl"
                exchange.export_jsonl(other.library, path)
                if choice.random() < 0.3:
                    path.write_bytes(path.read_bytes() * 2)
                report = exchange.import_jsonl(self.library, path)
            assert report.is_whole, report


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("replicas")


@settings(max_examples=examples(1), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_five_replicas_never_diverge(folder: Path, seed: int) -> None:
    choice = random.Random(seed)
    skew, rounds = [0], 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.storage.log.now_ms", lambda: now_ms() + skew[0])
        replicas = [Replica(folder, wrong) for wrong in SKEWS]
        shared = replicas[0].library.annotator("shared")
        for number, replica in enumerate(replicas):
            skew[0] = replica.skew
            replica.own = replica.library.annotator("ana")  # five people of one name
            replica.capture(choice, number)
            if number:
                replica.take(replicas[0], choice)
        for _ in range(50):
            replica, other = choice.sample(replicas, 2)
            skew[0] = replica.skew
            do_something(choice, replica, other, choice.choice([replica.own, shared]))
        made = {op.uid: op for replica in replicas for op in log_of(replica.library)}
        for _ in range(2):
            exchange_all(replicas, choice)
        while len({len(log_of(replica.library)) for replica in replicas}) > 1:
            rounds += 1
            assert rounds < 4, "what is joined on one is joined anew on another, and so on"
            exchange_all(replicas, choice)
        _check_equal(replicas, made)
        _check_goes_on(replicas[choice.randrange(5)], shared, skew)
        for replica in replicas:
            replica.library.close()


def do_something(choice: random.Random, replica: Replica, other: Replica, actor: str) -> None:
    step = choice.random()
    if step < 0.1:
        replica.take(other, choice)
    elif step < 0.12:
        join(replica.library, choice)
    elif step < 0.17:
        replica.import_from(other, actor)
    elif step < 0.19:
        replica.make_one_tag(choice)
    else:
        replica.act(choice, actor)


def exchange_all(replicas: list[Replica], choice: random.Random) -> None:
    """Let each take each of the others in."""
    for replica in choice.sample(replicas, 5):
        for other in choice.sample(replicas, 5):
            if other is not replica:
                replica.take(other, choice)


def _check_equal(replicas: list[Replica], made: dict[str, object]) -> None:
    first = replicas[0].library
    log = {op.uid: op for op in log_of(first)}
    assert {uid: log[uid] for uid in made} == made
    _check_details(first)
    assert lost(first) == []
    assert {op.kind for uid, op in log.items() if uid not in made} <= {"join", "settle"}
    assert twins(first) == []
    for replica in replicas:
        library = replica.library
        assert log_of(library) == log_of(first)
        assert state(library) == state(first)
        assert contents_of(library) == contents_of(first)
        assert doctor.examine(library.path).findings == []
        assert library.highlights.articles_astray() == []
        handles = list(library.annotators.handles().values())
        assert handles.count("ana") == 5


def _check_details(library: Library) -> None:
    """What a person said last of the article, and did not take back, is what it says.

    Else it says what was found first.
    """
    (uid,) = library.articles.in_order()
    metadata = library.articles.get(uid).metadata
    ops = library.log.of_entities([uid])
    found = next(op.patch for op in ops if op.before is None)
    undone: dict[str, bool] = {}
    about = {op.group_uid: op.undoes for op in ops if op.undoes}
    for op in ops:
        if op.undoes and op.patch:
            undone[about.get(op.undoes, op.undoes)] = op.kind == "undo"
    said = {
        name: value for op in ops
        if op.before is not None and not op.undoes and not undone.get(op.group_uid)
        for name, value in op.patch.items()
    }  # fmt: skip
    for name in ("title", "byline", "outlet"):
        assert getattr(metadata, name) == said.get(name, found[name])


def join(library: Library, choice: random.Random) -> None:
    """Say of two annotators that they are one, if they are not yet."""
    other, into = choice.sample(sorted(library.annotators.handles()), 2)
    with suppress(UsageError):
        annotators.join(library, other, into, into)


def _check_goes_on(replica: Replica, shared: str, skew: list[int]) -> None:
    """Undo works to the end, and what is new is later than all that came in."""
    library, skew[0] = replica.library, -10_000_000
    (article,) = library.articles.in_order()
    newest = max(op.clock for op in log_of(library))
    while history.undo(library, article, shared):
        clock = max(op.clock for op in log_of(library))
        assert clock > newest
        newest = clock
    before = state(library)
    library.log.rebuild()
    assert state(library) == before
