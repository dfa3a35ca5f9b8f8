"""Carries over what was left behind: marks on a version that is not the current one.

That happens where two people, or two machines, did not know of each other: one captured the page
again, the other marked something in the text of before. What is done about it is worked out from
the library alone, so that two libraries that hold the same do the same.
"""

from __future__ import annotations

from reader.domain.comparing.alignment import Alignment
from reader.domain.highlight import Fate
from reader.domain.operation import Change, Group
from reader.services.changes.carrying import Anchorings, carry
from reader.services.changes.refreshing import all_highlights
from reader.storage import carrying_places
from reader.storage.library import Library
from reader.storage.merging import joining


def settle(library: Library, article_uid: str) -> bool:
    """Carry over what was left behind in an article; return whether there was anything.

    Raises:
        StorageError: Nothing was written.
    """
    if library.read_only or not library.highlights.astray(article_uid):
        return False
    joining.settle(library, article_uid, settling_changes(library, article_uid))
    return True


def settling_changes(library: Library, article_uid: str) -> list[tuple[str, Change]]:
    """Return what has to be changed in an article, and whose it is."""
    article = library.articles.get(article_uid)
    to = library.articles.version(article.version_uid) if article else None
    if to is None:
        return []
    there = list(all_highlights(library, article_uid))
    behind = [
        item
        for item in there
        if (item.highlight.version_uid == to.uid) is (item.highlight.fate is Fate.ORPHANED)
    ]
    carried = carry(behind, to, Anchorings(library, to))
    return [(item.before.annotator_uid, item.change) for item in carried if item.change]


def carry_places(library: Library, group: Group) -> None:
    """Let all annotators be where they were after an undo or redo changed the current version.

    Raises:
        StorageError: The places cannot be written.
    """
    for change in group.changes:
        if change.entity != "article" or not change.before:
            continue
        before, now = change.before.get("version_uid"), change.patch.get("version_uid")
        old = library.articles.version(before) if before else None
        new = library.articles.version(now) if now else None
        if old is not None and new is not None:
            alignment = Alignment(old.text, new.text)
            carrying_places.carry_places(library, change.uid, (old.uid, new.uid), alignment.offset)
