"""The tags and labels of the whole library, with how often each is given."""

from __future__ import annotations

from reader.domain.codebook import Tag
from reader.domain.records import dataclass
from reader.services.codebooks.tags import Tags
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Given:
    """A tag or a label that is given.

    Attributes:
        filter: What lists the highlights with it, such as ``tag:doubtful``.
        name: The tag's label, or the label.
        count: On how many highlights the tag is, or on how many articles the label.
        tag: The tag; None for a label, and for a tag of a codebook that is not at hand.
        is_label: Whether it is a label of articles.
    """

    filter: str
    name: str
    count: int
    tag: Tag | None = None
    is_label: bool = False


def profile(library: Library, annotator: str) -> list[Given]:
    """Return an annotator's tags across the library, the most frequent first, then all labels."""
    known, counts = Tags(library), library.search.highlights.tag_counts(annotator)
    tags = [
        Given(f"tag:{_quoted(tag[3])}", found.label if found else tag[3], count, found)
        for tag, count in counts
        for found in [known.find(*tag)]
    ]
    labels = [
        Given(f"label:{_quoted(name)}", name, count, is_label=True)
        for name, count in library.overall.label_counts().items()
    ]
    return [*tags, *labels]


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text
