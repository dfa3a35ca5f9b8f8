"""What the reading screen does beside the keys: it saves, loads, counts, and keeps the place."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reader.domain.errors import ReaderError, StorageError
from reader.domain.highlight import Highlight
from reader.domain.late import Late
from reader.domain.operation import Group, now
from reader.domain.text import Span
from reader.services.reading.session import Session
from reader.storage.articles import Place as ReadingPlace
from reader.tui.asking import Work
from reader.tui.at_rest import AtRest
from reader.tui.reading.sources import history_facts
from reader.tui.reading.state import ReadingState
from reader.tui.saving.database import Database
from reader.tui.saving.saver import Saver, SaveState

if TYPE_CHECKING:
    from collections.abc import Collection

    from reader.services.telling import known
    from reader.storage.library import Library
    from reader.tui.reading import loading, others
    from reader.tui.reading.screen import ReadingScreen
    from reader.tui.reading.under_way import UnderWay
    from reader.tui.relating import standing
    from reader.tui.saving.trouble import Trouble
    from reader.tui.suggesting.showing import Shown
    from reader.tui.widgets.panel_rows import Facts
else:
    known = Late("reader.services.telling.known")
    loading = Late("reader.tui.reading.loading")
    others = Late("reader.tui.reading.others")
    standing = Late("reader.tui.relating.standing")

_WITHOUT_PAGES = ("text/plain", "text/markdown")
"""Kinds of captures of which nothing is known besides their text."""

SETTLE_SECONDS = 0.5
"""Pause after an article was opened before what nobody waits for: its screen is drawn by then."""

SLICE_SECONDS = 0.005
"""Pause between two slices of counting: a key passes many hands and shall not meet one at each."""

IDLE_SECONDS = 0.15
"""Pause after the last key before background counting goes on."""

BREATH_SECONDS = 0.01
"""Pause after a key before a slice of work that also goes on while a key is held."""

PLACE_SECONDS = 2.0
"""Pause after the last move before the place is remembered."""

LONGEST_LOOK_MS = 120_000
"""A longer pause between two keys does not count as reading time."""


class Later(ReadingState):
    """Work that no key waits for."""

    under_way: UnderWay | None = None
    """What is done in slices to very many highlights, if something is."""

    def __init__(self, database: Database, session: Session, annotator_name: str) -> None:
        super().__init__(database, session, annotator_name)
        self.saver = Saver(database, self._save_state, self.save_refused, self._save_rescued)
        self.kept_if_refused: dict[str, str] = {}
        """What to do if an action is refused of which the words are kept, by the group's uid."""
        self.take_place_from(session)
        self.place_due = False
        """Whether the reading place is looked at soon, to be remembered if it is another."""
        self._facts_due: str | None = None
        self._facts_at_rest = AtRest(self._ask_now)
        self._trouble: Trouble | None = None
        self.suggested: Shown | None = None
        """What is suggested in the open article; None until it is looked for, and where hidden."""
        self._suggest_at_rest = AtRest(self._suggest_now)
        self._saved_at: set[Span] = set()
        self._saved_at_rest = AtRest(self._suggest_where_saved)
        self.in_background = False
        """Whether the first screen has been painted, so that what it did not need may come."""
        self._strip_of: Session | None = None
        self._head_at_rest = AtRest(self.show_head)

    def after_move(self) -> None:
        """Bring everything to where the cursor is."""
        raise NotImplementedError

    def after_edit(self) -> None:
        """Bring to what is under the cursor now whatever an edit there may have changed."""
        raise NotImplementedError

    def structure_changed(self) -> None:
        """Show the article again, because a block's role has changed."""
        raise NotImplementedError

    # ------------------------------------------------------------------ saving

    def _save_state(self, state: SaveState, error: StorageError | None) -> None:
        self.show_save_state()
        if error is not None:
            self.trouble.failed(error)
        elif state is SaveState.SAVED:
            if self._trouble is not None:
                self._trouble.ended()
            self.facts_changed()

    def _save_rescued(self, path: Path | None, error: ReaderError | None) -> None:
        self.trouble.rescued(path, error)

    @property
    def trouble(self) -> Trouble:
        """What is told of changes that cannot be saved."""
        if self._trouble is None:
            from reader.tui.saving.trouble import Trouble  # late: seldom needed

            self._trouble = Trouble(self, self.saver)
        return self._trouble

    def show_save_state(self) -> None:
        """Show in the title line whether everything is saved, or that nothing can be."""
        if self.unchangeable:
            self.title_bar.set_save_state("read-only")
        else:
            self.title_bar.set_save_state(self.saver.state.value)

    def save_refused(self, group: Group, error: ReaderError) -> None:
        """Bring back what the library has, because it refused a group for good."""
        raise NotImplementedError

    async def settled(self) -> bool:
        """Wait until everything that was done is in the library; False if that failed."""
        while self.under_way is not None:
            await self.under_way.ended()
        await self.turns.ended()
        return await self.saver.tried()

    async def settled_or_told(self) -> None:
        """Wait likewise before something is listed, and say if it will lack what was done last."""
        if not await self.settled():
            self.say("What is NOT SAVED yet is not listed here; it will be when it is saved.")

    # ------------------------------------------------------------------ time and place

    def take_place_from(self, session: Session) -> None:
        """Go on counting from where the annotator left off."""
        self._furthest = session.opened.place.furthest
        self._spent_ms = session.opened.place.ms_spent
        self._looked = time.monotonic()
        self._kept_at: tuple[int, int] | None = None

    def note_time(self) -> None:
        """Count the time since the last move as reading, and remember the place soon."""
        now_s = time.monotonic()
        self._spent_ms += min(int((now_s - self._looked) * 1000), LONGEST_LOOK_MS)
        self._looked = now_s
        if self.cursor is not None:
            self._furthest = max(self._furthest, self.session.read_to(self.cursor))
        if not self.place_due:
            self.place_due = True
            asyncio.get_running_loop().call_later(PLACE_SECONDS, self._remember_place)

    def _remember_place(self) -> None:
        """Have the place remembered; where nobody has moved, the time there can wait for that."""
        self.place_due = False
        if not self.is_attached:  # it was left, and remembered then
            return
        if self.cursor is not None and self._kept_at != (self.cursor.start, self._furthest):
            self.keep_place()

    def keep_place(self) -> None:
        """Have the reading place remembered; losing it would be no loss of work."""
        if self.cursor is None or self.session.opened.older:
            return
        self._kept_at = self.cursor.start, self._furthest
        place = ReadingPlace(*self._kept_at, self._spent_ms, now())
        known = self.session.annotations

        def keep(library: Library) -> None:
            if library.articles.is_current(known.version_uid):  # else it is no place in the text
                library.articles.keep_place(known.article_uid, known.annotator_uid, place)

        self.database.submit(keep)

    def show_head_soon(self) -> None:
        """Bring the panel's head up to date when the cursor rests.

        While a key is held, a cell at the top of the screen would cost more than all the rest.
        """
        self._head_at_rest.soon(IDLE_SECONDS)

    @property
    def shows_head_soon(self) -> bool:
        """Whether the panel's head waits for a pause."""
        return self._head_at_rest.coming

    @property
    def keys_are_coming(self) -> bool:
        """Whether something was pressed just now, so that other work had better wait."""
        return self.key_came_within(IDLE_SECONDS)

    def key_came_within(self, seconds: float) -> bool:
        """Whether the last key came less than so long ago."""
        return time.monotonic() - self._looked < seconds

    def show_head(self) -> None:
        """Show in the panel's head what was judged, where tags are, and where the cursor is."""
        if self.is_attached:
            self.refresh_counts()
            self.counts.set_place(self.cursor.start if self.cursor else None)
            self.counts.follow_strip()

    # ------------------------------------------------------------------ loading and counting

    def start_background_work(self) -> None:
        """Load the other highlights, then count statements while no key is pressed."""
        self.in_background = True
        session = self.session
        self.work(lambda: loading.load_rest(self, session), "load")
        self.work(lambda: loading.check_text(self, session), "check")
        if self.app.settings.suggestions:
            self.work(self.suggest, "suggest")
        if self.session.opened.version.media_type not in _WITHOUT_PAGES:
            self.work(lambda: loading.load_capture(self, session), "capture")

    def beside_changed(self, uids: Collection[str]) -> None:
        """Have read anew what stands beside some highlights, when all that was done is saved."""
        self.work(lambda: standing.read_anew(self, uids), "beside", exclusive=False)

    def come_back(self) -> None:
        """Go on here after another article was open above this one."""
        self.app.saver = self.saver
        self.work(self._take_news, "news")

    async def _take_news(self) -> None:
        await others.take_news(cast("ReadingScreen", self))

    async def suggest(self) -> None:
        """Look for what can be suggested."""
        raise NotImplementedError

    def suggest_again(self, *, anew: bool = False) -> None:
        """Look for suggestions in what is on the screen now, when that has come to rest.

        Args:
            anew: What was decided on may have changed.
        """
        if self.suggested is not None:
            look = self.suggested.load if anew else self.suggested.look
            self._suggest_at_rest.soon(IDLE_SECONDS, look)

    def _suggest_now(self, look: Work) -> None:
        if self.is_attached:  # of another version, it is looked for from the beginning
            shown = self.suggested
            anew = shown is not None and shown.session is not self.session
            self.work(self.suggest if anew else look, "suggest")

    def count_again(self) -> None:
        """Have counted anew what many edits at once have left uncounted."""
        session = self.session
        busy = any(item.group == "load" and not item.is_finished for item in self.workers)
        if session.tally.behind and not busy:
            self.work(lambda: loading.count_rest(self, session), "load")

    def follow_density(self) -> None:
        """Let the panel's head show where the tags are, as soon as there are any."""
        if self._strip_of is not self.session and len(self.session.annotations.index):
            from reader.tui.reading.density_strip import (
                DensityStrip,  # late: not for the first paint
            )

            self._strip_of = self.session
            self.counts.set_strip(DensityStrip(self.session))
            self.show_head()

    # ------------------------------------------------------------------ history

    def facts_changed(self) -> None:
        """Have the history of the open entry read anew, and what is suggested if that is done."""
        if self.suggested is not None and self.cursor is not None:
            self._saved_at.add(self.cursor)
            self._saved_at_rest.soon(IDLE_SECONDS)
        if not self._facts_at_rest.coming:
            self._facts_due = None
            self.ask_for_facts()

    def _suggest_where_saved(self) -> None:
        """Look for suggestions anew, once no key comes, if some were made where one was saved."""
        if self.keys_are_coming:
            self._saved_at_rest.soon(IDLE_SECONDS)
            return
        places, self._saved_at = self._saved_at, set()
        shown = self.suggested
        if shown is not None and self.is_attached and any(map(shown.concerns, places)):
            self._suggest_now(shown.load)

    def ask_for_facts(self) -> None:
        """Have the history of the open entry read from the log, when the cursor rests on it."""
        highlight = self.current_entry()
        uid = highlight.uid if highlight else None
        if uid == self._facts_due:
            return
        self._facts_due = uid
        if highlight is None:
            self._facts_at_rest.cancel()
        else:
            self._facts_at_rest.soon(IDLE_SECONDS, highlight)

    def _ask_now(self, highlight: Highlight) -> None:
        if self.is_attached:
            self.work(lambda: self._load_facts(highlight), "facts")

    async def _load_facts(self, highlight: Highlight) -> None:
        session, blind = self.session, self.app.settings.blind_rating
        try:
            told, events = await self.database.run(
                lambda library: known.of_highlight(library, session, highlight, blind=blind)
            )
        except ReaderError:
            return  # a history that cannot be read is not worth a message at each move
        self.panel.set_facts(highlight.uid, history_facts(events), told)
        if told or session.told:
            self.told_changed(highlight.uid, told)

    def told_changed(self, uid: str, told: Facts) -> None:
        """Know what stands beside a highlight, in words."""
        self.session.told[uid] = told
