"""Feeds and lists of feeds, of our own making."""

from __future__ import annotations

from html import escape

from tests.pages.stories import Story


def rss(entries: list[tuple[Story, str]], title: str = "The Example Post") -> str:
    """Return a feed in RSS 2.0 of stories and their addresses."""
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(url)}</link>"
        f"<description>&lt;p&gt;{escape(escape(story.standfirst))}&lt;/p&gt;</description>"
        f"<dc:creator>Ada Sample</dc:creator><pubDate>Wed, 01 May 2024 0{n}:30:00 +0200</pubDate></item>"
        for n, (story, url) in enumerate(entries)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!-- made by hand -->\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{title}</title><link>https://www.example.org/</link>{items}</channel></rss>"
    )


def atom(entries: list[tuple[Story, str]]) -> str:
    """Return a feed in Atom, with relative addresses."""
    items = "".join(
        f'<entry><title type="html">{escape(escape(story.title))}</title><id>urn:x:{n}</id>'
        f'<link rel="enclosure" href="/sound.mp3"/><link href="{escape(url)}"/>'
        f"<updated>2024-05-0{n + 1}T10:00:00Z</updated></entry>"
        for n, (story, url) in enumerate(entries)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Atoms</title>{items}</feed>'


def opml(feeds: list[tuple[str, str]]) -> str:
    """Return a list of feeds: titles and addresses, in one folder."""
    outlines = "".join(f'<outline type="rss" text="{t}" xmlUrl="{u}"/>' for t, u in feeds)
    return (
        '<?xml version="1.0"?><opml version="2.0"><head><title>What I read</title></head><body>'
        f'<outline text="News">{outlines}</outline><outline text="Local" xmlUrl="file:///etc/passwd"/>'
        "</body></opml>"
    )
