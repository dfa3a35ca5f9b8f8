"""Commands that look after the library: ``backup``."""

from __future__ import annotations

from pathlib import Path

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@as_json
@with_session
def backup(session: Session, file: Path, force: bool, as_json: bool) -> None:
    """Write a whole, checked copy of the library to FILE.

    The copy is a library like any other: open it with `reader --db FILE`. It appears under its name
    only when it is on the disk and was read through without an error.

    Besides, a copy is made once a day after the first change, and before a newer version of reader
    changes the tables; the last five of each lie in the folder `backups` beside the library.
    """
    from reader.services import backups

    with session.library() as library:
        done = backups.back_up(library, file, force=force)
    if as_json:
        output.document({"file": str(done.path), "bytes": done.size})
    else:
        output.line(f"{done.path}  {done.size:,} bytes")
