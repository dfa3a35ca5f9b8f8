"""Commands on codebooks: ``codebook list``, ``show``, ``check``, ``use``, ``rename``, ``merge``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.columns import wrap
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.codebook import wanted_in_words
from reader.domain.errors import UsageError

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook, Facet, Tag
    from reader.services.codebooks.changes import Changed


@click.group()
def codebook() -> None:
    """Show the tags and what they mean; check a codebook file."""


@codebook.command("list")
@as_json
@with_session
def list_(session: Session, as_json: bool) -> int:
    """List the codebooks; the active one has a star.

    Those built in, those in your folder, and others that were used in the library. Files in the
    folder that cannot be used are told on stderr, and the exit status is then 1.
    """
    from reader.services.codebooks import finding as codebooks

    with session.reading() as library:
        found = codebooks.available(library)
        places = {book.id: codebooks.place_of(book) for book in found}
        problems = codebooks.problems(library)
        active = session.active_codebook(library)
    if as_json:
        output.document(
            [
                {**_summary(item), "active": item.id == active, "from": places[item.id]}
                for item in found
            ]
        )
    else:
        output.table(
            [
                ("*" if c.id == active else "", f"{c.id}@{c.version}", c.title, places[c.id])
                for c in found
            ],
            width=output.terminal_width(),
            shrink=2,
        )
    for problem in problems:
        output.note(f"cannot be used: {problem}")
    return 1 if problems else 0


@codebook.command()
@click.argument("name", metavar="ID|FILE")
@click.option("--toml", is_flag=True, help="Print the codebook itself, to make one's own of it.")
@as_json
@with_session
def show(session: Session, name: str, toml: bool, as_json: bool) -> None:
    """Print the tags of a codebook and what they mean.

    Key, symbol, code, label, rank, what a tag wants beside it, definition.
    """
    with session.reading() as library:
        found = session.find_codebook(library, name)
    if toml:
        with output.raw_text() as stream:
            stream.write(found.source)
        return
    if as_json:
        output.document({**_summary(found), "facets": [_facet(item) for item in found.facets]})
        return
    output.line(f"{found.id}@{found.version}  {found.title}")
    width = (output.terminal_width() or 80) - 1
    for row in wrap(found.about, width):
        output.line(row)
    for facet in found.facets:
        _print_facet(facet, width)


@codebook.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_session
def check(session: Session, file: Path) -> None:
    """Say whether FILE is a codebook that can be used.

    If it is not, the line and the tag to mend; or that its id and version are taken, by a built-in
    codebook or by one that was used in the library.
    """
    from reader.services.codebooks import finding as codebooks

    found = codebooks.checked(codebooks.from_file(file), None)
    if session.database.is_file():
        with session.reading() as library:
            codebooks.checked(found, library)
    facets = output.counted(len(found.facets), "question")
    tags = output.counted(sum(len(facet.tags) for facet in found.facets), "tag")
    output.line(f"ok: {found.id}@{found.version}, {facets}, {tags}")


@codebook.command()
@click.argument("name", metavar="ID")
@with_session
def use(session: Session, name: str) -> None:
    """Let the digits set the tags of codebook ID from now on.

    It is kept in the settings file; `--codebook` chooses another one for once.
    """
    from reader.services.codebooks import finding as codebooks
    from reader.services.settings import change as settings_change

    with session.reading() as library:
        found = session.find_codebook(library, name)
        codebooks.statement_facet(found)
    if not codebooks.is_everywhere(found.id):
        raise UsageError(
            f"{found.id} is known to this library only.",
            f"Save it in your folder of codebooks first: reader codebook show {found.id} --toml.",
        )
    settings_change.keep(session.settings_file, {"codebook": found.id})
    output.line(f"{found.id}@{found.version}  {found.title}")
    if session.codebook:
        output.note(f"note: --codebook {session.codebook} goes before the settings.")


_dry_run = click.option("--dry-run", is_flag=True, help="Change nothing; say what would change.")


@codebook.command()
@click.argument("name", metavar="ID")
@click.argument("old")
@click.argument("new")
@click.option(
    "--label",
    metavar="TEXT",
    default="",
    help="The label from now on; without it, one that is the code in words goes along.",
)
@_dry_run
@as_json
@with_session
def rename(
    session: Session, name: str, old: str, new: str, label: str, dry_run: bool, as_json: bool
) -> None:
    """Let tag OLD of codebook ID have the code NEW.

    Your file of it gets a new version, and all annotators' judgements that gave OLD give NEW; what
    they were stays in the history. `reader undo` takes that back (the file stays). If the file has
    NEW instead of OLD already, only the judgements change. OLD may be FACET:CODE.
    """
    from reader.services.codebooks import changes as codebook_changes

    with session.library() as library:
        done = codebook_changes.rename(
            library, name, old, new, session.me(library),
            label=text_option(label) or "", dry_run=dry_run,
        )  # fmt: skip
    _say_changed(done, dry_run, as_json)


@codebook.command("merge")
@click.argument("name", metavar="ID")
@click.argument("codes", metavar="CODE…", nargs=-1, required=True)
@click.argument("into")
@_dry_run
@as_json
@with_session
def merge_(
    session: Session, name: str, codes: Sequence[str], into: str, dry_run: bool, as_json: bool
) -> None:
    """Make one tag INTO of several of codebook ID.

    All annotators' judgements that gave one of the CODEs give INTO; what they were stays in the
    history. `reader undo` takes that back (the file stays). In a codebook of your own the CODEs are
    gone in the new version; a built-in one never changes. INTO may be FACET:CODE.
    """
    from reader.services.codebooks import changes as codebook_changes

    with session.library() as library:
        done = codebook_changes.merge(
            library, name, codes, into, session.me(library), dry_run=dry_run
        )
    _say_changed(done, dry_run, as_json)


def _say_changed(done: Changed, dry_run: bool, as_json: bool) -> None:
    """Print what became of the judgements and of the file."""
    if as_json:
        output.document(
            {
                "codebook": done.codebook.id,
                "version": done.codebook.version,
                "judgements": done.judgements,
                "articles": done.articles,
                "file": str(done.path) if done.path else None,
                "dry_run": dry_run,
            }
        )
        return
    judgements = output.counted(done.judgements, "judgement")
    would = "would change" if dry_run else "changed"
    output.line(f"{judgements} {would} in {output.counted(done.articles, 'article')}")
    if done.path:
        book = f"{done.codebook.id}@{done.codebook.version}"
        output.line(f"{book} {'would be' if dry_run else 'is'} in {done.path}")
    if done.judgements and not dry_run:
        output.note("`reader undo` takes the judgements back.")


def _print_facet(facet: Facet, width: int) -> None:
    kind = "one of" if facet.select == "one" else "any of"
    output.line()
    after = f"; after {facet.visible_if}" if facet.visible_if else ""
    output.line(f"{facet.id}: {facet.title} ({kind}; {', '.join(facet.applies_to)}{after})")
    for tag in facet.tags:
        rank = "" if tag.rank is None else f"  rank {tag.rank:g}"
        label = "" if tag.label == tag.code else f"  {tag.label}"
        wants = f"  wants {wanted_in_words(tag.requires)}" if tag.requires else ""
        output.line(f"  {tag.key or '-'}  {tag.symbol}  {tag.code}{label}{rank}{wants}")
        for row in wrap(tag.definition, max(20, width - 8)):
            output.line(f"        {row}")


def _summary(found: Codebook) -> dict[str, Any]:
    return {
        "id": found.id,
        "version": found.version,
        "title": found.title,
        "lang": found.lang,
        "about": found.about,
        "sha256": found.sha256,
    }


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "id": facet.id,
        "title": facet.title,
        "applies_to": list(facet.applies_to),
        "select": facet.select,
        "scale": facet.scale,
        "visible_if": facet.visible_if,
        "tags": [_tag(tag) for tag in facet.tags],
    }


def _tag(tag: Tag) -> dict[str, Any]:
    return {
        "code": tag.code,
        "label": tag.label,
        "key": tag.key,
        "symbol": tag.symbol,
        "ascii": tag.ascii,
        "color": tag.color,
        "rank": tag.rank,
        "definition": tag.definition,
        "requires": list(tag.requires),
    }
