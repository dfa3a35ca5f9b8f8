"""What is changed in the app stays: the settings file afterwards, and the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.services.settings.fields import Settings, load_settings
from reader.tui.look import keeping
from tests.tui.reading_harness import article, reading


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAUSE_S", 0.02)


async def test_width_panel_theme_and_codebook_stay(tmp_path: Path) -> None:
    text, db, path = article(tmp_path), tmp_path / "r.db", tmp_path / "config.toml"
    path.write_text("# mine\nwidth = 80 # wide\n")
    async with reading(db, text, settings=load_settings(path)) as app:
        assert app.screen.pane.reading_width == 80
        await app.press("+", "+", "-")
        await app.until(lambda: "84" in path.read_text())
        assert path.read_text() == "# mine\nwidth = 84 # wide\n"
        await app.burst("z", "z", "z")
        assert app.said == ["Panel: side"]  # quick keys do not pile up what they say
        assert app.app.settings.panel == "auto"  # it stands where there is room again
        await app.press("z", "colon")
        await app.type("theme")
        await app.press("enter")
        await app.type("light")
        await app.press("enter", "colon")
        await app.type("choose codebook")
        await app.press("enter")
        await app.type("verdict")
        await app.press("enter", "colon")
        await app.type("highlight style")
        await app.press("enter")
        await app.type("underline")
        await app.press("enter", "colon")
        await app.type("symbols")
        await app.press("enter")
        await app.type("ascii")
        assert "▌" in app.text
        await app.press("enter")
        assert "▌" not in app.text
        await app.press("ctrl+q")
    wanted = (
        '# mine\nwidth = 84 # wide\npanel = "bottom"\ntheme = "light"\ncodebook = "verdict-6"\n'
        'highlight_style = "underline"\nsymbols = "ascii"\n'
    )
    assert path.read_text() == wanted
    settings = load_settings(path)
    async with reading(db, text, settings=settings, codebook=settings.codebook) as app:
        assert app.screen.pane.reading_width == 84
        assert app.screen.has_class("-panel-bottom")
        assert app.app.theme == "light"
        assert app.screen.pane.mark_style == "underline"
        assert "▌" not in app.text


async def test_nothing_is_written_when_all_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PAUSE_S", 60)  # so that leaving writes, if anything does
    path = tmp_path / "none" / "config.toml"
    async with reading(tmp_path / "r.db", article(tmp_path), settings=Settings(path=path)) as app:
        await app.press("+", "-", "=", "ctrl+q")
    assert not path.parent.exists()


async def test_two_instances_keep_what_each_has_changed(tmp_path: Path) -> None:
    text, db, path = article(tmp_path), tmp_path / "r.db", tmp_path / "config.toml"
    settings = [Settings(path=path), Settings(path=path)]
    async with (
        reading(db, text, settings=settings[0]) as one,
        reading(db, text, settings=settings[1]) as other,
    ):
        await one.press("+", "ctrl+q")
        await other.press("z", "ctrl+q")
    found = load_settings(path)
    assert (found.width, found.panel) == (76, "bottom")


async def test_a_file_that_cannot_be_written_is_told_and_the_app_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("")
    settings = load_settings(path)
    path.write_text("width = \n")  # somebody is at it just now
    async with reading(tmp_path / "r.db", article(tmp_path), settings=settings) as app:
        await app.press("+")
        await app.until(lambda: any("not kept" in text for text in app.said))
        assert any("config.toml:1" in text for text in app.said)
        assert app.screen.pane.reading_width == 76
        await app.press("-", "ctrl+q")
        assert not app.app.is_running
    assert path.read_text() == "width = \n"
