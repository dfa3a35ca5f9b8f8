"""The tour over the reading screen: it waits for keys and never takes one, except Esc to end it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from textual import events

from reader.tui.asking import run_beside
from reader.tui.commands import key_for
from reader.tui.reading.tags import Tags
from reader.tui.widgets.hints import Mode

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook, Facet, Tag
    from reader.domain.text import Span
    from reader.tui.reading.screen import ReadingScreen
    from reader.tui.touring.tour import Seen, Tour
    from reader.tui.widgets.tour_bar import TourBar

_OFFER, _SHORT_OFFER = "New here? {} then “tour”", "New? “tour” in {}"
_ROOMY = 60
"""Columns from which on the offer has room for words."""


class Touring(Tags):
    """Offers the tour while nothing has been marked yet, and goes through its steps."""

    tour: Tour | None = None
    tour_since = 0
    """The number of the log from which on the tour's marks are."""
    _bar: TourBar | None = None
    _offered = False
    _offered_at: Span | None = None
    """The statement where it was offered: it stands first there, then where nothing else is."""

    def begin_tour(self) -> None:
        """Begin the tour if it was asked for; else offer it, if nothing at all is marked yet."""
        if self.app.tour_wanted:
            self.app.tour_wanted = False
            self.start_tour()
        elif not self.session.opened.highlights:
            self.work(self._offer, "offer")

    async def _offer(self) -> None:
        if not await self.database.run(lambda library: library.highlights.any()):
            self._offered, self._offered_at = True, self.cursor
            self.status_bar.set_offer(self._offer_words, first=True)

    @property
    def _offer_words(self) -> str:
        words = _OFFER if self.app.size.width >= _ROOMY else _SHORT_OFFER
        return words.format(key_for("palette"))

    def start_tour(self) -> None:
        """Begin the tour, from the first step."""
        run_beside(self, self._start_tour, "tour", exclusive=True)

    async def _start_tour(self) -> None:
        from reader.tui.touring.tour import Tour
        from reader.tui.widgets.tour_bar import TourBar

        self._withdraw_offer()
        self._go_where_nothing_is_tagged()
        await self.saver.tried()
        self.tour_since = await self.database.run(lambda library: library.log.newest())
        self.tour = Tour(self.session, self._seen())
        if self._bar is None:
            self._bar = TourBar()
            self.add_class("-touring")
            await self.mount(self._bar, before=self.tag_bar)
        self._show_step()

    def _go_where_nothing_is_tagged(self) -> None:
        """Go on, else back, to a statement that has no tag, nor the next one: both will be used."""
        if self.cursor is None:
            return
        first = self.session.document.statement_at(0)
        at = self._untagged_from(self.cursor.start) or self._untagged_from(0) or first
        if at != self.cursor:
            self.leaving()
            self.go(at)

    def _untagged_from(self, start: int) -> Span | None:
        judged = self.session.annotations.judged_with
        pairs = pairwise(self.session.document.statements(start))
        return next((at for at, after in pairs if not judged(at) and not judged(after)), None)

    def end_tour(self) -> None:
        """End the tour, wherever it is."""
        self.tour = None
        self.remove_class("-touring")
        if self._bar is not None:
            self._bar.remove()
            self._bar = None

    def _show_step(self) -> None:
        if self.tour is not None and self._bar is not None:
            self._bar.show(self.tour.head, self.tour.text)
            if self.app.plain:
                self.say(f"{self.tour.head}. {self.tour.text}")

    def _seen(self) -> Seen:
        from reader.tui.touring.tour import Seen

        marks, at = list(self.session.annotations.index), self.cursor
        judged = at is not None and self.session.annotations.is_judged(at, self.session.codebook.id)
        return Seen(
            self.cursor,
            self.mode,
            len(marks),
            frozenset((each.uid, each.code) for mark in marks for each in mark.judgements),
            frozenset((mark.uid, mark.note) for mark in marks if mark.note),
            judged,
            self._way_to_untagged(at) if judged and at else "",
        )

    def _way_to_untagged(self, at: Span) -> str:
        """Return the id of the command that goes to a statement without a tag; empty if none."""
        ways = (("unjudged.next", 1), ("unjudged.previous", -1))
        return next((name for name, step in ways if self.session.unjudged(at, step)), "")

    def _look(self) -> None:
        if self.tour is not None and self.tour.look(self._seen()):
            self._show_step()

    def give(self, codebook: Codebook, facet: Facet, tag: Tag, *, off: bool = True) -> None:
        """Set a tag, or take it off; what the tour asks for changes no tag that was there."""
        if off and self.tour is not None and self._stays(self.tour, codebook, facet, tag):
            self.tour.leave_as_it_is()
            self._show_step()
        else:
            super().give(codebook, facet, tag, off=off)

    def _stays(self, tour: Tour, codebook: Codebook, facet: Facet, tag: Tag) -> bool:
        """Whether the tour asks for a tag here, where it would take one off or replace one."""
        from reader.services.annotating.edits import judgement_like

        target = self.target() if self.mode == "READ" and tour.asks_for(tag.code) else None
        found = target.highlight if target is not None else None
        if found is None:
            return False
        return judgement_like(found.judgements, found.uid, codebook, facet, tag) is not None

    def _withdraw_offer(self) -> None:
        if self._offered:
            self._offered = False
            self.status_bar.set_offer("")

    # ------------------------------------------------------------------ what may end a step

    def after_edit(self) -> None:
        """Look whether a step is done."""
        super().after_edit()
        self._look()
        if self._offered and self.session.annotations.index:
            self._withdraw_offer()
        elif self._offered and self.cursor != self._offered_at:
            self.status_bar.set_offer(self._offer_words)

    def set_mode(self, mode: Mode) -> None:
        """Look whether a step is done."""
        super().set_mode(mode)
        self._look()

    def on_key(self, event: events.Key) -> None:
        """End the tour at Esc, where Esc has nothing else to do."""
        if event.key == "escape" and self.mode == "READ" and self.tour is not None:
            event.stop()
            self.work_holding_keys(self.leave_tour, "dialog")

    async def leave_tour(self) -> None:
        """End the tour, if one is on; ask whether what was marked in it is to stay."""
        if self.tour is not None:
            from reader.tui.touring import ending

            await ending.end(cast("ReadingScreen", self))
