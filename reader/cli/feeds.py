"""The command that lists feeds and adds from them: ``feed``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.cli.added import Told
from reader.cli.capturing import page_options
from reader.cli.session import Session, as_json, with_session
from reader.domain.errors import Cancelled, UsageError

if TYPE_CHECKING:
    from reader.capture.sandbox import Sandbox
    from reader.services.capturing.duplicates import Choice
    from reader.services.capturing.feeds import Feed, Subscription, Subscriptions
    from reader.storage.library import Library


@click.command()
@click.argument("target", metavar="URL|FILE")
@click.option("--feed", "number", type=int, metavar="N",
              help="Of a list of feeds (OPML): the feed of that number.")  # fmt: skip
@click.option("--add", "numbers", metavar="N", multiple=True,
              help="Add these entries, such as 3 or 2-5; may be given again.")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Add all entries.")
@page_options
@as_json
@with_session
def feed(
    session: Session,
    target: str,
    number: int | None,
    numbers: tuple[str, ...],
    every: bool,
    whole_page: bool,
    choice: Choice | None,
    allow_private: bool,
    as_json: bool,
) -> int:
    """List a feed (RSS, Atom, OPML), and add articles from it.

    Number, date and title of each entry; `✓` stands before those that are in the library. With
    --add or --all the pages of the entries are fetched and added, as `reader add` does it.
    """
    from reader.capture.sandbox import Sandbox
    from reader.services.capturing import feeds
    from reader.services.capturing.taking import Order

    private = allow_private or session.settings.allow_private
    adds = bool(numbers) or every
    with Sandbox() as sandbox:
        found = feeds.read_list(target, sandbox, allow_private=private)
        if isinstance(found, feeds.Subscriptions) and number is None:
            _no_adding(adds)
            _tell_subscriptions(found, as_json)
            return 0
        if isinstance(found, feeds.Subscriptions):
            url = _feed_of(found, number or 0).url
            found = feeds.read_list(url, sandbox, allow_private=private)
        if isinstance(found, feeds.Subscriptions):
            raise UsageError(f"{target} lists lists of feeds.", "Name one of those.")
        if not adds:
            with session.reading() as library:
                _tell_feed(feeds.with_known(library, found), as_json)
            return 0
        order = Order((), None, None, whole_page, choice or "existing", private)
        with session.library() as library:
            return _add(
                library, session.me(library), found, (numbers, every), sandbox, order, as_json
            )


def _feed_of(found: Subscriptions, number: int) -> Subscription:
    """Return the feed of a number in a list of feeds.

    Raises:
        UsageError: There is none.
    """
    if not 1 <= number <= len(found.feeds):
        raise UsageError(f"There is no feed {number}.", f"There are {len(found.feeds):,}.")
    return found.feeds[number - 1]


def _no_adding(wanted: bool) -> None:
    if wanted:
        raise UsageError("A list of feeds has no articles.", "Name a feed of it: --feed N.")


def _add(
    library: Library,
    me: str,
    found: Feed,
    which: tuple[Sequence[str], bool],
    sandbox: Sandbox,
    order: Any,
    as_json: bool,
) -> int:
    """Fetch and add entries, and tell what came of each."""
    from reader.services.capturing.feeds import chosen
    from reader.services.capturing.taking import LibraryKeeper, take_all

    numbers, every = which
    count = len(found.entries)
    wanted = range(1, count + 1) if every else chosen(numbers, count)
    urls = dict.fromkeys(found.entries[number - 1].url for number in wanted)
    told = Told(library, me, as_json)
    told.several = len(urls) > 1
    try:
        keeper = LibraryKeeper(library, me)
        for outcome in take_all([url for url in urls if url], keeper, sandbox, order, told.of_work):
            told.of(outcome)
    except (KeyboardInterrupt, Cancelled):
        return told.interrupted()
    finally:
        told.progress.done()
    if "" in urls:
        output.note("note: some entries have no address, and were left out.")
    return told.end()


def _tell_feed(found: Feed, as_json: bool) -> None:
    if as_json:
        entries = [
            {
                "n": number,
                "title": entry.title,
                "url": entry.url or None,
                "published_at": entry.published_at or None,
                "byline": entry.byline or None,
                "summary": entry.summary or None,
                "uid": entry.uid,
            }
            for number, entry in enumerate(found.entries, 1)
        ]
        head = {"title": found.title or None, "url": found.url or None}
        output.document({"feed": head, "entries": entries})
        return
    if found.title:
        output.note(found.title)
    rows = [
        (str(number), "✓" if entry.uid else "", entry.published_at[:10], entry.title)
        for number, entry in enumerate(found.entries, 1)
    ]
    output.table(rows, right=(0,), shrink=3, width=output.terminal_width())
    if not rows:
        output.note("The feed has no entries at the moment.")


def _tell_subscriptions(found: Subscriptions, as_json: bool) -> None:
    if as_json:
        feeds = [
            {"n": number, "title": item.title, "url": item.url, "folder": item.folder or None}
            for number, item in enumerate(found.feeds, 1)
        ]
        output.document({"title": found.title or None, "feeds": feeds})
        return
    if found.title:
        output.note(found.title)
    rows = [
        (str(number), item.folder, item.title, item.url)
        for number, item in enumerate(found.feeds, 1)
    ]
    output.table(rows, right=(0,), shrink=3, width=output.terminal_width())
