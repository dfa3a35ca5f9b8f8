"""Search hits as a list: where each is, the words around it, how its statement is tagged."""

from __future__ import annotations

from reader.domain.codebook import Tag
from reader.domain.finding.hits import Hits
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.services.reading.session import Session

BEFORE = 60
"""Code points shown in front of a hit."""

AFTER = 120
"""Code points shown from the beginning of a hit on."""


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit.

    Attributes:
        number: Number of its statement, from 1; None while that is not known, or without one.
        before: The words in front of it, on one line.
        words: The hit itself, cut if it is long.
        after: The words behind it.
        tags: The tags of its statement, without repetition; None for one of a codebook that is
            not at hand.
        flag: Whether something there is flagged.
    """

    number: int | None
    before: str
    words: str
    after: str
    tags: tuple[Tag | None, ...]
    flag: bool

    def matches(self, words: list[str]) -> bool:
        """Whether every one of some casefolded words is in the row or in the label of a tag."""
        labels = " ".join(tag.label for tag in self.tags if tag)
        text = f"{self.before}{self.words}{self.after} {labels}".casefold()
        return all(word in text for word in words)


class HitRows:
    """The rows of all hits, each made when it is asked for.

    Args:
        session: Whose tags.
        hits: The hits, all known.
    """

    def __init__(self, session: Session, hits: Hits) -> None:
        self.hits = hits
        self._session = session

    def __len__(self) -> int:
        return len(self.hits)

    def row(self, position: int) -> HitRow:
        """Return a hit's row."""
        hit = self.hits[position]
        text = self._session.document.text
        shown = min(hit.end, hit.start + AFTER)
        statement = self._statement(hit)
        tags, flag = self._tags(statement or hit)
        return HitRow(
            number=self._session.document.number_of(statement) if statement else None,
            before=_in_front(text, hit.start),
            words=_on_one_line(text[hit.start : shown]) + ("…" if shown < hit.end else ""),
            after=_behind(text, shown, hit.start + AFTER),
            tags=tags,
            flag=flag,
        )

    def _statement(self, hit: Span) -> Span | None:
        found = self._session.document.statement_at(hit.start)
        return found if found and found.overlaps(hit) else None

    def _tags(self, span: Span) -> tuple[tuple[Tag | None, ...], bool]:
        over = self._session.annotations.index.overlapping(*span)
        tags = (self._session.tag_of(item) for highlight in over for item in highlight.judgements)
        return tuple(dict.fromkeys(tags)), any(highlight.flag for highlight in over)


def _in_front(text: str, end: int) -> str:
    """Return the words in front of a place, the first of them whole; dots stand for more."""
    start = max(0, end - BEFORE)
    words = _on_one_line(text[start:end])
    return f"… {words.lstrip().partition(' ')[2] or words}" if start else words


def _behind(text: str, start: int, end: int) -> str:
    """Return the words behind a place, the last of them whole; dots stand for more."""
    words = _on_one_line(text[start:end]) if start < end else ""
    return f"{words.rstrip().rpartition(' ')[0] or words}…" if words and end < len(text) else words


def _on_one_line(text: str) -> str:
    """Return a text with each run of white space as one space, at its ends as well."""
    inner = " ".join(text.split())
    left = " " if text[:1].isspace() else ""
    right = " " if inner and text[-1:].isspace() else ""
    return f"{left}{inner}{right}"
