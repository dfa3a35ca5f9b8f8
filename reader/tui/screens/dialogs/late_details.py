"""Details of an article that came too late: another window had changed them before. Import late.

The library has refused them. What was typed is kept as a draft, and the details offer it again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.domain.errors import ChangedMeanwhile, ReaderError
from reader.domain.operation import Group, now
from reader.services.library.changes import DETAILS, DETAILS_GIVEN
from reader.tui.commands import key_for

if TYPE_CHECKING:
    from reader.services.annotating.annotations import Annotations
    from reader.storage.drafts import Where
    from reader.storage.library import Library
    from reader.tui.saving.database import Database


def refused(
    database: Database, known: Annotations, group: Group, error: ReaderError
) -> ReaderError:
    """Keep the details in a group that was refused because another window was there first.

    Args:
        database: The library.
        known: Whose article it is.
        group: What was refused.
        error: Why.

    Returns:
        What is to be told: why, and how to get at what was typed.
    """
    if group.kind != DETAILS_GIVEN or not isinstance(error, ChangedMeanwhile):
        return error
    typed = {name: value or "" for change in group.changes for name, value in change.patch.items()}
    where, text = _where(known), json.dumps(typed, ensure_ascii=False)
    database.tell(
        lambda library: library.drafts.keep(*where, text, now(), kind=DETAILS_GIVEN),
        lambda _, error: None,
    )
    return ChangedMeanwhile(
        "Another window has changed the article's details meanwhile: yours were not saved.",
        f"What was typed is kept: {key_for('article.details')} offers it again.",
    )


async def take(database: Database, known: Annotations) -> dict[str, str]:
    """Return the details that came too late, by name, to be offered once; else nothing.

    Raises:
        StorageError: The library cannot be read.
    """
    where = _where(known)

    def taken(library: Library) -> str:
        begun = library.drafts.take(*where, kind=DETAILS_GIVEN)
        if begun is not None and not database.read_only:
            library.drafts.drop(*where, kind=DETAILS_GIVEN)
        return begun.text if begun is not None else "{}"

    found = json.loads(await database.run(taken))
    return {name: found[name] for name in DETAILS if name in found}


def _where(known: Annotations) -> Where:
    return known.annotator_uid, known.version_uid, 0, 0
