"""Adds articles to the library, finds them again, and opens them for reading."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.article import Article, ArticleDraft, Metadata, Version, name_from
from reader.domain.content import GOOD
from reader.domain.document import Document
from reader.domain.errors import StorageError, UsageError
from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.operation import iso_time
from reader.domain.records import dataclass
from reader.storage.articles import Place
from reader.storage.library import Library

if TYPE_CHECKING:
    import hashlib

    from reader.capture.sandbox import Sandbox
    from reader.capture.source import Report
    from reader.services.capturing.duplicates import Choice
else:
    hashlib = Late("hashlib")

Later = Callable[[Callable[[Library], str]], str]
"""Does something in the library, from whichever thread it is called."""

FIRST_SCREEN = 10_000
"""Code points around the reading place whose highlights are loaded before the first paint."""


_SLICE = 65_536


@dataclass(frozen=True, slots=True)
class Added:
    """What adding an article gave.

    Attributes:
        article: The article.
        new: False if its text was in the library already.
        name: Its title or first words.
        warnings: What the capture has to say.
        changed_since: Another article from the same file, captured when it said something else.
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
    from reader.capture.capture import capture_file  # late: an article is opened more often
    from reader.capture.source import quiet
    from reader.services import samples

    known = metadata or samples.metadata_of(Path(name))
    draft = capture_file(
        name, kind=kind, metadata=known, whole=whole, sandbox=sandbox, report=report or quiet
    )
    return replace(draft, origin=_storable(draft.origin))


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
    from reader.capture.capture import NOWHERE  # late, as above
    from reader.services.capturing.duplicates import add_version, find_known

    known = find_known(library, draft)
    if known is not None and choice == "new-version":
        return add_version(library, known, draft, annotator)
    if known is not None and choice == "existing":
        article, new, before = known.article, False, []
    else:
        before = library.articles.with_origin(draft.origin) if draft.origin not in NOWHERE else []
        article, new = library.add(draft, annotator, again=choice == "as-new")
    return Added(
        article,
        new,
        name_of(article, draft.text),
        draft.warnings,
        before[0] if new and before else None,
        () if new else _differing(article.metadata, given),
        draft.details.quality,
        known.by if known else "",
    )


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
    from reader.capture.capture import capture_bytes  # late, as above

    draft = capture_bytes(
        raw, origin=origin, kind=kind, metadata=metadata, whole=whole, sandbox=sandbox
    )
    return add_draft(library, draft, annotator, metadata, choice)


def _differing(there: Metadata, given: Metadata | None) -> tuple[str, ...]:
    """Return the details that are given and are not what is there."""
    names = ("title", "byline", "outlet", "url", "published_at", "language")
    wanted = {name: getattr(given, name, None) for name in names}
    return tuple(name for name in names if wanted[name] and wanted[name] != getattr(there, name))


def unchanged(library: Library, path: Path) -> Added | None:
    """Return the article that was added from a file that has not changed since, without reading it.

    A file is taken as unchanged when it is as long as it was and was last written before the
    capture: opening a book again then costs nothing.
    """
    found = library.articles.capture_of(_storable(str(path.absolute())))
    if found is None:
        return None
    article, size, captured_at = found
    try:
        stat = path.stat()
    except OSError:
        return None
    if stat.st_size != size or file_time(stat.st_mtime_ns) >= captured_at:
        return None
    return Added(article, False, article.metadata.title or path.name)


