"""The command that judges without the screen: ``tag``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.codebook import wanted_in_words
from reader.domain.errors import UsageError

if TYPE_CHECKING:
    from reader.domain.article import Version
    from reader.domain.text import Span


def _per_cent(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Return a likelihood in per cent."""
    from reader.domain.likelihood import parse_likelihood

    try:
        return None if value is None else parse_likelihood(value)
    except UsageError as error:
        message = f"{error.message} {error.hint}"
        raise click.BadParameter(message, context, parameter) from error


_DIGITS = 20
"""Of both ends of a span together: no text is so long."""

likelihood_option = click.option(
    "--likelihood",
    callback=_per_cent,
    metavar="PCT|WORD",
    help="0 to 100, or a word such as likely.",
)
"""The option that takes per cent or a word of ICD 203."""


@click.command()
@click.argument("article")
@click.argument("codes", metavar="[CODE]…", nargs=-1)
@click.option("--statement", type=int, metavar="N", help="The statement of that number.")
@click.option("--quote", metavar="TEXT", help="Just these words; they must be there once.")
@click.option("--span", metavar="START:END", help="Code points from 0, end not included.")
@click.option("--codebook", metavar="ID|FILE", help="The codebook that the CODEs are from.")
@click.option("--note", metavar="TEXT", help="Write the note; an empty one takes it away.")
@click.option("--confidence", type=click.Choice(["low", "moderate", "high"]), help="How sure.")
@likelihood_option
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--flag/--no-flag", default=None, help="Flag to check later.")
@click.option("--remove", is_flag=True, help="Take the tags off; without CODE the highlight too.")
@as_json
@with_session
def tag(
    session: Session,
    article: str,
    codes: Sequence[str],
    statement: int | None,
    quote: str | None,
    span: str | None,
    codebook: str | None,
    note: str | None,
    confidence: str | None,
    likelihood: int | None,
    reason: str | None,
    flag: bool | None,
    remove: bool,
    as_json: bool,
) -> None:
    """Tag a statement or other words of ARTICLE.

    Prints the id of the highlight.

    CODE is a tag's code (see `reader codebook show`), or FACET:CODE. Several may be given. Another
    tag of a facet that takes one replaces it. Without CODE, note or flag it is a plain highlight.
    All of it is one action: one `reader undo ARTICLE` takes it back.

    A tag that wants evidence or a note is saved without; what it wants is said on stderr.
    """
    from reader.services.annotating import tagging
    from reader.services.articles import resolve
    from reader.services.showing import version_of

    wish = tagging.Wish(
        codes=[text_option(code) or "" for code in codes],
        remove=remove,
        note=text_option(note),
        confidence=confidence,
        likelihood=likelihood,
        reason=text_option(reason),
        flag=flag,
    )
    with session.library() as library:
        found = resolve(library, article)
        version = version_of(library, found)
        done = tagging.tag(
            library,
            found,
            version,
            where(version, statement, quote, span),
            session.me(library),
            session.find_codebook(library, codebook),
            wish,
        )
    _say(done, as_json)


def _say(done: object, as_json: bool) -> None:
    from reader.services.annotating.tagging import Tagged

    assert isinstance(done, Tagged)  # noqa: S101 - tells the type checker, costs nothing
    if as_json:
        output.document(
            {
                "uid": done.uid or None,
                "changed": done.changed,
                "deleted": done.gone,
                "incomplete": {code: list(wanted) for code, wanted in done.lacks},
            }
        )
        return
    if done.uid:
        output.line(done.uid)
    if done.gone:
        output.note("The highlight is deleted.")
    elif not done.changed:
        output.note("It was so already.")
    for code, wanted in done.lacks:
        output.note(f"incomplete: {code} wants {wanted_in_words(wanted)}")


def where(version: Version, statement: int | None, quote: str | None, span: str | None) -> Span:
    """Return the stretch that exactly one of the three options names.

    Raises:
        UsageError: None or several are given, or there is no such stretch.
    """
    from reader.services.annotating import tagging

    if sum(item is not None for item in (statement, quote, span)) != 1:
        raise UsageError(
            "It must be said which words are meant.", "Give one of --statement, --quote and --span."
        )
    if statement is not None:
        return tagging.statement_span(version, statement)
    if quote is not None:
        return tagging.quote_span(version, text_option(quote) or "")
    start, colon, end = (span or "").partition(":")
    if not (colon and start.isdecimal() and end.isdecimal()) or len(start + end) > _DIGITS:
        raise UsageError(f"{span} is no span.", "Write it as START:END, such as 120:186.")
    return tagging.offset_span(version, int(start), int(end))
