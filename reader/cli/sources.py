"""Commands on the list of sources: ``source list``, ``source show``, ``source merge`` and so on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.session import Session, as_json, text_option, with_session

if TYPE_CHECKING:
    from reader.domain.operation import Group

UNDO = "`reader undo` takes it back."

_anyway = click.option(
    "--anyway", is_flag=True, help="Also if another source is called so; then only its id tells it."
)


@click.group()
def source() -> None:
    """Show who says things; name, merge and split sources.

    A SOURCE is named by its name, another name of it, or its id or the beginning of it.
    """


def _say(done: Group | None, otherwise: str) -> None:
    """Say what was done, or why nothing was."""
    if done is None:
        output.note(otherwise)
    else:
        output.line(done.summary)
        output.note(UNDO)


@source.command("list")
@click.argument("words", nargs=-1)
@as_json
@with_session
def list_(session: Session, words: Sequence[str], as_json: bool) -> None:
    """List the sources, by name.

    With WORDS only those that have all of them in names, role or kind.
    """
    from reader.services.attributing import listing

    with session.reading() as library:
        found = listing.listed(library, " ".join(words))
    if as_json:
        output.document([listing.fields_of(row) for row in found])
        return
    rows = [
        (
            row.source.uid,
            row.source.name,
            row.source.kind,
            row.source.naming,
            output.counted(row.use.statements, "statement"),
            ", ".join(row.names),
        )
        for row in found
    ]
    output.table(rows, width=output.terminal_width(), shrink=1)


@source.command()
@click.argument("name", metavar="SOURCE")
@as_json
@with_session
def show(session: Session, name: str, as_json: bool) -> None:
    """Show all that is known of SOURCE, and what it says."""
    from reader.cli.one_source import judged_words, print_source
    from reader.services.attributing import listing
    from reader.services.attributing.attributing import found
    from reader.services.codebooks.tags import Tags

    with session.reading() as library:
        item = listing.shown(library, found(library, name))
        handles = library.annotators.handles()
        judged = judged_words(item, Tags(library), handles)
    if as_json:
        output.document(listing.all_fields(item, handles))
    else:
        print_source(item, judged)


@source.command()
@click.argument("name")
@click.option("--kind", help="What it is; guessed if not given.")
@click.option("--naming", help="How it is named; guessed if not given.")
@click.option("--role", help="What it is or does.")
@click.option("--affiliation", help="Whom it belongs to.")
@click.option("--url", help="Where more is to be found.")
@_anyway
@as_json
@with_session
def add(
    session: Session,
    name: str,
    kind: str | None,
    naming: str | None,
    role: str | None,
    affiliation: str | None,
    url: str | None,
    anyway: bool,
    as_json: bool,
) -> None:
    """Add a source called NAME; prints its id.

    Kinds are person, organisation, office, document, account, group, unknown. Namings are named,
    described, anonymous, agentless. A name that another source has is refused without --anyway.
    """
    from reader.services.attributing import listing, sources

    given = {"kind": kind, "naming": naming, "role": role, "affiliation": affiliation, "url": url}
    with session.library() as library:
        new = sources.new_source(text_option(name) or "", given)
        sources.create(library, session.me(library), new, anyway=anyway)
    if as_json:
        output.document(listing.source_fields(new))
    else:
        output.line(new.uid)


@source.command()
@click.argument("name", metavar="SOURCE")
@click.option("--kind", help="What it is.")
@click.option("--naming", help="How it is named.")
@click.option("--role", help="What it is or does; empty takes it away.")
@click.option("--affiliation", help="Whom it belongs to; empty takes it away.")
@click.option("--url", help="Where more is to be found; empty takes it away.")
@click.option("--since", metavar="DAY", help="Role and affiliation hold from this day on only.")
@click.option("--until", metavar="DAY", help="Role and affiliation hold up to this day only.")
@click.option("--alias", multiple=True, metavar="NAME", help="Another name by which it is found.")
@click.option("--no-alias", multiple=True, metavar="NAME", help="A name that it has no longer.")
@click.option("--no-role", multiple=True, metavar="ID", help="A role over time that is wrong.")
@_anyway
@with_session
def edit(
    session: Session,
    name: str,
    kind: str | None,
    naming: str | None,
    role: str | None,
    affiliation: str | None,
    url: str | None,
    since: str | None,
    until: str | None,
    alias: Sequence[str],
    no_alias: Sequence[str],
    no_role: Sequence[str],
    anyway: bool,
) -> None:
    """Give SOURCE other details, other names, or a role for a time.

    A name that another source has is refused without --anyway; `reader source merge` makes two one.

    A DAY is YYYY, YYYY-MM or YYYY-MM-DD. With --since or --until, --role and --affiliation are what
    it was in that time; an article of that time shows them. All of it is one action.
    """
    from reader.domain.source import Role
    from reader.services.attributing import sources
    from reader.services.attributing.attributing import found

    given = {"kind": kind, "naming": naming, "url": url}
    over_time = since is not None or until is not None
    if not over_time:
        given |= {"role": role, "affiliation": affiliation}
    with session.library() as library:
        me, of = session.me(library), found(library, name)
        done = sources.edit_all(
            library,
            me,
            of,
            {key: text_option(value) for key, value in given.items() if value is not None},
            names=[text_option(text) or "" for text in alias],
            not_names=no_alias,
            roles=[Role("", "", role, affiliation, since, until)] if over_time else [],
            not_roles=no_role,
            anyway=anyway,
        )
    _say(done, "It was so already.")


@source.command()
@click.argument("name", metavar="SOURCE")
@click.argument("new", metavar="NAME")
@_anyway
@with_session
def rename(session: Session, name: str, new: str, anyway: bool) -> None:
    """Call SOURCE NAME from now on, everywhere.

    A name that another source has is refused without --anyway; `reader source merge` makes two one.
    """
    from reader.services.attributing import sources
    from reader.services.attributing.attributing import found

    with session.library() as library:
        me, of = session.me(library), found(library, name)
        done = sources.edit(library, me, of.uid, {"name": text_option(new)}, anyway=anyway)
    _say(done, "It is called so already.")


@source.command()
@click.argument("name", metavar="SOURCE")
@with_session
def delete(session: Session, name: str) -> None:
    """Take SOURCE, which says nothing, out of the library."""
    from reader.services.attributing import sources
    from reader.services.attributing.attributing import found

    with session.library() as library:
        done = sources.remove(library, session.me(library), found(library, name).uid)
    output.line(done.summary)
    output.note(UNDO)


@source.command()
@click.argument("others", metavar="OTHER…", nargs=-1, required=True)
@click.argument("into", metavar="INTO")
@with_session
def merge(session: Session, others: Sequence[str], into: str) -> None:
    """Say that the sources OTHER are one with the source INTO.

    What each of them says counts for INTO; their names become other names of it. `reader undo`
    takes it back, as does `reader source split`.
    """
    from reader.services.attributing import merging
    from reader.services.attributing.attributing import found

    with session.library() as library:
        end = found(library, into)
        uids = [found(library, other).uid for other in others]
        done = merging.merge(library, session.me(library), uids, end.uid)
    _say(done, "They are one already.")


@source.command()
@click.argument("name", metavar="SOURCE")
@click.argument("to", metavar="TO")
@click.option(
    "--statement",
    "chosen",
    multiple=True,
    metavar="ID",
    help="What TO says: ids of `reader source show`, or of highlights.",
)
@with_session
def split(session: Session, name: str, to: str, chosen: Sequence[str]) -> None:
    """Say that TO is not SOURCE after all.

    TO is a source that was merged into SOURCE (an id), another one, or the name of a new one. With
    --statement it says only what is chosen; else all that it said before it was merged.
    """
    from reader.services.attributing import merging
    from reader.services.attributing.attributing import found

    with session.library() as library:
        of = found(library, name)
        done = merging.split_named(library, session.me(library), of, text_option(to) or "", chosen)
    output.line(done.summary)
    output.note(UNDO)


@source.command()
@click.argument("name", metavar="SOURCE")
@click.argument("code", metavar="CODE")
@click.option("--codebook", metavar="ID|FILE", help="The codebook that CODE is from.")
@with_session
def rate(session: Session, name: str, code: str, codebook: str | None) -> None:
    """Judge SOURCE: give it the tag CODE, or take it off.

    CODE is of a codebook that asks something of sources, such as
    `reader source rate "Foreign ministry" C --codebook admiralty`. Given again it
    is taken off; another tag replaces it.
    """
    from reader.services.attributing import rating
    from reader.services.attributing.attributing import found

    with session.library() as library:
        of = found(library, name)
        book = session.find_codebook(library, codebook)
        tag = rating.tag_for(book, "source", code)
        given = rating.rate(library, "source", of.uid, session.me(library), tag)
    on = any(item.code == tag[2].code for item in given)
    output.line(f"{of.name}: {rating.summary(tag[1], tag[2], off=not on)}")
