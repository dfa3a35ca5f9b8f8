"""Attributing without a screen: as one action on a stretch of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from reader.domain.article import Article, Version
from reader.domain.attributed import ACTS, VOICES, Attribution, Hop, attribution_uid
from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.domain.source import Source
from reader.domain.text import Span
from reader.services.attributing import edits, rating
from reader.services.attributing.chains import Said, summary_of
from reader.services.attributing.sources import new_source
from reader.services.codebooks.finding import find as find_codebook
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished; None leaves as it is.

    Attributes:
        chain: Names or uids of the hops, origin first; ``?`` is not known. Empty leaves the chain.
        voice: How it is told, or an empty text to take it away.
        act: What the speaker does, or an empty text to take it away.
        scope_certain: Whether it surely ends where the highlight ends.
        kind: Kind of a source that is made.
        naming: Naming of a source that is made.
        clear: Take the attribution away.
    """

    chain: Sequence[str] = ()
    voice: str | None = None
    act: str | None = None
    scope_certain: bool | None = None
    kind: str | None = None
    naming: str | None = None
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it.

    Attributes:
        uid: The highlight's uid.
        said: Who said it, now; None if nobody is said to.
        gone: Whether the highlight went with the attribution.
        changed: False if all was so already.
        made: Sources that were made.
    """

    uid: str
    said: Said | None
    gone: bool = False
    changed: bool = True
    made: tuple[Source, ...] = field(default=())


def attribute(
    library: Library, article: Article, version: Version, span: Span, annotator: str, wish: Wish
) -> Done:
    """Do what is wished on a stretch.

    Raises:
        UsageError: A value is wrong, or a name stands for two sources.
        StorageError: Nothing was written.
    """
    _check(wish)
    place = place_of(library, article, version, span, annotator)
    if wish.clear:
        if place.before is None:
            raise UsageError("Nothing is attributed on just these words.", "See `reader show`.")
        done = edits.clear(place)
        library.log.commit(done.group, guarded=True)
        return Done(done.uid, None, gone=done.after is None)
    chain, fresh = _chain(library, wish)
    wanted = _wanted(place.before or Attribution("", ""), wish, chain)
    said = Said(wanted, chain or _known(library, wanted))
    done = edits.attribute(place, wanted, summary_of(said))
    if done.group.changes:
        library.log.commit(*edits.making(annotator, fresh), done.group, guarded=True)
    return Done(done.uid, said, changed=bool(done.group.changes), made=tuple(fresh))


def attribute_and_judge(
    library: Library,
    article: Article,
    version: Version,
    span: Span,
    annotator: str,
    wish: Wish,
    *,
    said: str | None = None,
) -> Done:
    """Do what is wished on a stretch, and judge whether it was said: two actions.

    Args:
        library: The library.
        article: The article.
        version: Its version.
        span: The stretch.
        annotator: Who does it.
        wish: What is wished.
        said: Code of a tag of the codebook `said`, or None.

    Raises:
        UsageError: A value is wrong, or nothing is attributed that could be judged.
        StorageError: Nothing more was written.
    """
    if said is None:
        return attribute(library, article, version, span, annotator, wish)
    tag = rating.tag_for(find_codebook(library, rating.SAID), "attribution", said)
    if wish != Wish():
        done = attribute(library, article, version, span, annotator, wish)
    else:
        place = place_of(library, article, version, span, annotator)
        uid = place.highlight.uid if place.highlight else ""
        shown = Said(place.before, _known(library, place.before)) if place.before else None
        done = Done(uid, shown)
    if done.said is None or done.gone:
        raise UsageError("Nothing is attributed here that could be judged.", "Give --source.")
    uid = attribution_uid(done.uid)
    rating.rate(library, "attribution", uid, annotator, tag, article.uid)
    return replace(done, changed=True)


def place_of(
    library: Library, article: Article, version: Version, span: Span, annotator: str
) -> edits.Place:
    """Return where something is attributed, as it is in the library.

    Raises:
        StorageError: It cannot be read.
    """
    highlight = library.highlights.with_span(version.uid, annotator, span.start, span.end)
    before = library.attributions.of(highlight.uid) if highlight else None
    held = bool(highlight and before and edits.is_held(library, highlight.uid))
    return edits.Place(
        article.uid, version.uid, annotator, version.text, span, highlight, before, held
    )


def _check(wish: Wish) -> None:
    given = (wish.voice, wish.act, wish.scope_certain, wish.kind, wish.naming)
    says = bool(wish.chain) or any(value is not None for value in given)
    if wish.clear and says:
        raise UsageError(
            "--clear takes the attribution away and sets nothing.", "Use two commands."
        )
    if not (wish.clear or says):
        raise UsageError("It is not said who said it.", "Give --source, --voice or --act.")
    for value, known in ((wish.voice, VOICES), (wish.act, ACTS)):
        if value and value not in known:
            raise UsageError(f"“{value}” is unknown.", f"Known are {', '.join(known)}.")


def _chain(library: Library, wish: Wish) -> tuple[tuple[Source | None, ...], list[Source]]:
    """Return the sources of the wished chain, and those of them that are new."""
    fresh: dict[str, Source] = {}
    chain: list[Source | None] = []
    for name in wish.chain:
        if name.strip() == "?":
            chain.append(None)
            continue
        found = find(library, name)
        if found is None:
            new = new_source(name, {"kind": wish.kind, "naming": wish.naming})
            found = fresh.setdefault(new.name.casefold(), new)
        chain.append(found)
    return tuple(chain), list(fresh.values())


def find(library: Library, name: str) -> Source | None:
    """Return the source of a name, an alias, or a uid (or its unique start); None if there is none.

    Raises:
        UsageError: There are several.
    """
    found = library.sources.named(name)
    if not found and len(name) >= 8:
        found = library.sources.with_uid(name)
    if len(found) > 1:
        uids = ", ".join(source.uid for source in found)
        raise UsageError(f"“{name}” stands for {len(found)} sources.", f"Give an id: {uids}.")
    return found[0] if found else None


def found(library: Library, name: str) -> Source:
    """Return the source of a name, an alias, or a uid.

    Raises:
        UsageError: There is none, or there are several.
    """
    source = find(library, name)
    if source is None:
        raise UsageError(f"There is no source “{name}”.", "See `reader source list`.")
    return source


def _known(library: Library, said: Attribution) -> tuple[Source | None, ...]:
    known = library.sources.all_of(said.sources)
    return tuple(known.get(hop.source or "") for hop in said.hops)


def _wanted(before: Attribution, wish: Wish, chain: tuple[Source | None, ...]) -> Attribution:
    said = before
    if wish.chain:
        old = {hop.source: hop for hop in before.hops if hop.source}
        still_open = {at: hop for at, hop in enumerate(before.hops) if not hop.source}
        said = replace(
            said,
            hops=tuple(
                old.get(source.uid, Hop(source.uid)) if source else still_open.get(at, Hop())
                for at, source in enumerate(chain)
            ),
        )
    if wish.voice is not None:
        said = replace(said, voice=wish.voice or None)
    if wish.act is not None:
        said = replace(said, act=wish.act or None)
    if wish.scope_certain is not None:
        said = replace(said, scope_certain=wish.scope_certain)
    return said
