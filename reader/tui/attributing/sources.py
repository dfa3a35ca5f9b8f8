"""The list of sources: edit, name, merge, split, judge them, and go to what they say."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from reader import assets
from reader.domain.source import Source, folded
from reader.services.annotating import history
from reader.services.attributing import listing, sources
from reader.services.codebooks.tags import Tags
from reader.storage.library import Library
from reader.tui.attributing.source_acts import Acts
from reader.tui.attributing.source_rows import Facts, SourceList
from reader.tui.commands import commands_for, key_name, keys_of
from reader.tui.opening import is_settled, lay_over
from reader.tui.screens.dialogs.footer import Footer
from reader.tui.screens.dialogs.prompt import PromptDialog
from reader.tui.widgets.bindings import bindings_for, take_own_keys, valid_in
from reader.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


async def open_sources(app: ReaderApp) -> None:
    """Open the list over whatever is on the screen, when all that was done there is saved."""
    if await is_settled(app):
        await lay_over(app, SourcesScreen(), lambda: True)  # names may have changed


class SourcesScreen(Acts):
    """All sources of the library."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [
        str(assets.styles_dir() / name) for name in ("dialogs.tcss", "finding.tcss")
    ]
    HELP = "j k move, Enter lists what the source says, e edits, m merges, p splits, q leaves."
    AUTO_FOCUS = "#sources"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(valid_in("sources"))

    def __init__(self) -> None:
        super().__init__()
        take_own_keys(self, valid_in("sources"))
        self.title_bar = TitleBar()
        self.footer = Footer(_hints("\u00a0"), max_rows=2)
        self._filter = ""
        self._by_use = False

    def compose(self) -> ComposeResult:
        """Lay out the widgets."""
        yield self.title_bar
        yield self.list
        yield self.footer

    told_title = "Sources"
    """What the screen shows, for who cannot see its title."""

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return _hints()

    def on_mount(self) -> None:
        """Read the sources."""
        self.title_bar.set_annotator(self.app.annotator)
        self.work_holding_keys(self.read_anew, "read")  # they are for what is listed

    async def read_anew(self, uid: str | None = None) -> None:
        """Show the sources as they are in the library.

        Args:
            uid: The one that is current then; as before if not given.
        """
        text, here = self._filter, self.list.here
        rows = await self.app.database.run(lambda library: listing.listed(library, text))
        if self._by_use:
            rows.sort(key=lambda row: (-row.use.statements, folded(row.source.name)))
        found = f"{len(rows):,} source{'' if len(rows) == 1 else 's'}"
        self.title_bar.set_title(f"Sources · {found}" + (f" with “{text}”" if text else ""))
        self.list.show(rows, uid or (here.source.uid if here else None))

    # ------------------------------------------------------------------ moving

    def action_step(self, step: int) -> None:
        """Go to the next or previous source."""
        self.list.move(step)

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self.list.page(direction)

    def action_end(self, position: int) -> None:
        """Go to the first (0) or last (-1) source."""
        self.list.go(position if not position else self.list.entry_count() - 1)

    def on_source_list_rested(self, message: SourceList.Rested) -> None:
        """Have read what is known of the current source."""
        message.stop()
        self.work(partial(self._know, message.uid), "facts")

    async def _know(self, uid: str) -> None:
        facts = await self.app.database.run(lambda library: _facts(library, uid))
        self.list.know(uid, facts)

    def on_line_list_moved(self, message: SourceList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()

    def on_source_list_jumped(self, message: SourceList.Jumped) -> None:
        """Stay with what was clicked; Enter lists what it says."""
        message.stop()

    def action_mark(self) -> None:
        """Mark the current source, or take its mark off."""
        self.list.mark()

    def action_sort(self) -> None:
        """Order by name, or by how much they say."""
        self._by_use = not self._by_use
        self.work_holding_keys(self.read_anew, "read")
        self.say("Most statements first." if self._by_use else "By name.")

    def action_find(self) -> None:
        """List only sources with some words."""
        self.work_holding_keys(self._find, "dialog")

    async def _find(self) -> None:
        label = "Words in names, role, kind, naming; nothing lists all."
        answer = await self.ask(PromptDialog("List sources with", label, self._filter))
        if answer is not None:
            self._filter = answer
            await self.read_anew()

    def action_leave(self) -> None:
        """Take away the marks, then the filter; then go back."""
        if self.list.marked:
            self.list.unmark()
        elif self._filter:
            self._filter = ""
            self.work_holding_keys(self.read_anew, "read")
        else:
            self.dismiss(None)

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("sources"))

    def action_open(self) -> None:
        """List all highlights of the current source."""
        here = self.list.here
        if here is not None:
            self.work_holding_keys(partial(self._open, here.source), "open")

    async def _open(self, source: Source) -> None:
        from reader.services.finding.highlights import ask_highlights
        from reader.tui.finding.opening import HIGHLIGHTS, open_over
        from reader.tui.finding.screen import FindingScreen

        name = source.name
        alike = await self.app.database.run(lambda library: library.sources.beginning(name, 2))
        alone = len(alike) == 1 and '"' not in name
        asked = f'source:"{name}"' if alone else f"source:{source.uid}"
        screen = FindingScreen(
            ask_highlights, title=f"Said by {name}", text=f"{asked} by:any ",
            placeholder=HIGHLIGHTS, at_once=True,
        )  # fmt: skip
        await open_over(self.app, screen)

    # ------------------------------------------------------------------ undo

    def action_undo(self) -> None:
        """Take back the last thing done to sources, or elsewhere in the list."""
        self._reverse(history.undo, "Undid", "Nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._reverse(history.redo, "Did again", "Nothing to do again.")

    def _reverse(self, step: _Step, done: str, nothing: str) -> None:
        if self.may_change():
            self.work_holding_keys(partial(self._reversed, step, done, nothing), "undo")

    async def _reversed(self, step: _Step, done: str, nothing: str) -> None:
        me = self.app.annotator_uid
        found = await self.app.database.run(lambda library: step(library, None, me))
        await self.read_anew()
        self.say(f"{done}: {found.summary}" if found else nothing)


_Step = Callable[[Library, str | None, str], "history.Reversed | None"]


def _facts(library: Library, uid: str) -> Facts:
    """Return what is known of a source, as labels and texts."""
    source = library.sources.get(uid)
    if source is None:
        return ()
    item, tags = listing.shown(library, source, says=False), Tags(library)
    handles = library.annotators.handles()
    found = [
        ("is", f"{source.kind}, {source.naming}"),
        ("role", source.role or ""),
        ("belongs to", source.affiliation or ""),
        ("address", source.url or ""),
        ("also", "; ".join(item.aliases)),
        *(("was", sources.role_words(role)) for role in item.roles),
        *(("merged", f"{other.name}") for other in item.merged),
    ]
    for given in item.ratings:
        tag = tags.of(given.judgement)
        words = f"{tag.symbol} {tag.label}" if tag else given.judgement.code
        found.append((given.judgement.facet, f"{words} ({handles.get(given.annotator_uid, '?')})"))
    return [(label, text) for label, text in found if text]


def _hints(blank: str = " ") -> str:
    """Return the keys; a blank that does not break keeps each with what it does in one row."""
    shown = [item for item in commands_for("sources") if item.hint and keys_of(item)]
    return " · ".join(f"{key_name(keys_of(item)[0])}{blank}{item.hint}" for item in shown)
