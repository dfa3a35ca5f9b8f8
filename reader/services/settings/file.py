"""Reads a settings file and says all that is wrong with it, each with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from reader.domain.errors import SettingsError
from reader.services.settings.fields import FIELDS, PRESETS, Field, Settings
from reader.services.settings.plain_lines import plain

Problem = tuple[int | None, str]
"""A line, if it is known, and a sentence without its full stop."""

LIMIT = 256 * 1024
"""Bytes that a settings file has at most; anything longer is some other file."""

_LISTED = "`reader config --help` lists the settings"

_NAME = r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_-]+)"
_DOTTED = rf"[ \t]*{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*[ \t]*"


class Mistakes(SettingsError):  # noqa: N818 - named for what it tells
    """What is wrong in a settings file.

    Attributes:
        path: The file.
        problems: Each mistake.
        rest: What is right in the file beside them; None if nothing was looked at.
    """

    path: Path
    problems: Collection[Problem] = ()
    rest: Settings | None = None


def read(path: Path) -> str:
    """Return a settings file's text, without a byte order mark.

    Raises:
        FileNotFoundError: There is none.
        SettingsError: It cannot be read, is no text, or is too long.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise SettingsError(f"{path}: {why}.", "Name another with --config.") from error
    if len(raw) > LIMIT:
        raise SettingsError(
            f"{path} is too long for a settings file.", "See that it is the right file: TOML."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}:{line}: this is not UTF-8.", "Save it as UTF-8.") from error


def parse(source: str, path: Path) -> Settings:
    """Return what a settings file says.

    Args:
        source: Its text.
        path: Where it is from, for messages.

    Raises:
        SettingsError: Something in it is wrong; all of it is told.
    """
    data: dict[str, Any] | None = plain(source)
    data = toml(source, path) if data is None else data
    keys = data.pop("keys", {})
    problems = list(_problems(data))
    if isinstance(keys, dict):
        keys = flat(keys)
        preset = keys.pop("preset", "default")
        problems += _key_problems(keys, preset)
    else:
        keys, preset = {}, PRESETS[0]
        problems.append(("keys", "is a table: write [keys], and one command a line under it"))
    if problems:
        wrong = {name for name, _ in problems}
        right = {name: value for name, value in data.items() if name not in wrong}
        keys = {name: value for name, value in keys.items() if f"keys.{name}" not in wrong}
        preset = preset if "keys.preset" not in wrong else PRESETS[0]
        lines = lines_of(source)
        kept = _without(source, [lines[name] for name in wrong if name in lines])
        rest = Settings(right, keys=keys, preset=preset, path=path, source=kept)
        refuse(path, [(lines.get(name), f"{name} {what}") for name, what in problems], rest)
    return Settings(data, keys=keys, preset=preset, path=path, source=source)


def _without(source: str, numbers: Collection[int]) -> str:
    """Return a text with some lines, from 1, empty: nothing comes from there."""
    lines = source.split("\n")
    return "\n".join("" if number in numbers else line for number, line in enumerate(lines, 1))


def with_those_of_keys(mistakes: Mistakes, keys: Callable[[Settings], object]) -> Mistakes:
    """Return mistakes with those that only who knows the commands can find.

    Args:
        mistakes: What is wrong as far as no command is looked at.
        keys: Has the keys of the settings, and refuses them if they make no sense.
    """
    if mistakes.rest is None:
        return mistakes
    try:
        keys(mistakes.rest)
    except Mistakes as more:
        return _mistakes(mistakes.path, [*mistakes.problems, *more.problems])
    return mistakes


