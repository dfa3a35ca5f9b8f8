"""What else is said of a judgement: how likely, why, on what evidence, how it is related.

What a tag wants, and why it was replaced, is asked softly: a line that waits for no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.codebook import REQUIREMENTS, kind_of
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.late import Late
from reader.domain.records import dataclass
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit
from reader.tui.commands import key_for
from reader.tui.reading.base import AT_ONCE, SLICE_S, ReadingBase

if TYPE_CHECKING:
    from textual import events

    from reader.services.annotating import judging
    from reader.services.annotating.bulk import Bulk, Make
    from reader.services.annotating.meanwhile import Asked
    from reader.tui.relating import desk, standing
else:
    judging = Late("reader.services.annotating.judging")
    desk = Late("reader.tui.relating.desk")
    standing = Late("reader.tui.relating.standing")


@dataclass(frozen=True, slots=True)
class Meant:
    """Judgements that something is said of.

    Attributes:
        first: The first of them.
        uids: The uid of each, by that of its highlight.
    """

    first: Judgement
    uids: Mapping[str, str]


Value = Callable[[Judgement], tuple[str | None, int | None, str | None]]
"""Gives confidence, likelihood and reason that a judgement shall have."""


class Reasons(ReadingBase):
    """What else is said of a judgement, and of what it stands on."""

    _asked, _questions = False, ""
    _replaced: tuple[tuple[str, str], ...] = ()
    """Highlights and judgements on them whose tag was just replaced, while the line asks why."""

    def after_edit(self) -> None:
        """Bring everything to where the cursor is; what was asked need not be answered."""
        super().after_edit()
        if self._asked:
            self._replaced, self._asked = (), False
            self.status_bar.set_question("")

    def perform(self, edit: Edit) -> None:
        """Show an edit at once and have it saved."""
        super().perform(edit)
        beside = self.session.beside
        if edit.after is None and beside is not None and edit.uid in beside.relation:
            self.beside_changed([edit.uid])  # what it was related to has lost that

    def ask_why(self, replaced: Sequence[tuple[str, str]]) -> None:
        """Ask in the hint line why tags were replaced, if any were; nothing waits for an answer."""
        if replaced and self.app.settings.ask_reason:
            self._replaced = tuple(replaced)
            self._question(f"why? {key_for('reason')} to say")

    def ask_for_more(self, edit: Edit) -> None:
        """Ask in the hint line for what the tag that was just set wants beside it."""
        after, beside = edit.after, self.session.beside
        before = {item.uid: item.code for item in edit.before.judgements} if edit.before else {}
        for judgement in after.judgements if after else ():
            tag = self.session.tag_of(judgement)
            if after is None or tag is None or before.get(judgement.uid) == judgement.code:
                continue
            if not tag.requires:
                return
            if beside is None:
                self.work(lambda: standing.ask_when_known(self, edit), "wants")
                return
            self._ask_for(after, [judgement])
            return

    def _ask_for(self, highlight: Highlight, judgements: Iterable[Judgement]) -> None:
        """Ask for what the tags of judgements want beside a highlight, if that is known.

        The key is that of the command which is called as what is wanted.
        """
        asked: dict[str, None] = {}
        for judgement in judgements:
            tag, beside = self.session.tag_of(judgement), self.session.beside
            wanted = beside.lacks(highlight, judgement, tag) if tag and beside else ()
            for name in wanted:
                words = REQUIREMENTS[name].removeprefix("a ")
                asked[f"{words}? {key_for(kind_of(name))}"] = None
        if asked:
            self._question(" · ".join(asked))

    def show_head(self) -> None:
        """Show the head, and ask again for what the tags here want, as the cursor rests."""
        super().show_head()
        if self.app.plain:  # what is wanting is among what is told of the statement
            return
        if self.is_attached and self.mode == "READ" and not self._asked:
            highlight = self.current_entry()
            if highlight is not None:
                self._ask_for(highlight, highlight.judgements)

    def tell_here(self, text: str) -> None:
        """Tell something in the hint line, before what is asked there, until the cursor moves."""
        self._question(text)

    def _question(self, text: str) -> None:
        """Ask something as well, until the cursor moves."""
        self._questions = f"{self._questions} · {text}" if self._asked else text
        self._asked = True
        self.status_bar.set_question(self._questions)

    # ------------------------------------------------------------------ what stands beside it

    def action_relation(self) -> None:
        """Relate this to another statement."""
        desk.begin(self)

    def action_relate_here(self) -> None:
        """Choose how the statement where one began is related to this one."""
        desk.here(self)

    def action_relate_leave(self) -> None:
        """Relate nothing."""
        desk.leave(self)

    def takes_key(self, event: events.Key) -> bool:
        """Take the letter of a mark; on the way to another statement say why a key does nothing."""
        if self.mode not in ("RELATE", "PLACE"):
            return super().takes_key(event)
        desk.tell_way(self)
        return True

    def action_relation_list(self) -> None:
        """List what this is related to."""
        self._with_target(desk.list_relations)

    def action_evidence(self) -> None:
        """List the evidence for this, or add to it."""
        self._with_target(desk.list_evidence)

    def action_claim(self) -> None:
        """Show the claim that this makes with statements of other articles."""
        self._with_target(desk.show_claim)

    def _with_target(self, show: Callable[[Reasons, Target], Coroutine[None, None, None]]) -> None:
        target = self.target()
        if target is None:
            where = "entry" if self.mode == "PANEL" else "statement"
            self.say(f"There is no {where} here.")
        else:
            self.work_holding_keys(partial(show, self, target), "dialog")

    # ------------------------------------------------------------------ the two commands

    def action_likelihood(self) -> None:
        """Say how likely it is."""
        self._ask_of_judgement(self._ask_likelihood)

    def action_reason(self) -> None:
        """Say why this tag."""
        self._ask_of_judgement(self._ask_reason)

    def say_nothing_here(self) -> None:
        """Say why a key does nothing."""
        raise NotImplementedError

    def _ask_of_judgement(self, ask: Callable[[Meant], Coroutine[None, None, None]]) -> None:
        if not self.may_change():
            return
        where = self._meant()
        if where:
            self.work_holding_keys(partial(ask, where), "dialog")
        else:
            self.say("There is no tag here to say that of. Set a tag first.")

    def _meant(self) -> Meant | None:
        """Return what is spoken of: what was just replaced, else the judgement here."""
        if self._replaced:
            uids = dict(self._replaced)
            live = filter(None, map(self.session.annotations.index.get, uids))
            first = next(
                (j for found in live for j in found.judgements if j.uid == uids[found.uid]), None
            )
            return Meant(first, uids) if first else None
        target = self.target()
        highlight = target.highlight if target else None
        judgement = self.session.judgement_of(highlight) if highlight else None
        return Meant(judgement, {highlight.uid: judgement.uid}) if highlight and judgement else None

    async def _ask_likelihood(self, where: Meant) -> None:
        from reader.tui.screens.dialogs.qualifying import likelihood_dialog

        asked = self._asked_of(where, "likelihood")
        first = where.first.likelihood
        dialog = likelihood_dialog(self._title(where), first, asked.lost, asked.met)
        answer = await self.ask(dialog)
        if answer is not None:
            from reader.domain.likelihood import parse_likelihood

            value = parse_likelihood(answer)
            self._say_of(asked, lambda item: (item.confidence, value, item.reason), "likelihood")

    async def _ask_reason(self, where: Meant) -> None:
        from reader.tui.reading import late_reasons
        from reader.tui.screens.dialogs.qualifying import reason_dialog

        known, asked = self.session.annotations, self._asked_of(where, "reason")
        first = where.first.reason or ""
        on = next(filter(None, map(known.index.get, where.uids)), None)
        typed = await late_reasons.take(self.database, known, on.span) if on else None
        dialog = reason_dialog(self._title(where), first, asked.lost, asked.met, typed=typed)
        answer = await self.ask(dialog)
        if typed is not None and on is not None:
            late_reasons.forget(self.database, known, on.span)
        if answer is not None and answer != dialog.value:
            self._say_of(asked, lambda item: (item.confidence, item.likelihood, answer), "reason")

    def _asked_of(self, where: Meant, what: str) -> Asked:
        from reader.services.annotating.meanwhile import Asked

        return Asked(self.session.annotations, where.uids, where.first, what)

    def _title(self, where: Meant) -> str:
        """Return what is spoken of, in words."""
        judgement, count = where.first, len(where.uids)
        name = self.session.tag_name(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )
        return name if count == 1 else f"{name} and {count - 1:,} more"

    def _say_of(self, asked: Asked, value: Value, summary: str) -> None:
        """Say the same of judgements, as one action, when its turn has come."""
        uids = asked.uids

        def make(known: Annotations, target: Target) -> Edit:
            highlight = target.highlight
            uid = uids[highlight.uid] if highlight else ""
            found = highlight.judgements if highlight else ()
            judgement = next((item for item in found if item.uid == uid), None)
            if judgement is None or not asked.is_as_seen(judgement):
                raise UsageError("The tag was changed or taken off meanwhile.", "")
            confidence, likelihood, reason = value(judgement)
            return judging.judge(
                known,
                target,
                judgement,
                confidence=confidence,
                likelihood=likelihood,
                reason=reason,
            )

        self.turns.take(lambda: self._said_of(uids, make, summary))

    def _said_of(self, uids: Iterable[str], make: Make, summary: str) -> None:
        from reader.services.annotating.bulk import Gathering
        from reader.tui.reading import under_way

        if self.under_way is not None:
            under_way.when_ended(self, lambda: self._said_of(uids, make, summary))
            return
        known = self.session.annotations
        live = [item for uid in uids if (item := known.index.get(uid))]
        targets = (Target(item.span, item) for item in live)
        gathering = Gathering(known, targets, make, kind="judge", summary=summary)
        if gathering.work_for(SLICE_S, AT_ONCE, at_least=under_way.FEW):
            under_way.begin(self, gathering, len(live), _refusal)
            return
        bulk = gathering.bulk()
        if len(bulk) == 1:
            self.perform(bulk.edits[0])
        else:
            self.perform_all(bulk)
        _refusal(self, bulk, found=gathering.done > 0)


def _refusal(screen: ReadingBase, bulk: Bulk, *, found: bool = True) -> None:
    """Say why nothing is said of some of them."""
    if bulk.reason or not found:
        screen.say(bulk.reason or "The highlight is gone.")
