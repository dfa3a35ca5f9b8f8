"""Regular expressions of a user's run in a child: it never hangs the caller."""

from __future__ import annotations

import asyncio
import time

import pytest

from reader.domain.errors import UsageError
from reader.services.searching import text_search as searching
from reader.services.searching.text_search import RegexSearch, Search

TEXT = "Aah, a café 漢字 👩‍👩‍👧 and a whale.\n" * 4_000


async def _all(search: Search) -> Search:
    await search.begin()
    for window in search.hits.unknown():
        await search.look(window)
    return search


async def test_it_finds_what_words_find() -> None:
    for words in ("whale", "漢字", "👩‍👩‍👧", "café"):
        plain, regex = Search(TEXT, words), RegexSearch(TEXT, words)
        await _all(plain)
        await _all(regex)
        assert list(regex.hits) == list(plain.hits)
        assert regex.hits.total == 4_000
        assert regex.hits.complete
        assert regex.between(0, 30) == plain.between(0, 30)
    text = TEXT[:100] + "\ud800 whale"  # as a damaged library might have it
    assert (await _all(RegexSearch(text, "whale"))).hits.total == 4


async def test_one_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    search = RegexSearch("a" * 60 + "!" + TEXT, "(a|aa)+$x")
    await search.begin()
    monkeypatch.setattr(searching, "ANSWER_S", 0.3)
    began = time.monotonic()
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    heart = asyncio.create_task(beat())
    for _ in range(2):  # the second time at once
        with pytest.raises(UsageError, match="takes too long"):
            await search.look(0)
    heart.cancel()
    assert time.monotonic() - began < 5  # it would take for ever
    assert beats > 5  # other things went on meanwhile
    assert search._child is None


async def test_bad_ones_are_told_and_stopping_in_between_is_mended() -> None:
    for query, place in (("wh(", "character 3"), ("[z-a]", "character 2")):
        with pytest.raises(UsageError, match=place):
            await RegexSearch(TEXT, query).begin()
    with pytest.raises(UsageError, match="longer than"):
        RegexSearch(TEXT, "x" * 2000)
    search = RegexSearch(TEXT, "w.ale")
    looking = asyncio.create_task(search.look(0))
    await asyncio.sleep(0)
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    await _all(search)
    assert search.hits.total == 4_000
    search.close()
    search.close()
