"""``reader add`` of pages: from the web, with what is wrong with them, and of what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from reader.capture.fetch import Limits
from reader.services.capturing import pages as capturing
from tests.cli.shell import Shell
from tests.pages.builder import Page
from tests.pages.pages import pages
from tests.pages.stories import GERMAN
from tests.web.parsing import in_this_process
from tests.web.server import Server, page, sent_on, serving

PAGES = {item.name: item for item in pages()}
PLAIN = PAGES["structured data"]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(capturing, "LIMITS", Limits(seconds=3))
    in_this_process(monkeypatch)
    with serving() as found:
        yield found


def served(server: Server, path: str, item: Page) -> str:
    charset = f"; charset={item.declared}" if item.declared else ""
    return server.add(path, page(item.raw, content_type=f"text/html{charset}"))


def test_a_page_from_the_web(shell: Shell, server: Server) -> None:
    end = served(server, "/end?utm_source=mail", PAGES["de in cp1252, declared as iso-8859-1"])
    url = server.add("/start", sent_on("/end?utm_source=mail"))
    (added,) = shell.json("add", "--allow-private", url)["articles"]
    assert (added["title"], added["quality"], added["new"]) == (GERMAN.title, "good", True)
    shown = shell.json("show", url)["article"]
    assert shown["url"] == server.url("/end")
    assert (shown["byline"], shown["language"]) == ("Ada Sample", "de")
    assert shell("list", "--json") == 0
    assert len(json.loads(shell.out)) == 1
    from reader.storage.library import Library

    with Library(shell.folder / "library.db") as library:
        article = library.articles.with_origin(url)[0]
        assert library.articles.details(article.version_uid).final_url == end
        raw = next(library.contents().captures())
        assert raw.raw == PAGES["de in cp1252, declared as iso-8859-1"].raw


def test_what_is_wrong_is_said_and_the_whole_page_can_be_had(shell: Shell, server: Server) -> None:
    url = served(server, "/a", PAGES["a paywall"])
    assert shell("add", "--allow-private", url) == 0
    assert "warning: The page is behind a paywall" in shell.err
    (added,) = shell.json("add", "--allow-private", "--whole-page", "--as-new", url)["articles"]
    assert (added["quality"], added["new"]) == ("whole-page", True)
    assert "Subscribe to continue reading" in shell.json("show", added["uid"])["text"]
    (same,) = shell.json("refresh", "--allow-private", added["uid"])["articles"]
    assert not same["changed"]  # the whole page is taken again, not the article alone


def test_a_page_that_does_not_come_is_a_matter_of_the_network(shell: Shell, server: Server) -> None:
    assert shell("add", "--allow-private", server.url("/none")) == 5
    assert "404 Not Found" in shell.err
    assert shell("add", server.url("/")) == 5
    assert "private network" in shell.err
    empty = server.add("/empty", page(b" "))
    assert shell("add", "--allow-private", "--json", empty) == 5
    assert json.loads(shell.err)["error"]["title"] == "Network"
    picture = server.add("/p.html", page(b"\x89PNG\r\n\x1a\n", content_type="text/html"))
    assert shell("add", "--allow-private", picture) == 3
    assert "this is a picture" in shell.err
    assert shell.json("list") == []


def test_other_things_at_an_address(shell: Shell, server: Server) -> None:
    url = server.add("/notes.md", page("# A title\n\nSome *words*.", content_type="text/plain"))
    (added,) = shell.json("add", "--allow-private", url)["articles"]
    assert added["title"] == "A title"
    assert shell.json("show", url)["article"]["url"] == url


def test_what_is_there_already(shell: Shell, server: Server) -> None:
    first = "The first text of it is here. There is more of it.\n"
    other = first.replace("first", "second")
    url = server.add("/a", page(first))
    (added,) = shell.json("add", "--allow-private", url)["articles"]
    (again,) = shell.json("add", "--allow-private", url)["articles"]
    assert (again["uid"], again["new"], again["duplicate"]) == (added["uid"], False, "text")
    server.add("/a", page(other))
    assert shell("add", "--allow-private", url) == 0
    assert "with this address, but with another text" in shell.err
    assert "was there already" in shell.out
    assert "The first text" in shell.json("show", added["uid"])["text"]
    quote = ("tag", added["uid"], "--quote", "text of it is here", "doubtful")
    assert shell(*quote) == 0
    (newer,) = shell.json("add", "--allow-private", "--new-version", url)["articles"]
    assert (newer["uid"], newer["new"], newer["new_version"]) == (added["uid"], False, True)
    now = shell.json("show", added["uid"])
    assert "The second text" in now["text"]
    assert [highlight["text"] for highlight in now["highlights"]] == ["text of it is here"]
    (newer,) = shell.json("add", "--allow-private", "--new-version", url)["articles"]
    assert (newer["new_version"], newer["duplicate"]) == (False, "text")
    server.add("/a", page(other.replace("second", "third")))
    (another,) = shell.json("add", "--allow-private", "--as-new", url)["articles"]
    assert another["new"]
    assert another["uid"] != added["uid"]
    (third,) = shell.json("add", "--allow-private", "--as-new", url)["articles"]
    assert third["new"]
    assert third["changed_since"] is None  # it is another one because that was asked for
    assert len({added["uid"], another["uid"], third["uid"]}) == 3
    copy = server.add("/copy", page(first))
    (same,) = shell.json("add", "--allow-private", copy)["articles"]
    assert (same["new"], same["duplicate"]) == (False, "text")


def test_a_saved_page_is_known_by_the_address_that_it_states(shell: Shell) -> None:
    one, two = shell.folder / "one.html", shell.folder / "two.html"
    one.write_bytes(PLAIN.raw)
    two.write_bytes(replace(PLAIN, html=PLAIN.html.replace("five months", "six months")).raw)
    (added,) = shell.json("add", str(one))["articles"]
    (other,) = shell.json("add", str(two))["articles"]
    assert (other["uid"], other["duplicate"]) == (added["uid"], "address")
    one.write_bytes(two.read_bytes())
    (changed,) = shell.json("add", str(one))["articles"]
    assert changed["changed_since"] == added["uid"]
