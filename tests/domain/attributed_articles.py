"""Articles of our own with their attributions marked by hand, and how well they are found.

In a file ``{s:…}`` is who speaks, ``{c:…}`` what shows that something is said, ``{q:…}`` a
quotation with its marks (other things in marks are not labelled: titles, words held at a distance).
A sentence holds an attribution if it has a cue or a quotation.

``known`` are the articles that the rules were made with. Those in ``blind`` are by another hand and
were labelled before the rules had seen them: quotations 1.00, sentences .983 at a recall of .773,
speakers .875 were the figures then. What they showed was mended, so they are not blind any more.
Those in ``unseen`` were labelled last, and no rule was made or mended for them since: what they
show is what to expect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from reader.domain.attribution import Suggestion, suggestions
from reader.domain.speech.quotations import outermost, quotations
from reader.domain.statements import segment
from reader.domain.text import Block, Role, Span

FOLDER = Path(__file__).parent / "attributed"
_MARK = re.compile(r"\{([scq]):|\}")


@dataclass
class Labelled:
    """An article and its labels, each a kind's stretches."""

    name: str
    text: str
    blocks: list[Block]
    labels: dict[str, list[Span]] = field(default_factory=dict)


@dataclass
class Figures:
    """Counts over all articles."""

    quotations: int = 0
    exact: int = 0
    sentences: int = 0
    found: int = 0
    right: int = 0
    speakers: int = 0
    overlapping: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def quoted(self) -> float:
        """Share of the quotations that are found exactly."""
        return self.exact / self.quotations

    @property
    def precision(self) -> float:
        """Share of the sentences with a suggestion that hold an attribution."""
        return self.right / self.found

    @property
    def recall(self) -> float:
        """Share of the sentences with an attribution that have a suggestion."""
        return self.right / self.sentences

    @property
    def overlap(self) -> float:
        """Share of the offered speakers that overlap with one that was marked."""
        return self.overlapping / self.speakers


def labelled(kind: str) -> list[Labelled]:
    """Return all articles of a folder."""
    return [_read(path) for path in sorted((FOLDER / kind).glob("*.txt"))]


def _read(path: Path) -> Labelled:
    marked = path.read_text(encoding="utf-8").strip()
    plain: list[str] = []
    labels: dict[str, list[Span]] = {"s": [], "c": [], "q": []}
    stack: list[tuple[str, int]] = []
    size = at = 0
    for place in _MARK.finditer(marked):
        piece = marked[at : place.start()]
        plain.append(piece)
        size, at = size + len(piece), place.end()
        if place[1]:
            stack.append((place[1], size))
        else:
            kind, start = stack.pop()
            labels[kind].append(Span(start, size))
    text = "".join([*plain, marked[at:]])
    return Labelled(path.stem, text, paragraphs(text), labels)


def paragraphs(text: str) -> list[Block]:
    """Return the paragraphs of a text as blocks, the first one as its headline."""
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        role = Role.BODY if at else Role.HEADLINE
        blocks.append(Block(at, at + len(paragraph), role))
        at += len(paragraph) + 2
    return blocks


def measured(kind: str) -> Figures:
    """Return how well the detector does on all articles of a folder."""
    figures = Figures()
    for article in labelled(kind):
        _count_quotations(article, figures)
        _count_sentences(article, figures)
    return figures


def _count_quotations(article: Labelled, figures: Figures) -> None:
    found = {item.span for item in outermost(quotations(article.text, article.blocks))}
    figures.quotations += len(article.labels["q"])
    figures.exact += len(found & set(article.labels["q"]))


def _count_sentences(article: Labelled, figures: Figures) -> None:
    proposed = [item for item in suggestions(article.text, article.blocks) if item.is_attribution]
    wanted = article.labels["c"] + article.labels["q"]
    for block in article.blocks:
        for sentence in segment(article.text, block.start, block.end):
            span = Span(*sentence)
            holds = any(span.overlaps(label) for label in wanted)
            said = any(_is_in(item, span) for item in proposed)
            figures.sentences += holds
            figures.found += said
            figures.right += holds and said
            if holds != said:
                figures.misses.append(
                    f"{'missed' if holds else 'wrong'}: {article.text[slice(*span)]}"
                )
    for item in proposed:
        if item.speaker is not None:
            figures.speakers += 1
            right = any(item.speaker.overlaps(label) for label in article.labels["s"])
            figures.overlapping += right
            if not right:
                words = article.text[slice(*item.speaker)]
                figures.misses.append(f"speaker: {words} in {article.text[slice(*item.sentence)]}")


def _is_in(item: Suggestion, span: Span) -> bool:
    whole = [Span(item.start, item.end), *item.extra_spans]
    if item.cue is not None:
        whole = [item.cue, *(part for part in whole if item.voice == "direct")]
    return any(span.overlaps(part) for part in whole)
