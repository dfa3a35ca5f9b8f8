"""Placing an orphan by hand: from its entry to the words in the article. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import UsageError
from reader.services.annotating import placing
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library
from reader.tui.changes.comparing import Align, compared
from reader.tui.commands import key_for
from reader.tui.reading.tags import Make
from reader.tui.relating.pending import Pending

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen


async def begin(screen: ReadingScreen, uid: str) -> None:
    """Keep an orphan, go to where it would stand, and let keys lead to where it does.

    Raises:
        UsageError: It is no orphan any more.
        ReaderError: The versions cannot be compared, or the library cannot be read.
    """
    known = screen.session.annotations
    there = known.orphans.get(uid)
    version_uid = there[0].version_uid if there else ""
    if not await screen.settled():
        screen.say("The last changes are NOT SAVED yet.", error=True)
        return
    found = await compared(
        screen, lambda library, align: _found(library, align, version_uid, uid, known.version_uid)
    )
    if found is None:
        return
    orphan, near = found
    _go_to(screen, orphan, near)
    words = " ".join(orphan.anchor.exact.split())
    screen.say(
        f"Go to where “{words[:80]}{'…' * (len(words) > 80)}” stands now, or select the words:"
        f" {key_for('relate.here')} places it, {key_for('relate.leave')} leaves."
    )


def _go_to(screen: ReadingScreen, orphan: AnchoredHighlight, near: int) -> None:
    """Let keys lead to where an orphan stands, and begin about there."""
    known, place = screen.session.annotations, orphan.highlight
    screen.leave_select()
    screen.leave_panel()
    screen.app.relating = Pending(
        known.annotator_uid, known.article_uid, place.version_uid, place.span, place.uid,
        orphan.anchor.exact, orphan,
    )  # fmt: skip
    screen.leaving()
    screen.set_mode("READ")  # which is PLACE from now on
    statement = screen.session.document.statement_at(near)
    screen.go(statement, reveal=False)
    if statement is not None:
        screen.pane.reveal(statement)
    screen.refresh_tag_bar()


def _found(
    library: Library, align: Align, version_uid: str, uid: str, to: str
) -> tuple[AnchoredHighlight, int]:
    """Return an orphan with its anchor, and about where it would stand in another version.

    Raises:
        UsageError: It is none any more.
    """
    items = library.highlights.anchored(version_uid)
    orphan = next((item for item in items if item.highlight.uid == uid), None)
    old, new = library.articles.version(version_uid), library.articles.version(to)
    if orphan is None or old is None or new is None:
        raise UsageError("It is no orphan any more.", "")
    return orphan, align(old.text, new.text).offset(orphan.highlight.start)


def place(screen: ReadingScreen, pending: Pending, orphan: AnchoredHighlight) -> None:
    """Put the orphan on the selection, or on the statement under the cursor."""
    known, target = screen.session.annotations, screen.target()
    if not screen.may_change():
        return
    if (pending.annotator_uid, pending.article_uid) != (known.annotator_uid, known.article_uid):
        screen.say("The orphan is another article's, or another annotator's.")
        return
    if target is None:
        screen.say("There is no statement here.")
        return
    span = target.span
    if not known.words(span, target.highlight).strip():
        screen.say("Only white space is selected.")
        return

    def placed(known: Annotations, _now: Target) -> Edit:
        edit = placing.place(known, orphan.highlight, orphan.anchor, span)
        screen.app.relating = None
        return edit

    screen.leave_select()
    screen.turns.take(lambda: _do(screen, Target(span), placed))


def _do(screen: ReadingScreen, target: Target, make: Make) -> None:
    screen.act_on(target, make, go_there=True)
    if screen.app.relating is None:
        screen.set_mode("READ")
        screen.refresh_tag_bar()
        screen.say_done("Placed, with all that is said of it.")
