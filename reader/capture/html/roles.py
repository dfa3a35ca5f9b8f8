"""What each block is in its article: headline, standfirst, byline, captions and so on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from reader.capture.head_lines import says_by
from reader.capture.html.head import Head
from reader.capture.html.metadata import folded, same_words
from reader.capture.html.quality import is_wall
from reader.capture.html.walk import Found
from reader.capture.marks import is_boilerplate, is_credit, is_dateline
from reader.domain.text import Role

_OUTSIDE = frozenset(("nav", "footer", "aside", "form", "cookies", "comments", "related"))
_NOT_TEXT = frozenset((Role.CAPTION, Role.CREDIT, Role.BOILERPLATE))
_NEAR = 8
"""Blocks between headline and text, or after the text, in which captions are looked for."""
_LONGEST_STANDFIRST = 600


def article_blocks(
    blocks: Sequence[Found], taken: Collection[int], head: Head, title: str
) -> list[Found]:
    """Return the blocks of the article with their roles, in order.

    To those that were taken come the headline, what stands between it and the text (standfirst,
    byline, captions), and the captions in the text, which are not part of it for everyone.

    Args:
        blocks: All blocks of the page.
        taken: Indices of those that are the article's text.
        head: What the page says of itself.
        title: The article's title.
    """
    taken = {i for i in taken if not (blocks[i].zone == "paywall" and is_wall(blocks[i].words))}
    texts = [i for i in sorted(taken) if blocks[i].role is not Role.CAPTION]
    if not texts:
        return []
    headline = _headline(blocks, texts, title)
    first = texts[0] if headline is None else min(headline, texts[0])
    body = _first_paragraph(blocks, texts)
    description = head.meta("og:description", "description", "twitter:description")
    chosen: list[Found] = []
    for index in range(first, min(texts[-1] + _NEAR, len(blocks) - 1) + 1):
        block = blocks[index]
        if index == headline:
            chosen.append(replace(block, role=Role.HEADLINE, level=0))
        elif index in taken or _belongs(block, index, headline, body, description):
            before_text = headline is not None and headline < index < body
            chosen.append(_with_role(block, description if before_text else None))
    return list(_without_twins(chosen))


def page_blocks(blocks: Iterable[Found]) -> list[Found]:
    """Return all blocks of a page with their roles: what is around the text is boilerplate."""
    found, headline = [], False
    for block in blocks:
        if not headline and block.role is Role.SUBHEAD and block.level == 1 and not block.zone:
            headline = True
            block = replace(block, role=Role.HEADLINE, level=0)
        elif block.zone in _OUTSIDE or block.linked > 0.8 * len(block.words):
            block = replace(block, role=Role.BOILERPLATE, level=0)
        else:
            block = _with_role(block, None)
        found.append(block)
    return found


def _headline(blocks: Sequence[Found], texts: Sequence[int], title: str) -> int | None:
    """Return which block is the headline: one that says the title, best an h1 before the text."""
    limit = texts[0] + 3
    headings = [i for i in range(min(limit, len(blocks))) if blocks[i].role is Role.SUBHEAD]
    same = [i for i in headings if title and same_words(blocks[i].words, title)]
    firsts = [i for i in same if blocks[i].level == 1] or same
    firsts = firsts or [i for i in headings if blocks[i].level == 1 and not blocks[i].zone]
    if firsts:
        return firsts[-1] if firsts[-1] <= texts[0] else firsts[0]
    same = [i for i in range(min(limit, len(blocks))) if _says(blocks[i], title)]
    return same[-1] if same else None


def _says(block: Found, title: str) -> bool:
    return bool(title) and block.zone not in _OUTSIDE and folded(block.words) == folded(title)


def _first_paragraph(blocks: Sequence[Found], texts: Sequence[int]) -> int:
    """Return the index of the second paragraph of the text: what is before may be a standfirst."""
    bodies = [i for i in texts if blocks[i].role is Role.BODY]
    return bodies[1] if len(bodies) > 1 else texts[-1] + 1


def _belongs(block: Found, index: int, headline: int | None, body: int, description: str) -> bool:
    """Whether a block that was not taken is part of the article all the same."""
    if block.zone in _OUTSIDE or block.linked > 0.8 * len(block.words):
        return block.hint == "byline" and _is_byline(block) and index < body
    if block.role is Role.CAPTION or block.hint in ("caption", "credit"):
        return index >= (body - _NEAR * 2 if headline is None else headline)
    if headline is None or not headline < index < body:
        return False
    return _is_standfirst(block, description) or _is_byline(block)


def _is_byline(block: Found) -> bool:
    if len(block.words) > 120 or block.role is Role.SUBHEAD:
        return False
    return block.hint == "byline" or says_by(block.words)


def _is_standfirst(block: Found, description: str) -> bool:
    if len(block.words) > _LONGEST_STANDFIRST or block.role is Role.LIST_ITEM:
        return False
    if block.hint == "standfirst":
        return len(block.words) > 20
    return len(block.words) > 20 and folded(block.words) == folded(description)


def _with_role(block: Found, description: str | None) -> Found:
    """Return a block with the role that its words and its classes say.

    Args:
        block: The block.
        description: What the page says of the article, for a block between headline and text;
            None for others.
    """
    words = block.words
    if block.role is Role.CAPTION or block.hint == "caption":
        role = Role.CREDIT if block.hint == "credit" or is_credit(words) else Role.CAPTION
        return replace(block, role=role, level=0)
    if block.hint == "credit" and len(words) < 120:
        return replace(block, role=Role.CREDIT, level=0)
    if block.role is Role.BODY and (is_boilerplate(words) or block.zone in ("related", "aside")):
        return replace(block, role=Role.BOILERPLATE, level=0)
    if description is not None:
        if _is_byline(block):
            return replace(block, role=Role.CREDIT, level=0)
        if is_dateline(words) or (block.hint == "date" and len(words) < 80):
            return replace(block, role=Role.BOILERPLATE, level=0)
        if _is_standfirst(block, description):
            return replace(block, role=Role.STANDFIRST, level=0)
    if block.role is Role.BODY and is_credit(words):
        return replace(block, role=Role.CREDIT, level=0)
    return block


def _without_twins(blocks: Iterable[Found]) -> Iterator[Found]:
    """Yield blocks, each caption once: pages repeat them for the enlarged picture."""
    seen: set[str] = set()
    for block in blocks:
        if block.role in _NOT_TEXT:
            if block.words in seen:
                continue
            seen.add(block.words)
        yield block
