"""Searching in the article."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.errors import UsageError
from reader.domain.late import Late
from reader.domain.text import Span
from reader.tui.asking import rest
from reader.tui.reading.base import ReadingBase

if TYPE_CHECKING:
    from reader.services.searching.text_search import Search
    from reader.tui.reading import every_hit, nearest_hit
    from reader.tui.widgets.searchbar import SearchBar
else:
    every_hit = Late("reader.tui.reading.every_hit")
    nearest_hit = Late("reader.tui.reading.nearest_hit")

SLICE_S = 0.004
"""How long looking on in the background holds up a key at most."""

TYPING_S = 0.08
"""Pause in typing after which a regular expression is tried: half of one often is none."""

TELL_S = 0.3
"""After so long a search says how far it is, and Esc stops it."""


class Searching(ReadingBase):
    """``/``, ``n`` and ``N``, and the hits that are marked."""

    seeking: Search | None = None
    """What is searched for."""
    hit: Span | None = None
    """The hit that the cursor was moved to last."""
    cursor_at_hit: Span | None = None
    """Where the cursor was put for it: beside the hit, if that is in no statement."""
    results: Search | None = None
    """What the article was opened for, from the results of a search of the library."""
    far_since: float | None = None
    """When a search began that keys wait for."""

    # ------------------------------------------------------------------ the search line

    def action_search(self) -> None:
        """Open the search line."""
        from reader.tui.widgets.searchbar import SearchBar

        if not self.query(SearchBar):
            self.set_mode("SEARCH")
            self.work_holding_keys(self._open_search, "search")

    async def _open_search(self) -> None:
        from reader.tui.widgets.searchbar import SearchBar

        await self.mount(SearchBar(), after="#panes")
        self.after_layout(self.keep_cursor_in_view)

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        """Show hits while the query is typed."""
        self._try(message.query, message.regex)

    def _try(self, query: str, regex: bool) -> bool:
        """Search for something else, if it is that; False if it cannot be searched for."""
        known = self.seeking
        if known is not None and (known.query, known.regex) == (query, regex):
            return True
        self._say_in_bar("")
        try:
            search = self._search_for(query, regex) if query else None
        except UsageError as error:
            self._use(None)
            self._say_in_bar(error.message, error=True)
            return False
        self._use(search)
        return True

    def _search_for(self, query: str, regex: bool) -> Search:
        from reader.services.searching.text_search import RegexSearch, Search

        return (RegexSearch if regex else Search)(self.session.document.text, query)

    def on_search_bar_submitted(self, message: SearchBar.Submitted) -> None:
        """Go to the first hit from the cursor on; keys wait for the search to end."""
        if self._try(message.query, message.regex):
            self.work_holding_keys(lambda: self._submit(list_them=message.listed), "find")

    async def _submit(self, *, list_them: bool) -> None:
        search = self.seeking
        try:
            if search is not None:
                await search.begin()
                start = self.cursor.start if self.cursor else 0
                await nearest_hit.find(self, search, start, forward=True)
        except UsageError as error:
            self._say_in_bar(error.message, error=True)
            return
        if search is None:
            self.clear_search()
        if list_them and search is not None and search.hits.total:
            self.close_search(self.action_search_list)
        else:
            self.close_search()

    def on_search_bar_cancelled(self) -> None:
        """Leave the search line and forget the hits."""
        self.clear_search()
        self.close_search()

    def close_search(self, then: Callable[[], None] | None = None) -> None:
        """Leave the search line; the hits stay marked.

        Args:
            then: What is done when it is gone; keys wait for that.
        """
        if self.focused not in (self.pane, self.panel):  # else it was left by a click
            self.set_focus(self.pane)
        self.set_mode("READ")
        self.show_place()
        self.work_holding_keys(lambda: self._take_away(then), "search")

    async def _take_away(self, then: Callable[[], None] | None) -> None:
        """Remove the search line, which keys wait for."""
        from reader.tui.widgets.searchbar import SearchBar

        await self.query(SearchBar).remove()
        if then is not None:
            then()

    def _say_in_bar(self, text: str, *, error: bool = False) -> None:
        if self.mode != "SEARCH":
            return
        from reader.tui.widgets.searchbar import SearchBar

        for bar in self.query(SearchBar):
            if error:
                bar.show_error(text.removeprefix("No regular expression: "))
            else:
                bar.show_hits(text)
            self.said_in_bar(text)

    def said_in_bar(self, text: str) -> None:
        """Take in what the search line says now, to tell it in words where that is done."""

    # ------------------------------------------------------------------ hits

    def _use(self, search: Search | None) -> None:
        """Search for this from now on, and look through the whole text in the background."""
        if self.seeking is not None:
            self.seeking.close()
        self.seeking, self.hit = search, None
        if search is None:
            self.workers.cancel_group(self, "hits")
            self.pane.set_search(None)
            self._tell_hits()
            return
        if not search.regex:
            self.pane.set_search(search)
        self.work(lambda: self._look_on(search), "hits")

    async def _look_on(self, search: Search) -> None:
        """Look at every window of the text, those on the screen first."""
        try:
            if search.regex:
                await rest(TYPING_S)
            await search.begin()
            self.pane.set_search(search)
            await self._look_through(search)
        except UsageError as error:
            self.pane.refresh_marks()
            self._say_in_bar(error.message, error=True)
            if self.mode != "SEARCH":
                self.say_error(error)

    async def _look_through(self, search: Search) -> None:
        slice_end = told = time.monotonic()
        for window in search.hits.unknown(search.hits.window_at(self.pane.top_offset)):
            await search.look(window)
            if search.regex:
                self.pane.refresh_marks(*search.hits.bounds(window))
            now_s = time.monotonic()
            if now_s > slice_end:
                await rest(0)
                slice_end = time.monotonic() + SLICE_S
            if now_s - told > TELL_S:
                told = now_s
                self._tell_hits()
        self._tell_hits()

    def _tell_hits(self) -> None:
        """Say how many hits there are, and which of them the cursor is at or Enter goes to."""
        if self.mode == "SEARCH":
            self._say_in_bar(self._hits_from_here())
        else:
            self.show_place()

    def _hits_from_here(self) -> str:
        search = self.seeking
        if search is None:
            return ""
        if not search.hits.total:
            return "no hits" if search.hits.complete else "…"
        nearest = search.hits.nearest(self.cursor.start if self.cursor else 0, forward=True)
        return self._numbered(search, nearest)

    def hits_in_words(self) -> str:
        """Return which hit the cursor is at, and of how many: ``hit 3/12``."""
        search = self.seeking
        if search is None or self.mode == "SEARCH":
            return ""
        if self.hit is not None and self.cursor == self.cursor_at_hit:
            return f"hit {self._numbered(search, self.hit)}"
        total = search.hits.total
        return f"{self._total(search)} hit{'' if total == 1 else 's'}"

    def _numbered(self, search: Search, hit: Span | None) -> str:
        position = search.hits.position(hit) if hit else None
        number = "?" if position is None else f"{position + 1:,}"
        return f"{number}/{self._total(search)}"

    @staticmethod
    def _total(search: Search) -> str:
        more = "" if search.hits.complete and not search.hits.capped else "+"
        return f"{search.hits.total:,}{more}"

    def action_search_list(self) -> None:
        """List all hits, and go to one or act on all."""
        every_hit.list_all(self)

    def action_search_act(self) -> None:
        """Tag, flag or highlight every statement that contains a hit."""
        every_hit.act_on_all(self)

    def clear_search(self) -> None:
        """Forget the hits."""
        self._use(None)

    def action_search_clear(self) -> None:
        """Forget what was searched for; then, or if it is from there, go back to the results."""
        if self.stops_under_way():
            return
        if self.results is not None and self.seeking in (None, self.results):
            self.app.go_back()
        elif self.seeking is not None:
            self.clear_search()

    def take_results(self, search: Search) -> None:
        """Mark what was found across the library, as if it had been searched for here."""
        self.results = search
        self._use(search)

    def on_unmount(self) -> None:
        """End what looks for a regular expression."""
        if self.seeking is not None:
            self.seeking.close()

    # ------------------------------------------------------------------ going to hits

    def action_search_next(self) -> None:
        """Go to the next hit."""
        nearest_hit.step(self, forward=True)

    def action_search_previous(self) -> None:
        """Go to the previous hit."""
        nearest_hit.step(self, forward=False)

    @property
    def searches_far(self) -> bool:
        """Whether keys wait for a search, which says how far it is."""
        return self.far_since is not None

    def stop_search(self) -> bool:
        """Stop a search that keys have been waiting for; False if there is none."""
        since = self.far_since
        if since is None or time.monotonic() - since < TELL_S:
            return False
        self.app.forget_keys()  # they were meant for a place that was not reached
        self.clear_search()
        self.workers.cancel_group(self, "find")
        if self.mode == "SEARCH":
            self.close_search()
        self.say("Stopped searching.")
        return True

    def go_to_hit(self, hit: Span) -> None:
        """Put the cursor on a hit."""
        self.leaving()
        self.hit = hit
        self.cursor_at_hit = self.session.document.statement_at(hit.start)
        self.go(self.cursor_at_hit, reveal=False)
        self.pane.reveal(hit)
