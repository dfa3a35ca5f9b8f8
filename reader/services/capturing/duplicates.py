"""What is in the library already of an article that comes in, and what can be done about it."""

from __future__ import annotations

from typing import Literal

from reader.domain.article import Article
from reader.domain.article_draft import ArticleDraft
from reader.domain.records import dataclass
from reader.domain.text import text_sha256
from reader.services.articles import with_origins
from reader.storage.library import Library

Choice = Literal["existing", "new-version", "as-new"]
"""What is done when an article is there already: nothing, a new version of it, or another one."""


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is in the library already.

    Attributes:
        article: The article.
        by: What it was known by: ``text``, or ``address`` if its text is another one.
    """

    article: Article
    by: str


def find_known(library: Library, draft: ArticleDraft) -> Known | None:
    """Return the article that a draft is of, if it is there: by its text, else by its address.

    A file that has changed since it was added is no such case: it is another article.
    """
    same = library.articles.with_sha256(text_sha256(draft.text))
    if same is not None:
        return Known(same, "text")
    address = draft.metadata.url
    found = library.articles.with_origin(address) if address else []
    if not found or any(item.uid == found[0].uid for item in _from_same_file(library, draft)):
        return None
    return Known(found[0], "address")


def _from_same_file(library: Library, draft: ArticleDraft) -> list[Article]:
    if "://" in draft.origin:
        return []
    return with_origins(library, draft.origins)
