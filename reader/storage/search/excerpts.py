"""Cuts the words around hits out of a text, on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reader.domain.text import Span

BEFORE = 48
"""Code points shown in front of the first hit, at most."""

AFTER = 200
"""Code points shown from the first hit on, at most."""

_TOGETHER = 120
"""Hits that begin no further than this from the first one are told together."""

MARK, UNMARK = "\x01", "\x02"
"""What FTS5 is to put around a hit. No text holds them: controls are replaced when it is added."""


def unmarked(text: str) -> tuple[str, list[Span]]:
    """Return a text without its marks, and where they stood."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for part in text.split(MARK):
        inside, found, rest = part.partition(UNMARK)
        if found:
            spans.append(Span(at, at + len(inside)))
        at += len(inside) + len(rest)
        parts += (inside, rest)
    return "".join(parts), spans


def together(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield hits in groups that stand close to each other."""
    group: list[Span] = []
    for span in spans:
        if group and span.start - group[0].start > _TOGETHER:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def best(groups: Iterable[list[Span]], text: str, most: int) -> list[list[Span]]:
    """Return the groups in which most different words were found, in the order of the text."""
    told = list(groups)
    if len(told) <= most:
        return told

    def rank(at: int) -> tuple[int, int]:
        return -len({text[slice(*span)].casefold() for span in told[at]}), at

    return [told[at] for at in sorted(sorted(range(len(told)), key=rank)[:most])]


def excerpt(text: str, spans: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """Return the words around some hits with each run of white space as one space, and the hits."""
    first = spans[0]
    begin, end = _begin(text, first.start), min(len(text), first.start + AFTER)
    line = ""
    marks: list[Span] = []
    at = begin
    for span in spans:
        if span.start >= end:
            break
        line = _add(line, text[at : span.start])
        before = len(line)
        line = _add(line, text[span.start : min(span.end, end)])
        marks.append(Span(before, len(line)))
        at = min(span.end, end)
    line = _add(line, text[at:end]).rstrip()
    if begin and marks:
        line, marks = f"… {line}", [Span(start + 2, stop + 2) for start, stop in marks]
    return line if end == len(text) else f"{line} …", tuple(marks)


def _begin(text: str, start: int) -> int:
    """Return where to begin so that no word is cut: at the beginning of a line, if it is near."""
    low = max(0, start - BEFORE)
    line = text.rfind("\n", low, start)
    if line >= 0 or not low:
        return line + 1 if line >= 0 else 0
    space = text.find(" ", low, start)
    return space + 1 if space >= 0 else low


def _add(line: str, piece: str) -> str:
    """Return a line with a piece added, in which white space is one space."""
    inner = " ".join(piece.split())
    left = " " if line and piece[:1].isspace() and not line.endswith(" ") else ""
    right = " " if inner and piece[-1:].isspace() else ""
    return f"{line}{left}{inner}{right}"
