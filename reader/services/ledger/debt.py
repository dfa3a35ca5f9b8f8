"""Evidence debt: judgements that lack what their codebook wants, the oldest first.

A tag may want a note, evidence, a relation or a source; the judgement is saved at one key press
all the same, and is owed here until it has it. A reason is as good as a note; evidence, relations
and sources count whoever has put them there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.domain.codebook import REQUIREMENTS, Tag, kind_of
from reader.domain.records import dataclass
from reader.services.codebooks.tags import Tags
from reader.storage.article_list import ListedArticle
from reader.storage.ledger.debts import DebtList, ListedDebt
from reader.storage.library import Library

__all__ = ["KINDS", "PAGE", "Debt", "DebtList", "debts", "page", "pages"]

KINDS = tuple(dict.fromkeys(map(kind_of, REQUIREMENTS)))
"""The kinds of things that a tag can want beside it."""
PAGE = 60
"""Judgements whose rows are read at a time."""


@dataclass(frozen=True, slots=True)
class Debt:
    """A judgement that lacks something.

    Attributes:
        article: The article.
        judged: The judgement, the highlight that it is on, what it lacks, since when.
        tag: The tag that it gives; None if its codebook is not at hand.
    """

    article: ListedArticle
    judged: ListedDebt
    tag: Tag | None


def debts(library: Library, annotators: Sequence[str]) -> DebtList:
    """Return the judgements of some annotators that lack something.

    Raises:
        StorageError: The library cannot be read.
    """
    return library.debts.all(annotators)


def page(library: Library, ids: Sequence[int]) -> list[Debt]:
    """Return some of these judgements; those that lack nothing any more are left out."""
    rows = [item for item in library.debts.rows(ids) if item.wants]
    wanted = dict.fromkeys(item.highlight.article_id for item in rows)
    articles = {row.id: row for row in library.lists.rows(wanted, "")}
    tags = Tags(library)
    return [
        Debt(articles[item.highlight.article_id], item, tags.find(*item.highlight.tags[0]))
        for item in rows
        if item.highlight.article_id in articles
    ]


def pages(library: Library, ids: Sequence[int]) -> Iterator[Debt]:
    """Yield all of these judgements, read as they are asked for."""
    for start in range(0, len(ids), PAGE):
        yield from page(library, ids[start : start + PAGE])
