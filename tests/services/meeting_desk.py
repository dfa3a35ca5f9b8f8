"""An annotator at one of several libraries with the same article, which meet."""

from __future__ import annotations

from pathlib import Path

from reader.assets import load_builtin
from reader.domain.text import Span
from reader.services.annotating import history
from reader.services.annotating.annotations import Annotations
from reader.services.care import doctor
from reader.services.exchange import logs as exchange
from reader.storage import capturing
from reader.storage.library import Library
from tests.services.replicas import draft, log_of, twins
from tests.storage.stored import TEXT, state

BOOK = load_builtin("credibility-7")
FACET = BOOK.facets[0]


class Desk:
    """One annotator at one library with the article in it."""

    def __init__(self, path: Path, handle: str) -> None:
        self.library = Library(path)
        self.library.connection.execute("PRAGMA synchronous=off")  # nobody pulls the plug here
        self.me = self.library.annotator(handle)
        self.article, _ = capturing.add(self.library, draft(), self.me)

    def known(self, who: str = "") -> Annotations:
        who = who or self.me
        stored = self.library.highlights.overlapping(self.article.version_uid, who, 0, len(TEXT))
        return Annotations(self.article.uid, self.article.version_uid, who, TEXT, stored)

    def tag(self, span: Span, number: int, who: str = "") -> None:
        known = self.known(who)
        edit = known.set_tag(known.target(span), BOOK, FACET, FACET.tags[number])
        self.library.log.commit(edit.group)

    def note(self, span: Span, note: str) -> None:
        known = self.known()
        self.library.log.commit(known.set_note(known.target(span), note).group)

    def shown(self, who: str = "") -> list[tuple[Span, list[str], str | None]]:
        return [
            (item.span, [judgement.code for judgement in item.judgements], item.note)
            for item in self.known(who).index
        ]

    def take(self, other: Desk) -> exchange.TakenIn:
        report = exchange.merge_library(self.library, other.library.path)
        assert report.is_whole
        return report

    def undo(self) -> str | None:
        done = history.undo(self.library, self.article.uid, self.me)
        return done.summary if done else None

    def check(self) -> None:
        before = state(self.library)
        self.library.log.rebuild()
        assert state(self.library) == before
        assert doctor.examine(self.library.path).findings == []
        assert twins(self.library) == []


def meet(one: Desk, two: Desk) -> None:
    for _ in range(2):
        one.take(two)
        two.take(one)
    assert log_of(one.library) == log_of(two.library)
    assert state(one.library) == state(two.library)
    one.check()
    two.check()
