"""The list of articles, from which one is opened."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.worker import Worker

from reader import assets
from reader.domain.codebook import Codebook
from reader.domain.errors import ReaderError
from reader.services.articles import add_file
from reader.services.codebooks import statement_facet
from reader.services.library.listing import Entry, entries
from reader.tui.commands import COMMANDS, Command
from reader.tui.counting import CountingScreen
from reader.tui.database import Database
from reader.tui.library.article_list import ArticleItem, ArticleList
from reader.tui.widgets.bindings import bindings_for, take_own_keys, valid_in
from reader.tui.widgets.counts import CountItem
from reader.tui.widgets.statusbar import StatusBar
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


class LibraryScreen(CountingScreen):
    """All articles of the library, last read first."""

    app: ReaderApp
    AUTO_FOCUS = "#articles"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(valid_in("library"))

    def __init__(self, database: Database) -> None:
        super().__init__(id="library")
        take_own_keys(self, valid_in("library"))
        self.database = database
        self.title_bar = TitleBar()
        self.articles = ArticleList(id="articles")
        self.status_bar = StatusBar()

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
        self.run_worker(self.load(), exclusive=True, group="load")

    async def load(self) -> None:
        """Read the list from the library."""
        annotator, codebook = self.app.annotator_uid, self.app.codebook
        try:
            found = await self.database.run(
                lambda library: list(entries(library, annotator, codebook))
            )
        except ReaderError as error:
            self.app.show_error(error)
            return
        self.title_bar.set_annotator(self.app.annotator)
        self.articles.show([_item(entry, codebook) for entry in found], stay=True)
        highlights = sum(entry.highlights for entry in found)
        told = f"{_counted(len(found), 'article')} · {_counted(highlights, 'highlight')}"
        self.status_bar.set_info(told)

    def on_article_list_jumped(self, message: ArticleList.Jumped) -> None:
        """Open the chosen article."""
        uid = self.articles.items[message.position].uid
        self.run_worker(self.app.open_article(uid), exclusive=True, group="open")

    def on_article_list_sample_wanted(self) -> None:
        """Add the sample article and open it."""
        self.run_worker(self._open_sample(), exclusive=True, group="open")

    async def _open_sample(self) -> None:
        annotator = self.app.annotator_uid
        try:
            added = await self.database.run(
                lambda library: add_file(library, assets.sample_article(), annotator)
            )
        except ReaderError as error:
            self.app.show_error(error)
            return
        await self.app.open_article(added.article.uid)

    def commands(self) -> list[Command]:
        """Return the commands that the palette offers here."""
        return [item for item in COMMANDS if item.palette and "library" in item.contexts]

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("library"))

    def action_export(self) -> None:
        """Write all highlights to a CSV file."""
        self.app.export(None, "highlights")

    def action_annotator(self) -> None:
        """Say who annotates."""
        self.app.change_annotator()

    def action_library_add(self) -> None:
        """Add articles."""
        self._ask(self._add(), "dialog")

    def on_paste(self, event: events.Paste) -> None:
        """Add the article that was pasted."""
        from reader.tui.capturing.dialog import is_article

        if is_article(event.text):
            self._ask(self._add(event.text), "dialog")

    async def _add(self, pasted: str = "") -> None:
        from reader.tui.capturing.adding import add

        uid = await add(self.app, pasted)
        if uid is not None:
            await self.load()
            self.articles.go_to(uid)

    def action_library_label(self) -> None:
        """Label the current article."""
        position = self.articles.current
        if position is not None and self.articles.items:
            item = self.articles.items[position]
            self._ask(self._label(item.uid, item.name), "dialog")

    async def _label(self, uid: str, name: str) -> None:
        from reader.tui.labelling import label

        try:
            if await label(self.app, uid, name):
                await self.load()
        except ReaderError as error:
            self.app.show_error(error)

    def action_rescue(self) -> None:
        """Take in what was not saved."""
        self.app.offer_rescue(asked=True)

    def action_palette(self) -> None:
        """Find a command by its name."""
        self._ask(self._palette(), "palette")

    def _ask(self, work: Coroutine[None, None, None], group: str) -> None:
        """Run what opens a dialog; keys pressed before it is there are meant for it."""
        self.app.hold_keys()
        worker = self.run_worker(work, exclusive=True, group=group)
        self.run_worker(self._let_keys_go(worker), group="keys")

    async def _let_keys_go(self, worker: Worker[None]) -> None:
        for _ in range(200):  # a second at most
            if worker.is_finished or (self.app.screen is not self and self.app.screen.focused):
                break
            await asyncio.sleep(0.005)
        self.app.let_keys_go()

    async def _palette(self) -> None:
        from reader.tui.palette import Palette

        listed = {command.id: command for command in self.commands()}
        chosen = await self.app.push_screen_wait(Palette(list(listed.values())))
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


def _item(entry: Entry, codebook: Codebook) -> ArticleItem:
    colors = {tag.code: tag.color for tag in statement_facet(codebook).tags}
    return ArticleItem(
        uid=entry.uid,
        name=entry.title,
        outlet=entry.outlet or "",
        date=entry.published_at or "",
        percent=entry.progress_pct if entry.last_read_at else None,
        counts=tuple(
            CountItem(tag.symbol, colors.get(tag.code, "#FFFFFF"), tag.count) for tag in entry.tags
        ),
        highlights=entry.highlights,
        labels=", ".join(entry.labels),
    )
