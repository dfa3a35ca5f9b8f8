"""An annotator whose actions are written to the log without any service."""

from __future__ import annotations

from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.highlight import Anchor
from reader.domain.operation import Change, Group, new_uid
from reader.domain.text import Block, Role
from reader.storage import capturing
from reader.storage.library import Library

TEXT = "One is here. Two is there.\n\nThree."


def draft(text: str = TEXT) -> ArticleDraft:
    blocks = BlockTable([Block(0, len(text), Role.BODY)])
    return ArticleDraft(text, blocks, text.encode(), "/tmp/a.txt", "text/plain", "plain/1")


class Desk:
    """An annotator at work in a library, without services."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.me = library.annotator("ana")
        self.article, _ = capturing.add(library, draft(), self.me)

    def do(self, kind: str, *changes: Change, summary: str = "", **more) -> Group:
        group = Group(kind, self.me, self.article.uid, changes, summary=summary, **more)
        self.library.log.commit(group)
        return group

    def mark(self, start: int, end: int) -> str:
        uid = new_uid()
        anchor = Anchor.of(TEXT, start, end)
        fields = {
            "version_uid": self.article.version_uid,
            "annotator_uid": self.me,
            "start": start,
            "end": end,
            "extra_spans": [],
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
            "note": None,
            "flag": False,
            "implicit": False,
            "origin": "manual",
        }
        self.do("highlight", Change("highlight", uid, fields), summary="highlight")
        return uid

    def note(self, uid: str, before: str | None, after: str | None) -> None:
        self.do("note", Change("highlight", uid, {"note": after}, {"note": before}))

    def live(self):
        return self.library.highlights.overlapping(self.article.version_uid, self.me, 0, 999)
