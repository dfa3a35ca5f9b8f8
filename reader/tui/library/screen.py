"""The list of articles: which are shown, in which order, and the keys of the list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from reader.domain.errors import UsageError
from reader.domain.late import Late
from reader.services.library import listing
from reader.services.library.listing import Row
from reader.tui.asking import AskingScreen, Turns, Work
from reader.tui.commands import COMMANDS, Command
from reader.tui.database import Database
from reader.tui.library import loading
from reader.tui.library.article_list import ArticleList
from reader.tui.library.article_row import ArticleItem
from reader.tui.library.loading import Asked
from reader.tui.saver import READ_ONLY
from reader.tui.widgets.bindings import bindings_for, take_own_keys, valid_in
from reader.tui.widgets.statusbar import StatusBar
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.library import acts
    from reader.tui.library.finding import Finding
    from reader.tui.widgets.filterbar import FilterBar
else:
    acts = Late("reader.tui.library.acts")


class LibraryScreen(AskingScreen):
    """The articles of the library."""

    AUTO_FOCUS = "#articles"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(valid_in("library"))

    def __init__(self, database: Database) -> None:
        super().__init__(id="library")
        take_own_keys(self, valid_in("library"))
        self.database = database
        self.title_bar = TitleBar()
        self.articles = ArticleList(id="articles")
        self.status_bar = StatusBar()
        self.turns = Turns()
        self.total = 0
        """How many articles there are, listed or not."""
        self._finding: Finding | None = None
        self._came_from = ""
        self._one_at_a_time = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield self.title_bar
        yield self.articles
        yield self.status_bar

    def on_mount(self) -> None:
        """Prepare title and hints."""
        self.title_bar.set_title("Library")
        self.title_bar.set_annotator(self.app.annotator)
        if self.database.read_only:
            self.title_bar.set_save_state("read-only")
        self.status_bar.set_mode("LIBRARY")

    def on_screen_resume(self) -> None:
        """Read the list anew whenever it comes to the front."""
        self.work(self.load, "load")

    @property
    def finding(self) -> Finding:
        """Filter, order, and what is said of them."""
        if self._finding is None:
            from reader.tui.library.finding import Finding

            self._finding = Finding(self)
        return self._finding

    # ------------------------------------------------------------------ the list

    async def load(self) -> None:
        """Read the list from the library; the current article stays that one."""
        async with self._one_at_a_time:
            await self._load()

    async def up_to_date(self) -> None:
        """Wait until the list shows what the filter and the order ask for."""
        async with self._one_at_a_time:
            if self.finding.shown != self.finding.chosen:
                await self._load()

    async def _load(self) -> None:
        articles, finding = self.articles, self.finding
        came_from, self._came_from = self._came_from, ""
        asked = Asked(self.app.annotator_uid, *finding.chosen, articles.goal, came_from,
                      articles.current or 0)  # fmt: skip
        try:
            loaded = await self.database.run(lambda library: loading.load(library, asked))
        except UsageError as error:  # a filter that was kept, and means nothing any more
            if not finding.query:
                raise
            finding.forget()
            self.say_error(error)
            await self._load()
            return
        self.total, finding.handles = loaded.total, loaded.handles
        finding.shown = (asked.query, asked.order, asked.backwards)
        self.title_bar.set_annotator(self.app.annotator)
        articles.set_empty(finding.empty())
        articles.show(loaded.ids, loaded.current, map(self._item, loaded.rows))
        finding.refreshed()
        self.work(partial(self._load_profiles, loaded.rows, totals=True), "profiles")

    def on_article_list_rows_wanted(self, message: ArticleList.RowsWanted) -> None:
        """Read rows that are about to be seen."""
        self.work(partial(self._load_rows, message.ids), "rows", exclusive=False)

    async def _load_rows(self, ids: Sequence[int]) -> None:
        reader = self.app.annotator_uid
        rows = await self.database.run(lambda library: listing.rows(library, ids, reader))
        self.articles.take(map(self._item, rows))
        await self._load_profiles(rows)

    async def _load_profiles(self, rows: Sequence[Row], *, totals: bool = False) -> None:
        """Read what the annotator marked in some articles: it takes longer than their rows."""
        reader, codebook = self.app.annotator_uid, self.app.codebook
        found = await self.database.run(
            lambda library: listing.profiles(library, rows, reader, codebook)
        )
        colors = loading.colors_of(codebook)
        self.articles.take(
            loading.with_profile(row, found[row.article.uid], colors) for row in rows
        )
        if totals:
            count = await self.database.run(lambda library: library.lists.highlights(reader))
            self.status_bar.set_info(
                f"{_counted(self.total, 'article')} · {_counted(count, 'highlight')}"
            )

    def _item(self, row: Row) -> ArticleItem:
        """Return a row with the tags that were counted before, if they were."""
        before = self.articles.item(row.article.id)
        return loading.item_of(row, before.counts if before else ())

    # ------------------------------------------------------------------ opening

    def on_article_list_jumped(self, message: ArticleList.Jumped) -> None:
        """Open the chosen article; keys pressed on the way are for it."""
        id = self.articles.ids[message.position]
        self.work_holding_keys(lambda: self._open(id), "open")

    async def _open(self, id: int) -> None:
        item = self.articles.item(id)
        uids = {} if item else await self.database.run(lambda library: library.lists.uids([id]))
        uid = item.uid if item else uids.get(id)
        if uid is not None:
            await self.open_article(uid)

    async def open_article(self, uid: str) -> None:
        """Open an article over the list; `J` and `K` then go through the list as it is now."""
        self.app.listed = self.articles.ids
        self._came_from = uid
        await self.app.open_article(uid)

    def came_from(self, uid: str) -> None:
        """Take in which article was open last, to be on it when the list comes back."""
        self._came_from = uid

    def on_article_list_sample_wanted(self) -> None:
        """Add the sample article and open it; in a list that is only filtered, list all."""
        if self.total:
            self.action_library_clear()
        else:
            self.work_holding_keys(lambda: acts.open_sample(self), "open")

    # ------------------------------------------------------------------ filter and order

    def action_library_filter(self) -> None:
        """Open the filter line."""
        self.finding.is_open = True
        self.work_holding_keys(self.finding.open_filter, "search")

    def action_library_filter_clear(self) -> None:
        """List all articles."""
        self.finding.filter("")

    def action_library_sort(self) -> None:
        """Ask for the order."""
        self.work_holding_keys(self.finding.ask_order, "dialog")

    def on_filter_bar_changed(self, message: FilterBar.Changed) -> None:
        """Filter while it is typed."""
        self.finding.filter(message.query)

    def on_filter_bar_submitted(self, message: FilterBar.Submitted) -> None:
        """Go to what was found."""
        if self.finding.filter(message.query):
            self.finding.close()

    def on_filter_bar_cancelled(self) -> None:
        """List all again."""
        self.finding.filter("")
        self.finding.close()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Leave the filter line when the focus has gone elsewhere."""
        if event.widget is self.articles and self._finding is not None:
            self._finding.close()

    def action_library_clear(self) -> None:
        """Take marks and filter away, one after the other."""
        if self.articles.marked:
            self.action_mark_none()
        elif self.finding.query:
            self.finding.filter("")
            self.say("All articles are listed again.")

    # ------------------------------------------------------------------ marks

    def action_mark(self) -> None:
        """Mark the current article, or take its mark off, and go on to the next."""
        acts.mark(self, self.articles.current)
        self.articles.move(1)

    def action_mark_range(self) -> None:
        """Mark all from the article that was marked last to the current one."""
        acts.mark_to(self, self.articles.current)

    def action_mark_all(self) -> None:
        """Mark all articles that are listed."""
        acts.mark_all(self)

    def action_mark_none(self) -> None:
        """Take all marks off."""
        self.articles.set_marked(set())
        self.finding.refreshed()

    def on_article_list_marked(self, message: ArticleList.Marked) -> None:
        """Mark the article that was clicked, or all from the last marked one to it."""
        (acts.mark_to if message.range else acts.mark)(self, message.position)

    # ------------------------------------------------------------------ what is done to articles

    def may_change(self) -> bool:
        """Whether something can be changed here; says why not."""
        if self.database.read_only:
            self.say(READ_ONLY)
        return not self.database.read_only

    def _change(self, what: Work) -> None:
        if self.may_change():
            self.turns.take(lambda: self.work_holding_keys(what, "dialog"))

    def action_library_add(self) -> None:
        """Add articles."""
        self._change(self._add)

    def on_paste(self, event: events.Paste) -> None:
        """Add the article that was pasted."""
        from reader.tui.capturing.dialog import is_article

        if is_article(event.text):
            self._change(partial(self._add, event.text))

    async def _add(self, pasted: str = "") -> None:
        from reader.tui.capturing.adding import add

        uid = await add(self.app, pasted)
        if uid is not None:
            self._came_from = uid
            await self.load()

    def action_library_label(self) -> None:
        """Label the marked articles, or the current one."""
        self._change(lambda: acts.label(self))

    def action_library_status(self) -> None:
        """Give the marked articles, or the current one, a status."""
        self._change(lambda: acts.status(self))

    def action_library_archive(self) -> None:
        """Archive the marked articles, or the current one, or bring them back."""
        self._change(lambda: acts.archive(self))

    def action_refresh(self) -> None:
        """Capture the marked articles, or the current one, again."""
        if self.may_change():
            self.work(lambda: acts.refresh(self), "refresh")

    def action_article_details(self) -> None:
        """Show what is known of the article, and change it."""
        self.work_holding_keys(lambda: acts.details(self), "dialog")

    def action_undo(self) -> None:
        """Take back the last thing done in the list."""
        self._change(lambda: acts.reverse(self, "undo"))

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._change(lambda: acts.reverse(self, "redo"))

    def action_export(self) -> None:
        """Write the highlights of the marked articles, or of all, to a file."""
        acts.export(self)

    # ------------------------------------------------------------------ the program

    def commands(self) -> list[Command]:
        """Return the commands that the palette offers here."""
        return [item for item in COMMANDS if item.palette and "library" in item.contexts]

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("library"))

    def action_annotator(self) -> None:
        """Say who annotates."""
        self.app.change_annotator()

    def action_rescue(self) -> None:
        """Take in what was not saved."""
        self.app.offer_rescue(asked=True)

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.work_holding_keys(self._palette, "palette")

    async def _palette(self) -> None:
        from reader.tui.palette import Palette

        listed = {command.id: command for command in self.commands()}
        chosen = await self.ask(Palette(list(listed.values())))
        if chosen is not None:
            await self.run_action(listed[chosen].action)

    def action_back(self) -> None:
        """Leave the program."""
        self.app.go_back()

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
