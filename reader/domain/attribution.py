"""Suggests who says what: spans, cues and speakers, each with its reason, never a judgement.

What it finds is a proposal to a person. A pronoun is never resolved: those whom it may mean are
listed, the likeliest first. English; quotations are found by their marks in any language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from reader.domain.records import dataclass
from reader.domain.speech import speakers
from reader.domain.speech.cue import Cue
from reader.domain.speech.cues import cues_in, may_have_cue
from reader.domain.speech.mentions import Mentions
from reader.domain.speech.quotations import Quotation, outermost, quotations
from reader.domain.speech.words import Word, words_of
from reader.domain.statements import segment
from reader.domain.text import Block, Role, Span

VERSION = 1
"""Raised whenever the same text would give other suggestions."""

_SENTENCE_WORDS = 4
"""Words from which on a quotation without a cue is taken for somebody's sentence."""
_SHARE = 0.6
"""Share of its sentence from which on a quotation is direct speech, and not a part of it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant.

    Attributes:
        span: Where the name stands.
        why: Why it is offered, in words.
    """

    span: Span
    why: str


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
        voice: ``direct``, ``partial``, ``indirect`` or ``unclear``.
        act: An act of the codebook `stance`, or None.
        scope_certain: Whether what is said surely ends where it is said to.
        reason: Why this is proposed, in words.
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

    @property
    def is_attribution(self) -> bool:
        """Whether somebody surely says it; else it is a few words in marks, without a cue."""
        return self.cue is not None or self.voice == "direct"


def suggestions(text: str, blocks: Iterable[Block]) -> list[Suggestion]:
    """Return the suggestions for a text, in order.

    Args:
        text: Canonical text.
        blocks: Its blocks, in order. Boilerplate is passed over.
    """
    there = [block for block in blocks if block.role is not Role.BOILERPLATE]
    found = outermost(quotations(text, there))
    reading = _Reading(text, found)
    for block in there:
        reading.block(block)
    return reading.found


class _Reading:
    """Goes through an article from its beginning, and remembers whom it has met.

    Args:
        text: The text.
        quoted: Its outermost quotations, in order.
    """

    def __init__(self, text: str, quoted: Sequence[Quotation]) -> None:
        self._text = text
        parts = sorted((part, item) for item in quoted for part in item.parts)
        self._part_starts = [part.start for part, _ in parts]
        self._parts = parts
        self._mentions = Mentions(text)
        self._told: set[Span] = set()
        self.found: list[Suggestion] = []

    def block(self, block: Block) -> None:
        """Read one block."""
        self._mentions.new_paragraph()
        for sentence in self._sentences(block):
            quoted = self._quoted_in(sentence)
            if quoted or may_have_cue(self._text[slice(*sentence)]):
                self._sentence(sentence, words_of(self._text, sentence, quoted))
            self._mentions.read(*sentence)

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
        places = _quotations_of(words, cue, following, used)
        used.update(places)
        spans, voice, certain = _content(self._text, words, cue, following, places)
        if not spans:
            return
        if places:
            self._told.add(spans[0])
        named, naming, candidates = self._speaker(words, cue)
        self.found.append(
            Suggestion(
                start=spans[0].start,
                end=spans[0].end,
                extra_spans=tuple(spans[1:]),
                sentence=sentence,
                cue=Span(words[cue.first].start, words[cue.end - 1].end),
                speaker=named,
                naming=naming,
                candidates=candidates,
                voice=voice,
                act=cue.act,
                scope_certain=certain,
                reason=_reason(cue, places),
            )
        )

    def _speaker(
        self, words: Sequence[Word], cue: Cue
    ) -> tuple[Span | None, str, tuple[Candidate, ...]]:
        if cue.speaker is None:
            if cue.agentless:
                return None, "agentless", ()
            return None, "unknown", self._candidates("")
        first, end = cue.speaker
        span = _name_span(words, first, end)
        naming = speakers.naming(words, cue.speaker)
        if naming == "pronoun":
            return span, naming, self._candidates(words[first].low)
        self._mentions.spoke(span, group=speakers.is_group(words, cue.speaker))
        return span, naming, ()

    def _candidates(self, pronoun: str) -> tuple[Candidate, ...]:
        return tuple(Candidate(span, why) for span, why in self._mentions.candidates(pronoun))

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
                candidates=self._candidates("") if whole else (),
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


