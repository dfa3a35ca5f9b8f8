"""The panel's keys: filter, order, marks, and what is done to several entries at once.

What they do is in `panel_list` and `several` beside this, which no first screen needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.text import Span
from reader.services.annotating.annotations import Target
from reader.tui.commands import key_for
from reader.tui.reading.panel import Panels
from reader.tui.reading.reasons import Meant

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from reader.services.annotating.edits import Edit
    from reader.tui import outside
    from reader.tui.attributing import opening as attributing
    from reader.tui.reading import several
    from reader.tui.reading.panel_list import PanelList
    from reader.tui.widgets.filterbar import FilterBar
    from reader.tui.widgets.panel import AnnotationPanel
else:
    attributing = Late("reader.tui.attributing.opening")
    outside = Late("reader.tui.outside")
    several = Late("reader.tui.reading.several")


_OUT_OF_SIGHT = "What is marked is not in the list now. {} takes the marks off."
_SAYING = frozenset({"attribute", "suggest"})
"""Kinds of group that say who said something."""


class Listing(Panels):
    """The panel's list, and copying from it or from the article."""

    _entry_list: PanelList | None = None
    _listed = ""

    @property
    def entry_list(self) -> PanelList:
        """Filter, order and marks, from their first use on."""
        if self._entry_list is None:
            from reader.tui.reading.panel_list import PanelList

            self._entry_list = PanelList(self)
        return self._entry_list

    def show_session(self) -> None:
        """Show another article: all of its highlights, nothing marked, in the order chosen.

        The same text read anew, as after a look at the sources, keeps filter and marks.
        """
        before, self._listed = self._listed, self.session.opened.version.uid
        keeps = before == self._listed
        if not keeps:
            self.panel.marked = set()
        super().show_session()
        if self._entry_list is not None:
            self._entry_list.begin(keeps=keeps)

    def refresh_panel(self) -> None:
        """Show entries, counts, and what is to be said of the list."""
        if self.in_background:
            self.follow_density()
        super().refresh_panel()
        if self._entry_list is not None:
            self._entry_list.refreshed()

    def perform(self, edit: Edit) -> None:
        """Show an edit at once and have it saved; whom it says to have said it is read anew."""
        super().perform(edit)
        if edit.group.kind in _SAYING:
            self.beside_changed([edit.uid])

    def performed(self, kind: str, uids: Sequence[str]) -> None:
        """Bring everything to what edits of a kind have made of some highlights."""
        super().performed(kind, uids)
        if kind in _SAYING:
            self.beside_changed(uids)

    def facts_changed(self) -> None:
        """List anew what fits a filter that asks who said something."""
        super().facts_changed()
        if self._entry_list is None:
            return
        if self._entry_list.asks_who or self._entry_list.asks_whose:
            self.work(self._entry_list.ask_again, "spoken")
        else:
            self.session.spoken = {}  # what an earlier filter asked may be answered otherwise now

    def codebook_changed(self) -> None:
        """Show everything as the active facet wants it."""
        super().codebook_changed()
        if self._entry_list is not None:
            self._entry_list.facet_changed()

    # ------------------------------------------------------------------ filter and order

    def action_filter(self) -> None:
        """Open the filter line."""
        self.set_mode("FILTER")
        self.work_holding_keys(self.entry_list.open_filter, "search")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Leave the filter line when the focus has gone elsewhere."""
        if event.widget in (self.pane, self.panel) and event.widget is self.focused:
            self.close_filter()

    def on_filter_bar_changed(self, message: FilterBar.Changed) -> None:
        """Filter while it is typed."""
        self.entry_list.filter(message.query)

    def on_filter_bar_submitted(self, message: FilterBar.Submitted) -> None:
        """Go to what was found; the article follows."""
        if self.entry_list.take(message.query):
            self.close_filter()
            if self.mode == "PANEL" and self.current_entry() is not None:
                self.follow_panel()

    def on_filter_bar_cancelled(self) -> None:
        """List all again."""
        self.entry_list.filter("")
        self.close_filter()

    def close_filter(self) -> None:
        """Leave the filter line; the filter stays."""
        if self.mode != "FILTER":
            return
        if self.focused not in (self.pane, self.panel):  # else it was left by a click
            self.set_focus(self.panel if self.query_one("#panel").display else self.pane)
        in_panel = self.focused is self.panel
        self.set_mode("PANEL" if in_panel else "READ")
        if in_panel:
            self.choose_entry()
        self.refresh_tag_bar()
        self.work(self.entry_list.take_filter_away, "search")

    def action_filter_clear(self) -> None:
        """List all entries."""
        self.entry_list.filter("")

    def action_panel_leave(self) -> None:
        """Take marks and filter away, one after the other; then go back to the article."""
        if self.stops_under_way():
            return
        if self.panel.marked:
            self.action_mark_none()
        elif self._entry_list is not None and self._entry_list.query:
            self._entry_list.filter("")
            self.say("All entries are listed again.")
        else:
            super().action_panel_leave()

    def action_sort(self) -> None:
        """Go to the next order."""
        self.say(f"The panel is in this order: {self.entry_list.next_order()}.")

    # ------------------------------------------------------------------ marks

    def action_mark(self) -> None:
        """Mark the current entry, or take its mark off, and go on to the next."""
        entry = self.current_entry()
        if entry is None or self.entries.whose(entry):
            self.say_nothing_here()
        else:
            self.entry_list.mark(entry)
            self.panel.move(1)

    def on_annotation_panel_marked(self, message: AnnotationPanel.Marked) -> None:
        """Mark the entry that was clicked, or all from the last marked one to it."""
        entry = self.entries.highlight(message.position)
        if self.is_typing or entry is None or self.entries.whose(entry):
            return
        if message.range and self.panel.marked:
            self.entry_list.mark_to(message.position)
        else:
            self.entry_list.mark(entry)

    def action_mark_range(self) -> None:
        """Mark all from the entry that was marked last to the current one."""
        self.entry_list.mark_to(self.panel.current or 0)

    def action_mark_all(self) -> None:
        """Mark all entries that are listed."""
        self.entry_list.mark_all(0, len(self.entries) - 1)

    def action_mark_none(self) -> None:
        """Take all marks off."""
        self.entry_list.mark_none()

    def several(self) -> list[Target]:
        """Return what is marked and listed, in the panel; elsewhere keys act on one thing."""
        if self.mode != "PANEL" or not self.panel.marked:
            return []
        known = map(self.session.annotations.index.get, self.panel.marked)
        listed = [item for item in known if item and self.entries.lists(item.uid)]
        listed.sort(key=lambda item: (item.start, item.end, item.uid))
        return [Target(item.span, item) for item in listed]

    def marked_out_of_sight(self) -> bool:
        """Say why a key does nothing, if all that is marked is not listed: which is meant?"""
        hidden = self.mode == "PANEL" and bool(self.panel.marked) and not self.several()
        if hidden:
            self.say(_OUT_OF_SIGHT.format(key_for("panel.leave")))
        return hidden

    # ------------------------------------------------------------------ keys on what is marked

    def give(self, codebook: Codebook, facet: Facet, tag: Tag, *, off: bool = True) -> None:
        """Set a tag on what is marked, or here; if it is set and ``off`` allows it, take it off."""
        targets = self.several()
        if targets:
            several.give(self, targets, codebook, facet, tag, off=off)
        elif not self.marked_out_of_sight():
            super().give(codebook, facet, tag, off=off)

    def action_confidence(self) -> None:
        """Go to the next step of confidence."""
        targets = self.several()
        if targets:
            several.confidence(self, targets)
        elif not self.marked_out_of_sight():
            super().action_confidence()

    def action_flag(self) -> None:
        """Flag to check later, or take the flag off."""
        targets = self.several()
        if targets:
            several.flag(self, targets)
        elif not self.marked_out_of_sight():
            super().action_flag()

    def action_highlight_delete(self) -> None:
        """Delete what is marked, or the highlight under the cursor."""
        targets = self.several()
        if targets:
            several.delete(self, targets)
        elif not self.marked_out_of_sight():
            super().action_highlight_delete()

    def action_note_write(self) -> None:
        """Write a note on what is marked, or on this."""
        targets = self.several()
        if targets and self.may_change():
            self.work_holding_keys(lambda: several.note(self, targets), "dialog")
        elif not targets and not self.marked_out_of_sight():
            super().action_note_write()

    def action_source(self) -> None:
        """Pick the source of what is marked, of the selection, or of this."""
        attributing.ask_source(self)

    def action_source_selection(self) -> None:
        """Pick the source of what is selected."""
        self.action_source()

    def action_voice(self) -> None:
        """Say how what is marked, the selection, or this is told."""
        attributing.ask_voice(self)

    def _ask_of_judgement(self, ask: Callable[[Meant], Coroutine[None, None, None]]) -> None:
        entry = self.current_entry() if self.mode == "PANEL" else None
        if entry is not None and self.entries.whose(entry):
            self.say_nothing_here()
        elif not self.marked_out_of_sight():
            super()._ask_of_judgement(ask)

    def _meant(self) -> Meant | None:
        """Return whose likelihood or reason is said: of what is marked, or what it is here."""
        targets = self.several()
        if not targets:
            return super()._meant()
        highlights = [target.highlight for target in targets if target.highlight]
        said = ((item.uid, self.session.judgement_of(item)) for item in highlights)
        found = {uid: judgement for uid, judgement in said if judgement}
        first = next(iter(found.values()), None)
        return Meant(first, {uid: item.uid for uid, item in found.items()}) if first else None

    # ------------------------------------------------------------------ taking it elsewhere

    def action_copy(self, form: str = "plain") -> None:
        """Copy what is marked, or the quotation here, with its citation and tags."""
        found = self._to_copy()
        self.leave_select()
        self.say(outside.copy(self.app, self.session, found, form))

    def _to_copy(self) -> list[tuple[Span, Highlight | None]]:
        """Return what a copy is made of: the marked entries, or what a key acts on."""
        marked = self.several()
        if not marked:
            target = self.target()
            marked = [target] if target is not None else []
        words = self.session.annotations.words
        return [(it.span, it.highlight) for it in marked if words(it.span, it.highlight).strip()]

    def action_original(self) -> None:
        """Open the article's address in the browser."""
        metadata = self.session.opened.article.metadata
        self.work(lambda: outside.open_original(self.say, metadata), "browser")
