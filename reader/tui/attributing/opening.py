"""Opens the dialogs on who said something over the article. Import late."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.services.annotating.annotations import Target
from reader.services.attributing import offered, picking, rating
from reader.services.attributing.chain_edit import ChainEdit, Link
from reader.services.attributing.chains import said_of, summary_of
from reader.storage.library import Library
from reader.tui.attributing import desk as desks
from reader.tui.attributing import rater as raters
from reader.tui.attributing.picker import SourcePicker

if TYPE_CHECKING:
    from reader.domain.attributed import Attribution
    from reader.domain.codebook import Codebook
    from reader.domain.highlight import Judgement
    from reader.domain.text import Span
    from reader.services.reading.session import Session
    from reader.tui.reading.panel_keys import Listing

    Opens = Callable[..., Coroutine[None, None, None]]


def ask_source(screen: Listing) -> None:
    """Let the source be picked of what a key acts on."""
    _ask(screen, pick_source)


def ask_voice(screen: Listing) -> None:
    """Let it be said how what a key acts on is told."""
    _ask(screen, tell_voice)


def _ask(screen: Listing, dialog: Opens) -> None:
    """Open a dialog on what is marked, on the selection, or on what is here."""
    selected = screen.selection is not None
    here = screen.target()
    targets = [] if selected else screen.several()
    targets = targets or ([here] if here else [])
    if not screen.may_change():
        return
    if not targets:
        screen.say_nothing_here()
        return
    first = targets[0]
    if not screen.session.annotations.words(first.span, first.highlight).strip():
        screen.say("Only white space is selected.")
        return
    if first.highlight is not None and first.highlight.uid in screen.session.annotations.orphans:
        screen.say("This stands in an earlier version only: attribute it there.")
        return
    screen.keep_ends()
    screen.leave_select()
    screen.work_holding_keys(partial(dialog, screen, targets, go_there=selected), "dialog")


async def desk_for(screen: Listing, targets: Sequence[Target]) -> desks.Desk:
    """Return what dialogs act on: statements as they are when all that was done is saved.

    Raises:
        StorageError: The library cannot be read.
    """
    await screen.settled()
    known = screen.session.annotations
    now = [
        known.target(target.span, target.highlight.uid if target.highlight else None)
        for target in targets
    ]
    uids = [target.highlight.uid for target in now if target.highlight]
    found = await screen.database.run(lambda library: desks.read(library, uids))
    return desks.Desk(screen, now, found)


def _read(
    library: Library, session: Session, said: Attribution | None, span: Span
) -> tuple[list[offered.Offer], ChainEdit, raters.Rater | None]:
    """Return what is offered for a statement, who said it so far, and what is judged of them.

    Raises:
        StorageError: The library cannot be read.
    """
    known = session.annotations
    own = known.version_uid, known.annotator_uid
    offers = picking.offers(library, known.article_uid, session.document, span, said, own)
    chain = ChainEdit(_links(library, said))
    uids = [offer.source.uid for offer in offers if offer.source and not offer.new]
    judged = said.uid if said else None
    judge = raters.read(library, session.codebook, known.annotator_uid, uids, judged)
    return offers, chain, judge


async def pick_source(
    screen: Listing, targets: Sequence[Target], *, go_there: bool = False
) -> None:
    """Let the source of statements be picked.

    Args:
        screen: The article.
        targets: The statements; at least one.
        go_there: Whether to move the cursor to the highlight, if one is made.

    Raises:
        StorageError: The library cannot be read.
    """
    desk = await desk_for(screen, targets)
    session, said = screen.session, desk.said
    read = partial(_read, session=session, said=said, span=desk.targets[0].span)
    offers, chain, judge = await screen.database.run(read)
    outlet = session.opened.article.metadata.outlet or ""
    picker = SourcePicker(
        desk, offered.Offered(offers), chain, outlet, judge, blind=screen.app.settings.blind_rating
    )
    await screen.ask(picker)
    desk.left = True
    if go_there:
        _go_there(screen, desk)
    if desk.done:
        screen.suggest_again(anew=True)  # also behind it: a pronoun may mean the same one
    if desk.done and not (judge and judge.told):
        screen.say_done(f"{desk.done}.")


def _links(library: Library, said: Attribution | None) -> list[Link]:
    if said is None:
        return []
    known = library.sources.all_of(said.sources)
    return [Link(hop, known.get(hop.source or "")) for hop in said.hops]


def _go_there(screen: Listing, desk: desks.Desk) -> None:
    """Put the cursor on what was selected and is a highlight now."""
    highlight = desk.targets[0].highlight
    if highlight is not None and desk.done:
        screen.go_to_highlight(highlight)


async def tell_voice(screen: Listing, targets: Sequence[Target], *, go_there: bool = False) -> None:
    """Let it be said how statements are told, and whether it was said.

    Args:
        screen: The article.
        targets: The statements; at least one.
        go_there: Whether to move the cursor to the highlight, if one is made.

    Raises:
        StorageError: The library cannot be read.
    """
    from reader.tui.attributing.voice import VoiceDialog

    desk = await desk_for(screen, targets)
    uid, annotator = desk.attribution_uid, screen.session.annotations.annotator_uid
    said = desk.said

    def read(library: Library) -> tuple[list[Codebook], tuple[Judgement, ...], str]:
        books = rating.books_for(library, "attribution", screen.session.codebook)
        given = rating.given(library, "attribution", uid, annotator) if uid else ()
        found = said_of(library, [said] if said and said.hops else [])
        return books, given, next(map(summary_of, found.values()), "")

    books, given, who = await screen.database.run(read)
    blind = screen.app.settings.blind_rating
    await screen.ask(VoiceDialog(desk, books, given, who, blind=blind))
    desk.left = True
    if go_there:
        _go_there(screen, desk)
