"""The statement that is about to be related to another one, or the orphan to be placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.records import dataclass
from reader.domain.text import Span

if TYPE_CHECKING:
    from reader.storage.anchored import AnchoredHighlight


@dataclass(frozen=True, slots=True)
class Pending:
    """The beginning of a relation, kept while one goes to its other end, in whichever article.

    Attributes:
        annotator_uid: Who relates.
        article_uid: The article.
        version_uid: Its version.
        span: The words.
        highlight_uid: The highlight that is meant; None is whatever is on the words.
        words: The words themselves.
        orphan: What is to be placed by hand, with its words; None for a relation.
    """

    annotator_uid: str
    article_uid: str
    version_uid: str
    span: Span
    highlight_uid: str | None
    words: str
    orphan: AnchoredHighlight | None = None

    def is_in(self, version_uid: str) -> bool:
        """Whether it is in a version."""
        return self.version_uid == version_uid
