"""What is said of an article as a whole: an annotator's note and verdicts, and its labels."""

from __future__ import annotations

import unicodedata

from reader.domain.errors import UsageError
from reader.domain.highlight import Judgement
from reader.domain.records import dataclass
from reader.domain.uids import derived_uid
from reader.domain.untrusted import is_printable

LONGEST_LABEL = 60
"""Characters that a label may have."""


@dataclass(frozen=True, slots=True)
class Overall:
    """What one annotator says of an article, and its labels, which belong to nobody.

    Attributes:
        note: Free text or None.
        verdicts: Live judgements on the article, ordered by codebook, facet, code.
        labels: Names, in alphabetical order.
    """

    note: str | None = None
    verdicts: tuple[Judgement, ...] = ()
    labels: tuple[str, ...] = ()

    def verdict(self, codebook: str, facet: str) -> Judgement | None:
        """Return the first live judgement of a facet, or None."""
        found = (item for item in self.verdicts if (item.codebook, item.facet) == (codebook, facet))
        return next(found, None)


def overall_uid(article_uid: str, annotator_uid: str) -> str:
    """Return the id under which what one annotator says of an article meets itself after a merge.

    It is the id of the note, and the target that the ids of verdicts are derived from: two people's
    verdicts on one article are two things, as their highlights are.
    """
    return derived_uid(f"overall\n{article_uid}\n{annotator_uid}")


def label_uid(article_uid: str, name: str) -> str:
    """Return the id of a label on an article; upper and lower case make no difference."""
    return derived_uid(f"label\n{article_uid}\n{folded(name)}")


def folded(name: str) -> str:
    """Return a label as it is compared with others."""
    return unicodedata.normalize("NFC", name).casefold()


def check_label(name: str) -> str:
    """Return a label with single spaces and none around it.

    Raises:
        UsageError: It is empty, too long, or holds a comma or control characters.
    """
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not name or len(name) > LONGEST_LABEL or not is_printable(name) or "," in name:
        raise UsageError(
            f"A label has 1 to {LONGEST_LABEL} printable characters and no comma.",
            "Give another one.",
        )
    return name


def labels_in(text: str) -> tuple[str, ...]:
    """Return the labels in a text, separated by commas; each once.

    Raises:
        UsageError: One of them can be none.
    """
    found: dict[str, str] = {}
    for part in text.split(","):
        if part.strip():
            name = check_label(part)
            found.setdefault(folded(name), name)
    return tuple(sorted(found.values(), key=folded))
