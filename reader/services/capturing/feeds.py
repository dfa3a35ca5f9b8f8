"""Feeds: what they list, what of it is in the library, and which of it is to be added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reader.capture.capture import read_file
from reader.capture.kinds import FEED, LISTS, kind_of
from reader.capture.sandbox import Sandbox
from reader.capture.source import Report, Source, quiet
from reader.domain.errors import InputError, UsageError
from reader.domain.records import dataclass
from reader.services.articles import at_address
from reader.services.capturing import pages
from reader.services.launch import is_address
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed lists.

    Attributes:
        title: Its title.
        url: Where it is; empty if the feed does not say.
        published_at: When it was published, UTC, ISO 8601; empty if the feed does not say.
        byline: Who wrote it; may be empty.
        summary: What the feed says of it; may be empty.
        uid: Of the article, if it is in the library.
    """

    title: str
    url: str
    published_at: str = ""
    byline: str = ""
    summary: str = ""
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries, in its own order."""

    title: str
    url: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that somebody follows, with the folder that it is in."""

    title: str
    url: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The feeds that somebody follows."""

    title: str
    feeds: tuple[Subscription, ...]


def read_list(
    target: str, sandbox: Sandbox, *, allow_private: bool = False, report: Report = quiet
) -> Feed | Subscriptions:
    """Return what a feed, or a list of feeds, lists.

    Args:
        target: A file or web address.
        sandbox: Where it is parsed.
        allow_private: Whether machines of private networks may be asked.
        report: Told of progress.

    Raises:
        InputError: It cannot be read, or is neither.
        NetworkError: It cannot be fetched.
        Cancelled: The sandbox was cancelled.
    """
    if is_address(target):
        page = pages.fetch(target, sandbox, allow_private=allow_private, report=report)
        source = Source(page.raw, target, page.url, page.charset)
    else:
        source = Source(read_file(target), target)
    return list_of(source, sandbox, report)


def list_of(source: Source, sandbox: Sandbox, report: Report = quiet) -> Feed | Subscriptions:
    """Return what the bytes of a feed, or of a list of feeds, list.

    Raises:
        InputError: They cannot be read, or are neither.
        Cancelled: The sandbox was cancelled.
    """
    try:
        kind = kind_of(source.raw, source.name) if source.raw.strip() else ""
    except InputError as error:
        hint = error.hint or "Name a feed (RSS or Atom), or a list of feeds (OPML)."
        raise InputError(f"{source.name} cannot be read: {error.message}.", hint) from error
    if kind not in LISTS:
        raise InputError(
            f"{source.name} is no feed (RSS or Atom), nor a list of feeds (OPML).",
            "`reader add` adds it, if it is an article.",
        )
    found = sandbox.listing(kind, source, report)
    return _feed(found) if kind == FEED else _subscriptions(found)


def _feed(found: dict[str, Any]) -> Feed:
    entries = tuple(
        Entry(**{key: str(value) for key, value in e.items()}) for e in found["entries"]
    )
    return Feed(str(found["title"]), str(found["url"]), entries)


def _subscriptions(found: dict[str, Any]) -> Subscriptions:
    feeds = tuple(Subscription(str(f["title"]), str(f["url"]), str(f["folder"]))
                  for f in found["feeds"])  # fmt: skip
    return Subscriptions(str(found["title"]), feeds)


def with_known(library: Library, feed: Feed) -> Feed:
    """Return a feed whose entries say which of them are in the library."""
    return replace(feed, entries=tuple(_with_known(library, entry) for entry in feed.entries))


def _with_known(library: Library, entry: Entry) -> Entry:
    there = at_address(library, entry.url) if entry.url else []
    return replace(entry, uid=there[0].uid) if there else entry


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) < 9


def chosen(numbers: Iterable[str], count: int) -> list[int]:
    """Return which entries are meant by numbers and ranges, from 1, such as ``2,5-7``.

    Raises:
        UsageError: It is no number, or there are not so many.
    """
    found: dict[int, None] = {}
    for words in numbers:
        for part in filter(None, words.replace(",", " ").split()):
            first, dash, last = part.partition("-")
            if not _is_number(first) or (dash and not _is_number(last)):
                raise UsageError(
                    f"{part} is no number of an entry.", "Such as --add 3 or --add 2-5."
                )
            low, high = int(first), int(last if dash else first)
            if not 1 <= low <= high <= count:
                raise UsageError(f"There is no entry {part}.", f"There are {count:,}, from 1.")
            found.update(dict.fromkeys(range(low, high + 1)))
    return list(found)
