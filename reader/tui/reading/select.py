"""SELECT: marking a stretch that is not a statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reader.domain.document import Document
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.text import Span
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit
from reader.tui.commands import key_for
from reader.tui.reading.tags import Make, Tags

if TYPE_CHECKING:
    from reader.services.annotating import placing
    from reader.services.reading import selection as select
    from reader.services.reading.selection import Selection
    from reader.tui.reading import pointing
    from reader.tui.widgets.article.pane import ArticlePane
else:
    placing = Late("reader.services.annotating.placing")
    pointing = Late("reader.tui.reading.pointing")
    select = Late("reader.services.reading.selection")


class Selecting(Tags):
    """The keys of SELECT; digits and other verbs act on the selection and leave."""

    reshaped: Highlight | None = None
    """The highlight whose ends Enter moves to the selection's."""
    drawn_from: int | None = None
    """The end that stands while the mouse draws the other one of what was there before."""

    def selected_span(self) -> Span:
        """Return what the selection marks when it is used."""
        assert self.selection is not None  # noqa: S101 - callers ask first
        own = self.reshaped.span if self.reshaped is not None else None
        return select.result(self.session.document, self.selection, own)

    def target(self) -> Target | None:
        """Return what a key acts on; in SELECT on a saved highlight, that one."""
        if self.selection is not None and self.reshaped is not None:
            return Target(self.selected_span(), self.reshaped)
        return super().target()

    def with_ends(self, make: Make) -> Make:
        """Let what is made of a saved highlight give it the ends that are selected, too."""
        if self.selection is None or self.reshaped is None:
            return make
        span = self.selected_span()
        return lambda known, now: placing.with_ends(known, now, span, make)

    def keep_ends(self) -> None:
        """Give a saved highlight the ends that are selected, if that is what SELECT is for."""
        if self.reshaped is not None:
            self.action_select_keep()

    def action_select_word(self) -> None:
        """Select from the first word under the cursor; of a highlight moved to, move the ends."""
        if not self._reshape() and self.cursor is not None:
            self.select(select.by_word(self.session.document, self.cursor.start))

    def action_select_statement(self) -> None:
        """Select the statement under the cursor; of a highlight moved to, move the ends."""
        if not self._reshape() and self.cursor is not None:
            self.select(select.by_statement(self.cursor))

    def _reshape(self) -> bool:
        """Select the highlight that the cursor was moved to, so that Enter moves its ends."""
        highlight = self.session.annotations.index.get(self.target_uid or "")
        if highlight is not None:
            self.reshape(highlight, select.by_statement(highlight.span))
        return highlight is not None

    def reshape(self, highlight: Highlight, selection: Selection) -> None:
        """Select for a highlight what shall be its stretch."""
        if self.reshaped is None:
            self.say(f"{key_for('select.keep')} keeps the new ends; a tag is set with them.")
        self.reshaped = highlight
        self.select(selection)

    def select(self, selection: Selection | None) -> None:
        """Show a selection and let keys work on it; None leaves SELECT."""
        self.selection = selection
        if selection is None:
            self.reshaped = None
            self.set_mode("READ")
            self.pane.set_selection(None)
        else:
            if self.mode != "SELECT":
                self.set_mode("SELECT")
            self.status_bar.set_words(self._words_for_enter())
            self.pane.set_selection(selection.span, selection.moving)
        self.refresh_tag_bar()

    def _words_for_enter(self) -> Mapping[str, str]:
        """Return what the hint line says of the key that keeps the selection, if not the usual."""
        if self.app.relating is not None:
            return {
                "select.keep": "relate" if self.app.relating.orphan is None else "place it here"
            }
        return {"select.keep": "keep the ends"} if self.reshaped is not None else {}

    def leave_select(self) -> None:
        """Leave SELECT, if that is the mode."""
        if self.selection is not None:
            self.select(None)

    def action_select_cancel(self) -> None:
        """Leave SELECT and mark nothing."""
        self.leave_select()

    def action_select_keep(self) -> None:
        """Highlight the selection without a tag, or move the highlight's ends there."""
        if self.app.relating is not None:
            self.action_relate_here()
            return
        highlight = self.reshaped
        if highlight is None:
            self.action_highlight_plain()
            return
        if not self.may_change():
            return
        span, target = self.selected_span(), Target(highlight.span, highlight)
        self.leave_select()
        self.turns.take(lambda: self.act_on(target, _moved_to(span), go_there=True))

    def _change(self, change: Callable[[Document, Selection], Selection]) -> None:
        if self.selection is not None:
            self.select(change(self.session.document, self.selection))

    def action_select_left(self) -> None:
        """Move the end by a character to the left."""
        self._change(lambda document, it: select.by_characters(document, it, -1))

    def action_select_right(self) -> None:
        """Move the end by a character to the right."""
        self._change(lambda document, it: select.by_characters(document, it, 1))

    def action_select_word_next(self) -> None:
        """Move the end to the next word."""
        self._change(select.to_next_word)

    def action_select_word_back(self) -> None:
        """Move the end to the previous word."""
        self._change(select.to_previous_word)

    def action_select_word_end(self) -> None:
        """Move the end to the end of the word."""
        self._change(select.to_word_end)

    def action_select_statement_next(self) -> None:
        """Move the end to the next statement."""
        self._change(lambda document, it: select.by_statements(document, it, 1))

    def action_select_statement_previous(self) -> None:
        """Move the end to the previous statement."""
        self._change(lambda document, it: select.by_statements(document, it, -1))

    def action_select_statement_start(self) -> None:
        """Move the end to the start of its statement."""
        self._change(select.to_statement_start)

    def action_select_statement_end(self) -> None:
        """Move the end to the end of its statement."""
        self._change(select.to_statement_end)

    def action_select_other_end(self) -> None:
        """Move the other end of the selection."""
        self._change(lambda _document, it: select.other_end(it))

    def action_select_snap(self) -> None:
        """Widen the selection to whole statements."""
        self._change(select.snapped)

    def select_paragraphs(self, step: int) -> None:
        """Move the end by a paragraph."""
        self._change(lambda document, it: select.by_paragraphs(document, it, step))

    def on_article_pane_clicked(self, message: ArticlePane.Clicked) -> None:
        """Put the cursor where the mouse is, or select there."""
        pointing.clicked(self, message)

    def on_article_pane_dragged(self, message: ArticlePane.Dragged) -> None:
        """Select what the mouse is drawn over."""
        pointing.dragged(self, message)


def _moved_to(span: Span) -> Make:
    """Return what gives a highlight other ends."""

    def moved(known: Annotations, now: Target) -> Edit:
        if now.highlight is None:
            raise UsageError("The highlight is no longer there.", "")
        return placing.move_ends(known, now.highlight, span)

    return moved
