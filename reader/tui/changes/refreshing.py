"""Captures articles again from the screen. Import late."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.capture.sandbox import Sandbox
from reader.domain.article import version_uid
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import Cancelled, ChangedMeanwhile, InputError, NetworkError, ReaderError
from reader.domain.fates import in_words
from reader.domain.operation import new_uid
from reader.domain.records import dataclass
from reader.domain.text import text_sha256
from reader.services.changes import apart
from reader.services.changes.details import take
from reader.services.changes.recapturing import recapture, source_of
from reader.services.changes.refreshing import ANOTHER, TRIES, Prepared, Refreshed, write
from reader.services.library.changes import summary_of
from reader.tui.changes.details import DetailsOffer
from reader.tui.changes.progress import SHOW_AFTER_S, Progress, RefreshDialog
from reader.tui.commands import key_for

if TYPE_CHECKING:
    from reader.domain.article import Article
    from reader.tui.app import ReaderApp
    from reader.tui.asking import AskingScreen
    from reader.tui.library.screen import LibraryScreen
    from reader.tui.reading.screen import ReadingScreen


@dataclass(slots=True)
class Outcome:
    """What came of capturing some articles again.

    Attributes:
        done: Those that could be.
        failed: Why the others could not.
        cancelled: Whether the user wanted no more; what was done before stays.
    """

    done: list[Refreshed] = field(default_factory=list)
    failed: list[ReaderError] = field(default_factory=list)
    cancelled: bool = False

    @property
    def changed(self) -> int:
        """How many have another text now."""
        return sum(item.changed for item in self.done)


async def refresh(
    app: ReaderApp,
    article_uid: str,
    sandbox: Sandbox,
    told: Progress,
    which: tuple[int, int],
    group: tuple[str, str] | None = None,
) -> Refreshed | None:
    """Capture an article again; None if it is not in the library any more.

    Only what is written is done by the thread that saves: fetching and reading happen in another
    thread, and versions are compared in another process.

    Args:
        app: The app.
        article_uid: The article.
        sandbox: Where captures are read.
        told: Shows how far it is.
        which: The number of this article, and of how many.
        group: Uid and summary of the list's action that this is a part of; None: in the article.

    Raises:
        Cancelled: The sandbox was cancelled; nothing was written.
        ReaderError: It cannot be captured again, or the library cannot be written.
    """
    run, private = app.database.run, app.settings.allow_private
    article = await run(lambda library: library.articles.get(article_uid))
    if article is None:
        return None
    source = await run(partial(source_of, article=article))
    told.begin(*which, source.origin)
    again = partial(recapture, source, sandbox, allow_private=private, report=told.read)
    draft = await asyncio.to_thread(again)
    told.compare()
    return await renew(app, article, draft, sandbox, group)


async def renew(
    app: ReaderApp,
    article: Article,
    draft: ArticleDraft,
    sandbox: Sandbox,
    group: tuple[str, str] | None = None,
) -> Refreshed:
    """Make a draft the current version of an article; versions are compared in another process.

    Raises:
        Cancelled: The sandbox was cancelled; nothing was written.
        ReaderError: They cannot be compared, or the library cannot be written.
    """
    run, uid, current = app.database.run, article.uid, article.version_uid
    for attempt in range(1, TRIES + 1):
        prepared = await asyncio.to_thread(
            _prepared, app.database.path, uid, current, draft, sandbox
        )
        if sandbox.cancelled:
            raise Cancelled("Capturing again was cancelled.")
        job = partial(
            write,
            prepared=prepared,
            draft=draft,
            annotator=app.annotator_uid,
            strict=attempt < TRIES,
            group=group,
        )
        try:
            return await run(job)
        except ChangedMeanwhile:
            if attempt == TRIES:
                raise
            now = await run(lambda library: library.articles.get(uid))
            current = now.version_uid if now else current
    raise AssertionError("the loop returns or raises")


def _prepared(
    path: Path, article_uid: str, current: str, draft: ArticleDraft, sandbox: Sandbox
) -> Prepared:
    """Return what a draft changes; the same text needs no comparison."""
    uid = version_uid(article_uid, text_sha256(draft.text))
    if uid == current:
        return Prepared(article_uid, uid, uid, 0)
    return apart.prepare(path, article_uid, draft, sandbox)


async def with_progress(
    screen: AskingScreen, uids: Sequence[str], *, listed: bool = False
) -> Outcome:
    """Capture articles again, one after the other; what takes a while is shown, and Esc ends it.

    Args:
        screen: The screen.
        uids: The articles.
        listed: Whether it is one action of the list, which takes all of it back at once.

    Raises:
        StorageError: The library cannot be written.
    """
    outcome, progress = Outcome(), Progress()
    with Sandbox() as sandbox:
        task = asyncio.ensure_future(_all(screen.app, uids, sandbox, progress, outcome, listed))
        try:
            await asyncio.wait({task}, timeout=SHOW_AFTER_S)
            if not task.done():
                await screen.ask(RefreshDialog(task, progress, sandbox))
            await task
        finally:  # also when the screen is left
            if not task.done():
                sandbox.cancel()
                task.cancel()
    return outcome


async def _all(
    app: ReaderApp,
    uids: Sequence[str],
    sandbox: Sandbox,
    progress: Progress,
    outcome: Outcome,
    listed: bool,
) -> None:
    together = new_uid()
    for number, uid in enumerate(uids, 1):
        group = (together, summary_of(ANOTHER, outcome.changed + 1)) if listed else None
        try:
            result = await refresh(app, uid, sandbox, progress, (number, len(uids)), group)
        except Cancelled:
            outcome.cancelled = True
            return
        except (InputError, NetworkError) as error:
            outcome.cancelled = sandbox.cancelled
            if outcome.cancelled:
                return
            outcome.failed.append(error)
        else:
            outcome.done += [result] if result else []


async def offer_details(
    screen: AskingScreen, done: Sequence[Refreshed], in_article: str | None = None
) -> bool:
    """Offer what the pages say otherwise of themselves now; return whether it was taken.

    Args:
        screen: The screen.
        done: What was captured again.
        in_article: The article to which the action belongs; None is the list.

    Raises:
        StorageError: Nothing was written.
    """
    found = [item for item in done if item.details]
    if not found or not await screen.ask(DetailsOffer(found)):
        return False
    wanted, actor = {item.article.uid: item.details for item in found}, screen.app.annotator_uid
    group = await screen.app.database.run(
        lambda library: take(library, wanted, actor, in_article=in_article)
    )
    return group is not None


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
    screen.say("Capturing again …")
    outcome = await with_progress(screen, uids, listed=True)
    taken = await offer_details(screen, outcome.done)
    await screen.load()
    done, failed = outcome.done, outcome.failed
    if len(uids) == 1 and failed:
        screen.say_error(failed[0])
    elif len(uids) == 1 and done:
        screen.say(told(done[0]) + _undo_told(outcome, taken=taken))
    elif len(uids) == 1 and outcome.cancelled:
        screen.say("Cancelled: nothing was changed.")
    else:
        screen.say(f"{_summary(outcome)}{_undo_told(outcome, taken=taken)}", error=bool(failed))


def _summary(outcome: Outcome) -> str:
    done, failed = outcome.done, outcome.failed
    parts = [f"{outcome.changed:,} changed", f"{len(done) - outcome.changed:,} the same"]
    parts += [f"{len(failed):,} not captured: {failed[0].message}"] if failed else []
    end = "; cancelled." if outcome.cancelled else "." if not failed else ""
    return f"Captured again: {', '.join(parts)}{end}"


def _undo_told(outcome: Outcome, *, taken: bool) -> str:
    """Say how what was done from the list is taken back: the details, then what was captured."""
    if taken and outcome.changed:
        return f" Details taken; {key_for('undo')} takes that back, and once more the new text."
    if outcome.changed:
        return f" {key_for('undo')} takes it back."
    return _details_told(taken=taken)


def _details_told(*, taken: bool) -> str:
    return f" Details taken; {key_for('undo')} takes that back." if taken else ""


async def refresh_open(screen: ReadingScreen) -> None:
    """Capture the open article again, and show the new version if there is one.

    Raises:
        ReaderError: It cannot be captured again, or the library cannot be written.
    """
    if not screen.may_change() or not (screen.can_leave() and await screen.settled()):
        return
    uid = screen.session.opened.article.uid
    screen.say("Capturing the article again …")
    outcome = await with_progress(screen, [uid])
    if outcome.failed:
        raise outcome.failed[0]
    # The session may be another one of the same article: the new version was taken for news.
    still_there = screen.session.opened.article.uid == uid
    if not still_there or not (outcome.done or outcome.cancelled):
        return
    if not outcome.done:
        screen.say("Cancelled: nothing was changed.")
        return
    (done,) = outcome.done
    if done.changed and screen.session.opened.version.uid != done.version:
        screen.show_other(await screen.app.load_session(uid))
    taken = await offer_details(screen, [done], uid)
    if taken:
        screen.show_other(await screen.app.load_session(uid))
    screen.say(told(done) + _details_told(taken=taken))
