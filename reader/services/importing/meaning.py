"""Understands the tags of imported rows, with the codebooks that are known here."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.codebook import Facet
from reader.domain.errors import UsageError
from reader.domain.highlight import Judgement, judgement_name, named_judgement_uid
from reader.domain.records import dataclass
from reader.formats.csv_import import KINDS
from reader.formats.csv_lists import split
from reader.formats.csv_row import RowKind
from reader.services.codebooks.tags import Tags
from reader.services.places import check_handle


class Rejection(Exception):  # noqa: N818 - it ends a row, not the import
    """A row cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the rows of one kind say.

    Attributes:
        handle: Whose they are; empty is the one who imports.
        judgements: In the library's order, without uids and reasons.
        named: Each with what its uid is derived from besides the highlight's.
        said_of: Which of them a row's reason is for; -1 if there is none.
    """

    handle: str
    judgements: tuple[Judgement, ...]
    named: tuple[tuple[str, Judgement], ...]
    said_of: int

    def judged(self, highlight_uid: str, reason: str | None) -> list[tuple[str, Judgement]]:
        """Return the judgements of a row with their uids."""
        found = [(named_judgement_uid(highlight_uid, name), item) for name, item in self.named]
        if reason and self.said_of >= 0:
            uid, item = found[self.said_of]
            found[self.said_of] = uid, replace(item, reason=reason)
        return found


class Meanings:
    """Understands each kind of rows once.

    Args:
        tags: Finds the codebooks that are built in or used in the library.
        as_mine: Whether all are of who imports, whosever they are in the file.
    """

    def __init__(self, tags: Tags, *, as_mine: bool = False) -> None:
        self._tags, self._as_mine = tags, as_mine
        self._known: dict[int, Meaning | Rejection] = {}

    def of(self, kind: RowKind) -> Meaning | Rejection:
        """Return what the rows of a kind say, or why they are refused."""
        return self._known.get(kind.number) or self._learn(kind)

    def _learn(self, kind: RowKind) -> Meaning | Rejection:
        if len(self._known) >= KINDS:
            self._known.clear()
        try:
            found: Meaning | Rejection = self._understood(kind)
        except Rejection as rejection:
            found = rejection
        self._known[kind.number] = found
        return found

    def _understood(self, kind: RowKind) -> Meaning:
        found = [self._judged(*item) for item in kind.other_tags]
        first = None
        if kind.tags:
            facet = self._facet(kind.codebook, kind.codebook_version, kind.facet)
            where = (kind.codebook, kind.codebook_version, kind.facet)
            first, *more = [self._judged(*where, code) for code in _codes(kind, facet)]
            first = replace(first, confidence=kind.confidence, likelihood=kind.likelihood)
            found += [first, *more]
        keys = [self._key(item) for item in found]
        if len(set(keys)) < len(keys):
            raise Rejection("it has two tags of a facet that takes one, or one tag twice")
        found.sort(key=lambda item: (item.codebook, item.facet, item.code))
        said_of = next((at for at, item in enumerate(found) if item is first), -1)
        named = tuple(
            (judgement_name(item.codebook, item.facet, self._key(item)[2] or None), item)
            for item in found
        )
        handle = "" if self._as_mine else _handle(kind)
        return Meaning(handle, tuple(found), named, said_of)

    def _judged(self, codebook: str, version: int, facet_id: str, code: str) -> Judgement:
        facet = self._facet(codebook, version, facet_id)
        if facet.tag(code) is None:
            raise Rejection(f"codebook {codebook}@{version} has no tag {facet_id}:{code}")
        return Judgement("", codebook, version, facet_id, code)

    def _facet(self, codebook: str, version: int, facet_id: str) -> Facet:
        found = self._tags.codebook(codebook, version)
        if found is None:
            raise Rejection(
                f"codebook {codebook}@{version} is not known here; its file goes into the folder "
                "of codebooks, or `reader export jsonl` carries it along"
            )
        facet = found.facet(facet_id)
        if facet is None or "statement" not in facet.applies_to:
            raise Rejection(f"codebook {codebook}@{version} has no facet {facet_id} for statements")
        return facet

    def _key(self, item: Judgement) -> tuple[str, str, str]:
        facet = self._facet(item.codebook, item.codebook_version, item.facet)
        return item.codebook, item.facet, item.code if facet.select == "many" else ""


def _codes(kind: RowKind, facet: Facet) -> list[str]:
    """Return the codes in the tag column: a list where the facet takes many."""
    if facet.select == "one":
        return [kind.tags]
    try:
        return [":".join(item) for item in split(kind.tags)]
    except ValueError as error:
        raise Rejection(f"tag: {error}") from error


def _handle(kind: RowKind) -> str:
    """Return the handle of whose the highlights are; empty is the one who imports."""
    try:
        return check_handle(kind.annotator) if kind.annotator else ""
    except UsageError as error:
        raise Rejection(f"the annotator is refused: {error.message}") from error
