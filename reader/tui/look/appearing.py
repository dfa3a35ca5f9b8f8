"""The app's looks: its themes, its signs, how marked words look."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.filter import LineFilter

from reader.domain.signs import lacks_arrows
from reader.services.settings.fields import Settings
from reader.tui.app_keys import KeysApp
from reader.tui.asking import run_beside
from reader.tui.commands.command import write_arrows
from reader.tui.look.quick_styles import QuickStylesheet
from reader.tui.look.themes import AUTO, DARK, LIGHT, THEMES, chosen, remember
from reader.tui.undocumented import begin_with_theme

if TYPE_CHECKING:
    from reader.tui.look.keeping import Keeper


ASKED_S = 0.3
"""When the terminal is asked for its background: after the first paint, which waits for nothing."""


class AppearingApp(KeysApp):
    """An app that looks as the settings say.

    Args:
        settings: How it is to look.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        for theme in THEMES:
            self.register_theme(theme)
        self.stylesheet = QuickStylesheet()
        begin_with_theme(self, chosen(settings.theme, os.environ))
        self._light_ground: bool | None = None
        """What the terminal says of its background; None if it has not said anything."""
        self.typed_early: bytes | None = None
        """What came before the app ran, from a terminal that was asked; None if it was not."""
        self._sign_filter: LineFilter | None = None
        self.show_signs()
        self._keeper: Keeper | None = None
        if settings.plain:
            self.add_class("-plain")

    def keep(self, name: str, value: str | int | bool) -> None:
        """Let a setting have a value from now on, also when the app is started again."""
        if self._keeper is None:
            from reader.tui.look.keeping import Keeper

            self._keeper = Keeper(self)
        self._keeper.keep(name, value)

    async def kept(self) -> None:
        """Wait until changed settings are in their file, or that has failed and was told."""
        if self._keeper is not None:
            await self._keeper.settled()

    def on_mount(self) -> None:
        """Show the terminal's cursor where a screen reader or a braille line shall follow it."""
        if self.plain:
            from reader.tui.undocumented import show_cursor

            show_cursor(self)
        if self.settings.theme == AUTO and getattr(self._driver, "ground", None) is None:
            self.set_timer(ASKED_S, self._ask_ground)

    def _ask_ground(self) -> None:
        from reader.tui.look.ground import ask

        ask(self)

    def learn_ground(self, light: bool) -> None:
        """Take in whether the terminal's background is light."""
        self._light_ground = light
        remember(os.environ, light)
        if self.settings.theme == AUTO and self.theme != self.theme_for(AUTO):
            from reader.tui.look.appearance import paint_in

            paint_in(self, self.theme_for(AUTO))

    def theme_for(self, name: str) -> str:
        """Return the name of the theme to use for a value of the setting."""
        if name == AUTO and self._light_ground is not None:
            return LIGHT if self._light_ground else DARK
        return chosen(name, os.environ)

    def show_signs(self) -> None:
        """Draw signs as the settings say. What an encoding lacks is replaced on its way out."""
        self._sign_filter = None
        symbols, plain = self.settings.symbols, self.settings.plain
        in_ascii = symbols == "ascii" or (plain and symbols == "auto")
        lacking = symbols == "auto" and lacks_arrows(sys.__stderr__)  # where the interface writes
        write_arrows(in_words=in_ascii or lacking)
        if in_ascii:
            from reader.tui.look.sign_filter import SignFilter

            self._sign_filter = SignFilter()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line goes through before it is sent."""
        filters = super().get_line_filters()
        return [*filters, self._sign_filter] if self._sign_filter else filters

    def action_choose_theme(self) -> None:
        """Ask for a theme."""
        self._choose("choose_theme")

    def action_choose_symbols(self) -> None:
        """Ask whether signs are to be ASCII."""
        self._choose("choose_symbols")

    def action_choose_highlight_style(self) -> None:
        """Ask how marked words are to look."""
        self._choose("choose_highlight_style")

    def action_choose_keys(self) -> None:
        """Ask which keys to start from."""
        self._choose("choose_keys")

    def action_show_settings(self) -> None:
        """Show the settings, and where their file is."""
        self._choose("show_settings")

    def _choose(self, what: str) -> None:
        from reader.tui.look import choosing

        run_beside(
            self, partial(getattr(choosing, what), self), "look", exclusive=True, holds_keys=True
        )
