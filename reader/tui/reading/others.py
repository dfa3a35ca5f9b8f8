"""What other windows on the same library do: shown here, and never written over unseen.

Import late: nothing of it is needed before somebody else has written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.errors import ChangedMeanwhile, ReaderError
from reader.domain.highlight import Highlight
from reader.domain.operation import Change, Group
from reader.domain.text import Span
from reader.services import showing
from reader.services.annotating import history
from reader.services.annotating.annotations import Target
from reader.services.annotating.overall import LABELLED
from reader.services.reading.session import Session
from reader.tui.reading import under_way

if TYPE_CHECKING:
    from reader.storage.anchored import AnchoredHighlight
    from reader.tui.reading.screen import ReadingScreen
    from reader.tui.screens.dialogs.choice import Choice

LateNote = tuple[Span | None, str, str]
"""A note that was refused: its words, its highlight's uid, and what was typed; without words, it is
on the article."""


async def take_news(screen: ReadingScreen) -> bool:
    """Show what was written in the open article since it was last looked at.

    It waits until everything done here is in the library, so that what is read from it is all
    there is.

    Returns:
        Whether that was possible; if not, it has to be tried again.

    Raises:
        StorageError: The library cannot be read.
    """
    session = screen.session
    more = True
    while more:
        await screen.turns.ended()
        async with under_way.between_slices(screen):
            if not await screen.saver.tried():
                return False
            uid = session.annotations.article_uid
            before = screen.saver.actions
            ask = partial(history.since, article_uid=uid, seen=session.seen)
            news = await screen.database.run(ask)
            if any(item and session.is_strange(item) for item in news.state.highlights.values()):
                session.kept = await screen.database.run(lambda library: library.codebooks.kept())
            if session is not screen.session:
                return True
            if screen.saver.actions != before or screen.saver.pending or screen.turns.busy:
                continue  # something was done here meanwhile, which the news may not have
            session.seen, more = news.seen, news.more
            if not news.state.version:
                _show(screen, news.state)
        if news.state.version:
            await _other_version(screen)
            return True
    return True


async def _other_version(screen: ReadingScreen) -> None:
    """Show the version that another window has made the current one."""
    screen.close_note()
    await screen.settled()  # what was marked in the old text is carried over by loading it
    session = screen.session
    loaded = await screen.app.load_session(session.opened.article.uid)
    if screen.session is not session:
        return  # it was made here, and is shown by now
    screen.show_other(loaded)
    screen.say("The article has another version now, made in another window.")


def _show(screen: ReadingScreen, state: history.Reversed) -> None:
    session = screen.session
    mine, index = session.annotations.annotator_uid, session.annotations.index
    now = {
        uid: item if item and item.annotator_uid == mine else None
        for uid, item in state.highlights.items()
    }
    if state.overall:
        screen.overall_changed()
    if state.details:
        screen.details_changed()
    if state.beside or state.said:
        screen.beside_changed({*state.beside, *(state.highlights if state.said else ())})
    if state.said:
        screen.facts_changed()
    changed = {uid: item for uid, item in now.items() if _seen(index.get(uid)) != _seen(item)}
    roles = {at: role for at, role in state.roles.items() if session.roles.get(at) != role}
    if not (changed or roles):
        return
    if screen.under_way is not None:
        screen.under_way.met.update(changed)
    here = screen.target()
    touched = here is not None and here.highlight is not None and here.highlight.uid in changed
    session.take_back(replace(state, highlights=changed, roles=roles))
    _stay(screen, structure=bool(roles))
    note = screen.note_target
    if note is not None and note.span in {item.span for item in changed.values() if item}:
        screen.say("Another window has written a note here: both will be kept.", error=True)
    elif touched and note is None:
        screen.say("This was changed in another window.")


def _seen(item: Highlight | None) -> Highlight | None:
    """Return a highlight without what is not seen of it: how often and when it was changed."""
    if item is None:
        return None
    judgements = tuple(replace(judgement, rev=0) for judgement in item.judgements)
    return replace(item, created_at="", updated_at="", rev=0, judgements=judgements)


def _stay(screen: ReadingScreen, *, structure: bool) -> None:
    """Show everything as it is now, without going anywhere."""
    screen.marks_changed(structure=structure)
    screen.refresh_panel()
    entry = screen.current_entry()
    if screen.mode != "PANEL":
        screen.show_place()
        screen.refresh_tag_bar()
        screen.panel.follow(screen.entry_here())
    elif entry is None or entry.uid != screen.entry_uid:
        screen.follow_panel()
    else:
        screen.refresh_tag_bar()
    screen.facts_changed()
    screen.count_again()


# ---------------------------------------------------------------------- other annotators


async def list_highlights(screen: ReadingScreen) -> None:
    """List what other annotators have marked in the open article, and go to the one chosen.

    Raises:
        StorageError: The library cannot be read.
    """
    from reader.tui.screens.dialogs.choice import ChoiceDialog

    version, mine = screen.session.opened.version.uid, screen.session.annotations.annotator_uid
    ask = partial(showing.of_others, version_uid=version, annotator_uid=mine)
    found = await screen.database.run(ask)
    if not found:
        screen.say("Nobody else has marked anything in this article.")
        return
    names = showing.names_beside(found, (mine, screen.annotator_name))
    choices = [_choice(screen.session, names, *numbered) for numbered in enumerate(found)]
    chosen = await screen.ask(ChoiceDialog("Others' highlights", choices))
    if chosen is not None:
        span = found[int(chosen)].highlight.span
        screen.go(screen.session.document.statement_at(span.start), reveal=False)
        screen.pane.reveal(span)


def _choice(
    session: Session, names: Mapping[str, str], number: int, item: AnchoredHighlight
) -> Choice:
    from reader.tui.screens.dialogs.choice import Choice

    highlight = item.highlight
    tags = [session.tag_of(judgement) for judgement in highlight.judgements]
    first = next((tag for tag in tags if tag), None)
    said = [tag.label if tag else judgement.code
            for tag, judgement in zip(tags, highlight.judgements, strict=True)]  # fmt: skip
    said += ["flagged"] if highlight.flag else []
    return Choice(
        str(number),
        " ".join(item.anchor.exact.split()),
        description=". ".join([*said, *([highlight.note] if highlight.note else [])]),
        note=names[highlight.annotator_uid],
        symbol=first.symbol if first else "·",
        color=first.color if first else None,
    )


# ---------------------------------------------------------------------- what was refused


def refused(screen: ReadingScreen, group: Group, error: ReaderError) -> None:
    """Tell that a group was refused, keep what was typed, and show what is stored."""
    session, notes = screen.session, late_notes(screen, group, error)
    labels = late_labels(group, error)
    if not labels:
        screen.say_error(_told(screen, group, error))
    screen.work(
        lambda: bring_back(screen, session, group, notes, labels), "refused", exclusive=False
    )


def _told(screen: ReadingScreen, group: Group, error: ReaderError) -> ReaderError:
    """Return what is told of a group that was refused, when what was typed for it is kept."""
    from reader.tui.reading import late_reasons
    from reader.tui.screens.dialogs import late_details

    if group.uid in screen.kept_if_refused and isinstance(error, ChangedMeanwhile):
        return ChangedMeanwhile(error.message, screen.kept_if_refused[group.uid])
    what = screen.database, screen.session.annotations, group
    return late_reasons.refused(*what, late_details.refused(*what, error))


def late_notes(screen: ReadingScreen, group: Group, error: ReaderError) -> list[LateNote]:
    """Return the notes in a group that was refused because another window was there first."""
    if not isinstance(error, ChangedMeanwhile):
        return []
    found = []
    for change in group.changes:
        known = screen.session.annotations.index.get(change.uid)
        fresh = (
            Span(change.patch["start"], change.patch["end"]) if "start" in change.patch else None
        )
        span = known.span if known else fresh
        on_something = span is not None or change.entity == "article_note"
        if on_something and change.patch.get("note"):
            found.append((span, change.uid, change.patch["note"]))
    return found


def late_labels(group: Group, error: ReaderError) -> Sequence[Change]:
    """Return what was refused of labels, because another window was there first.

    A label is there or not: what was done to one goes beside what was done to another.
    """
    if group.kind == LABELLED and isinstance(error, ChangedMeanwhile):
        return group.changes
    return ()


async def bring_back(
    screen: ReadingScreen,
    session: Session,
    group: Group,
    notes: list[LateNote],
    labels: Sequence[Change] = (),
) -> None:
    """Show what is stored in place of what was refused; notes that came too late are put below.

    It reads what a group was about when nothing that could change it is on its way. What was
    refused of labels is done once more.

    Raises:
        StorageError: The library cannot be read.
    """
    while True:
        await screen.saver.settled()
        before = screen.saver.actions
        found = await screen.database.run(lambda library: history.state_of(library, group))
        if screen.saver.actions == before and not screen.saver.pending:
            break
    session.take_back(found)
    if session is not screen.session:
        return
    screen.pane.refresh_marks()
    screen.refresh_panel()
    screen.after_move()
    if found.roles:
        screen.structure_changed()
    screen.count_again()
    if found.overall:
        screen.overall_changed()
    if found.details:
        screen.details_changed()
    await take_news(screen)
    if labels:
        await screen.keep_both_labels(labels)
    for span, uid, text in notes:
        if span is None:
            await screen.keep_both_on_article(text)
            continue
        screen.keep_both_notes(Target(span, session.annotations.index.get(uid)), text)
