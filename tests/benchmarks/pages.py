"""Web pages: what of their articles is taken, and what that costs, beside the library alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from reader.capture.html.page import extract
from reader.capture.source import Source, quiet
from reader.domain.article_draft import ArticleDraft
from tests.benchmarks.figures import Figure
from tests.pages.builder import Page
from tests.pages.hostile import hostile
from tests.pages.pages import pages

CPU_TARGET = 2.5
"""Times what trafilatura takes for its text and its metadata."""


class Score:
    """Counts what was right."""

    def __init__(self) -> None:
        self.wanted = self.kept = self.taken = self.fields = self.found = self.whole = 0

    def add(self, page: Page, blocks: list[tuple[str, str]], metadata: Any) -> str:
        """Count one page, and return the counts in words."""
        wanted = list(page.wanted)
        kept = sum(block in blocks for block in wanted)
        fields = {name: value for name, value in page.metadata.items() if value is not None}
        found = sum(getattr(metadata, name, None) == value for name, value in fields.items())
        if wanted:
            self.wanted += len(wanted)
            self.kept += kept
            self.taken += len(blocks)
            self.whole += blocks == wanted
        self.fields += len(fields)
        self.found += found
        return f"blocks {kept} of {len(wanted)}, metadata {found} of {len(fields)}"


def measure(material: object, rounds: int, folder: Path) -> Iterator[Figure]:
    """Read every fixture page; then the hostile ones at their full size."""
    score, alone, ours, theirs = Score(), Score(), [], []
    every = list(pages())
    _alone(every[0])  # imports what both need
    for page in every:
        draft, spent = _cpu(partial(_draft, page), max(rounds, 5))
        (lines, metadata), bare = _cpu(partial(_alone, page), max(rounds, 5))
        ours.append(spent)
        theirs.append(bare)
        said = score.add(page, _blocks(draft), draft.metadata)
        wanted = {words: role for role, words in page.wanted}
        alone.add(page, [(wanted.get(line, "other"), line) for line in lines], metadata)
        quality = "" if draft.details.quality == "good" else f", {draft.details.quality}"
        yield Figure("pages", page.name[:45], spent * 1000, "CPU ms", note=f"{said}{quality}")
    yield from _totals(every, score, alone, sum(ours), sum(theirs))
    yield from _hostile()


def _totals(
    every: list[Page], score: Score, alone: Score, ours: float, theirs: float
) -> Iterator[Figure]:
    count = len(every)
    judged = sum(bool(page.wanted) for page in every)
    yield Figure("pages", f"a page, of {count}", ours / count * 1000, "CPU ms", ours / theirs,
                 "trafilatura alone", CPU_TARGET)  # fmt: skip
    kept, bare = 100 * score.kept / score.wanted, 100 * alone.kept / alone.wanted
    note = f"{score.kept} of {score.wanted}; trafilatura alone, words only: {bare:.1f} %"
    yield _share("blocks kept, with their roles", kept, 98, note)
    note = f"{score.whole} of {judged} pages without any mistake"
    yield _share("blocks taken that are the article's", 100 * score.kept / score.taken, 98, note)
    found, bare = 100 * score.found / score.fields, 100 * alone.found / alone.fields
    note = f"{score.found} of {score.fields}; trafilatura alone: {bare:.1f} %"
    yield _share("metadata found", found, 95, note)
    right = sum(_draft(page).details.quality == page.quality for page in every)
    yield _share("pages judged rightly, walls and all", 100 * right / count, 98, "")


def _share(name: str, value: float, target: float, note: str) -> Figure:
    return Figure("pages", name, value, "%", target=target, at_least=True, note=note)


def _hostile() -> Iterator[Figure]:
    spent = {}
    for name, source in hostile().items():
        _, spent[name] = _cpu(partial(extract, Source(source.encode(), name), quiet))
    slowest = max(spent, key=lambda name: spent[name])
    yield Figure("pages", f"the slowest of {len(spent)} hostile pages", spent[slowest], "CPU s",
                 target=20, note=slowest)  # fmt: skip


def _draft(page: Page) -> ArticleDraft:
    return extract(Source(page.raw, page.name, None, page.declared), quiet)


def _blocks(draft: ArticleDraft) -> list[tuple[str, str]]:
    return [(block.role.value, draft.text[block.start : block.end]) for block in draft.blocks]


class _Metadata:
    """What trafilatura found, under our names."""

    def __init__(self, found: Any) -> None:
        self.title, self.byline, self.outlet = found.title, found.author, found.sitename
        self.url, self.published_at, self.language = found.url, found.date, found.language


def _alone(page: Page) -> tuple[list[str], _Metadata]:
    """Return the lines and the metadata that trafilatura finds by itself."""
    from trafilatura import extract as text_of
    from trafilatura.metadata import extract_metadata

    html = page.raw.decode(page.charset)
    text = text_of(html, favor_precision=True, include_comments=False, include_tables=True)
    return (text or "").split("\n"), _Metadata(extract_metadata(html))


def _cpu(work: Callable[[], Any], rounds: int = 1) -> tuple[Any, float]:
    """Return what work gives, and its CPU seconds: the mean of some runs, for coarse clocks."""
    began = time.process_time()
    for _ in range(rounds):
        result = work()
    return result, (time.process_time() - began) / rounds
