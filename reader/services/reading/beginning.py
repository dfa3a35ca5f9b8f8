"""What happens in the library between the start of the program and its first screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.codebook import Codebook
from reader.domain.records import dataclass
from reader.services import articles
from reader.services.codebooks import finding as codebooks
from reader.services.launch import FOREIGN, is_address, looks_like_text
from reader.services.reading.session import Session
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.capture.sandbox import Sandbox
    from reader.services.capturing.adding import Added


REFRESH_KEY = "{refresh}"
"""Stands in a warning for the key that captures an article again, which the interface knows."""
TAKEN_BACK = (
    "The file is newer than the text shown: its new version was taken back."
    f" {REFRESH_KEY} captures it again, and carries your marks over."
)
"""Is told of a file whose text is not the article's current version."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that the first screen needs.

    Attributes:
        annotator: Handle of who annotates.
        annotator_uid: The same one's uid.
        codebook: The codebook whose tags the digits set.
        session: The article that was named, or None for the list of articles.
        warnings: Sentences for the user, from adding what was named.
        notices: Sentences for the user, on the library.
        to_fetch: Web addresses that were named and are not in the library yet.
        opens_fetched: Whether the first of these is to be opened.
        named: All that was named, in that order: uids of articles, and addresses yet to be fetched.
    """

    annotator: str
    annotator_uid: str
    codebook: Codebook
    session: Session | None
    warnings: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    to_fetch: tuple[str, ...] = ()
    opens_fetched: bool = False
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """An article that was named: its uid, and sentences for the user."""

    uid: str
    warnings: tuple[str, ...] = ()


class Waiting:
    """What waits for the reading of what was named: it is told how far it is, and may end it.

    Args:
        told: Takes words on how far the reading of a long file is.
    """

    def __init__(self, told: Callable[[str], None] = lambda words: None) -> None:
        self._told = told
        self._said = False
        self._sandbox: Sandbox | None = None
        self._cancelled = False

    def sandbox(self) -> Sandbox:
        """Return where foreign formats are read."""
        if self._sandbox is None:
            from reader.capture.sandbox import Sandbox  # late: text needs none

            self._sandbox = Sandbox()
            if self._cancelled:
                self._sandbox.cancel()
        return self._sandbox

    def report(self, name: str) -> Callable[[int, int], None]:
        """Return what is to be told of the progress in a file."""

        def report(part: int, parts: int) -> None:
            self._said = True
            self._told(f"Reading {name}: {part:,} of {parts:,}")

        return report

    def cancel(self) -> None:
        """End the reading; from any thread."""
        self._cancelled = True
        if self._sandbox is not None:
            self._sandbox.cancel()

    def close(self) -> None:
        """There is no more to read; what was said of it goes."""
        if self._said:
            self._told("")
        if self._sandbox is not None:
            self._sandbox.close()


def begin(
    library: Library,
    annotator: str,
    codebook_name: str,
    targets: Sequence[str] = (),
    stdin: bytes | None = None,
    waiting: Waiting | None = None,
    later: articles.Later | None = None,
) -> Beginning:
    """Add what was named on the command line and open the first of it.

    In a library that is open for reading only, one who is not known yet reads as nobody.

    Args:
        library: The library.
        annotator: Handle of who annotates.
        codebook_name: Id of a codebook, or a file.
        targets: Files; ``-`` is standard input; web addresses, of which nothing is fetched here.
        stdin: What came from standard input.
        waiting: Is told how far it is, and may end it.
        later: See :func:`reader.services.articles.open_article`.

    Raises:
        ReaderError: A codebook or an input is wrong, or the library refuses.
    """
    codebook = codebooks.find(library, codebook_name)
    codebooks.statement_facet(codebook)  # refuse one without tags for statements right away
    uid = _annotator(library, annotator)
    waiting = waiting or Waiting()
    try:
        found = [(target, _named(library, target, stdin, uid, waiting)) for target in targets]
    finally:
        waiting.close()
    named = [item for _, item in found if item is not None]
    session = None
    if named:
        session = load_session(library, named[0].uid, uid, codebook, later=later)
    warnings = tuple(warning for item in named for warning in item.warnings)
    notices = tuple(library.notices)
    to_fetch = tuple(target for target, item in found if item is None)
    opens = bool(found) and found[0][1] is None
    order = tuple(dict.fromkeys(item.uid if item else target for target, item in found))
    return Beginning(annotator, uid, codebook, session, warnings, notices, to_fetch, opens, order)


def _annotator(library: Library, handle: str) -> str:
    if library.read_only:
        return library.annotators.find(handle) or ""
    return library.annotator(handle)


def load_session(
    library: Library,
    article: str,
    annotator: str,
    codebook: Codebook,
    version: str | None = None,
    later: articles.Later | None = None,
) -> Session:
    """Load an article for one annotator and one codebook.

    Args:
        library: The library.
        article: Its uid.
        annotator: Uid of who reads.
        codebook: The codebook.
        version: Uid of an earlier version, to be looked at; by default the current one.
        later: See :func:`reader.services.articles.open_article`.

    Raises:
        ReaderError: It is not there or cannot be read.
    """
    opened = articles.open_article(library, article, annotator, version, later)
    return Session(opened, annotator, codebook, kept=library.codebooks.kept())


def _named(
    library: Library, target: str, stdin: bytes | None, annotator: str, waiting: Waiting
) -> _Named | None:
    """Return what was named, added if it is not there; None is for a page yet to be fetched."""
    if target == "-":
        return _added(_add_stdin(library, stdin or b"", annotator, waiting))
    if is_address(target):
        there = articles.at_address(library, target)
        return _Named(there[0].uid) if there else None
    known = articles.unchanged(library, Path(target))
    if known is None:
        return _added(_add_file(library, target, annotator, waiting))
    shown = articles.is_current(library, Path(target))
    return _Named(known.uid, () if shown else (TAKEN_BACK,))


def _add_file(library: Library, target: str, annotator: str, waiting: Waiting) -> Added:
    from reader.services.capturing import adding  # late: an article is opened more often

    if looks_like_text(target):
        return adding.add_file(library, Path(target), annotator)
    draft = adding.draft_of_file(target, sandbox=waiting.sandbox(), report=waiting.report(target))
    return adding.add_draft(library, draft, annotator)


def _add_stdin(library: Library, raw: bytes, annotator: str, waiting: Waiting) -> Added:
    from reader.services.capturing import adding  # late, as above

    is_text = b"\0" not in raw[:4096] and not raw.startswith(FOREIGN)
    box = None if is_text else waiting.sandbox()
    return adding.add_bytes(library, raw, annotator, sandbox=box)


def _added(added: Added) -> _Named:
    """Return what was added, with what the user should know of it."""
    warnings = added.warnings
    if added.changed_since is not None:
        warnings += (
            f"{added.name}: the file has changed since it was added. This is another article,"
            " without your marks. To carry them over to the new text, open the older one in the"
            f" list and press {REFRESH_KEY}.",
        )
    return _Named(added.article.uid, warnings)
