"""OPML: the feeds that somebody follows, as feed readers export them. Runs in the child process."""

from __future__ import annotations

from typing import Any

from lxml import etree

from reader.capture.source import Report, Source
from reader.domain.errors import InputError
from reader.domain.text import canonical

MOST_FEEDS = 10_000
"""Feeds that are listed."""


def extract(source: Source, report: Report) -> dict[str, Any]:
    """Return the feeds: ``{"title", "feeds": [{"title", "url", "folder"}]}``.

    Entities are not resolved, and nothing else is read or fetched.

    Raises:
        InputError: It is damaged, or lists no feeds.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(source.raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    feeds = [] if root is None else list(_feeds(root))[:MOST_FEEDS]
    if not feeds:
        raise InputError(f"{source.name} lists no feeds.", "Is it the file that was exported?")
    return {"title": _line(root.findtext("head/title")), "feeds": feeds}


def _feeds(root: Any) -> Any:
    for outline in root.iter("outline"):
        url = _line(outline.get("xmlUrl"))
        if url.startswith(("http://", "https://")):
            above = outline.getparent()
            folder = above.get("title") or above.get("text") if above is not None else ""
            title = _line(outline.get("title")) or _line(outline.get("text")) or url
            yield {"title": title, "url": url, "folder": _line(folder)}


def _line(words: Any) -> str:
    return canonical(" ".join(str(words or "").split()))[:2_000]
