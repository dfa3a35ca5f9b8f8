"""Commands on how statements are related: ``relate``, ``relation``, ``claims``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reader.cli import output
from reader.cli.judging import where
from reader.cli.session import Session, as_json, text_option, with_session

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook, Facet, Tag
    from reader.services.relating.claims import Claim
    from reader.services.relating.relating import End
    from reader.services.relating.relations import Related
    from reader.storage.library import Library

Command = TypeVar("Command", bound=Callable[..., Any])


def place_options(command: Command) -> Command:
    """Add the options that say which words of an article are meant."""
    for option in (
        click.option("--span", metavar="START:END", help="Code points from 0, end not included."),
        click.option("--quote", metavar="TEXT", help="Just these words; they must be there once."),
        click.option("--statement", type=int, metavar="N", help="The statement of that number."),
    ):
        command = option(command)
    return command


def end_in(
    library: Library,
    article: str,
    me: str,
    statement: int | None,
    quote: str | None,
    span: str | None,
) -> End:
    """Return the words of an article that the options name.

    Raises:
        UsageError: There is no such article, or no such words.
    """
    from reader.services.articles import resolve
    from reader.services.relating.naming import end_at
    from reader.services.showing import version_of

    found = resolve(library, article)
    version = version_of(library, found)
    return end_at(library, found, version, where(version, statement, quote, span), me)


def rating_of(
    session: Session, library: Library, code: str | None
) -> tuple[Codebook, Facet, Tag | None] | None:
    """Return the judgement on a relation that a code means; an empty one takes it off.

    Raises:
        UsageError: There is no such tag.
    """
    from reader.services.annotating.tagging import tag_named
    from reader.services.relating.relations import facet_for_relations

    if code is None:
        return None
    book, facet = facet_for_relations(session.find_codebook(library))
    return book, facet, tag_named(book, [facet], code)[1] if code else None


@click.command()
@click.argument("article")
@click.argument("type")
@place_options
@click.option("--to", metavar="ARTICLE", help="The article of the other statement; else the same.")
@click.option("--to-statement", type=int, metavar="N", help="The other statement's number.")
@click.option("--to-quote", metavar="TEXT", help="The other statement's words.")
@click.option("--to-span", metavar="START:END", help="The other statement's code points.")
@click.option("--note", metavar="TEXT", default="", help="A note on it.")
@click.option("--stance", metavar="CODE", help="What is judged of it: support, deny, query …")
@as_json
@with_session
def relate(
    session: Session,
    article: str,
    type: str,
    statement: int | None,
    quote: str | None,
    span: str | None,
    to: str | None,
    to_statement: int | None,
    to_quote: str | None,
    to_span: str | None,
    note: str,
    stance: str | None,
    as_json: bool,
) -> None:
    """Relate a statement of ARTICLE to another one.

    The other may stand in the same article or in another. Prints the id of the relation.

    TYPE is supports, partly-supports, contradicts, denies, narrows, restates, quotes, misquotes,
    depends-on, evaluates, about, before or same-claim: what the statement does to the other. Words
    that are not marked as yet are highlighted. `reader undo ARTICLE` takes it back.
    """
    from reader.services.relating import relating

    with session.library() as library:
        me = session.me(library)
        one = end_in(library, article, me, statement, quote, span)
        other = end_in(library, to or article, me, to_statement, to_quote, to_span)
        rated = rating_of(session, library, text_option(stance))
        tagged = (rated[0], rated[1], rated[2]) if rated and rated[2] else None
        made = relating.relate(me, one, other, type, text_option(note) or "", tagged)
        relating.commit(library, made)
    assert made.relation is not None  # noqa: S101 - it was made
    if as_json:
        output.document(_relation_fields(made.relation))
    else:
        output.line(made.relation.uid)


def _relation_fields(relation: Any) -> dict[str, Any]:
    return {
        "uid": relation.uid,
        "type": relation.type,
        "from": relation.from_uid,
        "to": relation.to_uid,
        "note": relation.note,
    }


@click.group()
def relation() -> None:
    """List how statements are related, change that, take it back."""


@relation.command("list")
@click.argument("article", required=False)
@as_json
@with_session
def list_(session: Session, article: str | None, as_json: bool) -> None:
    """List the relations of ARTICLE, from its side.

    Without ARTICLE those of all articles.
    """
    from reader.services.relating.relations import related

    with session.reading() as library:
        uids = _related_in(library, article)
        found = related(library, uids)
        places = library.relations.places(uids)
    shown = [(places[uid].exact, item) for uid in uids for item in found.get(uid, ())]
    if article is None:
        shown = [(words, item) for words, item in shown if item.outgoing]
    if as_json:
        output.document([_related_fields(words, item) for words, item in shown])
        return
    for words, item in shown:
        judged = "".join(f" [{it.judgement.code}]" for it in item.ratings)
        elsewhere = f"  ({item.other.article})" if article and _elsewhere(item, places) else ""
        output.line(
            f"{item.relation.uid}  “{_short(words)}” {item.words}{judged} "
            f"“{_short(item.other.exact)}”{elsewhere}"
        )
        if item.relation.note:
            output.line(f"    {item.relation.note}")
    if not shown:
        output.note("No relations.")


def _elsewhere(item: Related, places: dict[str, Any]) -> bool:
    return item.other.highlight_uid not in places


def _short(words: str) -> str:
    from reader.domain.article import first_words

    return first_words(words, 60)


def _related_in(library: Library, article: str | None) -> list[str]:
    """Return the uids of related highlights in an article, or in all, in order."""
    from reader.services.articles import resolve

    if article is None:
        return library.relations.all_ends()
    found = resolve(library, article)
    uids = library.beside.on(found.version_uid).relation
    places = library.relations.places(uids)
    return sorted(places, key=lambda uid: (places[uid].start, places[uid].end, uid))


def _related_fields(words: str, item: Related) -> dict[str, Any]:
    other = item.other
    return {
        **_relation_fields(item.relation),
        "outgoing": item.outgoing,
        "words": item.words,
        "text": words,
        "annotator": item.annotator,
        "stance": [it.judgement.code for it in item.ratings],
        "other": {
            "highlight": other.highlight_uid,
            "article": other.article_uid,
            "article_title": other.article,
            "start": other.start,
            "end": other.end,
            "text": other.exact,
        },
    }


@relation.command()
@click.argument("uid", metavar="RELATION")
@click.option("--type", "type", metavar="TYPE", help="Another kind of relation.")
@click.option("--note", metavar="TEXT", help="Another note; an empty one takes it away.")
@click.option("--stance", metavar="CODE", help="What is judged of it; empty takes that off.")
@with_session
def edit(
    session: Session, uid: str, type: str | None, note: str | None, stance: str | None
) -> None:
    """Change a RELATION, named by its id or the beginning of it."""
    from reader.services.relating import relating
    from reader.services.relating.naming import relation_named

    with session.library() as library:
        me, found = session.me(library), relation_named(library, uid)
        article = library.relations.places([found.from_uid])[found.from_uid].article_uid
        made = relating.change(
            library,
            found,
            me,
            article,
            type or found.type,
            (found.note or "") if note is None else text_option(note) or "",
            rating_of(session, library, text_option(stance) if stance else stance),
        )
        relating.commit(library, made)
    output.note("Changed." if made.groups else "It was so already.")


@relation.command()
@click.argument("uid", metavar="RELATION")
@with_session
def retract(session: Session, uid: str) -> None:
    """Take a RELATION back, named by its id or the beginning of it."""
    from reader.services.relating import relating
    from reader.services.relating.naming import relation_named

    with session.library() as library:
        me, found = session.me(library), relation_named(library, uid)
        article = library.relations.places([found.from_uid])[found.from_uid].article_uid
        relating.commit(library, relating.retract(library, found, me, article))
        number = library.articles.in_order().index(article) + 1
    output.note(f"Taken back. `reader undo {number}` brings it back.")


# ---------------------------------------------------------------------- claims


@click.command()
@click.argument("article", required=False)
@as_json
@with_session
def claims(session: Session, article: str | None, as_json: bool) -> None:
    """Print who asserts, denies or narrows each claim.

    Statements that are the same claim, restate or quote one another make one claim, across
    articles; what contradicts, denies or narrows one of them speaks against it. With ARTICLE only
    the claims that a statement of it makes. Each in the order of publication, with the chain of
    sources and the judgements.
    """
    from reader.services.articles import resolve
    from reader.services.relating.claims import as_fields
    from reader.services.relating.claims import claims as all_claims

    with session.reading() as library:
        uid = resolve(library, article).uid if article is not None else None
        found = all_claims(library, uid)
    if as_json:
        output.document([as_fields(claim) for claim in found])
        return
    for number, claim in enumerate(found):
        if number:
            output.line()
        _print(claim)
    if not found:
        output.note("No statements make one claim together as yet: see `reader relate --help`.")


def _print(claim: Claim) -> None:
    output.line(f"“{claim.words}”")
    output.line(f"  {claim.summary()}, in {output.counted(claim.articles, 'article')}")
    for voice in claim.voices:
        tags = " ".join(tag.symbol if tag else it.code for it, tag in voice.tags)
        date = (voice.place.published_at or "no date")[:10]
        who = voice.chain or voice.place.outlet or voice.place.article
        output.line(f"  {date:10}  {voice.role:11}  {tags or '·'}  {who}")
        output.line(f"      “{' '.join(voice.place.exact.split())}”")
