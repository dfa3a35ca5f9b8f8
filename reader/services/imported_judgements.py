"""Understands the tags of an imported row, with the codebooks that are known here."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.codebook import Facet
from reader.domain.highlight import Highlight, Judgement, judgement_uid
from reader.formats.csv_import import Imported
from reader.formats.csv_lists import split
from reader.services.tags import Tags


class Rejection(Exception):  # noqa: N818 - it ends a row, not the import
    """A row cannot be used; the message says why."""


class JudgementReader:
    """Makes judgements of what rows say.

    Args:
        tags: Finds the codebooks that are built in or used in the library.
    """

    def __init__(self, tags: Tags) -> None:
        self._tags = tags

    def judgements(self, row: Imported) -> tuple[Judgement, ...]:
        """Return the judgements of a row; :meth:`named` gives them their uids.

        Raises:
            Rejection: A tag is not known, or two do not go together.
        """
        found = [self._judged(*item) for item in row.other_tags]
        if row.tags:
            facet = self._facet(row.codebook, row.codebook_version, row.facet)
            for number, code in enumerate(_codes(row, facet)):
                item = self._judged(row.codebook, row.codebook_version, row.facet, code)
                found.append(item if number else _said_of(item, row))
        keys = [self._key(item) for item in found]
        if len(set(keys)) < len(keys):
            raise Rejection("it has two tags of a facet that takes one, or one tag twice")
        return tuple(found)

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

    def named(self, highlight: Highlight) -> Highlight:
        """Return the highlight with its judgements named after it, in the library's order."""
        named = []
        for item in highlight.judgements:
            code = self._key(item)[2] or None
            uid = judgement_uid(highlight.uid, item.codebook, item.facet, code)
            named.append(replace(item, uid=uid))
        named.sort(key=lambda item: (item.codebook, item.facet, item.code))
        return replace(highlight, judgements=tuple(named))


def _codes(row: Imported, facet: Facet) -> list[str]:
    """Return the codes in the tag column: a list where the facet takes many."""
    if facet.select == "one":
        return [row.tags]
    try:
        return [":".join(item) for item in split(row.tags)]
    except ValueError as error:
        raise Rejection(f"tag: {error}") from error


def _said_of(judgement: Judgement, row: Imported) -> Judgement:
    """Return the judgement with what the row says of it; of several, of the first."""
    return replace(
        judgement, confidence=row.confidence, likelihood=row.likelihood, reason=row.reason
    )
