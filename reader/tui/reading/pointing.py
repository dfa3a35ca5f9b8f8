"""The mouse in the article: a click puts the cursor, a drag selects, the gutter chooses marks.

What it leads to are states that keys lead to as well. Import late: not everybody has a mouse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.text import Span
from reader.services.reading import selection as select

if TYPE_CHECKING:
    from reader.tui.reading.select import Selecting
    from reader.tui.widgets.article.pane import ArticlePane

WORD_CLICKS = 2
"""A double click selects the word; more clicks select the statement."""


def clicked(screen: Selecting, message: ArticlePane.Clicked) -> None:
    """Put the cursor on the statement that was clicked, or select where it is."""
    screen.set_focus(screen.pane)
    if screen.mode == "MARK":
        screen.set_mode("READ")
    statement = screen.session.document.statement_at(message.offset)
    if message.gutter:
        screen.leave_select()
        _click_in_gutter(screen, statement)
    elif message.shift and screen.selection is not None:
        standing = screen.selection.standing
        screen.select(select.end_dragged(screen.session.document, standing, message.offset))
    elif message.chain == 1:
        screen.leave_select()
        screen.go(statement, reveal=False)
    elif message.chain == WORD_CLICKS or statement is None:
        screen.leave_select()
        screen.select(select.by_word(screen.session.document, message.offset))
    else:
        screen.leave_select()
        screen.select(select.by_statement(statement))


def _click_in_gutter(screen: Selecting, statement: Span | None) -> None:
    """Go to the statement's highlight, by clicking again to the next one."""
    if statement is None:
        return
    over = screen.session.annotations.index.overlapping(*statement)
    uids = [highlight.uid for highlight in over]
    here = statement == screen.cursor and screen.target_uid in uids
    at = uids.index(screen.target_uid or "") + 1 if here else 0
    screen.go(statement, uids[at % len(uids)] if uids else None, reveal=False)


def dragged(screen: Selecting, message: ArticlePane.Dragged) -> None:
    """Select what the mouse is drawn over, or move the end that it has taken hold of."""
    document = screen.session.document
    if message.begins:
        _begin_drag(screen, message.start)
    if screen.drawn_from is not None:
        screen.select(select.end_dragged(document, screen.drawn_from, message.offset))
    else:
        screen.select(select.dragged(document, message.start, message.offset))


def _begin_drag(screen: Selecting, start: int) -> None:
    """Take hold of an end of what is selected, or of the highlight that one has gone to."""
    document = screen.session.document
    highlight = screen.session.annotations.index.get(screen.target_uid or "")
    if screen.selection is not None:
        screen.drawn_from = select.opposite(document, screen.selection.span, start)
    elif highlight is not None:
        screen.drawn_from = select.opposite(document, highlight.span, start)
        if screen.drawn_from is not None:
            screen.reshape(highlight, select.by_statement(highlight.span))
    else:
        screen.drawn_from = None
    if screen.drawn_from is None:
        screen.reshaped = None
        statement = document.statement_at(start)
        if screen.selection is None and statement is not None:
            screen.go(statement, reveal=False)  # the status and the panel tell of what is drawn
