"""Commands on articles: ``show``, ``stats``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.columns import cells, pad, wrap
from reader.cli.session import Session, as_json, with_session
from reader.cli.whose import by_option, oneself_or

if TYPE_CHECKING:
    from reader.services.stats import Counts, Stats
    from reader.storage.library import Library


@click.command()
@click.argument("article")
@as_json
@with_session
def show(session: Session, article: str, as_json: bool) -> None:
    """Print ARTICLE with its marks in the margin.

    Each statement has its number and, left of it, the marks of highlights that begin in it.

    Below it, behind `>`, who said it, through whom, its relations to others, and evidence.

    Above it labels, and what each annotator says of the article as a whole. A mark is the tag's
    symbol; `·` a highlight without a tag, `"` a note, `⚑` a flag. The marks of all annotators are
    shown; where several have marked the article, it is told below the statement who gave which.
    With --json text, blocks, statements and highlights, with offsets in code points.
    """
    from reader.services import showing
    from reader.services.articles import name_of, resolve
    from reader.services.pieces import pieces

    with session.reading() as library:
        found = resolve(library, article)
        if as_json:
            output.document(showing.as_document(library, found))
            return
        version = showing.version_of(library, found)
        _print_head(name_of(found, version.text), found.metadata)
        _print_overall(library, found.uid)
        width = min(output.terminal_width() or 80, 80)
        day = found.metadata.published_at
        for block, stretches in pieces(library, version, day):
            output.line()
            for piece in stretches:
                _print_piece(piece, width, aside=block.role.value if not piece.statement else "")
        _print_orphans(library, found, width)


def _print_orphans(library: Library, article: Any, width: int) -> None:
    """Print the highlights whose words only an earlier version has."""
    from reader.domain.fates import SIGNS
    from reader.domain.highlight import Fate
    from reader.services.showing import left_behind, told_names

    names = told_names(library, article.uid)
    earlier = list(left_behind(library, article))
    if earlier:
        output.line()
        output.line(f"{SIGNS[Fate.ORPHANED]} in an earlier version only:")
    for version in earlier:
        for item in library.highlights.anchored(version.uid):
            whose = f"{names[item.highlight.annotator_uid]}: " if names else ""
            for row in wrap(whose + " ".join(item.anchor.exact.split()), max(8, width - 4)):
                output.line(f"    {row}")


def _print_head(name: str, metadata: Any) -> None:
    output.line(name)
    facts = (metadata.byline, metadata.outlet, metadata.published_at, metadata.url)
    if any(facts):
        output.line(" · ".join(fact for fact in facts if fact))


def _print_overall(library: Library, uid: str) -> None:
    """Print labels, and each annotator's verdict and note."""
    from reader.services.annotators import told_apart
    from reader.services.codebooks.tags import Tags
    from reader.services.showing import overall_lines

    labels, tags = library.overall.labels(uid), Tags(library)
    if labels:
        output.line(f"labels: {', '.join(labels)}")
    for annotator, who in told_apart(library.overall.annotators(uid)).items():
        overall = library.overall.get(uid, annotator)
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
    _print_facts(piece.facts, indent, width)


def _print_facts(facts: Sequence[tuple[str, str]], indent: str, width: int) -> None:
    """Print below a statement who said it, its relations, and the evidence for it."""
    for label, text in facts:
        for row in wrap(f"{label}: {' '.join(text.split())}", max(8, width - len(indent) - 2)):
            output.line(f"{indent}> {row}")


@click.command()
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1)
@click.option("--codebook", metavar="ID|FILE", help="Count the tags of this codebook.")
@by_option("work")
@as_json
@with_session
def stats(
    session: Session,
    articles: Sequence[str],
    codebook: str | None,
    by: Sequence[str],
    as_json: bool,
) -> None:
    """Count your tags, judged statements, and reading time.

    Of the ARTICLEs named, or of all. A statement counts as judged when a highlight of yours with a
    tag of the codebook overlaps it; those with tags of other codebooks only are told apart. Of
    suggestions it is told how many you took, in all articles.

    With --by it is the work of others, each for himself: how far a class has come. With --json that
    is a list.
    """
    from reader.services import stats as counting
    from reader.services.annotators import names_of
    from reader.services.articles import resolve

    with session.reading() as library:
        handles, names = library.annotators.handles(), names_of(library)
        whose = oneself_or(session, library, by) or [""]
        whose.sort(key=lambda uid: names.get(uid, ""))
        uids = [resolve(library, name).uid for name in articles] or None
        book = session.find_codebook(library, codebook)
        counted = [(uid, counting.stats(library, uid, book, uids)) for uid in whose]
    if as_json and by:
        output.document([{"annotator": handles[uid], **asdict(found)} for uid, found in counted])
    elif as_json:
        output.document(asdict(counted[0][1]))
    else:
        for uid, found in counted:
            if by:
                output.line(f"== {names[uid]}")
            _print_stats(found, of_another=bool(by))


def _print_stats(found: Stats, *, of_another: bool) -> None:
    """Print what was counted of the work of one annotator."""
    for entry in (*found.articles, found.total) if len(found.articles) != 1 else found.articles:
        _print_counts(entry, of_another=of_another)
    for rate in found.suggestions:
        output.line(
            f"in all articles, suggestions of {rate.detector}@{rate.version}: "
            f"{rate.rate_pct} % taken "
            f"({rate.accepted} accepted, {rate.edited} edited, {rate.dismissed} dismissed)"
        )


def _print_counts(entry: Counts, *, of_another: bool) -> None:
    """Print what was counted of an article, or of all."""
    output.line(entry.title)
    share = f" ({entry.coverage_pct} %)" if entry.coverage_pct is not None else ""
    others = entry.judged_otherwise
    apart = f"; {others} more with other codebooks only" if others else ""
    output.line(f"  judged {entry.judged} of {entry.statements} statements{share}{apart}")
    orphans = f", orphans {entry.orphans} beside them" if entry.orphans else ""
    output.line(
        f"  highlights {entry.highlights}, notes {entry.notes}, flags {entry.flags}{orphans}"
    )
    if entry.ms_spent or not of_another:  # it is known where one has read
        output.line(f"  time {_minutes(entry.ms_spent)} min")
    output.table([(f"  {tag.symbol}", tag.label, str(tag.count)) for tag in entry.tags])


def _minutes(ms: int) -> str:
    """Return a time in whole minutes; ``<1`` if there is some, but less than one."""
    return "<1" if 0 < ms < 60_000 else str(round(ms / 60_000))
