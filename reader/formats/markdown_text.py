"""Text that cannot act as Markdown or HTML, whatever is in it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_ACTIVE = re.compile(
    r"[\\`*_\[\]{~|$<]"
    r"|&(?=#?\w+;)"  # an entity
    r"|:(?=[^\s\d])|(?<=\D):(?=\d)"  # a scheme, the name of an emoji
    r"|(?<=\bwww)\.|(?<=\w)@(?=\w)"  # an address without one
    r"|=(?==)",  # highlighted, in some dialects
    re.IGNORECASE,
)
_AT_START = re.compile(r"([#>+=:-]|\d{1,9}[.)])")  # heading, quotation, list, underline, definition
_ADDRESS = re.compile(r"(?<!\w)https?://[^\s<>\"“”„‘’«»\[\]{}|`\\^…]+", re.IGNORECASE)
_ENTITY = re.compile(r"&#?\w+;")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}  # a backslash is no help in HTML


def inline(text: str) -> str:
    """Return a piece of a line that renders as just these characters, unless the line begins so.

    It holds for CommonMark, for GitHub's dialect (tables, links without brackets, formulas) and for
    what other dialects add to these. What has no meaning where it stands is left as it is, so that
    the text reads well as it is.
    """
    return _ACTIVE.sub(_without_meaning, text)


def linked(text: str) -> str:
    """Return the same as `inline`, with the web addresses in it as links that show themselves.

    What could end a link is part of none, or stands in it percent-encoded; an address that was cut
    or that Markdown would read as another one (an entity is in it) is left as text.
    """
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        end = found.start() + len(_without_tail(found[0]))
        link = address(text[found.start() : end])
        if link is None or text[found.end() : found.end() + 1] == "…" or _ENTITY.search(link):
            continue
        parts += [inline(text[at : found.start()]), f"<{link}>"]
        at = end
    return "".join([*parts, inline(text[at:])])


def _without_tail(url: str) -> str:
    """Return an address without the signs behind it that belong to the sentence around it."""
    while url[-1] in ".,;:!?'*_~" or (url[-1] == ")" and url.count(")") > url.count("(")):
        url = url[:-1]
    return url


def _without_meaning(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or f"\\{found[0]}"


def at_start(line: str) -> str:
    """Return a line made of `inline` text so that it begins no block, without space around it."""
    line = line.strip()
    found = _AT_START.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line


def escaped(line: str) -> str:
    """Return one line that renders as just these characters, wherever it stands."""
    return at_start(inline(line))


def address(url: str | None) -> str | None:
    """Return a web address that can stand between ``<`` and ``>``, or None if it is none."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        hostname = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not hostname:
        return None
    return quote(url.strip(), safe="%/:?#@!$&'()*+,;=-._~[]")
