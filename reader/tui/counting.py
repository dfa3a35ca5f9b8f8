"""Counts before a key (``3j``) and the key before a tag (``t5``), of the preset ``vim-strict``."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode

from reader.tui.commands import COMMANDS
from reader.tui.compositing import PaintedOnce

if TYPE_CHECKING:
    from reader.tui.widgets.statusbar import StatusBar

MOST = 99_999
"""A count that would be longer stays as it is."""

MOST_TIMES = 999
"""How often a command is done at most."""

_BATCH = 10
"""What is done of a command between two paintings of the screen."""

_LEAVES = ("library_clear", "search_clear", "select_cancel", "panel_leave")
_GOES = ("text_top", "text_bottom")


class CountingApp(App[None]):
    """Remembers a count, or the key before a tag, until the command that it is for."""

    count = 0
    """What was counted; 0 is nothing."""
    tag_next = False
    """Whether a digit is a tag this once."""
    _shown_times = 0

    def show_pending(self, count: int = 0, *, tag_next: bool = False) -> None:
        """Remember a count or the key before a tag, or nothing any more, and show it."""
        self.count, self.tag_next = count, tag_next
        self._shown_times += 1
        bar: StatusBar | None = getattr(self.screen, "status_bar", None)
        if bar is not None:
            bar.set_pending(f"{count}" if count else "tag …" if tag_next else "")

    def on_key(self, event: events.Key) -> None:
        """Forget a count, or the key before a tag, at a key that then does nothing."""
        if self.count or self.tag_next:
            self.call_next(self._forget_unless_changed, self._shown_times)

    def _forget_unless_changed(self, times: int) -> None:
        if self._shown_times == times:
            self.show_pending()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action: as often as was counted, or at the place that was counted."""
        if not (self.count or self.tag_next) or not isinstance(action, str):
            return await super().run_action(action, default_namespace, namespaces)
        if action.startswith(("count(", "tag_prefix")):
            return await super().run_action(action, default_namespace, namespaces)
        count = self.count
        if action in _LEAVES:
            self.show_pending()
            return True
        if self.tag_next and not action.startswith("tag("):  # a slip must not delete something
            self.show_pending()
            self.notify("No tag: after that key comes a tag's digit.", timeout=3, markup=False)
            return True
        go = getattr(default_namespace, "go_to_number", None)
        if count and action in _GOES and go is not None:
            self.show_pending()
            go(count)
            return True
        if not await super().run_action(action, default_namespace, namespaces):
            return False
        self.show_pending()
        for done in range(1, min(count, MOST_TIMES) if action in _counted() else 1):
            if not done % _BATCH:
                await asyncio.sleep(0)
            await super().run_action(action, default_namespace, namespaces)
        return True


def _counted() -> set[str]:
    from reader.tui.commands.presets import COUNTED  # late: few people count

    return {command.action for command in COMMANDS if command.id in COUNTED}


class CountingScreen(PaintedOnce):
    """The keys that count, for a screen."""

    app: CountingApp

    def action_count(self, digit: str) -> None:
        """Count on; after the key before a tag, a digit is the tag."""
        if self.app.tag_next:
            self.app.show_pending()
            self.action_tag(digit)
        else:
            count = self.app.count * 10 + int(digit)
            self.app.show_pending(count if count <= MOST else self.app.count)

    def action_tag(self, key: str) -> None:
        """Set the tag on a key."""

    def action_tag_prefix(self) -> None:
        """Let the next digit be a tag; the second time, list the tags."""
        if self.app.tag_next:
            self.app.show_pending()
            self.action_tag_palette()
        else:
            self.app.show_pending(tag_next=True)

    def action_tag_palette(self) -> None:
        """List the tags."""
