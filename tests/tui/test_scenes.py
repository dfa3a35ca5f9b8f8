"""The screens look as they did when somebody looked at them, and as the README shows them."""

from __future__ import annotations

from tests.tui import scenes


async def test_the_screens_are_those_that_were_looked_at() -> None:
    found, picture = await scenes.scenes()
    renew = "look at it, then `python -m tests.tui.scenes`"
    for name, text in found.items():
        kept = (scenes.FOLDER / f"{name}.txt").read_text("utf-8")
        assert text.split("\n") == kept.split("\n"), f"{name} has changed: {renew}"
    assert picture.split("\n") == scenes.picture_in_readme().split("\n"), renew
    for name, text in found.items():
        width, height = map(int, name.split("x"))
        screens = [part.rstrip("\n").split("\n")[1:] for part in text.split("==== ")[1:]]
        assert len(screens) == 5
        assert all(len(screen) <= height + 1 for screen in screens), name
        assert all(len(line) <= width for screen in screens for line in screen), name
