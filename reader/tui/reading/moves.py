"""The reading screen's keys that move: statements, paragraphs, pages, highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.text import Span
from reader.tui.commands import key_for
from reader.tui.reading.base import ReadingBase

if TYPE_CHECKING:
    from reader.tui.reading import places
    from reader.tui.widgets.article.pane import ArticlePane
else:
    places = Late("reader.tui.reading.places")


class Moves(ReadingBase):
    """Moving the cursor and the view."""

    def action_statement_next(self) -> None:
        """Go to the next statement."""
        if self.cursor is not None:
            self.go(self.session.document.next_statement(self.cursor))

    def action_statement_previous(self) -> None:
        """Go to the previous statement."""
        if self.cursor is not None:
            self.go(self.session.document.previous_statement(self.cursor))

    def action_paragraph_next(self) -> None:
        """Go to the next paragraph."""
        if self.cursor is not None:
            self.go(self.session.document.next_paragraph(self.cursor.start))

    def action_paragraph_previous(self) -> None:
        """Go to the beginning of this paragraph, then to the one before."""
        if self.cursor is not None:
            self.go(self.session.document.previous_paragraph(self.cursor.start))

    def action_page_down(self) -> None:
        """Read on by a page."""
        self._scroll(1, 1.0)

    def action_page_up(self) -> None:
        """Go back by a page."""
        self._scroll(-1, 1.0)

    def action_half_page_down(self) -> None:
        """Read on by half a page."""
        self._scroll(1, 0.5)

    def action_half_page_up(self) -> None:
        """Go back by half a page."""
        self._scroll(-1, 0.5)

    def _scroll(self, pages: int, fraction: float) -> None:
        """Move the view; the cursor comes along to the first statement that begins in it."""
        before = self.pane.visible_span().start  # the place it hangs on may lie further down
        self.pane.scroll_pages(pages, fraction)
        if self.pane.visible_span().start == before:  # at the end: to the last, or first, statement
            last = self.session.document.statement_at(self.session.document.length)
            first = self.session.document.statement_at(0)
            self.go(last if pages > 0 else first)
        else:
            self.follow_view()

    def action_line_down(self) -> None:
        """Move the text up by one line; the cursor stays on the screen."""
        self.pane.scroll_lines(1)
        self.follow_view()

    def action_line_up(self) -> None:
        """Move the text down by one line; the cursor stays on the screen."""
        self.pane.scroll_lines(-1)
        self.follow_view()

    def follow_view(self) -> None:
        """Put the cursor into the view if it is outside."""
        shown = self.pane.visible_span()
        if self.cursor is None or not shown or self._in_view(shown):
            return
        statements = list(self.session.document.statements(*shown))
        if not statements:
            return
        if self.cursor.start >= shown.end:
            self.go(_last_begun(statements, shown), reveal=False)
        else:
            self.go(_first_begun(statements, shown), reveal=False)

    def _in_view(self, shown: Span) -> bool:
        moved_to = self.session.annotations.index.get(self.target_uid or "")
        at = moved_to.span if moved_to else self.cursor
        return at is not None and at.overlaps(shown)

    def on_article_pane_scrolled(self, event: ArticlePane.Scrolled) -> None:
        """Look for suggestions in what has come onto the screen."""
        event.stop()
        self.suggest_again()

    def on_article_pane_wheeled(self) -> None:
        """Take the cursor along, so that no key acts on what is not to be seen."""
        if self.mode in ("READ", "RELATE", "PLACE"):
            self.follow_view()

    def action_text_top(self) -> None:
        """Go to the first statement."""
        self.leaving()
        self.pane.scroll_to_offset(0)
        self.go(self.session.document.statement_at(0))

    def action_text_bottom(self) -> None:
        """Go to the last statement."""
        self.leaving()
        self.pane.scroll_to_offset(self.session.document.length)
        self.go(self.session.document.statement_at(self.session.document.length))

    def go_to_number(self, number: int) -> None:
        """Go to a statement by its number, from 1; to the last if there are not so many."""
        self.leaving()
        self.go(self.session.document.numbered(number))

    # ------------------------------------------------------------------ places to come back to

    def action_jump_back(self) -> None:
        """Go back to where the last jump began."""
        places.back(self)

    def action_jump_forward(self) -> None:
        """Go where one has come back from."""
        places.forward(self)

    def action_bookmark_set(self) -> None:
        """Set a mark: the next key is its letter."""
        places.await_letter(self, "set")

    def action_bookmark_go(self) -> None:
        """Go to a mark: the next key is its letter."""
        places.await_letter(self, "go")

    def action_bookmark_list(self) -> None:
        """List the marks and go to one."""
        places.list_marks(self)

    # ------------------------------------------------------------------ by what is marked

    def action_unjudged_next(self) -> None:
        """Go to the next statement without a tag of the codebook."""
        self._unjudged(1)

    def action_unjudged_previous(self) -> None:
        """Go to the previous statement without a tag of the codebook."""
        self._unjudged(-1)

    def _unjudged(self, step: int) -> None:
        found = self.session.unjudged(self.cursor, step) if self.cursor else None
        if found is None:
            self.say(self._all_judged(step))
        else:
            self.leaving()
        self.go(found)

    def _all_judged(self, step: int) -> str:
        """Say that there is none this way, and how many the other way, as far as that is known."""
        session, tally = self.session, self.session.tally
        ways = ("after", "before") if step > 0 else ("before", "after")
        told = f"No statement without a tag of the codebook {ways[0]} this one."
        key = key_for("unjudged.previous" if step > 0 else "unjudged.next")
        if self.cursor is None or not tally.complete:  # to count them now would hold up keys
            return f"{told} {key} looks {ways[1]} it."
        here = not session.annotations.is_judged(self.cursor, session.codebook.id)
        others = session.document.total() - tally.judged - here
        return f"{told} {others} {ways[1]}: {key}." if others else told

    def action_highlight_next(self) -> None:
        """Go to the next highlight."""
        self._highlight(1)

    def action_highlight_previous(self) -> None:
        """Go to the previous highlight."""
        self._highlight(-1)

    def _highlight(self, step: int) -> None:
        here = self._here()
        found = self.session.next_highlight(here, step) if here is not None else None
        if found is None:
            self.say(f"No highlight {'after' if step > 0 else 'before'} this place.")
        else:
            self.leaving()
            self.go_to_highlight(found)

    def _here(self) -> Highlight | Span | None:
        """Return the highlight that the cursor was moved to, else the statement under it."""
        moved_to = self.session.annotations.index.get(self.target_uid or "")
        return moved_to or self.cursor

    def action_highlight_cycle(self) -> None:
        """Go through the highlights that overlap here."""
        if self.cursor is None:
            return
        over = self.session.annotations.index.overlapping(*self.cursor)
        if not over:
            self.say("No highlight here.")
            return
        uids = [highlight.uid for highlight in over]
        at = uids.index(self.target_uid) + 1 if self.target_uid in uids else 0
        found = over[at % len(over)]
        self.go(self.cursor, found.uid)
        self.say(f"Highlight {at % len(over) + 1} of {len(over)} here.")


def _first_begun(statements: list[Span], shown: Span) -> Span:
    return next((span for span in statements if span.start >= shown.start), statements[0])


def _last_begun(statements: list[Span], shown: Span) -> Span:
    return next((span for span in reversed(statements) if span.end <= shown.end), statements[-1])
