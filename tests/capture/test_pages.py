"""Web pages: what is taken of each fixture page, word by word; what hostile ones come to."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from reader.capture.capture import capture_bytes
from reader.capture.html import decoding, events
from reader.capture.html.page import extract
from reader.capture.html.walk import Walk
from reader.capture.source import Source, quiet
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError
from reader.domain.text import canonical
from tests.pages.builder import ADDRESS, NAVIGATION, Page, document, ld, p
from tests.pages.fragments import FRAGMENTS
from tests.pages.hostile import PARAGRAPH, SHARE, WORDS, hostile
from tests.pages.pages import pages
from tests.pages.stories import BRIDGE, FIRE

PAGES = list(pages())


def read(raw: bytes | str, url: str | None = None, **given: object) -> ArticleDraft:
    data = raw.encode() if isinstance(raw, str) else raw
    return extract(Source(data, "the page", url, **given), quiet)  # type: ignore[arg-type]


def blocks(draft: ArticleDraft) -> list[tuple[str, str]]:
    return [(block.role.value, draft.text[block.start : block.end]) for block in draft.blocks]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_gives_its_article(page: Page) -> None:
    draft = read(page.raw, charset=page.declared)
    assert draft.details.quality == page.quality, draft.warnings
    if page.wanted:
        assert blocks(draft) == list(page.wanted)
    found = {name: getattr(draft.metadata, name) for name in page.metadata}
    assert found == page.metadata
    assert bool(draft.warnings) >= (page.quality != "good")
    assert canonical(draft.text) == draft.text


def test_there_are_at_least_thirty_and_none_is_there_twice() -> None:
    assert len({(page.raw, page.declared) for page in PAGES}) == len(PAGES) >= 30


def test_the_whole_page_has_all_its_words_and_says_what_stands_around() -> None:
    source = document(
        BRIDGE, ld(BRIDGE), NAVIGATION + f"<h1>{BRIDGE.title}</h1>" + p(*BRIDGE.paragraphs)
    )
    draft = read(source, whole=True)
    found = blocks(draft)
    assert ("boilerplate", "Politics") in found
    assert ("headline", BRIDGE.title) in found
    assert [words for role, words in found if role == "body"] == list(BRIDGE.paragraphs)
    assert (draft.details.quality, draft.warnings) == ("whole-page", ())
    assert draft.metadata.title == BRIDGE.title


def test_a_page_speaks_for_its_own_site_only() -> None:
    source = document(FIRE, ld(FIRE), f"<h1>{FIRE.title}</h1>{p(*FIRE.paragraphs)}")
    here = "https://example.org/2024/05/01/story-4711.html?utm_source=mail&id=3#top"
    assert read(source, here).metadata.url == ADDRESS
    there = read(source, "https://evil.example/copy?fbclid=1")
    assert there.metadata.url == "https://evil.example/copy"
    assert any(ADDRESS in warning for warning in there.warnings)


@settings(max_examples=80)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_whatever_a_page_is_made_of_its_article_is_part_of_it(body: str) -> None:
    source = f"<html><body>{body}"
    try:
        draft, whole = read(source), read(source, whole=True)
    except InputError:
        return  # there is no text in it
    for found in (draft, whole):
        assert canonical(found.text) == found.text
        assert found.blocks.fits(len(found.text))
        assert "\x1b" not in found.text
        assert all(words.strip() for _, words in blocks(found))
    there = {words for _, words in blocks(whole)}
    joined = " ".join(there)
    assert all(words in there or words in joined for _, words in blocks(draft))


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_has_the_same_blocks_with_and_without_a_tree(page: Page) -> None:
    source = decoding.read(page.raw, page.declared).text
    tree, stream = Walk(), Walk()
    events.from_tree(
        html.document_fromstring(source.encode(), html.HTMLParser(encoding="utf-8")), tree
    )
    events.from_source(source, stream)
    found = [[(b.words, b.role, b.level, b.zone, b.hint, b.linked) for b in walk.blocks]
             for walk in (tree, stream)]  # fmt: skip
    assert found[0] == found[1]
    assert tree.head == stream.head


HOSTILE = hostile(SHARE)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_and_does_nothing(name: str) -> None:
    before = time.process_time()
    draft = read(HOSTILE[name])
    assert time.process_time() - before < 8
    assert WORDS in draft.text
    assert not set(draft.text) & {"\x1b", "\0", "\x9d"}
    assert "root:" not in draft.text
    assert len(draft.text) < 10_000 + len(HOSTILE[name])
    assert draft.blocks.fits(len(draft.text))


def test_names_of_attributes_that_no_document_may_have() -> None:
    assert WORDS in read(f"<html><body><p {{a}}=1 <b:c=2 é=3>{PARAGRAPH}").text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<html><body></body></html>", "no text"),
        ("<html><body><script>let a = 1</script><img src=a.png></body></html>", "no text"),
        ("<html><body>" + "<i>" * 500_001, "500,000 tags"),
    ],
)
def test_what_cannot_be_an_article_is_refused(source: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(source)


def test_pages_are_read_in_the_child_process_by_their_content() -> None:
    page = PAGES[0]
    draft = capture_bytes(page.raw, origin="/tmp/some-name.txt")
    assert blocks(draft) == list(page.wanted)
    assert (draft.media_type, draft.raw) == ("text/html", page.raw)
