"""The package document of an EPUB: what it is called, its chapters in order, its contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from reader.capture.archive import Archive, inside, local, parse_xml, words_of
from reader.domain.article import Metadata
from reader.domain.errors import InputError
from reader.domain.records import dataclass

_MOST_CHAPTERS = 5_000
_MOST_ENTRIES = 20_000
_DEEPEST = 6
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_XHTML = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


@dataclass(slots=True)
class Entry:
    """An entry of a book's contents.

    Attributes:
        title: Its words.
        path: The chapter that it leads to.
        level: Its depth, from 1.
        within: Whether it leads to a place inside of the chapter.
    """

    title: str
    path: str
    level: int
    within: bool


@dataclass(slots=True)
class Package:
    """What a package document says.

    Attributes:
        metadata: Title, author and so on.
        chapters: Members of the archive, in reading order.
        contents: The entries of its contents, in order.
        missing: Chapters that are named and not there.
    """

    metadata: Metadata
    chapters: list[str]
    contents: list[Entry] = field(default_factory=list)
    missing: int = 0


def read_package(archive: Archive) -> Package:
    """Return what the package document of an EPUB says.

    Raises:
        InputError: It is missing, damaged, or names no chapter; or the book is locked.
    """
    path = _package_path(archive)
    root = parse_xml(archive.read(path), archive.name)
    folder = posixpath.dirname(path)
    items = {item.get("id"): item for item in root.iter() if local(item) == "item"}
    chapters, missing = [], 0
    for reference in root.iter():
        if local(reference) != "itemref" or reference.get("linear") == "no":
            continue
        chapter = _member(items.get(reference.get("idref")), folder)
        if chapter in archive:
            chapters.append(str(chapter))
        else:
            missing += 1
    if not chapters:
        raise InputError(f"{archive.name} has no chapters in it.", "Get the book anew.")
    if _is_locked(archive, chapters):
        raise InputError(
            f"{archive.name} is locked by its seller (DRM).",
            "It can be read in the seller's own program only; copy what you need from there.",
        )
    contents = list(_contents(archive, root, items, folder))
    return Package(_metadata(root), chapters[:_MOST_CHAPTERS], contents, missing)


def _package_path(archive: Archive) -> str:
    container = parse_xml(archive.read("META-INF/container.xml"), archive.name)
    for element in container.iter():
        if local(element) == "rootfile" and element.get("full-path"):
            found = inside("", element.get("full-path"))
            if found in archive:
                return str(found)
    raise InputError(f"{archive.name} is damaged: it does not say what is in it.", "Get it anew.")


def _member(item: Any, folder: str) -> str | None:
    if item is None or item.get("media-type") not in _XHTML or not item.get("href"):
        return None
    return inside(folder, item.get("href"))


def _is_locked(archive: Archive, chapters: list[str]) -> bool:
    """Whether the words are encrypted; fonts alone often are, and matter nothing."""
    if "META-INF/encryption.xml" not in archive:
        return False
    root = parse_xml(archive.read("META-INF/encryption.xml"), archive.name)
    locked = {
        inside("", element.get("URI", "")) for element in root.iter()
        if local(element) == "CipherReference"
    }  # fmt: skip
    return any(chapter in locked for chapter in chapters)


def _metadata(root: Any) -> Metadata:
    said: dict[str, list[Any]] = {}
    for element in root.iter():
        if local(element) in ("title", "creator", "publisher", "date", "language"):
            said.setdefault(local(element), []).append(element)
    names = [words_of(each) for each in said.get("creator", [])]
    dates = [_DATE.match(words_of(each)) for each in said.get("date", [])]
    return Metadata(
        title=_first(said, "title"),
        byline=", ".join(filter(None, names)) or None,
        outlet=_first(said, "publisher"),
        published_at=next((date[0] for date in dates if date), None),
        language=_first(said, "language"),
    )


def _first(said: dict[str, list[Any]], name: str) -> str | None:
    return next(filter(None, map(words_of, said.get(name, []))), None)


# ---------------------------------------------------------------------- contents


def _contents(
    archive: Archive, root: Any, items: dict[str | None, Any], folder: str
) -> Iterator[Entry]:
    """Yield the entries of the navigation document, or else of the older table (NCX)."""
    nav = next((i for i in items.values() if "nav" in (i.get("properties") or "").split()), None)
    spine = next((each for each in root.iter() if local(each) == "spine"), None)
    ncx = items.get(spine.get("toc")) if spine is not None else None
    for item, read in ((nav, _of_nav), (ncx, _of_ncx)):
        path = inside(folder, item.get("href") or "") if item is not None else None
        if path is None or path not in archive:
            continue
        try:
            tree = parse_xml(archive.read(path), archive.name)
        except InputError:
            continue  # the words are there without it
        found = list(read(tree, posixpath.dirname(path)))[:_MOST_ENTRIES]
        if found:
            yield from found
            return


def _of_nav(tree: Any, folder: str) -> Iterator[Entry]:
    tables = [each for each in tree.iter() if local(each) == "nav"]
    kinds = "{http://www.idpf.org/2007/ops}type"
    table = next((each for each in tables if "toc" in (each.get(kinds) or "").split()), None)
    for link in table.iter() if table is not None else ():
        if local(link) == "a" and link.get("href"):
            depth = sum(local(above) in ("ol", "ul") for above in link.iterancestors())
            yield from _entry(words_of(link), link.get("href"), folder, depth)


def _of_ncx(tree: Any, folder: str) -> Iterator[Entry]:
    for point in tree.iter():
        if local(point) != "navPoint":
            continue
        depth = 1 + sum(local(above) == "navPoint" for above in point.iterancestors())
        label = next((each for each in point if local(each) == "navLabel"), None)
        content = next((each for each in point if local(each) == "content"), None)
        if label is not None and content is not None:
            yield from _entry(words_of(label), content.get("src") or "", folder, depth)


def _entry(title: str, reference: str, folder: str, depth: int) -> Iterator[Entry]:
    path = inside(folder, reference)
    if title and path:
        yield Entry(title[:400], path, max(1, min(depth, _DEEPEST)), "#" in reference)
