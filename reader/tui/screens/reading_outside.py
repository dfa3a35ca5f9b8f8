"""What leaves the reading screen: quotations to the clipboard, the address to the browser."""

from __future__ import annotations

from reader.domain.highlight import Highlight
from reader.domain.text import Span
from reader.tui.screens.reading_base import ReadingBase


class Outside(ReadingBase):
    """``y`` and ``o``."""

    def leave_select(self) -> None:
        """Leave SELECT, if that is the mode."""
        raise NotImplementedError

    def action_copy(self, form: str = "plain") -> None:
        """Copy the quotation with its citation and tags."""
        found = self.to_copy()
        if not found:
            self.say("There is nothing here to copy.")
            return
        self.leave_select()
        from reader.tui.outside import copy

        self.say(copy(self.app, self.session, found, form))

    def to_copy(self) -> list[tuple[Span, Highlight | None]]:
        """Return what a copy is made of: what a key acts on."""
        target = self.target()
        if target is None or not self.session.document.text[slice(*target.span)].strip():
            return []
        return [(target.span, target.highlight)]

    def action_original(self) -> None:
        """Open the article's address in the browser."""
        from reader.tui.outside import open_original

        self.work(lambda: open_original(self.say, self.session.opened.article.metadata), "browser")
