"""Saying what a paragraph is: body, caption, credit, quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.domain.text import Role, shortened
from reader.tui.reading.base import ReadingBase

if TYPE_CHECKING:
    from reader.domain.operation import Change


class Roles(ReadingBase):
    """Changing the role of a paragraph, which makes or unmakes statements."""

    def action_block_role(self) -> None:
        """Say what the paragraph under the cursor is."""
        if self.may_change():
            self.work_holding_keys(self._choose_role, "dialog")

    async def _choose_role(self) -> None:
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        start = await self._choose_block()
        block = self.session.document.block_at(start) if start is not None else None
        if block is None:
            return
        words = shortened(self.session.document.text[block.start : block.end], 60)
        choices = [
            Choice(role.value, role.value, note="now" if role is block.role else "")
            for role in Role
        ]
        chosen = await self.ask(ChoiceDialog(f"What is “{words}”?", choices))
        if chosen is not None and Role(chosen) is not block.role:
            old, new = block.role, Role(chosen)
            self.turns.take(lambda: self.change_role(block.start, old, new))

    async def _choose_block(self) -> int | None:
        """Return the start of a paragraph on the screen: those without statements can be chosen."""
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        document = self.session.document
        shown = self.pane.visible_span()
        blocks = document.blocks_in(shown.start, shown.end)
        here = document.block_at(self.cursor.start) if self.cursor else None
        blocks.sort(key=lambda block: block != here)
        choices = [
            Choice(
                str(block.start),
                " ".join(document.text[block.start : min(block.end, block.start + 120)].split()),
                note=block.role.value,
            )
            for block in blocks
        ]
        chosen = await self.ask(ChoiceDialog("Which paragraph?", choices))
        return int(chosen) if chosen is not None else None

    def change_role(self, start: int, old: Role, new: Role, also: Sequence[Change] = ()) -> None:
        """Give the block that starts at an offset another role, and have it saved.

        Args:
            start: Where the block starts.
            old: Its role.
            new: Its role from now on.
            also: What is saved, and taken back, with it.
        """
        session = self.session
        if not self.may_change():
            return
        group = session.annotations.role_change(
            start, old, new, changed_before=start in session.roles
        )
        session.set_role(start, new)
        if also:
            from dataclasses import replace

            group = replace(group, changes=(*group.changes, *also))
        self.saver.save(group)
        self.structure_changed()
        self.refresh_panel()
        self.say_done(f"The paragraph is {new.value} now.")
