"""All that is suggested and remarked in an article, as data: what the screen shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reader.domain.article import Version
from reader.domain.blocks import BlockTable
from reader.domain.document import Document
from reader.domain.speech.pictures import picture
from reader.domain.text import Span
from reader.services.attributing.given import given_in
from reader.services.reading.walking import blocks_of, statements_of
from reader.services.suggesting import pictures
from reader.services.suggesting.by_hand import NEAR, ByHand
from reader.services.suggesting.proposals import NAME, Proposal, Proposals
from reader.services.suggesting.remarking import remarks_of
from reader.services.suggesting.wording import who
from reader.storage.library import Library
from reader.storage.suggestions import Decided

Fields = dict[str, Any]


def suggested(library: Library, version: Version, annotator_uid: str | None) -> Iterator[Fields]:
    """Yield what is proposed in a version, in order, and what an annotator did with it.

    Args:
        library: The library.
        version: The version.
        annotator_uid: Who decided; None is nobody.
    """
    text = version.text
    proposals = Proposals(Document(text, BlockTable(blocks_of(version))))
    by_hand = ByHand()
    decided: list[Decided] = []
    if annotator_uid is not None:
        decided = library.suggestions.decided(version.uid, annotator_uid)
        proposals.decided(decided)
        by_hand = ByHand(given_in(library, version.uid, annotator_uid, (0, len(text))))
    for item in proposals.every():
        near = proposals.all_at(Span(max(0, item.span.start - NEAR), item.span.end))
        attributed = "attributed" if by_hand.answers(item, near) else "open"
        yield {
            "kind": "attribution",
            "detector": NAME,
            "state": proposals.decision(item) or attributed,
            **_fields(by_hand.beside(item, near)),
        }
    yield from _pictures(version, pictures.decisions(decided))


def _pictures(version: Version, decided: Mapping[str, str]) -> Iterator[Fields]:
    for block in blocks_of(version):
        found = picture(version.text, block)
        if found is not None:
            place = _place(version.text, found.span)
            yield {
                "kind": "picture",
                "detector": pictures.NAME,
                "state": decided.get(place["text"], "open"),
                **place,
                "role": found.role.value,
                "credit": _place(version.text, found.credit) if found.credit else None,
                "reason": found.reason,
            }


def _fields(item: Proposal) -> Fields:
    found = item.found
    return {
        **_place(item.text, item.span),
        "more": [_place(item.text, span) for span in found.extra_spans],
        "cue": _place(item.text, found.cue) if found.cue else None,
        "speaker": _place(item.text, found.speaker) if found.speaker else None,
        "role": _place(item.text, found.role) if found.role else None,
        "who": who(item),
        "meant": _place(item.text, found.meant) if found.meant and not item.given else None,
        "given": item.given.name if item.given else None,
        "naming": found.naming,
        "candidates": [
            {**_place(item.text, other.span), "why": other.why} for other in found.candidates
        ],
        "voice": found.voice,
        "act": found.act,
        "scope_certain": found.scope_certain,
        "reason": found.reason,
    }


def remarked(version: Version) -> Iterator[Fields]:
    """Yield what the statements of a version hold: dates, numbers, hedges; in order."""
    for statement in statements_of(version):
        for item in remarks_of(version.text, statement.span):
            yield {
                "statement": statement.number,
                "kind": item.kind,
                **_place(version.text, item.span),
                "reason": item.reason,
            }


def _place(text: str, span: Span) -> Fields:
    return {"start": span.start, "end": span.end, "text": text[slice(*span)]}
