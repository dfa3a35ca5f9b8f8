"""Placing an orphan by hand: from its entry to the words in the article. Import late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.alignment import Alignment
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit
from reader.storage.highlights import AnchoredHighlight
from reader.storage.library import Library
from reader.tui.commands import key_for
from reader.tui.reading.tags import Make
from reader.tui.relating.pending import Pending

if TYPE_CHECKING:
    from reader.tui.reading.screen import ReadingScreen


async def begin(screen: ReadingScreen, uid: str) -> None:
    """Keep an orphan, go to where it would stand, and let keys lead to where it does.

    Raises:
        StorageError: The library cannot be read.
    """
    known = screen.session.annotations
    there = known.orphans.get(uid)
    version_uid = there[0].version_uid if there else ""
    found = await screen.database.run(
        lambda library: _found(library, version_uid, uid, known.version_uid)
    )
    if found is None:
        screen.say("It is no orphan any more.")
        return
    orphan, near = found
    place = orphan.highlight
    screen.leave_select()
    screen.leave_panel()
    screen.app.relating = Pending(
        known.annotator_uid, known.article_uid, version_uid, place.span, uid,
        orphan.anchor.exact, orphan,
    )  # fmt: skip
    screen.leaving()
    screen.set_mode("READ")  # which is PLACE from now on
    statement = screen.session.document.statement_at(near)
    screen.go(statement, reveal=False)
    if statement is not None:
        screen.pane.reveal(statement)
    screen.refresh_tag_bar()
    words = " ".join(orphan.anchor.exact.split())
    screen.say(
        f"Go to where “{words[:80]}{'…' * (len(words) > 80)}” stands now, or select the words:"
        f" {key_for('relate.here')} places it, {key_for('relate.leave')} leaves."
    )


def _found(
    library: Library, version_uid: str, uid: str, to: str
) -> tuple[AnchoredHighlight, int] | None:
    """Return an orphan with its anchor, and about where it would stand in another version."""
    items = library.highlights.anchored(version_uid)
    orphan = next((item for item in items if item.highlight.uid == uid), None)
    old, new = library.articles.version(version_uid), library.articles.version(to)
    if orphan is None or old is None or new is None:
        return None
    return orphan, Alignment(old.text, new.text).offset(orphan.highlight.start)


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
        edit = known.place(orphan.highlight, orphan.anchor, span)
        screen.app.relating = None
        return edit

    screen.leave_select()
    screen.turns.take(lambda: _do(screen, Target(span), placed))


def _do(screen: ReadingScreen, target: Target, make: Make) -> None:
    screen.act_on(target, make, go_there=True)
    if screen.app.relating is None:
        screen.set_mode("READ")
        screen.refresh_tag_bar()
        screen.say(f"Placed, with all that is said of it. {key_for('undo')} takes it back.")
