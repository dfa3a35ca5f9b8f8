"""What the keys of relations, evidence and claims do in an article. Import late."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from reader.services.annotating.annotations import Annotations, Target
from reader.services.relating.relating import End
from reader.tui.asking import run_beside
from reader.tui.commands import key_for
from reader.tui.relating.pending import Pending

if TYPE_CHECKING:
    from reader.tui.reading.reasons import Reasons
    from reader.tui.reading.screen import ReadingScreen


def end_of(known: Annotations, target: Target) -> End:
    """Return what a key acts on as an end of a relation, as it is now."""
    uid = target.highlight.uid if target.highlight else None
    now = known.target(target.span, uid)
    return End(known.article_uid, known.version_uid, known.text, now.span, now.highlight)


def reading(screen: Reasons) -> ReadingScreen:
    """Return the screen as what it is."""
    return cast("ReadingScreen", screen)


# ---------------------------------------------------------------------- from one to the other


def begin(screen: Reasons) -> None:
    """Keep what the key acts on, and let keys lead to the other statement."""
    target = screen.target()
    if not screen.may_change():
        return
    if target is None:
        screen.say_nothing_here()
        return
    known = screen.session.annotations
    words = known.words(target.span, target.highlight)
    if target.highlight is not None and target.highlight.version_uid != known.version_uid:
        screen.say("This version of the article has it not.")
        return
    if not words.strip():
        screen.say("Only white space is selected.")
        return
    page = reading(screen)
    uid = target.highlight.uid if target.highlight else None
    page.leave_select()
    page.leave_panel()
    page.app.relating = Pending(
        known.annotator_uid, known.article_uid, known.version_uid, target.span, uid, words
    )
    page.leaving()
    page.set_mode("READ")  # which is RELATE from now on
    page.refresh_tag_bar()
    page.say(
        f"Go to the other statement and press {key_for('relate.here')}. "
        f"{key_for('relate.elsewhere')} finds another article, {key_for('relate.leave')} leaves."
    )


def leave(screen: Reasons) -> None:
    """Relate nothing and go back to the beginning, from another article as well."""
    from reader.tui.relating import way_back

    page = reading(screen)
    pending, page.app.relating = page.app.relating, None
    page.set_mode("READ")
    if pending is not None and not way_back.has(page, pending):
        back = partial(way_back.leave_elsewhere, page, pending)
        run_beside(page.app, back, "relation", holds_keys=True)
    elif pending is not None and pending.orphan is not None:
        page.say("It stays an orphan.")
    elif pending is not None:
        page.go(page.session.document.statement_at(pending.span.start), pending.highlight_uid)
    page.refresh_tag_bar()


def tell_way(screen: Reasons) -> None:
    """Say why a key does nothing on the way from one statement to another."""
    page = reading(screen)
    does = "places the orphan" if page.mode == "PLACE" else "relates to this statement"
    page.say(
        f"On the way, keys only move and search: {key_for('relate.here')} {does}, "
        f"{key_for('relate.leave')} leaves."
    )


def here(screen: Reasons) -> None:
    """Choose how the statement where one began is related to the one here, and keep that."""
    from reader.tui.relating import finishing

    page = reading(screen)
    pending, target = page.app.relating, page.target()
    if pending is not None and pending.orphan is not None:
        from reader.tui.changes.placing import place

        place(page, pending, pending.orphan)
        return
    if pending is None or not page.may_change():
        return
    known = page.session.annotations
    if pending.annotator_uid != known.annotator_uid:
        page.say("It was begun by another annotator.")
        leave(screen)
    elif target is None:
        page.say("There is no statement here.")
    elif not known.words(target.span, target.highlight).strip():
        page.say("Only white space is selected.")
    elif pending.is_in(known.version_uid) and pending.span == target.span:
        page.say("This is where the relation begins. Go to the other statement.")
    else:
        page.leave_select()
        # The app's own, not the screen's: it may have to take the screen away.
        finish = partial(finishing.finish, page, pending, target)
        run_beside(page.app, finish, "relation", holds_keys=True)


# ---------------------------------------------------------------------- lists


async def list_relations(screen: Reasons, target: Target) -> None:
    """List what something is related to; follow, change or take back one of it.

    Raises:
        StorageError: The library cannot be read.
    """
    from reader.tui.relating import listing

    await listing.show(reading(screen), target)


async def list_evidence(screen: Reasons, target: Target) -> None:
    """List the evidence for something, and change it.

    Raises:
        StorageError: The library cannot be read.
    """
    from reader.tui.relating import proving

    await proving.show(reading(screen), target)


async def show_claim(screen: Reasons, target: Target) -> None:
    """Show the claim that something makes with other statements.

    Raises:
        StorageError: The library cannot be read.
    """
    from reader.tui.relating import claims

    await claims.show_of(reading(screen), target)
