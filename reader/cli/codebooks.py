"""Commands on codebooks: ``codebook list``, ``show``, ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.columns import wrap
from reader.cli.session import Session, as_json, with_session

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook, Facet, Tag


@click.group()
def codebook() -> None:
    """Show the tags and what they mean; check a codebook file."""


@codebook.command("list")
@as_json
@with_session
def list_(session: Session, as_json: bool) -> None:
    """List the codebooks; the active one has a star.

    Those built in, and others that were used in the library.
    """
    from reader.services import codebooks

    with session.reading() as library:
        found = codebooks.available(library)
        active = session.find_codebook(library).id
    if as_json:
        output.document([{**_summary(item), "active": item.id == active} for item in found])
        return
    output.table(
        [("*" if c.id == active else "", f"{c.id}@{c.version}", c.title) for c in found],
        width=output.terminal_width(),
        shrink=2,
    )


@codebook.command()
@click.argument("name", metavar="ID|FILE")
@as_json
@with_session
def show(session: Session, name: str, as_json: bool) -> None:
    """Print the tags of a codebook and what they mean.

    Key, symbol, code, label, rank, what a tag wants beside it, definition.
    """
    with session.reading() as library:
        found = session.find_codebook(library, name)
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
    from reader.services import codebooks

    found = codebooks.checked(codebooks.from_file(file), None)
    if session.database.is_file():
        with session.reading() as library:
            codebooks.checked(found, library)
    tags = sum(len(facet.tags) for facet in found.facets)
    output.line(f"ok: {found.id}@{found.version}, {len(found.facets)} facet(s), {tags} tags")


def _print_facet(facet: Facet, width: int) -> None:
    kind = "one of" if facet.select == "one" else "any of"
    output.line()
    output.line(f"{facet.id}: {facet.title} ({kind}; {', '.join(facet.applies_to)})")
    for tag in facet.tags:
        rank = "" if tag.rank is None else f"  rank {tag.rank:g}"
        label = "" if tag.label == tag.code else f"  {tag.label}"
        wants = f"  wants {', '.join(tag.requires)}" if tag.requires else ""
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
