"""What a page says otherwise of itself than it did: title, byline, outlet, date."""

from __future__ import annotations

from collections.abc import Mapping

from reader.domain.article import Article
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import UsageError
from reader.domain.operation import Change, Group
from reader.services.library.changes import checked, perform, with_details
from reader.storage.library import Library

NAMES = ("title", "byline", "outlet", "published_at")
"""What a page says of itself, and may say otherwise one day."""

SPOKEN = {"title": "title", "byline": "byline", "outlet": "outlet", "published_at": "date"}
"""How these are called."""

TAKEN = "details as the page has them now"
"""What was done when they were taken, in the log."""


def changed_details(library: Library, article: Article, draft: ArticleDraft) -> dict[str, str]:
    """Return what a page says otherwise of itself now, by name; an empty detail says nothing.

    What the page said before, and somebody has corrected since, is no change of the page.
    """
    known = article.metadata
    said = {name: _usable(name, getattr(draft.metadata, name)) for name in NAMES}
    other = {
        name: value
        for name, value in said.items()
        if value and getattr(known, name) not in (None, value)
    }
    if not other:
        return {}
    before = _said_before(library, article.uid)
    return {name: value for name, value in other.items() if before.get(name) != value}


def _usable(name: str, value: str | None) -> str | None:
    """Return a detail as it would be stored; None if it cannot be."""
    try:
        return checked(name, value)
    except UsageError:
        return None


def _said_before(library: Library, uid: str) -> dict[str, object]:
    """Return what the page was last known to say of itself, as far as the log tells."""
    said: dict[str, object] = {}
    for operation in library.log.of_entities([uid]):
        taken = operation.kind == "details" and operation.summary.startswith(TAKEN)
        if taken or operation.kind == "capture":
            said.update({name: operation.patch[name] for name in NAMES if name in operation.patch})
    return said


def take(
    library: Library,
    wanted: Mapping[str, Mapping[str, str]],
    actor: str,
    *,
    in_article: str | None = None,
) -> Group | None:
    """Give articles the details that their pages have now, as one action.

    Args:
        library: The library.
        wanted: The details by name, by the article's uid.
        actor: Uid of who does it.
        in_article: The article to which the action belongs; None is the library as a whole.

    Returns:
        What was done; None if it was so already.

    Raises:
        StorageError: Nothing was written.
    """

    def make(library: Library, article: Article) -> list[Change]:
        return with_details(article, wanted[article.uid])

    return perform(
        library,
        wanted,
        make,
        actor=actor,
        kind="details",
        summary=TAKEN,
        article=in_article,
    )
