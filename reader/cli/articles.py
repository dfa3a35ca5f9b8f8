"""Commands on articles: ``add``, ``list``, ``show``, ``stats``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.columns import cells, pad, wrap
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.errors import InputError, UsageError
from reader.services.launch import check_target, read_stdin

if TYPE_CHECKING:
    from reader.services.articles import Added
    from reader.services.library.listing import Entry
    from reader.storage.library import Library

_IN_WORDS = {"url": "address", "published_at": "date"}
_WERE = {"was": "it was", "were": "they were"}
_METADATA = ("title", "byline", "outlet", "published", "url", "lang")


def _metadata_options(function: Any) -> Any:
    words = {
        "title": "Its title.",
        "byline": "Who wrote it.",
        "outlet": "Where it was published.",
        "published": "When: YYYY, YYYY-MM, YYYY-MM-DD, or with a time.",
        "url": "Where it can be found.",
        "lang": "Its language, such as en.",
    }
    for name in reversed(_METADATA):
        function = click.option(f"--{name}", metavar="TEXT", help=words[name])(function)
    return function


@click.command()
@click.argument("targets", metavar="FILE|-…", nargs=-1, required=True)
@_metadata_options
@click.option("--kind", type=click.Choice(["plain", "markdown"]), help="What the input is.")
@as_json
@with_session
def add(
    session: Session, targets: Sequence[str], kind: str | None, as_json: bool, **given: str | None
) -> int:
    """Add articles to the library; `-` is standard input.

    Plain text and Markdown can be read. An article whose text is there already is not added again.
    Prints id, title and number of statements of each, and warnings on stderr.
    """
    if len(targets) > 1 and any(given.values()):
        raise UsageError("Title, byline and so on belong to one article.", "Add one at a time.")
    status, results = 0, []
    with session.library() as library:
        me = session.me(library)
        for target in targets:
            try:
                added = _add(library, target, me, kind, given)
            except InputError as error:
                status = output.failure(error, as_json=as_json)
                continue
            results.append(_added(library, added))
            if not as_json:
                _say_added(results[-1], added)
    if as_json:
        output.document({"articles": results})
    return status


def _add(
    library: Library, target: str, me: str, kind: str | None, given: dict[str, str | None]
) -> Added:
    from reader.domain.article import Metadata
    from reader.services import articles

    if kind is None:
        check_target(target)
    values = {name: text_option(value) or None for name, value in given.items()}
    metadata = None
    if any(values.values()):
        metadata = Metadata(
            title=values["title"],
            byline=values["byline"],
            outlet=values["outlet"],
            url=values["url"],
            published_at=_date(values["published"]),
            language=values["lang"],
        )
    if target == "-":
        return articles.add_bytes(library, read_stdin(), me, kind=kind, metadata=metadata)
    return articles.add_file(library, Path(target), me, kind=kind, metadata=metadata)


def _date(text: str | None) -> str | None:
    """Return a date as it was given.

    Raises:
        UsageError: It is none of the forms that sort.
    """
    from datetime import datetime

    if text is None or (len(text) == 4 and text.isascii() and text.isdigit()):
        return text
    try:
        datetime.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        raise UsageError(
            f"{text} is no date.", "Write YYYY, YYYY-MM, YYYY-MM-DD, or with a time."
        ) from None
    return text


def _added(library: Library, added: Added) -> dict[str, Any]:
    from reader.services.showing import version_of
    from reader.services.walking import count_statements

    changed = added.changed_since
    return {
        "uid": added.article.uid,
        "title": added.name,
        "new": added.new,
        "statements": count_statements(version_of(library, added.article)),
        "warnings": [*added.warnings, *_kept(added)],
        "changed_since": changed.uid if changed else None,
    }


def _kept(added: Added) -> list[str]:
    """Return a sentence on details that were given but not taken, or nothing."""
    if not added.kept:
        return []
    named = [_IN_WORDS.get(name, name) for name in added.kept]
    words = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    were = "were" if len(named) > 1 else "was"
    return [f"The article is in the library already; its {words} {were} left as {_WERE[were]}."]


def _say_added(result: dict[str, Any], added: Added) -> None:
    there = "" if added.new else "  (was there already)"
    statements = output.counted(result["statements"], "statement")
    output.line(f"{result['uid']}  {result['title']}  {statements}{there}")
    for warning in added.warnings:
        output.note(f"warning: {warning}")
    for kept in _kept(added):
        output.note(f"note: {kept}")
    if added.changed_since:
        output.note(
            "warning: the file has changed since it was added as "
            f"{added.changed_since.uid}; it is another article now."
        )


@click.command("list")
@click.argument("words", metavar="[FILTER]…", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice(["read", "added", "title", "published", "progress"]),
    default="read",
    show_default=True,
    help="Order: last read first, newest first, and so on.",
)
@as_json
@with_session
def list_(session: Session, words: Sequence[str], sort: str, as_json: bool) -> None:
    """List the articles.

    Number, title, outlet, date, how far you have read, your tags, and its labels.

    With FILTER words only those that have all of them in title, outlet, byline, URL, file name or a
    label.
    """
    from reader.services.library import listing

    with session.reading() as library:
        me = library.find_annotator(session.handle) or ""
        codebook = session.find_codebook(library)
        found = listing.entries(library, me, codebook, words=words, sort=sort)
    if as_json:
        output.document([asdict(entry) for entry in found])
    elif found:
        output.table(
            [_row(entry) for entry in found],
            right=(0, 4),
            shrink=1,
            width=output.terminal_width(),
        )
    else:
        output.note("No articles." if words else "No articles yet. Add one: reader add FILE")


def _row(entry: Entry) -> tuple[str, ...]:
    counts = " ".join(f"{tag.symbol}{tag.count}" for tag in entry.tags)
    return (
        str(entry.n),
        entry.title,
        entry.outlet or "",
        (entry.published_at or "")[:10],
        f"{entry.progress_pct} %",
        counts,
        f"[{', '.join(entry.labels)}]" if entry.labels else "",
    )


@click.command()
@click.argument("article")
@as_json
@with_session
def show(session: Session, article: str, as_json: bool) -> None:
    """Print ARTICLE with its marks in the margin.

    Each statement has its number and, left of it, the marks of highlights that begin in it.

    Above it labels, and what each annotator says of the article as a whole. A mark is the tag's
    symbol; `·` a highlight without a tag, `"` a note, `⚑` a flag. The marks of all annotators are
    shown. With --json text, blocks, statements and highlights, with offsets in
    code points.
    """
    from reader.services import showing
    from reader.services.articles import name_of, resolve

    with session.reading() as library:
        found = resolve(library, article)
        if as_json:
            output.document(showing.as_document(library, found))
            return
        version = showing.version_of(library, found)
        _print_head(name_of(found, version.text), found.metadata)
        _print_overall(library, found.uid)
        width = min(output.terminal_width() or 80, 80)
        for block, pieces in showing.pieces(library, version):
            output.line()
            for piece in pieces:
                _print_piece(piece, width, aside=block.role.value if not piece.statement else "")


def _print_head(name: str, metadata: Any) -> None:
    output.line(name)
    facts = (metadata.byline, metadata.outlet, metadata.published_at, metadata.url)
    if any(facts):
        output.line(" · ".join(fact for fact in facts if fact))


def _print_overall(library: Library, uid: str) -> None:
    """Print labels, and each annotator's verdict and note."""
    from reader.services.showing import overall_lines
    from reader.services.tags import Tags

    labels, tags = library.overall.labels(uid), Tags(library)
    if labels:
        output.line(f"labels: {', '.join(labels)}")
    for who, overall in library.overall.by_annotator(uid).items():
        for line in overall_lines(overall, tags):
            output.line(f"{who}: {line}")
        for number, line in enumerate((overall.note or "").splitlines()):
            output.line(f"{who}: {line}" if not number else f"  {line}")


