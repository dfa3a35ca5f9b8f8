"""Commands on who annotates: ``annotator list``, ``annotator join``."""

from __future__ import annotations

from dataclasses import asdict

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session


@click.group()
def annotator() -> None:
    """Show who annotates; say that two of them are one person."""


@annotator.command("list")
@as_json
@with_session
def list_(session: Session, as_json: bool) -> None:
    """List the annotators; you have a star.

    Two of the same name are two people until `reader annotator join` says that they are one.
    """
    with session.reading() as library:
        me = library.annotators.find(session.handle)
        found = library.annotators.all()
        handles = library.annotators.handles()
    if as_json:
        output.document([{**asdict(item), "you": item.uid == me} for item in found])
        return
    rows = []
    for item in found:
        into = (
            f"is {handles.get(item.joined_into, '?')} {item.joined_into}"
            if item.joined_into
            else ""
        )
        counts = f"{output.counted(item.highlights, 'highlight')}"
        last = (item.last_at or "–")[:10]
        rows.append(("*" if item.uid == me else "", item.handle, item.uid, counts, last, into))
    output.table(rows, width=output.terminal_width(), shrink=1)


@annotator.command()
@click.argument("other")
@click.argument("into")
@as_json
@with_session
def join(session: Session, other: str, into: str, as_json: bool) -> None:
    """Say that the annotator OTHER is INTO.

    All that is OTHER's becomes INTO's, also what a later merge brings; highlights of both on the
    same words become one, with the tags and notes of both. Each is named by handle, or by its id or
    the beginning of it. `reader undo` takes it back.
    """
    from reader.services import annotators

    with session.library() as library:
        done = annotators.join(library, other, into, session.me(library))
    if as_json:
        output.document(
            {"other": done.other.uid, "into": done.into.uid, "highlights": done.highlights,
             "joined": done.joined}
        )  # fmt: skip
        return
    output.line(
        f"{done.other.handle} is {done.into.handle} now: "
        f"{output.counted(done.highlights, 'highlight')}, "
        f"{done.joined} of them joined with one on the same words"
    )
    output.note("`reader undo` takes it back.")
