"""Goes to the article before or after another, in the order of the list. Import late."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.domain.errors import UsageError
from reader.services.library import listing
from reader.services.library.filters import article_query
from reader.storage.library import Library
from reader.tui.commands import key_for

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.reading.screen import ReadingScreen


async def go_on(screen: ReadingScreen, step: int) -> None:
    """Show the next (+1) or the previous (-1) article in the place of the one that is open.

    Raises:
        ReaderError: The library, or the article, cannot be read.
    """
    await screen.leave_tour()
    screen.keep_place()  # in the list's usual order the article read now is the first
    uid, said = await _neighbour(screen.app, screen.session.opened.article.uid, step)
    if uid is None:
        screen.say(said)
    elif screen.can_leave() and await screen.settled():
        screen.show_other(await screen.app.load_session(uid))


async def _neighbour(app: ReaderApp, uid: str, step: int) -> tuple[str | None, str]:
    """Return the article before (-1) or after (+1) another, or why there is none.

    Of several that the command line named, the order is theirs. Else it is that of the list when an
    article was opened from it; without such a list, the one that it would have now. It then stays,
    so that reading does not change it on the way.

    Raises:
        StorageError: The library cannot be read.
    """
    if uid in app.named and len(app.named) > 1:
        return await _neighbour_named(app, uid, step)
    settings, reader = app.settings, app.annotator_uid
    if app.listed is None:
        text, sort = settings.library_filter, settings.library_sort
        app.listed = await app.database.run(lambda library: _listed(library, text, sort, reader))
    listed = app.listed
    found = await app.database.run(lambda library: _beside(library, listed, uid, step))
    if found is not None:
        return found or None, f"This is the {'last' if step > 0 else 'first'} article."
    why = " It is filtered." if settings.library_filter else ""
    return None, f"This article is not in the list.{why}"


async def _neighbour_named(app: ReaderApp, uid: str, step: int) -> tuple[str | None, str]:
    named = app.named
    found = await app.database.run(
        lambda library: _beside(library, _ids_of(library, named), uid, step)
    )
    which = "last" if step > 0 else "first"
    said = f"This is the {which} of the {len(named)} articles named at the start."
    return found or None, f"{said} {key_for('library.list')} has all."


def _ids_of(library: Library, uids: Sequence[str]) -> array[int]:
    """Return the local ids of articles; what is gone, or not fetched yet, is left out."""
    found = map(library.lists.id_of, uids)
    return array("q", [id for id in found if id is not None])


def _listed(library: Library, text: str, sort: str, reader: str) -> array[int]:
    order, backwards = sort.removeprefix("-"), sort.startswith("-")
    try:
        query = article_query(library, text, reader, order=order, backwards=backwards)
    except UsageError:  # a filter that means nothing any more
        query = article_query(library, "", reader, order=order, backwards=backwards)
    return listing.order_of(library, query)


def _beside(library: Library, ids: array[int], uid: str, step: int) -> str | None:
    """Return the uid of the next that is still there; empty at the end, None if not listed."""
    here = library.lists.id_of(uid)
    if here is None or here not in ids:
        return None
    place = ids.index(here) + step
    while 0 <= place < len(ids):
        found = library.lists.uids([ids[place]])
        if found:
            return found[ids[place]]
        place += step
    return ""
