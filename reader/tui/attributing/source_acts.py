"""What keys do to sources in their list: add, edit, merge, split, judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.attributed import Attribution
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import ChangedMeanwhile, UsageError
from reader.domain.highlight import Judgement
from reader.domain.operation import Group
from reader.domain.source import Source, folded
from reader.domain.text import shortened
from reader.services.attributing import listing, merging, rating, sources
from reader.services.attributing.listing import Listed, Shown
from reader.services.attributing.namesakes import NamesakeError
from reader.services.codebooks import finding as codebooks
from reader.storage.library import Library
from reader.tui.asking import AskingScreen
from reader.tui.attributing.source_rows import SourceList
from reader.tui.commands import key_for
from reader.tui.saving.saver import READ_ONLY
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.screens.dialogs.prompt import PromptDialog

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.attributing.source_form import Edited

_NEW = "new:"
_MET = 40
"""Code points that are told of what another window has saved."""


class Acts(AskingScreen):
    """Changing the sources that are listed."""

    app: ReaderApp

    def __init__(self) -> None:
        super().__init__()
        self.list = SourceList()

    async def read_anew(self, uid: str | None = None) -> None:
        """Show the sources as they are in the library; one of them is current then."""
        raise NotImplementedError

    # ------------------------------------------------------------------ changing

    def _change(self, ask: Callable[[Listed], object]) -> None:
        """Do something to the current source, if there is one and it may be changed."""
        if self.may_change():
            here = self.list.here
            if here is None:
                self.say("There is no source here.")
            else:
                ask(here)

    def may_change(self) -> bool:
        """Whether something can be changed here; says why not."""
        if self.app.database.read_only:
            self.say(READ_ONLY)
        return not self.app.database.read_only

    async def _do(
        self, job: Callable[[Library, str], Group | None], uid: str | None = None
    ) -> None:
        """Have something done in the library, and show it."""
        me = self.app.annotator_uid
        try:
            done = await self.app.database.run(lambda library: job(library, me))
        except ChangedMeanwhile:
            await self.read_anew(uid)  # for it is said that what is shown is what is stored
            raise
        await self.read_anew(uid)
        self.say(
            f"{done.summary}. {key_for('undo')} takes it back." if done else "It was so already."
        )

    def action_add(self) -> None:
        """Add a source."""
        if self.may_change():
            self.work_holding_keys(self._add, "dialog")

    async def _add(self) -> None:
        label = "Its name; kind and naming are guessed, and can be edited."
        name = await self.ask(PromptDialog("A new source", label, check=_problem))
        if name:
            new = sources.new_source(name)
            job = partial(sources.create, source=new)
            try:
                await self._do(job, new.uid)
            except NamesakeError as error:
                if await self._anyway(error):
                    await self._do(partial(job, anyway=True), new.uid)

    async def _anyway(self, error: NamesakeError) -> bool:
        """Ask whether two sources are to have the same name."""
        choices = [
            Choice("", "not so", f"Use that one; {key_for('sources.merge')} makes two one."),
            Choice("anyway", "anyway", "Two sources of the same name."),
        ]
        chosen = await self.ask(ChoiceDialog(error.message, choices))
        return bool(chosen)

    def action_edit(self) -> None:
        """Edit the current source."""
        self._change(lambda here: self.work_holding_keys(partial(self._edit, here), "dialog"))

    async def _edit(self, here: Listed) -> None:
        from reader.tui.attributing.source_form import SourceForm

        uid, run = here.source.uid, self.app.database.run
        typed: Mapping[str, str] = {}
        while True:
            item: Shown = await run(
                lambda library: listing.shown(library, sources.there(library, uid), says=False)
            )
            form = SourceForm(item, typed)
            edited = await self.ask(form)
            if edited is None:
                return
            try:
                await self._save(item.source, edited)
            except ChangedMeanwhile as error:
                self.say_error(ChangedMeanwhile(error.message, "Here is what you typed."))
                typed = form.typed()
            else:
                return

    async def _save(self, before: Source, edited: Edited) -> None:
        """Save what was edited, after asking about what another window has changed meanwhile."""
        now, met = await self.app.database.run(
            lambda library: (
                sources.there(library, before.uid),
                sources.met(library, before, edited.given),
            )
        )
        wanted = await self._not_unseen(met, edited) if met else edited
        if wanted is None:
            await self.read_anew(before.uid)
        else:
            await self._edit_as(now, wanted)

    async def _not_unseen(self, met: Mapping[str, str], edited: Edited) -> Edited | None:
        """Return what is to be changed of what was, where another window has changed it as well."""
        given = edited.given
        now = ", ".join(f"{name} is “{shortened(value, _MET)}” now" for name, value in met.items())
        choices = [
            Choice(
                "", "leave that", f"{now[:1].upper()}{now[1:]}. What else you changed is saved."
            ),
            Choice("mine", "save mine", "Undo brings back what the other window has saved."),
        ]
        if await self.ask(ChoiceDialog("Another window has changed it meanwhile", choices)):
            return edited
        left = replace(edited, given={name: given[name] for name in given if name not in met})
        more = (left.given, left.names, left.not_names, left.roles, left.not_roles)
        return left if any(more) else None

    async def _edit_as(self, source: Source, edited: Edited) -> None:
        """Change a source; of names that others have it is asked, and the rest is not lost."""
        job, anyway = partial(_edited, source=source), False
        while True:
            try:
                await self._do(partial(job, edited=edited, anyway=anyway))
                return
            except NamesakeError as error:
                anyway = await self._anyway(error)
                edited = edited if anyway else _without_name(edited, error.name)

    def action_merge(self) -> None:
        """Say that marked sources are the current one, or that this is another one."""
        self._change(lambda here: self.work_holding_keys(partial(self._merge, here), "dialog"))

    async def _merge(self, here: Listed) -> None:
        uid, marked = here.source.uid, self.list.marked - {here.source.uid}
        if not marked:
            chosen = await self._choose(f"{here.source.name} is the same as …", [uid])
            if chosen is None:
                return
            uid, marked = chosen, {uid}
        self.list.unmark()
        await self._do(lambda library, me: merging.merge(library, me, sorted(marked), uid), uid)

    async def _choose(
        self, title: str, without: Sequence[str], first: Sequence[Source] = (), *, new: bool = False
    ) -> str | None:
        """Let a source be chosen, or a new one be named; return its uid, or ``new:`` and a name."""
        rows = await self.app.database.run(listing.listed)
        known = [row.source for row in rows if row.source.uid not in without]
        notes = {row.source.uid: f"{row.use.statements:,} ×" for row in rows}
        choices = [
            Choice(item.uid, item.name, note=notes.get(item.uid, "merged before"))
            for item in [*first, *known]
        ]
        create = _created if new else None
        return await self.ask(ChoiceDialog(title, choices, create=create))

    def action_split(self) -> None:
        """Say that some of what the current source says is another's."""
        self._change(lambda here: self.work_holding_keys(partial(self._split, here), "dialog"))

    async def _split(self, here: Listed) -> None:
        from reader.tui.attributing.split import SplitDialog

        source = here.source
        item: Shown = await self.app.database.run(lambda library: listing.shown(library, source))
        merged = bool(item.merged)
        chosen = await self.ask(SplitDialog(source.name, item.statements, merged=merged))
        if chosen is None:
            return
        to = await self._choose("Said by …", [source.uid], item.merged, new=bool(chosen))
        if to is not None:
            await self._do(partial(_split, source=source, chosen=chosen, to=to))

    def action_delete(self) -> None:
        """Take out the current source, if it says nothing."""
        self._change(
            lambda here: self.work_holding_keys(partial(self._delete, here.source), "delete")
        )

    async def _delete(self, seen: Source) -> None:
        await self._do(lambda library, me: sources.remove(library, me, seen.uid, seen))

    def action_rate(self) -> None:
        """Judge the current source."""
        self._change(lambda here: self.work_holding_keys(partial(self._rate, here), "dialog"))

    async def _rate(self, here: Listed) -> None:
        uid, me = here.source.uid, self.app.annotator_uid
        books, seen = await self.app.database.run(
            lambda library: (
                codebooks.available(library),
                rating.given(library, "source", uid, me),
            )
        )
        books.sort(key=lambda book: book.id != self.app.codebook.id)
        tags = [
            (book, facet, tag)
            for book in books
            for facet in rating.facets_for(book, "source")
            for tag in facet.tags
        ]
        there = {(item.codebook, item.facet, item.code) for item in seen}
        choices = [
            Choice(str(number), tag.label, tag.definition,
                   f"{codebooks.called(book)} {tag.key}"
                   f"{' · given' * ((book.id, facet.id, tag.code) in there)}",
                   tag.symbol, tag.color)
            for number, (book, facet, tag) in enumerate(tags)
        ]  # fmt: skip
        chosen = await self.ask(ChoiceDialog(f"Judge {here.source.name}", choices))
        if chosen is not None:
            await self._do(partial(_rated, uid=uid, tag=tags[int(chosen)], seen=seen))


