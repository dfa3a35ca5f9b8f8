"""Relates the statement where one began to the one where one is, in the same article or another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.errors import ChangedMeanwhile, ReaderError, UsageError
from reader.services.annotating import meanwhile
from reader.services.annotating.annotations import Target
from reader.services.annotating.bulk import Bulk
from reader.services.relating import relating
from reader.services.relating.relating import End, Made, Rated
from reader.services.relating.relations import facet_for_relations
from reader.storage.library import Library
from reader.tui.reading.screen import ReadingScreen
from reader.tui.relating import way_back
from reader.tui.relating.choosing import Chosen, RelationDialog
from reader.tui.relating.desk import end_of
from reader.tui.relating.drafted import KEPT, FormDraft
from reader.tui.relating.pending import Pending

if TYPE_CHECKING:
    from reader.services.annotating.annotations import Annotations


async def finish(screen: ReadingScreen, pending: Pending, target: Target) -> None:
    """Ask how the two are related, and relate them; keys that were held go to what comes then."""
    try:
        await _finish(screen, pending, target)
    except ReaderError as error:
        screen.say_error(error)


async def _finish(screen: ReadingScreen, pending: Pending, target: Target) -> None:
    asked = facet_for_relations(screen.session.codebook)
    known = screen.session.annotations
    words = known.words(target.span, target.highlight)
    screen.unsay()  # how to get here would stand over the dialog
    where = (known.annotator_uid, known.version_uid, *target.span)
    draft = FormDraft(screen, where, f"relation from {pending.version_uid} {pending.span}")
    form = RelationDialog(pending.words, words, asked)
    chosen = await draft.ask(form)
    if chosen is None:
        return
    try:
        _check(screen, pending, target)
    except ChangedMeanwhile:
        draft.keep({**form.typed(), "type": chosen.type})
        raise
    rated = (*asked, chosen.tag) if chosen.tag else None
    if pending.is_in(known.version_uid):

        def relate() -> None:
            made = _here(screen, pending, target, chosen, rated)
            if made is not None:
                draft.settle(made.groups[-1], {**form.typed(), "type": chosen.type})

        screen.turns.take(relate)
    else:
        made = await _across(screen, pending, target, chosen, rated)
        draft.settle(made.groups[-1], {**form.typed(), "type": chosen.type})


_AGAIN = f"{KEPT} It is about the words as they are now."


def _check(screen: ReadingScreen, pending: Pending, target: Target) -> None:
    """See that both ends are there; if not, their words are meant from then on.

    Raises:
        ChangedMeanwhile: One was removed while the form was open.
    """
    known, uid = screen.session.annotations, pending.highlight_uid
    meanwhile.check(known, target, _AGAIN)
    if uid and pending.is_in(known.version_uid) and known.index.get(uid) is None:
        screen.app.relating = replace(pending, highlight_uid=None)
        raise ChangedMeanwhile(f"{meanwhile.REMOVED}: nothing was saved.", _AGAIN)


def _here(
    screen: ReadingScreen, pending: Pending, target: Target, chosen: Chosen, rated: Rated | None
) -> Made | None:
    """Relate two statements of this article; return what was done, None if that cannot be."""
    known = screen.session.annotations
    try:
        made = relating.relate(
            known.annotator_uid,
            _beginning(known, pending),
            end_of(known, target),
            chosen.type,
            chosen.note,
            rated,
        )
    except UsageError as error:
        screen.say_error(error)
        return None
    screen.app.relating = None
    perform(screen, made)
    screen.set_mode("READ")
    screen.go(screen.session.document.statement_at(pending.span.start), _uids(made)[0])
    _tell(screen, made)
    return made


def _beginning(known: Annotations, pending: Pending) -> End:
    uid = pending.highlight_uid
    there = known.index.get(uid) if uid else None
    return end_of(known, Target(pending.span, there))


def perform(screen: ReadingScreen, made: Made) -> None:
    """Show an action on relations in the open article, and have all of it saved."""
    here = screen.session.annotations.article_uid
    edits = tuple(edit for article, edit in made.edits if article == here and edit.group.changes)
    for group in made.groups[:-1]:
        screen.saver.save(group)
    if made.groups:
        screen.perform_all(Bulk(made.groups[-1], edits))
        screen.beside_changed(_uids(made))


def _uids(made: Made) -> list[str]:
    """Return the highlights that an action is about, the beginning first."""
    ends = [made.relation.from_uid, made.relation.to_uid] if made.relation else []
    return list(dict.fromkeys([*ends, *(edit.uid for _, edit in made.edits)]))


def _tell(screen: ReadingScreen, made: Made) -> None:
    screen.say_done(f"{made.groups[-1].summary}.")


# ---------------------------------------------------------------------- in another article


async def _across(
    screen: ReadingScreen, pending: Pending, target: Target, chosen: Chosen, rated: Rated | None
) -> Made:
    """Relate a statement of another article to one of this, and go back to where it began."""
    await screen.turns.ended()
    other = end_of(screen.session.annotations, target)
    one = await screen.database.run(partial(_stored_end, pending=pending))
    made = relating.relate(pending.annotator_uid, one, other, chosen.type, chosen.note, rated)
    screen.app.relating = None
    perform(screen, made)
    if not await screen.settled():
        screen.set_mode("READ")
        return made
    back = await way_back.go_back(screen, pending)
    if made.relation is not None:
        way_back.show(back, pending, made.relation.from_uid)
    _tell(back, made)
    return made


def _stored_end(library: Library, pending: Pending) -> End:
    """Return where a relation begins, as the library has it now."""
    version = library.articles.version(pending.version_uid)
    if version is None:
        raise UsageError("The article where it began is gone.", "")
    uid, span = pending.highlight_uid, pending.span
    found = library.highlights.get(uid) if uid else None
    if found is None or found.version_uid != pending.version_uid:
        found = library.highlights.with_span(pending.version_uid, pending.annotator_uid, *span)
    where = found.span if found else span
    return End(pending.article_uid, pending.version_uid, version.text, where, found)
