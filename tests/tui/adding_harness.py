"""Adds pages by their address in the running app."""

from __future__ import annotations

from textual import events

from tests.tui.reading_harness import Reader


async def give(r: Reader, url: str) -> None:
    """Name an address in the dialog."""
    await r.press("a")
    r.app.post_message(events.Paste(url))
    await r.rest()
    r.app.post_message(events.Key("enter", "\r"))


async def comes(r: Reader, kind: type) -> None:
    await r.until(lambda: isinstance(r.app.screen, kind))
    await r.rest()
