"""Commands on evidence: ``evidence add``, ``list``, ``use``, ``edit``, ``unlink``, ``delete``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader.cli import output
from reader.cli.relating import end_in, place_options
from reader.cli.session import Session, as_json, text_option, with_session

if TYPE_CHECKING:
    from reader.domain.evidence import Evidence
    from reader.services.relating.adducing import Tagged
    from reader.storage.library import Library
    from reader.storage.relating.evidence import Linked

Command = TypeVar("Command", bound=Callable[..., Any])

_FIELDS = ("citation", "kind", "url", "archive_url", "accessed_at", "excerpt")


def _field_options(command: Command) -> Command:
    for option in (
        click.option("--excerpt", metavar="TEXT", help="The words that matter."),
        click.option("--accessed", "accessed_at", metavar="DATE", help="When it was looked at."),
        click.option("--archive-url", metavar="URL", help="Where a copy is that stays."),
        click.option("--url", metavar="URL", help="Where it is."),
        click.option("--kind", metavar="WORD", help="document, web page, data, image …"),
        click.option("--citation", metavar="TEXT", help="What it is, as you would cite it."),
    ):
        command = option(command)
    return command


@click.group()
def evidence() -> None:
    """Add evidence for statements, list it, use it again, edit it."""


@evidence.command()
@click.argument("article")
@click.argument("stance")
@place_options
@_field_options
@click.option("--tag", "code", metavar="CODE", help="The tag that is given because of it.")
@click.option("--codebook", metavar="ID|FILE", help="The codebook that CODE is from.")
@as_json
@with_session
def add(
    session: Session,
    article: str,
    stance: str,
    statement: int | None,
    quote: str | None,
    span: str | None,
    code: str | None,
    codebook: str | None,
    as_json: bool,
    **fields: str | None,
) -> None:
    """Add evidence for a statement of ARTICLE.

    Prints the id of the evidence.

    STANCE is what it says of the statement: supports, refutes, context or insufficient. It was
    looked at today unless --accessed says otherwise. Addresses are kept, and never opened.
    """
    from datetime import date

    from reader.domain.evidence import Evidence, check_stance
    from reader.domain.operation import new_uid
    from reader.services.relating import adducing

    given = {name: text_option(value) for name, value in fields.items()}
    given["accessed_at"] = given["accessed_at"] or f"{date.today():%Y-%m-%d}"
    with session.library() as library:
        me = session.me(library)
        end = end_in(library, article, me, statement, quote, span)
        fresh = _with(Evidence(new_uid(), me), given)
        tagged = _tagged(session, library, code, codebook)
        done = adducing.add(me, end, fresh, check_stance(stance), tagged)
        adducing.commit(library, done)
    assert done.evidence is not None  # noqa: S101 - it was made
    if as_json:
        output.document(_fields_of(done.evidence))
    else:
        output.line(done.evidence.uid)


def _with(item: Evidence, given: dict[str, str | None]) -> Evidence:
    """Return evidence with the fields that are given."""
    named = {name: value for name, value in given.items() if value is not None}
    changed: Evidence = replace(item, **named)  # type: ignore[arg-type] # all of them are texts
    return changed


def _tagged(
    session: Session, library: Library, code: str | None, codebook: str | None
) -> Tagged | None:
    from reader.services.annotating.tagging import tag_named

    if code is None:
        return None
    book = session.find_codebook(library, codebook)
    facet, tag = tag_named(book, book.statement_facets, text_option(code) or "")
    return book, facet, tag


@evidence.command("list")
@click.argument("article", required=False)
@as_json
@with_session
def list_(session: Session, article: str | None, as_json: bool) -> None:
    """List the evidence for statements of ARTICLE.

    Without ARTICLE all evidence there is, also what no statement has (unused).
    """
    with session.reading() as library:
        if article is None:
            found = library.evidence.all()
        else:
            listed = _in_article(library, article)
    if article is not None:
        _print_linked(listed, as_json)
    elif as_json:
        output.document([{**_fields_of(item), "statements": count} for item, count in found])
    else:
        for item, count in found:
            used = output.counted(count, "statement") if count else "unused"
            output.line(f"{item.uid}  {item.name}  ({used})")
            _print_facts(item)
        if not found:
            output.note("No evidence.")


def _in_article(library: Library, article: str) -> list[tuple[str, Linked]]:
    """Return the evidence for an article's statements, each with their words, in order."""
    from reader.services.articles import resolve

    found = resolve(library, article)
    uids = list(library.beside.on(found.version_uid).evidence)
    places = library.relations.places(uids)
    linked = library.evidence.of(uids)
    order = sorted(places, key=lambda uid: (places[uid].start, places[uid].end, uid))
    return [(places[uid].exact, item) for uid in order for item in linked.get(uid, ())]


