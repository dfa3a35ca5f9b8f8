"""Commands that look after the library: ``backup``, ``doctor``."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.rescue import note_waiting
from reader.cli.session import Session, as_json, with_session

if TYPE_CHECKING:
    from reader.services.care.doctor import Report


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
    from reader.services.care import backups

    with session.reading() as library, output.Progress("") as progress:
        done = backups.back_up(library, file, force=force, told=progress.text)
    if as_json:
        output.document({"file": str(done.path), "bytes": done.size})
    else:
        output.line(f"{done.path}  {done.size:,} bytes")


@click.command()
@as_json
@with_session
def doctor(session: Session, as_json: bool) -> int:
    """Examine the library and say what is wrong and what to do.

    Pages and indexes, tables and triggers, references, orphaned rows, full-text indexes, every text
    against its SHA-256, paragraphs, the words of every highlight, codebooks, and the tables against
    the log.
    Nothing is changed, and other programs may go on working.

    The exit status is 0 if all is well, 1 if something is wrong or could not be examined, 4 if the
    file cannot be opened.
    """
    from reader.services.care import doctor as care

    session = session.mending()
    with output.Progress("examined") as progress:
        report = care.examine(session.database, progress.step)
    if as_json:
        output.document(asdict(report))
    else:
        _print_report(report)
    for warning in care.warnings(session.database):
        output.note(f"note: {warning}")
    note_waiting(session)
    return 1 if report.findings else 0


def _print_report(report: Report) -> None:
    names = report.examined.items()
    examined = [
        f"{count:,} {name.removesuffix('s') if count == 1 else name}"
        for name, count in names
        if name != "deleted"
    ]
    if gone := report.examined["deleted"]:
        examined[1] += f" and {gone:,} deleted"
    counts = ", ".join(examined)
    if not report.findings:
        output.line(f"{report.database}: all is well ({counts}).")
        return
    harmless = all(finding.check in ("room", "older") for finding in report.findings)
    said = "not everything could be examined" if harmless else "something is wrong"
    output.line(f"{report.database}: {said} ({counts}).")
    for check, findings in groupby(report.findings, key=lambda finding: finding.check):
        output.line()
        output.line(f"{check}:")
        for finding in findings:
            output.line(f"  {finding.message}")
        output.line(f"  → {finding.hint}")
