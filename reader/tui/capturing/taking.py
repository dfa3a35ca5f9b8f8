"""Shows how far the adding is, lets it be cancelled, and lists what could not be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.capture.sandbox import Sandbox
from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import Cancelled, ReaderError
from reader.domain.records import dataclass
from reader.services.capturing.adding import Added, add_draft, unchanged
from reader.services.capturing.duplicates import Choice
from reader.services.capturing.taking import Keeper, Outcome, Progress
from reader.tui.commands import commands_for
from reader.tui.saving.database import Database
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import clip, row, seg, wrap
from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.storage.library import Library

_TELL_S = 0.1
_MOST_ROWS = 12

Work = Callable[[Keeper, Sandbox, Callable[[Progress], None]], Iterator[Outcome]]
"""Reads and keeps, and yields what came of each; it runs in a thread of its own."""


class DatabaseKeeper:
    """Puts into the library in the thread that owns it; for other threads.

    Args:
        database: That thread.
        annotator: Uid of who adds.
    """

    def __init__(self, database: Database, annotator: str) -> None:
        self._database, self._annotator = database, annotator

    def known(self, name: str) -> Added | None:
        """Return what is there of an unchanged file."""
        from pathlib import Path

        return self._database.submit(lambda library: unchanged(library, Path(name))).result()

    def keep(
        self, draft: ArticleDraft, given: Metadata | None, choice: Choice = "existing"
    ) -> Added:
        """Add what was captured."""

        def add(library: Library) -> Added:
            return add_draft(library, draft, self._annotator, given, choice)

        return self._database.submit(add).result()


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of adding.

    Attributes:
        outcomes: What came of each file that was got to.
        cancelled: Whether the user wanted no more.
        error: Why the library took no more, or None.
    """

    outcomes: tuple[Outcome, ...]
    cancelled: bool = False
    error: ReaderError | None = None

    def failed(self) -> list[Outcome]:
        """Return those that could not be read."""
        return [outcome for outcome in self.outcomes if outcome.error is not None]

    def summary(self) -> str:
        """Return the figures in words."""
        added = [outcome.added for outcome in self.outcomes if outcome.added]
        new = sum(item.new for item in added)
        parts = [f"{new:,} added"]
        parts += [f"{len(added) - new:,} there already"] if len(added) > new else []
        parts += [f"{len(self.failed()):,} not read"] if self.failed() else []
        return ", ".join(parts) + ("; cancelled." if self.cancelled else ".")


class FailureList(LineList):
    """Files that could not be read; the current one with the reason and what to do."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--bar", "choice--current", "choice--dim"}

    def __init__(self, failed: list[Outcome]) -> None:
        super().__init__()
        self._failed = failed

    def entry_count(self) -> int:
        """Return how many there are."""
        return len(self._failed)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return the name of a file."""
        name = os.path.basename(self._failed[position].name)  # noqa: PTH119 - any string
        return row([seg("  "), seg(clip(name, width - 2), self.part("choice--dim"))], width)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return what failed, why, and what to do."""
        outcome, error = self._failed[position], self._failed[position].error
        ground = self.part("choice--current")
        bar = seg("▌ ", ground + self.part("choice--bar"))
        name = os.path.basename(outcome.name)  # noqa: PTH119 - any string
        rows = [(clip(name, width - 2), ground)]
        rows += [(text, ground) for text in wrap(error.message if error else "", width - 2, 4)]
        dim = ground + self.part("choice--dim") + Style(bold=False)
        rows += [(text, dim) for text in wrap(error.hint if error else "", width - 2, 3)]
        return [row([bar, seg(text, style)], width, ground) for text, style in rows]

    def action_step(self, step: int) -> None:
        """Go to the next or previous one."""
        self.move(step)


class TakingDialog(Dialog[Taken | None]):
    """Adds while it is on show; gives back what came of it.

    Esc cancels: what was added before stays. It closes by itself unless something failed.

    Args:
        database: The library's thread.
        annotator: Uid of who adds.
        work: What is to be done.
    """

    HELP = "Esc cancels; what was added before stays."
    works = True
    CONTEXTS = ("list",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("list")),
        Binding("enter", "close", "close", show=False),
    ]

    @dataclass
    class Ended(Message):
        """There is no more to do."""

        taken: Taken

    def __init__(self, database: Database, annotator: str, work: Work) -> None:
        super().__init__("Adding", "Esc cancels")
        self._keeper = DatabaseKeeper(database, annotator)
        self._work = work
        self._sandbox = Sandbox()
        self._now = Line("Looking…", max_rows=2)
        self._far = Line("", "dim")
        self._taken: Taken | None = None
        self._told: Progress | None = None
        """How far it is, until that is shown; set by the thread that does the work."""

    def body(self) -> Iterable[Widget]:
        """Return what says how far it is."""
        yield self._now
        yield self._far

    def on_mount(self) -> None:
        """Begin, and look again and again how far it is: what was told last must be seen."""
        self.set_interval(_TELL_S, self._show_progress)
        self.run_worker(self._do, thread=True, group="taking")

    def on_unmount(self) -> None:
        """End what runs, also when the whole program is left."""
        self._sandbox.cancel()

    def _do(self) -> None:
        """Do the work; in a thread of its own, which touches no widget."""
        outcomes: list[Outcome] = []
        cancelled, error = False, None

        def told(progress: Progress) -> None:
            self._told = progress

        try:
            with self._sandbox:
                for outcome in self._work(self._keeper, self._sandbox, told):
                    outcomes.append(outcome)
        except (Cancelled, CancelledError):  # by the user; by the end of the program
            cancelled = True
        except ReaderError as problem:
            error = problem
        self.post_message(self.Ended(Taken(tuple(outcomes), cancelled, error)))

    def _show_progress(self) -> None:
        now, self._told = self._told, None
        if now is None or self._taken is not None or self._sandbox.cancelled:
            return
        self._now.show(os.path.basename(now.name) or now.name)  # noqa: PTH119 - any string
        parts = [f"{now.number:,} of {now.total:,} files"] if now.total > 1 else []
        parts += [f"{now.part:,} of {now.parts:,} parts read"] if now.parts else []
        self._far.show(" · ".join(parts))

    async def on_taking_dialog_ended(self, message: Ended) -> None:
        """Leave, unless there is something to read."""
        self._taken = message.taken
        failed = message.taken.failed()
        if not failed or message.taken.error is not None:
            self.dismiss(self._taken)
            return
        self.works = False  # there is something to read
        self.heading.say("Enter or Esc closes")
        self._now.show(message.taken.summary())
        self._far.show("Not read, and why:" if len(failed) > 1 else "")
        listed = FailureList(failed)
        listed.styles.height = min(len(failed) + 6, _MOST_ROWS, max(4, self.rows_there - 8))
        await self.query_one(".dialog").mount(listed)
        listed.set_current(0)
        listed.focus()
        self.app.let_keys_go(self.asker)

    def action_leave(self) -> None:
        """Cancel; or close, when all is done."""
        if self._taken is not None:
            self.dismiss(self._taken)
            return
        self._far.show("Cancelling…", "warning")
        self._sandbox.cancel()

    def action_close(self) -> None:
        """Close, when all is done."""
        if self._taken is not None:
            self.dismiss(self._taken)
