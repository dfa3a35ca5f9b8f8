"""Adding pages from the web by keys: what looks wrong, what is there already, being cancelled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from reader.capture.fetch import Limits
from reader.domain.article_draft import ArticleDraft
from reader.services.capturing import pages as capturing
from reader.services.capturing.adding import Added
from reader.services.capturing.duplicates import Known
from reader.services.settings.fields import Settings
from reader.storage.library import Library
from reader.tui.app import ReaderApp
from reader.tui.capturing import adding, one
from reader.tui.capturing.picking import PickDialog
from reader.tui.capturing.preview import PreviewDialog
from reader.tui.capturing.taking import Taken, TakingDialog
from reader.tui.ledger.screen import LedgerScreen
from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from reader.tui.screens.dialogs.choice import ChoiceDialog
from reader.tui.screens.dialogs.prompt import PromptDialog
from tests.pages.feeds import opml, rss
from tests.pages.pages import pages
from tests.pages.stories import BRIDGE, VOTE, WELLS
from tests.tui.adding_harness import comes, give
from tests.tui.reading_harness import article, key_event, reading
from tests.web.parsing import in_this_process
from tests.web.server import Server, page, serving

PAGES = {item.name: item for item in pages()}
PRIVATE = Settings({"allow_private": True})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(capturing, "LIMITS", Limits(seconds=5))
    in_this_process(monkeypatch)
    with serving() as found:
        yield found


async def test_a_key_pressed_while_a_page_named_at_the_start_is_kept_loses_it_not(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, apps = asyncio.get_running_loop(), []
    found = one.find_known

    def slow(library: Library, draft: ArticleDraft) -> Known | None:
        for app in apps:
            loop.call_soon_threadsafe(app.post_message, key_event("L"))
        time.sleep(0.1)  # the key is answered before the page is kept
        return found(library, draft)

    async def fetched(app: ReaderApp, target: str) -> tuple[Taken, Added | None]:
        apps.append(app)
        return await one.add_one(app, target)

    monkeypatch.setattr(one, "find_known", slow)
    monkeypatch.setattr(adding, "add_one", fetched)
    url = server.add("/a", page("One paragraph is here.\n", content_type="text/plain"))
    async with reading(tmp_path / "l.db", url, settings=PRIVATE) as r:
        assert any(isinstance(screen, LedgerScreen) for screen in r.app.screen_stack)
        assert r.here == "One paragraph is here."


def texts(db: Path) -> list[str]:
    with Library(db) as library:
        return [content.text for content in library.contents().captures()]


async def test_a_page_that_looks_wrong_is_shown_before_it_is_kept(
    tmp_path: Path, server: Server
) -> None:
    db = tmp_path / "l.db"
    url = server.add("/wall", page(PAGES["a paywall"].raw))
    async with reading(db, settings=PRIVATE) as r:
        await give(r, url)
        await comes(r, PreviewDialog)
        assert "This may not be the article" in r.text
        assert "The page is behind a paywall" in r.text
        assert BRIDGE.paragraphs[0][:40] in r.text
        await r.press("escape")
        await comes(r, LibraryScreen)
        assert r.said == ["Nothing was added."]
        await give(r, url)
        await comes(r, PreviewDialog)
        await r.press("enter")  # keep
        await comes(r, LibraryScreen)
        assert f"Added “{BRIDGE.title}”." in r.said
        asked = len(server.asked)
        await give(r, url)
        await comes(r, PreviewDialog)
        await r.press("down", "enter")  # the whole page, which is not fetched again
        await comes(r, ChoiceDialog)
        assert "is in the library already" in r.text
        await r.press("down", "enter")  # a new version
        await comes(r, LibraryScreen)
        assert f"“{BRIDGE.title}” has a new version." in r.said
        assert len(server.asked) == asked + 1
        await give(r, url)
        await comes(r, PreviewDialog)
        await r.press("up", "enter")  # paste
        r.app.post_message(events.Paste("What I have copied.\n\nAll of it.\n"))
        await comes(r, ChoiceDialog)
        await r.press("up", "enter")  # as another article
        await comes(r, LibraryScreen)
        assert "2 articles" in r.status
    kept, whole, pasted = texts(db)
    assert "Subscribe to continue" in whole
    assert "Subscribe to continue" not in kept
    assert pasted == "What I have copied.\n\nAll of it.\n"


async def test_a_page_that_is_there_and_one_that_never_comes(
    tmp_path: Path, server: Server
) -> None:
    db = tmp_path / "l.db"
    url = server.add("/a", page("One paragraph is here.\n", content_type="text/plain"))
    slow = server.add("/slow", server.trickle(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 999))
    async with reading(db, settings=PRIVATE) as r:
        await give(r, url)
        await comes(r, LibraryScreen)
        await give(r, url)
        await comes(r, ChoiceDialog)
        assert "the same text" in r.text
        await r.press("enter")
        await comes(r, LibraryScreen)
        assert "“One paragraph is here.” is in the library already." in r.said
        await give(r, slow)
        await r.until(lambda: server.asked[-1:] == ["/slow"])
        assert isinstance(r.app.screen, TakingDialog)
        r.app.post_message(events.Key("escape", None))
        await comes(r, LibraryScreen)
        assert "0 added; cancelled." in r.said
        await give(r, server.url("/none"))
        await r.until(lambda: "404 Not Found" in r.text)
        await r.press("enter")
        await comes(r, LibraryScreen)
    assert len(texts(db)) == 1


async def test_an_address_on_the_command_line_is_fetched_once_and_opened(
    tmp_path: Path, server: Server
) -> None:
    db = tmp_path / "l.db"
    url = server.add("/a?utm_source=x", page("One paragraph.\n", content_type="text/plain"))
    async with reading(db, url, settings=PRIVATE) as r:
        await comes(r, ReadingScreen)
        assert r.here == "One paragraph."
        await r.press("q")
        await comes(r, LibraryScreen)
    async with reading(db, url, settings=PRIVATE) as r:
        assert isinstance(r.app.screen, ReadingScreen)
    assert server.asked == ["/a?utm_source=x"]


async def test_next_goes_through_addresses_of_the_command_line_as_well(
    tmp_path: Path, server: Server
) -> None:
    url = server.add("/a", page("Of the page.\n", content_type="text/plain"))
    files = [article(tmp_path, f"Of {name}.\n", name) for name in ("b.txt", "a.txt")]
    async with reading(tmp_path / "l.db", *files, url, settings=PRIVATE) as r:
        await r.until(lambda: any("Added" in said for said in r.said))
        seen = [r.here]
        for _ in files:
            await r.press("J")
            seen.append(r.here)
        assert seen == ["Of b.txt.", "Of a.txt.", "Of the page."]


async def test_articles_are_picked_from_a_feed_and_from_a_list_of_feeds(
    tmp_path: Path, server: Server
) -> None:
    stories = [(story, server.url(f"/{n}.txt")) for n, story in enumerate((BRIDGE, VOTE, WELLS))]
    for n, (story, _) in enumerate(stories):
        server.add(f"/{n}.txt", page(f"{story.title}\n\nHere.\n", content_type="text/plain"))
    feed = server.add("/feed", page(rss(stories)))
    list_of_feeds = server.add("/opml", page(opml([("The Post", feed)])))
    async with reading(tmp_path / "l.db", settings=PRIVATE) as r:
        await give(r, feed)
        await comes(r, PickDialog)
        assert VOTE.title in r.text
        assert "3 entries · 0 in the library" in r.text
        await r.press("j", "x", "x", "enter")
        await comes(r, LibraryScreen)
        assert "2 added." in r.said
        await r.press(":")
        await r.type("add from a feed\n")
        await comes(r, PromptDialog)
        await r.type(f"{list_of_feeds}\n")
        await comes(r, ChoiceDialog)
        await r.press("enter")
        await comes(r, PickDialog)
        assert "2 in the library" in r.text
        await r.press("X")
        assert "1 marked" in r.text
        await r.press("enter")
        await comes(r, LibraryScreen)
        assert f"Added “{BRIDGE.title}”." in r.said
    assert len(texts(tmp_path / "l.db")) == 3
