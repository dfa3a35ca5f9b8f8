"""Captures articles again from the screen. Import late."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.capture.sandbox import Sandbox
from reader.domain.errors import InputError, NetworkError, ReaderError
from reader.domain.fates import in_words
from reader.services.changes.recapturing import recapture, source_of
from reader.services.changes.refreshing import Refreshed, add_version
from reader.tui.commands import key_for

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.library.screen import LibraryScreen
    from reader.tui.reading.screen import ReadingScreen


async def refresh(app: ReaderApp, article_uid: str) -> Refreshed | None:
    """Capture an article again; None if it is not in the library any more.

    Fetching and reading happen in another thread; that is ended if the screen is left meanwhile.

    Raises:
        ReaderError: It cannot be captured again, or the library cannot be written.
    """
    article = await app.database.run(lambda library: library.articles.get(article_uid))
    if article is None:
        return None
    source = await app.database.run(lambda library: source_of(library, article))
    private, annotator = app.settings.allow_private, app.annotator_uid
    with Sandbox() as sandbox:
        try:
            draft = await asyncio.to_thread(recapture, source, sandbox, allow_private=private)
        except asyncio.CancelledError:
            sandbox.cancel()
            raise
    return await app.database.run(
        lambda library: add_version(library, article_uid, draft, annotator)
    )


def told(done: Refreshed) -> str:
    """Return in words what came of it."""
    if not done.changed:
        return "Captured again: the text is the same."
    fates = in_words(done.fates)
    marks = f" Marks: {fates}." if fates else ""
    return f"The text has changed: a new version.{marks} {key_for('changes')} shows what changed."


async def refresh_listed(screen: LibraryScreen, uids: Sequence[str]) -> None:
    """Capture articles of the list again, one after the other, and say what came of them.

    Raises:
        StorageError: The library cannot be written.
    """
    done: list[Refreshed] = []
    failed: list[ReaderError] = []
    for number, uid in enumerate(uids, 1):
        which = f" ({number:,} of {len(uids):,})" if len(uids) > 1 else ""
        screen.say(f"Capturing again{which} …")
        try:
            result = await refresh(screen.app, uid)
        except (InputError, NetworkError) as error:
            failed.append(error)
        else:
            done += [result] if result else []
    await screen.load()
    if failed and len(uids) == 1:
        screen.say_error(failed[0])
    elif len(uids) == 1 and done:
        screen.say(told(done[0]))
    else:
        changed = sum(item.changed for item in done)
        parts = [f"{changed:,} changed", f"{len(done) - changed:,} the same"]
        parts += [f"{len(failed):,} not captured: {failed[0].message}"] if failed else []
        screen.say(f"Captured again: {', '.join(parts)}", error=bool(failed))


async def refresh_open(screen: ReadingScreen) -> None:
    """Capture the open article again, and show the new version if there is one.

    Raises:
        ReaderError: It cannot be captured again, or the library cannot be written.
    """
    if not screen.may_change() or not (screen.can_leave() and await screen.settled()):
        return
    session = screen.session
    screen.say("Capturing the article again …")
    done = await refresh(screen.app, session.opened.article.uid)
    if done is None or screen.session is not session:
        return
    if done.changed and screen.session.opened.version.uid != done.version:
        screen.show_other(await screen.app.load_session(session.opened.article.uid))
    screen.say(told(done))
