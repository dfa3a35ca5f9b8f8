"""What was typed and came too late: another window was first, so the library has refused it.

It is kept as a draft, and whatever it was typed in offers it again. Import late.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.domain.operation import now

if TYPE_CHECKING:
    from reader.storage.drafts import Where
    from reader.storage.library import Library
    from reader.tui.saving.database import Database


def keep(database: Database, where: Where, kind: str, texts: Mapping[str, str]) -> None:
    """Keep what came too late, beside what is kept there already.

    Args:
        database: The library.
        where: What it was typed on.
        kind: What it was typed in.
        texts: What was typed, by the names of the fields.
    """

    def kept(library: Library) -> None:
        all_of_it = {**_there(library, where, kind), **texts}
        text = json.dumps(all_of_it, ensure_ascii=False)
        library.drafts.keep(*where, text, now(), kind=kind)

    database.tell(kept, lambda _, error: None)


async def take(database: Database, where: Where, kind: str) -> dict[str, str]:
    """Return what came too late, by the names of the fields; it is kept until it is forgotten.

    Raises:
        StorageError: The library cannot be read.
    """
    return await database.run(lambda library: _there(library, where, kind))


def forget(database: Database, where: Where, kind: str) -> None:
    """Forget what came too late: it was given up, or is about to be saved.

    Whoever saves it forgets it before: if it is refused once more, it is kept once more.
    """
    if not database.read_only:
        database.tell(lambda library: library.drafts.drop(*where, kind=kind), lambda _, error: None)


def _there(library: Library, where: Where, kind: str) -> dict[str, str]:
    begun = library.drafts.take(*where, kind=kind)
    found: dict[str, str] = json.loads(begun.text) if begun is not None else {}
    return found
