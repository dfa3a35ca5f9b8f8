"""Tells a tag that nothing has been given from one that there is not."""

from __future__ import annotations

from reader.domain.errors import UsageError
from reader.domain.overall import folded
from reader.services.codebooks.finding import available
from reader.storage.library import Library


def check_tag(library: Library, value: str) -> None:
    """Refuse what is no tag: neither used in the library nor of a codebook that is at hand.

    Args:
        library: The library.
        value: What stands after ``tag:``: a sign, or the beginning of a code or a label.

    Raises:
        UsageError: There is no such tag.
    """
    if library.search.highlights.knows_tag(value):
        return
    begins = folded(value)
    known: dict[str, None] = {}
    for codebook in available(library):
        for tag in (tag for facet in codebook.facets for tag in facet.tags):
            names = (folded(tag.code), folded(tag.label))
            if tag.symbol == value or any(name.startswith(begins) for name in names):
                return
            known[tag.code] = None
    raise UsageError(f"There is no tag “{value}”.", f"Known are {', '.join(known)}.")
