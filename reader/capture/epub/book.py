"""A book's chapters as one article: what each says, and the headings that its contents name."""

from __future__ import annotations

from collections import defaultdict

from reader.capture.archive import Archive
from reader.capture.building import Builder
from reader.capture.epub.package import Entry, Package, read_package
from reader.capture.html import page as html
from reader.capture.source import Report, Source, quiet
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError
from reader.domain.text import Block, Role

EXTRACTOR = "epub/1"
"""Name and version; raised whenever the same file would give another text or other blocks."""

_LOOK = 3  # blocks at the start of a chapter in which its title may stand


def extract(source: Source, report: Report) -> ArticleDraft:
    """Return the article that an EPUB holds.

    Raises:
        InputError: It is damaged, locked, over a limit, or has no text.
    """
    archive = Archive(source.raw, source.name)
    package = read_package(archive)
    titles: dict[str, list[Entry]] = defaultdict(list)
    for entry in package.contents:
        titles[entry.path].append(entry)
    builder = Builder()
    for number, chapter in enumerate(package.chapters, 1):
        _add_chapter(builder, archive.read(chapter), source, titles[chapter])
        report(number, len(package.chapters))
    if not builder.length:
        raise InputError(
            f"{source.name} has no text in it; its pages may be pictures.",
            "Run text recognition over the pictures, and add the result.",
        )
    return ArticleDraft(
        text=builder.text,
        blocks=builder.blocks,
        raw=b"",
        origin="",
        media_type="application/epub+zip",
        extractor=EXTRACTOR,
        metadata=package.metadata,
        warnings=_warnings(package),
    )


def _warnings(package: Package) -> tuple[str, ...]:
    if not package.missing:
        return ()
    what = "1 chapter is" if package.missing == 1 else f"{package.missing:,} chapters are"
    return (f"{what} named in the book and not in it.",)


def _add_chapter(builder: Builder, raw: bytes, source: Source, entries: list[Entry]) -> None:
    """Write the words of a chapter; a cover has none."""
    try:
        draft = html.extract(Source(raw, source.name, whole=True), quiet)
    except InputError:
        return
    blocks = list(draft.blocks)
    words = [draft.text[block.start : block.end] for block in blocks]
    levels = _headings(words, blocks, entries)
    for index, (block, text) in enumerate(zip(blocks, words, strict=True)):
        role, level = block.role, block.level
        if index in levels or role in (Role.HEADLINE, Role.SUBHEAD):
            role = Role.SUBHEAD
            level = levels.get(index, max(level, 1))
        builder.add(text, role, level)


def _headings(words: list[str], blocks: list[Block], entries: list[Entry]) -> dict[int, int]:
    """Return which blocks the contents name, with their levels."""
    found: dict[int, int] = {}
    plain = [_letters(text) if len(text) < 400 else "" for text in words]
    at = 0
    for entry in entries:
        title = _letters(entry.title)
        last = len(plain) if entry.within else min(len(plain), at + _LOOK)
        same = (n for n in range(at, last) if plain[n] and n not in found and plain[n] in title)
        place = next((n for n in same if title.endswith(plain[n]) or plain[n] == title), None)
        if place is None and not entry.within:
            heads = (n for n in range(min(_LOOK, len(blocks)))
                     if blocks[n].role in (Role.HEADLINE, Role.SUBHEAD))  # fmt: skip
            place = next(heads, None)
        if place is not None:
            found.setdefault(place, entry.level)
            at = place + 1
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