def _print_linked(listed: list[tuple[str, Linked]], as_json: bool) -> None:
    from reader.domain.article import first_words

    if as_json:
        output.document(
            [
                {
                    **_fields_of(item.evidence),
                    "stance": item.link.stance,
                    "highlight": item.link.highlight_uid,
                    "text": words,
                }
                for words, item in listed
            ]
        )
        return
    for words, item in listed:
        output.line(
            f"{item.evidence.uid}  “{first_words(words, 60)}”  {item.link.stance}: "
            f"{item.evidence.name}"
        )
        _print_facts(item.evidence)
    if not listed:
        output.note("No evidence for statements of this article.")


def _print_facts(item: Evidence) -> None:
    looked = f"looked at {item.accessed_at}" if item.accessed_at else ""
    facts = [item.kind, item.url if item.url != item.name else "", item.archive_url, looked]
    said = " · ".join(fact for fact in facts if fact)
    if said:
        output.line(f"    {said}")
    if item.excerpt and item.excerpt != item.name:
        output.line(f"    “{' '.join(item.excerpt.split())}”")


def _fields_of(item: Evidence) -> dict[str, Any]:
    return {"uid": item.uid, **{name: getattr(item, name) or None for name in _FIELDS}}


@evidence.command()
@click.argument("uid", metavar="EVIDENCE")
@click.argument("article")
@click.argument("stance")
@place_options
@click.option("--tag", "code", metavar="CODE", help="The tag that is given because of it.")
@click.option("--codebook", metavar="ID|FILE", help="The codebook that CODE is from.")
@with_session
def use(
    session: Session,
    uid: str,
    article: str,
    stance: str,
    statement: int | None,
    quote: str | None,
    span: str | None,
    code: str | None,
    codebook: str | None,
) -> None:
    """Let EVIDENCE speak of a statement of ARTICLE, too.

    If it does already, STANCE is what it says of it from now on.
    """
    from reader.domain.evidence import check_stance
    from reader.services.relating import adducing
    from reader.services.relating.naming import evidence_named, link_between

    with session.library() as library:
        me, found = session.me(library), evidence_named(library, uid)
        end = end_in(library, article, me, statement, quote, span)
        there = link_between(library, found, end)
        tagged = _tagged(session, library, code, codebook)
        done = adducing.use(me, end, found, check_stance(stance), there, tagged)
        adducing.commit(library, done)
    output.note("Done." if done.groups else "It was so already.")


@evidence.command()
@click.argument("uid", metavar="EVIDENCE")
@_field_options
@with_session
def edit(session: Session, uid: str, **fields: str | None) -> None:
    """Say something else of EVIDENCE, wherever it speaks.

    An empty text takes a field away.
    """
    from reader.services.relating import adducing
    from reader.services.relating.naming import evidence_named

    given = {name: text_option(value) if value else value for name, value in fields.items()}
    with session.library() as library:
        me, found = session.me(library), evidence_named(library, uid)
        done = adducing.edit(me, None, found, _with(found, given))
        adducing.commit(library, done)
    output.note("Changed. `reader undo` takes it back." if done.groups else "It was so already.")


@evidence.command()
@click.argument("uid", metavar="EVIDENCE")
@click.argument("article")
@place_options
@with_session
def unlink(
    session: Session,
    uid: str,
    article: str,
    statement: int | None,
    quote: str | None,
    span: str | None,
) -> None:
    """Let EVIDENCE speak of a statement of ARTICLE no more."""
    from reader.domain.errors import UsageError
    from reader.services.relating import adducing
    from reader.services.relating.naming import evidence_named, link_between

    with session.library() as library:
        me, found = session.me(library), evidence_named(library, uid)
        end = end_in(library, article, me, statement, quote, span)
        link = link_between(library, found, end)
        if link is None:
            raise UsageError("It does not speak of this statement.", "See `reader evidence list`.")
        adducing.commit(library, adducing.unlink(library, me, end.article_uid, link))
    output.note("Unlinked.")


@evidence.command()
@click.argument("uid", metavar="EVIDENCE")
@with_session
def delete(session: Session, uid: str) -> None:
    """Take EVIDENCE out of the library.

    No statement has it any more then.
    """
    from reader.services.relating import adducing
    from reader.services.relating.naming import evidence_named

    with session.library() as library:
        me, found = session.me(library), evidence_named(library, uid)
        adducing.commit(library, adducing.delete(library, me, found))
    output.note("Deleted. `reader undo` brings it back.")
