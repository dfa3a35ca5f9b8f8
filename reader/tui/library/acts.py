"""What the keys of the list do to articles: to the marked ones, or to the current one. Late."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader import assets
from reader.domain.finding.article_query import ALL_STATUSES, ARCHIVED
from reader.domain.overall import folded, labels_in
from reader.services.capturing.adding import add_file
from reader.services.library import changes
from reader.services.library.slices import Changing, Reversing
from reader.tui.commands import key_for, key_name
from reader.tui.library.slices import work_through
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.screens.dialogs.prompt import PromptDialog
from reader.tui.widgets.labelling import LabelSuggester, label_problem

if TYPE_CHECKING:
    from reader.tui.library.screen import LibraryScreen

_ABOUT = {
    "unread": "To be read, also if it was opened before.",
    "reading": "It is this by itself once you have opened it or marked something in it.",
    "done": "Nothing is left to do in it.",
    ARCHIVED: "Put away: the list leaves it out; status:archived finds it. Nothing is lost.",
}


# ---------------------------------------------------------------------- marks


def mark(screen: LibraryScreen, position: int | None) -> None:
    """Mark an article, or take its mark off."""
    articles = screen.articles
    if position is not None and articles.ids:
        id = articles.ids[position]
        articles.last_marked = id
        _show_marks(screen, articles.marked ^ {id})


def mark_to(screen: LibraryScreen, position: int | None) -> None:
    """Mark all from the article that was marked last to another."""
    articles = screen.articles
    first = articles.position_of(articles.last_marked) if articles.marked else None
    if first is None or position is None:
        screen.say(f"Mark the first one with {key_for('mark')}; then go to the last.")
    else:
        between = articles.ids[min(first, position) : max(first, position) + 1]
        _show_marks(screen, articles.marked.union(between))


def mark_all(screen: LibraryScreen) -> None:
    """Mark all articles that are listed."""
    _show_marks(screen, screen.articles.marked.union(screen.articles.ids))


def _show_marks(screen: LibraryScreen, marked: set[int]) -> None:
    screen.articles.set_marked(marked)
    screen.finding.refreshed()


async def _meant(screen: LibraryScreen) -> list[str]:
    """Return the uids of the marked articles that are listed; of the current one, if none is."""
    return list(await _seen(screen))


async def _seen(screen: LibraryScreen) -> dict[str, str | None]:
    """Return the same with the status of each, as it is listed; None if nobody has given any.

    What is listed further away was not read as yet: it is as the library has it now.
    """
    articles = screen.articles
    marked = articles.marked
    ids = [id for id in articles.ids if id in marked] if marked else []
    if marked and not ids:
        screen.say("None of the marked articles is listed.")
        return {}
    if not marked and articles.current_id is not None:
        ids = [articles.current_id]
    shown = {id: item.status for id in ids if (item := articles.item(id))}
    found, given = await screen.database.run(
        lambda library: (library.lists.uids(ids), library.lists.given(ids))
    )
    return {found[id]: shown.get(id, given.get(id)) for id in ids if id in found}


# ---------------------------------------------------------------------- changes


async def label(screen: LibraryScreen) -> None:
    """Ask for labels; those that all of the articles have stand there, to be taken off."""
    uids = await _meant(screen)
    if not uids:
        return
    shared, known = await screen.database.run(
        lambda library: (
            changes.shared_labels(library, uids), list(library.overall.label_counts())
        )
    )  # fmt: skip
    several = len(uids) > 1
    shown = ", ".join(shared)
    about = f"Separated by commas; {key_name('right')} completes one."
    dialog = PromptDialog(
        f"Labels of {_named(screen, uids)}",
        f"{about} These are on all of them; what you add is added to all." if several else about,
        shown, label_problem, suggester=LabelSuggester(known),
    )  # fmt: skip
    answer = await screen.ask(dialog)
    if answer is None or answer == dialog.value:
        return
    new, gone = _come_and_go(labels_in(answer), shared)
    words = [*(f"label {name}" for name in new), *(f"label {name} off" for name in gone)]
    make = changes.label_change(screen.app.annotator_uid, new, gone)
    more = ["…"] if words[3:] else []
    await _perform(screen, uids, make, "label", ", ".join([*words[:3], *more]) or "labels")


def _come_and_go(wanted: Sequence[str], shared: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return which labels are given and which taken off, of those that all of the articles had.

    What another window has done to any other label meanwhile stays.
    """
    kept, there = {folded(name) for name in wanted}, {folded(name) for name in shared}
    gone = [name for name in shared if folded(name) not in kept]
    return [name for name in wanted if folded(name) not in there], gone


