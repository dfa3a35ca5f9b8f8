"""Text that cannot act as Markdown or HTML, whatever is in it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_ACTIVE = re.compile(
    r"\A(?:[#>+=:-]|\d{1,9}[.)])"  # a heading, quotation, list, underline, definition
    r"|[\\`*_\[\]~|$<]"
    r"|&(?=#?\w+;)"  # an entity
    r"|:(?=[^\s\d])|(?<=\D):(?=\d)"  # a scheme, the name of an emoji
    r"|(?<=\bwww)\.|(?<=\w)@(?=\w)"  # an address without one
    r"|=(?==)",  # highlighted, in some dialects
    re.IGNORECASE,
)
_ENTITIES = {"<": "&lt;", "&": "&amp;"}  # a backslash is no help in HTML


def escaped(line: str) -> str:
    """Return one line that renders as just these characters, wherever it stands.

    It holds for CommonMark, for GitHub's dialect (tables, links without brackets, formulas) and for
    what other dialects add to these. What has no meaning where it stands is left as it is, so that
    the line reads well as plain text.
    """
    return _ACTIVE.sub(_without_meaning, line.strip())


def _without_meaning(found: re.Match[str]) -> str:
    sign = found[0]
    return _ENTITIES.get(sign) or f"{sign[:-1]}\\{sign[-1]}"


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
