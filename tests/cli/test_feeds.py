"""``reader feed``: what a feed lists, what is added from it, lists of feeds, broken ones."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from reader.capture.fetch import Limits
from reader.capture.sandbox import Sandbox
from reader.capture.source import Source
from reader.domain.errors import InputError, UsageError
from reader.services.capturing import pages as capturing
from reader.services.capturing.feeds import Feed, chosen, list_of
from tests.cli.shell import Shell
from tests.pages.feeds import atom, opml, rss
from tests.pages.stories import BRIDGE, VOTE, WELLS
from tests.web.parsing import in_this_process
from tests.web.server import Server, page, serving


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(capturing, "LIMITS", Limits(seconds=3))
    in_this_process(monkeypatch)
    with serving() as found:
        yield found


def filled(server: Server) -> str:
    """Serve three articles and a feed of them, and return the feed's address."""
    stories = [(story, server.url(f"/{n}.txt")) for n, story in enumerate((BRIDGE, VOTE, WELLS))]
    for n, (story, _) in enumerate(stories):
        text = "\n\n".join((story.title, *story.paragraphs))
        server.add(f"/{n}.txt", page(text, content_type="text/plain; charset=utf-8"))
    return server.add("/feed", page(rss(stories), content_type="application/rss+xml"))


def test_a_feed_is_listed_and_entries_are_added_by_number(shell: Shell, server: Server) -> None:
    url = filled(server)
    assert shell("feed", "--allow-private", url) == 0
    lines = shell.out.splitlines()
    assert lines[0].split("  ") == ["1", "", "2024-04-30", BRIDGE.title]
    assert server.asked == ["/feed"]
    assert shell("feed", "--allow-private", url, "--add", "3", "--add", "1-1") == 0
    assert server.asked == ["/feed", "/feed", "/2.txt", "/0.txt"]
    found = shell.json("feed", "--allow-private", url)
    assert found["feed"] == {"title": "The Example Post", "url": "https://www.example.org/"}
    entries = found["entries"]
    assert [bool(entry["uid"]) for entry in entries] == [True, False, True]
    assert entries[1] | {"uid": None} == {
        "n": 2, "title": VOTE.title, "url": server.url("/1.txt"), "summary": VOTE.standfirst,
        "published_at": "2024-04-30T23:30:00Z", "byline": "Ada Sample", "uid": None,
    }  # fmt: skip
    assert shell("feed", "--allow-private", url, "--all") == 0
    assert "1 added, 2 there already." in shell.err
    assert len(shell.json("list")) == 3
    assert shell("feed", "--allow-private", url, "--add", "4") == 2


def test_numbers_and_ranges() -> None:
    assert chosen(["2,5-7", "1 2"], 9) == [2, 5, 6, 7, 1]
    for wrong in ("4", "0", "x", "2-9", "3-2", "-1", "1-", "9" * 5_000):
        with pytest.raises(UsageError):
            chosen([wrong], 3)


def test_lists_of_feeds_and_what_is_no_feed(shell: Shell, server: Server) -> None:
    file = shell.folder / "feeds.opml"
    file.write_text(opml([("The Post", filled(server)), ("Gone", server.url("/gone"))]), "utf-8")
    found = shell.json("feed", str(file))
    assert found["title"] == "What I read"
    assert [(item["title"], item["folder"]) for item in found["feeds"]] == [
        ("The Post", "News"), ("Gone", "News"),
    ]  # fmt: skip
    assert server.asked == []
    assert shell("feed", str(file), "--feed", "1", "--allow-private") == 0
    assert BRIDGE.title in shell.out
    assert shell("feed", str(file), "--feed", "2", "--allow-private") == 5
    assert shell("feed", str(file), "--all") == 2
    assert shell("feed", str(file), "--feed", "3") == 2
    assert shell("add", str(file), "--json") == 3
    assert "reader feed" in json.loads(shell.err)["error"]["hint"]
    assert shell("add", "--allow-private", server.url("/feed")) == 3
    assert "lists articles" in shell.err
    file.write_text(file.read_text("utf-8").replace("What I read", ""), "utf-8")
    assert shell("feed", str(file)) == 0
    assert shell.err == ""  # no title, no line for it
    other = shell.folder / "a.txt"
    other.write_text("Just a text.\n", "utf-8")
    assert shell("feed", str(other)) == 3
    assert shell("feed", str(shell.folder / "none")) == 3


def test_other_feeds_and_hostile_ones() -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "' + f"&l{n};" * 10 + '">' for n in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>'
    entity = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    good = rss([(BRIDGE, "javascript:alert(1)"), (VOTE, "https://example.org/v")])
    with Sandbox() as sandbox:

        def read(raw: str) -> Feed:
            found = list_of(Source(raw.encode(), "the feed", "https://example.org/feed"), sandbox)
            assert isinstance(found, Feed)
            return found

        found = read(atom([(WELLS, "/wells"), (VOTE, "https://example.org/v")]))
        assert [entry.url for entry in found.entries] == [
            "https://example.org/wells", "https://example.org/v",
        ]  # fmt: skip
        assert found.entries[0].title == WELLS.title
        assert [entry.url for entry in read(good).entries] == ["", "https://example.org/v"]
        escaped = read(good.replace("Council", "\x1b[31m&#27;&lt;b&gt;Council"))
        assert "\x1b" not in "".join(entry.title for entry in escaped.entries)
        half = read(good[: good.index("</item>") + 10])
        assert half.entries[0].title == BRIDGE.title
        for raw in (bomb + good, entity + good.replace("Council", "&x;")):
            try:
                listed = repr(list_of(Source(raw.encode(), "the feed"), sandbox))
            except InputError:
                continue
            assert "root:" not in listed
            assert len(listed) < 50_000
        with pytest.raises(InputError, match="damaged"):
            read("<rss" + "<" * 1000)
