"""The options ``--json``, ``--csv`` and ``--spreadsheet`` of commands that print tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from reader.cli import output
from reader.cli.session import as_json
from reader.domain.errors import UsageError

Command = Callable[..., int | None]


def table_options(command: Command) -> Command:
    """Give a command the options."""
    for option in (
        click.option(
            "--spreadsheet", is_flag=True, help="With --csv: safe to open in Excel or LibreOffice."
        ),
        click.option("--csv", "as_csv", is_flag=True, help="Print CSV, UTF-8, all fields quoted."),
        as_json,
    ):
        command = option(command)
    return command


def check(*, as_json: bool, as_csv: bool, spreadsheet: bool) -> None:
    """Refuse options that do not go together.

    Raises:
        UsageError: They do not.
    """
    if as_json and as_csv:
        raise UsageError("--json and --csv do not go together.", "Choose one of them.")
    if spreadsheet and not as_csv:
        raise UsageError("--spreadsheet goes with --csv only.", "Add --csv.")


def print_csv(names: Sequence[str], rows: Iterable[Sequence[Any]], *, spreadsheet: bool) -> int:
    """Print a table as CSV, as its rows come, and return how many there were."""
    from reader.formats.plain_csv import write_table

    with output.raw_text() as stream:
        return write_table(names, rows, stream, spreadsheet=spreadsheet)
