"""The manual page, made from the commands, the key table and the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import wrap

import click

from reader import __version__
from reader.cli import output
from reader.cli.session import Session, with_session
from reader.services.settings.fields import FIELDS, Field, Settings

_WIDTH = 70
"""Characters of a line of running text; roff fills the lines anew."""

_ROFF = {
    "\\": "\\e", "-": "\\-", "'": "\\(aq", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq", "`": "\\(ga",
}  # fmt: skip
"""What roff would take for something else."""

_FILES = (
    ("config.toml", "The settings; reader config path prints where."),
    ("library.db", "The library, one SQLite file; reader path prints where."),
    ("codebooks/ID.toml", "Codebooks of your own, beside the settings."),
    ("backups/", "Copies of the library, beside it: the last five days of work."),
)
_ENVIRONMENT = (
    ("READER_DB", "The library file, unless --db is given."),
    ("READER_ANNOTATOR", "Who annotates, unless --annotator is given."),
    ("NO_COLOR", "Any value: no colours."),
    ("VISUAL, EDITOR", "The editor for notes."),
    ("BROWSER", "What opens an address, as Python understands it."),
)
_STATUS = (
    ("0", "Done."),
    ("1", "Done, but something was rejected, not placed or differs."),
    ("2", "Wrong use."),
    ("3", "Input cannot be read."),
    ("4", "The database refuses."),
    ("5", "Network."),
    ("130", "Interrupted."),
)


@click.command()
@with_session
def man(session: Session) -> None:
    """Print the manual page: `reader man | man -l -`.

    It has the keys that hold for you. To install it, write it to reader.1 in a folder man1 of
    $MANPATH, such as ~/.local/share/man/man1.
    """
    group = click.get_current_context().find_root().command
    assert isinstance(group, click.Group)  # noqa: S101 - it is the program's own
    rows, _ = session.keys(session.settings)
    for line in "\n".join(page(group, rows)).split("\n"):
        output.line(line)


def page(group: click.Group, keys: list[tuple[str, str, str, str, str]]) -> Iterator[str]:
    """Yield the lines of the page, as roff.

    Args:
        group: The program's commands.
        keys: The key table: context, keys, title, sentence, id.
    """
    context = click.Context(group, info_name="reader", **group.context_settings)
    yield f'.TH READER 1 "" "reader {__version__}" "User Commands"'
    yield from _section("NAME", "reader \\- read closely, tag statements, export CSV")
    yield ".SH SYNOPSIS"
    yield f".B reader\n{_text('[OPTION]… [FILE|URL|-]…')}\n.br"
    yield f".B reader\n{_text('[OPTION]… COMMAND [ARGUMENT]…')}"
    yield ".SH DESCRIPTION"
    yield from _prose(group.help or "")
    yield ".SH OPTIONS"
    yield from _options(group, context)
    yield ".SH COMMANDS"
    yield from _commands(group, context)
    yield ".SH KEYS"
    yield "Those of the settings file instead, where it has some."
    for heading, found in groupby(keys, key=lambda row: row[0]):
        yield f".SS {_text(heading)}"
        yield from _pairs((row[1], row[3]) for row in found if row[1])
    yield ".SH SETTINGS"
    yield from _pairs((f"{field.name} = {_default(field)}", _about(field)) for field in FIELDS)
    yield from _pairs([("[keys]", "ID = KEY, or a list of keys; preset = the keys to start from.")])
    yield ".SH FILES"
    yield from _pairs(_FILES)
    yield ".SH ENVIRONMENT"
    yield from _pairs(_ENVIRONMENT)
    yield ".SH EXIT STATUS"
    yield from _pairs(_STATUS)


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield f".SS {_text(command.get_usage(inner).removeprefix('Usage: '))}"
            yield from _prose(command.help or "")
            yield from _options(command, inner)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    records = [param.get_help_record(context) for param in command.get_params(context)]
    for record in records:
        if record and record[1] and (context.parent is None or "--help" not in record[0]):
            yield from _pairs([record])


def _pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, about in pairs:
        yield ".TP"
        yield f".B {_text(term)}"
        yield from map(_text, wrap(about, _WIDTH))


def _section(name: str, line: str) -> Iterator[str]:
    yield f".SH {name}"
    yield line


def _prose(text: str) -> Iterator[str]:
    """Yield paragraphs; one that begins with the mark for it keeps its lines."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        lines = [line.strip() for line in paragraph.split("\n")]
        if number:
            yield ".PP"
        kept = lines[0] == "\b"
        if kept:
            yield ".nf"
        yield from map(_text, lines[1:] if kept else wrap(" ".join(lines), _WIDTH))
        if kept:
            yield ".fi"


def _text(text: str) -> str:
    """Return text in which roff finds no command of its own."""
    escaped = "".join(map(_character, " ".join(text.replace("`", "").split())))
    return f"\\&{escaped}" if escaped[:1] in (".", "") else escaped


def _character(character: str) -> str:
    if character in _ROFF:
        return _ROFF[character]
    return character if character.isascii() else f"\\[u{ord(character):04X}]"


def _default(field: Field) -> str:
    value = getattr(Settings(), field.name)
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _about(field: Field) -> str:
    if field.allowed:
        return f"{field.about} One of {', '.join(field.allowed)}."
    return f"{field.about} From {field.least} to {field.most}." if field.most else field.about
