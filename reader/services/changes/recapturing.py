"""Captures an article again from where it came from: a file, or an address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.capture.source import Report, quiet
from reader.domain.article import Article
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError
from reader.services.capturing.taking import Order, draft_of
from reader.storage.articles import VersionRow
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.capture.sandbox import Sandbox

_KINDS = {"text/plain": "plain", "text/markdown": "markdown"}
"""How text is read again: as it was read before, whatever it was said to be."""

_WHOLE = "html-whole/"
"""How what took all the words of a page is named: it is asked again, or all would be changed."""


def source_of(library: Library, article: Article) -> VersionRow:
    """Return the version whose source is the article's: the current one.

    Raises:
        InputError: It cannot be captured again: it came through a pipe, or was pasted.
    """
    rows = library.articles.versions(article.uid)
    row = next((row for row in rows if row.current), rows[-1])
    if not ("://" in row.origin or Path(row.origin).is_absolute()):
        raise InputError(
            "The article came from standard input or the clipboard: it cannot be captured again.",
            "`reader add FILE` adds the new text as another article.",
        )
    return row


def recapture(
    source: VersionRow,
    sandbox: Sandbox,
    *,
    allow_private: bool = False,
    report: Report = quiet,
) -> ArticleDraft:
    """Capture an article again, without the library: any thread may do it.

    Args:
        source: Where it came from.
        sandbox: Where foreign formats are read; cancelling it ends a fetch as well.
        allow_private: Whether machines of private networks may be asked.
        report: Told of progress, in the calling thread.

    Raises:
        InputError: The file is not there any more, or cannot be read.
        NetworkError: The page cannot be fetched.
        Cancelled: The sandbox was cancelled.
    """
    order = Order(
        kind=_KINDS.get(source.media_type),
        whole=source.extractor.startswith(_WHOLE),
        allow_private=allow_private,
    )
    return draft_of(source.origin, sandbox, order, report)


def refreshable(library: Library) -> list[Article]:
    """Return the articles that have a source and are not archived, oldest first."""
    found = (library.articles.get(uid) for uid in library.articles.in_order())
    return [
        article
        for article in found
        if article and not article.archived_at and _has_source(library, article)
    ]


def _has_source(library: Library, article: Article) -> bool:
    try:
        source_of(library, article)
    except InputError:
        return False
    return True
