"""Gathers what stands beside highlights, for whoever shows them: few questions for many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import islice
from typing import TypeVar

from reader.domain.highlight import Judgement
from reader.domain.records import dataclass
from reader.domain.source import role_on
from reader.services.attributing.chains import Said, chains
from reader.services.attributing.rating import Rated as RatedThing
from reader.services.attributing.rating import all_given
from reader.services.relating.evidence import evidence_of
from reader.services.relating.relations import Related, related
from reader.storage.library import Library
from reader.storage.relating.evidence import Linked

PAGE = 200
"""Highlights that are asked for together."""


@dataclass(frozen=True, slots=True)
class Given:
    """A judgement on a source or an attribution.

    Attributes:
        annotator_uid: Whose it is.
        annotator: The handle.
        judgement: The judgement.
    """

    annotator_uid: str
    annotator: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Told:
    """What stands beside one highlight.

    Attributes:
        said: Who said it, or None.
        roles: What each known source of the chain was on the day of the article, as far as known,
            by its uid: role and affiliation.
        of_source: What was judged of the origin, by whomever.
        of_said: What was judged of whether it was said like this.
        related: Its relations, from both ends.
        evidence: What was looked at.
    """

    said: Said | None = None
    roles: dict[str, str] = field(default_factory=dict)
    of_source: tuple[Given, ...] = ()
    of_said: tuple[Given, ...] = ()
    related: tuple[Related, ...] = ()
    evidence: tuple[Linked, ...] = ()

    def by(self, annotators: Collection[str]) -> Told:
        """Return the same without relations and judgements that are none of these annotators'."""
        return replace(
            self,
            of_source=tuple(it for it in self.of_source if it.annotator_uid in annotators),
            of_said=tuple(it for it in self.of_said if it.annotator_uid in annotators),
            related=tuple(_only(self.related, annotators)),
        )


def _only(related: Iterable[Related], annotators: Collection[str]) -> Iterator[Related]:
    for item in related:
        if item.relation.annotator_uid in annotators:
            ratings = tuple(it for it in item.ratings if it.annotator_uid in annotators)
            yield replace(item, ratings=ratings)


def told_of(
    library: Library, highlight_uids: Sequence[str], day: str | None = None
) -> dict[str, Told]:
    """Return what stands beside highlights, by uid; those beside which nothing stands are left out.

    Args:
        library: The library.
        highlight_uids: The highlights; ask for what is shown.
        day: When their article was published: what a source was on that day is told.

    Raises:
        StorageError: It cannot be read.
    """
    if not library.beside.any():
        return {}
    said = chains(library, highlight_uids)
    relations = related(library, highlight_uids)
    evidence = evidence_of(library, highlight_uids)
    handles = library.annotators.handles()
    judged = _Judged(library, handles)
    return {
        uid: Told(
            said=(one := said.get(uid)),
            roles=_roles(library, one, day) if one else {},
            of_source=judged.of("source", one.origin.uid) if one and one.origin else (),
            of_said=judged.of("attribution", one.attribution.uid) if one else (),
            related=tuple(relations.get(uid, ())),
            evidence=tuple(evidence.get(uid, ())),
        )
        for uid in dict.fromkeys([*said, *relations, *evidence])
    }


class _Judged:
    """Gives what was judged of sources and attributions; of each it asks once."""

    def __init__(self, library: Library, handles: dict[str, str]) -> None:
        self._library, self._handles = library, handles
        self._known: dict[tuple[RatedThing, str], tuple[Given, ...]] = {}

    def of(self, what: RatedThing, uid: str) -> tuple[Given, ...]:
        """Return what was judged of something, by whomever."""
        if (what, uid) not in self._known:
            found = all_given(self._library, what, uid)
            self._known[what, uid] = tuple(
                Given(it.annotator_uid, self._handles.get(it.annotator_uid, "?"), it.judgement)
                for it in found
            )
        return self._known[what, uid]


def _roles(library: Library, said: Said, day: str | None) -> dict[str, str]:
    """Return role and affiliation of each source, in words, by its uid."""
    sources = {source.uid: source for source in said.chain if source}
    roles = library.sources.roles(list(sources)) if sources else {}
    found = {}
    for uid, source in sources.items():
        words = _in_words(role_on(source, roles.get(uid, ()), day))
        if words:
            found[uid] = words
    return found


def _in_words(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)


T = TypeVar("T")


def with_told(
    library: Library, items: Iterator[T], uid_of: Callable[[T], str], day: str | None = None
) -> Iterator[tuple[T, Told]]:
    """Yield things, each with what stands beside its highlight, read by the page.

    Args:
        library: The library.
        items: However many.
        uid_of: Gives the highlight of one.
        day: When their article was published.

    Raises:
        StorageError: It cannot be read.
    """
    nothing = Told()
    while page := list(islice(items, PAGE)):
        known = told_of(library, [uid_of(item) for item in page], day)
        for item in page:
            yield item, known.get(uid_of(item), nothing)
