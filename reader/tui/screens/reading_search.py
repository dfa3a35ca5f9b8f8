"""Searching in the article."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from reader.domain.errors import UsageError
from reader.domain.search import compile_query
from reader.domain.text import Span
from reader.tui.screens.reading_base import ReadingBase

if TYPE_CHECKING:
    from reader.tui.widgets.searchbar import SearchBar


class Searching(ReadingBase):
    """``/``, ``n`` and ``N``."""

    pattern: re.Pattern[str] | None = None
    """What is searched for."""
    hit: Span | None = None
    """The hit that the cursor was moved to last."""
    _cursor_at_hit: Span | None = None
    """Where the cursor was put for it: beside the hit, if that is in no statement."""

    def action_search(self) -> None:
        """Open the search line."""
        from reader.tui.widgets.searchbar import SearchBar

        if not self.query(SearchBar):
            self.set_mode("SEARCH")
            self.work_holding_keys(self._open_search, "search")

    async def _open_search(self) -> None:
        from reader.tui.widgets.searchbar import SearchBar

        await self.mount(SearchBar(on_enter=self._taken, keep=self.app.keep_key), after="#panes")
        await self.focus_arrived(lambda: self.focused not in (self.pane, self.panel))
        self.after_layout(self.keep_cursor_in_view)

    def on_search_bar_changed(self, message: SearchBar.Changed) -> None:
        """Show hits while the query is typed."""
        self._compile(message.query, message.regex)

    def on_search_bar_submitted(self, message: SearchBar.Submitted) -> None:
        """Go to the first hit from the cursor on."""
        if not self._compile(message.query, message.regex):
            return
        self.close_search()
        if self.pattern is None:
            self.clear_search()
            return
        start = self.cursor.start if self.cursor else 0
        self._find(start, forward=True)

    def _taken(self, query: str, regex: bool) -> bool:
        """Whether a query can be searched for; keys then wait for the search to end."""
        if not self._compile(query, regex):
            return False
        self.app.hold_keys()
        return True

    def on_search_bar_cancelled(self) -> None:
        """Leave the search line and forget the hits."""
        self.clear_search()
        self.close_search()

    def _compile(self, query: str, regex: bool) -> bool:
        """Take a query; False if it is no valid expression."""
        from reader.tui.widgets.searchbar import SearchBar

        bar = self.query_one(SearchBar)
        try:
            self.pattern = compile_query(query, regex) if query else None
        except UsageError as error:
            bar.show_error(error.message)
            return False
        bar.show_error("")
        self.hit = None
        self.pane.set_search(self.pattern)
        return True

    def close_search(self) -> None:
        """Leave the search line; the hits stay marked."""
        if self.focused not in (self.pane, self.panel):  # else it was left by a click
            self.set_focus(self.pane)
        self.set_mode("READ")
        self.work(self._take_away, "search")

    async def _take_away(self) -> None:
        """Remove the search line when it has had all its keys, and let go those it kept."""
        from reader.tui.widgets.fields import LineField
        from reader.tui.widgets.searchbar import SearchBar

        for field in self.query(SearchBar).results():
            had_all = asyncio.Event()
            if field.query_one(LineField).call_later(had_all.set):
                await had_all.wait()
        await self.query(SearchBar).remove()
        self.app.let_keys_go()

    def clear_search(self) -> None:
        """Forget the hits."""
        self.pattern = self.hit = None
        self.pane.set_search(None)

    def action_search_next(self) -> None:
        """Go to the next hit."""
        self._step(forward=True)

    def action_search_previous(self) -> None:
        """Go to the previous hit."""
        self._step(forward=False)

    def _step(self, *, forward: bool) -> None:
        if self.pattern is None:
            self.say("Nothing is searched for. / searches.")
            return
        here = self.cursor or Span(0, 0)
        if self.hit is not None and here == (self._cursor_at_hit or Span(0, 0)):
            start = self.hit.start + 1 if forward else self.hit.start
        else:
            start = here.end if forward else here.start
        self._find(start, forward=forward)

    def _find(self, offset: int, *, forward: bool) -> None:
        """Go to the nearest hit from an offset on; the search goes on at the other end."""
        if self.pattern is None:
            return
        found = self.session.document.search(self.pattern, offset, forward=forward)
        if found is None:
            self.say("Not found.")
            return
        if (found.start < offset) if forward else (found.start >= offset):
            self.say("Search went on at the other end.")
        self.hit = found
        self.go(self.session.document.statement_at(found.start), reveal=False)
        self._cursor_at_hit = self.cursor
        self.pane.reveal(found)
