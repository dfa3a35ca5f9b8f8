"""JSON-LD: what a page says of its article for other programs, also where it is broken."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from reader.domain.records import dataclass

_ARTICLES = re.compile(
    r"(?:.*Article|BlogPosting|LiveBlogPosting|Report|Review|ClaimReview|SocialMediaPosting)\Z"
)
_PAGES = frozenset(("WebPage", "ItemPage", "CreativeWork", "VideoObject", "PodcastEpisode"))
_MOST_NODES = 5_000
_COMMA = re.compile(r",\s*+(?=[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMENT = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\s*\]\]>)\s*\Z")


@dataclass(frozen=True, slots=True)
class Structured:
    """What the structured data of a page say of its article; empty where they say nothing.

    Attributes:
        headline: The title.
        authors: Names.
        publisher: Name of who publishes.
        published: When, as it is written there.
        url: Address of the article or its page.
        language: Of the article.
        free: False if it says that the text is not free to read; None if it says nothing.
        words: How many words the article has, 0 if that is not said.
        body: The article's text, if it is there.
    """

    headline: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    free: bool | None = None
    words: int = 0
    body: str = ""


def read(scripts: list[str]) -> Structured:
    """Return what a page's scripts of JSON-LD say of the article.

    Args:
        scripts: Each as it stands in the page; one that cannot be read is left out.
    """
    nodes = [node for script in scripts for node in _nodes(_parsed(script))]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    article = next((n for n in nodes if _is_a(n, _ARTICLES.match) and _text(n, "headline")), None)
    article = article or next((n for n in nodes if _is_a(n, _ARTICLES.match)), None)
    article = article or next((n for n in nodes if _is_a(n, _PAGES.__contains__)), None)
    if article is None:
        return Structured()
    return Structured(
        headline=_text(article, "headline") or _text(article, "name"),
        authors=tuple(_names(article.get("author") or article.get("creator"), by_id)),
        publisher=next(_names(article.get("publisher"), by_id), ""),
        published=_text(article, "datePublished") or _text(article, "dateCreated"),
        url=_url(article),
        language=_language(article),
        free=_truth(article.get("isAccessibleForFree")),
        words=_number(article.get("wordCount")),
        body=_text(article, "articleBody"),
    )


def _parsed(script: str) -> Any:
    """Return what a script holds, mended where pages usually break it; None if that fails."""
    script = _COMMENT.sub("", script).strip().rstrip(";")
    for mend in (lambda text: text, _mended):
        try:
            return json.loads(mend(script), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mended(script: str) -> str:
    """Return JSON without commas that nothing follows, line ends in strings and references."""
    script = _COMMA.sub("", _CONTROL.sub(" ", script))
    if script.startswith("{") and re.search(r"}\s*{", script):
        script = "[" + re.sub(r"}\s*{", "},{", script) + "]"
    return html.unescape(script) if "&quot;" in script and '"' not in script else script


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object, outer ones first: of lists, graphs, and what is in other objects."""
    waiting, count = [value], 0
    while waiting and count < _MOST_NODES:
        item = waiting.pop(0)
        count += 1
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            yield item
            inner = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
            waiting += [item[name] for name in inner if isinstance(item.get(name), list | dict)]


def _is_a(node: dict[str, Any], fits: Any) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and fits(kind.rpartition("/")[2]) for kind in kinds)


def _text(node: dict[str, Any], name: str) -> str:
    value = node.get(name)
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if not isinstance(value, str):
        return ""
    return " ".join(html.unescape(value).split())


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Yield the names of people or organisations, however they are written."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = by_id.get(str(item.get("@id")), item) if "name" not in item else item
            name = _text(item, "name")
        else:
            name = " ".join(html.unescape(item).split()) if isinstance(item, str) else ""
        if name and "://" not in name:
            yield name


def _url(node: dict[str, Any]) -> str:
    page = node.get("mainEntityOfPage")
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url")
    found = [node.get("url"), page, node.get("@id")]
    return next((url for url in found if isinstance(url, str) and url.startswith("http")), "")


def _language(node: dict[str, Any]) -> str:
    value = node.get("inLanguage")
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    return value if isinstance(value, str) else ""


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    said = str(value).lower().rpartition("/")[2]
    return {"true": True, "false": False}.get(said)


def _number(value: Any) -> int:
    try:
        return max(0, int(value))
    except (TypeError, ValueError, OverflowError):
        return 0
