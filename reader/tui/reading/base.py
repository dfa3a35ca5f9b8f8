"""How the reading screen changes: every move ends in `go`, every edit in `perform`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.domain import signs
from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.text import Span
from reader.services.annotating.edits import Edit
from reader.tui.asking import rest
from reader.tui.commands import Command, key_for
from reader.tui.first_paint import view_start
from reader.tui.reading.later import Later
from reader.tui.reading.sources import SessionEntries, SessionMarks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events

    from reader.services.annotating.bulk import Bulk
    from reader.services.annotating.history import Reversed
    from reader.tui.reading import places
    from reader.tui.reading.places import Trail
else:
    places = Late("reader.tui.reading.places")

PATIENCE_S = 0.3
"""How long something may take before it says how far it is."""

AT_ONCE = 200
"""So many highlights are changed without looking for keys in between."""

SLICE_S = 0.004
"""How long a slice of it may hold up a key."""


class ReadingBase(Later):
    """The few ways in which the reading screen changes."""

    trail: Trail | None = None
    """The places that jumps have led away from; made at the first jump."""
    letter_for = ""
    """What the letter is for that is waited for in the mode MARK: ``set`` or ``go``."""

    def stops_under_way(self) -> bool:
        """Stop what is done in slices, or an export; False if nothing is under way."""
        work = self.under_way or self.app.exporting
        if work is not None:
            work.stop()
        return work is not None

    async def show_anew(self) -> None:
        """Show the article as it is in the library now."""
        raise NotImplementedError

    def taken_back(self, result: Reversed) -> None:
        """Show everything as it is when very much was undone or redone."""
        raise NotImplementedError

    def show_session(self) -> None:
        """Put the session on all widgets, at the place where the annotator left off."""
        session = self.session
        signs.learn(session.codebook)
        self.cursor, self.target_uid, self.selection = session.first_statement(), None, None
        self.entry_uid = None
        self.show_title()
        self.title_bar.set_annotator(self.annotator_name)
        self.show_save_state()
        self.pane.show(
            session.document, SessionMarks(session), view_start(session.document, self.cursor)
        )
        self.pane.move_cursor(self.cursor)
        self.counts.set_strip(None)
        self.entries = SessionEntries(session)
        self.panel.show(self.entries)
        if self.mode != "PANEL":
            self.set_mode("READ")
        self.refresh_panel()
        self._facts_due = None  # the panel has let go what it was told, also of the same entry
        self.after_move()

    # ------------------------------------------------------------------ moving

    def go(self, span: Span | None, uid: str | None = None, *, reveal: bool = True) -> None:
        """Put the cursor on a statement, and on a highlight if its uid is given."""
        if span is None:
            return
        self.cursor, self.target_uid = span, uid
        self.pane.set_target(uid)
        self.pane.move_cursor(span, reveal=reveal)
        self.after_move()

    def leaving(self) -> None:
        """Remember this place, because a jump leads away from it."""
        places.leave(self)

    def takes_key(self, event: events.Key) -> bool:
        """Whether a key is no command but the letter of a mark; it is taken then."""
        if self.mode != "MARK":
            return False
        places.take(self, event)
        return True

    def go_to_highlight(self, highlight: Highlight) -> None:
        """Put the cursor on a highlight; one that this version has not is only shown as chosen."""
        if highlight.version_uid != self.session.annotations.version_uid:
            self.after_move()
            return
        statement = self.session.document.statement_at(highlight.start)
        if statement is None:  # nothing here is a statement: there is no cursor to be moved
            self.target_uid = highlight.uid
            self.pane.set_target(highlight.uid)
            self.after_move()
        else:
            self.go(statement, highlight.uid, reveal=False)
        self.pane.reveal(highlight.span)

    def after_move(self) -> None:
        """Bring status line, tag bar and panel to where the cursor is."""
        self.show_place()
        if self.mode != "PANEL":
            self.panel.follow(self.entry_here())
        if self.suggested is not None:
            self.suggested.follow()
        self.after_edit()

    def after_edit(self) -> None:
        """Bring to what is under the cursor now whatever an edit there may have changed."""
        self.note_time()
        self.refresh_tag_bar()
        entry = self.current_entry()
        self.entry_uid = entry.uid if entry else None
        self.ask_for_facts()
        self.show_head_soon()

    def follow_panel(self) -> None:
        """Let the article go where the panel is; from an empty panel, back to the article."""
        highlight = self.current_entry()
        if highlight is not None:
            self.go_to_highlight(highlight)
        elif self.entries.view is None:
            self.leave_panel()

    def leave_panel(self) -> None:
        """Let keys work on the article again."""
        if self.mode == "PANEL":
            self.set_focus(self.pane)
            self.set_mode("READ")
            self.after_move()

    def keep_cursor_in_view(self) -> None:
        """Bring the cursor back onto the screen when sizes have changed."""
        highlight = self.session.annotations.index.get(self.target_uid or "")
        span = highlight.span if highlight else self.cursor
        if self.selection is None and span is not None:
            self.pane.reveal(span)

    # ------------------------------------------------------------------ editing

    def say_done(self, text: str, more: str = "", *, takes: str = "takes it back") -> None:
        """Say what was done, and that undo takes it back, until the next change is made."""
        told = f"{text} {key_for('undo')} {takes}.{more}"
        self.say(told)
        self.saver.outdates = lambda: self.unsay() if self._said == told else None

    def perform(self, edit: Edit) -> None:
        """Show an edit at once and have it saved."""
        if not edit.group.changes or not self.may_change():
            return
        self.session.apply(edit)
        self.saver.save(edit.group)
        if self.target_uid == edit.uid and edit.after is None:
            self.target_uid = None
            self.pane.set_target(None)
        for start, end in {shown.span for shown in (edit.before, edit.after) if shown}:
            self.pane.refresh_marks(start, end)
        if self.mode == "PANEL":
            self._performed_in_panel(edit)
            return
        here = self.entry_here()
        self.panel.choose(here)
        if self.entries.view is not None or self.panel.marked:
            self.refresh_panel()
            self.panel.follow(self.entry_here())
        else:
            self.panel.entries_edited()
            if self.in_background and not edit.stays:
                self.follow_density()
        self.after_edit()

    def _performed_in_panel(self, edit: Edit) -> None:
        self.refresh_panel()
        if self.entries.position(edit.uid) is None:
            self.follow_panel()
        else:
            self.after_move()

    def show_title(self) -> None:
        """Show what the article is called, where it appeared, and when."""
        opened = self.session.opened
        meta, earlier = opened.article.metadata, " (an earlier version)" if opened.older else ""
        self.title_bar.set_title(opened.name + earlier, meta.outlet or "", meta.published_on)

    def details_changed(self) -> None:
        """Have read anew what is known of the article."""
        raise NotImplementedError

    def overall_changed(self) -> None:
        """Have read anew what is said of the article as a whole."""
        raise NotImplementedError

    def ask_why(self, replaced: Sequence[tuple[str, str]]) -> None:
        """Ask, without waiting for an answer, why tags were replaced: uids of highlight and tag."""
        raise NotImplementedError

    def perform_all(self, bulk: Bulk) -> None:
        """Show some edits at once and have them saved as one action; see `under_way` for many."""
        if not bulk.group.changes or not self.may_change():
            return
        self.session.apply_all(bulk.edits)
        self.saver.save(bulk.group)
        self.performed(bulk.group.kind, [edit.uid for edit in bulk.edits])
        self.ask_why(bulk.replaced)

    def performed(self, kind: str, uids: Sequence[str]) -> None:
        """Bring everything to what edits of a kind have made of some highlights."""
        self.many_changed()

    async def in_slices(self, steps: Iterator[None], title: str) -> None:
        """Work in slices; what takes longer than a moment is told."""
        began, told = time.monotonic(), False
        until = time.perf_counter() + SLICE_S
        for _ in steps:
            if time.perf_counter() < until:
                continue
            await rest(0)
            if not told and time.monotonic() - began > PATIENCE_S:
                told = True
                self.say(f"{title} …")
            until = time.perf_counter() + SLICE_S

    async def patiently(
        self, title: str, work: Callable[[float], bool], words: Callable[[], str]
    ) -> bool:
        """Work in slices; what takes long says how far it is, and Esc stops it.

        Args:
            title: What is done.
            work: Works for so many seconds and returns whether there is more to do.
            words: Says how far it is.

        Returns:
            Whether it was all done.
        """
        until = time.monotonic() + PATIENCE_S
        while work(SLICE_S):
            await rest(0)
            if time.monotonic() > until:
                from reader.tui.screens.dialogs.progress import ProgressDialog

                done: bool | None = await self.ask(ProgressDialog(title, work, words))
                return bool(done)
        return True

    def many_changed(self) -> None:
        """Bring everything to what the memory has now; the highlight moved to may be gone."""
        if self.target_uid and self.session.annotations.index.get(self.target_uid) is None:
            self.target_uid = None
            self.pane.set_target(None)
        self.pane.refresh_marks()
        self.refresh_panel()
        if self.mode == "PANEL":
            self.follow_panel()
        else:
            self.panel.set_current(self.entry_here())
            self.after_move()
        self.count_again()

    def structure_changed(self) -> None:
        """Show the article again, because a block's role has changed."""
        self.pane.rows_changed()
        self.cursor = self.session.document.statement_at(
            self.cursor.start if self.cursor else self.pane.top_offset
        )
        self.pane.move_cursor(self.cursor, reveal=False)
        self.start_background_work()
        self.after_move()

    # ------------------------------------------------------------------ the app's own commands

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
        from reader.tui.palette import Palette, run, tag_key_of

        listed = {command.id: command for command in self.commands()}
        tags = self.session.facet.tags if self.mode in ("READ", "SELECT", "PANEL") else ()
        chosen = await self.ask(Palette(list(listed.values()), tags))
        if chosen is None:
            return
        key = tag_key_of(chosen)
        await run(self, f"tag({key!r})" if key else listed[chosen].action)

    def commands(self) -> list[Command]:
        """Return the commands that the palette offers now."""
        raise NotImplementedError

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()
