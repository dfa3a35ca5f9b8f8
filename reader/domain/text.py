"""Canonical text, spans, blocks: what every offset of the program points into.

Offsets are Unicode code points (indices of a Python ``str``), 0-based, end-exclusive.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reader.domain.late import Late, LatePattern
from reader.domain.records import dataclass

if TYPE_CHECKING:
    import hashlib
else:
    hashlib = Late("hashlib")

REPLACEMENT = "\ufffd"
"""What stands for a control character in canonical text."""

_CONTROLS = LatePattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Span(NamedTuple):
    """A stretch of canonical text, end-exclusive, in code points."""

    start: int
    end: int

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Whether the two share at least one character."""
        return self.start < other[1] and other[0] < self.end


class Role(StrEnum):
    """What a block is in its article."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    SUBHEAD = "subhead"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    CAPTION = "caption"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"


STATEMENT_ROLES = frozenset(
    {Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.LIST_ITEM}
)
"""Roles whose sentences the cursor moves by."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like part of a version; blocks are disjoint, in order, with white space between.

    Attributes:
        start: First code point.
        end: One past the last code point.
        role: What the block is.
        level: Depth: of a subhead 1-6, of a list item or quote from 1. For body text 0, or 1 for a
            line that follows its predecessor without an empty row (verse, code).
    """

    start: int
    end: int
    role: Role
    level: int = 0


def canonical(text: str) -> str:
    """Return the canonical form of decoded text: the form that offsets point into.

    Leading byte order marks go, CRLF and CR become LF, and control characters other than LF and
    TAB become U+FFFD one for one, so that offsets never shift. Lone surrogates, which no file can
    hold, become U+FFFD as well. Nothing else changes. The function is idempotent.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cleaned: str = _CONTROLS.sub(REPLACEMENT, text)
    return cleaned


def text_sha256(text: str) -> str:
    """Return the hex SHA-256 of the text's UTF-8 form, which identifies a version."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
