"""A quotation to take elsewhere: its words, where they stand, who said what of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from reader.domain.article import Article, Metadata, Version
from reader.domain.highlight import Highlight, Judgement
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.domain.untrusted import safe
from reader.formats.markdown_text import address, escaped
from reader.services.articles import name_of
from reader.services.codebooks.tags import Tags
from reader.storage.library import Library

_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), 0x2060, 0xFEFF], None)
"""What `safe` puts for bidi controls, and what else cannot be seen: pasted, it would only harm.

The joiners of emoji and of Indic and Arabic scripts (U+200C, U+200D) stay.
"""
del _INVISIBLE[0x200C], _INVISIBLE[0x200D]


@dataclass(frozen=True, slots=True)
class Citation:
    """Some words of an article and what belongs to them.

    Attributes:
        name: Title or first words of the article.
        metadata: What else is known of it.
        sha256: Of the article's text.
        span: Where the words are, in code points.
        words: Just these words.
        tags: Symbol and label of each tag, with what is said of it.
        note: The note, or None.
        page: Page of the source on which the words begin, from 1; None if unknown.
    """

    name: str
    metadata: Metadata
    sha256: str
    span: Span
    words: str
    tags: tuple[str, ...] = ()
    note: str | None = None
    page: int | None = None

    def as_form(self, form: str) -> str:
        """Return it, without anything that a terminal could act on.

        Args:
            form: ``plain``, ``markdown``, ``offsets`` or ``json``.
        """
        made: dict[str, Callable[[], str]] = {
            "plain": self._plain,
            "markdown": self._markdown,
            "offsets": self._offsets,
            "json": self._json,
        }
        return made[form]()

    def _plain(self) -> str:
        lines = [f"“{tidy(self.words)}”", f"— {', '.join(self._whence())}"]
        lines += [f"[{tidy('; '.join(self.tags))}]"] if self.tags else []
        return "\n".join(lines)

    def _whence(self) -> list[str]:
        meta = self.metadata
        title = f"“{tidy(self.name)}”"
        facts = (meta.byline, title, meta.outlet, _day(meta), self._page(), meta.url)
        return [tidy(item) for item in facts if item]

    def _page(self) -> str:
        return f"p. {self.page}" if self.page else ""

    def _markdown(self) -> str:
        meta = self.metadata
        name = escaped(tidy(self.name))
        link = address(meta.url)
        title = f"[{name}](<{link}>)" if link else f"*{name}*"
        parts = [meta.byline, meta.outlet, _day(meta), self._page()]
        byline, *others = [escaped(tidy(item)) if item else "" for item in parts]
        where = ", ".join(item for item in (byline, title, *others) if item)
        lines = [f"> {escaped(tidy(self.words))}", "", f"— {where}"]
        lines += [f"  \n**{escaped(tidy('; '.join(self.tags)))}**"] if self.tags else []
        return "\n".join(lines[:3]) + "".join(lines[3:])

    def _offsets(self) -> str:
        return f"{self.span.start},{self.span.end} sha256:{self.sha256}"

    def _json(self) -> str:
        return json.dumps(self.fields(), ensure_ascii=True)

    def fields(self) -> dict[str, Any]:
        """Return everything, the words to the letter, for JSON."""
        meta = self.metadata
        return {
            "quote": self.words,
            "start": self.span.start,
            "end": self.span.end,
            "sha256": self.sha256,
            "title": meta.title,
            "byline": meta.byline,
            "outlet": meta.outlet,
            "url": meta.url,
            "published_at": meta.published_at,
            "page": self.page,
            "tags": list(self.tags),
            "note": self.note,
        }


def cited(
    library: Library, article: Article, version: Version, span: Span, annotator: str | None
) -> Citation:
    """Return words of an article in the library, with the annotator's tags on just these words."""
    tags = Tags(library)

    def name(judgement: Judgement) -> str:
        tag = tags.of(judgement)
        return f"{tag.symbol} {tag.label}" if tag else judgement.code

    where = (version.uid, annotator or "", *span)
    highlight = library.highlights.with_span(*where)
    return Citation(
        name=name_of(article, version.text),
        metadata=article.metadata,
        sha256=version.sha256,
        span=span,
        words=version.text[slice(*span)],
        tags=tag_words(highlight, name),
        note=highlight.note if highlight else None,
        page=library.articles.details(version.uid).pages.at(span.start),
    )


def _day(meta: Metadata) -> str:
    return (meta.published_at or "")[:10]


def tidy(text: str) -> str:
    """Return the text in one line, safe and without invisible characters."""
    return re.sub(r"\s+", " ", safe(text).translate(_INVISIBLE)).strip()


def tag_words(highlight: Highlight | None, name: Callable[[Judgement], str]) -> tuple[str, ...]:
    """Return a highlight's judgements in words: ``+ plausible, confidence low``.

    Args:
        highlight: The highlight; None has none.
        name: Gives symbol and label of the tag.
    """
    return tuple(_in_words(item, name) for item in highlight.judgements) if highlight else ()


def _in_words(judgement: Judgement, name: Callable[[Judgement], str]) -> str:
    parts = [name(judgement)]
    if judgement.confidence:
        parts.append(f"confidence {judgement.confidence}")
    if judgement.likelihood is not None:
        parts.append(f"likelihood {judgement.likelihood} %")
    return ", ".join(parts)
