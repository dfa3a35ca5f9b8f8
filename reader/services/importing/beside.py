"""Takes in what rows tell beside highlights and their tags: who said it, relations, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reader.domain.attributed import Attribution, Hop, attribution_uid
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.operation import IMPORTED, Change, Group, new_uid
from reader.domain.rating import rating_uid
from reader.formats.csv_said import RowEvidence, RowRelation, SaidRow
from reader.formats.csv_said import Tag as RowTag
from reader.services.annotating.edits import judged, judgement_changes
from reader.services.attributing.chains import chains
from reader.services.attributing.edits import attribution_changes
from reader.services.attributing.rating import given
from reader.services.codebooks.tags import Tags
from reader.services.importing.meaning import Rejection
from reader.services.importing.report import ImportReport
from reader.services.importing.sources import NamedSources
from reader.services.importing.told_rows import (
    Loose,
    Row,
    checked_evidence,
    content_of,
    folded_name,
    tag_of,
)
from reader.services.relating import evidence as proofs
from reader.services.relating import relations
from reader.storage.attributing.ratings import Rated
from reader.storage.library import Library


class Beside:
    """Collects what rows tell, and writes it page by page once their highlights are written.

    Args:
        library: The library.
        actor: Uid of who imports.
        tags: Finds codebooks.
        report: Told what was made, and what could not be.
        annotator: Gives the uid of an annotator by the handle, who is entered if need be.
        group: Gives the group, without changes, of what the import does in an article.
        as_mine: Whether relations and evidence become the importer's, as new ones.
    """

    def __init__(
        self,
        library: Library,
        actor: str,
        tags: Tags,
        report: ImportReport,
        annotator: Callable[[str], str],
        group: Callable[[str], Group],
        *,
        as_mine: bool = False,
    ) -> None:
        self._library, self._actor, self._tags = library, actor, tags
        self._report, self._annotator, self._group = report, annotator, group
        self._as_mine = as_mine
        self._own = new_uid()
        self._sources = NamedSources(library)
        self._new: list[Row] = []
        self._there: list[Row] = []
        self._loose: list[Loose] = []
        self._other_ids: dict[str, str] = {}
        self._evidence: dict[tuple[object, ...], str] | None = None
        self._evidence_ids: dict[str, str] = {}
        self._rated: set[tuple[str, str, str, str]] = set()

    # ------------------------------------------------------------------ what rows tell

    def check(self, said: SaidRow) -> None:
        """See that what a row tells can be taken in.

        Raises:
            Rejection: It cannot; the message says why.
        """
        for tag in said.source_tags:
            self._tag("source", tag)
        for tag in said.attribution_tags:
            self._tag("attribution", tag)
        for judged_relation in said.relation_tags:
            self._tag("relation", judged_relation.tag)
        for item in said.evidence:
            checked_evidence(item)

    def new(self, line: int, article: str, highlight: str, owner: str, said: SaidRow) -> None:
        """Take what is told of a highlight that is new."""
        self._new.append(Row(line, article, highlight, owner, said))

    def there(self, line: int, article: str, highlight: str, owner: str, said: SaidRow) -> None:
        """Take what is told of a highlight that was there: relations and evidence, no more."""
        self._there.append(Row(line, article, highlight, owner, said))

    def called(self, row_id: str, uid: str) -> None:
        """Note that a highlight of the file has another id in the library."""
        self._other_ids[row_id] = uid

    def differs(self, highlight: str, said: SaidRow | None) -> bool:
        """Whether it is told of a highlight that is there that somebody else said it, or so."""
        if said is None or not said.is_attributed:
            return False
        there = chains(self._library, [highlight]).get(highlight)
        if there is None:
            return True
        item = there.attribution
        names = [source.name if source else None for source in there.chain]
        return (item.voice, item.act, item.scope_certain, list(map(folded_name, names))) != (
            *(said.voice, said.act, said.scope_certain),
            list(map(folded_name, said.chain)),
        )

    # ------------------------------------------------------------------ writing

    def write(self) -> None:
        """Write what was taken; the highlights of the rows must be written already."""
        new, there = self._new, self._there
        self._new, self._there = [], []
        attributed = [self._attributed(row) for row in new]
        self._write_own(self._sources.changes)
        self._sources.changes = []
        self._write_own([change for row in new for change in self._on_source(row)])
        links = [(row, self._linked(row)) for row in (*new, *there) if row.said.evidence]
        for row, said in zip(new, attributed, strict=True):
            self._write(row.article, [*said, *self._on_said(row)])
        for row, linked in links:
            self._write(row.article, linked)
        for row in new:
            if row.said.because:
                self._write(row.article, self._because(row))
        for row in (*new, *there):
            self._loose += (self._relation(row, item) for item in row.said.relations)
        if not self._as_mine:  # else the other end may still become a new highlight
            self._relate()

    def end(self) -> None:
        """Tell which relations lead to highlights that are neither in the file nor the library."""
        self._relate()
        for item in self._loose:
            self._report.loose += 1
            said = f"its relation to {item.relation.to_id} leads to a highlight that is not there"
            self._report.trouble(item.line, "relation", said)
        self._loose = []

    def _write_own(self, changes: Sequence[Change]) -> None:
        """Write what belongs to no article: one action of the library's own."""
        if changes:
            own = Group(
                "import", self._actor, None, tuple(changes), summary=IMPORTED, uid=self._own
            )
            self._library.log.write([own])

    def _write(self, article: str, changes: Sequence[Change]) -> None:
        if changes:
            self._library.log.write([replace(self._group(article), changes=tuple(changes))])

    def _whose(self, handle: str, row: Row) -> str:
        return self._annotator(handle) if handle and not self._as_mine else row.owner

    # ------------------------------------------------------------------ who said it

    def _attributed(self, row: Row) -> tuple[Change, ...]:
        said = row.said
        if not said.is_attributed:
            return ()
        hops, words = [], dict(said.as_in_text)
        for at, name in enumerate(said.chain):
            told = (said.kind, said.naming) if not at else (None, None)
            hops.append(
                Hop(self._sources.find(name, *told)) if name else Hop(mention=words.get(at))
            )
        uid = attribution_uid(row.highlight)
        origin = said.origin or "import:csv"
        wanted = Attribution(
            uid, row.highlight, said.voice, said.act, said.scope_certain, origin, tuple(hops)
        )
        return attribution_changes(None, wanted)

    def _on_source(self, row: Row) -> Iterator[Change]:
        if row.said.source_tags and row.said.chain[0]:
            name = row.said.chain[0]
            uid = self._sources.find(name, row.said.kind, row.said.naming)
            yield from self._rating("source", uid, row.owner, row.said.source_tags)

    def _on_said(self, row: Row) -> list[Change]:
        tags, uid = row.said.attribution_tags, attribution_uid(row.highlight)
        return list(self._rating("attribution", uid, row.owner, tags)) if tags else []

    def _rating(
        self, what: Rated, uid: str, owner: str, tags: Sequence[RowTag]
    ) -> Iterator[Change]:
        """Yield what judges a source or an attribution, if the annotator has not as yet."""
        place = {f"{what}_uid": uid, "annotator_uid": owner}
        there = given(self._library, "source", uid, owner) if what == "source" else ()
        asked = {(item.codebook, item.facet) for item in there}
        for row_tag in tags:
            codebook, facet, tag = self._tag(what, row_tag)
            key = (uid, owner, codebook.id, facet.id if facet.select == "one" else row_tag[3])
            if (codebook.id, facet.id) in asked or key in self._rated:
                continue
            self._rated.add(key)
            self._library.log.write([self._keeping(codebook)])
            fresh = judged((), rating_uid(uid, owner), codebook, facet, tag)
            yield from judgement_changes((), [fresh], place)

    def _keeping(self, codebook: Codebook | None) -> Group:
        """Return the library's own part of the import, without changes, with a codebook to keep."""
        return Group("import", self._actor, None, (), None, IMPORTED, codebook, self._own)

    def _tag(self, what: Rated, tag: RowTag) -> tuple[Codebook, Facet, Tag]:
        book, version, facet_id, code = tag
        codebook = self._tags.codebook(book, version)
        facet = codebook.facet(facet_id) if codebook else None
        found = facet.tag(code) if facet else None
        if codebook is None or facet is None or found is None or what not in facet.applies_to:
            raise Rejection(f"codebook {book}@{version} has no tag {facet_id}:{code} for a {what}")
        return codebook, facet, found

    # ------------------------------------------------------------------ evidence

    def _linked(self, row: Row) -> list[Change]:
        """Return what has evidence speak of a highlight, unless it does."""
        there = {
            it.evidence.uid
            for it in self._library.evidence.of([row.highlight]).get(row.highlight, ())
        }
        changes: list[Change] = []
        for item in row.said.evidence:
            uid = self._evidence_uid(item, self._whose(item.annotator, row))
            if uid not in there:
                there.add(uid)
                self._report.evidence += 1
                changes += proofs.linking(uid, row.highlight, item.stance)
        return changes

    def _evidence_uid(self, item: RowEvidence, owner: str) -> str:
        """Return the uid of a piece of evidence: of its id, of its content, or of a new one."""
        if item.id and self._library.evidence.get(item.id) is not None:
            self._evidence_ids.setdefault(item.id, item.id)
        if item.id in self._evidence_ids:
            return self._evidence_ids[item.id or ""]
        wanted = replace(checked_evidence(item), annotator_uid=owner)
        if self._evidence is None:
            self._evidence = {content_of(one): one.uid for one, _ in proofs.known(self._library)}
        keeps_id = bool(item.id) and not self._as_mine
        known = None if keeps_id else self._evidence.get(content_of(wanted))
        if known is None:
            taken = keeps_id and self._library.evidence.all_of([item.id or ""], gone_too=True)
            uid = item.id if keeps_id and item.id and not taken else new_uid()
            made, change = proofs.making(replace(wanted, uid=uid))
            self._write_own([change])
            known = self._evidence[content_of(made)] = made.uid
        if item.id:
            self._evidence_ids[item.id] = known
        return known

    def _because(self, row: Row) -> list[Change]:
        """Return what has judgements of a new highlight rest on evidence."""
        found = self._library.highlights.all_of([row.highlight])
        before = found[row.highlight].judgements if row.highlight in found else ()
        after = before
        for tag, evidence in row.said.because:
            uid = self._evidence_ids.get(evidence, evidence)
            after = tuple(
                proofs.because(item, [uid]) if tag_of(item) == tag else item for item in after
            )
        return list(judgement_changes(before, after, {"highlight_uid": row.highlight}))

    # ------------------------------------------------------------------ relations

    def _relation(self, row: Row, item: RowRelation) -> Loose:
        judged = [
            (self._whose(one.by, row), one.tag)
            for one in row.said.relation_tags
            if (one.type, one.to_id, one.annotator) == (item.type, item.to_id, item.annotator)
        ]
        whose = self._whose(item.annotator, row)
        return Loose(row.line, row.article, row.highlight, whose, item, tuple(judged))

    def _relate(self) -> None:
        """Make the relations of which both ends are there; the others wait."""
        ends = {item: self._other_ids.get(item.relation.to_id, item.relation.to_id)
                for item in self._loose}  # fmt: skip
        live = self._library.highlights.made(list(ends.values())) if ends else {}
        self._loose = [item for item in ends if not live.get(ends[item])]
        for item, to_uid in ends.items():
            if live.get(to_uid) and to_uid != item.from_uid:
                self._relate_one(item, to_uid)

    def _relate_one(self, item: Loose, to_uid: str) -> None:
        kind, whose = item.relation.type, item.annotator
        there = self._library.relations.between(item.from_uid, to_uid, whose)
        if any(one.type == kind for one in there):
            return
        self._report.relations += 1
        made = relations.new_relation(item.from_uid, to_uid, whose, kind, item.relation.note)
        judged = [
            change
            for whose, tag in item.judged
            for change in self._rating("relation", made.uid, whose, [tag])
        ]
        self._write(item.article, [relations.making(made), *judged])
        places = self._library.relations.places([to_uid])
        for highlight in self._library.highlights.all_of([to_uid]).values():
            if highlight.implicit:  # else it would go with its last tag, and the relation with it
                stays = Change("highlight", to_uid, {"implicit": False}, {"implicit": True})
                self._write(places[to_uid].article_uid, [stays])
