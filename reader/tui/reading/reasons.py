"""What else is said of a judgement: how likely, and why; asked softly when a tag is replaced."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.edits import Edit
from reader.tui.commands import key_for
from reader.tui.reading.base import ReadingBase

if TYPE_CHECKING:
    from reader.services.annotating.bulk import Make

Meant = list[tuple[Highlight, Judgement]]
"""Judgements that something is said of, each with its highlight."""

Value = Callable[[Judgement], tuple[str | None, int | None, str | None]]
"""Gives confidence, likelihood and reason that a judgement shall have."""


class Reasons(ReadingBase):
    """The likelihood and the reason of a judgement."""

    _replaced: tuple[tuple[str, str], ...] = ()
    """Highlights and judgements on them whose tag was just replaced, while the line asks why."""

    def after_move(self) -> None:
        """Bring everything to where the cursor is; what was asked need not be answered."""
        super().after_move()
        if self._replaced:
            self._replaced = ()
            self.status_bar.set_question("")

    def ask_why(self, replaced: Sequence[tuple[str, str]]) -> None:
        """Ask in the hint line why tags were replaced, if any were; nothing waits for an answer."""
        if not self.app.settings.ask_reason:
            return
        if replaced:
            self._replaced = tuple(replaced)
            self.status_bar.set_question(f"why? {key_for('reason')} to say")

    # ------------------------------------------------------------------ the two commands

    def action_likelihood(self) -> None:
        """Say how likely it is."""
        self._ask_of_judgement(self._ask_likelihood)

    def action_reason(self) -> None:
        """Say why this tag."""
        self._ask_of_judgement(self._ask_reason)

    def _ask_of_judgement(self, ask: Callable[[Meant], Coroutine[None, None, None]]) -> None:
        if not self.may_change():
            return
        where = self._meant()
        if where:
            self.work_holding_keys(partial(ask, where), "dialog")
        else:
            self.say("There is no tag here to say that of. Set a tag first.")

    def _meant(self) -> Meant:
        """Return what is spoken of: what was just replaced, else the judgement here."""
        index = self.session.annotations.index
        if self._replaced:
            found = ((index.get(uid), judgement) for uid, judgement in self._replaced)
            return [
                (highlight, item)
                for highlight, uid in found
                if highlight is not None
                for item in highlight.judgements
                if item.uid == uid
            ]
        target = self.target()
        highlight = target.highlight if target else None
        judgement = self.session.judgement_of(highlight) if highlight else None
        return [(highlight, judgement)] if highlight and judgement else []

    async def _ask_likelihood(self, where: Meant) -> None:
        from reader.tui.screens.dialogs.qualifying import likelihood_dialog

        first = where[0][1]
        answer = await self.ask(likelihood_dialog(self._title(where), first.likelihood))
        if answer is not None:
            from reader.domain.likelihood import parse_likelihood

            value = parse_likelihood(answer)
            self._say_of(where, lambda item: (item.confidence, value, item.reason), "likelihood")

    async def _ask_reason(self, where: Meant) -> None:
        from reader.tui.screens.dialogs.qualifying import reason_dialog

        dialog = reason_dialog(self._title(where), where[0][1].reason or "")
        answer = await self.ask(dialog)
        if answer is not None and answer != dialog.value:
            self._say_of(where, lambda item: (item.confidence, item.likelihood, answer), "reason")

    def _title(self, where: Meant) -> str:
        """Return what is spoken of, in words."""
        judgement = where[0][1]
        name = self.session.tag_name(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )
        return name if len(where) == 1 else f"{name} and {len(where) - 1:,} more"

    def _say_of(self, where: Meant, value: Value, summary: str) -> None:
        """Say the same of judgements, as one action, when its turn has come."""
        uids = {highlight.uid: judgement.uid for highlight, judgement in where}

        def make(known: Annotations, target: Target) -> Edit:
            highlight = target.highlight
            uid = uids[highlight.uid] if highlight else ""
            found = highlight.judgements if highlight else ()
            judgement = next((item for item in found if item.uid == uid), None)
            if judgement is None:
                raise UsageError("The tag was taken off meanwhile.", "")
            confidence, likelihood, reason = value(judgement)
            return known.judge(
                target, judgement, confidence=confidence, likelihood=likelihood, reason=reason
            )

        self.turns.take(lambda: self._said_of(list(uids), make, summary))

    def _said_of(self, uids: list[str], make: Make, summary: str) -> None:
        from reader.services.annotating.bulk import in_one

        known = self.session.annotations
        live = [item for uid in uids if (item := known.index.get(uid))]
        targets = [Target(item.span, item) for item in live]
        bulk = in_one(known, targets, make, kind="judge", summary=summary)
        if len(bulk) == 1:
            self.perform(bulk.edits[0])
        else:
            self.perform_all(bulk)
        if bulk.reason or not live:
            self.say(bulk.reason or "The highlight is gone.")
