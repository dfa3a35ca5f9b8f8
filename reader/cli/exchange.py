"""Commands that write and read files: ``export``, ``import``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session


@click.group("export")
def export() -> None:
    """Write highlights to a file or to standard output."""


@export.command("csv")
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1)
@click.option("-o", "--output", "target", metavar="FILE", help="The file; without, stdout.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--codebook", metavar="ID|FILE", help="Whose tags go in the tag columns.")
@click.option("--facet", metavar="ID", help="Which of its facets; the first one otherwise.")
@click.option("--spreadsheet", is_flag=True, help="Safe to open in Excel or LibreOffice.")
@click.option("--all-statements", is_flag=True, help="Also a row for each unmarked statement.")
@with_session
def export_csv(
    session: Session,
    articles: Sequence[str],
    target: str | None,
    force: bool,
    codebook: str | None,
    facet: str | None,
    spreadsheet: bool,
    all_statements: bool,
) -> None:
    """Write CSV, one row for each highlight.

    Those of the ARTICLEs, or of all. The tag columns hold one facet; tags of others are in the
    column other_tags. The file is replaced as a whole or not at all.
    """
    from reader.services import exporting
    from reader.services.articles import resolve

    with session.reading() as library:
        uids = [resolve(library, name).uid for name in articles] or None
        book = session.find_codebook(library, codebook)
        progress = output.Progress("rows")
        stream = None if target else output.raw_text()
        try:
            done = exporting.export_csv(
                library,
                uids,
                stream or Path(target or "").expanduser(),
                codebook=book,
                facet=facet,
                spreadsheet=spreadsheet,
                all_statements=all_statements,
                force=force,
                progress=progress,
            )
        finally:
            progress.done()
            if stream:
                output.release(stream)
    if done.path:
        output.note(f"{done.rows} rows of {done.articles} articles written to {done.path}")


@click.group("import")
def import_() -> None:
    """Read highlights from a file."""


@import_.command("csv")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@with_session
def import_csv(session: Session, file: Path, as_json: bool) -> int:
    """Read a CSV FILE that `reader export csv` wrote.

    Each is placed by the text's SHA-256 and its offsets, else by its words and what stands around
    them. The articles must be in the library. Highlights keep their annotator; when they were made
    is not kept. One that is there already, or whose words the same annotator has marked already, is
    left as it is, so importing twice changes nothing. One undo on an article takes back what came
    in on it.

    Prints how many rows were read, imported, there already, not placed and rejected, and why, on
    stderr. The exit status is 1 if a row was rejected, not placed, or there with other content.
    """
    from reader.services import importing

    with session.library() as library:
        progress = output.Progress("rows")
        try:
            report = importing.import_csv(library, file, session.me(library), progress=progress)
        finally:
            progress.done()
    if as_json:
        output.document(asdict(report))
    else:
        output.line(
            f"read {report.read}, imported {report.imported}, already there {report.present},"
            f" not placed {report.unplaced}, rejected {report.rejected}"
        )
        _say_more(report)
    return 1 if report.unplaced or report.rejected or report.differing else 0


def _say_more(report: object) -> None:
    from reader.services.importing import ImportReport

    assert isinstance(report, ImportReport)  # noqa: S101 - tells the type checker, costs nothing
    if report.skipped:
        output.note(f"{report.skipped} rows of statements without a highlight were passed over.")
    if report.by_quote:
        output.note(f"{report.by_quote} were placed by their words, not by their offsets.")
    if report.unknown_columns:
        output.note(f"Columns that were not understood: {', '.join(report.unknown_columns)}.")
    for problem in report.problems:
        output.note(f"line {problem.line}: {problem.reason}")
    more = report.unplaced + report.rejected + report.differing - len(report.problems)
    if more > 0:
        output.note(f"… and {more} more.")
