"""The annotation panel: the highlights of an article in document order, the current one open."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from reader.domain.records import dataclass
from reader.tui.at_rest import AtRest
from reader.tui.commands import Command
from reader.tui.widgets.bindings import bindings_for, carried, take_own_keys
from reader.tui.widgets.cells import row, seg, wrap
from reader.tui.widgets.line_list import LineList
from reader.tui.widgets.panel_rows import (
    MARGIN,
    Entry,
    Facts,
    PanelStyles,
    closed_row,
    fact_rows,
    head_rows,
)

_DRAWN_ROWS = 512
OPEN_PAUSE_S = 0.18
"""How long the article's cursor must rest before the panel opens the entry that it follows.

Usually what else is known of it comes a moment before that, and it is opened with all of it.
"""


class EntrySource(Protocol):
    """Where the panel gets its entries from; asked for visible rows only."""

    def __len__(self) -> int:
        """Return how many entries there are."""
        ...

    def entry(self, position: int) -> Entry:
        """Return an entry; it must be cheap."""
        ...

    def position(self, uid: str) -> int | None:
        """Return where an entry is, or None if it is not listed."""
        ...


class AnnotationPanel(LineList):
    """The list of annotations beside the article.

    It follows the article by `set_current` and says by `Moved` and `Jumped` where the user goes
    inside it.
    """

    HELP = "The highlights of this article in document order; the current one is open."
    EMPTY = "No annotations yet. Press 1–6 or 0 to tag the statement under the cursor."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "panel--dim",
        "panel--quote",
        "panel--bar",
        "panel--warn",
        "panel--plain-chip",
    }
    CARRIED: ClassVar[list[Command]] = carried(
        "panel",
        [
            "panel_next",
            "panel_previous",
            "panel_page_down",
            "panel_page_up",
            "panel_jump",
            "text_top",
            "text_bottom",
        ],
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(CARRIED)

    class Moved(LineList.Moved):
        """The user went to another entry inside the panel."""

    class Jumped(LineList.Jumped):
        """The user chose an entry: the article should go there."""

    @dataclass
    class Marked(Message):
        """An entry was clicked in order to mark it, or all from the last marked one to it."""

        panel: AnnotationPanel
        position: int
        range: bool

        @property
        def control(self) -> AnnotationPanel:
            """The panel."""
            return self.panel

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = ""
        take_own_keys(self, self.CARRIED)
        self._source: EntrySource | None = None
        self._late: tuple[str, Facts] = ("", ())
        self._above: dict[str, Facts] = {}
        self._open_at_rest = AtRest(self._open_followed)
        self._held = False
        self._behind = False
        self._opened_uid = ""
        self._drawn: dict[str, tuple[Entry, bool, Strip]] = {}
        self.marked: set[str] = set()
        """Uids of the entries that a key acts on together; draw anew after a change."""

    def show(self, source: EntrySource) -> None:
        """Show other entries, from the top, none of them current."""
        self._source = source
        self._late = ("", ())
        self._above.clear()
        self._current = None
        self._top = 0
        self.refresh_entries()

    def set_empty(self, text: str) -> None:
        """Say something else in a list without entries; an empty text is the usual one."""
        self._empty = text

    def draw_empty(self, width: int, height: int) -> list[Strip]:
        """Return what stands in an empty list."""
        dim = self.part("line-list--empty")
        rows = wrap(self._empty or self.EMPTY, width - 4, height)
        return [row([seg("  "), seg(text, dim)], width) for text in rows]

    def on_click(self, event: events.Click) -> None:
        """Mark an entry with Ctrl, or in the column of the marks; with Shift all up to it."""
        position = self.position_at(event.y)
        if position is not None and (event.ctrl or event.shift or event.x < MARGIN):
            event.stop()
            event.prevent_default()
            self.post_message(self.Marked(self, position, event.shift))

    def follow(self, position: int | None) -> None:
        """Take in where the article's cursor is; mark, show and open it when the reader pauses.

        While a key is held nothing moves here, so that a move costs as much beside a full list as
        beside an empty one, and a page that is turned in the article turns none here.
        """
        if position != self._current:
            self._current = position
            self._open_at_rest.soon(OPEN_PAUSE_S)

    def choose(self, position: int | None) -> None:
        """Let an entry be the current one when everything is drawn anew, which has to follow.

        It is what was edited in the article: as after a move it is opened when the reader pauses.
        """
        super().choose(position)
        self._held = True

    def entries_edited(self) -> None:
        """Take in that an entry was added, changed or removed; the list shows it at a pause.

        It is what was done in the article, where it can be seen at once. Here all rows below may
        move. Whatever else draws the list shows it too.
        """
        self._behind, self._held = True, False
        self._open_at_rest.soon(OPEN_PAUSE_S)

    def _catch_up(self) -> None:
        if self._behind:
            self._behind = False
            self._row_cache.clear()
            self._forget_open()
            self._card = self.opened_now()
            self._into_view()

    def fit_size(self) -> None:
        """Draw the entries that there are now for the new size."""
        self._catch_up()
        super().fit_size()

    def draw(self, width: int, height: int) -> list[Strip]:
        """Return the visible rows of the entries that there are now."""
        self._catch_up()
        return super().draw(width, height)

    def set_current(self, position: int | None) -> None:
        """Make an entry current, open it and bring it into view."""
        self._catch_up()
        super().set_current(position)

    def reopen(self) -> None:
        """Draw the current entry anew, because what it says when open has changed."""
        self._catch_up()
        super().reopen()

    def position_at(self, y: int) -> int | None:
        """Return the entry that covers a row of the view, or None below the last."""
        self._catch_up()
        return super().position_at(y)

    def refresh_entries(self, *, held: bool = False) -> None:
        """Draw anew after entries were added, changed or removed."""
        self._behind = False
        super().refresh_entries(held=held or self._held)
        self._held = False
        if self._current != self._card:
            self._open_at_rest.soon(OPEN_PAUSE_S)

    def opened_now(self) -> int | None:
        """Return where the open entry is now that entries may have been added or removed."""
        return self._source.position(self._opened_uid) if self._source is not None else None

    @property
    def opens_soon(self) -> bool:
        """Whether the current entry waits for a pause to be opened."""
        return self._open_at_rest.coming

    def _open_followed(self) -> None:
        if self.is_attached:
            self._forget_open()
            self.set_current(self.current)

    def set_facts(self, uid: str, facts: Facts, above: Facts = ()) -> None:
        """Add facts that arrived later, for as long as that entry is the open one.

        Args:
            uid: The entry's.
            facts: What stands below its own facts.
            above: What stands above them; it is there at once when the entry is opened again.
        """
        self._late = (uid, facts)
        if len(self._above) >= _DRAWN_ROWS:
            self._above.clear()
        self._above[uid] = above
        entry = self._current_entry()
        if entry is None or entry.uid != uid:
            return
        if self._card == self._current:
            self.reopen()
        else:
            self._open_followed()

    def _current_entry(self) -> Entry | None:
        if self._source is None or self._current is None:
            return None
        return self._source.entry(self._current)

    def entry_count(self) -> int:
        """Return how many annotations there are."""
        return 0 if self._source is None else len(self._source)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return an annotation in one row; drawn once for as long as it stays the same."""
        assert self._source is not None  # noqa: S101 - there are no entries without a source
        entry = self._source.entry(position)
        marked = entry.uid in self.marked
        known = self._drawn.get(entry.uid)
        if known and known[0] is entry and known[1] == marked and known[2].cell_length == width:
            return known[2]
        if len(self._drawn) >= _DRAWN_ROWS:
            self._drawn.clear()
        strip = closed_row(entry, width, self._styles(), marked=marked)
        self._drawn[entry.uid] = (entry, marked, strip)
        return strip

    def notify_style_update(self) -> None:
        """Forget rows drawn with the old styles."""
        self._drawn.clear()
        super().notify_style_update()

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return an annotation with all that is known of it."""
        assert self._source is not None  # noqa: S101 - there are no entries without a source
        entry = self._source.entry(position)
        self._opened_uid = entry.uid
        styles, marked = self._styles(), entry.uid in self.marked
        rows = fact_rows(entry, self._facts_of(entry), width, styles, once=self.once)
        return [*head_rows(entry, width, styles, marked=marked, once=self.once), *rows]

    def _facts_of(self, entry: Entry) -> Facts:
        """Return an entry's own facts, and those that arrived after it."""
        uid, facts = self._late
        late = facts if uid == entry.uid else ()
        return (*self._above.get(entry.uid, ()), *entry.facts, *late)

    def draw_marked(self, position: int, width: int) -> Strip:
        """Return the current annotation in one row."""
        assert self._source is not None  # noqa: S101 - there are no entries without a source
        entry = self._source.entry(position)
        marked = entry.uid in self.marked
        return self.once(
            (entry, marked, width),
            lambda: closed_row(entry, width, self._styles(), current=True, marked=marked),
        )

    def _styles(self) -> PanelStyles:
        return self.once("styles", self._new_styles)

    def _new_styles(self) -> PanelStyles:
        return PanelStyles(
            dim=self.part("panel--dim"),
            quote=self.part("panel--quote"),
            bar=self.part("panel--bar"),
            warn=self.part("panel--warn"),
            ground=self.tag_ground,
            plain_chip=self.part("panel--plain-chip"),
        )

    def action_panel_next(self) -> None:
        """Go to the next entry."""
        self.move(1)

    def action_panel_previous(self) -> None:
        """Go to the previous entry."""
        self.move(-1)

    def action_panel_page_down(self) -> None:
        """Go on by a page."""
        self.page(1)

    def action_panel_page_up(self) -> None:
        """Go back by a page."""
        self.page(-1)

    def action_panel_jump(self) -> None:
        """Choose the current entry."""
        self.jump()

    def action_text_top(self) -> None:
        """Go to the first entry."""
        self.go(0)

    def action_text_bottom(self) -> None:
        """Go to the last entry."""
        self.go(self.entry_count() - 1)
