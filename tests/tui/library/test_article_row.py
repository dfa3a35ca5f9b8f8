"""A row of the list: titles are cut last."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from reader.tui.library.article_row import ArticleItem, Needs, RowStyles, cells
from reader.tui.widgets.counts import CountItem

TITLE = "Central bank holds rates as headline inflation falls to 2.9%"
STYLES = RowStyles(*[Style()] * 4, ink=lambda _: Style())


def _item(number: int, name: str, tags: int = 0) -> ArticleItem:
    counts = tuple(CountItem(sign, "#fff", 1) for sign in "✓+⇄!"[:tags])
    return ArticleItem(
        number, str(number), name, "The Specimen Review", "2024-05-16", "unread", 40, counts
    )


def _rows(items: list[ArticleItem], width: int) -> list[str]:
    needs = reduce(Needs.and_of, items, Needs())
    return [
        "".join(part.text for part in cells(
            item, width, STYLES, needs, current=False, marked=False, marks=False
        ))
        for item in items
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "bar"), [(140, "████░░░░░░"), (120, "██░░░")])
def test_a_title_is_whole_where_bar_and_outlet_can_give_way(width: int, bar: str) -> None:
    rows = _rows([_item(1, TITLE, tags=4), _item(2, "Short")], width)

    assert TITLE in rows[0]
    assert f"The Specimen Review 2024-05-16 {bar}" in rows[0]
    assert "✓1 +1 ⇄1 !1" in rows[0]
    assert rows[0].index(" 40 %") == rows[1].index(" 40 %") == rows[0].index("2024") + len(bar) + 12


def test_columns_that_nothing_stands_in_take_no_room() -> None:
    item = _item(1, TITLE)
    bare = ArticleItem(1, "1", TITLE, "", "", "unread", 0)

    assert TITLE in _rows([bare], 80)[0]
    assert "Central bank holds rates as headline inflation falls to 2…" in _rows([item], 80)[0]
    assert all(len(row) <= 45 for row in _rows([item, bare], 45))


def test_a_title_keeps_two_fifths_of_the_row_whatever_stands_behind_it() -> None:
    verdict = ("!", "#fff", "doubtful")
    judged = replace(
        _item(1, TITLE, tags=4), labels="accident, transport, city", verdicts=(verdict,)
    )
    short = replace(judged, name="Short")
    rows = _rows([judged, short], 80)

    assert TITLE[:31] in rows[0]
    assert "[accident…] ! " in rows[0]
    assert "[accident, transport, city]" in rows[1]
    assert "! doubtful" in rows[1]
    assert all(len(row) <= 80 for row in rows)


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("name", [TITLE, TITLE[:40], TITLE[:15]])
def test_a_label_is_whole_before_title_and_verdict_are(width: int, name: str) -> None:
    item = replace(_item(1, name, tags=4), labels="to check", verdicts=(("!", "#fff", "doubtful"),))
    (row,) = _rows([item], width)
    assert "[to check]" in row
    assert "! " in row
    (row,) = _rows([replace(item, labels="to check, " + ", ".join(["health"] * 300))], width)
    assert "[to check" in row
    assert "heal…" not in row
    assert cell_len(row) <= width


SIGNS = ("✓", "+", "⇄", "!", "✗", "?", "∅")
ITEMS = st.builds(
    ArticleItem,
    st.integers(1, 9_999),
    st.just("uid"),
    st.text("aé語 ", max_size=90),
    st.sampled_from(("", "The Specimen Review", "日本の新聞")),
    st.sampled_from(("", "2024", "2024-05-16")),
    st.just("unread"),
    st.integers(0, 100),
    st.lists(st.integers(0, 99_999), max_size=7).map(
        lambda counts: tuple(CountItem(SIGNS[at], "#fff", n) for at, n in enumerate(counts))
    ),
    labels=st.sampled_from(("", "desk", "accident, transport, city, politics, abroad")),
    verdicts=st.lists(st.just(("!", "#fff", "doubtful")), max_size=4).map(tuple),
)


@given(st.lists(ITEMS, min_size=1, max_size=4), st.integers(20, 220))
def test_no_row_is_wider_than_the_list(items: list[ArticleItem], width: int) -> None:
    assert all(cell_len(row) <= width for row in _rows(items, width))
