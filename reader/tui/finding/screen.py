"""The screen that searches the whole library as one types, and opens what it finds in its place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input

from reader import assets
from reader.domain.errors import ReaderError, UsageError
from reader.services.finding.rows import Asked, Results, Row
from reader.storage.library import Library
from reader.tui.asking import run_beside
from reader.tui.commands import commands_for
from reader.tui.commands.pressed import first_key
from reader.tui.finding.filling import Filling
from reader.tui.finding.opening import open_found
from reader.tui.finding.result_list import ResultList
from reader.tui.saving.database import Database
from reader.tui.screens.dialogs.footer import Footer
from reader.tui.widgets.bindings import bindings_for, take_own_keys
from reader.tui.widgets.fields import LineField
from reader.tui.widgets.searchbar import SearchLabel
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

T = TypeVar("T")

TYPING_S = 0.06
"""Pause in typing after which is looked: shorter than people pause, longer than a burst."""


class Ask(Protocol):
    """Takes what was typed apart."""

    def __call__(self, text: str, annotator: str, *, typing: bool) -> Asked:
        """Return what is asked; raises ``UsageError`` if it is too much."""


class FindingScreen(Screen[None]):
    """A line to type in, and below it what is found.

    Args:
        ask: Takes what was typed apart.
        title: What is searched.
        text: What stands in the line at first.
        placeholder: What stands in it while it is empty.
        told: What stands in place of a list while nothing is asked.
        at_once: Whether something is listed even if nothing is typed.
    """

    app: ReaderApp
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        str(assets.styles_dir() / name) for name in ("dialogs.tcss", "finding.tcss")
    ]
    HELP = "Type; ↑ ↓ move, Enter opens at the place, Esc leaves."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        *bindings_for(commands_for("choose")),
    ]

    def __init__(
        self,
        ask: Ask,
        *,
        title: str,
        text: str = "",
        placeholder: str = "",
        told: str = "",
        at_once: bool = False,
    ) -> None:
        super().__init__()
        take_own_keys(self, commands_for("choose"))
        self._ask, self._title, self._told = ask, title, told
        self._begin_with, self._at_once = text, at_once
        self._shown_for: str | None = None
        self.title_bar = TitleBar()
        self.results = ResultList()
        self.footer = Footer(_keys())
        self._field = LineField(placeholder=placeholder)
        self._status = SearchLabel("search--dim")
        self._reader: Database | None = None
        self._found: Results | None = None
        self._pages_read = 0
        self._then: Callable[[], None] | None = None
        """What is to be done as soon as it is there what is found; keys wait for that."""
        self.opened_any = False
        """Whether something was opened from here, so that what lies below may have changed."""

    # ------------------------------------------------------------------ the screen

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield self.title_bar
        with Horizontal(id="findbar"):
            yield SearchLabel("search--label", " / ")
            yield self._field
            yield self._status
        yield self.results
        yield self.footer

    def on_mount(self) -> None:
        """Begin: open the library a second time, for reading, and bring the index up to date."""
        self._filling = Filling(self.app.database, self._look_again, self._tell)
        self.title_bar.set_title(self._title)
        self.title_bar.set_annotator(self.app.annotator)
        self.results.say(self._told)
        self._reader = Database(self.app.database.path, only_read=True)
        self._field.focus()
        if self._begin_with:
            self._field.value = self._begin_with
            self._field.cursor_position = len(self._begin_with)
        elif self._at_once:
            self._look("")
        run_beside(self, self._keep_index, "index")

    @property
    def told_title(self) -> str:
        """What the screen shows, for who cannot see its title."""
        return self._title

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return _keys()

    def on_unmount(self) -> None:
        """Close what was opened; nothing is found any more."""
        self.app.let_keys_go(self)
        if self._reader is not None:
            self._reader.end()

    # ------------------------------------------------------------------ the index

    async def _keep_index(self) -> None:
        """Bring the index up to date: then there is what is waited for, or nothing."""
        await self._filling.run()
        if self._then is not None:
            self._look(self._field.value)

    def _look_again(self) -> None:
        waiting = self._then is not None or self._found is not None
        if waiting and not self.results.current:  # nobody has moved in it yet
            self._look(self._field.value, typing=self._then is None)
        else:
            self._tell()

    # ------------------------------------------------------------------ looking

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed, after a short pause."""
        event.stop()
        self._look(event.value, wait=TYPING_S)

    def _look(self, text: str, *, wait: float = 0.0, typing: bool = True) -> None:
        """Look for something, unless something else is to be looked for meanwhile."""
        try:
            asked = self._ask(text, self.app.annotator_uid, typing=typing)
        except UsageError as error:
            self._say_error(error)
            return
        self._shown_for = None
        asks = asked.asks or not typing
        run_beside(self, partial(self._find, asked, wait, asks=asks), "find", exclusive=True)

    async def _find(self, asked: Asked, wait: float, *, asks: bool) -> None:
        await asyncio.sleep(wait)
        if wait and self._filling.ended:  # another program may have added something since
            run_beside(self, self._keep_index, "index")
        try:
            found, rows = await self._run(partial(_first_page, asked)) if asks else (None, [])
        except ReaderError as error:
            self._say_error(error)
            return
        self._found, self._pages_read, self._shown_for = found, 1, asked.text
        self.results.say(self._instead(asked, asks=asks))
        self.results.show(rows)
        self._tell()
        if self._then == self._open and not asks:
            self._look(asked.text, typing=False)  # too short while typing; Enter asks for it
        elif self._then is not None and (rows or self._filling.ended):
            then, self._then = self._then, None
            then()
        elif self._then is not None and self._filling.slow:  # type on, or leave
            self.app.forget_keys()
            self._type_on()

    def _instead(self, asked: Asked, *, asks: bool) -> str:
        if asks and self._filling.left:
            return "Nothing was found yet: the index is being filled. Type on, or Esc leaves."
        if asks:
            return "Nothing was found."
        return "Enter looks for it." if asked.text.strip() else self._told

    async def _run(self, job: Callable[[Library], T]) -> T:
        assert self._reader is not None  # noqa: S101 - it is there while the screen is
        return await self._reader.run(job)

    def _tell(self) -> None:
        """Say how much was found, and whether more may come."""
        told = [self._found.remark] if self._found is not None else []
        if self._filling.left:
            told.append(self._filling.told)
        self._status.set(f" {' · '.join(told)} " if told else "", "search--dim")

    def _say_error(self, error: ReaderError) -> None:
        self._status.set(f" {error.message} ", "search--error")
        self._type_on()

    def _type_on(self) -> None:
        self._then = None
        self.app.let_keys_go(self)

    def on_growing_list_more_wanted(self) -> None:
        """Read another page, unless one is being read."""
        if self._found is not None and self._pages_read < self._found.pages:
            busy = any(w.group == "more" and not w.is_finished for w in self.workers)
            if not busy:
                run_beside(self, partial(self._more, self._found), "more")

    async def _more(self, found: Results) -> None:
        number = self._pages_read
        with suppress(ReaderError):
            rows = await self._run(lambda library: found.page(library, number))
            if found is self._found:
                self._pages_read += 1
                self.results.add(rows)

    # ------------------------------------------------------------------ keys

    def action_step(self, step: int) -> None:
        """Go to the next or previous row of what is found for all that is typed."""
        self._among_found(partial(self.results.move, step))

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self._among_found(partial(self.results.page, direction))

    def _among_found(self, move: Callable[[], None]) -> None:
        def then() -> None:
            move()
            self.app.let_keys_go(self)

        if self._field.value == self._shown_for:
            move()
        else:
            self._when_found(then)

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("choose"))

    def action_leave(self) -> None:
        """Go back to where the search was begun."""
        self.dismiss(None)

    def on_result_list_jumped(self) -> None:
        """Open what was clicked."""
        self._open()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open what is current; keys typed after Enter are for the article."""
        event.stop()
        if event.value.strip() or self.results.here is not None:
            self._when_found(self._open)

    def _when_found(self, then: Callable[[], None]) -> None:
        """Do something when it has been looked for what is typed."""
        self.app.hold_keys(self)
        text = self._field.value
        if text == self._shown_for and self._found is not None:
            then()
        else:
            self._then = then
            finished = text == self._shown_for  # it was too short to be looked for while typing
            self._look(text, typing=not finished)

    def _open(self) -> None:
        place = self.results.place
        if place is not None:
            run_beside(self, partial(self._open_place, place), "open", holds_keys=True)
        self._type_on()

    async def _open_place(self, row: Row) -> None:
        found = self._found
        assert found is not None  # noqa: S101 - it gave the row
        try:
            marked = await self._run(lambda library: found.in_text(library, row))
            self.opened_any = True
            await open_found(self.app, row, marked, self._field.value)
        except ReaderError as error:
            self.app.show_error(error)


def _first_page(asked: Asked, library: Library) -> tuple[Results, list[Row]]:
    found = asked.look(library)
    return found, found.page(library, 0) if found.pages else []


def _keys() -> str:
    """Return what the keys do."""
    move = " ".join(filter(None, map(first_key, ("choose.previous", "choose.next"))))
    return f"{f'{move} move · ' if move else ''}Enter opens · Esc leaves"