async def status(screen: LibraryScreen) -> None:
    """Ask for a status and give it."""
    seen = await _seen(screen)
    uids = list(seen)
    if not uids:
        return
    item = screen.articles.item(screen.articles.current_id)
    chosen = await screen.ask(
        status_dialog(_named(screen, uids), item.status if item else ALL_STATUSES[0])
    )
    if chosen is not None:
        make = changes.AsSeen(changes.status_change(chosen), seen)
        await _perform(screen, uids, make, "status", chosen)


def status_dialog(name: str, now: str) -> ChoiceDialog:
    """Return what asks for a status.

    Args:
        name: What it is the status of.
        now: The present status.
    """
    choices = [Choice(name, name, _ABOUT[name]) for name in ALL_STATUSES]
    return ChoiceDialog(f"Status of {name}", choices, current=now)


async def archive(screen: LibraryScreen) -> None:
    """Archive articles; bring them back if all of them are archived."""
    seen = await _seen(screen)
    if not seen:
        return
    archived = all(status == ARCHIVED for status in seen.values())
    make = changes.AsSeen(changes.archive_change(archived=not archived), seen)
    done = "brought back" if archived else "archived"
    await _perform(screen, list(seen), make, "archive", done)


async def _perform(
    screen: LibraryScreen, uids: Sequence[str], make: changes.Make, kind: str, summary: str
) -> None:
    """Change articles as one action, show it, and say how it is taken back.

    Marks stay for the next key, but not on what leaves the list by it: nobody would see them.
    """
    doing = Changing(uids, make, screen.app.annotator_uid, kind, summary)
    worked = await work_through(screen, f"{summary[:1].upper()}{summary[1:]}", doing)
    left = len(make.left) if isinstance(make, changes.AsSeen) else 0
    if doing.touched or left or not worked.whole:
        listed = screen.articles.marked.intersection(screen.articles.ids)
        await screen.load()
        if gone := listed.difference(screen.articles.ids):
            _show_marks(screen, screen.articles.marked - gone)
    worked.check()
    undo = f"{key_for('undo')} takes it back."
    if left:
        undo += f" {left:,} left out: {_MEANWHILE}"
    if not worked.whole:
        screen.say(f"Stopped after {doing.done:,} of {doing.total:,} articles. {undo}")
    elif doing.touched:
        screen.say(f"{doing.summary[:1].upper()}{doing.summary[1:]}. {undo}")
    elif left:
        screen.say(f"Nothing was done: {_MEANWHILE} See what it is, and do it again.", error=True)
    else:
        screen.say("It was so already.")


_MEANWHILE = "another window has changed the status meanwhile."


def _named(screen: LibraryScreen, uids: Sequence[str]) -> str:
    item = screen.articles.item(screen.articles.current_id)
    if len(uids) == 1 and item is not None and item.uid == uids[0]:
        return f"“{item.name}”"
    return "1 article" if len(uids) == 1 else f"{len(uids):,} articles"


async def reverse(screen: LibraryScreen, what: str) -> None:
    """Take back the last thing that was done in the list, or do it again."""
    doing = Reversing(what, screen.app.annotator_uid)
    worked = await work_through(screen, "Undo" if what == "undo" else "Do again", doing)
    if doing.total:
        await screen.load()
    worked.check()
    did = "Undid" if what == "undo" else "Did again"
    if not worked.whole:
        back = key_for("redo" if what == "undo" else "undo")
        screen.say(f"{did} {doing.done:,} of {doing.total:,}. {back} reverses that.")
    elif doing.total:
        screen.say(f"{did}: {doing.summary}")
    else:
        nothing = "Nothing to undo in the list of articles." if what == "undo" else ""
        screen.say(nothing or "Nothing to do again.")


async def details(screen: LibraryScreen) -> None:
    """Show what is known and said of the current article, and change what was edited."""
    from reader.tui.library.details import show_details

    item = screen.articles.item(screen.articles.current_id)
    if item is not None:
        await show_details(screen, item.uid)


# ---------------------------------------------------------------------- without a change


async def refresh(screen: LibraryScreen) -> None:
    """Capture the marked articles, or the current one, again."""
    from reader.tui.changes.refreshing import refresh_listed

    uids = await _meant(screen)
    if uids:
        await refresh_listed(screen, uids)


async def open_sample(screen: LibraryScreen) -> None:
    """Add the sample article and open it."""
    annotator = screen.app.annotator_uid
    added = await screen.database.run(
        lambda library: add_file(library, assets.sample_article(), annotator)
    )
    await screen.load()
    await screen.open_article(added.article.uid)


def export(screen: LibraryScreen) -> None:
    """Export the marked articles, or all."""
    if not screen.articles.marked:
        screen.app.export(None, "highlights")
    else:
        screen.work_holding_keys(partial(_export_marked, screen), "dialog")


async def _export_marked(screen: LibraryScreen) -> None:
    from reader.tui.exporting import export_dialog

    uids = await _meant(screen)
    if uids:
        await export_dialog(screen.app, uids, "highlights", None)
