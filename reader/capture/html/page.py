"""A web page's bytes to the draft of its article. Runs in the child process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from reader.capture.building import Builder
from reader.capture.head import HEAD
from reader.capture.head_lines import names_in, says_by
from reader.capture.html import decoding, events, quality, roles, selection, structured
from reader.capture.html.metadata import Guess, metadata
from reader.capture.html.walk import Found, Walk
from reader.capture.marks import byline, credit_start
from reader.capture.source import Report, Source
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import GOOD, CaptureDetails
from reader.domain.errors import InputError
from reader.domain.quality import Concern
from reader.domain.text import Role

EXTRACTOR = "html/3"
"""Name and version; raised whenever the same source would give another text or other blocks."""
WHOLE_EXTRACTOR = "html-whole/3"
"""The same where all of the page was wanted."""

_SELECTION_S = 12
"""Seconds of computing for finding the article; more would use up what the child is given."""
_TOO_LARGE = Concern(
    "too-large",
    "The page is too large or too tangled to find the article in it; this is the whole page.",
)
_NOT_FOUND = Concern(quality.WHOLE_PAGE, "What was taken is the whole page.")


def extract(source: Source, report: Report) -> ArticleDraft:
    """Return the draft of a page's article, or of the whole page if that is wanted.

    Raises:
        InputError: It is no text, or there is no text in it.
    """
    page = decoding.read(source.raw, source.charset)
    walk, root = _walked(page)
    if not walk.blocks:
        raise InputError(
            f"{source.name} has no text in it.",
            "Pages made by a program in the browser can be saved there, and the file added.",
        )
    taken, guess = _selected(root, walk.blocks, source)
    said = structured.read(walk.head.scripts)
    found, warnings = metadata(walk.head, said, walk.blocks, source.url, guess)
    if source.whole:
        article, concerns = roles.page_blocks(walk.blocks), [Concern(quality.WHOLE_PAGE, "")]
    else:
        article, concerns = _article(walk, taken, said, found.title or "")
    built = _built(article)
    return ArticleDraft(
        text=built.text,
        blocks=built.blocks,
        raw=b"",
        origin="",
        media_type="text/html",
        extractor=WHOLE_EXTRACTOR if source.whole else EXTRACTOR,
        metadata=found if found.byline else replace(found, byline=_byline_shown(article)),
        warnings=tuple(filter(None, (*(c.message for c in concerns), *page.warnings, *warnings))),
        details=CaptureDetails(source.url, concerns[0].code if concerns else GOOD),
    )


def _article(
    walk: Walk, taken: set[int] | None, said: structured.Structured, title: str
) -> tuple[list[Found], list[Concern]]:
    """Return the article's blocks, and what looks wrong with them.

    Args:
        walk: The page.
        taken: Indices of the blocks that were found to be the article; None if nobody looked.
        said: What the structured data say.
        title: The article's title.
    """
    article = roles.article_blocks(walk.blocks, taken or _main(walk.blocks), walk.head, title)
    concerns = list(quality.concerns(article, walk.blocks, walk.head, said))
    if taken is None:
        concerns.insert(0, _TOO_LARGE)
    if taken is None or not any(block.role in _TEXT for block in article):
        article = roles.page_blocks(walk.blocks)
        concerns += [] if taken is None else [_NOT_FOUND]
    return article, concerns


def _byline_shown(article: Sequence[Found]) -> str | None:
    """Return by whom the article is, where only a line below the headline says so."""
    lines = (block.words for block in article[:HEAD] if block.role is Role.CREDIT)
    return next((byline(line) or names_in(line) for line in lines if says_by(line)), None)


_TEXT = frozenset((Role.BODY, Role.QUOTE, Role.LIST_ITEM))


def _main(blocks: Sequence[Found]) -> set[int]:
    """Return the running text outside of what surrounds articles, where no better is known."""
    return {
        index
        for index, block in enumerate(blocks)
        if not block.zone
        and block.role is not Role.CAPTION
        and len(block.words) >= 40
        and block.linked < 0.5 * len(block.words)
    }


def _built(blocks: Iterable[Found]) -> Builder:
    """Write blocks; a credit at the end of a caption becomes a block of its own."""
    builder = Builder()
    for block in blocks:
        at = (credit_start(block.words) or 0) if block.role is Role.CAPTION else 0
        if at:
            builder.add(block.words[:at], Role.CAPTION)
            builder.add(block.words[at:], Role.CREDIT, gap=" ")
            continue
        follows = builder.length and builder.blocks[len(builder.blocks) - 1].role is Role.BODY
        level = block.level if block.role is not Role.BODY or follows else 0
        builder.add(block.words, block.role, level)
    return builder


# ---------------------------------------------------------------------- tree and selection


def _walked(page: decoding.Page) -> tuple[Walk, Any]:
    """Return the blocks of a page and its tree; no tree where that would take too long."""
    walk = Walk()
    root = None if page.too_large else _tree(page.text)
    if root is None:
        events.from_source(page.text, walk)
    else:
        events.from_tree(root, walk)
    return walk, root


def _tree(text: str) -> Any:
    """Return the tree of a page, or None if the parser did not get to its end."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    fatal = etree.ErrorLevels.FATAL
    return None if any(entry.level == fatal for entry in parser.error_log) else root


class _TooLong(Exception):  # noqa: N818 - never leaves this module
    """The time for finding the article is over."""


def _selected(root: Any, blocks: Sequence[Found], source: Source) -> tuple[set[int] | None, Guess]:
    """Return which blocks are the article, None if that could not be found out in time."""
    if root is None:
        return None, Guess()
    try:
        with _time_limit():
            return selection.select(root, blocks, source.url)
    except InputError:
        raise
    except (_TooLong, Exception):  # a library that breaks down over a page leaves us its blocks
        return None, Guess()


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise :class:`_TooLong` in the block after its seconds of computing, where signals can."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, _SELECTION_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
