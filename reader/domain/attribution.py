"""Suggests who says what: spans, cues and speakers, each with its reason, never a judgement.

What it finds is a proposal to a person. A pronoun is never resolved: those whom it may mean are
listed, the likeliest first, and it is said where only one can be meant. English; quotations are
found by their marks in any language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.domain.records import dataclass
from reader.domain.speech.appositions import Identified, identified
from reader.domain.speech.cue import Cue
from reader.domain.speech.cues import cues_in, may_have_cue
from reader.domain.speech.datelines import without_datelines
from reader.domain.speech.full_names import FullNames
from reader.domain.speech.heads import is_of_text
from reader.domain.speech.heard import Candidate, Heard
from reader.domain.speech.namings import naming
from reader.domain.speech.pictures import without_credits
from reader.domain.speech.quotations import Quotation, outermost, quotations
from reader.domain.speech.stretches import content, quotations_of
from reader.domain.speech.words import Word, words_of
from reader.domain.statements import segment
from reader.domain.text import Block, Span

VERSION = 16
"""Raised whenever the same text would give other suggestions."""

_SENTENCE_WORDS = 4
"""Words from which on a quotation without a cue is taken for somebody's sentence."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposal: what is said, by whom, and which words show it.

    Attributes:
        start: First code point of what is said.
        end: One past its last.
        extra_spans: Further stretches of the same: "…", he said, "…".
        sentence: The sentence or sentences that hold it.
        cue: The words that show that something is said; None for a quotation without.
        speaker: The words that name the speaker; None where nobody is named, or it is unclear.
        naming: ``named``, ``described``, ``anonymous``, ``agentless``, ``pronoun`` or ``unknown``.
        candidates: Who may be meant by a pronoun, or speak where nobody is named.
        voice: ``direct``, ``partial``, ``indirect`` or ``unclear``; ``narrator`` where somebody is
            said to say nothing.
        act: An act of the codebook `stance`, or None.
        scope_certain: Whether what is said surely ends where it is said to.
        reason: Why this is proposed, in words.
        role: The words beside the name that say what the speaker is, or None.
        meant: Where somebody is named who is probably meant by the pronoun, as nobody else can be;
            the first of the candidates is that one; else None.
        whole: Where the whole name of the speaker stands in the article, if here it is the last
            name alone and only one person in the article has it; else None.
    """

    start: int
    end: int
    extra_spans: tuple[Span, ...]
    sentence: Span
    cue: Span | None
    speaker: Span | None
    naming: str
    candidates: tuple[Candidate, ...]
    voice: str
    act: str | None
    scope_certain: bool
    reason: str
    role: Span | None = None
    whole: Span | None = None
    meant: Span | None = None

    @property
    def is_attribution(self) -> bool:
        """Whether somebody surely says it; else it is a few words in marks, without a cue."""
        return self.cue is not None or self.voice == "direct"


def suggestions(
    text: str, blocks: Iterable[Block], names: FullNames | None = None
) -> list[Suggestion]:
    """Return the suggestions for a text, in order.

    Args:
        text: Canonical text.
        blocks: Its blocks, in order. Boilerplate, the credits of pictures and datelines are passed
            over.
        names: The whole names of the text, for who asks for one part of it after the other.
    """
    return suggested_in(text, readable(text, blocks), names)


def readable(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks as far as somebody may say something in them.

    Args:
        text: The text.
        blocks: Blocks, all of each: a part of one may look like a dateline, or like a credit.
    """
    return without_datelines(text, without_credits(text, blocks))


def suggested_in(
    text: str, blocks: Iterable[Block], names: FullNames | None = None
) -> list[Suggestion]:
    """Return the suggestions for parts of a text, in order.

    Args:
        text: Canonical text.
        blocks: What is readable of its blocks, in order: whole statements.
        names: The whole names of the text.
    """
    there = list(blocks)
    found = outermost(quotations(text, there))
    reading = _Reading(text, found, names or FullNames(text))
    for block in there:
        reading.block(block)
    return reading.found


class _Speaker(NamedTuple):
    """Who speaks, as a suggestion says it: see there."""

    span: Span | None
    naming: str
    candidates: tuple[Candidate, ...] = ()
    whole: Span | None = None
    meant: Span | None = None


