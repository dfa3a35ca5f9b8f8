"""The Changes screen: two versions of the article, and what became of every mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from reader.domain.comparing.comparison import Paragraph
from reader.domain.errors import UsageError
from reader.domain.highlight import Fate
from reader.domain.records import dataclass
from reader.services.annotating import placing
from reader.services.changes.comparing import Changes, Mark, marks_of
from reader.tui.changes.entries import ChangeList, Entry, Filter, filters_of
from reader.tui.commands import commands_for, key_name, keys_of
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.bindings import bindings_for

if TYPE_CHECKING:
    from reader.services.annotating.edits import Edit
    from reader.tui.reading.screen import ReadingScreen


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to go when the screen is left.

    Attributes:
        mark: A mark, or None.
        offset: A place in the current version, if it is no mark.
        adjust: Whether its ends, or of an orphan its place, are to be chosen anew.
    """

    mark: Mark | None = None
    offset: int = 0
    adjust: bool = False


@dataclass(frozen=True, slots=True)
class LeftAt:
    """Where the screen was left, to come back to.

    Attributes:
        entry: The current entry.
        filter: What was shown of the list.
    """

    entry: Entry
    filter: Filter


class ChangesDialog(Dialog[Destination | None]):
    """Gives back where to go, or None.

    Args:
        screen: The article's screen, which does what keys do to marks.
        found: What changed.
        left_at: Where it was left, to come back there.
    """

    HELP = "j k move, Enter goes there, a accepts, v adjusts, x orphans, f filters, Esc leaves."
    CONTEXTS = ("changes",)
    leaves_line = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(commands_for("changes"))

    left_at: LeftAt | None = None
    """Where it was left for the article."""

    def __init__(
        self, screen: ReadingScreen, found: Changes, left_at: LeftAt | None = None
    ) -> None:
        super().__init__(f"Changes · {found.name}")
        self._reading = screen
        self._found = found
        self._list = ChangeList(found, screen.session)
        self._begin_at = left_at
        self._about = Line(_about(found), "dim", max_rows=2)
        self._hints = Line(_hints(), "dim")

    def body(self) -> Iterable[Widget]:
        """Return the versions, the list, and the keys."""
        yield self._about
        yield self._list
        yield self._hints

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return _hints()

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()
        if self._begin_at is not None:
            self._list.use(self._begin_at.filter)
            self._list.go_to(self._begin_at.entry)
        self._say_filter()

    # ------------------------------------------------------------------ moving

    def action_step(self, step: int) -> None:
        """Go to the next or previous entry."""
        self._list.move(step)

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self._list.page(direction)

    def action_end(self, position: int) -> None:
        """Go to the first (0) or last (-1) entry."""
        self._list.go(position if not position else self._list.entry_count() - 1)

    def action_filter(self) -> None:
        """Go to the next filter that leaves something."""
        found = filters_of(self._list.entries)
        titles = [item.title for item in found]
        here = titles.index(self._list.filter.title) if self._list.filter.title in titles else -1
        self._list.use(found[(here + 1) % len(found)])
        self._say_filter()

    def _say_filter(self) -> None:
        now: Filter = self._list.filter
        self.heading.say(
            f"{self._list.entry_count():,} of {len(self._list.entries):,}: {now.title}"
        )

    def on_line_list_jumped(self, message: ChangeList.Jumped) -> None:
        """Go where was clicked."""
        message.stop()
        self.action_go_there()

    def on_line_list_moved(self, message: ChangeList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()

    # ------------------------------------------------------------------ leaving

    def action_go_there(self) -> None:
        """Leave, to the place of the current entry."""
        entry = self._list.entry
        if isinstance(entry, Mark):
            self._leave_for(Destination(entry))
        elif isinstance(entry, Paragraph) and self._found.comparison:
            self._leave_for(Destination(offset=_offset(self._found, entry)))

    def _leave_for(self, place: Destination) -> None:
        if (entry := self._list.entry) is not None:
            self.left_at = LeftAt(entry, self._list.filter)
        self.dismiss(place)

    def action_adjust(self) -> None:
        """Leave, to choose the ends of the current mark."""
        mark = self._own_mark()
        if mark is not None:
            self._leave_for(Destination(mark, adjust=True))

    # ------------------------------------------------------------------ what keys do to a mark

    def _own_mark(self) -> Mark | None:
        """Return the current mark, if it may be changed; says why not."""
        entry = self._list.entry
        if not isinstance(entry, Mark) or not self._reading.may_change():
            return None
        if entry.highlight.annotator_uid != self._reading.session.annotations.annotator_uid:
            self._reading.say(f"This is {entry.item.annotator}'s: only they can say so.")
            return None
        return entry

    def action_accept(self) -> None:
        """Say that the current mark stands where it should, and go on."""
        mark = self._own_mark()
        if mark is None:
            return
        if not mark.is_unconfirmed:
            self._reading.say("There is nothing to accept here.")
            return
        known = self._reading.session.annotations
        edit = placing.confirm(known, known.index.get(mark.highlight.uid) or mark.highlight)
        self._do(mark, edit)

    def action_orphan(self) -> None:
        """Say that the current mark is not in this version."""
        mark = self._own_mark()
        if mark is None or mark.fate is Fate.ORPHANED:
            return
        known = self._reading.session.annotations
        try:
            edit = placing.orphan(known, known.index.get(mark.highlight.uid) or mark.highlight)
        except UsageError as error:
            self._reading.say_error(error)
            return
        self._do(mark, edit)

    def _do(self, mark: Mark, edit: Edit) -> None:
        """Have an edit shown and saved, in the article and here, and go on to the next entry."""
        self._reading.perform(edit)
        after = edit.after
        if after is None:
            return
        item = replace(mark.item, highlight=after)
        if after.fate is Fate.ORPHANED and mark.was is not None:
            anchor = replace(item.anchor, exact=mark.was.exact)
            item = replace(item, anchor=anchor)
        fate = after.fate or Fate.KEPT
        done = replace(
            mark, item=item, fate=fate, reworded=mark.reworded and fate is not Fate.ORPHANED
        )
        marks = [entry for entry in self._list.entries if isinstance(entry, Mark)]
        self._list.take([done if entry is mark else entry for entry in marks])
        here = self._list.entry
        if isinstance(here, Mark) and here.highlight.uid == after.uid:
            self._list.move(1)
        self._say_filter()

    async def action_undo(self) -> None:
        """Take back the last thing done in this article."""
        self._reading.action_undo()
        await self._reload()

    async def action_redo(self) -> None:
        """Do again what was undone."""
        self._reading.action_redo()
        await self._reload()

    async def _reload(self) -> None:
        """Show the marks as they are now; another version has other changes."""
        version = self._reading.session.annotations.version_uid
        await self._reading.settled()
        if self._reading.session.annotations.version_uid != version:
            self.dismiss(None)
            return
        article = self._found.article
        marks = await self._reading.database.run(lambda library: marks_of(library, article))
        self._list.take(marks)
        self._say_filter()

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("changes"))


def _about(found: Changes) -> str:
    """Return which two versions these are, and how many words changed."""
    if found.before is None or found.comparison is None:
        return "This is the first version."
    before, after = (
        f"version {found.number(row)} ({row.captured_at[:16].replace('T', ' ')})"
        for row in (found.before, found.after)
    )
    words = f"{found.comparison.removed:,} words taken out, {found.comparison.added:,} put in"
    return f"{before} → {after}: {words}"


def _hints() -> str:
    found = sorted(commands_for("changes"), key=lambda item: not item.id.startswith("changes."))
    shown = [item for item in found if item.hint and keys_of(item)]
    return " · ".join(f"{key_name(keys_of(item)[0])} {item.hint}" for item in shown)


def _offset(found: Changes, paragraph: Paragraph) -> int:
    """Return where a paragraph is in the later version."""
    words = found.comparison.alignment.new if found.comparison else None
    if words is None or not len(words):
        return 0
    return words.starts[min(paragraph.new[0], len(words) - 1)]
