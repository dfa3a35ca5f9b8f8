"""The group of commands, and how it is run."""

from __future__ import annotations

from collections.abc import Sequence

import click

from reader import __version__
from reader.cli import (
    annotators,
    articles,
    attributing,
    capturing,
    care,
    changes,
    codebooks,
    completion,
    evidence,
    exchange,
    exporting,
    feeds,
    finding,
    judging,
    library,
    log,
    manual,
    output,
    overall,
    places,
    quoting,
    relating,
    rescue,
    sources,
    suggesting,
)
from reader.cli.config import config as config_command
from reader.cli.ledger.debt import debt
from reader.cli.ledger.overlap import overlap
from reader.cli.ledger.sources import ledger
from reader.cli.session import Keys, Session, no_keys
from reader.domain.errors import UsageError

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=HELP, subcommand_metavar="[COMMAND [ARGS]… | FILE… | URL… | -]")
@click.option("--db", metavar="PATH", help="The library file. [env: READER_DB]")
@click.option("--annotator", metavar="HANDLE", help="Who annotates. [env: READER_ANNOTATOR]")
@click.option("--config", metavar="FILE", help="The settings file.")
@click.option("--codebook", metavar="ID|FILE", help="The codebook whose tags are meant.")
@click.option("--plain", is_flag=True, help="The screen as lines of text, for screen readers.")
@click.version_option(__version__, prog_name="reader")
@click.pass_context
def cli(
    context: click.Context,
    db: str | None,
    annotator: str | None,
    config: str | None,
    codebook: str | None,
    plain: bool,
) -> None:
    """Read closely: mark statements, say how far you would rely on each, export CSV.

    Without a command the reading screen opens: on the FILEs named (`-` is standard input) and the
    pages at URLs, or on the list of articles. A file that is called like a command is named with
    its folder: `./list`.

    An ARTICLE is named by its number in `reader list`, its id or the beginning of it, or the file
    it was added from.

    Exit status: 0 done; 1 done, but something was rejected, not placed or differs; 2 wrong use;
    3 a file cannot be read or written; 4 database; 5 network; 130 interrupted.
    """
    keys = context.obj if callable(context.obj) else no_keys
    context.obj = Session(keys, db, annotator, config, codebook)


for _command in (
    *(
        capturing.add,
        feeds.feed,
        library.list_,
        articles.show,
        library.edit,
        library.purge,
        articles.stats,
    ),
    *(finding.search, finding.highlights, overlap, debt, ledger),
    *(attributing.attribute, sources.source, suggesting.suggestions),
    *(relating.relate, relating.relation, relating.claims, evidence.evidence),
    *(judging.tag, overall.label, overall.note, overall.verdict, log.undo, log.redo, log.log),
    *(
        exporting.export,
        exchange.import_,
        codebooks.codebook,
        places.path,
        places.keys,
        places.tour,
    ),
    *(quoting.quote, care.backup, care.doctor, exchange.merge, rescue.rescue),
    *(annotators.annotator, changes.refresh, changes.changes),
    *(config_command, completion.completion, manual.man),
):
    cli.add_command(_command)


def run(argv: Sequence[str], keys: Keys = no_keys) -> int:
    """Run a command line.

    Args:
        argv: The words after the program's name.
        keys: Gives the screen's key table, which this package cannot know.

    Returns:
        The exit status.

    Raises:
        ReaderError: What the user did or has cannot be worked with.
    """
    output.prepare()
    try:
        # Not cli.main: it ends the process at a broken pipe, and prints an empty line at Ctrl-C.
        with cli.make_context("reader", list(argv), obj=keys) as context:
            status = cli.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        output.help_text(error.format_message())
        return UsageError.exit_code
    except click.ClickException as error:
        raise _as_usage_error(error) from error
    except click.Abort as error:
        raise KeyboardInterrupt from error
    return status if isinstance(status, int) else 0


def complete(keys: Keys = no_keys) -> int:
    """Answer a shell that asks by the environment how an unfinished line may go on."""
    return completion.answer(cli, keys)


def _as_usage_error(error: click.ClickException) -> UsageError:
    """Return a mistake on the command line in the program's own form."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "reader"
    hint = f"See `{where} --help`."
    if isinstance(error, click.NoSuchOption):
        hint = f"A word that begins with a minus stands after --. {hint}"
    return UsageError(error.format_message(), hint)
