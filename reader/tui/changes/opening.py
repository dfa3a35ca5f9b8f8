"""Opens the Changes screen and earlier versions, and goes where was chosen there. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.highlight import Fate
from reader.domain.text import Span
from reader.services.changes.comparing import changes_of
from reader.services.reading import selection as select
from reader.tui.changes.comparing import compared
from reader.tui.changes.placing import begin
from reader.tui.changes.screen import ChangesDialog, Destination, LeftAt
from reader.tui.commands import key_for
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen


async def show_changes(screen: ReadingScreen, left_at: LeftAt | None = None) -> None:
    """Show what changed in the open article, and go where is chosen.

    Args:
        screen: The article's screen.
        left_at: Where the Changes screen was left.

    Raises:
        ReaderError: The versions cannot be compared, or the library cannot be read.
    """
    if not await screen.settled():
        screen.say("The last changes are NOT SAVED yet.", error=True)
        return
    article = screen.session.opened.article
    found = await compared(screen, lambda library, align: changes_of(library, article, align=align))
    if found is None:
        return
    if not found.changed:
        later = len(found.versions) > 1
        other = f" {key_for('versions')} opens another one." if later else ""
        screen.say(f"This is the first version. {key_for('refresh')} captures it again.{other}")
        return
    dialog = ChangesDialog(screen, found, left_at)
    chosen = await screen.ask(dialog)
    if chosen is not None:
        await _go(screen, chosen)
        screen.left_changes_at = dialog.left_at
        # else it has been said already, or something else
        if not screen.session.opened.older and screen.mode != "PLACE":
            screen.say(f"{key_for('back')} goes back to what changed.")


async def go_back(screen: ReadingScreen) -> None:
    """Go back from an earlier version to the article, and to the Changes screen if it led there.

    Raises:
        StorageError: The library cannot be read.
    """
    left_at, screen.left_changes_at = screen.left_changes_at, None
    if screen.session.opened.older:
        await show_version(screen, None)
    if left_at is not None:
        await show_changes(screen, left_at)


async def _go(screen: ReadingScreen, chosen: Destination) -> None:
    """Go to a mark or a place."""
    if screen.session.opened.older:
        await show_version(screen, None)
    mark = chosen.mark
    if mark is not None and mark.fate is Fate.ORPHANED and chosen.adjust:
        await begin(screen, mark.highlight.uid)
        return
    if mark is not None and mark.fate is Fate.ORPHANED:
        await show_version(screen, mark.highlight.version_uid)
    screen.leaving()
    screen.leave_panel()
    if mark is None:
        span = Span(chosen.offset, chosen.offset + 1)
        screen.go(screen.session.document.statement_at(chosen.offset), reveal=False)
    else:
        highlight = screen.session.annotations.index.get(mark.highlight.uid)
        span = mark.highlight.span
        if highlight is not None:
            screen.go_to_highlight(highlight)
        else:
            screen.go(screen.session.document.statement_at(span.start), reveal=False)
        if chosen.adjust and highlight is not None:
            screen.reshape(highlight, select.by_statement(highlight.span))
    screen.pane.reveal(span)


async def place_current(screen: ReadingScreen) -> None:
    """Go on to where the orphan that is current in the panel is to be placed.

    Raises:
        ReaderError: The versions cannot be compared, or the library cannot be read.
    """
    entry = screen.current_entry()
    if entry is None or entry.uid not in screen.session.annotations.orphans:
        screen.say("This stands in the text: its ends are moved there.")
    elif screen.may_change():
        await begin(screen, entry.uid)


async def choose_version(screen: ReadingScreen) -> None:
    """List the versions of the open article, and open the one chosen.

    Raises:
        StorageError: The library cannot be read.
    """
    uid, here = screen.session.opened.article.uid, screen.session.opened.version.uid
    rows = await screen.database.run(lambda library: library.articles.versions(uid))
    choices = [
        Choice(
            row.uid,
            f"version {number}, captured {row.captured_at[:16].replace('T', ' ')} UTC",
            description=f"{row.characters:,} characters, {row.origin}",
            note="current" if row.current else "",
        )
        for number, row in enumerate(rows, 1)
    ]
    chosen = await screen.ask(ChoiceDialog("Versions", choices, current=here))
    if chosen is not None and chosen != here:
        await show_version(screen, chosen)


async def show_version(screen: ReadingScreen, version: str | None) -> None:
    """Show a version of the open article; None is the current one.

    Raises:
        StorageError: The library cannot be read.
    """
    if not (screen.can_leave() and await screen.settled()):
        return
    screen.show_other(await screen.app.load_session(screen.session.opened.article.uid, version))
    if screen.session.opened.older:
        at = screen.session.opened.version.captured_at[:16].replace("T", " ")
        back = key_for("back")
        screen.say(f"The version captured {at} UTC, to be looked at. {back} goes back.")
