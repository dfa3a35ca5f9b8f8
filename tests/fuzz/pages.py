"""Any page: its article is part of it, or it is refused in words; spoilt feeds as well."""

from __future__ import annotations

import random

from reader.capture.feeds import feed
from reader.capture.html.page import extract
from reader.capture.source import Source, quiet
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError
from reader.domain.text import canonical
from tests.fuzz import desk
from tests.pages.feeds import atom, rss
from tests.pages.fragments import FRAGMENTS
from tests.pages.pages import pages
from tests.pages.stories import BRIDGE, WELLS


def run(seed: int) -> str:
    """Read a page that was put together or spoilt by chance; now and then a feed.

    Raises:
        AssertionError: Something was wrong.
    """
    chance = random.Random(f"page {seed}")
    if chance.random() < 0.1:
        return _feed(chance)
    raw = _page(chance)
    try:
        article, whole = (_read(raw, whole=whole) for whole in (False, True))
    except InputError as error:
        desk.see_words(error)
        return "refused"
    there = " ".join(_words(whole))
    missing = [words for words in _words(article) if words not in there]
    assert not missing, f"not in the page: {missing[:2]}"
    return f"{article.details.quality}, {len(article.blocks)} blocks"


def _page(chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        pieces = (chance.choice(FRAGMENTS) for _ in range(chance.randrange(60)))
        return b"<html><body>" + "".join(pieces).encode("utf-8", "surrogatepass")
    return _spoilt(chance.choice(list(pages())).raw, chance)


def _spoilt(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, left out, or put in."""
    data = bytearray(raw)
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(data) + 1)
        way = chance.randrange(3)
        if way == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            del data[at : at + chance.randrange(1, 60)]
        else:
            data[at:at] = chance.choice(FRAGMENTS).encode("utf-8", "surrogatepass")
    return bytes(data)


def _read(raw: bytes, *, whole: bool) -> ArticleDraft:
    draft = extract(Source(raw, "the page", whole=whole), quiet)
    assert canonical(draft.text) == draft.text
    assert draft.blocks.fits(len(draft.text))
    assert all(words.strip() for words in _words(draft))
    return draft


def _words(draft: ArticleDraft) -> list[str]:
    return [draft.text[block.start : block.end] for block in draft.blocks]


def _feed(chance: random.Random) -> str:
    make = chance.choice((rss, atom))
    raw = _spoilt(make([(BRIDGE, "/bridge"), (WELLS, "https://example.org/w")]).encode(), chance)
    try:
        found = feed.extract(Source(raw, "the feed", "https://example.org/feed"), quiet)
    except InputError as error:
        desk.see_words(error)
        return "feed refused"
    for entry in found["entries"]:
        assert all(canonical(value) == value and "\n" not in value for value in entry.values())
        assert not entry["url"] or entry["url"].startswith(("http://", "https://"))
    return "feed"
