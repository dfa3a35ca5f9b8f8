"""What a page says of itself in its markup: gathered by the walk, understood elsewhere."""

from __future__ import annotations

from dataclasses import field

from reader.domain.records import dataclass

_MOST = 400
"""Metas, links and so on that are kept of one page."""
_LONGEST_SCRIPT = 4_000_000
"""Code points of structured data that are kept."""


@dataclass(slots=True)
class Head:
    """What a page says of itself.

    Attributes:
        language: The ``lang`` of the page.
        title: What stands in its ``title``.
        metas: Names (or properties) and contents, in order.
        links: Of each ``link``: its relations and its address.
        scripts: Structured data (JSON-LD), as it stands there.
        times: Of each ``time``: its ``datetime``, and whether it says that it is the publication.
        asks_password: Whether there is a field for a password.
        base: The address that others are relative to, if the page says one.
    """

    language: str = ""
    title: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    times: list[tuple[str, bool]] = field(default_factory=list)
    asks_password: bool = False
    base: str = ""
    into: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        if tag == "html":
            self.language = attributes.get("lang") or attributes.get("xml:lang") or ""
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "link" and attributes.get("href") and len(self.links) < _MOST:
            self.links.append((attributes.get("rel", "").lower(), attributes["href"]))
        elif tag == "base" and not self.base:
            self.base = attributes.get("href", "")
        elif tag == "time" and attributes.get("datetime") and len(self.times) < _MOST:
            self.times.append((attributes["datetime"], _is_publication(attributes)))
        elif tag == "input" and attributes.get("type", "").lower() == "password":
            self.asks_password = True
        elif tag == "script" and "ld+json" in attributes.get("type", "").lower():
            if len(self.scripts) < _MOST:
                self.into = "script"
                self.scripts.append("")
        elif tag == "title" and not self.title:
            self.into = "title"

    def end(self, tag: str) -> None:
        """Take note of an element that ends."""
        if tag == self.into:
            self.into = ""

    def text(self, words: str) -> None:
        """Take note of text."""
        if self.into == "title":
            self.title += words[:1000]
        elif self.into == "script" and len(self.scripts[-1]) < _LONGEST_SCRIPT:
            self.scripts[-1] += words

    def _meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        name = name or attributes.get("http-equiv")
        content = " ".join(attributes.get("content", "").split())
        if name and content and len(self.metas) < _MOST:
            self.metas.append((name.strip().lower(), content[:4000]))

    def meta(self, *names: str) -> str:
        """Return the first content under the first of several names that there is, or nothing."""
        for name in names:
            for known, content in self.metas:
                if known == name:
                    return content
        return ""

    def all_metas(self, *names: str) -> list[str]:
        """Return every content under the first of several names that there is."""
        for name in names:
            found = [content for known, content in self.metas if known == name]
            if found:
                return found
        return []

    def link(self, relation: str) -> str:
        """Return the address of the first link with a relation, or nothing."""
        return next((href for rel, href in self.links if relation in rel.split()), "")


def _is_publication(attributes: dict[str, str]) -> bool:
    said = f"{attributes.get('itemprop', '')} {attributes.get('class', '')}".lower()
    return "pubdate" in attributes or "publish" in said or "dt-published" in said
