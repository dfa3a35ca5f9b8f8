"""What the start leaves out of Textual's work, and that nothing is missing then."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.css.stylesheet import Stylesheet
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastRack

from reader.domain.errors import CodebookError
from reader.services.capturing import adding
from reader.services.launch import Launch
from reader.services.reading.beginning import begin
from reader.services.settings.file import parse
from reader.storage.articles import Place
from reader.storage.library import Library
from reader.tui import start
from reader.tui.app import ReaderApp
from reader.tui.reading import later
from reader.tui.saving.database import Database
from reader.tui.suggesting import showing
from tests.tui.reading_harness import Reader, article, key_event, reading


async def test_widgets_are_styled_laid_out_and_painted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: Counter[Any] = Counter()
    asked: list[Widget] = []
    painted: list[object] = []
    apply, refresh, render = Stylesheet.apply, Widget.refresh, Compositor.render_update

    def counted(sheet: Stylesheet, node: Any, **how: Any) -> None:
        styled[node] += 1
        apply(sheet, node, **how)

    def noted(widget: Widget, *regions: Any, layout: bool = False, **how: Any) -> Widget:
        asked.extend([widget] * layout)
        return refresh(widget, *regions, layout=layout, **how)

    def seen(compositor: Compositor, **how: Any) -> Any:
        update = render(compositor, **how)
        painted.extend([update] * (update is not None))
        return update

    monkeypatch.setattr(Stylesheet, "apply", counted)
    monkeypatch.setattr(Widget, "refresh", noted)
    monkeypatch.setattr(Compositor, "render_update", seen)
    async with reading(tmp_path / "l.db", article(tmp_path)) as reader:
        screen = reader.screen
        widgets = [widget for widget in screen.walk_children() if widget is not screen.pane]
        assert {styled[widget] for widget in widgets} == {1}
        assert styled[screen.pane] == 2, "when it is mounted, and when it gets the focus"
        rack = screen.query_one(ToastRack)
        assert asked.count(rack) == 1, "when it is mounted"
        assert [type(update) for update in painted] == [LayoutUpdate]

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


async def test_a_book_is_read_when_its_first_page_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(later, "SETTLE_SECONDS", 60.0)
    monkeypatch.setattr(showing, "SLICE_SECONDS", 60.0)  # what is suggested asks for all of it
    words = "\n\n".join(f"This is paragraph {number}. “Who knows?”" for number in range(15_000))
    path = article(tmp_path, words)
    with Library(tmp_path / "l.db") as library:
        me = library.annotator("ana")
        uid = adding.add_file(library, path, me).article.uid
        middle = words.index("This is paragraph 7000.")
        library.articles.keep_place(uid, me, Place(offset=middle))
    database = Database(tmp_path / "l.db")
    try:
        beginning = await database.run(
            lambda library: begin(library, "ana", "credibility-7", [str(path)], later=database.now)
        )
        assert beginning.session is not None
        app = ReaderApp(database, beginning)
        async with app.run_test(size=(120, 40)) as pilot:
            it = Reader(pilot, database)
            document = it.screen.session.document

            def here() -> str:
                return words[slice(*it.screen.cursor)] if it.screen.cursor else ""

            await it.until(lambda: it.screen.in_background)
            assert here() == "This is paragraph 7000."
            assert "This is paragraph 7003." in it.text
            app.post_message(key_event("j"))
            await it.until(lambda: here() == "“Who knows?”")
            app.post_message(key_event("2"))
            await it.until(lambda: "+ 1" in it.text)
            assert not document.is_read
            app.post_message(key_event("G"))
            await it.until(lambda: "This is paragraph 14999." in it.text)
            assert document.text == words
        app.finish()
    finally:
        await asyncio.to_thread(database.close)
    with Library(tmp_path / "l.db") as library:
        (found,) = library.highlights.anchored(beginning.session.opened.version.uid)
        assert found.anchor.exact == "“Who knows?”"


def test_a_codebook_of_the_settings_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    settings = parse('width = 80\ncodebook = "credibility"\n', config)
    launch = Launch(tmp_path / "l.db", "ana", settings.codebook, (), None, settings)
    with pytest.raises(CodebookError) as told:
        start.run(launch)
    assert told.value.message.startswith(f"{config}:2: codebook: There is no codebook credibility")
    with pytest.raises(CodebookError) as told:
        start.run(Launch(tmp_path / "l.db", "ana", "stanec", (), None, settings))
    assert told.value.message.startswith("There is no codebook stanec; did you mean stance?")
