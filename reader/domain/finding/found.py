"""What a search across the library looks for and finds; how it does that is no matter here."""

from __future__ import annotations

from dataclasses import field

from reader.domain.records import dataclass
from reader.domain.text import Span

KINDS = (
    *("title", "tag", "label", "source", "note", "reason", "evidence", "quote", "text", "byline"),
)
"""What a hit can be in, in the order in which the hits of an article are told."""


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to look for.

    Attributes:
        text: A word, or several that must stand one after the other.
        prefix: Whether the last one is only the beginning of a word.
        typing: Whether that is so because it is still being typed: it may be ended in any way.
    """

    text: str
    prefix: bool = False
    typing: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What to look for: an article must have all that is wanted, and nothing unwanted.

    Attributes:
        wanted: Each may stand in another place: the text, a note, the name of a tag.
        unwanted: None of these may stand anywhere in the article.
    """

    wanted: tuple[Word, ...] = ()
    unwanted: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An article that was found.

    Attributes:
        article_id: Local id.
        score: How well it fits, higher is better.
    """

    article_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """The articles that were found, best first.

    Attributes:
        items: The articles.
        capped: Whether there are older ones that were not looked at.
    """

    items: tuple[Match, ...] = ()
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One place in which something wanted stands.

    Attributes:
        kind: One of :data:`KINDS`.
        excerpt: The words around it, on one line.
        marks: Where in the excerpt what was looked for stands.
        start: First code point in the text of the article's version that it is about; a label or a
            title is about the beginning.
        end: One past the last one.
        version_uid: That version.
        highlight_uid: The highlight that it is about, or None.
        tags: The tags of that highlight: codebook, its version, facet, code.
    """

    kind: str
    excerpt: str
    marks: tuple[Span, ...]
    start: int
    end: int
    version_uid: str
    highlight_uid: str | None = None
    tags: tuple[tuple[str, int, str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ArticleHits:
    """What was found in one article.

    Attributes:
        hits: The best of it, in the order in which it is told.
        total: How many such places there are in all; hits close together make one.
        in_text: How many hits there are in the text, each counted, as the article's search does.
        elsewhere: In how many titles, notes, labels and so on something stands that is not in it.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    in_text: int = 0
    elsewhere: int = 0
