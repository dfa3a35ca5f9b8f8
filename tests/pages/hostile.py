"""Pages that are made to hang, exhaust or deceive whoever reads them."""

from __future__ import annotations

WORDS = (
    "The harbour bridge was closed to all traffic after inspectors found two cracks in a girder."
)
PARAGRAPH = f"<p>{WORDS}</p>"
SHARE = 25
"""What the sizes are divided by in the normal tests."""


def hostile(share: int = 1) -> dict[str, str]:
    """Return sources of pages by what is bad about them; all have :data:`WORDS` in them.

    Args:
        share: What the sizes are divided by.
    """
    many = 100_000 // share
    bodies = {
        "elements in elements": "<div>" * many + PARAGRAPH + "</div>" * many,
        "emphasis in emphasis": "<b>" * (many - 10) + PARAGRAPH,
        "paragraphs": PARAGRAPH + "<p>word " * (2 * many),
        "attributes": "<p " + " ".join(f'a{n}="x"' for n in range(many)) + ">" + PARAGRAPH,
        "attributes with tags in them": "<p " + 'a="<" ' * (many - 10) + ">" + PARAGRAPH,
        "a tag without an end": PARAGRAPH + "<p " + "a" * (30 * many),
        "comments without an end": PARAGRAPH + "<!--" * (many - 10),
        "signs of tags": PARAGRAPH + "<" * (4 * many),
        "tables in tables": "<table><tr><td>" * (many // 3) + PARAGRAPH,
        "lists in lists": PARAGRAPH + "<ul><li>x" * (many // 2),
        "line breaks": PARAGRAPH + "<p>" + "x<br>" * (many - 10),
        "data in data": f'<script type="application/ld+json">{"[" * many}</script>{PARAGRAPH}',
        "one line": f"<p>{WORDS} {'word ' * (4 * many)}",
        "references to controls": PARAGRAPH + "&#27;&#x1B;&#0;&#x9d;&#xd800;\x1b\0",
    }
    pages = {name: f"<html><body>{body}" for name, body in bodies.items()}
    laughs = "".join(f'<!ENTITY l{n + 1} "' + f"&l{n};" * 10 + '">' for n in range(9))
    pages["a billion laughs"] = (
        f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><html><body>{PARAGRAPH}<p>&l9;</p>'
    )
    pages["a file of this machine"] = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body>{PARAGRAPH}<p>Here: &x;</p>"
    )
    return pages
