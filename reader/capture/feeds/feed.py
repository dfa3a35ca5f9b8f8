"""RSS and Atom: the entries of a feed. Runs in the child process."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from reader.capture.source import Report, Source
from reader.capture.tags import strip_tags
from reader.domain.errors import InputError
from reader.domain.text import canonical

MOST_ENTRIES = 5_000
"""Entries that are listed; the newest come first in nearly every feed."""
_LONGEST_SUMMARY = 1_000


def extract(source: Source, report: Report) -> dict[str, Any]:
    """Return a feed's title and entries: ``{"title", "url", "entries": [{"title", "url", …}]}``.

    Raises:
        InputError: It lists nothing that could be read.
    """
    import feedparser

    headers = {"content-location": source.url or ""}
    if source.charset:
        headers["content-type"] = f"application/xml; charset={source.charset}"
    # A stream: given a string, the parser would take it for the name of a file or an address.
    try:
        found = feedparser.parse(
            io.BytesIO(source.raw), response_headers=headers, sanitize_html=False
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(source.name) from error
    entries = list(_entries(found.entries[:MOST_ENTRIES], source.url or ""))
    if not entries and (found.bozo or not found.version):
        raise _damaged(source.name)
    return {
        "title": _line(found.feed.get("title")),
        "url": _line(found.feed.get("link")),
        "entries": entries,
    }


def _damaged(name: str) -> InputError:
    return InputError(
        f"{name} is no feed that can be read: it is damaged.",
        "Open its address in a browser to see what is there.",
    )


def _entries(entries: Iterable[Any], base: str) -> Iterable[dict[str, str]]:
    for entry in entries:
        url = _address(entry, base)
        title = _line(entry.get("title")) or _line(entry.get("summary"))[:120]
        if url or title:
            yield {
                "title": title,
                "url": url,
                "published_at": _time(entry),
                "byline": _line(entry.get("author")),
                "summary": _line(entry.get("summary"))[:_LONGEST_SUMMARY],
            }


def _address(entry: Any, base: str) -> str:
    """Return where an entry's article is; empty if there is no web address."""
    links = [link.get("href", "") for link in entry.get("links", []) if _is_page(link)]
    for href in (*links, entry.get("link", ""), entry.get("id", "")):
        url = urljoin(base, str(href).strip()) if href else ""
        if url != base and url.startswith(("http://", "https://")):
            return canonical(url)
    return ""


def _is_page(link: Any) -> bool:
    return link.get("rel", "alternate") == "alternate" and "html" in link.get("type", "html")


def _time(entry: Any) -> str:
    """Return when an entry was published, in UTC; empty if that is not said."""
    parts = entry.get("published_parsed") or entry.get("updated_parsed")
    if not parts:
        return ""
    year, month, day, hour, minute, second = parts[:6]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def _line(words: Any) -> str:
    """Return words in one line, without tags."""
    if not isinstance(words, str):
        return ""
    return canonical(" ".join(" ".join(strip_tags(words[:20_000])).split()))[:2_000]
