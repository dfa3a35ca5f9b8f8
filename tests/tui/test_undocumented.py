"""Notices when Textual changes what we lean on though it is not documented."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import textual
from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

import reader.tui
from reader.tui.undocumented import hand_over_quickly


class Loop:
    """Takes note of what it is asked to call."""

    def __init__(self) -> None:
        self.called: list[tuple[Callable[..., object], tuple[object, ...]]] = []

    def call_soon_threadsafe(self, call: Callable[..., object], *values: object) -> None:
        self.called.append((call, values))


async def test_a_key_of_the_driver_is_posted_to_the_app() -> None:
    app = App[None]()
    app.driver_class = HeadlessDriver
    hand_over_quickly(app)
    async with app.run_test(size=(20, 5)):
        driver = app.driver_class(app)
        loop = driver._loop = Loop()
        key = events.Key("a", "a")
        driver.process_message(key)
        assert loop.called == [(app.post_message, (key,))]


def test_textual_still_has_every_private_name_that_is_leaned_on() -> None:
    ours = _all_of(reader.tui)
    used = set(re.findall(r"(?<!self)(?<!cls)\.(_[a-z]\w*)", ours))
    own = {name for name in used if any(f"{way}{name}" in ours for way in ("self.", "def ", "  "))}
    assert {"_dirty_regions", "_handle_exception", "_modal_binding_chain"} <= used - own
    theirs = _all_of(textual)
    of_python = {"_getframe", "_waiters"}
    assert {name for name in used - own if name not in theirs} == of_python


def _all_of(package: ModuleType) -> str:
    """Return the source of a package, module after module."""
    (folder,) = package.__path__
    return "\n".join(path.read_text("utf-8") for path in Path(folder).rglob("*.py"))
