"""What pages are put together from, so that each of them stays readable."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from tests.pages.stories import Story

OUTLET = "The Example Post"
BYLINE = "Ada Sample"
ADDRESS = "https://www.example.org/2024/05/01/story-4711.html"
DATE = "2024-05-01T08:30:00+02:00"


@dataclass(frozen=True)
class Page:
    """A page and what it should give.

    Attributes:
        name: What is special about it.
        html: Its source.
        wanted: Role and words of each block of the article, in order.
        metadata: What should be found: names of fields and values.
        charset: What its bytes are encoded in.
        declared: What the server says that they are encoded in.
        quality: The word for what is wrong with it, ``good`` if nothing is.
    """

    name: str
    html: str
    wanted: Sequence[tuple[str, str]]
    metadata: dict[str, str | None] = field(default_factory=dict)
    charset: str = "utf-8"
    declared: str | None = None
    quality: str = "good"

    @property
    def raw(self) -> bytes:
        return self.html.encode(self.charset)


def wanted(story: Story, *, standfirst: bool = False, byline: str = "", before: str = "",
           also: dict[int, Sequence[tuple[str, str]]] | None = None) -> list[tuple[str, str]]:  # fmt: skip
    """Return what a story's page should give.

    Args:
        story: The story.
        standfirst: Whether the page shows the standfirst.
        byline: The byline, if the page shows one in a line of its own.
        before: A caption before the text.
        also: Blocks that come before the paragraph of that number, from 0.
    """
    blocks = [("headline", story.title)]
    blocks += [("standfirst", story.standfirst)] if standfirst else []
    blocks += [("credit", byline)] if byline else []
    blocks += [("caption", before)] if before else []
    for number, paragraph in enumerate(story.paragraphs):
        blocks += (also or {}).get(number, ())
        blocks.append(("body", paragraph))
    return [*blocks, *(also or {}).get(len(story.paragraphs), ())]


FULL: dict[str, str | None] = {
    "byline": BYLINE, "outlet": OUTLET, "url": ADDRESS, "published_at": DATE,
}  # fmt: skip
"""What a page with everything in its structured data gives, besides title and language."""


def known(story: Story, **other: str | None) -> dict[str, str | None]:
    """Return the metadata of a page that states all."""
    return {"title": story.title, "language": story.language, **FULL, **other}


def p(*words: str) -> str:
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in words)


def ld(story: Story, **fields: Any) -> str:
    """Return structured data on a story."""
    value = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS},
        "headline": story.title,
        "datePublished": DATE,
        "inLanguage": story.language,
        "author": [{"@type": "Person", "name": BYLINE, "url": "https://www.example.org/ada"}],
        "publisher": {"@type": "Organization", "name": OUTLET, "logo": {"url": "/logo.png"}},
        **fields,
    }
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def og(story: Story, **other: str) -> str:
    """Return what social networks are told of a story."""
    values = {"og:title": story.title, "og:type": "article", "og:url": ADDRESS,
              "og:site_name": OUTLET, "og:description": story.standfirst, **other}  # fmt: skip
    return "".join(f'<meta property="{k}" content="{escape(v)}">' for k, v in values.items() if v)


def document(story: Story, head: str, body: str, attributes: str = "", title: str = "") -> str:
    """Return a whole page."""
    named = escape(title or f"{story.title} | {OUTLET}")
    return (
        f'<!doctype html>\n<html lang="{story.language}"{attributes}>\n<head><meta charset="utf-8">'
        f"<title>{named}</title>\n{head}\n</head>\n<body>\n{body}\n</body></html>"
    )


NAVIGATION = """
<a class="skip-link" href="#main">Skip to the main content of this page</a>
<header class="site-header"><div class="logo"><a href="/">The Example Post</a></div>
<nav aria-label="Main"><ul><li><a href="/politics">Politics</a></li><li><a href="/city">City</a></li>
<li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
"""
FOOTER = """
<footer class="site-footer"><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy
</a></li></ul><p>© 2024 The Example Post. All rights reserved. Reproduction only with permission.</p>
</footer>
"""
COOKIES = """
<div id="cookie-consent-banner" role="dialog"><h2>Your privacy</h2><p>We and our 812 partners use
cookies and similar technologies to store and read information on your device, to measure our audience
and to show you advertising that fits your interests. You can change your mind at any time.</p>
<button>Accept all</button><button>Manage</button></div>
"""
RELATED = """
<section class="related-articles"><h2>More on this</h2><ul>
<li><a href="/a">Tunnel to be closed at night for cleaning, three weeks from Monday</a></li>
<li><a href="/b">What the new timetable means for people who commute by ferry</a></li>
<li><a href="/c">Opinion: a city that forgets to look after its bridges</a></li></ul></section>
"""
COMMENTS = """
<section id="comments" class="comments"><h2>3 comments</h2>
<div class="comment"><b>hal77</b><p>They knew about this for years, and nobody in the town hall did a
single thing about it. Now we are all supposed to be surprised.</p></div>
<div class="comment"><b>Mira</b><p>My sister works there, and she says that it is much worse than what
they have told us so far. Just wait for the next report.</p></div></section>
"""
NEWSLETTER = """
<aside class="newsletter-signup"><h3>The morning briefing</h3><p>Sign up to our newsletter: the news of
the day, every morning at six, free and without advertising.</p><form><input type="email"></form></aside>
"""
SHARE = """
<div class="share-bar"><ul><li><a href="#f">Share on Facebook</a></li><li><a href="#x">Share on X</a></li>
<li><a href="#m">E-mail</a></li></ul></div>
"""
