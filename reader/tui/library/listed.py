"""The list of articles as it is read from the library, and kept as the library has it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from reader.domain.errors import UsageError
from reader.services.library import listing
from reader.services.library.listing import Row
from reader.tui.asking import AskingScreen, Turns
from reader.tui.library import loading
from reader.tui.library.article_list import ArticleList
from reader.tui.library.article_row import ArticleItem
from reader.tui.library.loading import Asked
from reader.tui.saving.database import Database
from reader.tui.widgets.bindings import take_own_keys, valid_in
from reader.tui.widgets.statusbar import StatusBar
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.library.finding import Finding


class ListedArticles(AskingScreen):
    """The widgets of the list, and the reading of what they show."""

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
        self.archived = 0
        """How many of them are archived."""
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
        """Read the list anew whenever it comes to the front; say what one is on the way to."""
        self.finding.show_way(self.app.relating)
        self.work_holding_keys(self.load, "load")  # they are for what is listed then

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
        self.total, self.archived = loaded.total, loaded.archived
        finding.handles = loaded.handles
        finding.shown = (asked.query, asked.order, asked.backwards)
        finding.tell(loaded.problem)
        self.title_bar.set_annotator(self.app.annotator)
        articles.set_empty(finding.empty())
        moved = articles.goal != asked.current  # by a key that came meanwhile
        current = articles.goal if moved else loaded.current
        articles.show(loaded.ids, current, map(self._item, loaded.rows))
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
            archived = f"{self.archived:,} archived" if self.archived else ""
            told = (
                _counted(self.total - self.archived, "article"),
                archived,
                _counted(count, "highlight"),
            )
            self.status_bar.set_info(" · ".join(filter(None, told)))

    def _item(self, row: Row) -> ArticleItem:
        """Return a row with the tags that were counted before, if they were."""
        before = self.articles.item(row.article.id)
        known = (before.counts, before.highlights, before.verdicts) if before else ((),)
        return loading.item_of(row, *known)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
