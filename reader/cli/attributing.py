"""The command that says who said something: ``attribute``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.judging import where
from reader.cli.session import Session, as_json, text_option, with_session

if TYPE_CHECKING:
    from reader.services.attributing.attributing import Done


@click.command()
@click.argument("article")
@click.option("--statement", type=int, metavar="N", help="The statement of that number.")
@click.option("--quote", metavar="TEXT", help="Just these words; they must be there once.")
@click.option("--span", metavar="START:END", help="Code points from 0, end not included.")
@click.option("--source", metavar="NAME", help="Who said it first; ? is not known.")
@click.option("--via", metavar="NAME", multiple=True, help="The next hop; may be given again.")
@click.option("--kind", metavar="KIND", help="Kind of a source that is new.")
@click.option("--naming", metavar="NAMING", help="Naming of a source that is new.")
@click.option("--voice", metavar="VOICE", help="How it is told; empty takes it away.")
@click.option("--act", metavar="ACT", help="What the speaker does; empty takes it away.")
@click.option("--scope-certain/--scope-uncertain", default=None, help="Whether all of it is said.")
@click.option("--said", metavar="CODE", help="Whether it was said: a tag of the codebook `said`.")
@click.option("--clear", is_flag=True, help="Take the attribution away.")
@as_json
@with_session
def attribute(
    session: Session,
    article: str,
    statement: int | None,
    quote: str | None,
    span: str | None,
    source: str | None,
    via: Sequence[str],
    kind: str | None,
    naming: str | None,
    voice: str | None,
    act: str | None,
    scope_certain: bool | None,
    said: str | None,
    clear: bool,
    as_json: bool,
) -> None:
    """Say who said a statement of ARTICLE, and through whom.

    Prints the id of the highlight, which is made if there is none.

    NAME is a source's name, another name of it, or its id; an unknown name makes a source. The
    chain goes from --source, hop by hop with --via, to the article.

    VOICE is direct, partial, indirect, narrator or unclear. ACT is assert, admit, deny,
    narrow-denial, opine, explain or non-answer. --said CODE (see `reader codebook show said`)
    judges whether it was said; given again it is taken off. `reader undo ARTICLE` takes back what
    was last done.
    """
    from reader.services.articles import resolve
    from reader.services.attributing.attributing import Wish, attribute_and_judge
    from reader.services.showing import version_of

    chain = [text_option(name) or "" for name in (source, *via) if name is not None]
    wish = Wish(
        chain=chain if source is not None else ["?", *chain] if via else (),
        voice=voice,
        act=act,
        scope_certain=scope_certain,
        kind=kind,
        naming=naming,
        clear=clear,
    )
    with session.library() as library:
        found = resolve(library, article)
        version = version_of(library, found)
        span_ = where(version, statement, quote, span)
        done = attribute_and_judge(
            library, found, version, span_, session.me(library), wish, said=said
        )
    _say(done, as_json)


def _say(done: Done, as_json: bool) -> None:
    from reader.services.attributing.chains import chain_fields, chain_words
    from reader.services.attributing.listing import source_fields

    if as_json:
        said = done.said.attribution if done.said else None
        output.document(
            {
                "uid": done.uid or None,
                "changed": done.changed,
                "deleted": done.gone,
                **chain_fields(done.said),
                "voice": said.voice if said else None,
                "act": said.act if said else None,
                "scope_certain": said.scope_certain if said else None,
                "made": [source_fields(source) for source in done.made],
            }
        )
        return
    output.line(done.uid)
    for made in done.made:
        output.note(f"new source: {made.name} ({made.kind}, {made.naming}) {made.uid}")
    if done.gone:
        output.note("The highlight is deleted.")
    elif not done.changed:
        output.note("It was so already.")
    elif done.said and done.said.chain:
        output.note(chain_words(done.said))
