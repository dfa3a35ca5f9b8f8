"""Saying what a paragraph is: body, caption, credit, quote. Import late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.text import Role, shortened
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.domain.operation import Change
    from reader.tui.reading.base import ReadingBase


async def choose_role(screen: ReadingBase) -> None:
    """Say what the paragraph under the cursor is, or another one on the screen."""
    start = await _choose_block(screen)
    block = screen.session.document.block_at(start) if start is not None else None
    if block is None:
        return
    words = shortened(screen.session.document.text[block.start : block.end], 60)
    choices = [
        Choice(role.value, role.value, note="now" if role is block.role else "") for role in Role
    ]
    chosen = await screen.ask(ChoiceDialog(f"What is “{words}”?", choices))
    if chosen is not None and Role(chosen) is not block.role:
        old, new = block.role, Role(chosen)
        screen.turns.take(lambda: change_role(screen, block.start, old, new))


async def _choose_block(screen: ReadingBase) -> int | None:
    """Return the start of a paragraph on the screen: those without statements can be chosen."""
    document = screen.session.document
    shown = screen.pane.visible_span()
    blocks = document.blocks_in(shown.start, shown.end)
    here = document.block_at(screen.cursor.start) if screen.cursor else None
    blocks.sort(key=lambda block: block != here)
    choices = [
        Choice(
            str(block.start),
            " ".join(document.text[block.start : min(block.end, block.start + 120)].split()),
            note=block.role.value,
        )
        for block in blocks
    ]
    chosen = await screen.ask(ChoiceDialog("Which paragraph?", choices))
    return int(chosen) if chosen is not None else None


def change_role(
    screen: ReadingBase, start: int, old: Role, new: Role, also: Sequence[Change] = ()
) -> None:
    """Give the block that starts at an offset another role, and have it saved.

    Args:
        screen: The article.
        start: Where the block starts.
        old: Its role.
        new: Its role from now on.
        also: What is saved, and taken back, with it.
    """
    session = screen.session
    if not screen.may_change():
        return
    group = session.annotations.role_change(start, old, new, changed_before=start in session.roles)
    session.set_role(start, new)
    if also:
        group = replace(group, changes=(*group.changes, *also))
    screen.saver.save(group)
    screen.structure_changed()
    screen.refresh_panel()
    screen.say_done(f"The paragraph is {new.value} now.")
