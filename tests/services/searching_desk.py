"""Three articles to be searched, and what is found in them."""

from __future__ import annotations

from reader.services.finding.query import read_query
from reader.services.finding.search import catch_up, find, pages
from tests.services.exchange_desk import Desk

STORM = (
    "Storm closes the bridge\n\nThe mayor said the crossing was safe. A witness saw cracks.\n\n"
    "Nobody was hurt in the Café Ångström."
)
BANK = "Rates stay\n\nThe central bank of the state holds rates. No bank in the state is central."
TOKYO = "東京大学は新しい研究を発表した。\n\nプレスリリース"


def found(desk: Desk, text: str, *, typing: bool = False) -> dict[str, list[tuple[str, str]]]:
    """Kind and marked words of all hits, by the article's name."""
    catch_up(desk.library)
    items = pages(
        desk.library, find(desk.library, read_query(text, typing=typing), desk.me), desk.me
    )
    return {
        item.article.name: [
            (hit.kind, "|".join(hit.excerpt[slice(*mark)] for mark in hit.marks))
            for hit in item.found.hits
        ]
        for item in items
    }


def is_right(desk: Desk) -> None:
    """Assert that the index is what the library holds, and whole."""
    catch_up(desk.library)
    assert list(desk.library.search.index.differences()) == []
    for table in ("search_text", "search_words"):
        check = f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"
        desk.library.connection.execute(check)
