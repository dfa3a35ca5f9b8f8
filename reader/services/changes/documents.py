"""What changed between two versions, as data for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reader.domain.beside import Beside
from reader.domain.comparing.comparison import Comparison
from reader.domain.highlight import Fate
from reader.services.changes.comparing import Changes, Mark
from reader.services.codebooks.tags import Tags
from reader.services.showing import highlight_fields
from reader.storage.articles import VersionRow
from reader.storage.library import Library


def as_document(library: Library, found: Changes) -> dict[str, Any]:
    """Return what changed, for JSON."""
    tags = Tags(library)
    beside = library.beside.of([mark.highlight.uid for mark in found.marks])
    compared = found.comparison
    return {
        "article": {"uid": found.article.uid, "title": found.article.metadata.title},
        "changed": found.changed,
        "before": _version_fields(found, found.before) if found.before else None,
        "after": _version_fields(found, found.after),
        "words": {
            "removed": compared.removed if compared else 0,
            "added": compared.added if compared else 0,
        },
        "highlights": [_mark_fields(mark, tags, beside) for mark in found.marks],
        "paragraphs": list(_paragraphs(compared)) if compared else [],
    }


def _version_fields(found: Changes, row: VersionRow) -> dict[str, Any]:
    return {
        "number": found.number(row),
        "uid": row.uid,
        "sha256": row.sha256,
        "captured_at": row.captured_at,
        "origin": row.origin,
        "characters": row.characters,
        "current": row.current,
    }


def _mark_fields(mark: Mark, tags: Tags, beside: Beside) -> dict[str, Any]:
    was, orphaned = mark.was, mark.fate is Fate.ORPHANED
    fields = highlight_fields(mark.item, tags, beside)
    for name in ("start", "end", "text"):
        del fields[name]
    return {
        **fields,
        "fate": mark.fate.value,
        "reworded": mark.reworded,
        "beside_a_change": mark.is_beside_a_change,
        "unconfirmed": mark.is_unconfirmed,
        "before": _place_fields(was.version_uid, was.start, was.end, was.exact) if was else None,
        "after": None
        if orphaned
        else _place_fields(
            mark.highlight.version_uid, mark.highlight.start, mark.highlight.end, mark.words
        ),
    }


def _place_fields(version: str, start: int, end: int, text: str) -> dict[str, Any]:
    return {"version": version, "start": start, "end": end, "text": text}


def _paragraphs(compared: Comparison) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs in which something changed."""
    for paragraph in compared.paragraphs:
        if paragraph.changed:
            pieces = compared.pieces(paragraph)
            yield {
                "kind": "changed" if paragraph.sign.value == "same" else paragraph.sign.value,
                "pieces": [{"kind": piece.sign.value, "text": piece.text} for piece in pieces],
            }
