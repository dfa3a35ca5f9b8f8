"""Adds articles from the list: asks what, does it, says what came of it. Import late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reader.capture.sandbox import Sandbox
from reader.domain.article import Metadata
from reader.domain.untrusted import safe
from reader.services.capturing.taking import (
    Keeper,
    Order,
    Outcome,
    Progress,
    find,
    take_all,
    take_text,
)
from reader.tui.capturing.dialog import AddDialog, AddRequest
from reader.tui.capturing.one import add_one
from reader.tui.capturing.taking import Taken, TakingDialog, Work

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def add(app: ReaderApp, pasted: str = "") -> str | None:
    """Ask what to add, and add it.

    Args:
        app: The app.
        pasted: A text that was pasted already.

    Returns:
        The uid of the article that was added last, or None.
    """
    request = await app.ask(AddDialog(pasted))
    if request is None:
        return None
    if request.is_one:
        return await add_target(app, request.target)
    dialog = TakingDialog(app.database, app.annotator_uid, work_of(request))
    taken = await app.ask(dialog)
    return tell(app, taken)


async def add_target(app: ReaderApp, target: str) -> str | None:
    """Add a file, or a page from the web, and ask where something is doubtful.

    Returns:
        The uid of the article that was added or is there, or None.
    """
    app.clear_notifications()  # what is asked now must not be covered by what was said before
    taken, added = await add_one(app, target)
    listed = next((outcome.listed for outcome in taken.outcomes if outcome.listed), None)
    if listed is not None and not taken.cancelled:
        from reader.tui.capturing.picking import pick  # late: seldom needed

        return await pick(app, listed)
    if added is not None:
        taken = Taken((Outcome(target, added=added),))
    elif not taken.cancelled and not taken.failed() and taken.error is None:
        app.notify("Nothing was added.", timeout=4, markup=False)
        return None
    return tell(app, taken)


def work_of(request: AddRequest) -> Work:
    """Return the work that a request means."""
    if request.pasted:
        metadata = Metadata(title=request.title) if request.title else None
        return lambda keeper, sandbox, told: take_text(request.pasted, keeper, sandbox, metadata)
    return lambda *given: _files(request, *given)


def _files(
    request: AddRequest, keeper: Keeper, sandbox: Sandbox, told: Callable[[Progress], None]
) -> Iterator[Outcome]:
    order = Order(request.patterns)
    files, failed = find([request.target], order)
    yield from failed
    yield from take_all(files, keeper, sandbox, order, told)


def tell(app: ReaderApp, taken: Taken | None) -> str | None:
    """Say what came of it, and return the article that was added last."""
    if taken is None:
        return None
    if taken.error is not None:
        app.show_error(taken.error)
    added = [outcome.added for outcome in taken.outcomes if outcome.added]
    if len(added) == len(taken.outcomes) == 1 and not taken.cancelled:
        (only,) = added
        said = f"Added “{only.name}”." if only.new else f"“{only.name}” is in the library already."
        said = f"“{only.name}” has a new version." if only.new_version else said
        app.notify(safe(said), timeout=4, markup=False)
    elif taken.outcomes or taken.cancelled:
        app.notify(taken.summary(), timeout=6, markup=False)
    app.add_notices(f"{item.name}: {text}" for item in added[-3:] for text in item.warnings)
    return added[-1].article.uid if added else None
