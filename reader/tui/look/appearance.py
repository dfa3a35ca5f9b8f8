"""Asks how the app is to look, and shows it at once. Import late: only when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.look.themes import CHOICES
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.look.appearing import AppearingApp

_STYLES = {
    "tint": "A third of the tag's colour behind the words.",
    "solid": "The tag's full colour behind the words.",
    "underline": "A line below the words, in the tag's colour.",
}

_SYMBOLS = {
    "auto": "ASCII where the terminal's encoding has nothing else.",
    "unicode": "Such as ✓ ⇄ ✗ and lines.",
    "ascii": "Letters and signs that every terminal and every font has.",
}


async def choose_theme(app: ReaderApp) -> None:
    """Ask for a theme, showing each that one comes to, and use it from now on."""
    choices = [Choice(name, name, about) for name, about in CHOICES.items()]
    before = app.theme

    def show(name: str) -> None:
        paint_in(app, app.theme_for(name))

    dialog = ChoiceDialog("Theme", choices, current=app.settings.theme, tries=show)
    name = await app.ask(dialog)
    if name is not None:
        use_theme(app, name)
    elif app.theme != before:
        paint_in(app, before)


def use_theme(app: ReaderApp, name: str) -> None:
    """Show everything in the colours of a theme, which is one of the setting's values."""
    app.keep("theme", name)
    paint_in(app, app.theme_for(name))


def paint_in(app: AppearingApp, theme: str) -> None:
    """Show everything in the colours of a theme that there is."""
    app.theme = theme
    app.call_after_refresh(paint_anew, app)


def paint_anew(app: AppearingApp) -> None:
    """Paint also those widgets that mix colours of their own from the theme's."""
    for screen in app.screen_stack:
        for widget in screen.walk_children():
            widget.notify_style_update()
            widget.refresh()


async def choose_highlight_style(app: ReaderApp) -> None:
    """Ask how marked words are to look, and show them so at once."""
    choices = [Choice(name, name, about) for name, about in _STYLES.items()]
    before = app.settings.highlight_style

    def show(name: str) -> None:
        for screen in app.reading_screens():
            screen.pane.set_mark_style(name)

    dialog = ChoiceDialog("How marked words look", choices, current=before, tries=show)
    name = await app.ask(dialog)
    show(before if name is None else name)
    if name is not None:
        app.keep("highlight_style", name)


async def choose_symbols(app: ReaderApp) -> None:
    """Ask for the kind of signs and draw everything with them."""
    choices = [Choice(name, name, about) for name, about in _SYMBOLS.items()]
    name = await app.ask(ChoiceDialog("Signs", choices, current=app.settings.symbols))
    if name is not None:
        app.keep("symbols", name)
        app.show_signs()
        app.call_after_refresh(paint_anew, app)
