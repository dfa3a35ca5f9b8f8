"""Commands on the list of articles: ``list``, ``edit``, ``purge``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.errors import UsageError
from reader.domain.finding.article_query import ALL_STATUSES, ORDERS

if TYPE_CHECKING:
    from reader.domain.operation import Group
    from reader.services.library.listing import Entry
    from reader.services.library.purging import Belongings


@click.command("list")
@click.argument("words", metavar="[FILTER]…", nargs=-1)
@click.option(
    "--sort",
    type=click.Choice(list(ORDERS)),
    default="read",
    show_default=True,
    help="Order: last read first, newest first, title from A, and so on.",
)
@click.option("--reverse", is_flag=True, help="The other way round.")
@as_json
@with_session
def list_(session: Session, words: Sequence[str], sort: str, reverse: bool, as_json: bool) -> None:
    """List the articles.

    Number, status, title, outlet, date, how far you have read, your tags and verdict, its labels.

    A FILTER is a word in title, byline, outlet, address or a label, or status: outlet: byline: url:
    lang: tag: verdict: label: by: has: source: naming: voice: act: added: read: published: with
    a value; -FILTER is what does not fit, and `tag:a,b` either. Times are like 2026-11,
    '>2026-01-01', 2025..2026, 7d. What is archived is listed with status:archived, or
    status:any. Put -- before a FILTER that begins with a minus.
    """
    from reader.services.library import listing

    given = [text_option(word) or "" for word in words]
    with session.reading() as library:
        me = library.annotators.find(session.handle) or ""
        codebook = session.find_codebook(library)
        found = list(
            listing.entries(library, me, codebook, words=given, sort=sort, backwards=reverse)
        )
    if as_json:
        output.document([asdict(entry) for entry in found])
    elif found:
        output.table(
            [_row(entry) for entry in found],
            right=(0, 5),
            shrink=2,
            gives=(8, 3, 7, 6, 4, 1),
            width=output.terminal_width(),
        )
    else:
        output.note("No articles." if words else "No articles yet. Add one: reader add FILE")


def _row(entry: Entry) -> tuple[str, ...]:
    counts = " ".join(f"{tag.symbol}{tag.count}" for tag in entry.tags)
    return (
        str(entry.n),
        entry.status,
        entry.title,
        entry.outlet or "",
        (entry.published_at or "")[:10],
        f"{entry.progress_pct} %",
        counts,
        ", ".join(f"{each.symbol} {each.label}" for each in entry.verdicts),
        f"[{', '.join(entry.labels)}]" if entry.labels else "",
    )


@click.command()
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option("--byline", metavar="TEXT", help="Who wrote it.")
@click.option("--outlet", metavar="TEXT", help="Where it was published.")
@click.option("--published", metavar="DATE", help="When: YYYY, YYYY-MM, YYYY-MM-DD.")
@click.option("--url", metavar="URL", help="Where it can be found.")
@click.option("--lang", metavar="CODE", help="Its language, such as en.")
@click.option("--status", type=click.Choice(ALL_STATUSES), help="How far you are with it.")
@as_json
@with_session
def edit(
    session: Session,
    articles: Sequence[str],
    status: str | None,
    as_json: bool,
    **given: str | None,
) -> int:
    """Change what is known of ARTICLEs, or their status.

    An empty TEXT takes a detail away. `archived` puts them away: the list leaves them out. Several
    ARTICLEs are changed together, and `reader undo` (without an ARTICLE) takes that back.
    """
    from reader.services.articles import resolve
    from reader.services.library import changes

    details = {
        _FIELDS.get(name, name): text_option(value)
        for name, value in given.items()
        if value is not None
    }
    if not details and status is None:
        raise UsageError("There is nothing to change.", "See `reader edit --help`.")
    makes = [changes.details_change(details)] if details else []
    makes += [changes.status_change(status)] if status else []
    with session.library() as library:
        uids = list(dict.fromkeys(resolve(library, name).uid for name in articles))
        done = changes.perform(
            library,
            uids,
            lambda known, article: changes.joined(make(known, article) for make in makes),
            actor=session.me(library),
            kind="details" if details else "status",
            summary=", ".join([*details, *([status] if status else [])]),
        )
    _say_changed(done, uids, as_json=as_json)
    return 0


_FIELDS = {"published": "published_at", "lang": "language"}
"""Details that are called otherwise in the library than on the command line."""


def _say_changed(done: Group | None, uids: Sequence[str], *, as_json: bool) -> None:
    changed = len({change.uid for change in done.changes}) if done else 0
    if as_json:
        output.document({"changed": changed, "articles": uids})
    elif done:
        output.line(f"changed: {done.summary}")
        output.note("`reader undo` takes it back.")
    else:
        output.note("It was so already.")


@click.command()
@click.argument("article")
@click.option("--yes", is_flag=True, help="Delete it; without, only say what would go.")
@as_json
@with_session
def purge(session: Session, article: str, yes: bool, as_json: bool) -> None:
    """Delete ARTICLE for good, with all that was said of it.

    Its text, highlights, tags, notes and labels, of all annotators, and what the log says of them.
    A backup is made before, which still holds it, as older backups do. There is no undo: to put an
    article away, archive it with `reader edit ARTICLE --status archived`. A later import or merge
    leaves it out, and says so; `reader add` brings it back, empty, and an import then all the rest.
    """
    from reader.services.articles import name_of, resolve
    from reader.services.library import purging
    from reader.services.showing import version_of

    with session.library() as library:
        found = resolve(library, article)
        name = name_of(found, version_of(library, found).text)
        goes = purging.belongings(library, found.uid)
        parts = {**asdict(goes), "uid": found.uid, "title": name}
        if not yes:
            raise UsageError(
                f"{_what_goes(name, goes)} would be deleted for good. Nothing was.",
                "Say --yes to do it; `reader edit --status archived` only puts it away.",
            )
        kept = purging.purge(library, found.uid)
    if as_json:
        output.document({**parts, "backup": str(kept)})
    else:
        output.line(f"deleted: {_what_goes(name, goes)}")
        output.note(f"{kept} still holds it, as older backups do: delete them when you are sure.")


def _what_goes(name: str, goes: Belongings) -> str:
    """Return what goes with an article, in words."""
    counts = (
        (goes.versions, "version"),
        (goes.highlights, "highlight"),
        (goes.judgements, "tag"),
        (goes.notes, "note"),
        (goes.labels, "label"),
    )
    told = ", ".join(output.counted(count, what) for count, what in counts if count)
    return f"“{name}” with {told}"
