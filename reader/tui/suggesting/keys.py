"""Looking for what is proposed, and the two keys for it. Import late: after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.commands import key_for
from reader.tui.suggesting.showing import Shown

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen


async def begin(screen: ReadingScreen) -> None:
    """Show what is proposed in the open article, if that is wanted; else show nothing of it."""
    if not screen.app.settings.suggestions or screen.session.opened.older:
        if screen.suggested is not None:
            screen.suggested.hide()
        screen.suggested = None
        return
    if screen.suggested is None or screen.suggested.session is not screen.session:
        screen.suggested = Shown(screen)
    screen.pane.set_suggested(screen.suggested)
    await screen.suggested.load()


def decide_here(screen: ReadingScreen) -> None:
    """Accept, change or dismiss what is proposed for the statement under the cursor."""
    if not screen.may_change():
        return
    found = screen.suggested.at(screen.cursor) if screen.suggested is not None else []
    picture = screen.suggested.picture_at(screen.cursor) if screen.suggested is not None else None
    if picture is not None:
        from reader.tui.suggesting.picturing import decide_picture

        screen.work_holding_keys(lambda: decide_picture(screen, picture, found), "dialog")
    elif found:
        from reader.tui.suggesting.deciding import decide

        screen.work_holding_keys(lambda: decide(screen, found), "dialog")
    elif not screen.app.settings.suggestions:
        screen.say(f"Suggestions are hidden. {key_for('suggestions')} shows them.")
    else:
        screen.say("Nothing is suggested for this statement.")


def compare_quotations(screen: ReadingScreen) -> None:
    """List short quotations that differ from a longer one in the article."""
    from reader.tui.suggesting import fidelity

    screen.work_holding_keys(lambda: fidelity.compare_quotations(screen), "dialog")


def toggle(screen: ReadingScreen) -> None:
    """Show or hide what is proposed, from now on."""
    shows = not screen.app.settings.suggestions
    screen.app.keep("suggestions", shows)
    screen.work(lambda: begin(screen), "suggest")
    screen.say(
        "Suggestions are shown: a dotted line (┊) in the margin, words underlined."
        if shows
        else f"Suggestions are hidden. {key_for('suggestions')} shows them again."
    )
