"""Front matter: the lines ``key: value`` between ``---`` at the top of a Markdown file."""

from __future__ import annotations

import re

from reader.domain.article import Metadata

_LONGEST = 200  # lines
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_ -]{0,40}?)[ \t]*:(?:[ \t]+(.*))?")
_FIELDS = {
    "title": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "outlet": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "site": "outlet",
    "url": "url",
    "source": "url",
    "link": "url",
    "date": "published_at",
    "published": "published_at",
    "published_at": "published_at",
    "lang": "language",
    "language": "language",
}


def split(source: str) -> tuple[Metadata, str]:
    """Return what the front matter says and the source without it.

    Only simple lines are read, others are passed over. A source that begins with a rule, or whose
    front matter is not closed, has none.
    """
    if not source.startswith("---"):
        return Metadata(), source
    lines = source.split("\n", _LONGEST)
    stops = [i for i in range(1, min(len(lines), _LONGEST)) if lines[i].rstrip() in ("---", "...")]
    if lines[0].rstrip() != "---" or not stops:
        return Metadata(), source
    matches = [_LINE.fullmatch(line.rstrip()) for line in lines[1 : stops[0]]]
    if not any(matches):
        return Metadata(), source
    fields: dict[str, str] = {}
    for match in filter(None, matches):
        field = _FIELDS.get(match.group(1).lower())
        value = _value(match.group(2) or "")
        if field and value and _fits(field, value):
            fields.setdefault(field, value)
    return Metadata(**fields), "\n".join(lines[stops[0] + 1 :])


def _value(raw: str) -> str:
    """Return a value without its quotes or list brackets."""
    value = raw.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(part.strip().strip("\"'") for part in value[1:-1].split(","))
    return "" if value in ("|", ">", "null", "~") else value


def _fits(field: str, value: str) -> bool:
    return field != "url" or value.startswith(("http://", "https://"))
