"""Filter, order and density: right after any changes, whenever they come."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reader import assets
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight, Judgement, judgement_uid
from reader.services.articles import Opened, open_article
from reader.services.capturing.adding import add_file
from reader.services.reading.density import PARTS, Density
from reader.services.reading.entry_view import ORDERS, EntryView, Order, order_key
from reader.services.reading.highlight_filter import highlight_filter
from reader.services.reading.session import Session
from reader.storage.library import Library

BOOK = assets.load_builtin("credibility-7")
FACET = BOOK.facets[0]
TEXT = "\n\n".join(f"Statement {n} says\nthat word{n % 7} is so." for n in range(400))


@cache
def opened() -> Opened:
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.txt")
        file.write_text(TEXT, "utf-8")
        with Library(Path(folder, "l.db")) as library:
            ana = library.annotator("ana")
            return open_article(library, add_file(library, file, ana).article.uid, ana)


def session() -> Session:
    return Session(opened(), "ana", BOOK)


def highlight(rng: random.Random, number: int) -> Highlight:
    start = rng.randrange(len(TEXT) - 60)
    uid = f"h{number:05}"
    codes = rng.sample([tag.code for tag in FACET.tags], rng.randrange(2))
    judgements = tuple(
        Judgement(
            judgement_uid(uid, BOOK.id, FACET.id, None), BOOK.id, BOOK.version, FACET.id, code,
            confidence=rng.choice([None, "low", "high"]),
        )
        for code in codes
    )  # fmt: skip
    at = f"2024-01-01T00:00:{rng.randrange(60):02}.000Z"
    return Highlight(
        uid, "v", "ana", start, start + rng.randrange(1, 60), updated_at=at,
        note=rng.choice([None, "noted word3"]), flag=rng.random() < 0.3, judgements=judgements,
    )  # fmt: skip


QUERIES: dict[str, Callable[[Session, Highlight], bool]] = {
    "": lambda s, h: True,
    "tag:doubt": lambda s, h: any(j.code == "doubtful" for j in h.judgements),
    "-tag:": lambda s, h: not h.judgements,
    "word3 -has:note": lambda s, h: "word3" in TEXT[h.start : h.end] and not h.note,
    '"says that"': lambda s, h: "says\nthat" in TEXT[h.start : h.end],
    "incomplete:evidence flag:yes": lambda s, h: "evidence" in s.missing(h) and h.flag,
    "by:an confidence:low,high": lambda s, h: any(j.confidence for j in h.judgements),
    "by:ben": lambda s, h: False,
}


@pytest.mark.parametrize(
    ("query", "order"),
    [(query, ORDERS[(n + m) % len(ORDERS)]) for m, query in enumerate(QUERIES) for n in (0, 1)],
)
def test_the_list_is_what_sorting_all_of_it_gives(query: str, order: Order) -> None:
    rng = random.Random(f"{query}{order.id}")
    s = session()
    known = s.annotations
    known.load([highlight(rng, number) for number in range(1500)])
    key = order_key(order, BOOK.id, FACET)
    view = EntryView(known, highlight_filter(s, query, {"ana": "Ana"}), order, BOOK.id, FACET)
    known.watchers.append(view)
    density = Density(known, len(TEXT))
    known.watchers.append(density)
    numbers = iter(range(2000, 99999))

    def check() -> None:
        while view.work_for(0.01):
            pass
        wanted = sorted((h for h in known.index if QUERIES[query](s, h)), key=key)
        assert [item.uid for item in view] == [item.uid for item in wanted]
        for place in (0, len(wanted) // 2, len(wanted) - 1):
            if 0 <= place < len(wanted):
                assert view.position(wanted[place].uid) == place
        columns = density.columns(40, BOOK.id, FACET)
        assert sum(column.count for column in columns) == len(known.index)
        assert [column.count for column in columns] == _columns(list(known.index), 40)

    def change() -> None:
        old = rng.choice(list(known.index))
        put = rng.choice(
            [None, replace(highlight(rng, 0), uid=old.uid), highlight(rng, next(numbers))]
        )
        known.put(put.uid if put else old.uid, put)

    change()
    view.work_for(0)  # one slice only
    change()
    check()
    for _ in range(30):
        change()
    check()
    known.put_all({h.uid: replace(highlight(rng, 0), uid=h.uid) for h in list(known.index)[:600]})
    change()
    assert all(known.index.get(item.uid) is item for item in view)  # nothing that is gone
    check()
    some = list(known.index)[:600]
    view.work_for(0)
    steps = known.put_in_steps({h.uid: replace(highlight(rng, 0), uid=h.uid) for h in some})
    for _ in steps:
        view.work_for(0)
    assert all(known.index.get(item.uid) is item for item in view)
    check()
    known.put_all({h.uid: None for h in known.index})
    check()
    assert len(view) == 0


def _columns(items: list[Highlight], width: int) -> list[int]:
    counts = [0] * width
    for item in items:
        counts[item.start * PARTS // len(TEXT) * width // PARTS] += 1
    return counts


def test_a_column_has_the_colour_of_the_tag_that_is_given_most() -> None:
    s = session()
    density = Density(s.annotations, len(TEXT))
    s.annotations.watchers.append(density)

    def put(number: int, code: str | None) -> None:
        judgement = Judgement(f"j{number}", BOOK.id, BOOK.version, FACET.id, code or "")
        item = Highlight(
            f"h{number}", "v", "ana", number, 9, judgements=(judgement,) if code else ()
        )
        s.annotations.put(item.uid, item)

    colors = {tag.code: tag.color for tag in FACET.tags}
    put(1, None)
    assert density.columns(44, BOOK.id, FACET)[0].color is None
    put(2, "doubtful")
    put(3, "refuted")
    put(4, "refuted")
    assert density.columns(44, BOOK.id, FACET)[0].color == colors["refuted"]
    put(3, "doubtful")
    assert density.columns(44, BOOK.id, FACET)[0].color == colors["doubtful"]
    assert density.columns(44, "other", FACET)[0].color is None
    assert density.columns(44, BOOK.id, FACET)[0].count == 4
    for width in (1, 7, 44, 60, 200):
        for column in range(width):
            assert density.column_at(density.offset_at(column, width) + 1, width) in (
                column,
                column + 1,
            )


def test_unknown_words_are_refused() -> None:
    with pytest.raises(UsageError, match="no field “note:”"):
        highlight_filter(session(), "note:x", {})
    with pytest.raises(UsageError, match="“has:eyes” means nothing"):
        highlight_filter(session(), "has:eyes", {})
    with pytest.raises(UsageError, match="“naming:secret” means nothing"):
        highlight_filter(session(), "naming:secret", {})
