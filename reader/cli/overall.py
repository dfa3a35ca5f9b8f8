"""Commands on an article as a whole: ``label``, ``note``, ``verdict``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.judging import likelihood_option
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.codebook import wanted_in_words

if TYPE_CHECKING:
    from reader.domain.overall import Overall
    from reader.storage.library import Library


@click.command()
@click.argument("article", required=False)
@click.argument("labels", metavar="[LABEL]…", nargs=-1)
@click.option("--remove", metavar="LABEL", multiple=True, help="Take this label off; repeatable.")
@as_json
@with_session
def label(
    session: Session,
    article: str | None,
    labels: Sequence[str],
    remove: Sequence[str],
    as_json: bool,
) -> None:
    """Label ARTICLE, or print its labels.

    Without ARTICLE print all labels and on how many articles each stands. Labels belong to the
    article and are seen by all annotators; upper and lower case make no difference. `reader list
    LABEL` finds the articles that have one.
    """
    if article is None:
        _print_all_labels(session, as_json)
        return
    from reader.domain.overall import labels_in
    from reader.services.annotating.overall import WholeArticle
    from reader.services.articles import resolve

    add = [name for text in labels for name in labels_in(text_option(text) or "")]
    gone = [name for text in remove for name in labels_in(text_option(text) or "")]
    with session.library() if add or gone else session.reading() as library:
        found = resolve(library, article)
        if add or gone:
            me = session.me(library)
            whole = WholeArticle(found.uid, me, library.overall.get(found.uid, me))
            edit = whole.with_labels(add, gone)
            if edit.group.changes:
                library.log.commit(edit.group, guarded=True)
        now = library.overall.labels(found.uid)
    if as_json:
        output.document({"uid": found.uid, "labels": list(now)})
    elif now:
        output.line(", ".join(now))
    else:
        output.note("No labels.")


def _print_all_labels(session: Session, as_json: bool) -> None:
    with session.reading() as library:
        counts = library.overall.label_counts()
    if as_json:
        output.document([{"label": name, "articles": count} for name, count in counts.items()])
    elif counts:
        output.table([(name, str(count)) for name, count in counts.items()], right=(1,))
    else:
        output.note("No labels yet. Give one: reader label ARTICLE LABEL")


@click.command()
@click.argument("article")
@click.argument("text", required=False)
@as_json
@with_session
def note(session: Session, article: str, text: str | None, as_json: bool) -> None:
    """Write your note on ARTICLE as a whole, or print it.

    TEXT `-` is standard input; an empty TEXT takes the note away.
    """
    from reader.services.annotating.overall import WholeArticle
    from reader.services.articles import resolve

    text = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text_option(text)
    with session.library() if text is not None else session.reading() as library:
        found = resolve(library, article)
        if text is None:
            now = _overall(session, library, found.uid).note
        else:
            me = session.me(library)
            whole = WholeArticle(found.uid, me, library.overall.get(found.uid, me))
            edit = whole.with_note(text)
            if edit.group.changes:
                library.log.commit(edit.group, guarded=True)
            now = edit.after.note
    if as_json:
        output.document({"uid": found.uid, "note": now})
    elif now is None:
        output.note("No note.")
    else:
        for line in now.split("\n"):
            output.line(line)


@click.command()
@click.argument("article")
@click.argument("codes", metavar="[CODE]…", nargs=-1)
@click.option("--codebook", metavar="ID|FILE", help="The codebook that the CODEs are from.")
@click.option("--confidence", type=click.Choice(["low", "moderate", "high"]), help="How sure.")
@likelihood_option
@click.option("--reason", metavar="TEXT", help="Why.")
@click.option("--remove", is_flag=True, help="Take the verdict off.")
@as_json
@with_session
def verdict(
    session: Session,
    article: str,
    codes: Sequence[str],
    codebook: str | None,
    confidence: str | None,
    likelihood: int | None,
    reason: str | None,
    remove: bool,
    as_json: bool,
) -> None:
    """Give your verdict on ARTICLE as a whole, or print it.

    CODE is a tag's code, or FACET:CODE, of the codebook's facets for articles; if it has none, of
    those for statements. Another tag of a facet that takes one replaces it.
    """
    from reader.services.annotating import verdicts
    from reader.services.annotating.tagging import Wish
    from reader.services.articles import resolve

    names = [text_option(code) or "" for code in codes]
    wish = Wish(names, remove, None, confidence, likelihood, text_option(reason))
    writes = bool(names or remove or wish.says_more)
    with session.library() if writes else session.reading() as library:
        found = resolve(library, article)
        if writes:
            book = session.find_codebook(library, codebook)
            done = verdicts.give(library, found, session.me(library), book, wish)
            for code, wanted in done.lacks:
                output.note(f"incomplete: {code} wants {wanted_in_words(wanted)}")
            if not done.changed:
                output.note("It was so already.")
        _print_verdicts(session, library, found.uid, as_json)


def _print_verdicts(session: Session, library: Library, uid: str, as_json: bool) -> None:
    from reader.services.codebooks.tags import Tags
    from reader.services.showing import overall_fields, overall_lines

    overall, tags = _overall(session, library, uid), Tags(library)
    if as_json:
        article = library.articles.get(uid)
        beside = library.beside.on(article.version_uid) if article else None
        given = overall_fields(session.handle, overall, tags, beside)["verdicts"]
        output.document({"uid": uid, "verdicts": given})
    elif overall.verdicts:
        for line in overall_lines(overall, tags):
            output.line(line)
    else:
        output.note("No verdict.")


def _overall(session: Session, library: Library, uid: str) -> Overall:
    """Return what the annotator says of an article; nothing, if never mentioned here."""
    return library.overall.get(uid, library.annotators.find(session.handle) or "")