def _edited(
    library: Library, me: str, *, source: Source, edited: Edited, anyway: bool = False
) -> Group | None:
    now = listing.shown(library, source, says=False)
    left = {folded(name) for name in now.aliases}, {role.uid for role in now.roles}
    return sources.edit_all(
        library, me, source, edited.given, names=edited.names, roles=edited.roles, anyway=anyway,
        not_names=[name for name in edited.not_names if folded(name) in left[0]],
        not_roles=[uid for uid in edited.not_roles if uid in left[1]],
    )  # fmt: skip


def _without_name(edited: Edited, name: str) -> Edited:
    """Return what was edited without a name that is not to be given."""
    taken = folded(name)
    given = {
        key: text
        for key, text in edited.given.items()
        if key != "name" or folded(text or "") != taken
    }
    return replace(edited, given=given, names=[one for one in edited.names if folded(one) != taken])


def _split(
    library: Library, me: str, *, source: Source, chosen: Sequence[Attribution], to: str
) -> Group:
    if to.startswith(_NEW):
        other = sources.new_source(to.removeprefix(_NEW))
    else:
        other = sources.there(library, to)
    return merging.split(library, me, source.uid, chosen, other)


def _rated(
    library: Library,
    me: str,
    *,
    uid: str,
    tag: tuple[Codebook, Facet, Tag],
    seen: Sequence[Judgement],
) -> Group:
    return rating.rated(library, "source", uid, me, tag, seen=seen)


def _problem(name: str) -> str:
    """Return what is wrong with a name; empty if nothing is."""
    try:
        sources.new_source(name)
    except UsageError as error:
        return f"{error.message} {error.hint}"
    return ""


def _created(text: str) -> Choice | None:
    return (
        None if _problem(text) else Choice(_NEW + text, f"new source “{text.strip()}”", symbol="+")
    )