def file_time(mtime_ns: int) -> str:
    """Return a file's time of change as the library writes times: UTC, ISO 8601, ms."""
    return iso_time(mtime_ns // 1_000_000)


def _storable(name: str) -> str:
    """Return a file's name as text: bytes in it that are no UTF-8 are written in hex."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def name_of(article: Article, text: str) -> str:
    """Return what an article is called: its title, else its first words."""
    return article.metadata.title or name_from(text)


def resolve(library: Library, reference: str) -> Article:
    """Return the article that a word on the command line means.

    It may be a number in the list, a uid or the beginning of one (four characters or more), or a
    file or URL that was added.

    Raises:
        UsageError: Nothing, or more than one article, is meant.
    """
    reference = _storable(reference)
    found = _by_number(library, reference) or _by_uid(library, reference)
    if found is None:
        path = _storable(str(Path(reference).absolute()))
        origins = at_address(library, reference) or library.articles.with_origin(path)
        found = origins[0] if origins else None
    if found is None:
        raise UsageError(
            f"There is no article {reference} in the library.",
            "Name it by its number in `reader list`, its id, or the file it was added from.",
        )
    return found


def at_address(library: Library, address: str) -> list[Article]:
    """Return the articles that came from an address or are said to be there, newest first."""
    found = library.articles.with_origin(address)
    if found or "://" not in address:
        return found
    from reader.capture.html.metadata import clean_address  # late: seldom needed

    return library.articles.with_origin(clean_address(address))


def _by_number(library: Library, reference: str) -> Article | None:
    if not (reference.isascii() and reference.isdigit() and len(reference) < 8):
        return None
    uids = library.articles.in_order()
    number = int(reference)
    return library.articles.get(uids[number - 1]) if 1 <= number <= len(uids) else None


def _by_uid(library: Library, reference: str) -> Article | None:
    if len(reference) < 4:
        return None
    found = library.articles.with_prefix(reference.lower())
    if len(found) > 1:
        raise UsageError(f"More than one article's id begins with {reference}.", "Give more of it.")
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Opened:
    """An article, loaded for reading.

    Attributes:
        article: The article.
        version: Its newest capture.
        document: The capture's text, cut into chunks.
        place: Where the annotator left off.
        highlights: The annotator's highlights near that place; the others come by the page.
        drafts: Start and end of notes that were being typed when the program ended.
        name: Title or first words.
        seen: What the log gives as its end; what was written later may not be in all this.
        orphans: The annotator's highlights that the version has not, with their words.
        older: Whether the version is not the current one.
    """

    article: Article
    version: Version
    document: Document
    place: Place
    highlights: list[Highlight]
    drafts: list[tuple[int, int]]
    name: str
    seen: int
    orphans: list[tuple[Highlight, str]] = field(default_factory=list)
    older: bool = False


def open_article(
    library: Library,
    uid: str,
    annotator: str,
    version_uid: str | None = None,
    later: Later | None = None,
) -> Opened:
    """Load an article for reading, as an annotator left it.

    Args:
        library: The library.
        uid: The article.
        annotator: Uid of who reads.
        version_uid: An earlier version of it, to be looked at; by default the current one.
        later: Does something in the library when called, from any thread. Where it is given, of a
            long text only what is near the reading place is read at first.

    Raises:
        UsageError: There is no such article.
        StorageError: It cannot be read.
    """
    if library.highlights.astray(uid):
        from reader.services.changes.settling import settle  # late: seldom needed

        settle(library, uid)
    seen = library.log.newest()  # first: whoever writes meanwhile is noticed
    article = library.articles.get(uid)
    if article is None:
        raise UsageError("The article is not in the library.", "")
    chosen = version_uid or article.version_uid
    older = chosen != article.version_uid
    place = Place() if older else library.articles.place(uid, annotator)
    read = None if later is None else partial(later, lambda lib: lib.articles.whole_text(chosen))
    version = library.articles.version(chosen, place.offset, read)
    if version is None:
        raise StorageError("The article's text is not in the library.", "Restore a backup.")
    near = (max(0, place.offset - FIRST_SCREEN), place.offset + FIRST_SCREEN)
    return Opened(
        article=article,
        version=version,
        document=Document(version.content, version.blocks, version.roles),
        place=place,
        highlights=library.highlights.overlapping(version.uid, annotator, *near),
        drafts=library.articles.begun_notes(annotator, version.uid),
        name=name_of(article, library.articles.first_words(chosen)),
        seen=seen,
        orphans=[] if older else library.highlights.orphans(uid, annotator),
        older=older,
    )


def text_is_whole(version: Version) -> bool:
    """Return whether a text is the one that was captured; in slices, for a thread of its own."""
    found = hashlib.sha256()
    for start in range(0, len(version.text), _SLICE):
        part = version.text[start : start + _SLICE]
        found.update(part.encode("utf-8", "surrogatepass"))
    return found.hexdigest() == version.sha256
