"""Commands on the settings file: ``config``, ``config path``, ``set``, ``unset``."""

from __future__ import annotations

import os
import re
from typing import Any

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session
from reader.domain.errors import SettingsError, UsageError
from reader.services.settings.fields import FIELDS, KEY_PRESET, PRESETS, Field, Settings

_LISTED = "\n".join(
    f"{field.name:<16} {field.about.replace('`', '')}" for field in (*FIELDS, KEY_PRESET)
)  # fmt: skip


_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@click.group(
    invoke_without_command=True,
    epilog="\b\nThe settings are:\n" + _LISTED + "\nkeys.ID          Keys of a command; "
    "reader keys --ids lists the ids.",
)
@as_json
@with_session
def config(session: Session, as_json: bool) -> None:
    """Print the settings and where each comes from; or change one."""
    context = click.get_current_context()
    context.obj = session
    if context.invoked_subcommand:
        return
    session = session.mending()
    settings = session.settings
    _, warnings = session.keys(settings)
    rows = [*_fields(session), *_keys(settings)]
    for warning in warnings:
        output.note(f"note: {warning}")
    if as_json:
        names = ("name", "value", "from")
        output.document(
            {
                "file": str(session.settings_file),
                "settings": [dict(zip(names, row, strict=True)) for row in rows],
            }
        )
        return
    output.table([(name, _shown(value), where) for name, value, where in rows])


@config.command()
@with_session
def path(session: Session) -> None:
    """Print where the settings file is, or would be."""
    output.line(str(session.settings_file))


@config.command("set")
@click.argument("name")
@click.argument("value", nargs=-1, required=True)
@with_session
def set_(session: Session, name: str, value: tuple[str, ...]) -> None:
    """Write a setting into the file; comments and order stay.

    For a command's keys, NAME is `keys.ID` and VALUE one key or several, or '' for none:
    `reader config set keys.statement.next n Down`.
    """
    _change(session, name, _read(name, value))


@config.command()
@click.argument("name")
@with_session
def unset(session: Session, name: str) -> None:
    """Take a setting out of the file, so that its default holds."""
    if not name.startswith("keys."):
        _field(name)
    _change(session, name, None)


def _change(session: Session, name: str, value: Any) -> None:
    """Write a value, unless the keys would then make no sense."""
    from reader.services.settings import change as settings_change
    from reader.services.settings import file as settings_file

    file = session.settings_file
    if name.startswith("keys."):
        try:
            source = settings_file.read(file)
        except FileNotFoundError:
            source = ""
        new = settings_change.changed(source, file, {name: value})
        try:
            _, warnings = session.keys(settings_file.parse(new, file))
        except SettingsError as error:  # the line is none of the file as it is
            said = re.sub(rf"^{re.escape(str(file))}:\d+: ", "", error.message)
            raise UsageError(said, "Nothing was written.", error.details) from error
        for warning in warnings:
            output.note(f"note: {warning}")
    written = settings_change.put(file, {name: value})
    output.note(f"{file}: {'written' if written else 'nothing to change'}.")


def _read(name: str, words: tuple[str, ...]) -> Any:
    """Return a value from the words that were given for it.

    Raises:
        UsageError: It is none that the setting can have.
    """
    from reader.services.settings.file import problem_with, suggestion

    if name == "keys.preset":
        if words[0] not in PRESETS or len(words) > 1:
            meant = suggestion(words[0], PRESETS) or f": say {' or '.join(PRESETS)}"
            raise UsageError(f"keys.preset cannot be {words[0]!r}{meant}", "")
        return words[0]
    if name.startswith("keys."):
        keys = [word for word in words if word]
        return keys[0] if len(keys) == 1 else keys
    field = _field(name)
    word = " ".join(words)
    if name == "codebook":
        from reader.services.codebooks import finding as codebooks

        codebooks.find(None, word)
    value: Any = word
    if isinstance(field.default, bool):
        value = _TRUTH.get(word.lower(), word)
    elif isinstance(field.default, int):
        value = int(word) if re.fullmatch(r"-?\d{1,9}", word.strip()) else word
    what = problem_with(field, value)
    if what:
        ending = "" if what.endswith("?") else "."
        raise UsageError(f"{name} {what}{ending}", "`reader config --help` lists the settings.")
    return value


def _field(name: str) -> Field:
    from reader.services.settings.file import suggestion

    names = [field.name for field in FIELDS]
    if name not in names:
        every = [*names, KEY_PRESET.name]
        meant = "; did you mean keys.preset?" if name == "preset" else suggestion(name, every)
        listed = f"There are {', '.join(every)}, and keys.ID for a command's keys."
        raise UsageError(f"There is no setting {name}{meant or '.'}", listed)
    return next(field for field in FIELDS if field.name == name)


def _fields(session: Session) -> list[tuple[str, Any, str]]:
    settings = session.settings
    plain = click.get_current_context().find_root().params.get("plain")
    own = {
        "plain": (settings.plain or plain, plain, "", "default"),
        "annotator": (session.handle, session.annotator, "READER_ANNOTATOR", "login name"),
        "database": (str(session.database), session.db, "READER_DB", "default"),
        "codebook": (session.codebook or settings.codebook, session.codebook, "", "default"),
    }
    rows = []
    for field in FIELDS:
        usual = (getattr(settings, field.name), None, "", "default")
        value, option, variable, default = own.get(field.name, usual)
        line = settings.lines.get(field.name)
        if option:
            where = f"option --{'db' if field.name == 'database' else field.name}"
        elif variable and os.environ.get(variable):
            where = f"environment {variable}"
        elif line and (getattr(settings, field.name) or field.default):
            where = f"{settings.path}:{line}"
        else:
            where = default
        rows.append((field.name, value, where))
    return rows


def _keys(settings: Settings) -> list[tuple[str, Any, str]]:
    line = settings.lines.get("keys.preset")
    where = f"{settings.path}:{line}" if line else "default"
    rows: list[tuple[str, Any, str]] = [("keys.preset", settings.preset, where)]
    for name, value in settings.keys.items():
        line = settings.lines.get(f"keys.{name}")
        rows.append((f"keys.{name}", value, f"{settings.path}:{line}"))
    return rows


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, list) else str(value)
