"""The command ``debt``: judgements that lack what their codebook wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.ledger.tables import check, print_csv, table_options
from reader.cli.session import Session, with_session
from reader.cli.whose import by_option, oneself_or
from reader.domain.codebook import wanted_in_words

if TYPE_CHECKING:
    from reader.services.ledger.debt import Debt

COLUMNS = (
    *("since", "wants", "tag", "tag_label", "text", "note"),
    *("article_title", "article_outlet", "start", "end", "annotator"),
    *("codebook", "codebook_version", "facet", "article_id", "highlight_id"),
)
"""The columns of ``--csv``: a row for each judgement."""


@click.command()
@click.option(
    "--wants", type=click.Choice(["note", "evidence", "relation", "source"]),
    help="Only what lacks this.",
)  # fmt: skip
@by_option("judgements")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), default=0, help="Only the first N."
)
@table_options
@with_session
def debt(
    session: Session,
    wants: str | None,
    by: Sequence[str],
    limit: int,
    as_json: bool,
    as_csv: bool,
    spreadsheet: bool,
) -> int:
    """List judgements that lack what the codebook wants.

    A tag may want a note, evidence, a relation or a source. The judgement is saved without it, and
    listed here until it has it: of all articles, the oldest first. A reason is as good as a note.
    They are yours unless --by says whose.

    The exit status is 0 if nothing is lacking, 1 if something is.
    """
    check(as_json=as_json, as_csv=as_csv, spreadsheet=spreadsheet)
    from reader.services.ledger.debt import debts, pages

    with session.reading() as library:
        found = debts(library, oneself_or(session, library, by))
        ids = found.lacking(wants)[: limit or None]
        rows = pages(library, ids)
        if as_json:
            output.documents(_json(item) for item in rows)
        elif as_csv:
            print_csv(COLUMNS, map(_row, rows), spreadsheet=spreadsheet)
        else:
            _print(rows)
            output.note(
                f"{output.counted(len(ids), 'judgement')} incomplete."
                if ids
                else "Nothing is lacking."
            )
    return 1 if ids else 0


def _json(item: Debt) -> dict[str, Any]:
    judged, highlight = item.judged, item.judged.highlight
    names = ("codebook", "version", "facet", "code")
    return {
        "uid": judged.uid,
        "since": judged.since,
        "wants": list(judged.wants),
        "tag": dict(zip(names, highlight.tags[0], strict=True)),
        "highlight": highlight.uid,
        "article": {"uid": item.article.uid, "title": item.article.name},
        "version": highlight.version_uid,
        "start": highlight.start,
        "end": highlight.end,
        "text": highlight.exact,
        "note": highlight.note,
        "annotator": highlight.annotator,
    }


def _row(item: Debt) -> Sequence[Any]:
    judged, highlight = item.judged, item.judged.highlight
    codebook, version, facet, code = highlight.tags[0]
    label = item.tag.label if item.tag else None
    wants = tuple(tuple(want.split(":")) for want in judged.wants)
    return (
        *(judged.since, wants, code, label, highlight.exact, highlight.note),
        *(item.article.name, item.article.outlet, highlight.start, highlight.end),
        *(highlight.annotator, codebook, version, facet, item.article.uid, highlight.uid),
    )


def _print(rows: Iterator[Debt]) -> None:
    for item in rows:
        judged, highlight = item.judged, item.judged.highlight
        tag = f"{item.tag.symbol} {item.tag.label}" if item.tag else highlight.tags[0][3]
        words = " ".join(highlight.exact.split())
        wanted = wanted_in_words(judged.wants, " and ")
        output.line(
            f"{judged.since[:10]}  wants {wanted}  {tag}: {words}"
            f"  ({item.article.name} · {item.article.uid[:8]} · {highlight.start}-{highlight.end})"
        )
