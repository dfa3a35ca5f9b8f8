"""Who may say a statement, read from the text around it: each with the reason, the likeliest first.

Only a stretch of the article around the statement is read, so that it costs the same in an article
of 10 MB. Whom a pronoun means is never decided: everybody it may mean is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reader.domain.attribution import Suggestion, readable, suggested_in
from reader.domain.blocks import BlockTable
from reader.domain.records import dataclass
from reader.domain.source import folded
from reader.domain.speech.kinds import is_person, named, without_title
from reader.domain.speech.mentions import is_thing, names_in
from reader.domain.text import Block, Span
from reader.domain.whole_statements import within
from reader.services.attributing.given import Given, can_mean_only, goes_on

BEFORE, _AFTER = 6_000, 1_500
"""Code points before and after the statement that are read, as far as whole statements go."""
_IN_FULL = "; named in full elsewhere"
OFFERED = 8
"""Candidates that are offered at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody, or something, that may be the source of a statement.

    Attributes:
        name: What to call the source; empty for one that the text leaves out (agentless).
        role: What the text says of it beside the name, or empty.
        kind: ``person``, ``organisation``, ``office``, ``document``, ``account``, ``group``,
            ``unknown``.
        naming: ``named``, ``described``, ``anonymous`` or ``agentless``.
        why: Why it is offered, in words.
        mention: Where it is mentioned, for this statement: a name, or the pronoun; or None.
        cue: The words that show that something is said, if they belong to this statement.
        voice: The voice in which this statement is told, if the text shows it.
        act: The act that the cue stands for, if it does for one.
        sure: Whether nobody else can be meant: the statement itself names the source, and no other,
            or a pronoun can mean this one only.
    """

    name: str
    role: str
    kind: str
    naming: str
    why: str
    mention: Span | None
    cue: Span | None
    voice: str | None
    act: str | None
    sure: bool = False


def candidates(
    text: str,
    blocks: BlockTable | Sequence[Block],
    span: tuple[int, int],
    given: Given | None = None,
    most: int = OFFERED,
) -> list[Candidate]:
    """Return who may be the source of a statement, the likeliest first.

    Args:
        text: The article's canonical text.
        blocks: Its blocks, in order.
        span: Where the statement stands.
        given: Who says the nearest statement before it of which a person has said so.
        most: So many at most.
    """
    table = blocks if isinstance(blocks, BlockTable) else BlockTable(blocks)
    near = list(_near(text, table, Span(*span)))
    search = _Search(text, Span(*span), suggested_in(text, near), near, given)
    here = [*search.told_here(), *search.left_out()]
    if len({folded(item.name) for item in here if item.sure}) > 1 or search.leaves_open():
        here = [replace(item, sure=False) for item in here]
    others = (search.named_since(), search.given(), search.speakers_near(), search.names())
    return _each_once([*here, *(item for part in others for item in part)])[:most]


def _near(text: str, table: BlockTable, span: Span) -> Iterator[Block]:
    """Yield what is readable of the blocks around a stretch; of long ones the statements near."""
    window = max(0, span.start - BEFORE), span.end + _AFTER
    parts = (within(text, block, window, span) for block in readable(text, _over(table, window)))
    return filter(None, parts)


def _over(table: BlockTable, window: tuple[int, int]) -> Iterator[Block]:
    """Yield the blocks that begin in a window, and the one before."""
    for index in range(max(0, table.at(window[0])), len(table)):
        block = table[index]
        if block.start > window[1]:
            return
        yield block


class _Search:
    """The candidates for one statement.

    Args:
        text: The text.
        span: The statement.
        found: What is said by whom around it, in order.
        near: The blocks around it, without the credits of pictures and without datelines.
        given: Who says the nearest one before it of which a person has said so.
    """

    def __init__(
        self,
        text: str,
        span: Span,
        found: Sequence[Suggestion],
        near: Sequence[Block],
        given: Given | None,
    ) -> None:
        self._text, self._span, self._near, self._given = text, span, near, given
        self._here = [item for item in found if _is_here(item, span)]
        self._others = [item for item in found if item not in self._here]
        self._namings = {item.speaker: item.naming for item in found if item.speaker}
        self._whole = {item.speaker: item.whole for item in found if item.speaker}

    def told_here(self) -> Iterator[Candidate]:
        """Yield who says it by the words of the statement itself."""
        for item in self._here:
            if item.speaker is not None and item.naming != "pronoun":
                told = self._candidate(item.speaker, item.naming, item.reason, item, role=item.role)
                yield replace(told, sure=True)
            yield from self._given_for(item)
            word = self._text[slice(*item.speaker)] if item.speaker else ""
            for number, other in enumerate(item.candidates):
                why = f"“{word}” may be meant: {other.why}" if word else other.why
                naming = self._namings.get(other.span, "named")
                found = self._candidate(other.span, naming, why, item, item.speaker)
                sure = not number and item.meant is not None and not self._is_given(item)
                yield replace(found, sure=sure)

    def leaves_open(self) -> bool:
        """Whether something is said in the statement of which it is not sure who says it."""
        return any(
            item.is_attribution
            and item.naming in ("pronoun", "unknown")
            and not (self._is_plain(item) if self._is_given(item) else item.meant)
            for item in self._here
        )

    def _given_for(self, item: Suggestion) -> Iterator[Candidate]:
        """Yield the one who says what stands before, if a pronoun may mean that one."""
        if item.speaker and self._given and self._is_given(item) and self._is_plain(item):
            word = self._text[slice(*item.speaker)]
            why = f"“{word}” may be meant: said what stands before, by what you gave"
            found = self._of_given(self._given, why)
            yield replace(
                found, mention=item.speaker, cue=item.cue, voice=item.voice, act=item.act, sure=True
            )

    def _is_given(self, item: Suggestion) -> bool:
        """Whether nobody speaks by name between the statement given and a pronoun."""
        if self._given is None or item.naming != "pronoun" or item.speaker is None:
            return False
        named = (
            other.speaker
            for other in (*self._others, *self._here)
            if other.speaker and other.naming != "pronoun"
        )
        return goes_on(self._given, item.speaker, named)

    def _is_plain(self, item: Suggestion) -> bool:
        """Whether a pronoun can mean only the one who says the statement given."""
        given, pronoun = self._given, item.speaker
        if given is None or pronoun is None:
            return False
        return can_mean_only(self._text, given, pronoun)

    def given(self) -> Iterator[Candidate]:
        """Yield the one who says what stands before, as a person said."""
        if self._given is not None and self._given.span.end >= self._last_speaker():
            yield self._of_given(self._given, "says what stands before it, by what you gave")

    @staticmethod
    def _of_given(given: Given, why: str) -> Candidate:
        return Candidate(
            given.name, given.role, given.kind, given.naming, why, None, None, None, None
        )

    def _last_speaker(self) -> int:
        """Return where the last one is named who speaks before the statement: one past it."""
        ends = [
            item.speaker.end
            for item in self._others
            if item.speaker and item.naming != "pronoun" and item.speaker.end <= self._span.start
        ]
        return max(ends, default=0)

    def named_since(self) -> Iterator[Candidate]:
        """Yield the people named in the statement, then those since somebody spoke."""
        last = self._last_speaker()
        if self._given is not None:
            last = max(last, self._given.span.end)
        if not last:
            last = self._span.start
        for place in reversed(list(self._names_from(last))):
            here = place.start >= self._span.start
            why = "is named in it" if here else "is named since somebody spoke"
            found = self._candidate(place, "named", why)
            if found.name and is_person(found.name) and not is_thing(self._text, place):
                yield found

    def left_out(self) -> Iterator[Candidate]:
        """Yield the source that the sentence leaves out."""
        for item in self._here:
            if item.naming == "agentless":
                cue, voice, act = item.cue, item.voice, item.act
                yield Candidate(
                    "", "", "unknown", "agentless", item.reason, None, cue, voice, act, sure=True
                )

    def speakers_near(self) -> Iterator[Candidate]:
        """Yield who speaks before and after, the nearest first; what goes before counts more."""
        for item in sorted(self._others, key=self._distance):
            if item.speaker is not None and item.naming != "pronoun":
                where = "before" if item.sentence.start < self._span.start else "after"
                why = f"speaks {_how_far(self._text, item.sentence, self._span)}{where} it"
                yield self._candidate(item.speaker, item.naming, why, role=item.role)

    def _distance(self, item: Suggestion) -> int:
        before = self._span.start - item.sentence.end
        return before if before >= 0 else 2 * (item.sentence.start - self._span.end)

    def names(self) -> Iterator[Candidate]:
        """Yield who is named in the statement and before it, the last first."""
        start = max(0, self._span.start - BEFORE)
        for place in reversed(list(self._names_from(start))):
            here = place.start >= self._span.start
            found = self._candidate(place, "named", f"is named {'in' if here else 'before'} it")
            nobody = found.kind == "person" and is_thing(self._text, place)
            yield replace(found, kind="unknown") if nobody else found

    def _names_from(self, start: int) -> Iterator[Span]:
        """Yield the names that end behind a place, as far as the statement goes; each is whole."""
        for block in self._near:
            found = names_in(self._text, block.start, min(self._span.end, block.end))
            yield from (name for name in found if name.end > start)

    def _candidate(
        self,
        mention: Span,
        naming: str,
        why: str,
        item: Suggestion | None = None,
        pronoun: Span | None = None,
        role: Span | None = None,
    ) -> Candidate:
        beside = self._text[slice(*role)] if role else ""
        whole = self._whole.get(mention)
        apart = named(self._text[slice(*(whole or mention))], naming, beside)
        why = f"{why}{_IN_FULL}" if whole else why
        cue, voice, act = (item.cue, item.voice, item.act) if item else (None, None, None)
        where = pronoun or (mention if item else None)
        return Candidate(apart.name, apart.role, apart.kind, naming, why, where, cue, voice, act)


def _is_here(item: Suggestion, span: Span) -> bool:
    """Whether something is said in a statement, or the statement is a part of it."""
    parts = [Span(item.start, item.end), *item.extra_spans]
    return any(part.overlaps(span) for part in (*parts, *([item.cue] if item.cue else [])))


def _how_far(text: str, one: Span, other: Span) -> str:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    paragraphs = between.count("\n\n")
    if not paragraphs:
        return "just "
    return "a paragraph " if paragraphs == 1 else f"{paragraphs} paragraphs "


def _each_once(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the first of each name; a last name, or one with a title, is the full one there is.

    Where two full names end in it, it stays as it is.
    """
    names = list(dict.fromkeys(_full_names(found)))
    last = [name.split()[-1] for name in names]
    full = {name.split()[-1]: name for name in names if last.count(name.split()[-1]) == 1}
    kept: dict[str, Candidate] = {}
    for item in found:
        surname = without_title(item.name)
        name = full.get(surname, item.name) if item.naming == "named" else item.name
        if name.lower() not in kept:
            kept[name.lower()] = item if name == item.name else _renamed(item, name)
    return list(kept.values())


def _full_names(found: Iterable[Candidate]) -> Iterator[str]:
    plain = (without_title(item.name) for item in found if item.naming == "named")
    return (name for name in plain if " " in name)


def _renamed(item: Candidate, name: str) -> Candidate:
    """Return it under the fuller name that the text has elsewhere."""
    why = f"{item.why}{_IN_FULL}"
    kind = "person" if item.kind == "unknown" else item.kind
    return replace(item, name=name, kind=kind, why=why)
