"""Captures articles and adds them to the library."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.capture.capture import NOWHERE, capture_bytes, capture_file
from reader.capture.source import Report, quiet
from reader.domain.article import Article, Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import GOOD
from reader.domain.records import dataclass
from reader.services import articles, samples
from reader.services.articles import name_of, names_of, with_origins
from reader.services.capturing.duplicates import Choice, Known, find_known
from reader.storage import capturing
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.capture.sandbox import Sandbox
    from reader.services.changes.refreshing import Refreshed


@dataclass(frozen=True, slots=True)
class Added:
    """What adding an article gave.

    Attributes:
        article: The article.
        new: False if its text was in the library already.
        name: Its title or first words.
        warnings: What the capture has to say.
        changed_since: Another article from the same file, captured when it said something else;
            None if another one was asked for.
        kept: Details that were given but not taken, since the article was there with others:
            ``title``, ``byline``, ``outlet``, ``url``, ``published_at``, ``language``.
        quality: ``good``, or a word for what makes the captured text doubtful.
        duplicate: What it was known by, if it was in the library: ``text`` or ``address``.
        new_version: Whether what was captured has become a new version of it.
    """

    article: Article
    new: bool
    name: str
    warnings: tuple[str, ...] = ()
    changed_since: Article | None = None
    kept: tuple[str, ...] = ()
    quality: str = GOOD
    duplicate: str = ""
    new_version: bool = False


def add_file(
    library: Library,
    path: Path,
    annotator: str,
    *,
    kind: str | None = None,
    metadata: Metadata | None = None,
) -> Added:
    """Capture a file and add it to the library.

    Raises:
        InputError: The file cannot be read.
        StorageError: The library cannot be written.
    """
    draft = draft_of_file(os.fspath(path), kind=kind, metadata=metadata)
    return add_draft(library, draft, annotator, metadata)


def draft_of_file(
    name: str,
    *,
    kind: str | None = None,
    metadata: Metadata | None = None,
    whole: bool = False,
    sandbox: Sandbox | None = None,
    report: Report | None = None,
) -> ArticleDraft:
    """Capture a file, without the library: it may take a while, and any thread may do it.

    Args:
        name: The file as the user named it.
        kind: What it is, if that is to be said.
        metadata: What is known of it; by default, of a sample article, what its list says.
        whole: Whether all the words of a page are wanted, not only those of its article.
        sandbox: Where foreign formats are read; by default one of its own.
        report: Told of progress in a long file.

    Raises:
        InputError: The file cannot be read.
        Cancelled: The sandbox was cancelled.
    """
    known = metadata or samples.metadata_of(Path(name))
    draft = capture_file(
        name, kind=kind, metadata=known, whole=whole, sandbox=sandbox, report=report or quiet
    )
    origin, *others = names_of(name)
    return replace(draft, origin=origin, other_origins=tuple(others))


def add_draft(
    library: Library,
    draft: ArticleDraft,
    annotator: str,
    given: Metadata | None = None,
    choice: Choice = "existing",
) -> Added:
    """Add what was captured to the library; what is there already is not added again by itself.

    Args:
        library: The library.
        draft: What was captured.
        annotator: Uid of who adds it.
        given: The details that the user gave.
        choice: What to do with an article that is there already.

    Raises:
        StorageError: The library cannot be written.
    """
    known = find_known(library, draft)
    if known is not None and choice == "new-version":
        return add_version(library, known, draft, annotator)
    if known is not None and choice == "existing":
        article, new, before = known.article, False, []
    else:
        before = with_origins(library, draft.origins) if draft.origin not in NOWHERE else []
        again = choice == "as-new"
        article, new = capturing.add(library, draft, annotator, again=again, given=given)
    return Added(
        article,
        new,
        name_of(article, draft.text),
        draft.warnings,
        before[0] if new and before and choice != "as-new" else None,
        () if new else _differing(article.metadata, given),
        draft.details.quality,
        known.by if known else "",
    )


def added_since(library: Library, number: int, annotator: str) -> list[Added]:
    """Return what an annotator has added since the log's newest number was this one.

    Whoever was interrupted learns it from the library alone: what was kept just then is not in any
    list yet.
    """
    found = map(library.articles.get, library.log.captured_since(number, annotator))
    return [
        Added(article, True, name_of(article, library.articles.first_words(article.version_uid)))
        for article in found
        if article is not None
    ]


def add_bytes(
    library: Library,
    raw: bytes,
    annotator: str,
    *,
    origin: str = "-",
    kind: str | None = None,
    metadata: Metadata | None = None,
    whole: bool = False,
    choice: Choice = "existing",
    sandbox: Sandbox | None = None,
) -> Added:
    """Capture what came from standard input and add it to the library; see :func:`add_file`.

    Raises:
        InputError: It cannot be read.
        StorageError: The library cannot be written.
    """
    draft = capture_bytes(
        raw, origin=origin, kind=kind, metadata=metadata, whole=whole, sandbox=sandbox
    )
    return add_draft(library, draft, annotator, metadata, choice)


def add_version(library: Library, known: Known, draft: ArticleDraft, annotator: str) -> Added:
    """Make a draft the current version of an article; its highlights are carried over to it.

    The text that is the current one already makes none.

    Raises:
        StorageError: Nothing was written.
    """
    from reader.services.changes.refreshing import add_version as refresh  # late: seldom needed

    return as_added(refresh(library, known.article.uid, draft, annotator), known, draft)


def as_added(done: Refreshed, known: Known, draft: ArticleDraft) -> Added:
    """Return a new version as what came of adding its text."""
    return Added(
        done.article,
        new=False,
        name=done.name,
        warnings=done.warnings,
        quality=draft.details.quality,
        duplicate=known.by,
        new_version=done.changed,
    )


def _differing(there: Metadata, given: Metadata | None) -> tuple[str, ...]:
    """Return the details that are given and are not what is there."""
    names = ("title", "byline", "outlet", "url", "published_at", "language")
    wanted = {name: getattr(given, name, None) for name in names}
    return tuple(name for name in names if wanted[name] and wanted[name] != getattr(there, name))


def unchanged(library: Library, path: Path) -> Added | None:
    """Return what is there of a file that has not changed since it was added, or None."""
    article = articles.unchanged(library, path)
    return Added(article, False, article.metadata.title or path.name) if article else None
