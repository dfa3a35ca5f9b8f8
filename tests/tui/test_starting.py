"""What the start leaves out of Textual's work, and that nothing is missing then."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastRack

from tests.tui.reading_harness import article, reading


async def test_widgets_are_styled_and_laid_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: Counter[Any] = Counter()
    asked: list[Widget] = []
    apply, refresh = Stylesheet.apply, Widget.refresh

    def counted(sheet: Stylesheet, node: Any, **how: Any) -> None:
        styled[node] += 1
        apply(sheet, node, **how)

    def noted(widget: Widget, *regions: Any, layout: bool = False, **how: Any) -> Widget:
        asked.extend([widget] * layout)
        return refresh(widget, *regions, layout=layout, **how)

    monkeypatch.setattr(Stylesheet, "apply", counted)
    monkeypatch.setattr(Widget, "refresh", noted)
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        screen = reader.screen
        widgets = [widget for widget in screen.walk_children() if widget is not screen.pane]
        assert {styled[widget] for widget in widgets} == {1}
        assert styled[screen.pane] == 2, "when it is mounted, and when it gets the focus"
        rack = screen.query_one(ToastRack)
        assert asked.count(rack) == 1, "when it is mounted"

        rules = {widget: widget._css_styles.get_rules() for widget in widgets}
        screen.update_node_styles(animate=False)
        await reader.rest()
        assert {widget: widget._css_styles.get_rules() for widget in widgets} == rules

        assert not rack.display
        screen.say("Said.")
        await reader.rest()
        assert rack.display
        assert len(screen.query(Toast)) == 1
        reader.app.clear_notifications()
        await reader.rest()
        assert not screen.query(Toast)
        assert not rack.display
