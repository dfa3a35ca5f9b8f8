"""What can be picked as the source of a statement: who the text suggests, then who is known."""

from __future__ import annotations

from collections.abc import Container, Iterator, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.attributed import Attribution, Words, words_at
from reader.domain.document import Document
from reader.domain.errors import UsageError
from reader.domain.source import Source, folded, guess_kind
from reader.domain.text import Span
from reader.services.attributing.offered import UNKNOWN_HOP, Offer, nobody
from reader.services.attributing.sources import new_source
from reader.storage.attributing.sources import Use
from reader.storage.library import Library

if TYPE_CHECKING:
    from reader.services.attributing.candidates import Candidate
    from reader.services.attributing.given import Given

_SHOWN_ALIASES = 4
_SHOWN_AT_ONCE, _FROM_TEXT = 8, 60
"""Sources from the text before those that are known, and in all: for who types a name."""
_NAMESAKES = 3
"""Known people of a last name that are offered for it at most."""


def offers(
    library: Library,
    article_uid: str,
    document: Document,
    span: Span,
    attribution: Attribution | None,
    own: tuple[str, str] | None = None,
) -> list[Offer]:
    """Return who can be picked for a statement, the likeliest first.

    Args:
        library: The library.
        article_uid: The article.
        document: Its text.
        span: The statement.
        attribution: What is stored for it.
        own: The version, and the annotator whose attributions on it tell who spoke last.

    Raises:
        StorageError: It cannot be read.
    """
    uses = library.sources.uses()
    aliases = library.sources.all_aliases()
    known = {source.uid: source for page in library.sources.pages() for source in page}
    here = _of_article(library, article_uid, attribution)
    by_name = library.sources.by_name()
    given = _given(library, span, *own) if own else None
    if given is not None:
        by_name = {**by_name, folded(given.name): given.source}
    elsewhere = uses.keys() - here.keys()
    from_text = list(_from_text(document, span, known, here, elsewhere, by_name, given))
    suggested = from_text[:_SHOWN_AT_ONCE]
    others = [offer for offer in from_text[_SHOWN_AT_ONCE:] if offer.new]
    listed = {offer.source.uid for offer in suggested if offer.source}
    rest = sorted(
        (source for uid, source in known.items() if uid not in listed),
        key=lambda item: (
            here.get(item.uid, len(here)),
            -uses.get(item.uid, _UNUSED).statements,
            folded(item.name),
        ),
    )  # fmt: skip
    namesakes = {folded(offer.name) for offer in from_text if offer.new}
    more = [_known(source, uses, aliases, _where(source, here, namesakes)) for source in rest]
    return _with_those_without_a_name(suggested, [*more, *others])


def _with_those_without_a_name(suggested: list[Offer], more: list[Offer]) -> list[Offer]:
    """Return offers with a hop that is not known, and nobody, behind those from the text."""
    voice = next((offer.voice for offer in suggested if offer.voice), None)
    # How it is told does not depend on who is meant.
    found = [*suggested, *(replace(offer, voice=voice) for offer in more)]
    first = len(suggested)
    if not any(offer.source and offer.source.naming == "agentless" for offer in found):
        why = "The text leaves out who says it: “was criticised”, “concerns”."
        found.insert(first, Offer(nobody(), new=True, why=why, note="agentless"))
    found.insert(first, UNKNOWN_HOP)
    return found


_UNUSED = Use()


def _of_article(
    library: Library, article_uid: str, attribution: Attribution | None
) -> dict[str, int]:
    """Return the uids of the sources that are named in an article, the newest first, numbered."""
    found = library.attributions.recent(article_uid)
    named = [*(attribution.sources if attribution else ()), *(u for a in found for u in a.sources)]
    into = library.sources.merged()
    uids = dict.fromkeys(into.get(uid, uid) for uid in named)
    return {uid: number for number, uid in enumerate(uids)}


def _given(library: Library, span: Span, version_uid: str, annotator_uid: str) -> Given | None:
    """Return who says the nearest statement before one, as an annotator said."""
    from reader.services.attributing.candidates import BEFORE  # late, as the candidates are
    from reader.services.attributing.given import given_in, nearest

    stretch = (max(0, span.start - BEFORE), span.start)
    return nearest(given_in(library, version_uid, annotator_uid, stretch), span.start)


