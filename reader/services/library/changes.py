"""What is done to articles from the list: one action on one or many of them, with one undo.

It belongs to no article but to the library, so that the list's undo takes it back; what is done in
an article that is open belongs to that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from reader.domain.article import STATUSES, Article
from reader.domain.errors import ChangedMeanwhile, UsageError
from reader.domain.finding.article_query import ALL_STATUSES, ARCHIVED
from reader.domain.operation import Change, Group, now
from reader.services.annotating.overall import WholeArticle
from reader.storage.library import Library

DETAILS = ("title", "byline", "outlet", "url", "published_at", "language")
"""The fields of an article that can be edited."""

DETAILS_GIVEN = "details"
"""The kind of the action that gives an article other details."""

LONGEST = 2_000
"""Code points that a detail may have."""

_TRIES = 5
"""How often something is worked out before it is given up."""

Make = Callable[[Library, Article], Sequence[Change]]
"""Makes the changes of one article; none if it is so already."""


def perform(
    library: Library,
    uids: Iterable[str],
    make: Make,
    *,
    actor: str,
    kind: str,
    summary: str,
    article: str | None = None,
) -> Group | None:
    """Do something to articles, as one action.

    Args:
        library: The library.
        uids: The articles; what is gone is left out.
        make: Makes what changes in one of them.
        actor: Who does it.
        kind: Kind of the group.
        summary: What is done, in a few words; to how many articles is added.
        article: The article it belongs to, or None for the library.

    Returns:
        What was done; None if it was so already.

    Raises:
        StorageError: Nothing was written.
    """
    wanted = list(uids)

    def group_of(changes: Sequence[Change], touched: int) -> Group:
        return Group(kind, actor, article, tuple(changes), summary=summary_of(summary, touched))

    return committed(library, wanted, make, group_of)[0]


def committed(
    library: Library,
    uids: Sequence[str],
    make: Make,
    group_of: Callable[[Sequence[Change], int], Group],
) -> tuple[Group | None, int]:
    """Write what is done to articles; it is worked out anew if another program comes between.

    Args:
        library: The library.
        uids: The articles; what is gone is left out.
        make: Makes what changes in one of them.
        group_of: Makes the action of the changes, and of how many articles they touch.

    Returns:
        What was done, None if it was so already; and how many articles it touches.

    Raises:
        StorageError: Nothing was written.
    """
    for left in reversed(range(_TRIES)):
        changes, touched = gathered(library, uids, make)
        if not changes:
            break
        group = group_of(changes, touched)
        try:
            library.log.commit(group, guarded=True)
        except ChangedMeanwhile:
            if not left:
                raise
        else:
            return group, touched
    return None, 0


def gathered(library: Library, uids: Iterable[str], make: Make) -> tuple[list[Change], int]:
    """Return what changes in articles, and in how many of them; what is gone is left out."""
    changes: list[Change] = []
    touched = 0
    for uid in uids:
        found = library.articles.get(uid)
        made = make(library, found) if found is not None else ()
        changes += made
        touched += bool(made)
    return changes, touched


def summary_of(summary: str, touched: int) -> str:
    """Return what was done to so many articles, in a few words."""
    return summary if touched == 1 else f"{summary} × {touched:,}"


def joined(parts: Iterable[Sequence[Change]]) -> list[Change]:
    """Return what several of them do to one article, each entity changed once."""
    found: dict[tuple[str, str], Change] = {}
    for change in (change for part in parts for change in part):
        key = (change.entity, change.uid)
        if (first := found.get(key)) is not None and change.before is not None:
            patch = {**first.patch, **change.patch}
            change = Change(*key, patch, {**change.before, **(first.before or {})})
        found[key] = change
    return list(found.values())


def status_change(status: str) -> Make:
    """Return what gives an article a status; ``archived`` leaves the one it had below.

    Raises:
        UsageError: There is no such status.
    """
    if status not in ALL_STATUSES:
        raise UsageError(f"“{status}” is no status.", f"Known are {', '.join(ALL_STATUSES)}.")
    return lambda library, article: with_status(article, status)


def with_status(article: Article, status: str) -> list[Change]:
    """Return what gives an article a status, one of ``ALL_STATUSES``."""
    if status == ARCHIVED:
        return _archived(article, archived=True)
    patch: dict[str, str | None] = {}
    before: dict[str, str | None] = {}
    # `unread` is written again: whoever has read on since means it anew.
    if article.status != status or status == STATUSES[0]:
        patch, before = {"status": status}, {"status": article.status}
    if article.archived_at is not None:
        patch["archived_at"], before["archived_at"] = None, article.archived_at
    return [Change("article", article.uid, patch, before)] if patch else []


class AsSeen:
    """Gives a status, or archives; not where another window has done so and that was not seen.

    Args:
        make: Makes the change of one article.
        seen: The status that was shown of each, one of ``ALL_STATUSES``, by uid; None is none.

    Attributes:
        left: The articles that are left alone.
    """

    def __init__(self, make: Make, seen: Mapping[str, str | None]) -> None:
        self._make, self._seen = make, seen
        self.left: set[str] = set()

    def __call__(self, library: Library, article: Article) -> Sequence[Change]:
        """Return what changes in an article."""
        made = self._make(library, article)
        shown = self._seen.get(article.uid)
        away = article.archived_at is not None
        other = not away and article.status not in (None, shown)
        if made and (other or away != (shown == ARCHIVED)):
            self.left.add(article.uid)
            return ()
        return made


def archive_change(*, archived: bool) -> Make:
    """Return what archives an article, or brings it back."""
    return lambda library, article: _archived(article, archived=archived)


def _archived(article: Article, *, archived: bool) -> list[Change]:
    if (article.archived_at is not None) == archived:
        return []
    patch = {"archived_at": now() if archived else None}
    return [Change("article", article.uid, patch, {"archived_at": article.archived_at})]


def label_change(actor: str, add: Sequence[str], remove: Sequence[str]) -> Make:
    """Return what puts labels on an article and takes others off."""

    def make(library: Library, article: Article) -> Sequence[Change]:
        overall = library.overall.get(article.uid, actor)
        return WholeArticle(article.uid, actor, overall).with_labels(add, remove).group.changes

    return make


def details_change(given: Mapping[str, str | None]) -> Make:
    """Return what gives an article other details, by the names in :data:`DETAILS`.

    Args:
        given: New values; None or an empty text is "not known".

    Raises:
        UsageError: One of them cannot be.
    """
    wanted = {name: checked(name, value) for name, value in given.items()}
    return lambda library, article: with_details(article, wanted)


def with_details(article: Article, wanted: Mapping[str, str | None]) -> list[Change]:
    """Return what gives an article other details; see :func:`details_change`.

    Raises:
        UsageError: One of them cannot be.
    """
    patch = {name: checked(name, value) for name, value in wanted.items()}
    before = {name: getattr(article.metadata, name) for name in patch}
    patch = {name: value for name, value in patch.items() if value != before[name]}
    kept = {name: before[name] for name in patch}
    return [Change("article", article.uid, patch, kept)] if patch else []


def checked(name: str, value: str | None) -> str | None:
    """Return a detail as it is stored: one line, without spaces around it, or None.

    Raises:
        UsageError: It is too long, no date, or no address.
    """
    text = " ".join((value or "").split())
    if not text:
        return None
    if len(text) > LONGEST:
        raise UsageError(f"The {_SPOKEN[name]} is longer than {LONGEST:,} characters.", "Cut it.")
    if name == "published_at":
        return checked_date(text)
    if name == "url" and not text.lower().startswith(("http://", "https://")):
        raise UsageError(f"{text} is no web address.", "It begins with https:// or http://.")
    return text


_SPOKEN = {
    "title": "title", "byline": "byline", "outlet": "outlet", "url": "address",
    "published_at": "date", "language": "language",
}  # fmt: skip


def checked_date(text: str) -> str:
    """Return a date of publication as it was given.

    Raises:
        UsageError: It is none of the forms that sort.
    """
    from datetime import datetime

    if len(text) == 4 and text.isascii() and text.isdigit():
        return text
    try:
        sure = text.removesuffix("?")  # as in dates that a page does not state
        datetime.fromisoformat(f"{sure}-01" if len(sure) == 7 else sure)
    except ValueError:
        raise UsageError(
            f"{text} is no date.", "Write YYYY, YYYY-MM, YYYY-MM-DD, or with a time."
        ) from None
    return text


def shared_labels(library: Library, uids: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that all of some articles have."""
    parts = _parts(uids)
    found: dict[str, tuple[str, ...]] = {}
    for part in parts:
        found.update(library.lists.labels(part))
    first = found.get(uids[0], ()) if uids else ()
    return tuple(name for name in first if all(name in found.get(uid, ()) for uid in uids))


def _parts(uids: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    return (uids[start : start + size] for start in range(0, len(uids), size))
