"""Counts that follow every edit without being counted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from reader.domain.document import Document
from reader.domain.highlight import STEP, Highlight
from reader.domain.text import Span
from reader.services.annotating.annotations import Annotations

_ANY = ""
"""Stands for any codebook where statements are counted."""


class Tally:
    """How often each tag is given, and how many statements are judged.

    Tags are counted as highlights come in. Judged statements are counted a chunk at a time, in the
    interface's idle time, and kept right by every edit.

    Attributes:
        codebook: Id of the codebook whose judgements count.

    Args:
        document: The document.
        annotations: The annotator's highlights on it.
        codebook: Id of the codebook whose judgements count.
    """

    def __init__(self, document: Document, annotations: Annotations, codebook: str) -> None:
        self._document = document
        self._annotations = annotations
        self.codebook = codebook
        self._judged: dict[int, Counter[str]] = {}
        self._of_all: Counter[str] = Counter()
        self._stale: set[int] = set()
        self._codes: Counter[tuple[str, str, str]] = Counter()
        self.take_in(annotations.index)

    def take_in(self, highlights: Iterable[Highlight]) -> None:
        """Count the tags of highlights that were read from the library."""
        for highlight in highlights:
            self._codes.update(_codes(highlight))

    def count(self, codebook: str, facet: str, code: str) -> int:
        """Return how often a tag is given."""
        return self._codes[codebook, facet, code]

    # ------------------------------------------------------------------ judged statements

    @property
    def complete(self) -> bool:
        """Whether every chunk has been counted."""
        return not self._stale and len(self._judged) == len(self._document.chunks)

    @property
    def behind(self) -> bool:
        """Whether chunks that were counted have to be counted anew."""
        return bool(self._stale)

    def count_one_more(self) -> bool:
        """Count the judged statements of one more chunk; False when all are counted."""
        chunk = self._stale.pop() if self._stale else len(self._judged)
        if chunk >= len(self._document.chunks):
            return False
        before, now = self._judged.get(chunk), self._judged_of(chunk)
        self._judged[chunk] = now
        if before:
            self._of_all.subtract(before)
        self._of_all.update(now)
        return True

    def recount(self) -> None:
        """Begin anew, because statements have changed or highlights came in."""
        self._judged.clear()
        self._of_all.clear()
        self._stale.clear()

    @property
    def judged(self) -> int:
        """Statements judged with the codebook, in the chunks counted so far."""
        return self._of_all[self.codebook]

    @property
    def judged_otherwise(self) -> int:
        """Statements judged with other codebooks only, in the chunks counted so far."""
        return self._of_all[_ANY] - self.judged

    def _judged_of(self, chunk: int) -> Counter[str]:
        return Counter(
            name for span in self._document.statements_of(chunk) for name in self._names_at(span)
        )

    def _names_at(self, span: Span) -> set[str]:
        """Return the codebooks that a statement is judged with, and the name for any of them."""
        found = self._annotations.judged_with(span)
        if found:
            found.add(_ANY)
        return found

    # ------------------------------------------------------------------ edits

    def put(self, uid: str, after: Highlight | None) -> None:
        """Put a highlight into the annotations (or take it out), and count what that changes."""
        before = self._annotations.index.get(uid)
        self._codes.subtract(_codes(before))
        self._codes.update(_codes(after))
        if before is not None and after is not None and _judges_alike(before, after):
            self._annotations.put(uid, after)
            return
        touched = self._statements(before) | self._statements(after)
        judged = {span: self._names_at(span) for span in touched}
        self._annotations.put(uid, after)
        for span, names in judged.items():
            now = self._names_at(span)
            counts = self._judged.get(self._document.chunk_at(span.start))
            if now != names and counts is not None:
                for changed in (counts, self._of_all):
                    changed.subtract(names)
                    changed.update(now)

    def put_all(self, changed: Mapping[str, Highlight | None]) -> None:
        """Do what :meth:`put` does for many at once.

        How many statements are judged is counted anew later, in the chunks where they lie.
        """
        for uid, after in changed.items():
            before = self._annotations.index.get(uid)
            self._codes.subtract(_codes(before))
            self._codes.update(_codes(after))
            for highlight in (before, after):
                self._stale.update(self._judged.keys() & self._chunks(highlight))
        self._annotations.put_all(changed)

    def put_in_steps(self, changed: Mapping[str, Highlight | None]) -> Iterator[None]:
        """Do what :meth:`put_all` does, with a pause now and then for keys to come between.

        The highlights are seen all at once; counts follow them.
        """
        changes = yield from self._annotations.put_in_steps(changed)
        while changes:  # let go of piece by piece: to free very many takes its time as well
            for before, after in changes[-STEP:]:
                self._codes.subtract(_codes(before))
                self._codes.update(_codes(after))
                for highlight in (before, after):
                    self._stale.update(self._judged.keys() & self._chunks(highlight))
            del changes[-STEP:]
            yield

    def _chunks(self, highlight: Highlight | None) -> range:
        """Return the chunks that a highlight lies in."""
        if highlight is None:
            return range(0)
        first = self._document.chunk_at(highlight.start)
        return range(first, self._document.chunk_at(highlight.end - 1) + 1)

    def _statements(self, highlight: Highlight | None) -> set[Span]:
        if highlight is None:
            return set()
        return set(self._document.statements(highlight.start, highlight.end))


def _judges_alike(before: Highlight, after: Highlight) -> bool:
    """Whether the same statements are judged, with the same codebooks, as before."""
    return before.span == after.span and _books(before) == _books(after)


def _books(highlight: Highlight) -> set[str]:
    return {item.codebook for item in highlight.judgements}


def _codes(highlight: Highlight | None) -> list[tuple[str, str, str]]:
    judgements = highlight.judgements if highlight else ()
    return [(item.codebook, item.facet, item.code) for item in judgements]
