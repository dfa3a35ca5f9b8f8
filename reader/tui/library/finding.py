"""Filter and order of the list of articles, and what is said of them over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.domain.errors import UsageError
from reader.domain.finding.article_query import ORDERS
from reader.domain.text import shortened
from reader.services.library.filters import check
from reader.tui.commands import key_for

if TYPE_CHECKING:
    from reader.tui.library.listed import ListedArticles
    from reader.tui.relating.pending import Pending
    from reader.tui.widgets.filterbar import ListHead

_TURNED = "-"
"""In front of an order in the settings: the other way round."""
_TURNS = "choose it again to turn it round"

_LONGEST_TITLE = 200
"""Code points of the words that are about to be related."""

_STATUS = "status:"
"""In a filter: what is archived may be listed as well."""

_PLACEHOLDER = "words  status:  tag:  verdict:  label:  source:  outlet:  added:  has:  by:   -not"


class Finding:
    """Which articles the list shows, and in which order; both are kept.

    Attributes:
        query: What the list is filtered by.
        order: A key of ``ORDERS``.
        backwards: Whether the order is turned round.
        is_open: Whether the filter line is open, or about to be.
        shown: What the list shows now: filter, order, and whether it is turned round.
        handles: Annotators' names by uid.
    """

    def __init__(self, screen: ListedArticles) -> None:
        self._screen = screen
        self._head: ListHead | None = None
        settings = screen.app.settings
        self.query = settings.library_filter
        self.order = settings.library_sort.removeprefix(_TURNED)
        self.backwards = settings.library_sort.startswith(_TURNED)
        self.is_open = False
        self._problem = self._unknown = ""
        self.shown = ("", "", False)
        self._title = "Library"
        self.handles: Mapping[str, str] = {}

    @property
    def chosen(self) -> tuple[str, str, bool]:
        """Filter, order, and whether it is turned round."""
        return self.query, self.order, self.backwards

    def forget(self) -> None:
        """Ask for nothing any more."""
        self.query = ""
        self._screen.app.keep("library_filter", "")

    def empty(self) -> str:
        """Return what stands in a list without articles."""
        if self._screen.total and not self.query:
            return f"All articles are archived. {key_for('library.open')} lists them."
        if self._screen.total:
            if self._unknown:
                return f"{self._unknown} {key_for('library.clear')} lists all."
            return f"No article fits. {key_for('library.clear')} lists all."
        return (
            f"No articles yet. {key_for('library.open')} opens the sample article. "
            f"{key_for('library.add')} adds your own: a file, a folder, or a text that you paste."
        )

    # ------------------------------------------------------------------ filter

    async def open_filter(self) -> None:
        """Open the filter line."""
        from reader.tui.widgets.filterbar import FilterBar

        bar = FilterBar(self.query, placeholder=_PLACEHOLDER)
        await self._screen.mount(bar, before=self._screen.status_bar)
        self._screen.status_bar.set_mode("FILTER")

    def take(self, query: str) -> bool:
        """List what fits a filter, at Enter; False if it means nothing, which is said."""
        if self.filter(query):
            return True
        self._screen.say(self._problem, error=True)  # in full: the line has no room for it
        return False

    def filter(self, query: str) -> bool:
        """List what fits a filter; False if it means nothing, which the line says."""
        from reader.tui.widgets.filterbar import FilterBar

        screen, wanted = self._screen, " ".join(query.split())
        said = ""
        try:
            check(wanted, self.handles)
        except UsageError as error:
            said, self._problem = error.message, f"{error.message} {error.hint}".strip()
        for bar in screen.query(FilterBar):
            bar.show_error(said)
        if not said:
            screen.mended(self._problem)
        if not said and wanted != self.query:
            self.query = wanted
            screen.app.keep("library_filter", wanted)
            screen.work(screen.load, "load")
        return not said

    def tell(self, unknown: str) -> None:
        """Say of which name in the filter the library knows nothing; empty is of none.

        It may be known again tomorrow: the filter stays, and the list is empty.
        """
        from reader.tui.widgets.filterbar import FilterBar

        if unknown or self._unknown:
            for bar in self._screen.query(FilterBar):
                bar.show_error(unknown)
        self._unknown = unknown

    def close(self) -> None:
        """Leave the filter line; the filter stays."""
        if self.is_open:
            self.is_open = False
            self._screen.status_bar.set_mode("LIBRARY")
            self._screen.set_focus(self._screen.articles)
            self._screen.work_holding_keys(self._take_away, "search")

    async def _take_away(self) -> None:
        """Remove the filter line, and wait until the list shows what keys are meant for."""
        from reader.tui.widgets.filterbar import FilterBar

        await self._screen.query(FilterBar).remove()
        await self._screen.up_to_date()

    # ------------------------------------------------------------------ order

    async def ask_order(self) -> None:
        """Ask for the order; the present one again turns it round."""
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        choices = [
            Choice(name, _titled(name, self.backwards if name == self.order else False))
            for name in ORDERS
        ]
        dialog = ChoiceDialog("Order of articles", choices, current=self.order, remark=_TURNS)
        chosen = await self._screen.ask(dialog)
        if chosen is None:
            return
        self.backwards = chosen == self.order and not self.backwards
        self.order = chosen
        self._screen.app.keep("library_sort", f"{_TURNED if self.backwards else ''}{chosen}")
        await self._screen.load()
        self._screen.say(f"The list is in this order: {_titled(self.order, self.backwards)}.")

    # ------------------------------------------------------------------ what is said

    def show_way(self, pending: Pending | None) -> None:
        """Say that a relation is being made, if one is, and how to go on or leave it."""
        self._title, way = "Library", ""
        if pending is not None:
            does = "Relating" if pending.orphan is None else "Placing"
            self._title = f"{does} “{shortened(pending.words, _LONGEST_TITLE)}”"
            way = f"{key_for('library.clear')} leaves"
            if pending.orphan is None:
                way += f", {key_for('library.open')} opens another article"
        self._screen.status_bar.set_question(way)

    def refreshed(self) -> None:
        """Say over the list how many are listed, why, and what is marked."""
        screen = self._screen
        articles = screen.articles
        screen.title_bar.set_title(self._title, f"sort: {_titled(self.order, self.backwards)}")
        if self._head is None and not (self.query or articles.marked):
            return
        from reader.tui.widgets.filterbar import ListHead, ListState

        listed = len(articles.marked.intersection(articles.ids)) if articles.marked else 0
        of = screen.total - (0 if _STATUS in self.query.casefold() else screen.archived)
        state = ListState(
            len(articles.ids), of, self.query, "", listed, len(articles.marked) - listed
        )
        if self._head is None:
            self._head = ListHead()
            screen.mount(self._head, before=articles)
        self._head.display = state.says_something
        self._head.set_state(state)


def _titled(order: str, backwards: bool) -> str:
    return f"{ORDERS[order]}, turned round" if backwards else ORDERS[order]
