"""Which stretches of a sentence are what is said: the quotations of a cue, or a clause."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech.cue import Cue
from reader.domain.speech.quotations import Quotation
from reader.domain.speech.senses import FINITE, QUESTION
from reader.domain.speech.verbs import many
from reader.domain.speech.words import Word
from reader.domain.text import Span

_SENTENCE_WORDS = 4
"""Words from which on a quotation that ends like a sentence is one."""
_GOES_ON = many("and but while whereas though although yet when saying citing so as because")
"""Words that another clause begins with, behind a comma."""
_RELATIVE = many("who which that whom")
_RESUMED = 8
"""Words between a speaker and the quotation that goes on, at most."""
_SHARE = 0.6
"""Share of its sentence from which on a quotation is direct speech, and not a part of it."""


def quotations_of(
    text: str, words: Sequence[Word], cue: Cue, following: Cue | None, used: set[int]
) -> list[int]:
    """Return the positions of the quotations that a cue introduces or closes."""
    free = [at for at, word in enumerate(words) if word.is_quotation and at not in used]
    if cue.side == "around":
        last = _last_word(words, cue, following)
        return [at for at in free if abs(at - cue.first) < 14 and at <= last]
    stop = following.first if following else len(words)
    after = [at for at in free if cue.first < at < stop]
    before = [at for at in free if at < cue.first]
    if cue.side == "before" and before:
        return [before[-1], *_resumed(text, words, cue, after)]
    return after if cue.side == "after" else []


def _resumed(text: str, words: Sequence[Word], cue: Cue, after: list[int]) -> list[int]:
    """Return the quotation that goes on after "…", he said, "…"; ", who …," may stand between."""
    reach = max(cue.end, cue.speaker[1] if cue.speaker else 0)
    beside = [word.low for word in words[reach : reach + 2]] == [",", "who"]
    return [
        at
        for at in after
        if at - reach <= _RESUMED
        or (beside and at - reach <= 3 * _RESUMED and _goes_on(text, words[at]))
    ][:1]


def _goes_on(text: str, word: Word) -> bool:
    """Whether a quotation begins with a small letter."""
    return word.quotation is not None and text[word.quotation.inner[0].start].islower()


def content(
    text: str, words: Sequence[Word], cue: Cue, following: Cue | None, places: list[int]
) -> tuple[list[Span], str, bool]:
    """Return what is said: its stretches, its voice, and whether its ends are certain."""
    last = _last_word(words, cue, following)
    if cue.side == "before":
        stretch = (0, min((cue.first, *(cue.speaker or ()))) - 1)
    elif cue.side == "around":
        stretch = (0, last)
    elif cue.side == "itself":
        begin, end = _without_commas(words, cue.content, _end_of_clause(words, cue, last))
        return [Span(words[begin].start, words[end].end)], "narrator", True
    else:
        stretch = (min(cue.content, last), last)
    begin, end = _without_commas(words, *stretch)
    if places and (cue.side == "before" or _mostly_quoted(words, begin, end, places)):
        spans = [Span(words[at].start, words[at].end) for at in places]
        direct = any(_is_speech(text, words[at].quotation) for at in places)
        return spans, "direct" if direct else "partial", True
    if end < begin:
        return [], "", False
    if not any(word.is_word or word.is_quotation for word in words[begin : end + 1]):
        begin, end = _without_commas(words, 0, last)  # "a sum that the council disputes": all of it
        return [Span(words[begin].start, words[end].end)], "indirect", False
    span = Span(words[begin].start, words[end].end)
    certain = cue.side == "before" or words[max(cue.content - 1, 0)].low == "that"
    rest = _rest(words, cue, begin, end) if cue.side == "before" and not places else []
    return [span, *rest], "partial" if places else "indirect", certain


def _rest(words: Sequence[Word], cue: Cue, begin: int, end: int) -> list[Span]:
    """Return what goes on behind "The road, she said, was closed", if its verb is there."""
    at = max(cue.end, cue.speaker[1] if cue.speaker else 0)
    if at + 1 >= len(words) or words[at].text != ",":
        return []
    asks = cue.verb == "ask" and words[at + 1].low in QUESTION  # "If so, asks the report, why"
    whole = any(_may_be_finite(word) for word in words[begin : end + 1])
    if not asks and (whole or words[at + 1].low not in FINITE):
        return []
    _, last = _without_commas(words, at + 1, _last_word(words, cue, None))
    return [Span(words[at + 1].start, words[last].end)]


def _may_be_finite(word: Word) -> bool:
    return word.low in FINITE or (word.low.endswith("ed") and not word.is_capital)


def _end_of_clause(words: Sequence[Word], cue: Cue, last: int) -> int:
    """Return the last word of the clause of a cue: before a comma and what goes on behind it."""
    for at in range(cue.end, last):
        if words[at].text in (";", "–", "—"):
            return at - 1
        if words[at].text == "," and words[at + 1].low in _GOES_ON:
            return at - 1
    return last


def _before_other_clause(words: Sequence[Word], following: Cue) -> int | None:
    """Return the last word before ", but somebody else said", or None if it is no clause apart."""
    begin = following.content if following.side == "itself" else (following.speaker or (0,))[0]
    if not 1 < begin <= following.first or words[begin - 1].low not in _GOES_ON:
        return None
    apart = words[begin - 2].text == ","
    return begin - 3 if apart else begin - 2 if following.side == "itself" else None


def _in_commas(words: Sequence[Word], cue: Cue, following: Cue) -> int | None:
    """Return the last word of "who denies the charge" between commas, before "said"; else None."""
    of_both = following.speaker is not None and following.speaker[1] <= cue.first
    return following.first - 2 if of_both and words[following.first - 1].text == "," else None


def _before_semicolon(words: Sequence[Word], cue: Cue, following: Cue) -> int | None:
    """Return the last word before ";", behind which somebody says something anew; else None."""
    if cue.side not in ("after", "around") or following.speaker is None:
        return None
    if following.speaker[0] <= cue.end:
        return None
    stops = (at for at in range(cue.end, following.speaker[0]) if words[at].text == ";")
    stop = next(stops, None)
    return None if stop is None else stop - 1


def _end_of_relative(words: Sequence[Word], cue: Cue) -> int:
    """Return the last word of "the figure that it says it watches" between commas; else the last.

    Behind the second comma the verb of the sentence follows.
    """
    last = len(words) - 1
    if cue.side != "after":
        return last
    first = min(cue.first, cue.speaker[0] if cue.speaker else cue.first)
    relative = next(
        (at for at in (cue.first - 1, first - 1) if at > 0 and words[at].low in _RELATIVE), None
    )
    if relative is None or not any(
        word.text == "," for word in words[max(0, relative - 6) : relative]
    ):
        return last
    ends = (
        at - 1
        for at in range(cue.end + 1, last)
        if words[at].text == "," and words[at + 1].low in FINITE
    )
    return next(ends, last)


def _last_word(words: Sequence[Word], cue: Cue, following: Cue | None) -> int:
    """Return the last word that can be of what is said."""
    last = _end_of_relative(words, cue)
    if following is not None and cue.side != "before":
        if following.side == "before":
            last = min((following.first, *(following.speaker or ()))) - 1
        elif cue.side == "around" and words[following.first - 1].low == "be":
            pass  # "was reported to be considering"
        elif words[following.first].low.endswith("ing"):
            last = following.first - 1
        else:
            last = (
                _before_other_clause(words, following)
                or _in_commas(words, cue, following)
                or _before_semicolon(words, cue, following)
                or last
            )
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
