"""Versions of one article that libraries have, and what is compared after they have met."""

from __future__ import annotations

from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.text import Block, Role
from reader.storage.library import Library
from tests.storage.stored import TEXT

TEXTS = (
    TEXT,
    TEXT.replace("A second one follows. ", "Something new. A second one follows, really. "),
    TEXT.replace("The first one. ", "") + " The end.",
)
"""What the page says when it is captured again."""


def draft(text: str = TEXT) -> ArticleDraft:
    blocks = BlockTable([Block(0, len(text), Role.BODY)])
    return ArticleDraft(text, blocks, text.encode(), "/x.txt", "text/plain", "plain/1")


def log_of(library: Library) -> list[object]:
    return list(library.log.operations(everything=True))


def twins(library: Library) -> list[tuple[object, ...]]:
    """Stretches with several live highlights of one annotator."""
    return library.connection.execute(
        'SELECT annotator_uid, start, "end" FROM highlight WHERE deleted_at IS NULL'
        " GROUP BY 1, 2, 3, version_uid HAVING count(*) > 1"
    ).fetchall()