class _Reading:
    """Goes through an article from its beginning, and remembers whom it has met.

    Args:
        text: The text.
        quoted: Its outermost quotations, in order.
        names: Its whole names.
    """

    def __init__(self, text: str, quoted: Sequence[Quotation], names: FullNames) -> None:
        self._text = text
        parts = sorted((part, item) for item in quoted for part in item.parts)
        self._part_starts = [part.start for part, _ in parts]
        self._parts = parts
        self._heard = Heard(text, names)
        self._told: set[Span] = set()
        self.found: list[Suggestion] = []

    def block(self, block: Block) -> None:
        """Find what is said in one block; those before it tell whom its pronouns may mean."""
        self._heard.next_paragraph()
        for sentence in self._sentences(block):
            quoted = self._quoted_in(sentence)
            if quoted or may_have_cue(self._text[slice(*sentence)]):
                self._sentence(sentence, words_of(self._text, sentence, quoted))
            self._heard.read(*sentence)

    def _quoted_in(self, span: Span) -> list[Quotation]:
        first = bisect_left(self._part_starts, span.start)
        first -= first > 0 and self._parts[first - 1][0].end > span.start
        found: list[Quotation] = []
        for part, item in self._parts[first:]:
            if part.start >= span.end:
                break
            if item not in found[-1:]:
                found.append(item)
        return found

    def _sentences(self, block: Block) -> Iterator[Span]:
        """Yield the block's sentences; those that end inside a quotation go on."""
        begin: int | None = None
        for start, end in segment(self._text, block.start, block.end):
            begin = start if begin is None else begin
            if not self._inside_quotation(end):
                yield Span(begin, end)
                begin = None
        if begin is not None:
            yield Span(begin, block.end)

    def _inside_quotation(self, at: int) -> bool:
        index = bisect_left(self._part_starts, at) - 1
        return index >= 0 and self._parts[index][0].start < at < self._parts[index][0].end

    # ------------------------------------------------------------------ one sentence

    def _sentence(self, sentence: Span, words: Sequence[Word]) -> None:
        used: set[int] = set()
        cues = cues_in(words)
        for cue, following in zip(cues, [*cues[1:], None], strict=False):
            if not (cue.speaker and is_of_text(words[slice(*cue.speaker)])):
                self._add_cue(sentence, words, cue, following, used)
        for at, word in enumerate(words):
            if word.quotation is not None and at not in used:
                self._add_bare(sentence, words, word.quotation)

    def _add_cue(
        self,
        sentence: Span,
        words: Sequence[Word],
        cue: Cue,
        following: Cue | None,
        used: set[int],
    ) -> None:
        places = quotations_of(self._text, words, cue, following, used)
        used.update(places)
        spans, voice, certain = content(self._text, words, cue, following, places)
        if not spans:
            return
        if places:
            self._told.add(spans[0])
        who = self._who(words, cue)
        role = _name_span(words, *who.role) if who and who.role else None
        speaker = self._speaker(words, cue, who, role)
        self.found.append(
            Suggestion(
                start=spans[0].start,
                end=spans[0].end,
                extra_spans=tuple(spans[1:]),
                sentence=sentence,
                cue=Span(words[cue.first].start, words[cue.end - 1].end),
                speaker=speaker.span,
                naming=speaker.naming,
                candidates=speaker.candidates,
                voice=voice,
                act=cue.act,
                scope_certain=certain,
                reason=_reason(cue, places),
                role=role,
                whole=speaker.whole,
                meant=speaker.meant,
            )
        )

    def _who(self, words: Sequence[Word], cue: Cue) -> Identified | None:
        if cue.speaker is None:
            return None
        leads = cue.verb == "according to" and cue.side == "after"
        return identified(words, cue.speaker, cue.first, leads=leads)

    def _speaker(
        self, words: Sequence[Word], cue: Cue, who: Identified | None, role: Span | None
    ) -> _Speaker:
        """Return who speaks, and note it for what follows."""
        if who is None and cue.agentless:
            return _Speaker(None, "agentless")
        if who is None:
            return _Speaker(None, "unknown", self._heard.nobody(words[0].start))
        span = _name_span(words, *who.speaker)
        kind = naming(words, who.speaker)
        if kind == "pronoun":
            self._read_before(words, who.speaker[0])
            meant, offered = self._heard.pronoun(span)
            return _Speaker(span, kind, offered, meant=meant)
        whole = self._heard.speaks(span, kind, role, words[-1].end)
        return _Speaker(span, kind, whole=whole)

    def _read_before(self, words: Sequence[Word], at: int) -> None:
        """Note who is named in a sentence before a pronoun, but for who is named in quotations."""
        start = words[0].start
        for word in words[: at + 1]:
            if word.is_quotation or word is words[at]:
                self._heard.read(start, word.start, within=True)
                start = word.end

    def _add_bare(self, sentence: Span, words: Sequence[Word], quotation: Quotation) -> None:
        """Propose a quotation that no cue in its sentence belongs to."""
        inner = quotation.inner
        count = sum(len(self._text[slice(*part)].split()) for part in inner)
        whole = count >= _SENTENCE_WORDS and not _is_title(self._text[slice(*inner[0])])
        span = quotation.parts[0]
        if span in self._told:
            return
        self._told.add(span)
        self.found.append(
            Suggestion(
                start=span.start,
                end=span.end,
                extra_spans=quotation.parts[1:],
                sentence=sentence,
                cue=None,
                speaker=None,
                naming="unknown",
                candidates=self._heard.goes_on(span.start) if whole else (),
                voice="direct" if whole else "unclear",
                act=None,
                scope_certain=quotation.closed,
                reason=_bare_reason(quotation, whole),
            )
        )


def _is_title(quoted: str) -> bool:
    """Whether all longer words begin with a capital, as those of a title do."""
    longer = [word for word in quoted.split() if len(word) > 3]
    return len(longer) > 1 and all(word[0].isupper() for word in longer)


def _name_span(words: Sequence[Word], first: int, end: int) -> Span:
    """Return where a phrase stands, without the sign of the possessive."""
    last = words[end - 1]
    stop = last.end - (2 if last.low.endswith("'s") else last.low.endswith("s'"))
    return Span(words[first].start, stop)


def _reason(cue: Cue, places: list[int]) -> str:
    return f"{cue.why} and quotation marks" if places else cue.why


def _bare_reason(quotation: Quotation, whole: bool) -> str:
    if not quotation.closed:
        return "quotation marks that nothing closes, and no word that says who speaks"
    if whole:
        return "quotation marks, and no word that says who speaks"
    return "a few words in quotation marks: somebody's, or the writer's distance"
