"""A reason for a tag that came too late: another window had changed the judgement. Import late.

The library has refused it. What was typed is kept on its words, and the reason is asked with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import ChangedMeanwhile, ReaderError
from reader.domain.operation import Change, Group
from reader.domain.untrusted import safe
from reader.tui.commands import key_for
from reader.tui.saving import late_texts
from reader.tui.screens.dialogs.details_met import VERDICT

if TYPE_CHECKING:
    from reader.domain.text import Span
    from reader.services.annotating.annotations import Annotations
    from reader.storage.drafts import Where
    from reader.tui.saving.database import Database

_KIND = "reason"


def refused(
    database: Database, known: Annotations, group: Group, error: ReaderError
) -> ReaderError:
    """Keep the reason in a group that was refused because another window was there first.

    Args:
        database: The library.
        known: The article's highlights.
        group: What was refused; of several tags the reason is kept on the first one's words, and
            that of a verdict, which has none, is told.
        error: Why.

    Returns:
        What is to be told: why, and how to get at what was typed.
    """
    if group.kind not in ("judge", "verdict") or not isinstance(error, ChangedMeanwhile):
        return error
    given = next(((item.uid, said) for item in group.changes if (said := _reason(item))), None)
    if given is not None and group.kind == "verdict":
        return ChangedMeanwhile(
            f"{VERDICT} What you had typed is “{safe(given[1])}”.",
            "See what it is, and say it again.",
        )
    span = _place(known, given[0]) if given else None
    if given is None or span is None:
        return error
    late_texts.keep(database, _where(known, span), _KIND, {_KIND: given[1]})
    return ChangedMeanwhile(
        "Another window has changed this meanwhile: your reason was not saved.",
        f"What was typed is kept: {key_for('reason')} offers it again.",
    )


def _reason(change: Change) -> str:
    """Return the reason that a change gives; empty if it gives none."""
    new, old = (fields.get("value") or {} for fields in (change.patch, change.before or {}))
    said: str = new.get("reason") or ""
    return "" if said == old.get("reason") else said


def _place(known: Annotations, judgement: str) -> Span | None:
    found = (item for item in known.index if any(it.uid == judgement for it in item.judgements))
    return next((item.span for item in found), None)


async def take(database: Database, known: Annotations, span: Span) -> str | None:
    """Return the reason that came too late for a tag on some words; None if there is none.

    Raises:
        StorageError: The library cannot be read.
    """
    return (await late_texts.take(database, _where(known, span), _KIND)).get(_KIND)


def forget(database: Database, known: Annotations, span: Span) -> None:
    """Forget it; see :func:`reader.tui.saving.late_texts.forget`."""
    late_texts.forget(database, _where(known, span), _KIND)


def _where(known: Annotations, span: Span) -> Where:
    return known.annotator_uid, known.version_uid, span.start, span.end
