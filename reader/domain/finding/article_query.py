"""What a list of articles is to hold, and in which order; what it is asked of is no matter here."""

from __future__ import annotations

from reader.domain.article import STATUSES
from reader.domain.records import dataclass

ARCHIVED = "archived"
"""The status of what was put away; it hides the one before, which comes back with the article."""

ALL_STATUSES = (*STATUSES, ARCHIVED)
"""What a list says of an article."""

ORDERS = {
    "read": "last read",
    "added": "added",
    "published": "published",
    "title": "title",
    "outlet": "outlet",
    "progress": "progress",
    "status": "status",
}
"""The orders of a list: what comes newest, furthest, or first in the alphabet, comes first."""

HAS = (
    *("note", "highlight", "tag", "verdict", "flag", "label", "url", "title", "byline"),
    *("outlet", "date", "language", "warning", "source", "relation", "evidence"),
)
"""What an article can be asked to have."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that an article is asked.

    Attributes:
        field: ``words`` ``outlet`` ``byline`` ``url`` ``language`` (text is in there), ``status``,
            ``label`` and ``tag`` and ``verdict`` (it begins like that), ``by`` (an annotator's
            uid), ``has`` (one of :data:`HAS`), ``source`` ``naming`` ``voice`` ``act`` (a
            highlight in it was said so), ``added`` ``read`` ``published`` (when).
        value: What it is asked for; of a time where it begins, or an empty text for no beginning.
        until: Where a time ends, itself outside; empty for no end.
    """

    field: str
    value: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One word of a filter: any of some conditions, or none of them."""

    either: tuple[Condition, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles, in which order, as who sees them.

    Attributes:
        reader: Uid of the annotator whose progress and last reading count.
        wishes: All of them must be so.
        whose: Uids of the annotators whose tags, notes and flags are asked for.
        order: A key of :data:`ORDERS`.
        backwards: Whether the order is turned round.
    """

    reader: str
    wishes: tuple[Wish, ...] = ()
    whose: tuple[str, ...] = ()
    order: str = "read"
    backwards: bool = False
