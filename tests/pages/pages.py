"""The pages: each has something that real sites have and that is easy to get wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.pages import stories as told
from tests.pages.builder import (
    ADDRESS,
    BYLINE,
    COMMENTS,
    COOKIES,
    DATE,
    FOOTER,
    NAVIGATION,
    NEWSLETTER,
    OUTLET,
    RELATED,
    SHARE,
    Page,
    document,
    known,
    ld,
    og,
    p,
    wanted,
)

CAPTION = "The bridge on Tuesday evening, seen from the ferry."
CREDIT = "Photograph: Lena Ortiz/Example Pictures"


def pages() -> Iterator[Page]:
    """Yield all of them."""
    yield from plain_ones()
    yield from with_structure()
    yield from with_clutter()
    yield from built_oddly()
    yield from in_other_languages()
    yield from with_walls()
    yield from as_big_sites_are()


# ---------------------------------------------------------------------- what states what


def plain_ones() -> Iterator[Page]:
    s = told.BRIDGE
    article = f"<main><article><h1>{s.title}</h1>{p(*s.paragraphs)}</article></main>"
    yield Page(
        "structured data", document(s, ld(s), NAVIGATION + article + FOOTER), wanted(s), known(s)
    )
    graph = {"@context": "https://schema.org", "@graph": [
        {"@type": "Organization", "@id": "#org", "name": OUTLET},
        {"@type": "Person", "@id": "#ada", "name": BYLINE},
        {"@type": "WebPage", "@id": ADDRESS, "name": f"{s.title} | {OUTLET}"},
        {"@type": ["Article", "NewsArticle"], "headline": s.title, "datePublished": DATE,
         "author": {"@id": "#ada"}, "publisher": {"@id": "#org"}, "url": ADDRESS},
    ]}  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    yield Page("a graph", document(s, script, NAVIGATION + article + FOOTER), wanted(s), known(s))
    broken = (
        '<script type="application/ld+json">\n<!--\n[{"@type": "BreadcrumbList", "itemListElement": []},'
        f'{{"@type": "NewsArticle", "headline": "{s.title}",\n "datePublished": "{DATE}",'
        f'"author": "{BYLINE}", "publisher": {{"name": "{OUTLET}"}}, "url": "{ADDRESS}",}},]\n-->\n'
        '</script><script type="application/ld+json">{"@type": </script>'
    )
    yield Page("broken structured data", document(s, broken, NAVIGATION + article + FOOTER), wanted(s),
               known(s))  # fmt: skip
    s = told.VOTE
    article = f"<main><article><h1>{s.title}</h1>{p(*s.paragraphs)}</article></main>"
    social = og(s) + (
        f'<meta property="article:published_time" content="{DATE}"><meta name="author" content="{BYLINE}">'
    )
    yield Page("what social networks are told", document(s, social, NAVIGATION + article + FOOTER),
               wanted(s), known(s))  # fmt: skip
    s = told.LAB
    micro = (
        f'<main><article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">'
        f'{s.title}</h1><p class="byline">By <span itemprop="author">{BYLINE}</span></p>'
        f'<time itemprop="datePublished" datetime="{DATE}">1 May 2024</time>'
        f'<div itemprop="articleBody">{p(*s.paragraphs)}</div></article></main>'
    )
    link = (
        f'<link rel="canonical" href="{ADDRESS}"><meta name="application-name" content="{OUTLET}">'
    )
    yield Page("microdata", document(s, link, NAVIGATION + micro + FOOTER),
               wanted(s, byline=f"By {BYLINE}"), known(s))  # fmt: skip
    s = told.FIRE
    bare = f"<h1>{s.title}</h1>{p(*s.paragraphs)}"
    yield Page("nothing but the text", document(s, "", bare, title=s.title), wanted(s),
               {"title": s.title, "byline": None, "outlet": None, "url": None, "language": "en"})  # fmt: skip
    dated = f'<link rel="canonical" href="{ADDRESS}">'
    yield Page("a date in the address only", document(s, dated, bare, title=f"{s.title} – {OUTLET}"),
               wanted(s), {"title": s.title, "published_at": "2024-05-01?", "url": ADDRESS})  # fmt: skip


# ---------------------------------------------------------------------- structure


def with_structure() -> Iterator[Page]:
    s = told.BRIDGE
    figure = (
        f'<figure><img src="a.jpg" alt="A bridge"><figcaption>{CAPTION} <span class="credit">{CREDIT}'
        "</span></figcaption></figure>"
    )
    one, two = s.paragraphs[:3], s.paragraphs[3:]
    body = (
        f'<main><article><header><h1>{s.title}</h1><p class="standfirst">{s.standfirst}</p>'
        f'<div class="byline">By <a rel="author" href="/ada">{BYLINE}</a></div></header>{figure}'
        f"{p(*one)}<h2>What happens now</h2>{p(*two)}</article></main>"
    )
    blocks = wanted(s, standfirst=True, byline=f"By {BYLINE}",
                    also={3: [("subhead", "What happens now")]})  # fmt: skip
    blocks[3:3] = [("caption", CAPTION), ("credit", CREDIT)]
    yield Page("standfirst, caption, subhead", document(s, ld(s), NAVIGATION + body + FOOTER), blocks,
               known(s))  # fmt: skip
    quote = "A girder that has lost a tenth of its strength must not carry lorries."
    body = (
        f"<main><article><h1>{s.title}</h1>{p(*one)}<blockquote><p>{quote}</p></blockquote>{p(*two)}"
        "<h3>In brief</h3><ul><li>Ferries run every ten minutes from Wednesday on.</li><li>Night buses go "
        "round by the tunnel, without stops.</li></ul><ol><li>First the longer crack is welded.</li>"
        "<li>Then the girder is tested under load.</li></ol></article></main>"
    )
    blocks = wanted(s, also={3: [("quote", quote)], 6: [
        ("subhead", "In brief"), ("list-item", "Ferries run every ten minutes from Wednesday on."),
        ("list-item", "Night buses go round by the tunnel, without stops."),
        ("list-item", "1. First the longer crack is welded."),
        ("list-item", "2. Then the girder is tested under load."),
    ]})  # fmt: skip
    yield Page(
        "a quotation and lists", document(s, ld(s), NAVIGATION + body + FOOTER), blocks, known(s)
    )
    s = told.WELLS
    table = (
        "<table><caption>Water pumped</caption><thead><tr><th>Year</th><th>Million litres</th></tr></thead>"
        "<tbody><tr><td>2019</td><td>41.2</td></tr><tr><td>2021</td><td>58.0</td></tr>"
        "<tr><td>2023</td><td>66.7</td></tr></tbody></table>"
    )
    body = f"<main><article><h1>{s.title}</h1>{p(*s.paragraphs[:3])}{table}{p(*s.paragraphs[3:])}</article></main>"
    blocks = wanted(s, also={3: [
        ("body", "Water pumped"), ("body", "Year | Million litres"), ("body", "2019 | 41.2"),
        ("body", "2021 | 58.0"), ("body", "2023 | 66.7"),
    ]})  # fmt: skip
    yield Page("a table", document(s, ld(s), NAVIGATION + body + FOOTER), blocks, known(s))
    s = told.FIRE
    lines = "<br><br>\n".join(s.paragraphs)
    body = f'<div id="page"><h1>{s.title}</h1><div class="text">{lines}</div></div>'
    yield Page("paragraphs made of line breaks", document(s, ld(s), NAVIGATION + body + FOOTER),
               wanted(s), known(s))  # fmt: skip
    s = told.VOTE
    pictures = "".join(
        f'<figure class="wp-block-image"><img src="{n}.jpg"><figcaption class="wp-element-caption">{words}'
        "</figcaption></figure>"
        for n, words in enumerate(("The council during the vote.", "A tram at two in the morning."))
    )
    body = (
        f'<main><article class="post"><h1 class="entry-title">{s.title}</h1><div class="entry-content">'
        f"{p(*s.paragraphs[:2])}{pictures}{p(*s.paragraphs[2:])}</div></article></main>"
    )
    yield Page("a weblog's pictures", document(s, ld(s), NAVIGATION + body + NEWSLETTER + FOOTER),
               wanted(s, also={2: [("caption", "The council during the vote."),
                                   ("caption", "A tram at two in the morning.")]}), known(s))  # fmt: skip


# ---------------------------------------------------------------------- clutter


def with_clutter() -> Iterator[Page]:
    s = told.BRIDGE
    body = (
        f"{COOKIES}{NAVIGATION}<main><article><h1>{s.title}</h1>{SHARE}{p(*s.paragraphs)}</article>"
        f"{RELATED}</main>{FOOTER}"
    )
    yield Page("a cookie banner first", document(s, ld(s), body), wanted(s), known(s))
    body = (
        f"{NAVIGATION}<main><article><h1>{s.title}</h1>{p(*s.paragraphs[:3])}{RELATED}"
        f"{p(*s.paragraphs[3:])}</article></main>{FOOTER}"
    )
    yield Page("related articles in the middle", document(s, ld(s), body), wanted(s), known(s))
    s = told.WELLS
    body = f"{NAVIGATION}<main><article><h1>{s.title}</h1>{p(*s.paragraphs)}</article>{COMMENTS}</main>{FOOTER}"
    yield Page("comments below", document(s, ld(s), body), wanted(s), known(s))
    advert = (
        '<div class="ad-slot advertisement"><span>Advertisement</span><p>The new Corsa: now from 199 a month, '
        "with four years of warranty and a tank for free.</p></div>"
    )
    body = (
        f"{NAVIGATION}<main><article><h1>{s.title}</h1>{p(*s.paragraphs[:2])}{advert}"
        f"{p(*s.paragraphs[2:4])}{NEWSLETTER}{p(*s.paragraphs[4:])}</article></main>{FOOTER}"
    )
    yield Page(
        "advertising and a newsletter in the text", document(s, ld(s), body), wanted(s), known(s)
    )
    s = told.VOTE
    teasers = "".join(
        f'<div class="teaser"><h3><a href="/t{n}">{t.title}</a></h3><p><a href="/t{n}">{t.standfirst}</a>'
        "</p></div>"
        for n, t in enumerate((told.LAB, told.FIRE, told.WELLS))
    )
    body = (
        f"{NAVIGATION}<main><article><h1>{s.title}</h1>{p(*s.paragraphs)}</article>"
        f'<div class="most-read">{teasers}</div></main>{FOOTER}'
    )
    yield Page(
        "teasers with pieces of other articles", document(s, ld(s), body), wanted(s), known(s)
    )
    s = told.LAB
    bio = (
        f'<div class="author-bio"><h4>About the author</h4><p>{BYLINE} writes about medicine and lives by the '
        "sea. She was a nurse before she became a reporter.</p></div>"
    )
    body = f"{NAVIGATION}<main><article><h1>{s.title}</h1>{p(*s.paragraphs)}{bio}</article></main>{FOOTER}"
    yield Page("the author's life below", document(s, ld(s), body), wanted(s), known(s))
    hidden = (
        '<div style="display: none"><p>This text is only here for search engines, and nobody who looks at the '
        "page can see it.</p></div><p hidden>Nor can anybody see this one, which is hidden as well.</p>"
    )
    body = f"{NAVIGATION}<main><article><h1>{s.title}</h1>{hidden}{p(*s.paragraphs)}</article></main>{FOOTER}"
    yield Page("hidden text", document(s, ld(s), body), wanted(s), known(s))


# ---------------------------------------------------------------------- oddly built


def built_oddly() -> Iterator[Page]:
    s = told.WELLS
    divs = "".join(f'<div class="css-1x2y3z">{words}</div>' for words in s.paragraphs)
    body = (
        f'<div class="css-a"><h1 class="css-b">{s.title}</h1><div class="css-c">{divs}</div></div>'
    )
    yield Page("no article, no paragraphs, no names", document(s, ld(s), NAVIGATION + body + FOOTER),
               wanted(s), known(s))  # fmt: skip
    s = told.FIRE
    cell = f"<h1>{s.title}</h1>{p(*s.paragraphs)}"
    body = (
        '<table width="100%"><tr><td width="20%"><a href="/">Home</a><br><a href="/n">News</a></td>'
        f'<td>{cell}</td><td><a href="/w">Weather</a></td></tr></table>'
    )
    yield Page("laid out in a table", document(s, ld(s), body), wanted(s), known(s))
    s = told.BRIDGE
    amp = (
        f'<amp-analytics></amp-analytics><header><a href="/">{OUTLET}</a></header><main><article><h1>{s.title}'
        f"</h1><amp-img src=a.jpg width=1 height=1></amp-img>{p(*s.paragraphs)}</article></main>{FOOTER}"
    )
    link = f'<link rel="canonical" href="{ADDRESS}"><script async src="https://cdn.example.org/v0.js"></script>'
    yield Page("AMP", document(s, ld(s) + link, amp, " amp"), wanted(s), known(s))
    s = told.VOTE
    posts = (
        (
            "22:41",
            "The result is there: 31 votes to 30. Applause from the gallery, which the chair stops.",
        ),
        (
            "22:15",
            "The debate is over, and the council votes by name. That will take about twenty minutes.",
        ),
        (
            "20:02",
            "The treasurer names the price: 2.3 million a year, to be paid from higher parking fees.",
        ),
        (
            "18:30",
            "The session has begun, an hour late. The gallery is full, and people stand in the doors.",
        ),
    )
    live = "".join(
        f'<div class="live-post" id="p{n}"><h3>{at}</h3><p>{words}</p></div>'
        for n, (at, words) in enumerate(posts)
    )
    body = f'{NAVIGATION}<main><article><h1>{s.title}</h1><div class="live-blog">{live}</div></article></main>{FOOTER}'
    data = ld(s, **{"@type": "LiveBlogPosting"})
    blocks = [("headline", s.title)]
    for at, words in posts:
        blocks += [("subhead", at), ("body", words)]
    yield Page("a live blog", document(s, data, body), blocks, known(s))
    s = told.LAB
    loose = s.paragraphs
    body = (
        f"<main><article><h1>{s.title}</h1><p>{loose[0]}<p>{loose[1]}<p>{loose[2]}"
        f"<p>{loose[3]}<p>{loose[4]}</main>"
    )
    yield Page(
        "paragraphs that never end",
        document(s, ld(s), NAVIGATION + body + FOOTER),
        wanted(s),
        known(s),
    )
    mixed = "".join(
        f'<p><span>{words[:40]}</span><b>{words[40:60]}</b><a href="/x">{words[60:80]}</a><em>{words[80:]}</em></p>'
        for words in s.paragraphs
    )
    body = f"<main><article><h1>{s.title}</h1>{mixed}</article></main>"
    yield Page("links and emphasis in every paragraph", document(s, ld(s), NAVIGATION + body + FOOTER),
               wanted(s), known(s))  # fmt: skip
    escapes = s.paragraphs[0].replace(" ", "&#27; ", 1)
    body = (
        f"<main><article><h1>{s.title}</h1><p>{escapes}</p>{p(*s.paragraphs[1:])}</article></main>"
    )
    blocks = wanted(s)
    blocks[1] = ("body", s.paragraphs[0].replace(" ", "\ufffd ", 1))
    yield Page("an escape character in a reference", document(s, ld(s), NAVIGATION + body + FOOTER),
               blocks, known(s))  # fmt: skip
    decomposed = s._replace(paragraphs=("The cafe\u0301 where the sensor was sold is in Malmo\u0308; nobody there "
                                        "had heard of it, and the owner laughed.", *s.paragraphs[1:]))  # fmt: skip
    body = f"<main><article><h1>{s.title}</h1>{p(*decomposed.paragraphs)}</article></main>"
    yield Page("letters in parts, which stay so", document(s, ld(s), NAVIGATION + body + FOOTER),
               wanted(decomposed), known(s))  # fmt: skip
    elsewhere = (
        ld(s, mainEntityOfPage=None) + '<link rel="canonical" href="/2024/05/01/story-4711.html">'
    )
    body = f"<main><article><h1>{s.title}</h1>{p(*s.paragraphs)}</article></main>"
    base = '<base href="https://www.example.org/">'
    yield Page(
        "a relative address", document(s, base + elsewhere, NAVIGATION + body), wanted(s), known(s)
    )


# ---------------------------------------------------------------------- languages


def in_other_languages() -> Iterator[Page]:
    for story, charset, declared, direction in (
        (told.GERMAN, "utf-8", "utf-8", ""),
        (told.GERMAN, "cp1252", "iso-8859-1", ""),
        (told.FRENCH, "utf-8", "iso-8859-1", ""),  # the server is wrong
        (told.ARABIC, "utf-8", None, ' dir="rtl"'),
        (told.HEBREW, "utf-8", None, ' dir="rtl"'),
        (told.JAPANESE, "shift_jis", "Shift_JIS", ""),
        (told.JAPANESE, "euc_jp", "EUC-JP", ""),
        (told.CHINESE, "gb18030", "gb2312", ""),
        (told.RUSSIAN, "cp1251", "windows-1251", ""),
        (told.RUSSIAN, "cp1251", None, ""),  # nobody says so
    ):
        s = story
        body = (
            f'<main><article><h1>{s.title}</h1><p class="lead">{s.standfirst}</p>{p(*s.paragraphs)}</article>'
            "</main>"
        )
        source = document(s, ld(s), NAVIGATION + body + FOOTER, direction)
        if charset != "utf-8":
            source = source.replace('<meta charset="utf-8">', "")
            source = source.replace("©", "&copy;")
        name = f"{s.language} in {charset}, declared as {declared}"
        yield Page(name, source, wanted(s, standfirst=True), known(s), charset, declared)
    s = told.GERMAN
    body = f"<main><article><h1>{s.title}</h1>{p(*s.paragraphs)}</article></main>".replace(
        "Haupt", "Haupt&shy;"
    )
    source = document(s, ld(s), body).replace('charset="utf-8"', 'charset="windows-1252"')
    yield Page("windows-1252 in the page, soft hyphens", source, wanted(s), known(s), "cp1252")


# ---------------------------------------------------------------------- walls


def with_walls() -> Iterator[Page]:
    s = told.BRIDGE
    wall = (
        '<div class="paywall"><h2>Subscribe to continue reading</h2><p>This article is for subscribers. Already a '
        "subscriber? Log in to read the full story.</p></div>"
    )
    body = f"{NAVIGATION}<main><article><h1>{s.title}</h1>{p(s.paragraphs[0])}{wall}</article></main>{FOOTER}"
    data = ld(s, isAccessibleForFree=False, wordCount=640)
    yield Page("a paywall", document(s, data, body), wanted(s)[:2], known(s), quality="paywall")
    body = f"{NAVIGATION}<main><article><h1>{s.title}</h1>{p(s.paragraphs[0])}</article></main>{FOOTER}"
    yield Page("the first paragraph only", document(s, og(s), body), wanted(s)[:2], {"title": s.title},
               quality="one-paragraph")  # fmt: skip
    yield Page("the first paragraph, and the page says how long it is",
               document(s, ld(s, wordCount=900), body), wanted(s)[:2], known(s), quality="shorter")  # fmt: skip
    cookies = (
        "<div class=box><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain our services, "
        "to measure how they are used, and to show adverts.</p><p>If you choose to accept all, we will also use "
        "cookies to develop new services.</p><button>Accept all</button></div>"
    )
    yield Page("a cookie wall", document(s, "", cookies, title="Before you continue"), [], {},
               quality="cookie-wall")  # fmt: skip
    login = (
        "<main><h1>Members only</h1><p>Please log in to continue to the article that you have asked for.</p><form>"
        '<input name=u><input type="password" name=w><button>Log in</button></form></main>'
    )
    yield Page("a login", document(s, "", login, title="Members only"), [], {}, quality="login")
    robot = (
        "<div><h1>Just a moment…</h1><p>Please enable JavaScript and cookies to continue.</p></div>"
    )
    yield Page("a check for robots", document(s, "", robot, title="Just a moment…"), [], {},
               quality="robot-check")  # fmt: skip
    links = "".join(
        f'<li><a href="/{n}">{t.title}: {t.standfirst}</a></li>' for n, t in enumerate((told.BRIDGE, told.WELLS,
        told.VOTE, told.LAB, told.FIRE) * 4)
    )  # fmt: skip
    front = f"{NAVIGATION}<main><h1>The news of today</h1><ul>{links}</ul></main>{FOOTER}"
    yield Page("a front page", document(s, "", front, title=OUTLET), [], {}, quality="mostly-links")


# ---------------------------------------------------------------------- put together


def as_big_sites_are() -> Iterator[Page]:
    s = told.BRIDGE
    picture = (
        '<div data-component="image-block"><figure><div><picture><img alt="x"></picture><span role="text">'
        '<span class="visually-hidden">Image source, </span>Example Pictures</span></div><figcaption>'
        '<span class="visually-hidden">Image caption, </span><p>The bridge was opened in 1961.</p></figcaption>'
        "</figure></div>"
    )
    texts = "".join(
        f'<div data-component="text-block"><div class="ssrcss-7"><p class="ssrcss-1">{words}</p></div></div>'
        for words in s.paragraphs
    )
    links = (
        '<div data-component="links-block"><p>You may also be interested in:</p><ul><li><a href="/1">Tunnel '
        'closed at night</a></li></ul></div><div data-component="topic-list"><h2>Related Topics</h2><ul><li>'
        "<a href=/t>Transport</a></li></ul></div>"
    )
    body = (
        f'{NAVIGATION}<main id="main-content"><article><div data-component="headline-block"><h1>{s.title}</h1>'
        '</div><div data-component="byline-block"><div><span>Ada Sample</span><span>Transport correspondent'
        f"</span></div></div>{picture}{texts}{links}</article></main>{FOOTER}"
    )
    blocks = wanted(s, byline="Ada Sample", before="The bridge was opened in 1961.")
    blocks[2:2] = [("credit", "Transport correspondent")]
    yield Page("blocks named by their data", document(s, og(s), body), blocks,
               known(s, published_at="2024-05-01?"))  # fmt: skip
    signup = (
        '<figure><a href="#EmailSignup">skip past newsletter promotion</a><aside aria-label="newsletter '
        'promotion"><p>Sign up to Headlines</p><p>A digest of the headlines of the morning, emailed to you every '
        "week day</p></aside></figure>"
    )
    body = (
        f'{NAVIGATION}<main><article><div data-gu-name="headline"><h1>{s.title}</h1></div><div data-gu-name='
        f'"standfirst"><p>{s.standfirst}</p><ul><li><a href="/live">Bridge closed: latest updates</a></li></ul></div>'
        '<aside data-gu-name="meta"><address><a rel="author" href="/ada">Ada Sample</a> Transport editor</address>'
        f'</aside><div data-gu-name="body"><div id="maincontent">{p(*s.paragraphs[:2])}{signup}'
        f"{p(*s.paragraphs[2:])}</div></div></article></main>"
        '<aside><h2>Most viewed</h2><ol><li><a href="/z">Something else happened today</a></ol></aside>'
    )
    yield Page(
        "a newsletter inside a figure",
        document(s, ld(s), body),
        wanted(s, standfirst=True),
        known(s),
    )
    s = told.LAB
    rows = "<tr><th>Opened</th><td>1961</td></tr><tr><th>Length</th><td>812 metres</td></tr>"
    first, *others = s.paragraphs
    body = (
        f'<div class="mw-body"><h1 class="firstHeading">{s.title}</h1><div class="mw-parser-output"><table class='
        f'"infobox">{rows}</table><p>{first}<sup class="reference"><a href="#c">[1]</a></sup></p>'
        '<h2><span>History</span><span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>'
        f"{p(*others)}</div></div>"
    )
    blocks = wanted(s, also={0: [("body", "Opened | 1961"), ("body", "Length | 812 metres")],
                             1: [("subhead", "History")]})  # fmt: skip
    yield Page("an encyclopedia", document(s, "", body, title=s.title), blocks, {"title": s.title})
