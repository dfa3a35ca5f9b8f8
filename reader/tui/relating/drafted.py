"""Forms that are kept against a crash while they are filled in, as notes are, and offered again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from textual.timer import Timer

from reader.domain.operation import Group, now
from reader.domain.text import Span
from reader.tui.commands.pressed import first_key
from reader.tui.saving.typing_kept import keep
from reader.tui.screens.dialogs.base import Dialog

if TYPE_CHECKING:
    from reader.storage.drafts import Where
    from reader.storage.library import Library
    from reader.tui.reading.screen import ReadingScreen

Result = TypeVar("Result")

DRAFT_S = 0.5
"""How often what was typed is kept."""

TEXTS = frozenset({"note"})
"""What is typed in forms that leaving does not save; all else of them is chosen."""

NOWHERE = Span(0, 0)
"""The place of a form on something that has a uid of its own."""

OFFERED = "This is what was being filled in here last."
KEPT = "What was typed is kept: the same form offers it again."


def about_draft() -> str:
    """Return what can be done with a draft in a form that leaving saves, in words."""
    key = first_key("form.save")
    saves = f", {key} saves it" if key else ""
    return f"A draft: Esc keeps it{saves}; emptied, it is given up."


class DraftedDialog(Dialog[Result]):
    """A form that is kept while it is filled in."""

    draft: FormDraft | None = None
    """Where it is kept."""
    offered: dict[str, str] | None = None
    """What was kept before and is filled in again, as the form gives it; None if nothing was."""
    _keeping: Timer | None = None

    def typed(self) -> dict[str, str]:
        """Return what is filled in, by name."""
        raise NotImplementedError

    def put(self, values: Mapping[str, str]) -> None:
        """Fill in what was kept; called before it is shown. What makes no sense is left out."""
        raise NotImplementedError

    @property
    def only_offers(self) -> bool:
        """Whether it shows what was kept before, and nothing was changed since."""
        return self.offered is not None and self.typed() == self.offered

    def on_input_changed(self) -> None:
        """Keep what is typed."""
        self.keep_soon()

    def on_text_area_changed(self) -> None:
        """Keep what is typed."""
        self.keep_soon()

    def keep_soon(self) -> None:
        """Keep what is filled in half a second from now, unless that is on its way."""
        if self._keeping is None and self.draft is not None:
            self._keeping = self.set_timer(DRAFT_S, self._keep)

    async def keep_typed(self) -> None:
        """Keep what is filled in, as it is now."""
        self._keep()

    def action_leave(self) -> None:
        """Leave without a result; what was typed is kept, for the same form to offer it again."""
        if self.draft is not None:
            self.draft.leave(self.typed())
        super().action_leave()

    def _keep(self) -> None:
        self._keeping = None
        if self.draft is not None:
            self.draft.keep(self.typed())


class FormDraft:
    """What is filled in of one form, in the library: local, of this window alone.

    Args:
        screen: The article's screen.
        where: What the form is about.
        kind: Which form it is.
    """

    def __init__(self, screen: ReadingScreen, where: Where, kind: str) -> None:
        self._screen, self._where, self._kind = screen, where, kind
        self._kept: dict[str, str] = {}
        self._fresh: dict[str, str] = {}
        self._given_up = False

    async def ask(self, form: DraftedDialog[Result | None]) -> Result | None:
        """Show a form with what was being filled in when the program ended, and return its answer.

        Raises:
            StorageError: The library cannot be read.
        """
        where, kind = self._where, self._kind
        begun = await self._screen.database.run(
            lambda library: library.drafts.take(*where, kind=kind)
        )
        self._kept = self._fresh = form.typed()
        rescued = self._screen.saver.rescued_draft(where, kind)
        values = _values(rescued or (begun.text if begun is not None else ""))
        if values and values != self._kept:
            form.put(values)
            form.offered = form.typed()
            self._kept = values
            self._screen.say(OFFERED)
        form.draft = self
        return await self._screen.ask(form)

    def keep(self, values: dict[str, str]) -> None:
        """Keep what is filled in, if it has changed."""
        if values == self._kept or self._given_up or self._screen.unchangeable:
            return
        self._kept = values
        screen, text = self._screen, json.dumps(values, ensure_ascii=False)
        screen.work(
            lambda: keep(
                screen.database,
                screen.saver,
                self._where,
                text,
                kind=self._kind,
                still=lambda: self._kept == values and not self._given_up,
            ),
            "draft",
            exclusive=False,
        )

    def leave(self, values: dict[str, str]) -> None:
        """Keep what is filled in of a form that is left, and say so; forget one without text.

        A choice alone is made again as fast as it is offered, and an emptied text is given up.
        """
        if any(values[name].strip() not in ("", self._fresh[name]) for name in TEXTS & set(values)):
            self.put_off(values)
        else:
            self.drop()

    def put_off(self, values: dict[str, str]) -> None:
        """Keep what is filled in for the same form to offer it again, and say so."""
        self.keep(values)
        self._screen.say(KEPT)

    def settle(self, group: Group, values: Mapping[str, str]) -> None:
        """Forget it as soon as what was made of it is saved; if that is refused, keep it.

        Args:
            group: What holds all that was typed.
            values: What was filled in.
        """
        where, kind, self._given_up = self._where, self._kind, True
        text = json.dumps(values, ensure_ascii=False)

        def settled(library: Library) -> None:
            if library.log.has(group):
                library.drafts.drop(*where, kind=kind)
            else:
                library.drafts.keep(*where, text, now(), kind=kind)

        self._screen.kept_if_refused[group.uid] = KEPT
        self._screen.saver.drop_draft(where, kind)
        self._screen.saver.afterwards(settled)

    def drop(self) -> None:
        """Forget it, as soon as what was made of it is saved."""
        where, kind, self._given_up = self._where, self._kind, True
        self._screen.saver.drop_draft(where, kind)
        self._screen.saver.afterwards(lambda library: library.drafts.drop(*where, kind=kind))


def _values(text: str) -> dict[str, str]:
    """Return what was kept; empty if it makes no sense."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}
