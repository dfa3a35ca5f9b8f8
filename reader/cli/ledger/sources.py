"""The command ``ledger``: who says what, one row for each source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.ledger.tables import check, print_csv, table_options
from reader.cli.session import Session, with_session
from reader.cli.whose import by_option, oneself_or
from reader.domain.text import per_cent

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook
    from reader.services.ledger.sources import Ledger, LedgerRow

COLUMNS = (
    *("source", "source_kind", "source_naming", "source_role", "source_affiliation"),
    *("statements", "origin", "passed_on", "direct", "partial", "indirect", "narrator"),
    *("unclear", "voice_not_given", "share_direct", "share_indirect", "tags", "said_judged"),
    *("codebook", "facet", "row", "source_id"),
)
"""The columns of ``--csv``: a row for each source."""


@click.command()
@click.argument("articles", metavar="[ARTICLE]…", nargs=-1)
@click.option("--codebook", metavar="ID|FILE", help="Whose tags are counted.")
@click.option("--facet", metavar="ID", help="Which of its facets; the first one otherwise.")
@by_option("statements")
@table_options
@with_session
def ledger(
    session: Session,
    articles: Sequence[str],
    codebook: str | None,
    facet: str | None,
    by: Sequence[str],
    as_json: bool,
    as_csv: bool,
    spreadsheet: bool,
) -> None:
    """Show who says what: one row for each source.

    Of the ARTICLEs, or of the whole library: how many statements (highlights) a source stands in
    the chain of, for how many it is the origin, how they are told, which tags they have, and for
    how many it is judged whether it was said. `direct` in the table includes what is partly so.
    Two rows may be of no source: where it is said that the origin is not known, and judged
    statements of which nobody has said yet who says them. They are your statements unless --by says
    whose.
    """
    check(as_json=as_json, as_csv=as_csv, spreadsheet=spreadsheet)
    from reader.services.articles import resolve
    from reader.services.ledger.sources import Scope, ledger_of

    with session.reading() as library:
        uids = tuple(resolve(library, name).uid for name in articles) or None
        book = session.find_codebook(library, codebook)
        scope = Scope(tuple(oneself_or(session, library, by)), articles=uids)
        found = ledger_of(library, scope, book, _facet(book, facet))
    if as_json:
        output.document(_json(found))
    elif as_csv:
        print_csv(COLUMNS, (_row(found, row) for row in found.rows), spreadsheet=spreadsheet)
    else:
        _print(found)


def _facet(book: Codebook, name: str | None) -> Any:
    from reader.domain.errors import UsageError

    if name is None:
        return next(iter(book.statement_facets), book.facets[0])
    found = book.facet(name)
    if found is None:
        known = ", ".join(facet.id for facet in book.facets)
        raise UsageError(f"The codebook {book.id} has no facet “{name}”.", f"It has {known}.")
    return found


def _json(found: Ledger) -> dict[str, Any]:
    return {
        "codebook": f"{found.codebook.id}@{found.codebook.version}",
        "facet": found.facet.id,
        "statements": found.statements,
        "with_source": found.attributed,
        "origins": found.namings,
        "anonymous_or_agentless": found.hidden,
        "judged_without_source": found.unsourced,
        "rows": [_row_json(row) for row in found.rows],
    }


def _row_json(row: LedgerRow) -> dict[str, Any]:
    source = row.source
    about = None
    if source is not None:
        names = ("uid", "name", "kind", "naming", "role", "affiliation")
        about = {name: getattr(source, name) for name in names}
    return {
        "row": row.kind,
        "source": about,
        "statements": len(row.statements),
        "origin": row.origin,
        "passed_on": row.passed_on if source is not None else 0,
        "voices": row.voices,
        "tags": [{"code": tag.code, "label": tag.label, "count": count} for tag, count in row.tags],
        "said_judged": row.judged,
    }


def _row(found: Ledger, row: LedgerRow) -> tuple[Any, ...]:
    source, count = row.source, len(row.statements)
    told = [row.voices.get(voice, 0) for voice in _VOICES]
    return (
        *((source.name, source.kind, source.naming, source.role, source.affiliation)
          if source is not None else (None,) * 5),
        *(count, row.origin, row.passed_on if source is not None else 0),
        *(*told, count - sum(told)),
        *(round(row.direct / count, 4), round(row.indirect / count, 4)),
        *(tuple((tag.code, str(number)) for tag, number in row.tags), row.judged),
        *(f"{found.codebook.id}@{found.codebook.version}", found.facet.id),
        *(row.kind, source.uid if source is not None else None),
    )  # fmt: skip


_VOICES = ("direct", "partial", "indirect", "narrator", "unclear")


def _print(found: Ledger) -> None:
    rows: list[tuple[str, ...]] = [
        ("source", "naming", "statements", "direct", "indirect", "said judged", "tags")
    ]
    for row in found.rows:
        count = len(row.statements)
        share = [f"{per_cent(part, count)} %" for part in (row.direct, row.indirect)]
        tags = " ".join(f"{tag.symbol}{count}" for tag, count in row.tags)
        naming = row.source.naming if row.source is not None else ""
        told = share if row.source is not None else ["", ""]
        rows.append((row.name, naming, str(len(row.statements)), *told, str(row.judged), tags))
    if found.rows:
        output.table(rows, right=(2, 3, 4, 5), shrink=0, width=output.terminal_width())
    statements = output.counted(found.statements, "statement")
    output.note(
        f"{statements}: {found.attributed} with a source, {found.hidden} anonymous or agentless,"
        f" {found.unsourced} judged without a source."
    )
