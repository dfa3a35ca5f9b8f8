"""What stands beside a highlight, as JSON."""

from __future__ import annotations

from typing import Any

from reader.domain.attributed import hops_to_fields
from reader.domain.highlight import Judgement
from reader.domain.source import Source
from reader.services.codebooks.tags import Tags
from reader.services.relating.relations import Related
from reader.services.telling.told import Given, Told
from reader.storage.relating.evidence import Linked


def fields(told: Told, tags: Tags) -> dict[str, Any]:
    """Return attribution, relations and evidence of a highlight; what is not there is empty."""
    return {
        "attribution": _said(told, tags),
        "relations": [_related(item) for item in told.related],
        "evidence": [_evidence(item) for item in told.evidence],
    }


def _said(told: Told, tags: Tags) -> dict[str, Any] | None:
    said = told.said
    if said is None:
        return None
    item = said.attribution
    stored = hops_to_fields(item.hops)
    return {
        "voice": item.voice,
        "act": item.act,
        "scope_certain": item.scope_certain,
        "origin": item.origin,
        "hops": [
            {**hop, "source": _source(source, told)}
            for hop, source in zip(stored, said.chain, strict=True)
        ],
        "judgements": [_given(given, tags) for given in told.of_said],
        "source_judgements": [_given(given, tags) for given in told.of_source],
    }


def _source(source: Source | None, told: Told) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "uid": source.uid,
        "name": source.name,
        "kind": source.kind,
        "naming": source.naming,
        "role": told.roles.get(source.uid),
    }


def _given(given: Given, tags: Tags) -> dict[str, Any]:
    return {"annotator": given.annotator, **judgement_fields(given.judgement, tags)}


def judgement_fields(judgement: Judgement, tags: Tags) -> dict[str, Any]:
    """Return a judgement as JSON has it."""
    tag = tags.of(judgement)
    return {
        "codebook": judgement.codebook,
        "codebook_version": judgement.codebook_version,
        "facet": judgement.facet,
        "code": judgement.code,
        "label": tag.label if tag else None,
        "rank": tag.rank if tag else None,
        "confidence": judgement.confidence,
        "likelihood_pct": judgement.likelihood,
        "reason": judgement.reason,
        "because": list(judgement.because),
    }


def _related(item: Related) -> dict[str, Any]:
    return {
        "uid": item.relation.uid,
        "type": item.relation.type,
        "outgoing": item.outgoing,
        "words": item.words,
        "note": item.relation.note,
        "annotator": item.annotator,
        "other": {
            "uid": item.other.highlight_uid,
            "text": item.other.exact,
            "article": item.other.article_uid,
            "article_title": item.other.article,
        },
    }


def _evidence(linked: Linked) -> dict[str, Any]:
    item = linked.evidence
    return {
        "uid": item.uid,
        "stance": linked.link.stance,
        "kind": item.kind or None,
        "citation": item.citation or None,
        "url": item.url,
        "archive_url": item.archive_url,
        "accessed_at": item.accessed_at,
        "excerpt": item.excerpt,
    }
