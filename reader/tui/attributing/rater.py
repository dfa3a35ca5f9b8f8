"""Judges sources and attributions by the letters of a codebook's facets."""

from __future__ import annotations

from collections.abc import Mapping

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import Judgement
from reader.services.attributing import rating
from reader.storage.library import Library
from reader.tui.attributing.desk import Desk


class Rater:
    """What one annotator has judged of sources and of one attribution, and how that is changed.

    Args:
        codebook: The codebook whose facets ask something of sources.
        given: What is judged so far, by the uid of the source or attribution.
    """

    def __init__(self, codebook: Codebook, given: Mapping[str, tuple[Judgement, ...]]) -> None:
        self.codebook = codebook
        self._given = dict(given)
        self.facets = rating.facets_for(codebook, "source")
        self.tags: list[tuple[Facet, Tag]] = [
            (facet, tag) for facet in self.facets for tag in facet.tags
        ]
        self.told = ""
        """What was done last, in words."""

    @property
    def name(self) -> str:
        """What is judged, in a word: ``reliability``."""
        return self.facets[0].id

    @property
    def question(self) -> str:
        """What the digits answer: the title of the codebook's first facet."""
        return self.facets[0].title

    @property
    def letters(self) -> str:
        """The keys of the tags: ``a-f``."""
        keys = sorted(tag.key for _, tag in self.tags if tag.key)
        return f"{keys[0]}-{keys[-1]}" if len(keys) > 1 else "".join(keys)

    @property
    def for_attribution(self) -> bool:
        """Whether the same can be said of one attribution alone."""
        return "attribution" in self.facets[0].applies_to

    def tag_for(self, letter: str) -> tuple[Facet, Tag] | None:
        """Return the tag on a key, with its facet."""
        found = (item for item in self.tags if letter and item[1].key == letter)
        return next(found, None)

    def is_judged(self, uid: str) -> bool:
        """Whether something was said of a source already."""
        return bool(self._of(uid))

    def _of(self, uid: str) -> list[Judgement]:
        facets = {facet.id for facet in self.facets}
        given = self._given.get(uid, ())
        return [
            item for item in given if item.codebook == self.codebook.id and item.facet in facets
        ]

    def given_in_words(self, source: str, attribution: str | None) -> str:
        """Return what was said of a source, and of the attribution alone."""
        said = [self._words(item) for item in self._of(source)]
        said += [f"here {self._words(item)}" for item in self._of(attribution or "")]
        return " · ".join(said)

    def _words(self, judgement: Judgement) -> str:
        facet = self.codebook.facet(judgement.facet)
        tag = facet.tag(judgement.code) if facet else None
        return f"{tag.symbol} {tag.label}" if tag else judgement.code

    def rate(self, desk: Desk, what: rating.Rated, uid: str, tag: tuple[Facet, Tag]) -> None:
        """Give a tag, or take it off."""
        facet, chosen = tag
        there = self._given.get(uid, ())
        after = desk.rate(what, uid, there, (self.codebook, facet, chosen))
        self._given[uid] = after
        off = len(after) < len(there)
        self.told = rating.summary(facet, chosen, off=off)


def read(
    library: Library,
    codebook: Codebook,
    annotator: str,
    sources: list[str],
    attribution: str | None,
) -> Rater | None:
    """Return who judges some sources; None if the codebook asks nothing of sources.

    Raises:
        StorageError: It cannot be read.
    """
    if not rating.facets_for(codebook, "source"):
        return None
    given = {uid: rating.given(library, "source", uid, annotator) for uid in sources}
    if attribution:
        given[attribution] = rating.given(library, "attribution", attribution, annotator)
    return Rater(codebook, given)
