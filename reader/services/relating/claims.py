"""Claims: statements that say one thing across articles, and who asserts, denies or narrows it.

Statements that are the same claim, restate one another or quote one another are one claim, however
many relations lie between two of them. What contradicts, denies or narrows one of them speaks
against all of it, and does not belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reader.domain.codebook import Tag
from reader.domain.highlight import Judgement
from reader.domain.records import dataclass
from reader.domain.relation import AGAINST, JOINING, Place, Relation
from reader.services.attributing.chains import Said, chain_fields, chain_words, chains
from reader.services.codebooks.tags import Tags
from reader.storage.library import Library

ASSERTS = "asserts"
"""The role of a statement that belongs to the claim, unless its speaker denies."""

_ROLES = {"deny": "denies", "narrow-denial": "narrows", "non-answer": "does not answer"}
"""What a speaker does to a claim, by the act of speech, if not to assert it."""

_BY_TYPE = {"contradicts": "contradicts", "denies": "denies", "narrows": "narrows"}


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement of a claim, or against it.

    Attributes:
        place: The statement, and where it stands.
        role: ``asserts``, ``denies``, ``narrows``, ``contradicts``, ``does not answer``.
        member: Whether it belongs to the claim; False speaks against it by a relation.
        annotator: The handle of who marked it.
        said: Who says it, through whom; None if nobody said that.
        tags: What was judged of it, each with its tag if that is known.
        relations: The relations by which it belongs to the claim or speaks against it.
    """

    place: Place
    role: str
    member: bool
    annotator: str
    said: Said | None
    tags: tuple[tuple[Judgement, Tag | None], ...]
    relations: tuple[Relation, ...] = ()

    @property
    def chain(self) -> str:
        """Who says it, origin first, ending with where it appeared; empty if nobody said that."""
        return chain_words(self.said, self.place.outlet) if self.said and self.said.chain else ""

    @property
    def act(self) -> str | None:
        """What the speaker does in saying it, or None."""
        return self.said.attribution.act if self.said else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with all who speak of it, in time order.

    Attributes:
        voices: The statements, by date of publication, then article and place.
    """

    voices: tuple[Voice, ...]

    @property
    def members(self) -> list[Voice]:
        """The statements that are the claim."""
        return [voice for voice in self.voices if voice.member]

    @property
    def words(self) -> str:
        """The claim as its earliest statement has it."""
        return " ".join(self.members[0].place.exact.split())

    @property
    def articles(self) -> int:
        """In how many articles it is spoken of."""
        return len({voice.place.article_uid for voice in self.voices})

    def summary(self) -> str:
        """Return in words how many do what: ``2 assert, 1 denies``."""
        counts: dict[str, int] = {}
        for voice in self.voices:
            counts[voice.role] = counts.get(voice.role, 0) + 1
        return ", ".join(f"{count} {_plural(role, count)}" for role, count in counts.items())


def _plural(role: str, count: int) -> str:
    if count == 1:
        return role
    many = {"asserts": "assert", "denies": "deny", "narrows": "narrow",
            "contradicts": "contradict", "does not answer": "do not answer"}  # fmt: skip
    return many[role]


def claim_of(library: Library, highlight_uid: str) -> Claim | None:
    """Return the claim that a statement makes, with others or alone; None if it is gone.

    One that makes none with others, but speaks against something, leads to the claim that it speaks
    against.

    Raises:
        StorageError: It cannot be read.
    """
    claim = next(_claims(library, [library.relations.joined(highlight_uid)]), None)
    if claim is not None and len(claim.voices) == 1:
        for item in library.relations.of([highlight_uid]):
            if item.type in AGAINST and item.from_uid == highlight_uid:
                return next(_claims(library, [library.relations.joined(item.to_uid)]), claim)
    return claim


def claims(library: Library, article_uid: str | None = None) -> list[Claim]:
    """Return the claims that several statements make, the ones most spoken of first.

    Args:
        library: The library.
        article_uid: Only those that a statement of this article belongs to; None for all.

    Raises:
        StorageError: It cannot be read.
    """
    groups = _groups(library.relations.joining(article_uid))
    if article_uid is not None:  # they may go on in other articles
        whole = {frozenset(library.relations.joined(next(iter(group)))) for group in groups}
        groups = [set(group) for group in whole]
    found = [claim for claim in _claims(library, groups) if len(claim.members) > 1]
    return sorted(found, key=lambda claim: (-len(claim.voices), claim.words))


def _groups(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """Return what pairs connect, directly or by others."""
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        first, second = groups.get(one, {one}), groups.get(other, {other})
        if first is second:
            continue
        if len(first) < len(second):
            first, second = second, first
        first |= second
        for uid in (one, other, *second):
            groups[uid] = first
    return list({id(group): group for group in groups.values()}.values())


def _claims(library: Library, groups: Sequence[set[str]]) -> Iterator[Claim]:
    """Yield the claims of groups of highlights; a handful of questions for all of them."""
    relations = library.relations.of({uid for group in groups for uid in group})
    of: dict[str, list[Relation]] = {}
    for relation in relations:
        for uid in (relation.from_uid, relation.to_uid):
            of.setdefault(uid, []).append(relation)
    uids = {uid for group in groups for uid in group} | of.keys()
    voices = _Voices(library, uids)
    for group in groups:
        found = [*_members(voices, group, of), *_against(voices, group, of)]
        if any(voice.member for voice in found):
            yield Claim(tuple(sorted(found, key=_in_time)))


def _in_time(voice: Voice) -> tuple[bool, str, str, int, str]:
    place = voice.place
    date = place.published_at or ""
    return (not date, date, place.article_uid, place.start, place.highlight_uid)


def _members(voices: _Voices, group: set[str], of: dict[str, list[Relation]]) -> Iterator[Voice]:
    for uid in group:
        joined = [item for item in of.get(uid, ()) if item.type in JOINING]
        voice = voices.make(uid, "", joined, member=True)
        if voice is not None:
            yield voice


def _against(voices: _Voices, group: set[str], of: dict[str, list[Relation]]) -> Iterator[Voice]:
    """Yield what speaks against a claim: by a relation into it, or if both cannot be so."""
    found: dict[str, list[Relation]] = {}
    for uid in group:
        for item in of.get(uid, ()):
            other = item.other(uid)
            into = item.to_uid == uid or item.type == "contradicts"
            if item.type in AGAINST and into and other not in group:
                found.setdefault(other, []).append(item)
    for uid, items in found.items():
        voice = voices.make(uid, _BY_TYPE[items[0].type], items, member=False)
        if voice is not None:
            yield voice


class _Voices:
    """Makes voices of highlights, all of whom were read at once."""

    def __init__(self, library: Library, uids: Iterable[str]) -> None:
        listed = list(uids)
        self._places = library.relations.places(listed)
        self._highlights = library.highlights.all_of(listed)
        self._said = chains(library, listed)
        self._handles = library.annotators.handles()
        self._tags = Tags(library)

    def make(
        self, uid: str, role: str, relations: Sequence[Relation], *, member: bool
    ) -> Voice | None:
        """Return the voice of a highlight; None if it is gone."""
        place, highlight = self._places.get(uid), self._highlights.get(uid)
        if place is None or highlight is None:
            return None
        said = self._said.get(uid)
        act = said.attribution.act if said else None
        return Voice(
            place=place,
            role=role or _ROLES.get(act or "", ASSERTS),
            member=member,
            annotator=self._handles.get(place.annotator_uid, "?"),
            said=said,
            tags=tuple((item, self._tags.of(item)) for item in highlight.judgements),
            relations=tuple(relations),
        )


# ---------------------------------------------------------------------- for scripts


def as_fields(claim: Claim) -> dict[str, Any]:
    """Return a claim for JSON."""
    return {
        "claim": claim.words,
        "articles": claim.articles,
        "summary": claim.summary(),
        "voices": [_voice_fields(voice) for voice in claim.voices],
    }


def _judgement_fields(item: Judgement, tag: Tag | None) -> dict[str, Any]:
    return {
        "codebook": item.codebook,
        "facet": item.facet,
        "code": item.code,
        "label": tag.label if tag else None,
    }


def _voice_fields(voice: Voice) -> dict[str, Any]:
    place, said = voice.place, voice.said
    return {
        "role": voice.role,
        "belongs": voice.member,
        "highlight": place.highlight_uid,
        "article": place.article_uid,
        "article_title": place.article,
        "outlet": place.outlet,
        "published_at": place.published_at,
        "start": place.start,
        "end": place.end,
        "text": place.exact,
        "annotator": voice.annotator,
        **chain_fields(said),
        "voice": said.attribution.voice if said else None,
        "act": voice.act,
        "judgements": [_judgement_fields(*given) for given in voice.tags],
        "relations": [
            {"uid": item.uid, "type": item.type, "from": item.from_uid, "to": item.to_uid}
            for item in voice.relations
        ],
    }