def _from_text(
    document: Document,
    span: Span,
    known: dict[str, Source],
    here: dict[str, int],
    elsewhere: Set[str],
    by_name: dict[str, str],
    given: Given | None,
) -> Iterator[Offer]:
    """Yield who the text suggests; a name that is known is that source.

    Whoever has no name and says something elsewhere only is not meant: "officials" are others in
    the next article. One that says nothing, such as one that was picked and taken back, may be.
    """
    from reader.services.attributing.candidates import candidates  # late: reads the text anew

    listed: set[str] = set()
    surnames = _by_surname(known, here)
    found = candidates(document.text, document.blocks, span, given, _FROM_TEXT)
    near, others = found[:_SHOWN_AT_ONCE], found[_SHOWN_AT_ONCE:]
    for candidate in (*sorted(near, key=_is_role_word), *others):
        uid = (
            nobody().uid if candidate.naming == "agentless" else by_name.get(folded(candidate.name))
        )
        source = known.get(uid or "")
        if source is not None and candidate.naming in ("described", "anonymous"):
            source = source if source.uid not in elsewhere or source.naming == "named" else None
        new = source is None
        namesakes = _called_so(candidate, surnames) if new else []
        for full in namesakes:
            if full.uid not in listed:
                listed.add(full.uid)
                likely = replace(candidate, sure=candidate.sure and len(namesakes) == 1)
                yield _from_candidate(document.text, likely, full, called=candidate.name)
        source = source or _made_of(candidate)
        if source is None or source.uid in listed:
            continue
        listed.add(source.uid)
        yield _from_candidate(document.text, candidate, source, new=new)


def _from_candidate(
    text: str, candidate: Candidate, source: Source, *, new: bool = False, called: str = ""
) -> Offer:
    why = _reason(candidate.why)
    return Offer(
        source,
        new=new,
        why=f"called “{called}” here; {why}" if called else why,
        note="in the text" if new else "known",
        mention=_words(text, candidate.mention),
        cue=_words(text, candidate.cue),
        voice=candidate.voice,
        names=(called,) if called else (),
        from_text=True,
        sure=candidate.sure,
    )


def _is_role_word(candidate: Candidate) -> bool:
    """Whether it only takes up somebody told of before: “the person”, “the official”."""
    words = folded(candidate.name).split()
    described = candidate.naming in ("described", "anonymous")
    return described and len(words) == 2 and words[0] == "the" and guess_kind(words[1]) == "person"


def _by_surname(known: dict[str, Source], here: dict[str, int]) -> dict[str, list[Source]]:
    """Return known people by their last name, those of the article first."""
    found: dict[str, list[Source]] = {}
    for source in sorted(known.values(), key=lambda item: here.get(item.uid, len(here))):
        words = folded(source.name).split()
        if len(words) > 1 and source.kind == "person" and source.naming == "named":
            found.setdefault(words[-1], []).append(source)
    return found


def _called_so(candidate: Candidate, surnames: dict[str, list[Source]]) -> list[Source]:
    """Return the known people who may be meant by a last name, perhaps with a title."""
    if candidate.naming != "named":
        return []
    from reader.domain.speech.kinds import without_title  # late, as the candidates are

    return surnames.get(folded(without_title(candidate.name)), [])[:_NAMESAKES]


def _kind(candidate: Candidate) -> str:
    """Return what a candidate is: its name may tell more than the words around it."""
    guessed = guess_kind(candidate.name)
    if guessed == "person" and candidate.naming in ("described", "anonymous"):
        return guessed
    return candidate.kind if guessed in ("person", "unknown") else guessed


def _reason(why: str) -> str:
    """Return why somebody is offered; of the cue alone, with a word that says what it is."""
    return f"told by {why}" if why.startswith("“") and "may be meant" not in why else why


def _made_of(candidate: Candidate) -> Source | None:
    """Return the source that a candidate would be; None if its name is none."""
    if candidate.naming == "agentless":
        return nobody()
    try:
        return new_source(
            candidate.name,
            {"kind": _kind(candidate), "naming": candidate.naming, "role": candidate.role},
        )
    except UsageError:
        return None


def _words(text: str, span: Span | None) -> Words | None:
    return None if span is None else words_at(text, *span)


def _where(source: Source, here: Container[str], namesakes: Container[str]) -> str:
    """Return where a source says something, as far as that has to be told."""
    if source.uid in here:
        return "here · "
    return "elsewhere · " if folded(source.name) in namesakes else ""


def _known(
    source: Source, uses: dict[str, Use], aliases: dict[str, list[str]], where: str
) -> Offer:
    names = tuple(aliases.get(source.uid, ()))
    count = uses.get(source.uid, _UNUSED).statements
    said = [part for part in (source.role, source.affiliation) if part]
    if names:
        said.append(f"also {', '.join(names[:_SHOWN_ALIASES])}")
    return Offer(
        source,
        why=" · ".join(said),
        note=f"{where}{count:,} ×" if count else "unused",
        names=names,
    )
