"""What an element says of itself by name, role, class and properties: where it is, what it is."""

from __future__ import annotations

import re

_ZONES: dict[str, str] = {
    "nav": "nav",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
}
_ARIA = {
    "navigation": "nav",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "form",
    "dialog": "cookies",
    "alertdialog": "cookies",
}
_CLASS_ZONES = (
    ("cookies", r"cookies?|consent|gdpr|cmp|onetrust|didomi|usercentrics"),
    ("comments", r"comments?|disqus|replies|kommentare|commentaires"),
    ("paywall", r"paywall|pay-?gate|regwall|subscribe-?wall|premium-?teaser|metered"),
    ("related", r"related|recommend(?:ed|ations?)?|most-?read|more-?on|trending|outbrain|taboola"
     r"|read-?(?:more|next)|see-?also|mehr-?zum-?thema"),
    ("aside", r"newsletter|promo(?:tion)?|sidebar|share(?:bar)?|sharing|social|advert(?:isement)?"
     r"|ads?|sponsor(?:ed)?|banner|skip-?link|breadcrumbs?|tags?-list|toolbar|author-?bio"),
    ("nav", r"nav(?:bar|igation)?|menu|masthead|topbar|site-?header"),
    ("footer", r"(?:site-?|page-?)?footer"),
)  # fmt: skip
_CLASS_HINTS = (
    ("standfirst", r"standfirst|dek|deck|sub-?title|sub-?headline|article-?(?:summary|intro|lead)"
     r"|excerpt|lead|lede|intro|teaser-?text|vorspann|chapo|entradilla|summary"),
    ("byline", r"by-?line|authors?|author-?name|contributors?|autor(?:en)?|writer"),
    ("date", r"date(?:line)?|timestamp|pub(?:lished)?-?(?:date|time)?|article-?(?:date|time)|time"),
    ("credit", r"credits?|copyright|photo-?credit|image-?(?:credit|source)|photographer"
     r"|bildquelle"),
    ("caption", r"(?:wp-)?caption(?:-text)?|image-?(?:caption|description)|bildunterschrift"
     r"|legende"),
    ("title", r"(?:article-?|entry-?|post-?|story-?)?(?:title|headline|hed)"),
)  # fmt: skip
_NAMES = ("class", "id", "data-component", "data-testid", "data-gu-name")
"""Attributes in which pages say for people what an element is."""
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-reader(?:-text)?|mw-editsection)(?=\s|$)"
)
"""Classes of what is for screen readers or editors, and not seen."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_PARTS = "block|box|container|wrapper|list|section|text|item|module|bar"
"""What names of classes add to what they are about."""


def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    before, after = r"(?:^|\s|__|--)(?:[a-z0-9]+-){0,2}", r"(?=$|\s|__|--|-?(?:" + _PARTS + r")\b)"
    return tuple((name, re.compile(f"{before}(?:{words}){after}")) for name, words in table)


_ZONE_PATTERNS = _compiled(_CLASS_ZONES)
_HINT_PATTERNS = _compiled(_CLASS_HINTS)
_LONGEST_CLASS = 300


def told_by(tag: str, attributes: dict[str, str]) -> tuple[str, str]:
    """Return the zone of the page that an element is, and what of an article; each may be empty.

    Args:
        tag: Its name.
        attributes: Its attributes.
    """
    names = " ".join(filter(None, (attributes.get(name) for name in _NAMES)))
    names = names[:_LONGEST_CLASS].lower().replace("_", "-").replace("----", "__")
    zone = _ZONES.get(tag) or _ARIA.get(attributes.get("role", "").lower(), "")
    hint = _hint_of_properties(tag, attributes)
    if names and tag not in ("html", "body", "article", "main"):
        zone = zone or _first_match(_ZONE_PATTERNS, names)
        hint = hint or _first_match(_HINT_PATTERNS, names)
    return zone, hint


def is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    """Whether a person does not see the element."""
    if tag in ("html", "body"):
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN_CLASS.search(attributes.get("class", "")[:_LONGEST_CLASS].lower()))
        or (tag == "sup" and attributes.get("class") == "reference")
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")[:_LONGEST_CLASS]))
    )


def _hint_of_properties(tag: str, attributes: dict[str, str]) -> str:
    """Return what an element says of itself in attributes made for that."""
    said = f"{attributes.get('itemprop', '')} {attributes.get('rel', '')}".lower().split()
    if "author" in said:
        return "byline"
    if tag == "time" or "datepublished" in said or "datemodified" in said:
        return "date"
    if "headline" in said:
        return "title"
    return ""


def _first_match(patterns: tuple[tuple[str, re.Pattern[str]], ...], names: str) -> str:
    return next((name for name, pattern in patterns if pattern.search(names)), "")