def _print_piece(piece: Any, width: int, aside: str) -> None:
    """Print a statement: marks and number in the margin, the text wrapped beside them."""
    number = str(piece.statement) if piece.statement else "–"
    marks = "".join(piece.symbols)
    margin = f"{pad(marks, 4)}{pad(number, 4, right=True)}  "
    indent = " " * cells(margin)
    prefix = f"({aside}) " if aside in ("caption", "credit", "boilerplate") else ""
    for row in wrap(prefix + piece.text, max(8, width - len(indent))):
        output.line(margin + row)
        margin = indent


@click.command()
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1)
@click.option("--codebook", metavar="ID|FILE", help="Count the tags of this codebook.")
@as_json
@with_session
def stats(session: Session, articles: Sequence[str], codebook: str | None, as_json: bool) -> None:
    """Count your tags, judged statements, and reading time.

    Of the ARTICLEs named, or of all. A statement counts as judged when a highlight of yours with a
    tag overlaps it.
    """
    from reader.services import stats as counting
    from reader.services.articles import resolve

    with session.reading() as library:
        me = library.find_annotator(session.handle) or ""
        uids = [resolve(library, name).uid for name in articles] or None
        found = counting.stats(library, me, session.find_codebook(library, codebook), uids)
    if as_json:
        output.document(asdict(found))
        return
    for entry in (*found.articles, found.total) if len(found.articles) != 1 else found.articles:
        output.line(entry.title)
        share = f" ({entry.coverage_pct} %)" if entry.coverage_pct is not None else ""
        output.line(f"  judged {entry.judged} of {entry.statements} statements{share}")
        output.line(f"  highlights {entry.highlights}, notes {entry.notes}, flags {entry.flags}")
        output.line(f"  time {_minutes(entry.ms_spent)} min")
        output.table([(f"  {tag.symbol}", tag.label, str(tag.count)) for tag in entry.tags])


def _minutes(ms: int) -> str:
    """Return a time in whole minutes; ``<1`` if there is some, but less than one."""
    return "<1" if 0 < ms < 60_000 else str(round(ms / 60_000))
