"""Takes in many articles, one after the other: what fails is told, the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reader.capture.sandbox import Sandbox
from reader.capture.source import Report, quiet
from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import Cancelled, InputError, NetworkError, ReaderError
from reader.domain.records import dataclass
from reader.services.capturing.adding import Added, add_draft, draft_of_file, unchanged
from reader.services.capturing.duplicates import Choice
from reader.services.capturing.folders import files_in
from reader.services.launch import is_address
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.services.capturing.feeds import Feed, Subscriptions


class Keeper(Protocol):
    """Puts into the library, in whichever thread that has to happen."""

    def known(self, name: str) -> Added | None:
        """Return the article that was added from a file that has not changed since, or None."""

    def keep(
        self, draft: ArticleDraft, given: Metadata | None, choice: Choice = "existing"
    ) -> Added:
        """Add what was captured; see :func:`reader.services.capturing.adding.add_draft`."""


class LibraryKeeper:
    """Puts into a library in the thread that opened it.

    Args:
        library: The library.
        annotator: Uid of who adds.
    """

    def __init__(self, library: Library, annotator: str) -> None:
        self._library, self._annotator = library, annotator

    def known(self, name: str) -> Added | None:
        """Return what is there of an unchanged file."""
        return unchanged(self._library, Path(name))

    def keep(
        self, draft: ArticleDraft, given: Metadata | None, choice: Choice = "existing"
    ) -> Added:
        """Add a draft, with the details that the user gave for it."""
        return add_draft(self._library, draft, self._annotator, given, choice)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is.

    Attributes:
        number: Of the file that is being read, from 1.
        total: How many files there are.
        name: The file.
        part: Parts of it that are done, such as pages; 0 if that is not known.
        parts: How many parts it has.
    """

    number: int
    total: int
    name: str
    part: int = 0
    parts: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: it was added, or there is a reason why not.

    Attributes:
        name: The file, as it was named or found.
        added: What adding it gave, if it could be read.
        error: Why it could not.
        draft: What was read, where that is all that was asked for.
        listed: What a feed lists, where it was no article.
    """

    name: str
    added: Added | None = None
    error: ReaderError | None = None
    draft: ArticleDraft | None = None
    listed: Feed | Subscriptions | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be taken in, and how.

    Attributes:
        patterns: Which files of folders are wanted; see :func:`files_in`.
        kind: What the files are, if that is to be said.
        metadata: What is known of the one article.
        whole: Whether all the words of pages are wanted, not only those of their articles.
        choice: What to do with articles that are there already.
        allow_private: Whether machines of private networks may be asked for pages.
    """

    patterns: tuple[str, ...] = ()
    kind: str | None = None
    metadata: Metadata | None = None
    whole: bool = False
    choice: Choice = "existing"
    allow_private: bool = False

    @property
    def is_special(self) -> bool:
        """Whether even a file that has not changed since it was added is to be read."""
        return bool(self.kind or self.metadata or self.whole) or self.choice != "existing"


def find(targets: Iterable[str], order: Order) -> tuple[list[str], list[Outcome]]:
    """Return the files that are meant, folders resolved, each once; and what cannot be searched.

    Args:
        targets: Files and folders.
        order: Which files of the folders.

    Raises:
        UsageError: A pattern is empty.
    """
    found: dict[str, None] = {}
    failed: list[Outcome] = []
    for target in targets:
        if not os.path.isdir(target):  # noqa: PTH112 - a name with a NUL must not raise
            found[target] = None
            continue
        before, failures = len(found), len(failed)
        try:
            found.update(dict.fromkeys(_in_folder(target, order, failed)))
        except InputError as error:
            failed.append(Outcome(target, error=error))
            continue
        if len(found) == before and len(failed) == failures:
            failed.append(Outcome(target, error=_nothing_in(target, order.patterns)))
    return list(found), failed


def _in_folder(folder: str, order: Order, failed: list[Outcome]) -> Iterator[str]:
    def skipped(error: InputError) -> None:
        failed.append(Outcome(error.message.split(" cannot be", 1)[0], error=error))

    return files_in(folder, order.patterns, skipped)


def _nothing_in(folder: str, patterns: Sequence[str]) -> InputError:
    if patterns:
        return InputError(f"{folder} has no file named like {', '.join(patterns)}.",
                          "Check the pattern; hidden files are left out.")  # fmt: skip
    return InputError(f"{folder} has no file that looks like an article.",
                      "Say which files are meant: --pattern '*.log'")  # fmt: skip


def take_all(
    files: Sequence[str],
    keeper: Keeper,
    sandbox: Sandbox,
    order: Order | None = None,
    told: Callable[[Progress], None] = lambda progress: None,
) -> Iterator[Outcome]:
    """Read files and keep each at once; yield what came of each.

    An error of a file is its outcome. Being cancelled, or an error of the library, ends it: what
    was kept before stays.

    Raises:
        Cancelled: The sandbox was cancelled.
        StorageError: The library cannot be written.
    """
    order = order or Order()
    for number, name in enumerate(files, 1):
        told(Progress(number, len(files), name))
        if sandbox.cancelled:
            raise Cancelled("Adding was cancelled.")

        def report(part: int, parts: int, number: int = number, name: str = name) -> None:
            told(Progress(number, len(files), name, part, parts))

        yield take(name, keeper, sandbox, order, report)


def take(
    name: str, keeper: Keeper, sandbox: Sandbox, order: Order, report: Report = quiet
) -> Outcome:
    """Read one file and keep it; one that has not changed since it was added is not read again.

    Raises:
        Cancelled: The sandbox was cancelled.
        StorageError: The library cannot be written.
    """
    try:
        there = None if order.is_special or is_address(name) else keeper.known(name)
        if there is not None:
            return Outcome(name, added=there)
        draft = draft_of(name, sandbox, order, report)
    except (InputError, NetworkError) as error:
        return Outcome(name, error=error)
    return Outcome(name, added=keeper.keep(draft, order.metadata, order.choice))


def draft_of(name: str, sandbox: Sandbox, order: Order, report: Report = quiet) -> ArticleDraft:
    """Capture a file, or a page from the web, without the library.

    Raises:
        InputError: It cannot be read.
        NetworkError: It cannot be fetched.
        Cancelled: The sandbox was cancelled.
    """
    if not is_address(name):
        return draft_of_file(
            name,
            kind=order.kind,
            metadata=order.metadata,
            whole=order.whole,
            sandbox=sandbox,
            report=report,
        )
    from reader.services.capturing import pages  # late: files need no network

    page = pages.fetch(name, sandbox, allow_private=order.allow_private, report=report)
    reading = pages.Reading(order.kind, order.metadata, order.whole)
    return pages.draft_of_page(name, page, sandbox, reading, report)


def take_text(
    text: str, keeper: Keeper, sandbox: Sandbox, metadata: Metadata | None = None
) -> Iterator[Outcome]:
    """Keep a text that was pasted; yield what came of it.

    Args:
        text: What was pasted.
        keeper: Puts it into the library.
        sandbox: Where it is read if it is the source of a page.
        metadata: What is known of it, such as its title.

    Raises:
        Cancelled: The sandbox was cancelled.
        StorageError: The library cannot be written.
    """
    from reader.capture.capture import PASTED, capture_bytes

    try:
        draft = capture_bytes(
            text.encode("utf-8", "replace"),
            origin=PASTED,
            name="What was pasted",
            metadata=metadata,
            sandbox=sandbox,
        )
    except InputError as error:
        yield Outcome("what was pasted", error=error)
        return
    yield Outcome("what was pasted", added=keeper.keep(draft, metadata))
