"""Which of a page's blocks are the article: trafilatura says so; the words stay the page's own.

Before each block's text in the tree stands a mark of letters that no page has. The marks that are
still there in what trafilatura takes out say which blocks it took. So its choice is used, while
text, order and structure are those of the page: it normalises and drops more than one can see.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from reader.capture.html.metadata import Guess
from reader.capture.html.walk import Found
from reader.domain.text import Role

_ALPHABETS = (0x2800, 0x10000, 0x1D300)
"""First of the signs that marks are written in: Braille, Linear B, Tai Xuan Jing symbols."""
_DIGITS = 64
_LENGTH = 3  # signs of a number: 64 ** 3 blocks
_LONG_PARAGRAPH = 60
"""Code points of a paragraph that is not left out between two that are taken."""


def select(root: Any, blocks: Sequence[Found], url: str | None) -> tuple[set[int], Guess]:
    """Return the indices of the blocks that are the article, and what else was made of the page.

    The tree is used up.

    Args:
        root: The page's tree, in which the blocks have their places.
        blocks: The blocks, in order.
        url: Where the page is, or None.
    """
    logging.disable(logging.CRITICAL)  # this process only parses; nobody reads what it logs
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    text = "".join(block.words for block in blocks)
    first = next((a for a in _ALPHABETS if not _has(text, a)), None)
    if first is None:
        return set(), Guess()
    found = extract_metadata(root, default_url=url, date_config={"extensive_search": False})
    guess = Guess(found.author or "", found.sitename or "", found.date or "")
    for index, block in enumerate(blocks):
        _mark(block, _number(index, first))
    document = bare_extraction(
        root, url=url, favor_precision=True, include_comments=False, include_tables=True
    )
    body = getattr(document, "body", None)
    words = "".join(body.itertext()) if body is not None else ""
    return _with_gaps_filled(_numbers(words, first), blocks), guess


def _has(text: str, first: int) -> bool:
    return bool(re.search(f"[{chr(first)}-{chr(first + _DIGITS - 1)}]", text))


def _number(index: int, first: int) -> str:
    digits = (index // _DIGITS**place % _DIGITS for place in reversed(range(_LENGTH)))
    return "".join(chr(first + digit) for digit in digits)


def _numbers(words: str, first: int) -> set[int]:
    sign = f"[{chr(first)}-{chr(first + _DIGITS - 1)}]"
    found = set()
    for match in re.finditer(sign + "{3}", words):
        high, middle, low = (ord(letter) - first for letter in match[0])
        found.add((high * _DIGITS + middle) * _DIGITS + low)
    return found


def _mark(block: Found, mark: str) -> None:
    """Write a mark before a block's text in the tree."""
    if block.place is None:
        return
    element = block.place.element
    if block.place.tail:
        element.tail = mark + (element.tail or "")
    else:
        element.text = mark + (element.text or "")


def _with_gaps_filled(taken: set[int], blocks: Sequence[Found]) -> set[int]:
    """Return the blocks with those that are left out between neighbours of the same kind.

    A paragraph, quotation or item that stands in the same element as one that was taken before it
    and one after it is the article's as well, unless it is short or a link.
    """
    order = sorted(taken)
    filled = {index for index in taken if not _is_label(blocks[index])}
    for before, after in pairwise(order):
        parents = {blocks[before].parent, blocks[after].parent}
        for index in range(before + 1, after):
            block = blocks[index]
            if block.zone or block.linked > 0.5 * len(block.words):
                continue
            long = len(block.words) >= _LONG_PARAGRAPH and block.tag in ("p", "div", "blockquote")
            near = block.parent in parents or block.role is Role.QUOTE
            if near and (long or _is_structure(block, after - before)):
                filled.add(index)
    return filled


def _is_label(block: Found) -> bool:
    """Whether a block is a short link that no paragraph, item or heading is made for."""
    short = len(block.words) < _LONG_PARAGRAPH and block.role is Role.BODY
    return short and block.tag not in ("p", "li", "tr") and block.linked > 0.8 * len(block.words)


def _is_structure(block: Found, distance: int) -> bool:
    """Whether a block is a heading, a quotation or an item, with little else left out around it."""
    return distance < 12 and (block.role in (Role.SUBHEAD, Role.QUOTE) or block.tag == "tr")
