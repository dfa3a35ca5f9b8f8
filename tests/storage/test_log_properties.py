"""Any order of edits, undos, redos: the state is what the log says; undoing all empties it."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.assets import load_builtin
from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.operation import new_uid
from reader.domain.text import Block, Role, Span
from reader.services.annotating import history, judging
from reader.services.annotating.annotations import Annotations
from reader.storage import capturing
from reader.storage.library import Library
from tests.storage.stored import TEXT, overall_group, state


class Reader:
    """An annotator with highlights in memory, as the reading screen keeps them."""

    def __init__(self, library: Library, handle: str) -> None:
        self.library = library
        self.uid = library.annotator(handle)
        blocks = BlockTable([Block(0, len(TEXT), Role.BODY)])
        draft = ArticleDraft(TEXT, blocks, TEXT.encode(), "/x.txt", "text/plain", "plain/1")
        self.article, _ = capturing.add(library, draft, self.uid)
        self.known = Annotations(self.article.uid, self.article.version_uid, self.uid, TEXT)

    def stored(self):
        version = self.article.version_uid
        return self.library.highlights.overlapping(version, self.uid, 0, len(TEXT))

    def do(self, choice: random.Random) -> None:
        action = choice.choice(["tag"] * 5 + ["flag", "note", "plain", "judge", "delete", "role"])
        if choice.random() < 0.2:
            group = overall_group(self.library, self.article.uid, self.uid, choice)
            if group.changes:
                self.library.log.commit(group)
            return
        if action == "role":
            self.change_role(choice)
            return
        start = choice.choice([0, 15, 37])
        target = self.known.target(Span(start, choice.choice([40, 50, 78])))
        edit = self.edit(action, target, choice)
        if edit is not None and edit.group.changes:
            self.known.apply(edit)
            self.library.log.commit(edit.group)

    def edit(self, action, target, choice):
        book = load_builtin(choice.choice(["credibility-7", "checkworthy"]))
        facet = choice.choice(book.statement_facets)
        if action == "tag":
            return self.known.toggle_tag(target, book, facet, choice.choice(facet.tags))
        if action == "flag":
            return self.known.toggle_flag(target)
        if action == "note":
            return self.known.set_note(target, choice.choice(["", "why", "other\nlines"]))
        if action == "plain":
            return self.known.plain(target)
        if target.highlight is None:
            return None
        if action == "delete":
            return self.known.delete(target.highlight)
        if target.highlight.judgements:
            judgement = choice.choice(target.highlight.judgements)
            return judging.judge(
                self.known, target, judgement, confidence="low", likelihood=7, reason="r"
            )
        return None

    def change_role(self, choice: random.Random) -> None:
        version = self.library.articles.version(self.article.version_uid)
        old = version.roles.get(0, Role.BODY)
        new = choice.choice([Role.CAPTION, Role.QUOTE])
        changed = 0 in version.roles
        self.library.log.commit(self.known.role_change(0, old, new, changed_before=changed))

    def reverse(self, step) -> bool:
        done = step(self.library, self.article.uid, self.uid)
        if done is None:
            return False
        for uid, highlight in done.highlights.items():
            self.known.put(uid, highlight)
        return True

    def check(self) -> None:
        """Memory and database agree, but for times and revisions, which only the log knows."""
        assert [plain(item) for item in self.known.index] == [plain(item) for item in self.stored()]


def plain(highlight):
    judgements = [(j.uid, j.code, j.confidence, j.reason) for j in highlight.judgements]
    return (highlight.uid, highlight.span, highlight.note, highlight.flag, judgements)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("log")


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_state_follows_the_log(folder: Path, seed: int) -> None:
    choice = random.Random(seed)
    with Library(folder / f"{new_uid()}.db") as library:
        library.connection.execute("PRAGMA synchronous=off")  # nobody pulls the plug here
        readers = [Reader(library, "ana"), Reader(library, "ben")]
        for _ in range(40):
            reader = choice.choice(readers)
            step = choice.random()
            if step < 0.2:
                reader.reverse(history.undo)
            elif step < 0.3:
                reader.reverse(history.redo)
            else:
                reader.do(choice)
            reader.check()
        before = state(library)
        library.log.rebuild()
        assert state(library) == before
        for reader in readers:
            while reader.reverse(history.undo):
                reader.check()
            assert reader.stored() == []
            overall = library.overall.get(reader.article.uid, reader.uid)
            assert (overall.note, overall.verdicts) == (None, ())
        assert library.articles.version(readers[0].article.version_uid).roles == {}
        while readers[0].reverse(history.redo):
            readers[0].check()
