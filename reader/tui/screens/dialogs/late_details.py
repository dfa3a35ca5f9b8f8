"""Details of an article that came too late: another window had changed them before. Import late.

The library has refused them. What was typed is kept as a draft, and the details offer it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import ChangedMeanwhile, ReaderError
from reader.domain.operation import Group
from reader.services.library.changes import DETAILS, DETAILS_GIVEN
from reader.tui.commands import key_for
from reader.tui.saving import late_texts

if TYPE_CHECKING:
    from reader.services.annotating.annotations import Annotations
    from reader.storage.drafts import Where
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
    late_texts.keep(database, _where(known), DETAILS_GIVEN, typed)
    return ChangedMeanwhile(
        "Another window has changed the article's details meanwhile: yours were not saved.",
        f"What was typed is kept: {key_for('article.details')} offers it again.",
    )


class LateDetails:
    """Details that came too late, offered until they are saved or given up.

    Args:
        database: The library.
        known: Whose article it is.
        typed: What was typed, by the names of the details.
    """

    def __init__(self, database: Database, known: Annotations, typed: dict[str, str]) -> None:
        self._database, self._where = database, _where(known)
        self.typed = typed

    def forget(self) -> None:
        """Forget them, once: they are given up, or are about to be saved."""
        if self.typed:
            self.typed = {}
            late_texts.forget(self._database, self._where, DETAILS_GIVEN)


async def take(database: Database, known: Annotations) -> LateDetails:
    """Return the details that came too late; they may be none.

    Raises:
        StorageError: The library cannot be read.
    """
    found = await late_texts.take(database, _where(known), DETAILS_GIVEN)
    typed = {name: found[name] for name in DETAILS if name in found}
    return LateDetails(database, known, typed)


def _where(known: Annotations) -> Where:
    return known.annotator_uid, known.version_uid, 0, 0
