"""Judging sources and attributions: the other tags of a codebook, which no statement carries.

*Was it said* is judged on the attribution, *how reliable* on the source (or, if asked for, on this
one attribution); *is it so* stays on the statement. Each annotator has his or her own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.highlight import Judgement
from reader.domain.operation import Change, Group
from reader.domain.rating import rating_uid
from reader.services.annotating.edits import judged, judgement_changes, judgement_like, ordered
from reader.storage.attributing.ratings import Rating
from reader.storage.library import Library

Rated = Literal["attribution", "source"]
"""What is judged here."""


def facets_for(codebook: Codebook, what: Rated) -> tuple[Facet, ...]:
    """Return the facets of a codebook that are asked of sources, or of attributions."""
    return tuple(facet for facet in codebook.facets if what in facet.applies_to)


SAID = "said"
"""Id of the built-in codebook that asks whether something was said."""


def books_for(library: Library, what: Rated, active: Codebook) -> list[Codebook]:
    """Return the codebooks that are asked of sources or attributions: `said`, then the active one.

    Raises:
        CodebookError: The built-in one is missing.
    """
    from reader.services.codebooks.finding import find  # late: only a dialog needs it

    books = [active] if active.id == SAID else [find(library, SAID), active]
    return [book for book in books if facets_for(book, what)]


def toggled(
    what: Rated,
    uid: str,
    annotator: str,
    there: Sequence[Judgement],
    tag: tuple[Codebook, Facet, Tag],
) -> tuple[tuple[Change, ...], tuple[Judgement, ...]]:
    """Return what gives a tag to a source or an attribution, or takes it off if it is given.

    Args:
        what: What is judged.
        uid: Its uid.
        annotator: Uid of who judges.
        there: What this annotator has judged of it so far.
        tag: Codebook, facet and tag.

    Returns:
        The changes, and the judgements as they are then.
    """
    codebook, facet, chosen = tag
    target = rating_uid(uid, annotator)
    old = judgement_like(there, target, codebook, facet, chosen)
    kept = [item for item in there if old is None or item.uid != old.uid]
    if old is None or old.code != chosen.code:
        kept.append(judged(there, target, codebook, facet, chosen))
    after = ordered(kept)
    place = {f"{what}_uid": uid, "annotator_uid": annotator}
    return tuple(judgement_changes(there, after, place)), after


def tag_for(codebook: Codebook, what: Rated, code: str) -> tuple[Codebook, Facet, Tag]:
    """Return the tag of a code among those of a codebook that judge sources, or attributions.

    Raises:
        UsageError: There is none, or more than one.
    """
    from reader.services.annotating.tagging import tag_named  # late: the command line needs it

    facets = facets_for(codebook, what)
    if not facets:
        raise UsageError(
            f"Codebook {codebook.id} asks nothing of {what}s.",
            "Name another one with --codebook, such as admiralty.",
        )
    codes = {tag.code.casefold(): tag.code for facet in facets for tag in facet.tags}
    return (codebook, *tag_named(codebook, facets, codes.get(code.casefold(), code)))


def rate(
    library: Library,
    what: Rated,
    uid: str,
    annotator: str,
    tag: tuple[Codebook, Facet, Tag],
    article: str | None = None,
) -> tuple[Judgement, ...]:
    """Give a tag to a source or an attribution, or take it off; return what is given then.

    Args:
        library: The library.
        what: What is judged.
        uid: Its uid; of a source what it was merged into.
        annotator: Uid of who judges.
        tag: Codebook, facet and tag.
        article: The article of an attribution; a source belongs to none.

    Raises:
        StorageError: Nothing was written.
    """
    rated(library, what, uid, annotator, tag, article)
    return given(library, what, uid, annotator)


def rated(
    library: Library,
    what: Rated,
    uid: str,
    annotator: str,
    tag: tuple[Codebook, Facet, Tag],
    article: str | None = None,
    seen: Sequence[Judgement] | None = None,
) -> Group:
    """Do what :func:`rate` does; return the action.

    Raises:
        ChangedMeanwhile: What is given was not so by then as it was ``seen``.
    """
    there = given(library, what, uid, annotator) if seen is None else seen
    changes, after = toggled(what, uid, annotator, there, tag)
    codebook, facet, chosen = tag
    off = len(after) < len(there)
    group = Group(
        f"rate-{what}",
        annotator,
        article,
        changes,
        summary=summary(facet, chosen, off=off),
        codebook=None if off else codebook,
    )
    library.log.commit(group, guarded=True)
    return group


def summary(facet: Facet, tag: Tag, *, off: bool) -> str:
    """Return what a judgement does, in a few words: ``reliability: B usually reliable``."""
    return f"{facet.id}: {tag.symbol} {tag.label}{' off' if off else ''}"


def given(library: Library, what: Rated, uid: str, annotator: str) -> tuple[Judgement, ...]:
    """Return what an annotator has judged of a source or an attribution.

    Of a source those that were merged into it count, where it has none of that question itself.
    """
    return tuple(item.judgement for item in all_given(library, what, uid, annotator))


def all_given(
    library: Library, what: Rated, uid: str, annotator: str | None = None
) -> tuple[Rating, ...]:
    """Return what one annotator, or anybody, has judged of a source or an attribution."""
    uids = library.sources.members(uid) if what == "source" else [uid]
    found = library.ratings.on(what, uids, annotator)
    seen: set[tuple[str, str, str]] = set()
    kept: list[Rating] = []
    for target in uids:
        own = found.get(target, [])
        asked = {
            (item.annotator_uid, item.judgement.codebook, item.judgement.facet) for item in own
        }
        kept += [
            item
            for item in own
            if (item.annotator_uid, item.judgement.codebook, item.judgement.facet) not in seen
        ]
        seen |= asked
    return tuple(kept)
