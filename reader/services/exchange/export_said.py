"""The columns that tell who said a highlight, what it does to others, and the evidence for it.

They are asked for by the page, and only of a library in which somebody has said something of the
kind: to export the highlights of others costs what it did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from reader.domain.highlight import Highlight, Judgement
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
    *("source", "source_kind", "source_naming", "chain", "as_in_text"),
    *("voice", "act", "scope_certain", "source_tags", "attribution_tags"),
    *("relations", "relation_tags", "evidence", "because"),
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


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read of some highlights: by highlight, and judgements by what they are on."""

    said: Mapping[str, Said]
    relations: Mapping[str, Sequence[Relation]]
    evidence: Mapping[str, Sequence[Linked]]
    judged: Mapping[str, Highlight]
    on_sources: Mapping[str, Sequence[Rating]]
    on_said: Mapping[str, Sequence[Rating]]
    on_relations: Mapping[str, Sequence[Rating]]

    @property
    def uids(self) -> Iterable[str]:
        """The highlights beside which something stands."""
        return dict.fromkeys((*self.said, *self.relations, *self.evidence))

    def tags(self, said: Said | None, owner: str) -> tuple[Value, Value]:
        """Return what the owner of a highlight judged of its source, and of whether it was said."""
        source = said.origin if said else None
        return (
            _tags(self.on_sources.get(source.uid, ()) if source else (), owner),
            _tags(self.on_said.get(said.attribution.uid, ()) if said else (), owner),
        )


class Telling:
    """Tells what stands beside the highlights that are being exported.

    Args:
        library: The library.
        handles: Annotators' handles by uid.
        by: Uids of the annotators whose relations, and judgements on relations, are told; None is
            all.
    """

    def __init__(
        self, library: Library, handles: Mapping[str, str], by: Collection[str] | None = None
    ) -> None:
        self._library = library
        self._handles = handles
        self._by = handles if by is None else by
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
        page = self._page(list(owners))
        return {uid: self._told(uid, owners[uid], page) for uid in page.uids}

    def _page(self, uids: Sequence[str]) -> _Page:
        """Read all that is told of some highlights."""
        said = chains(self._library, uids)
        relations = self._library.relations.by_highlight(uids)
        evidence = self._library.evidence.of(uids)
        sources = {source.uid for item in said.values() if (source := item.origin)}
        related = {item.uid for found in relations.values() for item in found}
        return _Page(
            said,
            relations,
            evidence,
            self._library.highlights.all_of(list(evidence)),
            self._ratings("source", sources),
            self._ratings("attribution", [item.attribution.uid for item in said.values()]),
            self._ratings("relation", related),
        )

    def _told(self, uid: str, owner: str, page: _Page) -> Told:
        """Return what stands beside one highlight of a page."""
        item, beside, evidence = page.said.get(uid), page.relations.get(uid, ()), page.evidence
        outgoing = [one for one in beside if one.from_uid == uid and one.annotator_uid in self._by]
        lists = (
            self._relations(outgoing, owner),
            self._on_relations(outgoing, page.on_relations, owner),
            self._evidence(evidence.get(uid), owner),
            _because(page.judged.get(uid)),
        )
        return Told(
            (*_who(item), *page.tags(item, owner), *lists),
            item.attribution.origin if item else None,
            tuple(_there(evidence.get(uid, ()), beside, item)),
        )

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

    def _relations(self, relations: Sequence[Relation], owner: str) -> Value:
        return _list(
            (item.type, item.to_uid, item.note, self._handle(item.annotator_uid, owner))
            for item in sorted(relations, key=_order)
        )

    def _on_relations(
        self, relations: Sequence[Relation], ratings: Mapping[str, Sequence[Rating]], owner: str
    ) -> Value:
        """Return what was judged of relations, by whomever."""
        return _list(
            (
                *(item.type, item.to_uid, *_tag(rating.judgement)),
                self._handle(item.annotator_uid, owner),
                self._handle(rating.annotator_uid, owner),
            )
            for item in sorted(relations, key=_order)
            for rating in sorted(ratings.get(item.uid, ()), key=self._by_handle)
            if rating.annotator_uid in self._by
        )

    def _by_handle(self, rating: Rating) -> tuple[str, ...]:
        return (*_tag(rating.judgement), self._handles.get(rating.annotator_uid, ""))

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


_SAYS = {"supports": "supported", "refutes": "refuted", "insufficient": "undecided"}
"""What a highlight of which evidence says so is among in :class:`Beside`, by stance."""


def _there(
    evidence: Sequence[Linked], relations: Sequence[Relation], said: Said | None
) -> Iterator[str]:
    """Yield what there is of what tags may want."""
    stances = {item.link.stance for item in evidence}
    for stance, name in _SAYS.items():
        if stance in stances:
            yield name
    if relations:
        yield "relation"
    if said and any(said.chain):
        yield "source"


def _who(said: Said | None) -> tuple[Value, ...]:
    """Return source, kind, naming, chain, voice, act, and whether the scope is certain."""
    if said is None:
        return (None,) * 8
    origin, item = said.origin, said.attribution
    certain = None if item.scope_certain is None else "true" if item.scope_certain else "false"
    name = origin.name if origin else UNKNOWN if said.chain else None
    chain = join_chain(source.name if source else None for source in said.chain)
    kind, naming = (origin.kind, origin.naming) if origin else (None, None)
    return (name, kind, naming, chain, _as_in_text(said), item.voice, item.act, certain)


def _as_in_text(said: Said) -> Value:
    """Return the words of the text for hops of which nobody has said who they are."""
    return _list(
        (str(number), words.exact, str(words.start), str(words.end))
        for number, (hop, source) in enumerate(said.hops, 1)
        if source is None and (words := hop.mention) is not None
    )


def _order(relation: Relation) -> tuple[str, str, str]:
    """Return where a relation stands: not by when it was made, for an import makes it anew."""
    return relation.type, relation.to_uid, relation.note or ""


def _because(highlight: Highlight | None) -> Value:
    """Return because of which evidence the tags of a highlight were given."""
    judgements = highlight.judgements if highlight else ()
    return _list((*_tag(item), uid) for item in judgements for uid in sorted(item.because))


def _question(rating: Rating) -> tuple[str, str, str]:
    """Return what a rating answers, and who did."""
    return rating.annotator_uid, rating.judgement.codebook, rating.judgement.facet


def _tags(ratings: Sequence[Rating], owner: str) -> Value:
    if not ratings:
        return None
    judgements = [item.judgement for item in ratings if item.annotator_uid == owner]
    return _list(map(_tag, judgements))


def _tag(judgement: Judgement) -> tuple[str, str]:
    """Return the two parts that say which tag was given."""
    place = f"{judgement.codebook}@{judgement.codebook_version}.{judgement.facet}"
    return place, judgement.code


def _list(items: Iterable[tuple[Value, ...]]) -> Value:
    """Return a list as one field; what is empty at the end of an item is left out."""
    return join(_trimmed(item) for item in items) or None


def _trimmed(parts: tuple[Value, ...]) -> tuple[str, ...]:
    texts = [part or "" for part in parts]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
