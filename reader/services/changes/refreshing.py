"""Makes a text that was captured anew the current version of its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field

from reader.domain.article import Article, ArticleDraft, Version, version_uid
from reader.domain.errors import ChangedMeanwhile, StorageError, UsageError
from reader.domain.highlight import Fate
from reader.domain.records import dataclass
from reader.domain.text import text_sha256
from reader.services.articles import name_of
from reader.services.changes.carrying import Anchorings, Carried, carry, role_changes
from reader.storage.highlights import AnchoredHighlight
from reader.storage.library import Library

_TRIES = 3
_DETAILS = ("title", "byline", "outlet", "published_at")
"""What a page says of itself, and may say otherwise one day."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of a text that was captured anew.

    Attributes:
        article: The article as it is now.
        name: Its title or first words.
        changed: Whether the text is another one, and a new version was made.
        before: Uid of the version that was the current one.
        version: Uid of the current version.
        fates: What became of how many highlights, of all annotators; those that had been orphans
            and still are do not count.
        details: What the page says otherwise of itself than the library, by name: ``title`` …;
            the library's are left as they are.
        warnings: What the capture has to say.
    """

    article: Article
    name: str
    changed: bool
    before: str
    version: str
    fates: dict[Fate, int] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def all_highlights(library: Library, article_uid: str) -> Iterator[AnchoredHighlight]:
    """Yield the live highlights of all annotators on all versions of an article."""
    for row in library.articles.versions(article_uid):
        yield from library.highlights.anchored(row.uid)


def add_version(
    library: Library, article_uid: str, draft: ArticleDraft, annotator: str
) -> Refreshed:
    """Make a draft the current version of an article, and carry its highlights over to it.

    If the draft's text is that of the current version, nothing is written.

    Args:
        library: The library.
        article_uid: The article.
        draft: What was captured anew.
        annotator: Uid of who did it.

    Raises:
        UsageError: There is no such article.
        StorageError: Nothing was written.
    """
    for attempt in range(1, _TRIES + 1):
        try:
            return _add_version(library, article_uid, draft, annotator)
        except ChangedMeanwhile:  # somebody marked something while its place was looked for
            if attempt == _TRIES:
                raise
    raise AssertionError("the loop returns or raises")


def _add_version(
    library: Library, article_uid: str, draft: ArticleDraft, annotator: str
) -> Refreshed:
    article = library.articles.get(article_uid)
    if article is None:
        raise UsageError("The article is not in the library.", "See `reader list`.")
    name = name_of(article, draft.text)
    uid = version_uid(article_uid, text_sha256(draft.text))
    details = _details(article, draft)
    if uid == article.version_uid:
        return Refreshed(article, name, False, uid, uid, {}, details, draft.warnings)
    before = library.articles.version(article.version_uid)
    if before is None:
        raise StorageError("The article's text is not in the library.", "Restore a backup.")
    to = library.articles.version(uid) or _version_of(uid, article_uid, draft)
    anchorings = Anchorings(library, to)
    carried = carry(all_highlights(library, article_uid), to, anchorings)
    anchoring = anchorings.of(before.uid)
    roles = role_changes(before, to, anchoring) if anchoring else []
    changes = [item.change for item in carried if item.change is not None]
    library.add_version(article_uid, draft, annotator, [*changes, *roles])
    if anchoring is not None:
        library.articles.carry_places(article_uid, (before.uid, uid), anchoring.alignment.offset)
    now = library.articles.get(article_uid) or article
    return Refreshed(now, name, True, before.uid, uid, _fates(carried), details, draft.warnings)


def _version_of(uid: str, article_uid: str, draft: ArticleDraft) -> Version:
    """Return a version that is not stored yet."""
    return Version(
        uid=uid,
        article_uid=article_uid,
        sha256=text_sha256(draft.text),
        content=draft.text,
        blocks=draft.blocks,
        roles={},
        origin=draft.origin,
        media_type=draft.media_type,
        captured_at="",
        warnings=draft.warnings,
    )


def _details(article: Article, draft: ArticleDraft) -> dict[str, str]:
    said = {name: getattr(draft.metadata, name) for name in _DETAILS}
    return {
        name: value
        for name, value in said.items()
        if value and getattr(article.metadata, name) not in (None, value)
    }


def _fates(carried: list[Carried]) -> dict[Fate, int]:
    """Return what became of how many, those first that a person should look at."""
    count = Counter(item.after.fate or Fate.KEPT for item in carried if item.change is not None)
    order = (Fate.CHECK, Fate.REWORDED, Fate.MOVED, Fate.ORPHANED, Fate.KEPT, Fate.CONFIRMED)
    return {fate: count[fate] for fate in order if count[fate]}
