"""An article in pieces, with the marks on each, as ``show`` prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reader.domain.article import Version
from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.domain.text import Block, Span
from reader.services.codebooks.tags import Tags
from reader.services.reading.walking import Statement, blocks_of, statements_of
from reader.services.showing import marked_and_told, told_names
from reader.services.telling.facts import facts as facts_of
from reader.services.telling.told import Told
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block as ``show`` prints it.

    Attributes:
        statement: Its number, or None where the block has no statements.
        text: The words.
        symbols: Of the judgements on highlights that begin in it, in document order; a highlight
            without a tag gives a ``·``, a note ``"``, a flag ``⚑``.
        facts: Who said what is marked, its relations, the evidence: labels and texts. Where several
            annotators have marked the article, before them who gave which marks.
    """

    statement: int | None
    text: str
    symbols: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def pieces(
    library: Library, version: Version, day: str | None = None
) -> Iterator[tuple[Block, list[Piece]]]:
    """Yield the blocks of a version with their statements and the marks on them, in order.

    Args:
        library: The library.
        version: The version.
        day: When the article was published.
    """
    tags = Tags(library)
    names = told_names(library, version.article_uid)
    marks = _Marks(marked_and_told(library, version, day), tags, version.article_uid, names)
    statements = statements_of(version)
    ahead = next(statements, None)
    for block in blocks_of(version):
        found: list[Piece] = []
        while ahead is not None and ahead.span.start < block.end:
            found.append(_piece(version, ahead, marks))
            ahead = next(statements, None)
        if not found:
            there = marks.up_to(block.end)
            found.append(Piece(None, version.text[block.start : block.end], *there))
        yield block, found


def _piece(version: Version, statement: Statement, marks: _Marks) -> Piece:
    span: Span = statement.span
    return Piece(statement.number, version.text[slice(*span)], *marks.up_to(span.end))


class _Marks:
    """Gives the symbols of highlights, and what stands beside them, as the text passes by."""

    def __init__(
        self,
        highlights: Iterator[tuple[AnchoredHighlight, Told]],
        tags: Tags,
        article: str,
        names: Mapping[str, str],
    ) -> None:
        self._highlights = highlights
        self._tags = tags
        self._article, self._names = article, names
        self._ahead = next(highlights, None)

    def up_to(self, end: int) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Return symbols and facts of highlights that start before an offset, each once."""
        symbols: dict[str, None] = {}
        facts: list[tuple[str, str]] = []
        while self._ahead is not None and self._ahead[0].highlight.start < end:
            found, told = self._ahead
            symbols.update(dict.fromkeys(self._symbols(found.highlight)))
            owner = found.highlight.annotator_uid
            if self._names:
                facts.append((self._names[owner], self._in_words(found.highlight)))
            facts += facts_of(told, self._tags.name_of, owner, self._article)
            self._ahead = next(self._highlights, None)
        return tuple(symbols), tuple(facts)

    def _in_words(self, highlight: Highlight) -> str:
        """Return the marks of a highlight in words."""
        marks = [self._tags.name_of(each) for each in highlight.judgements] or ["highlight"]
        marks += ["note"] * bool(highlight.note) + ["flag"] * highlight.flag
        return ", ".join(marks)

    def _symbols(self, highlight: Highlight) -> Iterator[str]:
        for judgement in highlight.judgements:
            tag = self._tags.of(judgement)
            yield tag.symbol if tag else judgement.code
        if not highlight.judgements:
            yield "·"
        if highlight.note:
            yield '"'
        if highlight.flag:
            yield "⚑"
