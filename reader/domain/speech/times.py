"""Words for times and occasions around a verb: "on Monday", "last week", "in a statement"."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.speech.verbs import DAYS, many
from reader.domain.speech.words import Word

NOT_NAMES = DAYS | many(
    "january february march april may june july august september october november december"
)
"""Words with a capital that name a time, and nobody."""

_BEFORE_TIME = many("on last late early in since this next")
_PERIODS = many("week month year night weekend summer winter spring autumn fall morning evening")
OCCASIONS = many("statement interview email e-mail letter tweet speech post memo address briefing")
"""Where somebody says something: "in a statement"."""


def back_over_time(words: Sequence[Word], last: int) -> int:
    """Return the position before "on Monday", "in April", "last week", "in a statement"."""
    low = words[last].low
    if low in DAYS and last > 0:
        return last - 2 if words[last - 1].low in _BEFORE_TIME else last - 1
    if (
        last > 1
        and words[last - 1].low in _BEFORE_TIME
        and (low in NOT_NAMES | _PERIODS or low[:4].isdigit())
    ):
        return last - 2
    if low in OCCASIONS:
        for place in range(last - 1, max(last - 6, 0), -1):
            if words[place].low == "in":
                return place - 1
            if not words[place].is_word:
                break
    return last


def over_time(words: Sequence[Word], at: int) -> int:
    """Return the position behind "on Friday", "late on Monday", "in a statement" after a verb."""
    begin = -1
    while begin != at and at < len(words):
        begin, at = at, _over_one_time(words, at)
    return at


def _over_one_time(words: Sequence[Word], at: int) -> int:
    low = words[at].low
    following = words[at + 1].low if at + 1 < len(words) else ""
    if low in DAYS:
        return at + 1
    if low in _BEFORE_TIME and (following in NOT_NAMES | _PERIODS or following in _BEFORE_TIME):
        return at + 2 if following not in _BEFORE_TIME else at + 1
    if low == "in":
        for place in range(at + 1, min(at + 5, len(words))):
            if words[place].low in OCCASIONS:
                return place + 1
            if not words[place].is_word:
                break
    return at
