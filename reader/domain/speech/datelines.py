"""Where the first sentence of an article begins behind its dateline: “LONDON, May 3 — The …”.

Place, day and agency are nobody's words, and nobody who speaks. What stands there must look like
nothing else: a place in capitals, or one with a day or an agency beside it, then a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.domain.text import Block

_LONGEST = 160
"""Code points of a dateline at most, with a byline above it."""
_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_MONTH = (
    r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ust|tember|ober|ember)?\.?"
)
_DAY = (
    rf"(?:,? {_MONTH} \d{{1,2}}(?:, \d{{4}})?|,? \d{{1,2}}\.? {_MONTH}(?: \d{{4}})?"
    r"|, (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_AGENCY = r" ?\([^()\n]{2,40}\)"
_AREA = rf"(?:, (?!{_MONTH} \d)(?:{_UPPER}[\w.]*)(?: {_UPPER}[\w.]*)?)?"
_CAPITALS = rf"{_UPPER}{{2,}}\.?(?:[ /\-’']{_UPPER}+\.?){{0,3}}"
_MIXED = rf"{_UPPER}[\w’'.\-]+(?: {_UPPER}[\w’'.\-]+){{0,2}}"
_DASH = r"(?: ?— ?| ?-- ?| [–\-_|] )"
_DATELINE = re.compile(
    rf"(?:By [^\n]{{2,60}}\n)?(?:{_CAPITALS}{_AREA}{_DAY}?(?:{_AGENCY})?"
    rf"|{_MIXED}{_AREA}(?:{_DAY}(?:{_AGENCY})?|{_AGENCY})|\({_UPPER}[^()\n]{{1,40}}\))"
    rf"{_DASH}(?=[“\"‘'«]?(?:{_UPPER}|\d))"
)


def behind_dateline(text: str, block: Block) -> int:
    """Return where a block begins behind its dateline; its own beginning where it has none."""
    end = min(block.end, block.start + _LONGEST)
    found = _DATELINE.match(text, block.start, end)
    return found.end() if found else block.start


def without_datelines(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks without their datelines.

    Args:
        text: The text.
        blocks: Blocks, whole or in part.
    """
    for block in blocks:
        start = behind_dateline(text, block)
        yield block if start == block.start else Block(start, block.end, block.role, block.level)
