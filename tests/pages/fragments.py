"""Pieces that pages are made of, for putting them together in any order."""

from __future__ import annotations

FRAGMENTS = (
    *("<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<h2>", "</h3>", "<ul>", "<li>", "</ul>"),
    *("<ol><li>", "</ol>", "<blockquote>", "</blockquote>", "<table><tr><td>", "<td>", "</tr>"),
    *("</table>", "<tr>", "<figure><figcaption>", "</figcaption></figure>", "<br>", "<br><br>"),
    *("<a href=x>", "</a>", "<b>", "</b>", "<pre>", "</pre>", "<q>", "</q>", "<nav>", "</nav>"),
    *("<aside class=related>", "</aside>", "<span>", "</span>", "<article>", "</article>", "<!--"),
    *("-->", "<script>", "</script>", "<p hidden>", "&amp;", "&#27;", "&shy;", "\u00a0", "\n", "<"),
    *(">", '"', "A sentence that is long enough to be one of an article, with a comma in it. "),
    *(
        "Wort ",
        "\u2028",
        "文章。",
        "مقال ",
        "e\u0301",
        "\U0001f600",
        "\x1b",
        "<time datetime=2024-05-01>",
    ),
)
