"""Paragraphs that look like captions or credits, and what is decided on them: a role, no tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.domain.document import Document
from reader.domain.operation import Change, Group
from reader.domain.speech.pictures import Picture, picture
from reader.domain.uids import derived_uid
from reader.services.suggesting.deciding import Where
from reader.storage.suggestions import Decided

DETECTOR = "picture"
"""The name of the detector, as decisions are kept under it."""
VERSION = 1
"""Raised whenever other paragraphs would be proposed."""
NAME = f"{DETECTOR}@{VERSION}"
"""Detector and version."""


def decisions(decided: Iterable[Decided]) -> dict[str, str]:
    """Return what was decided on paragraphs, by their words: in any version of the text."""
    return {
        str(item.payload.get("exact")): item.decision for item in decided if "role" in item.payload
    }


def between(document: Document, span: tuple[int, int], decided: Mapping[str, str]) -> list[Picture]:
    """Return the paragraphs in a stretch that look like captions or credits, and are still open."""
    found = (picture(document.text, block) for block in document.blocks_in(*span))
    return [item for item in found if item and document.text[slice(*item.span)] not in decided]


def decision(where: Where, text: str, found: Picture, decided: str) -> Change:
    """Return the change that keeps what was decided: ``accepted`` or ``dismissed``."""
    start, end = found.span
    key = f"suggestion\n{where.version_uid}\n{where.annotator_uid}\n{DETECTOR}\n{start}\n{end}"
    payload = {"exact": text[start:end], "role": found.role.value, "reason": found.reason}
    fields = {
        "version_uid": where.version_uid,
        "annotator_uid": where.annotator_uid,
        "detector": DETECTOR,
        "detector_version": str(VERSION),
        "kind": "role",
        "start": start,
        "end": end,
        "payload": payload,
        "decision": decided,
    }
    return Change("suggestion", derived_uid(key), fields)


def dismissed(where: Where, text: str, found: Picture) -> Group:
    """Return the action that dismisses it; it is not saved here."""
    change = decision(where, text, found, "dismissed")
    summary = f"dismissed the suggestion “{found.role.value}”"
    return Group("suggest", where.annotator_uid, where.article_uid, (change,), summary=summary)
