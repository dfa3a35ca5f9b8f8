"""An article with its marks as data: for ``show`` and for whoever reads JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from reader.domain.article import Article, Version
from reader.domain.beside import Beside
from reader.domain.codebook import Tag
from reader.domain.errors import StorageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.likelihood import in_words
from reader.domain.overall import Overall
from reader.services.annotators import told_apart
from reader.services.codebooks.tags import Tags
from reader.services.reading.walking import blocks_of, statements_of
from reader.services.telling.fields import fields as told_fields
from reader.services.telling.fields import judgement_fields
from reader.services.telling.told import Told, with_told
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library


def version_of(library: Library, article: Article) -> Version:
    """Return the newest capture of an article.

    Raises:
        StorageError: It is not there.
    """
    version = library.articles.version(article.version_uid)
    if version is None:
        raise StorageError("The article's text is not in the library.", "Restore a backup.")
    return version


def left_behind(library: Library, article: Article) -> Iterator[Version]:
    """Yield the versions that have highlights which the current one has not, oldest first."""
    for row in library.articles.versions(article.uid):
        if not row.current and library.highlights.any_on(row.uid):
            version = library.articles.version(row.uid)
            if version is not None:
                yield version


def lacks(
    highlight: Highlight, judgement: Judgement, tag: Tag | None, beside: Beside | None = None
) -> tuple[str, ...]:
    """Return what a judgement's tag wants beside it and what is not there.

    Args:
        highlight: The highlight.
        judgement: A judgement on it.
        tag: The tag that it gives; None if its codebook is not known.
        beside: What stands beside highlights, among them that one; None is nothing.
    """
    return (beside or Beside()).lacks(highlight, judgement, tag) if tag else ()


def verdict_lacks(
    overall: Overall, judgement: Judgement, tag: Tag | None, beside: Beside | None = None
) -> tuple[str, ...]:
    """Return what a verdict on an article wants beside it and what is not there.

    Args:
        overall: What is said of the article.
        judgement: The verdict.
        tag: The tag that it gives; None if its codebook is not known.
        beside: What stands beside the article's highlights: a verdict rests on the evidence for its
            statements. None is nothing.
    """
    if tag is None:
        return ()
    return (beside or Beside()).overall_lacks(judgement, tag, overall.note or "")


def article_fields(article: Article, version: Version) -> dict[str, Any]:
    """Return what is known of an article, for JSON."""
    meta = article.metadata
    return {
        "uid": article.uid,
        "title": meta.title,
        "byline": meta.byline,
        "outlet": meta.outlet,
        "url": meta.url,
        "published_at": meta.published_at,
        "language": meta.language,
        "sha256": version.sha256,
        "characters": len(version.text),
    }


def as_document(library: Library, article: Article) -> dict[str, Any]:
    """Return an article with text, blocks, statements and all annotators' highlights, for JSON."""
    version, tags = version_of(library, article), Tags(library)
    text = version.text
    return {
        "article": {
            **article_fields(article, version),
            "labels": list(library.overall.labels(article.uid)),
            "overall": list(_overall(library, article, version, tags)),
        },
        "text": text,
        "blocks": [
            {"start": b.start, "end": b.end, "role": b.role.value, "level": b.level}
            for b in blocks_of(version)
        ],
        "statements": [
            {"n": s.number, "start": s.span.start, "end": s.span.end, "text": text[slice(*s.span)]}
            for s in statements_of(version)
        ],
        "highlights": list(_highlights(library, article, version, tags)),
        "orphans": [
            {**fields, "sha256": earlier.sha256}
            for earlier in left_behind(library, article)
            for fields in _highlights(library, article, earlier, tags)
        ],
    }


def _overall(
    library: Library, article: Article, version: Version, tags: Tags
) -> Iterator[dict[str, Any]]:
    beside = library.beside.on(version.uid)
    for who, overall in library.overall.by_annotator(article.uid):
        yield overall_fields(who, overall, tags, beside)


