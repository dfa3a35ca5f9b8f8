"""The command ``overlap``: passages that stand in several articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.ledger.tables import check, print_csv, table_options
from reader.cli.session import Session, with_session
from reader.domain.text import per_cent

if TYPE_CHECKING:
    from reader.domain.comparing.shared_text import Passage
    from reader.services.ledger.overlap import Compared, Twin
    from reader.storage.library import Library

COLUMNS = (
    *("article_title", "article_outlet", "article_published", "start", "end", "text"),
    *("other_title", "other_outlet", "other_published", "other_start", "other_end", "other_text"),
    *("shared_words", "quotation", "share", "other_share", "earlier", "earlier_by"),
    *("article_id", "other_id"),
)
"""The columns of ``--csv``: a row for each passage."""


@click.command()
@click.argument("article", metavar="[ARTICLE]", required=False)
@click.option("--rebuild", is_flag=True, help="Make the index of passages anew first.")
@table_options
@with_session
def overlap(
    session: Session,
    article: str | None,
    rebuild: bool,
    as_json: bool,
    as_csv: bool,
    spreadsheet: bool,
) -> int:
    """List passages that stand in several articles.

    Word for word or nearly: of ARTICLE, or of all articles with one another. What two papers took
    from one agency is said once, however often it is printed: it corroborates nothing. A passage is
    at least twelve words that both have, ten of them in a row, or twenty in all, or a whole
    sentence of eight; capitals, quotation marks and line ends do not matter. A quotation that both
    have is told apart. Which of the two articles is the earlier one is said by when they were
    published, else by when they were captured.

    CSV has a row for each passage: offsets and text in both articles, how many words are shared,
    what share of each article's words stands in the other, 0 to 1.

    The exit status is 0 if there are some, 1 if there are none.
    """
    check(as_json=as_json, as_csv=as_csv, spreadsheet=spreadsheet)
    from reader.services.articles import resolve

    with session.reading() as library:
        uid = resolve(library, article).uid if article is not None else None
        _index(library, anew=rebuild)
        with output.Progress("pairs compared") as progress:
            found = _twins(library, uid, progress.of)
            if as_json:
                return 0 if _print_json(found) else 1
            if as_csv:
                rows = (row for twin in found for row in _rows(twin))
                return 0 if print_csv(COLUMNS, rows, spreadsheet=spreadsheet) else 1
            return 0 if _print(found, progress) else 1


def _index(library: Library, *, anew: bool) -> None:
    """Note what passages there are, and say on stderr how far that is if it takes long."""
    from reader.services.ledger.overlap import catch_up, rebuild

    work = rebuild if anew else catch_up
    with output.Progress("articles looked through") as progress:
        work(library, progress.of)
    if left := library.prints.behind():
        output.note(
            f"note: {output.counted(left, 'article')} left out: the library cannot be written."
        )


def _twins(
    library: Library, uid: str | None, progress: Callable[[int, int], None]
) -> Iterator[Twin]:
    from reader.services.ledger.overlap import Overlap, all_twins

    if uid is None:
        yield from all_twins(library, progress)
        return
    found = Overlap(library, uid)
    for start in range(0, len(found.candidates), _PAGE):
        yield from found.twins(library, start, start + _PAGE)
    if found.left_out:
        output.note(
            f"note: {output.counted(found.left_out, 'article')} that share less are left out."
        )


_PAGE = 20
"""Articles that are compared at a time."""


def _print_json(found: Iterator[Twin]) -> int:
    count = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for twin in found:
            count += 1
            yield _json(twin)

    output.documents(counted())
    return count


def _json(twin: Twin) -> dict[str, Any]:
    return {
        "article": _article_json(twin.this),
        "other": _article_json(twin.other),
        "earlier": twin.before.first,
        "earlier_by": twin.before.by,
        "shared_words": twin.shared.words_here,
        "quoted_words": twin.shared.quoted,
        "share": round(twin.share_here, 4),
        "other_share": round(twin.share_there, 4),
        "passages": [_passage_json(twin, passage) for passage in twin.shared.passages],
    }


def _article_json(article: Compared) -> dict[str, Any]:
    listed = article.listed
    return {
        "uid": listed.uid,
        "title": listed.name,
        "outlet": listed.outlet,
        "published_at": listed.published_at,
        "captured_at": listed.added_at,
        "version": listed.version_uid,
        "words": article.words,
    }


def _passage_json(twin: Twin, passage: Passage) -> dict[str, Any]:
    here, there = passage.here, passage.there
    return {
        "start": here.start,
        "end": here.end,
        "text": twin.this.text[here.start : here.end],
        "shared": [list(span) for span in passage.shared_here],
        "other_start": there.start,
        "other_end": there.end,
        "other_text": twin.other.text[there.start : there.end],
        "other_shared": [list(span) for span in passage.shared_there],
        "shared_words": passage.words,
        "quotation": passage.is_quotation,
    }


def _rows(twin: Twin) -> Iterator[tuple[Any, ...]]:
    this, other = twin.this.listed, twin.other.listed
    for passage in twin.shared.passages:
        here, there = passage.here, passage.there
        yield (
            *(this.name, this.outlet, this.published_at, here.start, here.end),
            twin.this.text[here.start : here.end],
            *(other.name, other.outlet, other.published_at, there.start, there.end),
            twin.other.text[there.start : there.end],
            *(passage.words, passage.is_quotation),
            *(round(twin.share_here, 4), round(twin.share_there, 4)),
            *(twin.before.first, twin.before.by, this.uid, other.uid),
        )


_EARLIER = {"this": "the first is earlier", "other": "the second is earlier", "same": "same time"}


def _print(found: Iterator[Twin], progress: output.Progress) -> int:
    count = 0
    for twin in found:
        count += 1
        progress.done()
        output.line(f"{_facts(twin.this)}  |  {_facts(twin.other)}")
        before = _EARLIER.get(twin.before.first or "", "which is earlier is not known")
        output.line(
            f"  {output.counted(twin.shared.words_here, 'word')}"
            f" ({per_cent(twin.share_here, 1)} % | {per_cent(twin.share_there, 1)} %);"
            f" {before} ({twin.before.by})"
        )
        for passage in twin.shared.passages:
            kind = "quoted" if passage.is_quotation else "copied"
            here, there = passage.here, passage.there
            text = " ".join(twin.this.text[here.start : here.end].split())
            other = " ".join(twin.other.text[there.start : there.end].split())
            output.line(
                f"  {kind} {here.start}-{here.end} | {there.start}-{there.end},"
                f" {output.counted(passage.words, 'word')}: {text}"
            )
            if other != text:  # perhaps in a number: that matters most
                output.line(f"    there: {other}")
    if not count:
        output.note("No passage stands in several articles.")
    return count


def _facts(article: Compared) -> str:
    listed = article.listed
    facts = (listed.outlet, (listed.published_at or "")[:10], listed.uid[:8])
    return f"{listed.name} ({' · '.join(filter(None, facts))})"
