"""What the app asks of its looks and keys, by the action's name. Import it late: in the action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import SettingsError
from reader.domain.untrusted import safe
from reader.services.settings.fields import FIELDS, KEY_PRESET, Field, Settings
from reader.tui.commands import use_keys
from reader.tui.look.appearance import (
    choose_highlight_style,
    choose_symbols,
    choose_theme,
    paint_anew,
)
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.widgets.bindings import bind_anew

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

__all__ = [
    "choose_highlight_style",
    "choose_keys",
    "choose_symbols",
    "choose_theme",
    "show_settings",
]

_PRESETS = {
    "default": "Digits tag, t finds a tag by its name.",
    "vim-strict": "Digits count (3j, 12G), t and a digit tags, tt lists the tags, Ctrl-F and "
    "Ctrl-B turn pages.",
}


async def choose_keys(app: ReaderApp) -> None:
    """Ask for the keys to start from; they hold at once, and from now on."""
    choices = [Choice(name, name, about) for name, about in _PRESETS.items()]
    before = app.settings.preset
    name = await app.ask(ChoiceDialog("Key preset", choices, current=before))
    if name is None or name == before:
        return
    app.settings.preset = name
    try:
        lost = use_keys(app.settings)
    except SettingsError as error:  # keys of the user's own do not go with these
        app.settings.preset = before
        use_keys(app.settings)
        app.show_error(error)
        return
    app.keep(KEY_PRESET.name, name)
    _mean_something_else(app)
    app.add_notices(lost)


def _mean_something_else(app: ReaderApp) -> None:
    """Have keys do, and the screens say, what the commands' keys are now."""
    app.show_pending()
    bind_anew()
    app.quick_keys.forget()
    for screen in app.reading_screens():
        screen.keys_changed()
    app.call_after_refresh(paint_anew, app)


_ASKS = {
    "theme": choose_theme,
    "highlight_style": choose_highlight_style,
    "symbols": choose_symbols,
    KEY_PRESET.name: choose_keys,
}
"""The settings that are asked for in a list of their own."""


_FILE = "file"
"""Stands for the settings file among the settings."""


async def show_settings(app: ReaderApp) -> None:
    """List the settings with their values; Enter changes one, or says how to."""
    where = safe(str(app.settings.path or "none: changes hold for this run only"))
    choices = [Choice(_FILE, "the settings file", where)]
    choices += [_listed(app.settings, field) for field in (*FIELDS, KEY_PRESET)]
    name = await app.ask(ChoiceDialog("Settings", choices))
    if name in _ASKS:
        await _ASKS[name](app)
    elif name == _FILE:
        app.notify(f"The settings file: {where}", timeout=10, markup=False)
    elif name is not None:
        how = f"`reader config set {name} VALUE` in a shell, or a line in the settings file"
        app.notify(f"{how}, sets {name} from the next start on.", timeout=10, markup=False)


def _listed(settings: Settings, field: Field) -> Choice:
    """Return a setting as it is listed: its value at the right."""
    value = getattr(settings, field.name.removeprefix("keys."))
    shown = str(value).lower() if isinstance(value, bool) else str(value) or "–"
    values = f" It may be {', '.join(field.allowed)}." if field.allowed else ""
    return Choice(field.name, field.name, f"{field.about.replace('`', '')}{values}", shown)
