"""The command that quotes: ``quote``."""

from __future__ import annotations

import click

from reader.cli import output
from reader.cli.judging import where
from reader.cli.session import Session, with_session


@click.command()
@click.argument("article")
@click.option("--statement", type=int, metavar="N", help="The statement of that number.")
@click.option("--quote", metavar="TEXT", help="Just these words; they must be there once.")
@click.option("--span", metavar="START:END", help="Code points from 0, end not included.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["plain", "markdown", "offsets", "json"]),
    default="plain",
    show_default=True,
    help="How it is written.",
)
@with_session
def quote(
    session: Session,
    article: str,
    statement: int | None,
    quote: str | None,
    span: str | None,
    form: str,
) -> None:
    """Print words of ARTICLE with their citation and tags.

    The tags are those that the annotator has set on just these words.
    """
    from reader.services.articles import resolve
    from reader.services.reading.citing import cited
    from reader.services.showing import version_of

    with session.reading() as library:
        found = resolve(library, article)
        version = version_of(library, found)
        stretch = where(version, statement, quote, span)
        annotator = library.annotators.find(session.handle)
        citation = cited(library, found, version, stretch, annotator)
    if form == "json":
        output.document(citation.fields())
    else:
        for line in citation.as_form(form).split("\n"):
            output.line(line)
