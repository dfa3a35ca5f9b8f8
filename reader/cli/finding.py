"""Commands that find things again across the library: ``search``, ``highlights``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.errors import UsageError

if TYPE_CHECKING:
    from reader.domain.finding.found import Hit
    from reader.services.codebooks.tags import Tags
    from reader.services.finding.search import Found, FoundArticle
    from reader.storage.article_list import ListedArticle
    from reader.storage.library import Library
    from reader.storage.search.highlights import ListedHighlight


@click.command()
@click.argument("words", metavar="[QUERY]…", nargs=-1)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), default=50, show_default=True,
    help="The best N articles; 0 is all.",
)  # fmt: skip
@click.option("--rebuild", is_flag=True, help="Make the index of all words anew first.")
@as_json
@with_session
def search(session: Session, words: Sequence[str], limit: int, rebuild: bool, as_json: bool) -> int:
    """Search texts, titles, notes, tags and all else you have.

    The whole library is searched: titles, bylines, texts, quotations, notes, reasons, tags, labels,
    the sources of statements, and evidence.

    An article is found if all words of the QUERY stand in it, wherever: in the text, in a note, in
    the name of a tag. Case, accents and English endings do not matter. "two words" is a phrase,
    word* the beginning of a word, -word what must not be there (put -- before a QUERY that begins
    with it), and filters are those of `reader list`: outlet:wire tag:doubtful added:7d. Words in
    scripts without spaces are found wherever they stand.

    The best articles come first, each with the places in it: what it is (text, quote, note, reason,
    tag, label, source, evidence, title, byline), the offsets, the words.

    The exit status is 0 if something was found, 1 if nothing was.
    """
    query = " ".join(_one_argument(text_option(word) or "") for word in words)
    if not query.strip() and not rebuild:
        raise UsageError("There is nothing to search for.", "See `reader search --help`.")
    with session.reading() as library:
        _index(library, anew=rebuild)
        if not query.strip():
            return 0
        found, told = _found(session, library, query, limit)
        from reader.services.codebooks.tags import Tags

        shown = list(told)
        if as_json:
            output.document(_document(query, found, shown))
        else:
            _print(found, shown, Tags(library))
    return 0 if found.articles else 1


def _one_argument(word: str) -> str:
    """Return an argument as the query has it: the shell has taken the quotation marks of a phrase.

    `reader search "two words"` means the phrase; what has a mark or a field in it is a query.
    """
    is_phrase = " " in word.strip() and '"' not in word and ":" not in word
    if not is_phrase:
        return word
    return f'-"{word[1:]}"' if word.startswith("-") else f'"{word}"'


def _index(library: Library, *, anew: bool) -> None:
    """Bring the index up to date, and say on stderr how far that is if it takes long."""
    from reader.services.finding.search import catch_up, rebuild

    work = rebuild if anew else catch_up
    with output.Progress("indexed") as progress:
        work(library, progress.of)
    if left := library.search.index.behind():
        output.note(f"note: {left:,} new or changed left out: the index cannot be written now.")


def _found(
    session: Session, library: Library, query: str, limit: int
) -> tuple[Found, list[FoundArticle]]:
    from reader.services.finding.query import read_query
    from reader.services.finding.search import find, pages

    me = library.annotators.find(session.handle) or ""
    found = find(library, read_query(query), me)
    told = pages(library, found, me)
    if not limit:
        return found, list(told)
    return found, [item for item, _ in zip(told, range(limit), strict=False)]


def _document(query: str, found: Found, shown: Sequence[FoundArticle]) -> dict[str, Any]:
    return {
        "query": query,
        "articles_found": len(found.articles),
        "capped": found.capped,
        "not_indexed": found.behind,
        "articles": [_article(item) for item in shown],
    }


def _article(item: FoundArticle) -> dict[str, Any]:
    row = item.article
    return {
        "uid": row.uid,
        "title": row.name,
        "outlet": row.outlet,
        "published_at": row.published_at,
        "url": row.url,
        "status": row.status,
        "version": row.version_uid,
        "hits_found": item.found.total,
        "hits": [_hit(hit) for hit in item.found.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    in_text = hit.kind in ("text", "quote")
    return {
        "kind": hit.kind,
        "version": hit.version_uid,
        "start": hit.start if in_text or hit.highlight_uid else None,
        "end": hit.end if in_text or hit.highlight_uid else None,
        "excerpt": hit.excerpt,
        "marks": [list(mark) for mark in hit.marks],
        "highlight": hit.highlight_uid,
        "tags": _tags_json(hit.tags),
    }


def _tags_json(tags: Iterable[tuple[str, int, str, str]]) -> list[dict[str, Any]]:
    names = ("codebook", "version", "facet", "code")
    return [dict(zip(names, tag, strict=True)) for tag in tags]


def _facts(article: ListedArticle) -> str:
    facts = (article.outlet, (article.published_at or "")[:10], article.uid[:8])
    return " · ".join(filter(None, facts))


def _print(found: Found, shown: Sequence[FoundArticle], tags: Tags) -> None:
    if not shown:
        output.note("Nothing was found.")
    for item in shown:
        row = item.article
        output.line(f"{row.name}  ({_facts(row)})")
        for hit in item.found.hits:
            place = f" {hit.start}-{hit.end}" if hit.kind in ("text", "quote") else ""
            given = "".join(f" {tags.name(*tag)}" for tag in hit.tags)
            output.line(f"  {hit.kind}{place}{given}: {hit.excerpt}")
        more = item.found.total - len(item.found.hits)
        if more > 0:
            output.line(f"  … and {output.counted(more, 'place')} more")
    left = len(found.articles) - len(shown)
    if left > 0:
        many = "many more" if found.capped else f"{left:,} more"
        output.note(f"{many}; --limit 0 lists them all.")


@click.command()
@click.argument("words", metavar="[FILTER]…", nargs=-1)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), default=0, help="Only the first N."
)
@as_json
@with_session
def highlights(session: Session, words: Sequence[str], limit: int, as_json: bool) -> int:
    """List the highlights of one tag, label or filter.

    In all articles, the newest first, with their offsets, tags and notes.

    A FILTER is a word in quotation, note or reason, or tag: by: has: flag: confidence: fate:
    source: naming: voice: act: with a value, or what the articles are asked, as for `reader
    list`: label: outlet: status: added: and so on. `tag:a,b` is either, -FILTER is what does
    not fit (put -- before one that begins with a minus). The highlights are yours unless it
    says by:NAME, or by:any.

    The exit status is 0 if there are some, 1 if there are none.
    """
    from reader.services.codebooks.tags import Tags
    from reader.services.finding import highlights as listing

    text = " ".join(_one_argument(text_option(word) or "") for word in words)
    with session.reading() as library:
        _index(library, anew=False)
        me = library.annotators.find(session.handle) or ""
        ids = listing.find_highlights(library, text, me)
        found = listing.listed(library, ids[: limit or None])
        if as_json:
            output.documents(_highlights_json(library, found))
        else:
            _print_highlights(library, found, Tags(library), me)
    if not ids and not as_json:
        output.note("No highlights.")
    return 0 if ids else 1


def _by_article(
    library: Library, found: Iterable[ListedHighlight]
) -> Iterator[tuple[ListedArticle, ListedHighlight]]:
    """Yield highlights with their articles, each of which is read once."""
    article: ListedArticle | None = None
    for item in found:
        if article is None or article.id != item.article_id:
            (article,) = library.lists.rows([item.article_id], "")
        yield article, item


def _highlights_json(
    library: Library, found: Iterable[ListedHighlight]
) -> Iterator[dict[str, Any]]:
    for article, item in _by_article(library, found):
        yield {
            "uid": item.uid,
            "article": {"uid": article.uid, "title": article.name, "outlet": article.outlet},
            "version": item.version_uid,
            "fate": item.fate,
            "start": item.start,
            "end": item.end,
            "text": item.exact,
            "note": item.note,
            "flag": item.flag,
            "annotator": item.annotator,
            "updated_at": item.updated_at,
            "tags": _tags_json(item.tags),
        }


def _print_highlights(
    library: Library, found: Iterable[ListedHighlight], tags: Tags, me: str
) -> None:
    """Print highlights below their articles, with whose they are where they are another's."""
    from reader.domain.fates import told
    from reader.services.annotators import names_of

    last, names = None, names_of(library)
    for article, item in _by_article(library, found):
        if article.id != last:
            output.line(f"{article.name}  ({_facts(article)})")
        last = article.id
        given = ", ".join(tags.name(*tag) for tag in item.tags) or "–"
        words = " ".join(item.exact.split())
        note = f"  — {' '.join(item.note.split())}" if item.note else ""
        whose = "" if item.annotator_uid == me else f" ({names[item.annotator_uid]})"
        output.line(f"  {item.start}-{item.end} {told(item.fate)}{given}{whose}: {words}{note}")
