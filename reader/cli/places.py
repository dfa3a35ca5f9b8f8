"""Commands that say where things are: ``path`` and ``keys``."""

from __future__ import annotations

from itertools import groupby

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session
from reader.domain.errors import UsageError
from reader.services.places import codebooks_path


@click.command()
@as_json
@with_session
def path(session: Session, as_json: bool) -> None:
    """Print where library, settings and codebooks lie."""
    session = session.mending()
    found = {
        "database": str(session.database),
        "settings": str(session.settings_file),
        "codebooks": str(codebooks_path()),
    }
    if as_json:
        output.document(found)
        return
    output.table(list(found.items()))


@click.command()
def tour() -> None:
    """Learn the keys in six steps, on the sample article."""
    raise UsageError("The tour needs the screen.", "Run `reader tour` in a terminal.")


@click.command()
@click.option("--ids", is_flag=True, help="Print the ids for `[keys]` in the settings as well.")
@as_json
@with_session
def keys(session: Session, ids: bool, as_json: bool) -> None:
    """Print the keys of all screens, your own included."""
    session = session.mending()
    rows, warnings = session.keys(session.settings)
    for warning in warnings:
        output.note(f"note: {warning}")
    if as_json:
        names = ("where", "keys", "title", "about", "id")
        output.document([dict(zip(names, row, strict=True)) for row in rows])
        return
    for number, (heading, found) in enumerate(groupby(rows, key=lambda row: row[0])):
        output.line(f"{chr(10) if number else ''}{heading}".lstrip())
        shown = [(f"  {keys}", title, about, id) for _, keys, title, about, id in found]
        if ids:
            output.table([(keys, id, title) for keys, title, _, id in shown])
        else:
            output.table([(keys, title, about) for keys, title, about, _ in shown if keys.strip()])
