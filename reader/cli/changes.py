"""Commands on pages that change: ``refresh``, ``changes``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.columns import wrap
from reader.cli.session import Session, as_json, with_session
from reader.domain.errors import InputError, NetworkError, ReaderError, UsageError

if TYPE_CHECKING:
    from reader.domain.article import Article
    from reader.domain.comparing.comparison import Piece
    from reader.services.changes.comparing import Changes, Mark
    from reader.services.changes.refreshing import Refreshed
    from reader.services.codebooks.tags import Tags
    from reader.storage.library import Library

_MARKED = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
"""How words are shown that were taken out or put in."""


@click.command()
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All articles that are not archived.")
@click.option("--allow-private", is_flag=True, help="Fetch from machines of private networks, too.")
@click.option(
    "--take-details",
    is_flag=True,
    help="Take title, byline, outlet and date as they are there now.",
)
@as_json
@with_session
def refresh(
    session: Session,
    articles: Sequence[str],
    everything: bool,
    allow_private: bool,
    take_details: bool,
    as_json: bool,
) -> int:
    """Capture ARTICLEs again from their files or addresses.

    If the text is another one now, it becomes a new version, and the highlights are carried over to
    it; `reader changes ARTICLE` shows what changed and what became of each. If it is the same, or
    cannot be had, nothing changes. `reader undo ARTICLE` makes the version before the current one
    again.

    What the page says otherwise of itself than it did is told; `--take-details` takes it, as an
    action of its own that `reader undo ARTICLE` takes back.

    The exit status is 1 if some of several could not be captured again.
    """
    if bool(articles) is everything:
        raise UsageError("Say which articles: ARTICLE…, or --all.", "See `reader list`.")
    from reader.services.articles import resolve
    from reader.services.changes.recapturing import refreshable

    with session.library() as library:
        me = session.me(library)
        found = refreshable(library) if everything else [resolve(library, it) for it in articles]
        results, failed = [], []
        private = allow_private or session.settings.allow_private
        for article, outcome in _refreshed(library, found, me, as_json, private):
            if isinstance(outcome, ReaderError):
                failed.append(outcome)
                results.append(_error_fields(article, outcome))
                continue
            taken = take_details and _take(library, outcome, me)
            results.append({**_fields(outcome), "details_taken": taken})
            if not as_json:
                _tell(outcome, taken=taken)
    if as_json:
        output.document({"articles": results})
    if failed and len(found) == 1:
        return failed[0].exit_code
    return 1 if failed else 0


def _refreshed(
    library: Library, articles: Sequence[Article], me: str, as_json: bool, private: bool
) -> Iterator[tuple[Article, Refreshed | ReaderError]]:
    """Capture articles again, one after the other, and tell what came of each."""
    from reader.capture.sandbox import Sandbox
    from reader.services.changes.recapturing import recapture, source_of
    from reader.services.changes.refreshing import add_version

    progress = output.Progress("")
    with Sandbox() as sandbox:
        for number, article in enumerate(articles, 1):
            progress.text(f"{number:,} of {len(articles):,}  {article.name}")
            try:
                draft = recapture(source_of(library, article), sandbox, allow_private=private)
                done = add_version(library, article.uid, draft, me)
            except (InputError, NetworkError) as error:
                progress.done()
                output.failure(error, as_json=as_json)
                yield article, error
                continue
            progress.done()
            yield article, done


def _take(library: Library, done: Refreshed, me: str) -> bool:
    """Take what a page says otherwise of itself; return whether there was anything."""
    from reader.services.changes.details import take

    uid = done.article.uid
    return bool(done.details) and take(library, {uid: done.details}, me, in_article=uid) is not None


def _tell(done: Refreshed, *, taken: bool) -> None:
    from reader.domain.fates import in_words
    from reader.services.changes.details import SPOKEN

    said = "the same text" if not done.changed else "another text: a new version"
    fates = f"; highlights: {in_words(done.fates)}" if done.fates else ""
    output.line(f"{done.article.uid}  {done.name}  {said}{fates}")
    for name, value in done.details.items():
        here = "is" if taken else "there is"
        output.note(f"note: the {SPOKEN[name]} {here} “{value}” now.")
    for warning in done.warnings:
        output.note(f"warning: {warning}")


def _fields(done: Refreshed) -> dict[str, Any]:
    return {
        "uid": done.article.uid,
        "title": done.name,
        "changed": done.changed,
        "version": done.version,
        "before": done.before if done.changed else None,
        "highlights": {fate.value: count for fate, count in done.fates.items()},
        "details": done.details,
        "warnings": list(done.warnings),
    }


def _error_fields(article: Article, error: ReaderError) -> dict[str, Any]:
    said = {"title": error.title, "message": error.message, "hint": error.hint}
    return {"uid": article.uid, "title": article.metadata.title, "error": said}


@click.command()
@click.argument("article")
@click.option("--from", "before", metavar="VERSION", help="The earlier version.")
@click.option("--to", "after", metavar="VERSION", help="The later version.")
@as_json
@with_session
def changes(
    session: Session, article: str, before: str | None, after: str | None, as_json: bool
) -> int:
    """Show what changed in ARTICLE since the version before.

    First what became of the highlights, those whose words changed under a judgement before all
    others; then the paragraphs that changed, words taken out as [-…-] and put in as {+…+}.

    A VERSION is a number, 1 being the first capture, or the beginning of its id or SHA-256. Exit
    status 0 if there is no other version before it, 1 if there is.
    """
    from reader.services.articles import resolve
    from reader.services.changes import comparing, documents
    from reader.services.changes.settling import settle
    from reader.services.codebooks.tags import Tags

    with session.reading() as library:
        found = resolve(library, article)
        settle(library, found.uid)
        named = [
            comparing.version_named(library, found, name) if name else None
            for name in (before, after)
        ]
        changed = comparing.changes_of(library, found, before=named[0], after=named[1])
        if as_json:
            output.document(documents.as_document(library, changed))
        else:
            _print(changed, Tags(library))
    return int(changed.changed)


def _print(found: Changes, tags: Tags) -> None:
    output.line(found.name)
    if found.before is None or found.comparison is None:
        output.line(f"version {found.number(found.after)}: there is none before it")
        return
    for row in (found.before, found.after):
        now = "  (current)" if row.current else ""
        at = row.captured_at[:16].replace("T", " ")
        output.line(f"version {found.number(row)}  {at} UTC  {row.sha256[:12]}{now}")
    compared = found.comparison
    output.line(f"{compared.removed:,} words taken out, {compared.added:,} put in")
    for mark in found.marks:
        _print_mark(mark, tags)
    for paragraph in compared.paragraphs:
        if paragraph.changed:
            output.line()
            _print_wrapped(_marked(compared.pieces(paragraph)), "")


def _print_mark(mark: Mark, tags: Tags) -> None:
    """Print what became of a highlight: one line of facts, then its words."""
    from reader.domain.fates import named

    said = [
        tags.name(item.codebook, item.codebook_version, item.facet, item.code)
        for item in mark.highlight.judgements
    ]
    facts = [named(mark.fate), *said, mark.item.annotator]
    if mark.is_judged_on_other_words:
        facts.insert(1, "its words changed")
    elif mark.is_beside_a_change:
        facts.insert(1, "words beside it changed")
    output.line()
    output.line(" · ".join(facts))
    if mark.reworded or not mark.words:
        _print_wrapped(mark.words_before, "- ")
    if mark.words:
        _print_wrapped(mark.words, "+ " if mark.reworded else "  ")


def _marked(pieces: Sequence[Piece]) -> str:
    return "".join(_MARKED[piece.sign.value].format(piece.text) for piece in pieces)


def _print_wrapped(text: str, sign: str) -> None:
    width = min(output.terminal_width() or 80, 80) - len(sign)
    for number, row in enumerate(wrap(" ".join(text.split()), max(8, width))):
        output.line(f"{sign if not number else ' ' * len(sign)}{row}".rstrip())
