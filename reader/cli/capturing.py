"""The command that gets articles in: ``add``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.capture.extractors import EXTRACTORS
from reader.cli.added import Told
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.errors import Cancelled, InputError, UsageError
from reader.services.launch import read_stdin

if TYPE_CHECKING:
    from reader.domain.article import Metadata
    from reader.services.capturing.duplicates import Choice
    from reader.services.capturing.taking import Outcome
    from reader.storage.library import Library

_METADATA = ("title", "byline", "outlet", "published", "url", "lang")
_KINDS = ("plain", "markdown", *EXTRACTORS)


def _metadata_options(function: Any) -> Any:
    words = {
        "title": "Its title.",
        "byline": "Who wrote it.",
        "outlet": "Where it was published.",
        "published": "When: YYYY, YYYY-MM, YYYY-MM-DD, or with a time.",
        "url": "Where it can be found.",
        "lang": "Its language, such as en.",
    }
    for name in reversed(_METADATA):
        function = click.option(f"--{name}", metavar="TEXT", help=words[name])(function)
    return function


def page_options(function: Any) -> Any:
    """Give a command the options on pages and on what is there already."""
    for option in reversed(
        (
            click.option("--whole-page", is_flag=True, help="All of a page, not only its article."),
            click.option(
                "--new-version",
                "choice",
                flag_value="new-version",
                help="What is there already gets a new version; highlights are carried over.",
            ),
            click.option(
                "--as-new",
                "choice",
                flag_value="as-new",
                help="What is there already is added as another article.",
            ),
            click.option(
                "--allow-private",
                is_flag=True,
                help="Fetch from machines of private networks, too.",
            ),
        )
    ):
        function = option(function)
    return function


@click.command()
@click.argument("targets", metavar="FILE|FOLDER|URL|-…", nargs=-1, required=True)
@_metadata_options
@click.option("--kind", type=click.Choice(_KINDS), help="What the input is.")
@click.option(
    "--pattern",
    "patterns",
    metavar="GLOB",
    multiple=True,
    help="Which files of a folder, such as '*.pdf'; may be given again.",
)
@page_options
@as_json
@with_session
def add(
    session: Session,
    targets: Sequence[str],
    kind: str | None,
    patterns: tuple[str, ...],
    whole_page: bool,
    choice: Choice | None,
    allow_private: bool,
    as_json: bool,
    **given: str | None,
) -> int:
    """Add articles to the library; `-` is standard input.

    What a file is, is seen from its content. Of a FOLDER, all files that look like articles are
    added, those in its folders too; hidden ones are left out. Of a page, saved or fetched from its
    URL, the article is taken; what looks wrong with it (a paywall, a cookie notice, …) is a warning
    on stderr. What cannot be read is reported, and the rest is added; Ctrl-C keeps what was added
    before. An article whose text or address is there already is not added again unless you say so.
    Prints id, title and number of statements of each.
    """
    from reader.services.capturing.taking import Order

    metadata = _metadata(given)
    if metadata and (len(targets) > 1 or os.path.isdir(targets[0])):  # noqa: PTH112 - any string
        raise UsageError("Title, byline and so on belong to one article.", "Add one at a time.")
    with session.library() as library:
        me = session.me(library)
        told = Told(library, me, as_json)
        private = allow_private or session.settings.allow_private
        order = Order(patterns, kind, metadata, whole_page, choice or "existing", private)
        try:
            for outcome in _outcomes(library, me, targets, order, told):
                told.of(outcome)
        except (KeyboardInterrupt, Cancelled):
            return told.interrupted()
        finally:
            told.progress.done()
    return told.end()


def _outcomes(
    library: Library, me: str, targets: Sequence[str], order: Any, told: Told
) -> Iterator[Outcome]:
    """Yield what came of standard input, and of each file."""
    from reader.capture.sandbox import Sandbox
    from reader.services.capturing.taking import LibraryKeeper, find, take_all

    keeper = LibraryKeeper(library, me)
    with Sandbox() as sandbox:
        if "-" in targets:
            yield _standard_input(library, me, order)
        told.count("looking into folders", 0)
        files, failed = find([name for name in targets if name != "-"], order)
        told.several = len(files) + len(failed) + ("-" in targets) > 1
        yield from failed
        yield from take_all(files, keeper, sandbox, order, told.of_work)


def _standard_input(library: Library, me: str, order: Any) -> Outcome:
    from reader.services.capturing import adding
    from reader.services.capturing.taking import Outcome

    try:
        added = adding.add_bytes(
            library,
            read_stdin(),
            me,
            kind=order.kind,
            metadata=order.metadata,
            whole=order.whole,
            choice=order.choice,
        )
    except InputError as error:
        return Outcome("-", error=error)
    return Outcome("-", added=added)


def _metadata(given: dict[str, str | None]) -> Metadata | None:
    """Return what is known of the article, or None if nothing is.

    Raises:
        UsageError: The date is none.
    """
    from reader.domain.article import Metadata
    from reader.services.library.changes import checked_date

    values = {name: text_option(value) or None for name, value in given.items()}
    if not any(values.values()):
        return None
    return Metadata(
        title=values["title"],
        byline=values["byline"],
        outlet=values["outlet"],
        url=values["url"],
        published_at=checked_date(values["published"]) if values["published"] else None,
        language=values["lang"],
    )
