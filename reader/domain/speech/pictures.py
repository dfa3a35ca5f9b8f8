"""Blocks that look like the caption or the credit of a picture: for a person to say if they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.domain.records import dataclass
from reader.domain.text import STATEMENT_ROLES, Block, Role, Span

_LONGEST = 300
"""Code points of a caption at most; what is longer is no caption, whatever stands at its end."""
_LOOKS = STATEMENT_ROLES - {Role.HEADLINE}
"""Roles of blocks that are looked at."""
_PICTURE = r"(?:Photo(?:graph)?|Picture|Image|Illustration|Graphic|Video|Map)s?"
_NAME = r"[A-Z](?:\.|[\w'’-]*)(?: [A-Z](?:\.|[\w'’-]*)){0,3}"
_AGENCY = (
    r"(?:AP|AFP|Reuters|Getty|EPA|PA|Alamy|Shutterstock|Rex|Bloomberg|dpa|ANSA|Tass|TASS|Xinhua|"
    r"Magnum|Anadolu|Press Association|Associated Press)"
)
_REST = r"(?:(?![a-z]{2}\.\s)[^\n!?]){1,80}"
_CREDIT = re.compile(
    rf"(?:^|(?<=\s))\(?(?:{_PICTURE}(?: (?:credit|courtesy|by|of))*:\s?{_REST}|Credits?:\s?{_REST}|"
    rf"{_PICTURE} (?:by|courtesy of) {_NAME}(?:\s?/\s?[A-Z][\w &./-]{{1,40}})?|©\s?{_REST}|"
    rf"{_NAME}\s?/\s?{_AGENCY}(?: [A-Z]\w+)?(?:\s?/\s?[A-Z][\w &]{{1,30}})*)\)?\.?$"
)
_CAPTION = re.compile(
    rf"(?:(?:{_PICTURE} )?[Cc]aption|Pictured(?: (?:above|below|left|right))?):\s?\S"
)

_MAY_BE = re.compile(r"/|©|Credit|[Cc]aption|Pictured|" + _PICTURE)
"""What one of the patterns needs: most paragraphs have none of it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A block that looks like what stands below a picture.

    Attributes:
        span: The block.
        role: What it looks like: a caption or a credit.
        credit: Where the credit stands in it, or None.
        reason: In words, why.
    """

    span: Span
    role: Role
    credit: Span | None
    reason: str


def picture(text: str, block: Block) -> Picture | None:
    """Return what a block looks like, if it looks like the caption or the credit of a picture.

    Args:
        text: The text.
        block: The block. A line without a stop is often taken for a subhead.
    """
    if block.role not in _LOOKS or block.end - block.start > _LONGEST:
        return None
    span = Span(block.start, block.end)
    words = text[slice(*span)]
    if not _MAY_BE.search(words):
        return None
    found = _CREDIT.search(words)
    if found:
        credit = Span(block.start + found.start(), block.end)
        told = f"“{found[0]}”"
        if not words[: found.start()].strip():
            return Picture(span, Role.CREDIT, credit, f"looks like a credit line: {told}")
        return Picture(span, Role.CAPTION, credit, f"looks like a caption with its credit: {told}")
    begins = _CAPTION.match(words)
    if begins:
        return Picture(
            span, Role.CAPTION, None, f"looks like a caption: “{begins[0][:-1].strip()}”"
        )
    return None


def without_credits(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks as far as somebody may say something in them: an agency in a credit does not.

    Args:
        text: The text.
        blocks: Blocks. Boilerplate and credits are left out; of a caption its own credit is.
    """
    for block in blocks:
        if block.role in (Role.BOILERPLATE, Role.CREDIT):
            continue
        found = picture(text, block)
        if found is None or found.credit is None:
            yield block
        elif found.role is Role.CAPTION:
            end = block.start + len(text[block.start : found.credit.start].rstrip())
            yield Block(block.start, end, block.role, block.level)
