"""The panel's list once it is more than all entries in document order. Import late."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError, UsageError
from reader.domain.finding.filters import parse
from reader.domain.highlight import Highlight
from reader.services.finding.spoken import asked_of, such_on
from reader.services.reading.entry_view import ORDERS, EntryView
from reader.services.reading.highlight_filter import highlight_filter
from reader.services.showing import names_beside, of_others
from reader.tui.asking import rest
from reader.tui.commands import key_for
from reader.tui.reading.later import IDLE_SECONDS
from reader.tui.widgets.filterbar import FilterBar, ListHead, ListState

if TYPE_CHECKING:
    from reader.tui.reading.panel_keys import Listing

AT_ONCE_S = 0.02
"""How long a key may take to make the list anew; the rest is made between keys."""

SLICE_S = 0.003
"""How long a slice of the rest takes."""


class PanelList:
    """Filter, order and marks of the panel of one reading screen.

    Attributes:
        query: What the panel is filtered by.
        order: Its order.
        coming: The view that is being made, or None.
    """

    def __init__(self, screen: Listing) -> None:
        self._screen = screen
        self._head: ListHead | None = None
        self._last_marked: str | None = None
        self._marked_before: set[str] = set()
        """Uids of what was removed while it was marked: brought back, it is marked again."""
        self.query = self._problem = ""
        self.order = ORDERS[0]
        self.coming: EntryView | None = None
        self._theirs: Sequence[Highlight] = ()

    def begin(self, *, keeps: bool = False) -> None:
        """Begin anew with another session: nothing filtered unless that stays, ordered as before.

        Args:
            keeps: Whether the filter and what was marked last stay.
        """
        self.coming = None
        self._theirs = ()
        if not keeps:
            self.query, self._last_marked = "", None
            self._marked_before = set()
            self._screen.panel.set_empty("")
        if self.query or self.order is not ORDERS[0]:
            self.make()

    def _nothing(self) -> str:
        """Return what stands in the list when no entry fits."""
        session = self._screen.session
        mine = [self._screen.annotator_name] if len(session.annotations.index) else []
        names = ", ".join(sorted({*mine, *session.handles.values()}))
        told = f"In this article have marked: {names}." if names else "Nobody has marked anything."
        return f"No entry fits.{f' {told}' if self.asks_whose else ''} Esc shows all."

    # ------------------------------------------------------------------ the view

    def make(self) -> None:
        """List what fits the filter, in the order that was chosen.

        Raises:
            UsageError: The filter means nothing; the list stays.
        """
        screen, session = self._screen, self._screen.session
        if self.asks_whose or any(it not in session.spoken for it in asked_of(self.query)):
            self._make_view()  # else what means nothing would be told too late
            screen.work(self.ask_again, "view")
            return
        self._make_view()

    @property
    def asks_who(self) -> bool:
        """Whether the filter asks who said something, or what stands beside it."""
        return any(True for _ in asked_of(self.query))

    @property
    def asks_whose(self) -> bool:
        """Whether the filter asks whose they are: then those of all annotators are looked at."""
        return any(term.field == "by" for term in parse(self.query))

    async def ask_again(self) -> None:
        """Ask the library who said what, as far as the filter asks, and list what fits then."""
        screen, session, query = self._screen, self._screen.session, self.query
        version = session.opened.version.uid
        try:
            found = await screen.database.run(
                lambda library: {it: such_on(library, version, it) for it in asked_of(query)}
            )
            if self.asks_whose:
                await self._read_theirs()
        except ReaderError as error:
            screen.say(f"{error.message} {error.hint}".strip(), error=True)
            return
        others = any(session.spoken.get(it) != uids for it, uids in found.items())
        changed = others or self.asks_whose
        session.spoken = found
        if changed and session is screen.session and query == self.query:
            self._make_view()

    @property
    def _others(self) -> Sequence[Highlight]:
        """Highlights of others that the filter looks at."""
        return self._theirs if self.asks_whose else ()

    async def _read_theirs(self) -> None:
        screen, session = self._screen, self._screen.session
        mine = session.annotations.annotator_uid
        read = partial(of_others, version_uid=session.opened.version.uid, annotator_uid=mine)
        found = await screen.database.run(read)
        if session is screen.session:  # else they are those of an article that was left
            self._theirs = [item.highlight for item in found]
        session.handles = names_beside(found, (mine, screen.annotator_name))

    def _make_view(self) -> None:
        screen, session = self._screen, self._screen.session
        if not self.query and self.order is ORDERS[0]:
            self._use(None)
            return
        handles = {**session.handles, session.annotations.annotator_uid: screen.annotator_name}
        test = highlight_filter(session, self.query, handles)
        view = EntryView(
            *(session.annotations, test, self.order, session.codebook.id, session.facet),
            others=self._others,
        )
        self._unwatch(self.coming)
        session.annotations.watchers.append(view)
        self.coming = view
        if view.work_for(AT_ONCE_S):
            screen.work(lambda: self._go_on_with(view), "view")
        else:
            self._use(view)

    def _unwatch(self, view: EntryView | None) -> None:
        watchers = self._screen.session.annotations.watchers
        if view is not None and view in watchers:
            watchers.remove(view)

    async def _go_on_with(self, view: EntryView) -> None:
        """Make a view in slices, resting while keys come in, and use it."""
        while self._wants(view) and view.work_for(SLICE_S):
            await rest(IDLE_SECONDS if self._screen.keys_are_coming else 0.001)
        if self._wants(view):
            self._use(view)

    def _wants(self, view: EntryView) -> bool:
        """Whether no other view, or article, is wanted by now."""
        return view is self.coming or view is self._screen.entries.view

    def _use(self, view: EntryView | None) -> None:
        """List what a view lists; the current entry stays that one, if it is listed.

        If it is not, keys act on another one, and the article follows.
        """
        screen = self._screen
        for old in (self.coming, screen.entries.view):
            if old is not view:
                self._unwatch(old)
        self.coming = None
        screen.entries.view = view
        screen.panel.set_empty(self._nothing() if view is not None else "")
        uid = screen.entry_uid
        screen.refresh_panel()
        screen.panel.set_current(screen.entries.position(uid) if uid else None)
        if screen.mode == "PANEL":
            screen.choose_entry()
            entry = screen.current_entry()
            if entry is not None and entry.uid != uid:
                screen.follow_panel()
        screen.refresh_tag_bar()  # another entry may be the current one now

    def refreshed(self) -> None:
        """Go on with a view that many changes have left behind; say what is to be said."""
        view = self._screen.entries.view
        if view is not None and not view.ready:
            self._screen.work(lambda: self._go_on_with(view), "view")
        if self._screen.under_way is None:  # else at its end: it looks at all that is marked
            self._show_head()

    def _show_head(self) -> None:
        """Say over the entries how many are listed, why, and what is marked."""
        screen = self._screen
        known, entries = screen.session.annotations.index, screen.entries
        marked = self._marks_there()
        listed = len(marked if entries.view is None else entries.view.known(marked))
        order = "" if self.order is ORDERS[0] else self.order.title
        total, away = len(known) + len(self._others), len(marked) - listed
        state = ListState(len(entries), total, self.query, order, listed, away)
        if self._head is None:
            if not state.says_something:
                return
            self._head = ListHead()
            screen.query_one("#panel").mount(self._head, before=screen.panel)
        self._head.display = state.says_something
        self._head.set_state(state)

    def _marks_there(self) -> set[str]:
        """Leave marks on what is there only; what has come back is marked as it was."""
        panel, known = self._screen.panel, self._screen.session.annotations.index
        wanted = panel.marked | self._marked_before
        panel.marked = known.known(wanted)
        self._marked_before = wanted - panel.marked
        return panel.marked

    def facet_changed(self) -> None:
        """Order anew what is ordered by the tags of the active facet."""
        if self.order.by_tag:
            self.make()

    def next_order(self) -> str:
        """Go to the next order, and return what it is called."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.make()
        return self.order.title

    # ------------------------------------------------------------------ filter

    async def open_filter(self) -> None:
        """Open the filter line."""
        await self._screen.mount(FilterBar(self.query), after="#panes")

    def take(self, query: str) -> bool:
        """List what fits a filter, at Enter; False if it means nothing, which is said."""
        if self.filter(query):
            return True
        self._screen.say(self._problem, error=True)  # in full: the line has no room for it
        return False

    def filter(self, query: str) -> bool:
        """List what fits a filter; False if it means nothing, which the line says."""
        before, self.query = self.query, " ".join(query.split())
        said = ""
        try:
            if before != self.query:
                self.make()
        except UsageError as error:
            self.query = before
            said, self._problem = error.message, f"{error.message} {error.hint}".strip()
        for bar in self._screen.query(FilterBar):
            bar.show_error(said)
        if not said:
            self._screen.mended(self._problem)
        if not said and self.query and before != self.query:
            self._screen.work(self._tell_unknown, "names")
        return not said

    async def _tell_unknown(self) -> None:
        """Say if the filter asks for a tag or a source of which the library knows nothing."""
        from reader.services.finding.known_names import problem_of  # late: for filters only

        screen, query = self._screen, self.query
        try:
            said = await screen.database.run(lambda library: problem_of(library, query, keys=True))
        except ReaderError:
            return  # whoever asks for more is told
        if not said or query != self.query:
            return
        screen.panel.set_empty(f"{said} Esc shows all.")
        for bar in screen.query(FilterBar):
            bar.show_error(said)
        if screen.mode != "FILTER":  # Enter came first
            self._problem = said
            screen.say(said, error=True)

    async def take_filter_away(self) -> None:
        """Remove the filter line."""
        await self._screen.query(FilterBar).remove()

    # ------------------------------------------------------------------ marks

    def mark(self, entry: Highlight) -> None:
        """Mark an entry, or take its mark off."""
        self._screen.panel.marked.symmetric_difference_update({entry.uid})
        self._last_marked = entry.uid
        self._marks_changed()

    def mark_to(self, position: int) -> None:
        """Mark all from the entry that was marked last to another."""
        first = self._screen.entries.position(self._last_marked or "")
        if first is None:
            self._screen.say(f"Mark the first one with {key_for('mark')}; then go to the last.")
        else:
            self.mark_all(min(first, position), max(first, position))

    def mark_all(self, first: int, last: int) -> None:
        """Mark all entries from one position to another."""
        entries = self._screen.entries
        found = map(entries.highlight, range(first, last + 1))
        own = (item.uid for item in found if item and not entries.whose(item))
        self._screen.panel.marked.update(own)
        self._marks_changed()

    def mark_none(self) -> None:
        """Take all marks off."""
        self._screen.panel.marked = set()
        self._marks_changed()

    def _marks_changed(self) -> None:
        self._marked_before = set()  # other marks are meant from now on
        self._screen.panel.refresh_entries()
        self._show_head()
