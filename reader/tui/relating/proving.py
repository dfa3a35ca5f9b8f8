"""Lists the evidence for a statement: add, use again, edit, unlink, judge because of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import ChangedMeanwhile, UsageError
from reader.domain.evidence import STANCE_SIGNS, STANCES, Evidence
from reader.domain.highlight import Highlight
from reader.domain.operation import Group, new_uid
from reader.domain.text import Span
from reader.services.annotating import meanwhile
from reader.services.annotating.annotations import Target
from reader.services.annotating.bulk import Bulk
from reader.services.relating import adducing
from reader.services.relating.adducing import Adduced
from reader.services.relating.evidence import FIELDS, overwritten
from reader.storage.relating.evidence import Linked
from reader.tui.relating import earlier_evidence
from reader.tui.relating.because import judge_because
from reader.tui.relating.desk import end_of
from reader.tui.relating.drafted import KEPT, NOWHERE, FormDraft
from reader.tui.relating.evidence_dialog import EvidenceDialog, Wish
from reader.tui.relating.evidence_form import EvidenceForm, Filled
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.services.relating.relating import End
    from reader.tui.reading.screen import ReadingScreen


async def show(screen: ReadingScreen, target: Target) -> None:
    """List the evidence for a statement and do what is wished, until that is to leave.

    Raises:
        ReaderError: The library cannot be read.
    """
    if target.highlight and target.highlight.version_uid != _version(screen):
        screen.say("This version of the article has it not.")
        return
    desk, at = _Desk(screen, target), 0
    while True:
        await screen.settled_or_told()
        items = await desk.items()
        desk.seen = desk.end().highlight
        dialog = EvidenceDialog(
            desk.words, items, desk.because_of(items), desk.keys, min(at, max(0, len(items) - 1))
        )
        wish = await screen.ask(dialog)
        if wish is None:
            return
        at = len(items) if wish.what in ("add", "find") else wish.position
        item = items[wish.position] if items else None
        if not screen.may_change() and wish.what != "open":
            continue
        try:
            await desk.do(wish, item)
        except (UsageError, ChangedMeanwhile) as error:
            screen.say_error(error)


def _version(screen: ReadingScreen) -> str:
    return screen.session.annotations.version_uid


class _Desk:
    """Does to the evidence of one statement what is wished.

    Args:
        screen: The article's screen.
        target: The statement, perhaps not marked as yet.
    """

    def __init__(self, screen: ReadingScreen, target: Target) -> None:
        self._screen, self._target = screen, target
        self._me = screen.session.annotations.annotator_uid
        self.seen: Highlight | None = None
        """The statement's highlight when its evidence was listed."""

    def end(self) -> End:
        """Return the statement as it is now."""
        return end_of(self._screen.session.annotations, self._target)

    def end_there(self) -> End:
        """Return the statement as it is now, to be changed.

        Raises:
            ChangedMeanwhile: It was removed; its words are meant from then on.
        """
        known, target = self._screen.session.annotations, self._target
        if meanwhile.is_gone(known, target):
            self._target = Target(target.span)
        meanwhile.check(known, target, "Do it again to have it of the words as they are now.")
        return self.end()

    @property
    def words(self) -> str:
        """The statement."""
        return self.end().words

    @property
    def keys(self) -> str:
        """The keys of the active facet's tags."""
        from reader.tui.reading.sources import tag_keys

        return tag_keys(self._screen.session)

    async def items(self) -> list[Linked]:
        """Return the evidence for it."""
        highlight = self.end().highlight
        if highlight is None:
            return []
        uid = highlight.uid
        found = await self._screen.database.run(lambda library: library.evidence.of([uid]))
        return found.get(uid, [])

    def because_of(self, items: Sequence[Linked]) -> list[list[str]]:
        """Return for each piece of evidence the tags that were given because of it."""
        highlight, session = self.end().highlight, self._screen.session
        judgements = highlight.judgements if highlight else ()
        return [
            [
                session.tag_name(it.codebook, it.codebook_version, it.facet, it.code)
                for it in judgements
                if item.evidence.uid in it.because
            ]
            for item in items
        ]

    async def do(self, wish: Wish, item: Linked | None) -> None:
        """Do what is wished."""
        if wish.what == "add":
            await self._add()
        elif wish.what == "find":
            await self._find()
        elif item is not None:
            acts: dict[str, Callable[[], Coroutine[None, None, None]]] = {
                "edit": partial(self._edit, item),
                "stance": partial(self._stance, item),
                "unlink": partial(self._unlink, item),
                "open": partial(self._open, item),
                "because": partial(self._because, item),
                "tag": partial(self._tag, item, wish.key),
            }
            await acts[wish.what]()

    # ------------------------------------------------------------------ each of them

    async def _add(self) -> None:
        fresh = Evidence(new_uid(), self._me)
        draft = self._draft("evidence", self._target.span)
        form = EvidenceForm(self.words, fresh, self._wanted(), new=True)
        filled = await draft.ask(form)
        if filled is not None:
            end = self._end_for(form, draft)
            self._perform(adducing.add(self._me, end, filled.evidence, filled.stance))
        if not form.unsaved:
            draft.drop()

    def _end_for(self, form: EvidenceForm, draft: FormDraft) -> End:
        """Return the statement that a form was filled in for.

        Raises:
            ChangedMeanwhile: It was removed; what was typed is kept for the same form.
        """
        try:
            return self.end_there()
        except ChangedMeanwhile as error:
            draft.keep(form.typed())
            raise ChangedMeanwhile(error.message, KEPT) from None

    def _wanted(self) -> str:
        """Return what new evidence says at first: what a tag of the statement wants of it."""
        highlight, session = self.end().highlight, self._screen.session
        for judgement in highlight.judgements if highlight else ():
            tag = session.tag_of(judgement)
            for wanted in tag.requires if tag else ():
                stance = wanted.removeprefix("evidence:")
                if stance in STANCES:
                    return stance
        return STANCES[0]

    def _draft(self, kind: str, span: Span = NOWHERE) -> FormDraft:
        """Return where a form is kept while it is filled in."""
        return FormDraft(self._screen, (self._me, _version(self._screen), *span), kind)

    async def _find(self) -> None:
        """Use evidence again that was used before."""
        linked = {item.evidence.uid for item in await self.items()}
        item = await earlier_evidence.choose(self._screen, linked)
        if item is None:
            return
        choices = [Choice(name, name, symbol=STANCE_SIGNS[name]) for name in STANCES]
        stance = await self._screen.ask(
            ChoiceDialog("What does it say of this?", choices, current=self._wanted())
        )
        if stance is not None:
            self._perform(adducing.use(self._me, self.end_there(), item, stance))

    async def _edit(self, item: Linked) -> None:
        before = item.evidence
        links = await self._screen.database.run(lambda library: library.evidence.links(before.uid))
        form = EvidenceForm(self.words, before, item.link.stance, new=False, shared=len(links))
        draft = self._draft(f"evidence:{before.uid}")
        filled: Filled | None = await draft.ask(form)
        if filled is not None:
            self._end_for(form, draft)
            await self._see_nothing_is_lost(before, filled.evidence, form, draft)
            edit = self._change(item, filled)
            if edit is not None:
                draft.settle(edit, _changed(before, filled.evidence, form))
                return
        if not form.unsaved:
            draft.drop()

    async def _see_nothing_is_lost(
        self, before: Evidence, after: Evidence, form: EvidenceForm, draft: FormDraft
    ) -> None:
        """See that no other window has changed what was changed in a form.

        Raises:
            ChangedMeanwhile: One has; what was typed is kept for the same form.
        """
        if await self._screen.database.run(lambda library: overwritten(library, before, after)):
            draft.keep(_changed(before, after, form))
            raise ChangedMeanwhile("Another window has changed this meanwhile.", KEPT)

    def _change(self, item: Linked, filled: Filled) -> Group | None:
        """Have it say something else; return what holds the words, if they are others."""
        before = item.evidence
        article = self._screen.session.annotations.article_uid
        edit = adducing.edit(self._me, article, before, filled.evidence)
        self._perform(edit)
        if filled.stance != item.link.stance:
            self._perform(
                adducing.use(self._me, self.end(), filled.evidence, filled.stance, item.link)
            )
        return edit.groups[-1] if edit.groups else None

    async def _stance(self, item: Linked) -> None:
        stance = STANCES[(STANCES.index(item.link.stance) + 1) % len(STANCES)]
        self._perform(adducing.use(self._me, self.end_there(), item.evidence, stance, item.link))

    async def _unlink(self, item: Linked) -> None:
        self.end_there()
        known_here = self._screen.session.annotations
        done = await self._screen.database.run(
            partial(
                adducing.unlink,
                annotator_uid=self._me,
                article_uid=known_here.article_uid,
                link=item.link,
                highlight=known_here.index.get(item.link.highlight_uid),
            )
        )
        self._perform(done)

    async def _open(self, item: Linked) -> None:
        from reader.tui.outside import open_address

        await open_address(self._screen.say, item.evidence.url or item.evidence.archive_url)

    async def _tag(self, item: Linked, key: str) -> None:
        session = self._screen.session
        tag = session.facet.tag_for_key(key)
        if tag is None:
            raise UsageError(f"{session.facet.title} has no tag on {key}.", "")
        tagged: tuple[Codebook, Facet, Tag] = (session.codebook, session.facet, tag)
        end, seen = self.end_there(), self.seen
        if seen is not None and not meanwhile.same_tags(seen, end.highlight, *tagged[:2]):
            raise ChangedMeanwhile(f"{meanwhile.RETAGGED}: nothing was done.", "See what it is.")
        self._perform(adducing.judge(self._me, end, [item.evidence.uid], tagged))

    async def _because(self, item: Linked) -> None:
        """Have the judgement that is there rest on the evidence, with a reason."""
        highlight, session = self.end_there().highlight, self._screen.session
        judgement = session.judgement_of(highlight) if highlight else None
        if highlight is None or judgement is None:
            raise UsageError("There is no tag here yet.", f"{self.keys} sets one because of it.")
        await judge_because(self._screen, highlight, judgement, item.evidence)

    def _perform(self, done: Adduced) -> None:
        """Show an action in the article, and have all of it saved."""
        screen = self._screen
        if not done.groups:
            screen.say("It is so already.")
            return
        for group in done.groups[:-1]:
            screen.saver.save(group)
        edits = (done.edit,) if done.edit and done.edit.group.changes else ()
        screen.perform_all(Bulk(done.groups[-1], edits))
        highlight: Highlight | None = self.end().highlight
        uid = done.edit.uid if done.edit else (highlight.uid if highlight else "")
        screen.beside_changed([uid])
        screen.say_done(f"{done.groups[-1].summary}.")


def _changed(before: Evidence, after: Evidence, form: EvidenceForm) -> dict[str, str]:
    """Return what was typed into the fields that are to be others."""
    typed = form.typed()
    changed = (name for name in FIELDS if getattr(before, name) != getattr(after, name))
    return {name: typed[name] for name in changed}