def toml(source: str, path: Path) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        SettingsError: It is not TOML.
    """
    import tomllib  # late: see plain_lines

    from reader.domain.huge import tamed

    try:
        tables: dict[str, Any] = tamed(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        why = str(error)[: found.start()] if found else "it does not end as it should"
        text = f"{path}:{line}: this is not TOML: {why[:1].lower()}{why[1:]}."
        raise SettingsError(text, _toml_hint(why)) from error
    except (ValueError, RecursionError) as error:  # too many digits, too many brackets
        lines = source.split("\n")
        line = max(range(len(lines)), key=lambda number: len(lines[number])) + 1
        text = f"{path}:{line}: this line is no setting: its number or its list is too long."
        raise SettingsError(text, _toml_hint("")) from error
    return tables


def _toml_hint(why: str) -> str:
    if "twice" in why or "overwrite" in why:
        return "A name and a [table] stand in the file once: put what belongs together under one."
    return 'Write NAME = VALUE, texts in quotes: theme = "…".'


def refuse(path: Path, problems: Collection[Problem], rest: Settings | None = None) -> None:
    """Raise an error that tells all problems, in the order of their lines.

    Args:
        path: The file.
        problems: What is wrong.
        rest: What is right beside it.

    Raises:
        Mistakes: There is a problem.
    """
    if problems:
        raise _mistakes(path, problems, rest)


def _mistakes(path: Path, problems: Collection[Problem], rest: Settings | None = None) -> Mistakes:
    error = _told(path, problems)
    error.path, error.problems, error.rest = path, problems, rest
    return error


def _told(path: Path, problems: Collection[Problem]) -> Mistakes:
    told = [
        f"{path}{f':{line}' if line else ''}: {what}{'' if what.endswith('?') else '.'}"
        for line, what in sorted(problems, key=lambda item: item[0] or 0)
    ]
    of_keys = all(what.startswith("keys.") for _, what in problems)
    lists = "`reader keys --ids` lists commands and keys" if of_keys else _LISTED
    hint = f"Correct the file; {lists}."
    if len(told) == 1:
        return Mistakes(told[0], hint)
    return Mistakes(f"{path} has {len(told)} mistakes.", hint, tuple(told))


def suggestion(word: str, known: Collection[str]) -> str:
    """Return what a misspelt word may have meant, as the end of a sentence; or nothing."""
    import difflib  # late: only after a mistake

    close = difflib.get_close_matches(word, known, 1)
    close = close or [each for each in known if word and each.startswith(word)]
    return f"; did you mean {close[0]}?" if close else ""


def problem_with(field: Field, value: object) -> str:
    """Return what is wrong with a field's value, as the end of a sentence; or nothing."""
    if field.takes(value):
        return ""
    if type(value) is not type(field.default):
        return f"{_wanted(field)}, not {_kind(value)}"
    if not isinstance(value, str):
        return f"is from {field.least} to {field.most}, not {value}"
    if not value.isprintable():
        return "has control characters in it"
    listed = ", ".join(field.allowed)
    return f"cannot be {value!r}{suggestion(value, field.allowed) or f': say {listed}'}"


def _wanted(field: Field) -> str:
    if isinstance(field.default, bool):
        return "is true or false"
    if isinstance(field.default, int):
        return f"is a number from {field.least} to {field.most}"
    return "is a text in quotes"


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return "a text in quotes"
    return "a table" if isinstance(value, dict) else "a list" if isinstance(value, list) else "that"


def _problems(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {field.name: field for field in FIELDS}
    for name, value in data.items():
        field = known.get(name)
        if field is None:
            listed = ", ".join([*known, "[keys]"])
            ending = suggestion(name, [*known, "keys"]) or f"; there are {listed}"
            yield name, f"is no setting{ending}"
            continue
        what = problem_with(field, value)
        if what:
            yield name, what


def _key_problems(keys: Mapping[str, Any], preset: object) -> Iterator[tuple[str, str]]:
    if preset not in PRESETS:
        meant = suggestion(preset, PRESETS) if isinstance(preset, str) else ""
        yield "keys.preset", f"cannot be {preset!r}{meant or ': say ' + ' or '.join(PRESETS)}"
    for name, value in keys.items():
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(text, str) for text in texts):
            yield f"keys.{name}", 'is a key in quotes, or a list of them: ["n", "Down"]'


def flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Return a table whose tables have been dissolved: ``statement.next`` needs no quotes then."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found


def lines_of(source: str) -> dict[str, int]:
    """Return the line, from 1, on which each entry of a valid TOML text begins.

    An entry's name has its table's before it: ``keys.statement.next``. A line within a text of
    several lines that looks like an entry is taken for one; it is only shown, never used.
    """
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(source.split("\n"), 1):
        header = re.match(rf"[ \t]*\[({_DOTTED})\]", line)
        entry = re.match(rf"({_DOTTED})=", line)
        if header:
            table = f"{_name(header[1])}."
            found.setdefault(table[:-1], number)
        elif entry:
            found.setdefault(table + _name(entry[1]), number)
    return found


def _name(dotted: str) -> str:
    """Return a dotted name without its quotes and spaces."""
    parts = re.findall(_NAME, dotted)
    return ".".join(part[1:-1] if part[0] in "\"'" else part for part in parts)
