"""The command palette's entries: the table of commands, for the screen that is on top."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from reader.tui.commands import Command, key_name, keys_of


class Palette(CommandPalette):
    """The command palette; clicking beside it closes it, and nothing else, however often."""

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Close it, if it is still open: Textual would close the screen below it instead."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)  # type: ignore[arg-type] # a palette's result is a callback


class CommandsProvider(Provider):
    """Offers what the screen's `commands` method lists."""

    def _commands(self) -> list[Command]:
        listed = getattr(self.screen, "commands", None)
        return cast("list[Command]", listed()) if listed is not None else []

    async def discover(self) -> Hits:
        """Yield every command, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(_display(command), partial(self._run, command), help=command.tooltip)

    async def search(self, query: str) -> Hits:
        """Yield the commands that match what is typed."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.title),
                    partial(self._run, command),
                    text=command.title,
                    help=_help(command),
                )

    async def _run(self, command: Command) -> None:
        await self.screen.run_action(command.action)


def _help(command: Command) -> str:
    keys = keys_of(command)
    return f"{key_name(keys[0])}  {command.tooltip}" if keys else command.tooltip


def _display(command: Command) -> str:
    keys = keys_of(command)
    return f"{command.title}  ({key_name(keys[0])})" if keys else command.title
