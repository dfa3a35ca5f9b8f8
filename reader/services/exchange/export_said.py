"""The columns that tell who said a highlight, what it does to others, and the evidence for it.

They are asked for by the page, and only of a library in which somebody has said something of the
kind: to export the highlights of others costs what it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from reader.domain.evidence import BEARING
from reader.domain.records import dataclass
from reader.domain.relation import Relation
from reader.formats.csv_chains import UNKNOWN, join_chain
from reader.formats.csv_lists import join
from reader.services.attributing.chains import Said, chains
from reader.storage.attributing.ratings import Rated, Rating
from reader.storage.export_rows import OWN, Row
from reader.storage.library import Library
from reader.storage.relating.evidence import Linked

PAGE = 500
"""Highlights of which that is read at a time."""

BEFORE = (
    *("source", "source_kind", "source_naming", "chain", "voice", "act", "scope_certain"),
    *("source_tags", "attribution_tags", "relations", "evidence"),
)
"""The columns, in their order, but for the one that stands apart: ``attribution_origin``."""

Value = str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What stands beside one highlight.

    Attributes:
        values: In the columns :data:`BEFORE`, as they are written.
        origin: How the attribution came about.
        beside: Of what tags may want, what there is: names of fields of
            :class:`~reader.domain.beside.Beside`.
    """

    values: tuple[Value, ...]
    origin: Value
    beside: tuple[str, ...]


class Telling:
    """Tells what stands beside the highlights that are being exported.

    Args:
        library: The library.
        handles: Annotators' handles by uid.
    """

    def __init__(self, library: Library, handles: Mapping[str, str]) -> None:
        self._library = library
        self._handles = handles
        self._is_any = library.beside.any()
        self._known: dict[str, Told] = {}

    def watching(self, highlights: Iterator[list[Row]]) -> Iterator[list[Row]]:
        """Yield highlights as they are; what stands beside the last one can be asked for."""
        if not self._is_any:
            yield from highlights
            return
        while page := list(islice(highlights, PAGE)):
            self._known = self._read({rows[0][0]: rows[0][OWN] for rows in page})
            yield from page

    def of(self, uid: str) -> Told | None:
        """Return what stands beside a highlight, or None: nothing does."""
        return self._known.get(uid) if self._known else None

    def _read(self, owners: Mapping[str, str]) -> dict[str, Told]:
        """Return what stands beside highlights; they are given with their annotators."""
        uids = list(owners)
        said = chains(self._library, uids)
        relations = self._library.relations.by_highlight(uids)
        evidence = self._library.evidence.of(uids)
        sources = {source.uid for item in said.values() if (source := item.origin)}
        on_sources = self._ratings("source", sources)
        on_said = self._ratings("attribution", [item.attribution.uid for item in said.values()])
        found = {}
        for uid in {**said, **relations, **evidence}:
            owner, item = owners[uid], said.get(uid)
            source = item.origin if item else None
            tags = (
                _tags(on_sources.get(source.uid, ()) if source else (), owner),
                _tags(on_said.get(item.attribution.uid, ()) if item else (), owner),
            )
            beside = relations.get(uid, ())
            lists = (self._relations(uid, beside, owner), self._evidence(evidence.get(uid), owner))
            found[uid] = Told(
                (*_who(item), *tags, *lists),
                item.attribution.origin if item else None,
                tuple(_there(evidence.get(uid, ()), beside, item)),
            )
        return found

    def _ratings(self, what: Rated, uids: Iterable[str]) -> dict[str, list[Rating]]:
        """Return judgements on attributions; or on sources.

        Of a source those that were merged into it count, where it has none of that question itself.
        """
        listed = set(uids)
        if what != "source":
            return self._library.ratings.on(what, listed)
        into = self._library.sources.merged()
        merged = sorted(uid for uid, end in into.items() if end in listed)
        found = self._library.ratings.on(what, [*listed, *merged])
        for uid in merged:
            there = found.setdefault(into[uid], [])
            asked = set(map(_question, there))
            there += [item for item in found.get(uid, ()) if _question(item) not in asked]
        return found

    def _relations(self, uid: str, relations: Sequence[Relation], owner: str) -> Value:
        if not relations:
            return None
        ordered = sorted(relations, key=lambda item: (item.type, item.to_uid, item.note or ""))
        return _list(
            (item.type, item.to_uid, item.note, self._handle(item.annotator_uid, owner))
            for item in ordered  # not by when they were made: an import makes them anew
            if item.from_uid == uid
        )

    def _evidence(self, linked: Sequence[Linked] | None, owner: str) -> Value:
        if not linked:
            return None
        return _list(
            (
                *(item.link.stance, item.evidence.citation, item.evidence.kind, item.evidence.url),
                *(item.evidence.archive_url, item.evidence.accessed_at, item.evidence.excerpt),
                *(item.evidence.uid, self._handle(item.evidence.annotator_uid, owner)),
            )
            for item in sorted(linked, key=lambda item: item.evidence.uid)
        )

    def _handle(self, annotator: str, owner: str) -> Value:
        return None if annotator == owner else self._handles.get(annotator)


def _there(
    evidence: Sequence[Linked], relations: Sequence[Relation], said: Said | None
) -> Iterator[str]:
    """Yield what there is of what tags may want."""
    stances = {item.link.stance for item in evidence}
    if not stances.isdisjoint(BEARING):
        yield "bearing"
    if "insufficient" in stances:
        yield "undecided"
    if relations:
        yield "relation"
    if said and any(said.chain):
        yield "source"


def _who(said: Said | None) -> tuple[Value, ...]:
    """Return source, kind, naming, chain, voice, act, and whether the scope is certain."""
    if said is None:
        return (None,) * 7
    origin, item = said.origin, said.attribution
    certain = None if item.scope_certain is None else "true" if item.scope_certain else "false"
    name = origin.name if origin else UNKNOWN if said.chain else None
    chain = join_chain(source.name if source else None for source in said.chain)
    kind, naming = (origin.kind, origin.naming) if origin else (None, None)
    return (name, kind, naming, chain, item.voice, item.act, certain)


def _question(rating: Rating) -> tuple[str, str, str]:
    """Return what a rating answers, and who did."""
    return rating.annotator_uid, rating.judgement.codebook, rating.judgement.facet


def _tags(ratings: Sequence[Rating], owner: str) -> Value:
    if not ratings:
        return None
    judgements = [item.judgement for item in ratings if item.annotator_uid == owner]
    return _list((f"{j.codebook}@{j.codebook_version}.{j.facet}", j.code) for j in judgements)


def _list(items: Iterable[tuple[Value, ...]]) -> Value:
    """Return a list as one field; what is empty at the end of an item is left out."""
    return join(_trimmed(item) for item in items) or None


def _trimmed(parts: tuple[Value, ...]) -> tuple[str, ...]:
    texts = [part or "" for part in parts]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
