"""Adds captures to a library: new articles, and new versions of those that are there."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.article import Article, Metadata, article_uid, version_uid
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import ChangeRefused
from reader.domain.operation import Change, Group, new_uid, now
from reader.domain.text import text_sha256
from reader.storage import guard
from reader.storage.captures import content_of, insert_version
from reader.storage.library import Library

DETAILS = ("title", "byline", "outlet", "url", "published_at", "language")
"""What is known of an article besides its text."""

ANOTHER = "another version"
"""What it is in words to make another text the current version."""


def add(
    library: Library,
    draft: ArticleDraft,
    actor: str,
    *,
    again: bool = False,
    given: Metadata | None = None,
) -> tuple[Article, bool]:
    """Add a captured article, unless its text is there already.

    Args:
        library: The library.
        draft: What was captured.
        actor: The annotator's uid.
        again: Whether it is added even if its text is there.
        given: Those details of the draft that a person gave: they are not what it says of itself.

    Returns:
        The article, and whether it is new.

    Raises:
        StorageError: Nothing was written.
    """
    sha256 = text_sha256(draft.text)
    known = None if again else library.articles.with_sha256(sha256)
    if known is not None:
        return known, False
    with library.unit_of_work():
        known = None if again else library.articles.with_sha256(sha256)  # added just now elsewhere
        if known is not None:
            return known, False
        return _write_article(library, draft, actor, sha256, given), True


def _write_article(
    library: Library, draft: ArticleDraft, actor: str, sha256: str, given: Metadata | None
) -> Article:
    uid = _free_uid(library, draft.metadata, sha256)
    version = version_uid(uid, sha256)
    fields = _fields(draft.metadata, version)
    change = Change("article", uid, fields)
    groups = [Group("capture", actor, uid, (change,), summary="captured")]
    by_hand = {name: fields[name] for name in DETAILS if given and getattr(given, name)}
    if by_hand:  # said once more: it counts even if another library had captured this before
        said = Change("article", uid, by_hand, by_hand)
        groups.append(Group("capture", actor, uid, (said,), summary="details given"))
    at = library.log.write(groups)
    insert_version(library.connection, content_of(version, uid, sha256, at, draft))
    library.connection.execute("DELETE FROM purged WHERE article_uid = ?", (uid,))
    return Article(uid, draft.metadata, version, at)


def _free_uid(library: Library, metadata: Metadata, sha256: str) -> str:
    """Return the uid under which an article will meet itself, unless another one has it."""
    uid = article_uid(metadata.url, sha256)
    if library.articles.get(uid) is not None:  # the same URL with another text
        uid = article_uid(None, sha256)
    if library.articles.get(uid) is not None:  # all the same again
        uid = new_uid()
    return uid


def _fields(metadata: Metadata, version: str) -> dict[str, str | None]:
    details = {name: getattr(metadata, name) for name in DETAILS}
    return {**details, "archived_at": None, "version_uid": version}


def add_version(
    library: Library,
    uid: str,
    draft: ArticleDraft,
    actor: str,
    changes: Sequence[Change] = (),
    *,
    newest: int | None = None,
    group: tuple[str, str] | None = None,
) -> str:
    """Make a draft the current version of an article that is there, as one action.

    Undo makes the version before it the current one again; the text stays, as all texts do.

    Args:
        library: The library.
        uid: The article's uid.
        draft: What was captured anew.
        actor: The annotator's uid.
        changes: What else belongs to the action: highlights carried over to the new version.
        newest: The log's newest number before ``changes`` were worked out: nothing may have
            been done in the article since.
        group: Uid and summary of the action on the library as a whole that this is a part of,
            so that the list takes it back; None is an action in the article.

    Returns:
        The uid of the version; one with that text is taken if it was captured before.

    Raises:
        ChangedMeanwhile: What ``changes`` were worked out from has changed; nothing was written.
        StorageError: Nothing was written.
    """
    sha256 = text_sha256(draft.text)
    version = version_uid(uid, sha256)
    with library.unit_of_work():
        article = library.articles.get(uid)
        if article is None:
            raise ChangeRefused("The article is not in the library.", "See `reader list`.")
        if newest is not None:
            guard.check_untouched(library.connection, uid, newest)
        for change in changes:
            guard.check(library.connection, change)
        if not library.articles.has_version(version):
            content = content_of(version, uid, sha256, now(), draft)
            insert_version(library.connection, content)
        current = Change(
            "article", uid, {"version_uid": version}, {"version_uid": article.version_uid}
        )
        where = None if group else uid
        part, summary = group or ("", ANOTHER)
        made = Group("refresh", actor, where, (current, *changes), summary=summary, uid=part)
        library.log.write([made])
    return version
