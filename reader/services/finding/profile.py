"""The tags and labels of the whole library, with how often each is given."""

from __future__ import annotations

from collections import Counter

from reader.domain.codebook import Tag
from reader.domain.overall import folded
from reader.domain.records import dataclass
from reader.services.codebooks.tags import Tags
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Given:
    """A tag or a label that is given.

    Attributes:
        filter: What lists the highlights with it, such as ``tag:doubtful``.
        name: The tag's label, or the label.
        count: On how many highlights the tag is, or how many are in articles with the label.
        tag: The tag; None for a label, and for a tag of a codebook that is not at hand.
        is_label: Whether it is a label of articles.
    """

    filter: str
    name: str
    count: int
    tag: Tag | None = None
    is_label: bool = False


def profile(library: Library, annotator: str) -> list[Given]:
    """Return an annotator's tags across the library, the most frequent first, then the labels.

    Labels of articles in which that annotator has marked nothing would find nothing.
    """
    known, counts = Tags(library), library.search.highlights.tag_counts(annotator)
    tags = [
        Given(f"tag:{_quoted(tag[3])}", found.label if found else tag[3], count, found)
        for tag, count in counts
        for found in [known.find(*tag)]
    ]
    return [*tags, *_labels(library, annotator)]


def _labels(library: Library, annotator: str) -> list[Given]:
    """Return the labels in alphabetical order, each with the highlights in its articles."""
    marked = library.search.highlights.counts_by_article(annotator)
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for uid, labels in library.overall.labels_by_article().items():
        for name in labels:
            names.setdefault(folded(name), name)
            counts[folded(name)] += marked.get(uid, 0)
    return [
        Given(f"label:{_quoted(names[key])}", names[key], counts[key], is_label=True)
        for key in sorted(counts)
        if counts[key]
    ]


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
