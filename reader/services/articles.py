"""Finds articles in the library, and opens them for reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.article import Article, Version, name_from
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
else:
    hashlib = Late("hashlib")

Later = Callable[[Callable[[Library], str]], str]
"""Does something in the library, from whichever thread it is called."""

FIRST_SCREEN = 10_000
"""Code points around the reading place whose highlights are loaded before the first paint."""

_SLICE = 65_536


def unchanged(library: Library, path: Path) -> Article | None:
    """Return the article that was added from a file that has not changed since, without reading it.

    A file is taken as unchanged when it is as long as it was and was last written before the
    capture: opening a book again then costs nothing.
    """
    found = _capture_of(library, path)
    if found is None:
        return None
    article, size, captured_at, _ = found
    try:
        stat = path.stat()
    except OSError:
        return None
    same = stat.st_size == size and file_time(stat.st_mtime_ns) < captured_at
    return article if same else None


def is_current(library: Library, path: Path) -> bool:
    """Whether what was captured last from a file is what its article shows now."""
    found = _capture_of(library, path)
    return found is None or found[3]


def _capture_of(library: Library, path: Path) -> tuple[Article, int, str, bool] | None:
    """Return what was captured from a file last, whichever of its names the library has."""
    found = map(library.articles.capture_of, names_of(path))
    return next((capture for capture in found if capture is not None), None)


def file_time(mtime_ns: int) -> str:
    """Return a file's time of change as the library writes times: UTC, ISO 8601, ms."""
    return iso_time(mtime_ns // 1_000_000)


def names_of(path: str | Path) -> tuple[str, ...]:
    """Return the names by which the library may know a file; the first one is used from now on.

    That is the absolute path without `..`. Links stay; where `..` stands behind one, it leads
    elsewhere than the path without it, and stays as well. Of a file that is gone nobody can tell.
    Before, all paths were kept with `..`.
    """
    given = str(Path(path).absolute())
    tidy = os.path.normpath(given)
    if tidy == given:
        return (storable(given),)
    try:
        names = (tidy, given) if Path(tidy).samefile(given) else (given,)
    except (OSError, ValueError):
        names = (given, tidy)
    return tuple(map(storable, names))


def storable(name: str) -> str:
    """Return a file's name as the library has it: bytes that are no UTF-8 are written in hex."""
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
    reference = storable(reference)
    found = _by_number(library, reference) or _by_uid(library, reference)
    if found is None:
        origins = at_address(library, reference) or with_origins(library, names_of(reference))
        found = origins[0] if origins else None
    if found is None:
        raise UsageError(
            f"There is no article {reference} in the library.",
            "Name it by its number in `reader list`, its id, or the file it was added from.",
        )
    return found


def with_origins(library: Library, names: Iterable[str]) -> list[Article]:
    """Return the articles captured from the first of some paths from which there are any."""
    return next(filter(None, map(library.articles.with_origin, names)), [])


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
        drafts=_begun_notes(library, annotator, version.uid),
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


def _begun_notes(library: Library, annotator: str, version: str) -> list[tuple[int, int]]:
    """Return the stretches with a note that is to be offered; hardly ever there are any."""
    begun = library.articles.begun_notes(annotator, version)
    return library.drafts.begun(annotator, version) if begun else begun
