"""Short quotations beside the longer ones that they seem to be from, in words."""

from __future__ import annotations

from reader.domain.blocks import BlockTable
from reader.domain.records import dataclass
from reader.domain.speech.fidelity import differences
from reader.domain.speech.quotations import quotations
from reader.domain.text import Span


@dataclass(frozen=True, slots=True)
class Compared:
    """A short quotation that is not, word for word, in a longer one of the article.

    Attributes:
        span: Where the short one stands, without its marks.
        words: Its words.
        longer: The words of the longer one that answer it.
        told: What differs: ``leaves out “safety”; has “facts”, which the longer one has not``.
    """

    span: Span
    words: str
    longer: str
    told: str


def compared(text: str, blocks: BlockTable) -> list[Compared]:
    """Return the short quotations of an article that differ from a longer one, in order."""
    found = differences(text, quotations(text, blocks))
    return [
        Compared(
            item.short,
            _in_line(text, item.short),
            _in_line(text, item.long),
            _told(item.left_out, item.put_in),
        )
        for item in found
    ]


def _in_line(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _told(left_out: tuple[str, ...], put_in: tuple[str, ...]) -> str:
    parts = []
    if left_out:
        parts.append(f"leaves out {_listed(left_out)}")
    if put_in:
        parts.append(f"has {_listed(put_in)}, which the longer one has not there")
    return "; ".join(parts) or "has the same words in another order"
