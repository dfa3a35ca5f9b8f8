"""Makes a text that was captured anew the current version of its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field

from reader.domain.article import Article, Version, version_uid
from reader.domain.article_draft import ArticleDraft
from reader.domain.comparing.alignment import Alignment
from reader.domain.errors import ChangedMeanwhile, StorageError, UsageError
from reader.domain.highlight import Fate
from reader.domain.operation import Change
from reader.domain.records import dataclass
from reader.domain.text import text_sha256
from reader.services.articles import name_of
from reader.services.changes.carrying import Anchorings, Carried, carry, role_changes
from reader.services.changes.details import changed_details
from reader.storage import capturing
from reader.storage.anchored import AnchoredHighlight
from reader.storage.capturing import ANOTHER
from reader.storage.carrying_places import carry_places
from reader.storage.library import Library

__all__ = [
    "ANOTHER",
    "TRIES",
    "Prepared",
    "Refreshed",
    "add_version",
    "all_highlights",
    "prepare",
    "write",
]

TRIES = 3
"""How often it is worked out what a new version changes, if somebody works in it meanwhile."""


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


@dataclass(frozen=True, slots=True)
class Prepared:
    """What making a text the current version of its article will change.

    Attributes:
        article_uid: The article.
        before: Uid of the version that is the current one.
        version: Uid of the version that the text is, or will be.
        newest: The log's newest number before it was worked out.
        changes: Highlights carried over, and roles of paragraphs.
        fates: See :class:`Refreshed`.
        alignment: Which words of both versions are the same; None if it is the same text.
    """

    article_uid: str
    before: str
    version: str
    newest: int
    changes: tuple[Change, ...] = ()
    fates: dict[Fate, int] = field(default_factory=dict)
    alignment: Alignment | None = None

    @property
    def changed(self) -> bool:
        """Whether it is another text."""
        return self.before != self.version


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
    for attempt in range(1, TRIES + 1):
        prepared = prepare(library, article_uid, draft)
        try:
            return write(library, prepared, draft, annotator, strict=attempt < TRIES)
        except ChangedMeanwhile:  # somebody marked something while its place was looked for
            if attempt == TRIES:
                raise
    raise AssertionError("the loop returns or raises")


def prepare(library: Library, article_uid: str, draft: ArticleDraft) -> Prepared:
    """Work out what making a draft the current version changes; nothing is written.

    This takes about a second for a text of a million characters. The library may be one that is
    open for reading only; what was done meanwhile is noticed when it is written.

    Raises:
        UsageError: There is no such article.
        StorageError: The library cannot be read.
    """
    newest = library.log.newest()  # before anything else is looked at
    article = _article(library, article_uid)
    uid = version_uid(article_uid, text_sha256(draft.text))
    if uid == article.version_uid:
        return Prepared(article_uid, uid, uid, newest)
    before = library.articles.version(article.version_uid)
    if before is None:
        raise StorageError("The article's text is not in the library.", "Restore a backup.")
    to = library.articles.version(uid) or _version_of(uid, article_uid, draft)
    anchorings = Anchorings(library, to)
    carried = carry(all_highlights(library, article_uid), to, anchorings)
    anchoring = anchorings.of(before.uid)
    roles = role_changes(before, to, anchoring) if anchoring else []
    changes = [item.change for item in carried if item.change is not None]
    return Prepared(
        article_uid,
        before.uid,
        uid,
        newest,
        (*changes, *roles),
        _fates(carried),
        anchoring.alignment if anchoring else None,
    )


def write(
    library: Library,
    prepared: Prepared,
    draft: ArticleDraft,
    annotator: str,
    *,
    strict: bool = True,
    group: tuple[str, str] | None = None,
) -> Refreshed:
    """Write what was worked out, as one action.

    Args:
        library: The library.
        prepared: What was worked out.
        draft: What was captured anew.
        annotator: Uid of who did it.
        strict: Whether it must be worked out anew if anything was done in the article since; else
            a highlight made meanwhile is carried over when the article is opened next.
        group: See :func:`capturing.add_version`.

    Raises:
        ChangedMeanwhile: It was worked out from what is not so any more; nothing was written.
        UsageError: The article has gone.
        StorageError: Nothing was written.
    """
    article = _article(library, prepared.article_uid)
    name, before, uid = name_of(article, draft.text), prepared.before, prepared.version
    details = changed_details(library, article, draft)
    if article.version_uid != before:
        raise ChangedMeanwhile(
            "The article got another version meanwhile: nothing was changed.", "Try again."
        )
    if not prepared.changed:
        return Refreshed(article, name, False, before, uid, {}, details, draft.warnings)
    newest = prepared.newest if strict else None
    capturing.add_version(
        library, article.uid, draft, annotator, prepared.changes, newest=newest, group=group
    )
    if prepared.alignment is not None:
        carry_places(library, article.uid, (before, uid), prepared.alignment.offset)
    now = library.articles.get(article.uid) or article
    return Refreshed(now, name, True, before, uid, prepared.fates, details, draft.warnings)


def _article(library: Library, uid: str) -> Article:
    article = library.articles.get(uid)
    if article is None:
        raise UsageError("The article is not in the library.", "See `reader list`.")
    return article


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


def _fates(carried: list[Carried]) -> dict[Fate, int]:
    """Return what became of how many, those first that a person should look at."""
    count = Counter(item.after.fate or Fate.KEPT for item in carried if item.change is not None)
    order = (Fate.CHECK, Fate.REWORDED, Fate.MOVED, Fate.ORPHANED, Fate.KEPT, Fate.CONFIRMED)
    return {fate: count[fate] for fate in order if count[fate]}
