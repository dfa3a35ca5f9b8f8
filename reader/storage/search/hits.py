"""Finds where in an article what was looked for stands; only asked of articles that are shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.domain.finding.found import KINDS, ArticleHits, Hit, Words
from reader.domain.text import Span
from reader.storage.connection import worded
from reader.storage.search.excerpts import best, excerpt, together, unmarked
from reader.storage.search.marking import Marking
from reader.storage.search.matching import any_of
from reader.storage.search.schema import ARTICLE_BITS, WORD_COLUMNS
from reader.storage.search.words import Stems

_MOST_SHORT = 60
"""The most titles, notes and so on of one article in which hits are told."""

_LONGEST_HIGHLIGHT = 4_096
"""Code points; of longer highlights a hit in the text does not say that it is in them."""

_HIGHLIGHT = (1 << ARTICLE_BITS) - 1


class Finding:
    """Tells the hits in single articles.

    Args:
        connection: A connection to the library.
        path: The file, for messages.
        stems: Takes words apart.
        marking: Marks what is found.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, stems: Stems, marking: Marking
    ) -> None:
        self._ask = connection.execute
        self._path = path
        self._stems = stems
        self._marking = marking

    def hits(self, article_id: int, words: Words, most: int) -> ArticleHits:
        """Return the best hits in an article.

        Args:
            article_id: Its local id.
            words: What was looked for.
            most: The most hits to return.
        """
        with worded(self._path):
            asked, literal = any_of(words.wanted, self._stems)
            version, text, spans = self._in_text(article_id, asked, literal)
            short = list(self._in_short(article_id, asked, literal, version, spans))
            rest = _without_title(short, text, spans)
            groups = list(together(rest))
            told = len(spans) > len(rest)  # the headline is in the text, too
            found = [*short]
            for group in best(groups, text, most):
                line, marks = excerpt(text, group)
                found.append(Hit("text", line, marks, group[0].start, group[0].end, version))
            found.sort(key=lambda hit: (KINDS.index(hit.kind), hit.start))
            shown = [self._of_highlight(hit) for hit in found[:most]]
        return ArticleHits(
            tuple(shown), len(short) + len(groups), len(spans), len(short) - int(told)
        )

    def in_text(self, article_id: int, words: Words) -> tuple[str, list[Span]]:
        """Return the uid of the version that is indexed, and all hits in its text, in order."""
        with worded(self._path):
            version, _, spans = self._in_text(article_id, *any_of(words.wanted, self._stems))
        return version, spans

    # ------------------------------------------------------------------ the text

    def _in_text(
        self, article: int, asked: str, literal: Sequence[str]
    ) -> tuple[str, str, list[Span]]:
        """Return the version's uid, its text if something was found there, and the hits."""
        row = self._ask(_VERSION, (article,)).fetchone()
        if row is None:
            return "", "", []
        uid, number = row
        text = ""
        spans: list[Span] = []
        if asked:
            marked = self._marking.text(number, asked)
            if marked is not None:
                text, spans = unmarked(marked)
        if literal:
            text = text or self._ask(_TEXT, (number,)).fetchone()[0]
            spans = _merged([*spans, *(span for it in literal for span in _standing(text, it))])
        return uid, text, spans

    # ------------------------------------------------------------------ what is short

    def _in_short(
        self,
        article: int,
        asked: str,
        literal: Sequence[str],
        version: str,
        in_text: Sequence[Span],
    ) -> Iterator[Hit]:
        rows: dict[int, tuple[Any, ...]] = {}
        low, high = article << ARTICLE_BITS, (article + 1) << ARTICLE_BITS
        if asked:
            found = self._marking.short(article, asked, _MOST_SHORT)
            rows = {number: tuple(row) for number, *row in found}
        for text in literal:
            values = {"text": text, "low": low, "high": high, "most": _MOST_SHORT}
            for number, *row in self._ask(_STANDING_SHORT, values):
                rows.setdefault(number, tuple(row))
        for number, row in rows.items():
            yield from self._of_row(number & _HIGHLIGHT, row, literal, version, in_text)

    def _of_row(
        self,
        highlight: int,
        row: Sequence[str | None],
        literal: Sequence[str],
        version: str,
        in_text: Sequence[Span],
    ) -> Iterator[Hit]:
        about = self._ask(_PLACE, (highlight,)).fetchone() if highlight else None
        if highlight and about is None:
            return
        uid, of, start, end = about or (None, version, 0, 0)
        for kind, marked in zip(WORD_COLUMNS, row, strict=True):
            if marked is None:
                continue
            text, spans = unmarked(marked)
            spans = _merged([*spans, *(span for it in literal for span in _standing(text, it))])
            there = of == version and any(a < end and b > start for a, b in in_text)
            if spans and not (kind == "quote" and there):
                line, marks = excerpt(text, spans)
                yield Hit(kind, line, marks, start, end, of, uid)

    def _of_highlight(self, hit: Hit) -> Hit:
        """Return a hit with the tags of its highlight; one in the text may lie in a highlight."""
        if hit.kind == "text":
            values = (hit.version_uid, hit.start - _LONGEST_HIGHLIGHT, hit.end, hit.start)
            row = self._ask(_OVER, values).fetchone()
            if row is None:
                return hit
            hit = replace(hit, kind="quote", highlight_uid=row[0])
        if hit.highlight_uid is None:
            return hit
        return replace(hit, tags=tuple(self._ask(_TAGS, (hit.highlight_uid,)).fetchall()))


def _without_title(short: Sequence[Hit], text: str, spans: Sequence[Span]) -> Sequence[Span]:
    """Return the hits in a text but for those in its headline, if that was told as the title."""
    for hit in short:
        if hit.kind == "title" and text.startswith(hit.excerpt):
            return [span for span in spans if span.start >= len(hit.excerpt)]
    return spans


def _standing(text: str, wanted: str) -> Iterator[Span]:
    """Yield where a text stands, as it is."""
    at = text.find(wanted)
    while at >= 0:
        yield Span(at, at + len(wanted))
        at = text.find(wanted, at + len(wanted))


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


_VERSION = (
    "SELECT article_version.uid, article_version.id FROM search_version JOIN article_version"
    " ON article_version.id = search_version.version_id WHERE search_version.article_id = ?"
)
_TEXT = "SELECT text FROM article_version WHERE id = ?"
_STANDING_SHORT = (
    f"SELECT rowid, {', '.join(WORD_COLUMNS)} FROM search_words"  # noqa: S608 - own names
    " WHERE rowid >= :low AND rowid < :high"
    f" AND ({' OR '.join(f'instr({name}, :text)' for name in WORD_COLUMNS)})"
    " ORDER BY rowid LIMIT :most"
)
_PLACE = 'SELECT uid, version_uid, start, "end" FROM highlight WHERE id = ? AND deleted_at IS NULL'
_OVER = (
    "SELECT uid FROM highlight WHERE version_uid = ? AND start > ? AND start < ?"
    ' AND "end" > ? AND deleted_at IS NULL ORDER BY "end" - start LIMIT 1'
)
_TAGS = (
    "SELECT codebook, codebook_version, facet, code FROM judgement"
    " WHERE highlight_uid = ? AND deleted_at IS NULL ORDER BY codebook, facet, code"
)
