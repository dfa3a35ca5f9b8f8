"""Goes to the hit before or after a place, however far that is. Import late."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reader.domain.text import Span, per_cent
from reader.tui.asking import rest
from reader.tui.commands import key_for
from reader.tui.reading.search import TELL_S

if TYPE_CHECKING:
    from reader.services.searching.text_search import Search
    from reader.tui.reading.search import Searching

AT_ONCE_S = 0.02
"""How long a key may look for the next hit before it lets others come first."""


def step(screen: Searching, *, forward: bool) -> None:
    """Go to the next hit, or the previous one; keys wait where it is not found at once."""
    search = screen.seeking
    if search is None:
        screen.say(f"Nothing is searched for. {key_for('search')} searches.")
        return
    start = _start(screen, forward=forward)
    if _can_tell(search, start, forward=forward):
        _arrive(screen, search, start, forward=forward)
    else:
        screen.work_holding_keys(lambda: find(screen, search, start, forward=forward), "find")


def _start(screen: Searching, *, forward: bool) -> int:
    """Return from where on a step looks: from the hit that the cursor is at, or from the cursor."""
    here = screen.cursor or Span(0, 0)
    if screen.hit is not None and here == (screen.cursor_at_hit or Span(0, 0)):
        return screen.hit.start + 1 if forward else screen.hit.start
    return here.end if forward else here.start


def _can_tell(search: Search, offset: int, *, forward: bool) -> bool:
    """Look for the nearest hit for as long as a key may take."""
    until = time.monotonic() + AT_ONCE_S
    while (window := search.hits.missing(offset, forward=forward)) is not None:
        if time.monotonic() > until or not search.look_now(window):
            return False
    return True


async def find(screen: Searching, search: Search, offset: int, *, forward: bool) -> None:
    """Go to the nearest hit from an offset on, however far that is; Esc stops it."""
    screen.far_since = told = time.monotonic()
    try:
        while not _can_tell(search, offset, forward=forward):
            window = search.hits.missing(offset, forward=forward)
            if window is not None:
                await search.look(window)
            await rest(0)
            if time.monotonic() - told > TELL_S:
                told = time.monotonic()
                screen.say(f"Searching … {per_cent(search.hits.known, 1)} %. Esc stops.")
    finally:
        screen.far_since = None
    _arrive(screen, search, offset, forward=forward)


def _arrive(screen: Searching, search: Search, offset: int, *, forward: bool) -> None:
    """Go to the nearest hit that is known; the search goes on at the other end."""
    found = search.hits.nearest(offset, forward=forward)
    if found is None:
        screen.say("Not found.")
        return
    if (found.start < offset) if forward else (found.start >= offset):
        screen.say("Search went on at the other end.")
    screen.go_to_hit(found)
