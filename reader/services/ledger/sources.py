"""The ledger: one row for each source, with what it says and how far that was judged.

A source counts for every statement in whose chain it stands: as the origin, who says it, or as one
that passes it on. Sources that are one (merged) are one row. Statements are highlights.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.records import dataclass
from reader.domain.source import Source
from reader.services.codebooks.tags import Tags
from reader.storage.ledger.saying import Said, Scope
from reader.storage.library import Library

__all__ = ["HIDDEN", "UNKNOWN", "UNSOURCED", "Ledger", "LedgerRow", "Scope", "ledger_of"]

UNKNOWN, UNSOURCED = "unknown", "unsourced"
"""Rows that are no source's: whose origin is said not to be known, and of judged statements those
of which nobody has said yet who says them."""

HIDDEN = ("anonymous", "agentless")
"""How the origin of a statement is named, where nobody can be asked."""

_DIRECT, _INDIRECT = ("direct", "partial"), ("indirect",)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What one source says.

    Attributes:
        source: The source; None in a row that is no source's.
        kind: ``source``, :data:`UNKNOWN` or :data:`UNSOURCED`.
        statements: Local ids of the highlights, by article (newest first) and place.
        origin: For how many of them it is the origin.
        voices: How they are told, by voice, as far as that is said.
        tags: Tags of the current facet with how often each is given, in the codebook's order.
        judged: On how many of the attributions there is a judgement: whether it was said.
    """

    source: Source | None
    kind: str
    statements: array[int]
    origin: int
    voices: dict[str, int] = field(default_factory=dict)
    tags: tuple[tuple[Tag, int], ...] = ()
    judged: int = 0

    @property
    def name(self) -> str:
        """What the row is called."""
        if self.source is not None:
            return self.source.name
        return _NAMES[self.kind]

    @property
    def direct(self) -> int:
        """How many statements are told in the source's own words, or partly so."""
        return sum(self.voices.get(voice, 0) for voice in _DIRECT)

    @property
    def indirect(self) -> int:
        """How many are told in reported speech."""
        return sum(self.voices.get(voice, 0) for voice in _INDIRECT)

    @property
    def passed_on(self) -> int:
        """For how many the source only passes on what another says."""
        return len(self.statements) - self.origin


_NAMES = {UNKNOWN: "(who says it is not known)", UNSOURCED: "(judged, nobody named yet)"}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Who says what.

    Attributes:
        rows: A row for each source, those with most statements first; then those of no source.
        statements: How many highlights there are.
        attributed: Of how many it is said who says them.
        namings: How the origins of the statements are named, as far as they are known.
        codebook: Whose tags are counted.
        facet: Which of its questions.
    """

    rows: tuple[LedgerRow, ...]
    statements: int
    attributed: int
    namings: dict[str, int]
    codebook: Codebook
    facet: Facet

    @property
    def hidden(self) -> int:
        """How many statements have an anonymous or agentless origin."""
        return sum(self.namings.get(naming, 0) for naming in HIDDEN)

    @property
    def unsourced(self) -> int:
        """Of how many judged statements nobody has said yet who says them."""
        return sum(len(row.statements) for row in self.rows if row.kind == UNSOURCED)


def ledger_of(library: Library, scope: Scope, codebook: Codebook, facet: Facet) -> Ledger:
    """Return the ledger of some highlights, one query for each table.

    Raises:
        StorageError: The library cannot be read.
    """
    order = library.sayings.highlights(scope)
    said = _by_highlight(library, scope)
    sources = library.sources.all_of(
        hop.source_uid for hops in said.values() for hop in hops if hop.source_uid
    )
    counting = _Counting(library, scope, codebook, facet)
    lines: dict[str, _Line] = {}
    for number in order:
        for key, source, hop in _lines_of(said.get(number, ()), sources):
            if key != UNSOURCED or number in counting.judged:
                line = lines.get(key)
                if line is None:
                    line = lines[key] = _Line(source)
                line.add(number, hop)
    rows = [counting.row(key, line) for key, line in lines.items()]
    rows.sort(key=lambda row: (row.source is None, -len(row.statements), row.name.casefold()))
    named = (sources.get(hops[0].source_uid or "") for hops in said.values() if hops)
    namings = Counter(source.naming for source in named if source is not None)
    return Ledger(
        rows=tuple(rows),
        statements=len(order),
        attributed=sum(any(hop.source_uid for hop in hops) for hops in said.values()),
        namings=dict(namings),
        codebook=codebook,
        facet=facet,
    )


def _lines_of(
    hops: Sequence[Said], sources: Mapping[str, Source]
) -> Iterator[tuple[str, Source | None, Said | None]]:
    """Yield the rows that a statement belongs in, each with the hop that puts it there."""
    seen: set[str] = set()
    for hop in hops:
        source = sources.get(hop.source_uid or "")
        if source is not None and source.uid not in seen:
            seen.add(source.uid)
            yield source.uid, source, hop
    if hops and hops[0].source_uid is None:
        yield UNKNOWN, None, hops[0]
    elif not seen:
        yield UNSOURCED, None, None


def _by_highlight(library: Library, scope: Scope) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {}
    for hop in library.sayings.hops(scope):
        found.setdefault(hop.highlight_id, []).append(hop)
    for hops in found.values():
        hops.sort(key=lambda hop: hop.position)
    return found


class _Line:
    """What is gathered for one row."""

    def __init__(self, source: Source | None) -> None:
        self.source = source
        self.statements = array("q")
        self.origin = 0
        self.voices: Counter[str] = Counter()
        self.attributions: list[str] = []

    def add(self, number: int, hop: Said | None) -> None:
        self.statements.append(number)
        if hop is None:
            return
        self.origin += hop.position == 0
        self.attributions.append(hop.attribution_uid)
        if hop.voice:
            self.voices[hop.voice] += 1


class _Counting:
    """What stands in other tables on the statements of a row."""

    def __init__(self, library: Library, scope: Scope, codebook: Codebook, facet: Facet) -> None:
        self.judged = library.sayings.judged(scope)
        self._given = library.sayings.tags(scope, codebook.id, facet.id)
        self._said = library.sayings.judged_attributions(scope)
        self._tags = Tags(library, codebook)
        self._codebook, self._facet = codebook, facet
        self._order = {tag.code: place for place, tag in enumerate(facet.tags)}

    def row(self, key: str, line: _Line) -> LedgerRow:
        return LedgerRow(
            source=line.source,
            kind=key if line.source is None else "source",
            statements=line.statements,
            origin=line.origin,
            voices=dict(line.voices),
            tags=self._counted(line),
            judged=sum(uid in self._said for uid in line.attributions),
        )

    def _counted(self, line: _Line) -> tuple[tuple[Tag, int], ...]:
        counts: Counter[str] = Counter()
        versions: dict[str, int] = {}
        for number in line.statements:
            for version, code in self._given.get(number, ()):
                counts[code] += 1
                versions[code] = max(version, versions.get(code, 0))
        last = len(self._order)
        found = []
        for code in sorted(counts, key=lambda code: (self._order.get(code, last), code)):
            tag = self._facet.tag(code) or self._tags.find(
                self._codebook.id, versions[code], self._facet.id, code
            )
            if tag is not None:
                found.append((tag, counts[code]))
        return tuple(found)
