"""An article in a library, marked, that is captured again and again."""

from __future__ import annotations

from reader.assets import load_builtin
from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.highlight import Highlight
from reader.domain.text import Block, Role, Span
from reader.services.annotating.annotations import Annotations
from reader.services.changes.refreshing import Refreshed, add_version, all_highlights
from reader.storage import capturing
from reader.storage.library import Library

OLD = (
    "The council met on Monday. It approved the plan by nine votes to four.\n\n"
    'The mayor said: "We have no choice." Nobody spoke against it.\n\n'
    "A second vote is planned. No date has been set."
)
BOOK = load_builtin("credibility-7")
FACET = BOOK.facets[0]


def draft(text: str) -> ArticleDraft:
    blocks, start = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(start, start + len(part), Role.BODY))
        start += len(part) + 2
    return ArticleDraft(text, BlockTable(blocks), text.encode(), "/x.txt", "text/plain", "plain/1")


class ChangingDesk:
    """An annotator with a library in which one article changes."""

    def __init__(self, library: Library, text: str = OLD, handle: str = "ana") -> None:
        self.library = library
        self.me = library.annotator(handle)
        article, _ = capturing.add(library, draft(text), self.me)
        self.article = article.uid

    def known(self) -> Annotations:
        version = self.library.articles.version(self.library.articles.get(self.article).version_uid)
        there = self.library.highlights.overlapping(version.uid, self.me, 0, len(version.text))
        return Annotations(self.article, version.uid, self.me, version.text, there)

    def tag(self, quote: str, tag: int = 0) -> str:
        known = self.known()
        start = known.text.index(quote)
        target = known.target(Span(start, start + len(quote)))
        edit = known.toggle_tag(target, BOOK, FACET, FACET.tags[tag])
        self.library.log.commit(edit.group)
        return edit.uid

    def refresh(self, text: str) -> Refreshed:
        return add_version(self.library, self.article, draft(text), self.me)

    def all(self) -> dict[str, Highlight]:
        found = all_highlights(self.library, self.article)
        return {item.highlight.uid: item.highlight for item in found}

    def said(self, uid: str) -> tuple[str | None, str, str | None]:
        """Fate, words, and earlier words of a highlight."""
        item = self.all()[uid]
        text = self.library.articles.version(item.version_uid).text
        was = item.was.exact if item.was else None
        return (item.fate and item.fate.value, text[slice(*item.span)], was)