def _highlights(
    library: Library, article: Article, version: Version, tags: Tags
) -> Iterator[dict[str, Any]]:
    beside = library.beside.on(version.uid)
    for found, told in marked_and_told(library, version, article.metadata.published_at):
        yield {**highlight_fields(found, tags, beside), **told_fields(told, tags)}


def marked_and_told(
    library: Library, version: Version, day: str | None
) -> Iterator[tuple[AnchoredHighlight, Told]]:
    """Yield all annotators' highlights on a version with what stands beside each, in order."""
    found = library.highlights.anchored(version.uid)
    return with_told(library, found, lambda item: item.highlight.uid, day)


def told_names(library: Library, article_uid: str) -> dict[str, str]:
    """Return what those are called who have marked an article, by uid; of one alone nothing."""
    marked = library.judged.annotators_in([article_uid]).get(article_uid, [])
    handles = library.annotators.handles() if len(marked) > 1 else {}
    return told_apart({uid: handle for uid, handle in handles.items() if uid in marked})


def highlight_fields(found: AnchoredHighlight, tags: Tags, beside: Beside) -> dict[str, Any]:
    """Return a highlight with its judgements, for JSON."""
    highlight = found.highlight
    return {
        "uid": highlight.uid,
        "start": highlight.start,
        "end": highlight.end,
        "text": found.anchor.exact,
        "note": highlight.note,
        "flag": highlight.flag,
        "fate": highlight.fate.value if highlight.fate else None,
        "annotator": found.annotator,
        "created_at": highlight.created_at,
        "judgements": [
            _judgement_fields(item, tags, lacks(highlight, item, tags.of(item), beside))
            for item in highlight.judgements
        ],
    }


def overall_fields(
    handle: str, overall: Overall, tags: Tags, beside: Beside | None = None
) -> dict[str, Any]:
    """Return what an annotator says of an article as a whole, for JSON."""
    return {
        "annotator": handle,
        "note": overall.note,
        "verdicts": [
            _judgement_fields(item, tags, verdict_lacks(overall, item, tags.of(item), beside))
            for item in overall.verdicts
        ],
    }


def overall_lines(overall: Overall, tags: Tags) -> list[str]:
    """Return an annotator's verdicts on an article, one in a line, for people."""
    return [_verdict_line(item, tags.of(item)) for item in overall.verdicts]


def _verdict_line(judgement: Judgement, tag: Tag | None) -> str:
    words = [f"{tag.symbol} {tag.label}" if tag else judgement.code]
    if judgement.confidence:
        words.append(f"confidence {judgement.confidence}")
    if judgement.likelihood is not None:
        words.append(in_words(judgement.likelihood))
    if judgement.reason:
        words.append(judgement.reason)
    return " · ".join(words)


def _judgement_fields(judgement: Judgement, tags: Tags, wants: tuple[str, ...]) -> dict[str, Any]:
    return {**judgement_fields(judgement, tags), "incomplete": bool(wants)}


def of_others(
    library: Library, version_uid: str, annotator_uid: str, most: int = 2_000
) -> list[AnchoredHighlight]:
    """Return what other annotators have marked on a version, in document order.

    Args:
        library: The library.
        version_uid: The version.
        annotator_uid: Whose highlights are left out.
        most: How many are enough.
    """
    found = library.highlights.anchored(version_uid)
    theirs = (item for item in found if item.highlight.annotator_uid != annotator_uid)
    return list(islice(theirs, most))


def names_beside(found: Iterable[AnchoredHighlight], me: tuple[str, str]) -> dict[str, str]:
    """Return what others are called beside oneself, by uid: of two of one name, with their ids.

    Args:
        found: Highlights of the others.
        me: One's own uid and handle.
    """
    uid, handle = me
    others = {item.highlight.annotator_uid: item.annotator for item in found}
    names = told_apart({**others, uid: handle})
    return {who: names[who] for who in others}


def words_of(library: Library, highlight_uid: str) -> str:
    """Return the marked words of a highlight, also of a deleted one; empty if it never was."""
    words = ""
    for operation in library.log.of_entities([highlight_uid]):
        words = operation.patch.get("exact") or words
    return words
