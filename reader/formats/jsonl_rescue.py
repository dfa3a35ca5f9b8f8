"""What could not be saved, as JSON lines: a header, actions, and what was being typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reader.domain.operation import Change, Group
from reader.domain.records import dataclass
from reader.formats.jsonl_check import group_from
from reader.formats.jsonl_fields import Refused, Test, check, is_text, is_time, is_uuid, is_whole

FORMAT = "reader-rescue"
"""What the header says the file is."""
VERSION = 1
"""Version of the format."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note, or a form, as it was typed so far.

    Attributes:
        annotator: Uid of who types.
        version: Uid of the capture it is on.
        start: First code point of the stretch.
        end: One past its last code point.
        text: The note, or a text of the form's own making.
        at: When, UTC, ISO 8601.
        kind: What is typed; a record without it is a note.
    """

    annotator: str
    version: str
    start: int
    end: int
    text: str
    at: str
    kind: str = "note"


_DRAFT: Mapping[str, Test] = {
    "annotator": is_uuid,
    "version": is_uuid,
    "start": is_whole,
    "end": is_whole,
    "text": is_text,
    "at": is_time,
    "kind": is_text,
}


def records(
    groups: Sequence[Group], drafts: Sequence[Draft], database: str, at: str
) -> Iterator[dict[str, Any]]:
    """Yield the objects of a rescue file.

    Args:
        groups: Actions, oldest first.
        drafts: What was being typed.
        database: The library's file, for people.
        at: When, UTC, ISO 8601.
    """
    head = {"record": "header", "format": FORMAT, "version": VERSION, "database": database}
    yield {**head, "at": at, "actions": len(groups), "drafts": len(drafts)}
    for group in groups:
        yield {
            "record": "action",
            "group": group.uid,
            "kind": group.kind,
            "actor": group.actor,
            "article": group.article_uid,
            "summary": group.summary,
            "undoes": group.undoes,
            "codebook": group.codebook.source if group.codebook else None,
            "changes": [_change_fields(change) for change in group.changes],
        }
    for draft in drafts:
        yield {"record": "draft", **{name: getattr(draft, name) for name in _DRAFT}}


def _change_fields(change: Change) -> dict[str, Any]:
    return {
        "entity": change.entity,
        "entity_uid": change.uid,
        "patch": change.patch,
        "before": change.before,
    }


def entry_from(fields: dict[str, Any]) -> Group | Draft:
    """Return the action or draft of a record.

    Raises:
        Refused: It is neither.
    """
    if fields.get("record") != "draft":
        return group_from(fields)
    fields.setdefault("kind", "note")  # the only kind at first
    check(fields, _DRAFT, "draft", exact=True)
    if fields["start"] > fields["end"]:
        raise Refused("the draft is on no words")
    return Draft(**{name: fields[name] for name in _DRAFT})
