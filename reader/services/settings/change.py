"""Writes settings into their file: comments, order and all else stay as they are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Table

from reader.domain.errors import SettingsError
from reader.formats.atomic import replacing
from reader.services.settings.fields import FIELDS, KEY_PRESET
from reader.services.settings.file import flat, read, toml

Value = str | int | bool | list[str] | None
"""A setting's value; None takes it out of the file."""

_BOM = "\ufeff"
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_DEFAULTS = {field.name: field.default for field in (*FIELDS, KEY_PRESET)}


def keep(path: Path, values: Mapping[str, Value]) -> bool:
    """Have settings hold from now on; the file is left alone if they do already.

    Args:
        path: The settings file; made if there is none.
        values: Values by name; one in ``[keys]`` has the name ``keys.ID``.

    Returns:
        Whether something was written.

    Raises:
        SettingsError: The file is no TOML, cannot be read, or may not be written.
        ReaderError: The disk refuses.
    """
    return _change(path, values, defaults=_DEFAULTS)


def put(path: Path, values: Mapping[str, Value]) -> bool:
    """Write settings into the file, also those that hold without it; see :func:`keep`."""
    return _change(path, values, defaults={})


def _change(path: Path, values: Mapping[str, Value], defaults: Mapping[str, Any]) -> bool:
    with _alone(path):
        source = _source(path)
        known = flat(toml(source, path))
        new = {
            name: value
            for name, value in values.items()
            if (known.get(name, defaults.get(name)) != value)
            or type(known.get(name, value)) is not type(value)
        }
        if not new:
            return False
        _write(path, changed(source, path, new))
    return True


def changed(source: str, path: Path, values: Mapping[str, Value]) -> str:
    """Return a settings file's text with other values.

    Raises:
        SettingsError: It is no TOML, or has a value where a table would have to be.
    """
    before = toml(source, path)
    text = source.replace("\r\n", "\n")
    for name, value in values.items():
        text = _with(text, path, name, value)
    wanted = flat(before) | dict(values)
    if flat(toml(text, path)) != {name: each for name, each in wanted.items() if each is not None}:
        raise SettingsError(
            f"{path} is written in a way that cannot be changed from here.", "Change it by hand."
        )
    return text.replace("\n", "\r\n") if "\r\n" in source else text


def _with(text: str, path: Path, name: str, value: Value) -> str:
    document = tomlkit.parse(text)
    table, _, key = name.partition(".")
    holder: Any = document if not key else document.get(table)
    own = key or table
    if value is None:
        if isinstance(holder, dict):
            _take_out(holder, own)
        return tomlkit.dumps(document)
    if not key and own not in document:
        candidate = _with_line(text, f"{own} = {tomlkit.item(value).as_string()}\n")
        if own in tomlkit.parse(candidate):  # it fell into no text of several lines
            return candidate
    if holder is None:
        holder = document[table] = tomlkit.table()
    if not isinstance(holder, dict):
        raise SettingsError(f"{path}: {table} is no table.", f"Write [{table}].")
    _put_in(holder, own, value)
    return tomlkit.dumps(document)


def _put_in(holder: Any, name: str, value: Value) -> None:
    """Give an entry another value where it stands, also if its name is written without quotes."""
    first, _, rest = name.partition(".")
    if name not in holder and rest and isinstance(holder.get(first), dict):
        _put_in(holder[first], rest, value)
    else:
        holder[name] = value


def _take_out(holder: Any, name: str) -> None:
    first, _, rest = name.partition(".")
    if name in holder:
        del holder[name]
    elif rest and isinstance(holder.get(first), dict):
        _take_out(holder[first], rest)
        if not holder[first] and not isinstance(holder[first], Table):
            del holder[first]


def _with_line(text: str, line: str) -> str:
    """Return a text with a line more, behind the entries that stand in front of all tables.

    Comments right above the first table belong to it and stay there.
    """
    found = _HEADER.search(text)
    if found is None:
        return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{line}"
    head = text[: found.start()].splitlines(keepends=True)
    at = len(head)
    while at and head[at - 1].lstrip().startswith("#"):
        at -= 1
    while at and not head[at - 1].strip():
        at -= 1
    between = [] if at < len(head) and not head[at].strip() else ["\n"]
    return "".join([*head[:at], line, *between, *head[at:]]) + text[found.start() :]


def _source(path: Path) -> str:
    try:
        return read(path)
    except FileNotFoundError:
        return ""


def _write(path: Path, text: str) -> None:
    """Put the text in the file's place, with the byte order mark that it had.

    Raises:
        SettingsError: The file or its folder may not be written.
    """
    hint = "What was changed holds until you leave."
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            mark = file.read(3) == _BOM.encode()
    except FileNotFoundError:
        mark = False
    except OSError as error:
        raise SettingsError(f"{path.parent}: {error.strerror}.", hint) from error
    if path.exists() and not os.access(path, os.W_OK):  # a rename would go past that
        raise SettingsError(f"{path} may not be written.", hint)
    with replacing(path, force=True) as file:
        file.write((_BOM if mark else "") + text)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other instances from writing settings meanwhile, where the system has such locks."""
    try:
        import fcntl

        folder = os.open(path.parent, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
