"""Shows what is proposed for the part of the article on the screen. Import late: after its paint.

Everything is found in slices between keys, and some pages ahead: a page that is turned to is drawn
once, with what is proposed for it. A move of the cursor costs a look into what was found. What was
decided on is read once for an article, and again when an undo speaks of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.text import Span
from reader.services.attributing.given import given_in
from reader.services.suggesting import pictures
from reader.services.suggesting.by_hand import NEAR, ByHand
from reader.services.suggesting.proposals import Proposal, Proposals
from reader.services.suggesting.remarking import hint
from reader.services.suggesting.wording import in_a_word, in_short
from reader.tui.asking import rest
from reader.tui.at_rest import AtRest
from reader.tui.commands import key_for
from reader.tui.reading.later import BREATH_SECONDS, IDLE_SECONDS, SLICE_SECONDS

if TYPE_CHECKING:
    from reader.domain.speech.pictures import Picture
    from reader.services.reading.session import Session
    from reader.tui.reading.screen import ReadingScreen

_AHEAD = 2
"""Pages that are looked at ahead of the one on the screen."""

_LEAST = 500
"""Code points of a page, at least: a screen may show a line or two."""


_ROOMY = 100
"""Columns from which on a hint has room for how something is said."""


class Shown:
    """The proposals of the open article, as the pane and the hint line show them.

    Args:
        screen: The reading screen.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self.session: Session = screen.session
        self.proposals = Proposals(self.session.document)
        self._by_hand = ByHand()
        self._pictures: list[Picture] = []
        self._decided_pictures: dict[str, str] = {}
        self._seen = Span(0, 0)
        self._changed = 0
        """Goes up when what there is to show may be something else."""
        self._asked: tuple[int, int, int] | None = None
        self._answer: list[tuple[int, int]] = []
        self._told_of: Span | None = None
        self._tell_at_rest = AtRest(self._follow)

    # ------------------------------------------------------------------ for the pane

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches that something is proposed for, those that touch as one.

        It is asked for at each change of the view, so that the answer is kept.
        """
        asked = (start, end, self._changed)
        if asked != self._asked:
            self._asked, self._answer = asked, self._between(start, end)
        return self._answer

    def _between(self, start: int, end: int) -> list[tuple[int, int]]:
        found = [span for item in self.open_in(start, end) for span in item.spans]
        found += [item.span for item in self._pictures]
        spans = sorted(
            (max(span.start, start), min(span.end, end))
            for span in found
            if span.overlaps((start, end))
        )
        joined: list[tuple[int, int]] = []
        for first, last in spans:
            if joined and first <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return joined

    def open_in(self, start: int, end: int) -> list[Proposal]:
        """Return the proposals in a stretch that nobody has decided on or attributed by hand."""
        near = self.proposals.all_at(Span(start, end))
        found = self.proposals.between(start, end)
        return [item for item in found if not self._by_hand.answers(item, near)]

    def at(self, statement: Span | None) -> list[Proposal]:
        """Return the open proposals of a statement of the article that is open."""
        if statement is None or self.session is not self._screen.session:
            return []
        near = self.proposals.all_at(Span(max(0, statement.start - NEAR), statement.end))
        return self._by_hand.open(self.proposals.at(statement), near)

    def concerns(self, statement: Span) -> bool:
        """Whether what is done to a statement may change what is proposed for it or behind it."""
        return bool(self.at(statement)) or self._by_hand.says(statement)

    def picture_at(self, statement: Span | None) -> Picture | None:
        """Return what a statement's paragraph looks like, if it looks like a caption or credit."""
        if statement is None or self.session is not self._screen.session:
            return None
        return next((item for item in self._pictures if item.span.overlaps(statement)), None)

    # ------------------------------------------------------------------ finding

    async def load(self) -> None:
        """Read what was decided on, then look at what is on the screen."""
        known = self.session.annotations
        where = known.version_uid, known.annotator_uid
        try:
            decisions = await self._screen.database.run(
                lambda library: library.suggestions.decided(*where)
            )
        except ReaderError:
            return  # the article can be read without proposals; `reader doctor` tells the rest
        self.proposals.decided(decisions)
        self._decided_pictures = pictures.decisions(decisions)
        self._changed += 1
        self._seen, self._told_of = Span(0, 0), None
        await self.look()

    async def look(self) -> None:
        """Find what there is to propose for what is on the screen, then for what comes next."""
        shown = self._screen.pane.visible_span()
        page = max(_LEAST, shown.end - shown.start)
        if not self._knows(shown) and not self.proposals.has_read(*shown):
            await self._find(shown)
        if not self._knows(Span(shown.start, shown.end + page)):
            await self._find(Span(max(0, shown.start - page), shown.end + _AHEAD * page))

    def _knows(self, span: Span) -> bool:
        """Whether what there is to propose for a stretch of the article has been found."""
        end = min(span.end, self.session.document.length)
        return self._seen.start <= span.start and end <= self._seen.end

    async def _find(self, span: Span) -> None:
        """Find what there is to propose for a stretch, between keys, and show it."""
        for _ in self.proposals.look(*span):
            await rest(SLICE_SECONDS)
            while self._screen.key_came_within(BREATH_SECONDS):
                await rest(BREATH_SECONDS)
            if self.session is not self._screen.session:
                return
        self._pictures = pictures.between(self.session.document, span, self._decided_pictures)
        await self._see_what_is_attributed(span)
        self._seen = span
        self._changed += 1
        self._screen.pane.refresh_marks()
        self.follow()

    async def _see_what_is_attributed(self, span: Span) -> None:
        known = self.session.annotations
        where = known.version_uid, known.annotator_uid
        stretch = (max(0, span.start - NEAR), span.end)
        try:
            self._by_hand = ByHand(
                await self._screen.database.run(lambda library: given_in(library, *where, stretch))
            )
        except ReaderError:
            return

    # ------------------------------------------------------------------ saying what and why

    def follow(self) -> None:
        """Say what is proposed for the statement under the cursor, when the cursor rests.

        What was said of another statement goes at once. While a key is held, a line that changes
        with each statement would cost more than all the rest.
        """
        if self._told_of != self._screen.cursor:
            self._screen.status_bar.leave_statement()
        self._tell_at_rest.soon(IDLE_SECONDS)

    def _follow(self) -> None:
        if not self._screen.is_attached or self._screen.suggested is not self:
            return
        cursor = self._screen.cursor
        found = self.at(cursor)
        more = f" +{len(found) - 1}" if len(found) > 1 else ""
        self._told_of = cursor
        picture = self.picture_at(cursor)
        tell = in_short if self._screen.app.size.width >= _ROOMY else in_a_word
        words = f"{tell(found[0])}{more}" if found else ""
        words = f"{picture.reason}?" if picture else words
        key = key_for("suggestion")
        self._screen.status_bar.set_proposal(f"{key} {words}" if words else "")
        if cursor is not None and self.session is self._screen.session:
            there = self.session.annotations.index.overlapping(*cursor)
            flag = "" if any(item.flag for item in there) else key_for("flag")
            self._screen.status_bar.set_remark(hint(self.session.document.text, cursor, flag))

    def hide(self) -> None:
        """Say and show nothing."""
        self._tell_at_rest.cancel()
        self._screen.pane.set_suggested(None)
        self._screen.status_bar.set_proposal("")
        self._screen.status_bar.set_remark("")
