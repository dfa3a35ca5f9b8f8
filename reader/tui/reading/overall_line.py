"""What is said of an article as a whole, in one line of the panel's head. Import late."""

from __future__ import annotations

from reader.services.reading.session import Session
from reader.tui.widgets.panel_rows import INCOMPLETE_SIGN, NOTE_SIGN


def overall_items(session: Session) -> list[tuple[str, str]]:
    """Return what is said of the article as a whole, in one line: texts with their colours."""
    overall = session.overall
    if overall is None:
        return []
    items: list[tuple[str, str]] = []
    for judgement in overall.verdicts:
        tag = session.tag_of(judgement)
        items.append((f"{tag.symbol} ", tag.color) if tag else ("· ", ""))
        likely = "" if judgement.likelihood is None else f" {judgement.likelihood} %"
        items.append((f"{tag.label if tag else judgement.code}{likely}  ", ""))
    if session.verdict_wants():
        items.append((f"{INCOMPLETE_SIGN} ", ""))
    if overall.labels:
        items.append((f"[{', '.join(overall.labels)}]  ", ""))
    if overall.note:
        items.append((f"{NOTE_SIGN} {overall.note.splitlines()[0]}", ""))
    return items
