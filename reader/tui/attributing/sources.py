"""The list of sources: edit, name, merge, split, judge them, and go to what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader import assets
from reader.domain.attributed import Attribution
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.operation import Group
from reader.domain.source import Source, folded
from reader.services.annotating import history
from reader.services.attributing import listing, rating, sources
from reader.services.attributing.listing import Listed, Shown
from reader.services.codebooks import finding as codebooks
from reader.services.codebooks.tags import Tags
from reader.storage.library import Library
from reader.tui.asking import AskingScreen
from reader.tui.attributing.source_rows import Facts, SourceList
from reader.tui.commands import commands_for, key_for, key_name, keys_of
from reader.tui.saving.saver import READ_ONLY
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.screens.dialogs.prompt import PromptDialog
from reader.tui.widgets.bindings import bindings_for, take_own_keys, valid_in
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.attributing.source_form import Edited

_NEW = "new:"


async def open_sources(app: ReaderApp) -> None:
    """Open the list over whatever is on the screen, when all that was done there is saved."""
    from reader.tui.reading.screen import ReadingScreen

    below = app.screen
    if isinstance(below, ReadingScreen) and not await below.settled():
        app.let_keys_go()
        return

    def come_back(_: None) -> None:
        if isinstance(below, ReadingScreen):
            app.saver = below.saver
            app.run_worker(app.reload(), group="load")  # names may have changed

    await app.push_screen(SourcesScreen(), come_back)


class SourcesScreen(AskingScreen):
    """All sources of the library."""

    app: ReaderApp
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        str(assets.styles_dir() / name) for name in ("dialogs.tcss", "finding.tcss")
    ]
    HELP = "j k move, Enter lists what the source says, e edits, m merges, p splits, q leaves."
    AUTO_FOCUS = "#sources"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(valid_in("sources"))

    def __init__(self) -> None:
        super().__init__()
        take_own_keys(self, valid_in("sources"))
        self.title_bar = TitleBar()
        self.list = SourceList()
        self._filter = ""
        self._by_use = False

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield self.title_bar
        yield self.list
        yield Line(f" {_hints()}", "dim", max_rows=2)

    def on_mount(self) -> None:
        """Read the sources."""
        self.title_bar.set_annotator(self.app.annotator)
        self.call_after_refresh(self.app.let_keys_go)
        self.work(self._read, "read")

    async def _read(self, uid: str | None = None) -> None:
        """Show the sources as they are in the library.

        Args:
            uid: The one that is current then; as before if not given.
        """
        text, here = self._filter, self.list.here
        rows = await self.app.database.run(lambda library: listing.listed(library, text))
        if self._by_use:
            rows.sort(key=lambda row: (-row.use.statements, folded(row.source.name)))
        found = f"{len(rows):,} source{'' if len(rows) == 1 else 's'}"
        self.title_bar.set_title(f"Sources · {found}" + (f" with “{text}”" if text else ""))
        self.list.show(rows, uid or (here.source.uid if here else None))

    # ------------------------------------------------------------------ moving

    def action_step(self, step: int) -> None:
        """Go to the next or previous source."""
        self.list.move(step)

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self.list.page(direction)

    def action_end(self, position: int) -> None:
        """Go to the first (0) or last (-1) source."""
        self.list.go(position if not position else self.list.entry_count() - 1)

    def on_source_list_rested(self, message: SourceList.Rested) -> None:
        """Have read what is known of the current source."""
        message.stop()
        self.work(partial(self._know, message.uid), "facts")

    async def _know(self, uid: str) -> None:
        facts = await self.app.database.run(lambda library: _facts(library, uid))
        self.list.know(uid, facts)

    def on_line_list_moved(self, message: SourceList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()

    def on_source_list_jumped(self, message: SourceList.Jumped) -> None:
        """Stay with what was clicked; Enter lists what it says."""
        message.stop()

    def action_mark(self) -> None:
        """Mark the current source, or take its mark off."""
        self.list.mark()

    def action_sort(self) -> None:
        """Order by name, or by how much they say."""
        self._by_use = not self._by_use
        self.work(self._read, "read")
        self.say("Most statements first." if self._by_use else "By name.")

    def action_find(self) -> None:
        """List only sources with some words."""
        self.work_holding_keys(self._find, "dialog")

    async def _find(self) -> None:
        label = "Words in names, role, kind, naming; nothing lists all."
        answer = await self.ask(PromptDialog("List sources with", label, self._filter))
        if answer is not None:
            self._filter = answer
            await self._read()

    def action_leave(self) -> None:
        """Take away the marks, then the filter; then go back."""
        if self.list.marked:
            self.list.unmark()
        elif self._filter:
            self._filter = ""
            self.work(self._read, "read")
        else:
            self.dismiss(None)

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("sources"))

    def action_open(self) -> None:
        """List all highlights of the current source."""
        here = self.list.here
        if here is None:
            return
        from reader.services.finding.highlights import ask_highlights
        from reader.tui.finding.opening import HIGHLIGHTS, open_over
        from reader.tui.finding.screen import FindingScreen

        name = here.source.name.replace('"', " ")
        screen = FindingScreen(
            ask_highlights, title=f"Said by {here.source.name}", text=f'source:"{name}" by:any ',
            placeholder=HIGHLIGHTS, at_once=True,
        )  # fmt: skip
        self.app.hold_keys()
        self.work(partial(open_over, self.app, screen), "open")

    # ------------------------------------------------------------------ changing

    def _change(self, ask: Callable[[Listed], object]) -> None:
        """Do something to the current source, if there is one and it may be changed."""
        if self._may_change():
            here = self.list.here
            if here is None:
                self.say("There is no source here.")
            else:
                ask(here)

    def _may_change(self) -> bool:
        if self.app.database.read_only:
            self.say(READ_ONLY)
        return not self.app.database.read_only

    async def _do(
        self, job: Callable[[Library, str], Group | None], uid: str | None = None
    ) -> None:
        """Have something done in the library, and show it."""
        me = self.app.annotator_uid
        done = await self.app.database.run(lambda library: job(library, me))
        await self._read(uid)
        self.say(
            f"{done.summary}. {key_for('undo')} takes it back." if done else "It was so already."
        )

    def action_add(self) -> None:
        """Add a source."""
        if self._may_change():
            self.work_holding_keys(self._add, "dialog")

    async def _add(self) -> None:
        label = "Its name; kind and naming are guessed, and can be edited."
        name = await self.ask(PromptDialog("A new source", label, check=_problem))
        if name:
            new = sources.new_source(name)
            await self._do(lambda library, me: sources.create(library, me, new), new.uid)

    def action_edit(self) -> None:
        """Edit the current source."""
        self._change(lambda here: self.work_holding_keys(partial(self._edit, here), "dialog"))

    async def _edit(self, here: Listed) -> None:
        from reader.tui.attributing.source_form import SourceForm

        source, run = here.source, self.app.database.run
        item: Shown = await run(lambda library: listing.shown(library, source, says=False))
        edited = await self.ask(SourceForm(item))
        if edited is not None:
            await self._do(lambda library, me: _edited(library, me, source, edited))

    def action_merge(self) -> None:
        """Say that marked sources are the current one, or that this is another one."""
        self._change(lambda here: self.work_holding_keys(partial(self._merge, here), "dialog"))

    async def _merge(self, here: Listed) -> None:
        uid, marked = here.source.uid, self.list.marked - {here.source.uid}
        if not marked:
            chosen = await self._choose(f"{here.source.name} is the same as …", [uid])
            if chosen is None:
                return
            uid, marked = chosen, {uid}
        self.list.unmark()
        await self._do(lambda library, me: sources.merge(library, me, sorted(marked), uid), uid)

    async def _choose(
        self, title: str, without: Sequence[str], first: Sequence[Source] = (), *, new: bool = False
    ) -> str | None:
        """Let a source be chosen, or a new one be named; return its uid, or ``new:`` and a name."""
        rows = await self.app.database.run(listing.listed)
        known = [row.source for row in rows if row.source.uid not in without]
        notes = {row.source.uid: f"{row.use.statements:,} ×" for row in rows}
        choices = [
            Choice(item.uid, item.name, note=notes.get(item.uid, "merged before"))
            for item in [*first, *known]
        ]
        create = _created if new else None
        return await self.ask(ChoiceDialog(title, choices, create=create))

    def action_split(self) -> None:
        """Say that some of what the current source says is another's."""
        self._change(lambda here: self.work_holding_keys(partial(self._split, here), "dialog"))

    async def _split(self, here: Listed) -> None:
        from reader.tui.attributing.split import SplitDialog

        source = here.source
        item: Shown = await self.app.database.run(lambda library: listing.shown(library, source))
        merged = bool(item.merged)
        chosen = await self.ask(SplitDialog(source.name, item.statements, merged=merged))
        if chosen is None:
            return
        to = await self._choose("Said by …", [source.uid], item.merged, new=bool(chosen))
        if to is not None:
            await self._do(partial(_split, source=source, chosen=chosen, to=to))

    def action_rate(self) -> None:
        """Judge the current source."""
        self._change(lambda here: self.work_holding_keys(partial(self._rate, here), "dialog"))

    async def _rate(self, here: Listed) -> None:
        books = await self.app.database.run(codebooks.available)
        books.sort(key=lambda book: book.id != self.app.codebook.id)
        tags = [
            (book, facet, tag)
            for book in books
            for facet in rating.facets_for(book, "source")
            for tag in facet.tags
        ]
        choices = [
            Choice(str(number), tag.label, tag.definition, f"{book.id} {tag.key}", tag.symbol,
                   tag.color)
            for number, (book, _, tag) in enumerate(tags)
        ]  # fmt: skip
        chosen = await self.ask(ChoiceDialog(f"Judge {here.source.name}", choices))
        if chosen is not None:
            uid, tag = here.source.uid, tags[int(chosen)]
            await self._do(partial(_rated, uid=uid, tag=tag))

    # ------------------------------------------------------------------ undo

    def action_undo(self) -> None:
        """Take back the last thing done to sources, or elsewhere in the list."""
        self._reverse(history.undo, "Undid", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._reverse(history.redo, "Did again", "Nothing to do again.")

    def _reverse(self, step: _Step, done: str, nothing: str) -> None:
        if self._may_change():
            self.work(partial(self._reversed, step, done, nothing), "undo", exclusive=False)

    async def _reversed(self, step: _Step, done: str, nothing: str) -> None:
        me = self.app.annotator_uid
        found = await self.app.database.run(lambda library: step(library, None, me))
        await self._read()
        self.say(f"{done}: {found.summary}" if found else nothing)


_Step = Callable[[Library, str | None, str], "history.Reversed | None"]


def _edited(library: Library, me: str, source: Source, edited: Edited) -> Group | None:
    return sources.edit_all(
        library, me, source, edited.given, names=edited.names, not_names=edited.not_names,
        roles=edited.roles, not_roles=edited.not_roles,
    )  # fmt: skip


def _split(
    library: Library, me: str, *, source: Source, chosen: Sequence[Attribution], to: str
) -> Group:
    if to.startswith(_NEW):
        other = sources.new_source(to.removeprefix(_NEW))
    else:
        other = sources.there(library, to)
    return sources.split(library, me, source.uid, chosen, other)


def _rated(library: Library, me: str, *, uid: str, tag: tuple[Codebook, Facet, Tag]) -> Group:
    return rating.rated(library, "source", uid, me, tag)


def _facts(library: Library, uid: str) -> Facts:
    """Return what is known of a source, as labels and texts."""
    source = library.sources.get(uid)
    if source is None:
        return ()
    item, tags = listing.shown(library, source, says=False), Tags(library)
    handles = library.annotator_handles()
    found = [
        ("is", f"{source.kind}, {source.naming}"),
        ("role", source.role or ""),
        ("belongs to", source.affiliation or ""),
        ("address", source.url or ""),
        ("also", "; ".join(item.aliases)),
        *(("was", sources.role_words(role)) for role in item.roles),
        *(("merged", f"{other.name}") for other in item.merged),
    ]
    for given in item.ratings:
        tag = tags.of(given.judgement)
        words = f"{tag.symbol} {tag.label}" if tag else given.judgement.code
        found.append((given.judgement.facet, f"{words} ({handles.get(given.annotator_uid, '?')})"))
    return [(label, text) for label, text in found if text]


def _problem(name: str) -> str:
    """Return what is wrong with a name; empty if nothing is."""
    try:
        sources.new_source(name)
    except UsageError as error:
        return f"{error.message} {error.hint}"
    return ""


def _created(text: str) -> Choice | None:
    return (
        None if _problem(text) else Choice(_NEW + text, f"new source “{text.strip()}”", symbol="+")
    )


def _hints() -> str:
    shown = [item for item in commands_for("sources") if item.hint and keys_of(item)]
    return "  ".join(f"{key_name(keys_of(item)[0])} {item.hint}" for item in shown)
