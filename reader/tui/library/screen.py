"""The list of articles: which are shown, in which order, and the keys of the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType

from reader.domain.late import Late
from reader.tui.asking import Work
from reader.tui.commands import COMMANDS, Command, in_palette, key_for
from reader.tui.library.article_list import ArticleList
from reader.tui.library.listed import ListedArticles
from reader.tui.saving.saver import READ_ONLY
from reader.tui.widgets.bindings import bindings_for, valid_in

if TYPE_CHECKING:
    from reader.tui.library import acts
    from reader.tui.relating import way_back
    from reader.tui.widgets.filterbar import FilterBar
else:
    acts = Late("reader.tui.library.acts")
    way_back = Late("reader.tui.relating.way_back")


class LibraryScreen(ListedArticles):
    """The articles of the library, and what keys do with them."""

    AUTO_FOCUS = "#articles"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(valid_in("library"))

    told_title = "Library"
    """What the screen shows, for who cannot see its title."""

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return f"{key_for('library.open')} opens · {key_for('help')} tells the other keys"

    # ------------------------------------------------------------------ opening

    def on_article_list_jumped(self, message: ArticleList.Jumped) -> None:
        """Open the chosen article; keys pressed on the way are for it."""
        id = self.articles.ids[message.position]
        self.work_holding_keys(lambda: self._open(id), "open")
        self.app.let_keys_go(self.articles)

    async def _open(self, id: int) -> None:
        item = self.articles.item(id)
        uids = {} if item else await self.database.run(lambda library: library.lists.uids([id]))
        uid = item.uid if item else uids.get(id)
        if uid is not None:
            await self.open_article(uid)

    async def open_article(self, uid: str) -> None:
        """Open an article over the list; `J` and `K` then go through the list as it is now."""
        from reader.tui.opening import open_article

        self.app.listed, self.app.named = self.articles.ids, ()
        self._came_from = uid
        await open_article(self.app, uid)

    def came_from(self, uid: str) -> None:
        """Take in which article was open last, to be on it when the list comes back."""
        self._came_from = uid

    def on_article_list_sample_wanted(self) -> None:
        """Add the sample article and open it; if there are others, list what is left out."""
        if not self.total:
            self.work_holding_keys(lambda: acts.open_sample(self), "open")
        elif self.finding.query:
            self.action_library_clear()
        else:
            self._filter("status:archived")

    # ------------------------------------------------------------------ filter and order

    def action_library_filter(self) -> None:
        """Open the filter line."""
        self.finding.is_open = True
        self.work_holding_keys(self.finding.open_filter, "search")

    def action_library_filter_clear(self) -> None:
        """List all articles."""
        self._filter("")

    def _filter(self, query: str) -> None:
        """List what fits a filter; keys that come meanwhile are for what is listed then."""
        self.finding.filter(query)
        self.work_holding_keys(self.up_to_date, "search")

    def action_library_sort(self) -> None:
        """Ask for the order."""
        self.work_holding_keys(self.finding.ask_order, "dialog")

    def on_filter_bar_changed(self, message: FilterBar.Changed) -> None:
        """Filter while it is typed."""
        self.finding.filter(message.query)

    def on_filter_bar_submitted(self, message: FilterBar.Submitted) -> None:
        """Go to what was found."""
        if self.finding.take(message.query):
            self.finding.close()

    def on_filter_bar_cancelled(self) -> None:
        """List all again."""
        self.finding.filter("")
        self.finding.close()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Leave the filter line when the focus has gone elsewhere."""
        if event.widget is self.articles and self._finding is not None:
            self._finding.close()

    def action_library_clear(self) -> None:
        """Give up an export, or a relation; else take marks and filter away, one by one."""
        pending = self.app.relating
        if self.app.exporting is not None:
            self.app.exporting.stop()
        elif pending is not None:
            self.app.relating = None
            self.work_holding_keys(lambda: way_back.leave_list(self, pending), "open")
        elif self.articles.marked:
            self.action_mark_none()
        elif self.finding.query:
            self._filter("")
            self.say("All articles are listed again.")

    # ------------------------------------------------------------------ marks

    def action_mark(self) -> None:
        """Mark the current article, or take its mark off, and go on to the next."""
        acts.mark(self, self.articles.current)
        self.articles.move(1)

    def action_mark_range(self) -> None:
        """Mark all from the article that was marked last to the current one."""
        acts.mark_to(self, self.articles.current)

    def action_mark_all(self) -> None:
        """Mark all articles that are listed."""
        acts.mark_all(self)

    def action_mark_none(self) -> None:
        """Take all marks off."""
        self.articles.set_marked(set())
        self.finding.refreshed()

    def on_article_list_marked(self, message: ArticleList.Marked) -> None:
        """Mark the article that was clicked, or all from the last marked one to it."""
        (acts.mark_to if message.range else acts.mark)(self, message.position)

    # ------------------------------------------------------------------ what is done to articles

    def may_change(self) -> bool:
        """Whether something can be changed here; says why not."""
        if self.database.read_only:
            self.say(READ_ONLY)
        return not self.database.read_only

    def _change(self, what: Work) -> None:
        if self.may_change():
            self.turns.take(lambda: self.work_holding_keys(what, "dialog"))

    def action_library_add(self) -> None:
        """Add articles."""
        self._change(self._add)

    def on_paste(self, event: events.Paste) -> None:
        """Add the article that was pasted."""
        from reader.tui.capturing.dialog import is_article

        if is_article(event.text):
            self._change(partial(self._add, event.text))

    def action_library_feed(self) -> None:
        """Pick articles from a feed, and add them."""
        self._change(self._add_from_feed)

    async def _add_from_feed(self) -> None:
        from reader.tui.capturing.picking import add_from_feed

        uid = await add_from_feed(self.app)
        self._came_from = uid or self._came_from
        await self.load()

    async def _add(self, pasted: str = "") -> None:
        from reader.tui.capturing.adding import add

        uid = await add(self.app, pasted)
        if uid is not None:
            self._came_from = uid
            await self.load()

    def action_library_label(self) -> None:
        """Label the marked articles, or the current one."""
        self._change(lambda: acts.label(self))

    def action_library_status(self) -> None:
        """Give the marked articles, or the current one, a status."""
        self._change(lambda: acts.status(self))

    def action_library_archive(self) -> None:
        """Archive the marked articles, or the current one, or bring them back."""
        self._change(lambda: acts.archive(self))

    def action_refresh(self) -> None:
        """Capture the marked articles, or the current one, again."""
        if self.may_change():
            self.work(lambda: acts.refresh(self), "refresh")

    def action_article_details(self) -> None:
        """Show what is known of the article, and change it."""
        self.work_holding_keys(lambda: acts.details(self), "dialog")

    def action_undo(self) -> None:
        """Take back the last thing done in the list."""
        self._change(lambda: acts.reverse(self, "undo"))

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._change(lambda: acts.reverse(self, "redo"))

    def action_export(self) -> None:
        """Write the highlights of the marked articles, or of all, to a file."""
        acts.export(self)

    # ------------------------------------------------------------------ the program

    def commands(self) -> list[Command]:
        """Return the commands that the palette offers here."""
        return [item for item in COMMANDS if in_palette(item) and "library" in item.contexts]

    def action_help(self) -> None:
        """Show the keys that are valid here."""
        from reader.tui.screens.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog("library"))

    def action_annotator(self) -> None:
        """Say who annotates."""
        self.app.change_annotator()

    def action_rescue(self) -> None:
        """Take in what was not saved."""
        self.app.offer_rescue(asked=True)

    def action_palette(self) -> None:
        """Find a command by its name."""
        self.work_holding_keys(self._palette, "palette")

    async def _palette(self) -> None:
        from reader.tui.palette import Palette, run

        listed = {command.id: command for command in self.commands()}
        chosen = await self.ask(Palette(list(listed.values())))
        if chosen is not None:
            await run(self, listed[chosen].action)

    def action_back(self) -> None:
        """Leave the program."""
        self.app.go_back()

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()