def _quotations_of(
    words: Sequence[Word], cue: Cue, following: Cue | None, used: set[int]
) -> list[int]:
    """Return the positions of the quotations that a cue introduces or closes."""
    free = [at for at, word in enumerate(words) if word.is_quotation and at not in used]
    if cue.side == "around":
        return [at for at in free if abs(at - cue.first) < 14]
    stop = following.first if following else len(words)
    after = [at for at in free if cue.first < at < stop]
    before = [at for at in free if at < cue.first]
    if cue.side == "before" and before:
        return [before[-1], *_resumed(words, cue, after)]
    return after if cue.side == "after" else []


def _resumed(words: Sequence[Word], cue: Cue, after: list[int]) -> list[int]:
    """Return the quotation that goes on after "…", he said, "…"."""
    reach = max(cue.end, cue.speaker[1] if cue.speaker else 0)
    return [at for at in after if at - reach <= 8][:1]


def _content(
    text: str, words: Sequence[Word], cue: Cue, following: Cue | None, places: list[int]
) -> tuple[list[Span], str, bool]:
    """Return what is said: its stretches, its voice, and whether its ends are certain."""
    last = _last_word(words, cue, following)
    if cue.side == "before":
        stretch = (0, min((cue.first, *(cue.speaker or ()))) - 1)
    elif cue.side == "around":
        stretch = (0, last)
    else:
        stretch = (min(cue.content, last), last)
    begin, end = _without_commas(words, *stretch)
    if places and (cue.side == "before" or _mostly_quoted(words, begin, end, places)):
        spans = [Span(words[at].start, words[at].end) for at in places]
        direct = any(_is_speech(text, words[at].quotation) for at in places)
        return spans, "direct" if direct else "partial", True
    if end < begin:
        return [], "", False
    span = Span(words[begin].start, words[end].end)
    certain = cue.side == "before" or words[max(cue.content - 1, 0)].low == "that"
    return [span], "partial" if places else "indirect", certain


def _last_word(words: Sequence[Word], cue: Cue, following: Cue | None) -> int:
    """Return the last word that can be of what is said."""
    last = len(words) - 1
    if following is not None and cue.side != "before":
        if following.side == "before":
            last = min((following.first, *(following.speaker or ()))) - 1
        elif words[following.first].low.endswith("ing"):
            last = following.first - 1
    while last > 0 and words[last].text in (".", "!", "?"):
        last -= 1
    return last


def _is_speech(text: str, quotation: Quotation | None) -> bool:
    """Whether a quotation is a sentence, and no part of the writer's."""
    if quotation is None:
        return False
    inner = text[slice(*quotation.inner[0])]
    return inner[:1].isupper() or (inner[-1:] in ".!?,…" and len(inner.split()) >= _SENTENCE_WORDS)


def _without_commas(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    while first < last and words[first].text in (",", ":", "–", "—"):
        first += 1
    while last > first and words[last].text in (",", ":", "–", "—", ";", "."):
        last -= 1
    return first, last


def _mostly_quoted(words: Sequence[Word], begin: int, end: int, places: list[int]) -> bool:
    if end < begin:
        return True
    whole = words[end].end - words[begin].start
    return sum(words[at].end - words[at].start for at in places) >= _SHARE * whole


def _reason(cue: Cue, places: list[int]) -> str:
    return f"{cue.why} and quotation marks" if places else cue.why


def _bare_reason(quotation: Quotation, whole: bool) -> str:
    if not quotation.closed:
        return "quotation marks that nothing closes, and no word that says who speaks"
    if whole:
        return "quotation marks, and no word that says who speaks"
    return "a few words in quotation marks: somebody's, or the writer's distance"
