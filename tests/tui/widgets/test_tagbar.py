from __future__ import annotations

import pytest
from widget_harness import WidgetApp, widget_text

from reader.tui.widgets.inks import READABLE, contrast, ink, rgb
from reader.tui.widgets.tagbar import SET_SIGN, TagBar, TagItem

LABELS = [
    "corroborated", "plausible", "contested", "doubtful", "refuted", "unverified", "not checkable",
]  # fmt: skip
TAGS = [
    TagItem(key, symbol, label, "#56B4E9")
    for key, symbol, label in zip("1234560", "✓+⇄!✗?∅", LABELS, strict=True)
]


async def test_at_full_width_every_label_stands_in_one_line() -> None:
    bar = TagBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(120, 6)) as pilot:
        bar.show("Credibility", TAGS, frozenset("2"))
        await pilot.pause()
        assert bar.size.height == 1
        (line,) = widget_text(bar)
        assert all(label in line for label in LABELS)
        assert f"2{SET_SIGN}+ plausible" in line
        assert line.count(SET_SIGN) == 1
        assert "Credibility" not in line


async def test_at_80_columns_it_takes_two_lines_with_all_labels() -> None:
    bar = TagBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(80, 6)) as pilot:
        bar.show("Credibility", TAGS, frozenset())
        await pilot.pause()
        assert bar.size.height == 2
        assert all(label in "\n".join(widget_text(bar)) for label in LABELS)


async def test_labels_are_shortened_before_tags_are_lost() -> None:
    bar = TagBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(40, 6)) as pilot:
        bar.show("Credibility", TAGS, frozenset("6"))
        await pilot.pause()
        text = "\n".join(widget_text(bar))
        assert bar.size.height == 2
        assert all(tag.key + " " + tag.symbol in text for tag in TAGS if tag.key != "6")
        assert f"6{SET_SIGN}?" in text
        assert "…" in text


@pytest.mark.parametrize("width", [1, 5, 19, 20, 33, 60, 79, 100, 200])
async def test_it_never_overflows(width: int) -> None:
    bar = TagBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(width, 6)) as pilot:
        bar.show("Type of claim", TAGS, frozenset("12"), "1/2")
        await pilot.pause()
        assert bar.size.height <= 2
        rows = [bar.render_line(y) for y in range(bar.size.height)]
        assert {strip.cell_length for strip in rows} == {width}


async def test_the_facet_is_named_where_there_are_several() -> None:
    bar = TagBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(120, 6)) as pilot:
        bar.show("Type of claim", TAGS[:3], frozenset(), "1/2")
        await pilot.pause()
        assert widget_text(bar)[0].startswith(" Type of claim 1/2")


async def test_a_click_on_a_tag_says_its_key_and_beside_tags_nothing() -> None:
    bar = TagBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(80, 6)) as pilot:
        bar.show("Credibility", TAGS, frozenset())
        await pilot.pause()
        line = widget_text(bar)[0]
        await pilot.click(bar, offset=(line.index("contested") + 3, 0))
        await pilot.click(bar, offset=(1, 1))
        await pilot.click(bar, offset=(0, 0))
        await pilot.pause()
        assert [message.key for message in app.of(TagBar.Chosen)] == ["3", "5"]


async def test_hostile_labels_are_harmless() -> None:
    bar = TagBar()
    app = WidgetApp(bar)
    async with app.run_test(size=(80, 6)) as pilot:
        bar.show("x", [TagItem("1", "✓", "[/b]\x1b[31mred\u202e", "#56B4E9")], frozenset())
        await pilot.pause()
        (line,) = widget_text(bar)
        assert "[/b]" in line
        assert "\x1b" not in line
        assert "\u202e" not in line


@pytest.mark.parametrize("paper", ["#121417", "#fbfaf7"])
@pytest.mark.parametrize("color", ["#FFFFFF", "#F0E442", "#000000", "#56B4E9"])
def test_inks_can_be_seen(color: str, paper: str) -> None:
    assert contrast(rgb(ink(color, paper)), rgb(paper)) >= READABLE
