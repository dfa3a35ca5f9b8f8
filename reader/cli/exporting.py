"""Commands that write files: ``export csv``, ``export markdown``, ``export jsonl``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.session import Session, with_session
from reader.cli.whose import by_option, everybody_or

if TYPE_CHECKING:
    from reader.services.exchange.watching import ExportResult

Command = Callable[..., int | None]


def _to_file(command: Command) -> Command:
    """Give a command the options that say where to."""
    for option in (
        click.option("--force", is_flag=True, help="Replace the file if it is there."),
        click.option("-o", "--output", "target", metavar="FILE", help="The file; without, stdout."),
    ):
        command = option(command)
    return command


@click.group("export")
def export() -> None:
    """Write highlights, or the whole library, to a file."""


@export.command("csv")
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1)
@_to_file
@click.option("--codebook", metavar="ID|FILE", help="Whose tags go in the tag columns.")
@click.option("--facet", metavar="ID", help="Which of its facets; the first one otherwise.")
@by_option("highlights")
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
    by: Sequence[str],
    spreadsheet: bool,
    all_statements: bool,
) -> None:
    """Write CSV, one row for each highlight.

    Those of the ARTICLEs, or of all; of all annotators, unless --by says whose: then relations and
    judgements of others on them are left out, too. The tag columns hold one facet; tags of others
    are in the column other_tags. The file is replaced as a whole or not at all.
    """
    from reader.services.articles import resolve
    from reader.services.exchange import exporting

    with session.reading() as library:
        uids = [resolve(library, name).uid for name in articles] or None
        book, whose = session.find_codebook(library, codebook), everybody_or(library, by)
        with output.file_or_raw_text(target) as file, output.Progress("rows") as progress:
            done = exporting.export_csv(
                library,
                uids,
                file,
                codebook=book,
                facet=facet,
                by=whose,
                spreadsheet=spreadsheet,
                all_statements=all_statements,
                force=force,
                progress=progress,
            )
    _say_written(done, "row")


@export.command("markdown")
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1)
@_to_file
@click.option("--codebook", metavar="ID|FILE", help="Whose tags the legend explains.")
@click.option("--facet", metavar="ID", help="Which of its facets comes first.")
@by_option("highlights, verdicts and notes")
@click.option("--history", is_flag=True, help="List how each highlight came to be as it is.")
@with_session
def export_markdown(
    session: Session,
    articles: Sequence[str],
    target: str | None,
    force: bool,
    codebook: str | None,
    facet: str | None,
    by: Sequence[str],
    history: bool,
) -> None:
    """Write a report as Markdown, to print or to send.

    The ARTICLEs, or all: what is known of each, a legend, figures, the text with its highlights
    marked and numbered, and each highlight with tags, confidence, reasons, note. They are those of
    all annotators, unless --by says whose; where several have marked an article, the figures are
    told of each apart, and each mark says whose it is. Nothing from an article acts as Markdown or
    HTML. The file is replaced as a whole or not at all.
    """
    from reader.services.articles import resolve
    from reader.services.exchange.reporting import export_markdown

    with session.reading() as library:
        uids = [resolve(library, name).uid for name in articles] or None
        book, whose = session.find_codebook(library, codebook), everybody_or(library, by)
        with output.file_or_raw_text(target) as file, output.Progress("highlights") as progress:
            done = export_markdown(
                library,
                uids,
                file,
                codebook=book,
                facet=facet,
                by=whose,
                with_history=history,
                force=force,
                progress=progress,
            )
    _say_written(done, "highlight")


def _say_written(done: ExportResult, what: str) -> None:
    """Say what was written to a file; what went to the terminal is seen."""
    if done.path:
        rows, of = output.counted(done.rows, what), output.counted(done.articles, "article")
        output.note(f"{rows} of {of} written to {done.path}")


@export.command("jsonl")
@_to_file
@with_session
def export_jsonl(session: Session, target: str | None, force: bool) -> None:
    """Write the whole library as JSON lines: texts, codebooks, log.

    `reader import jsonl` makes the same library from it, or takes it into another one. It is always
    everything, of all annotators: what is left out could not be made again from the rest. The file
    is replaced as a whole or not at all.
    """
    from reader.services.exchange import logs as exchange

    with (
        session.reading() as library,
        output.file_or_raw_text(target) as file,
        output.Progress("records") as progress,
    ):
        count = exchange.export_jsonl(library, file, force=force, progress=progress)
    if target:
        output.note(f"{output.counted(count, 'record')} written to {target}")
