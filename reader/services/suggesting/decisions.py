"""What was decided on proposals: in this version of a text or another, by this detector or before.

An earlier version of the detector may have set the cue, or what is said, a little otherwise. What
was decided on then is not asked again: of such a decision it is enough that both proposals go by
some of the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reader.domain.attribution import VERSION
from reader.domain.text import Span
from reader.storage.suggestions import Decided

Key = tuple[str, str]
"""What makes two proposals the same in two versions of a text: the words said, and the cue."""
_ENOUGH = 6
"""Code points from which on words that are a part of others may stand for them."""


class Decisions:
    """The decisions of one annotator on the proposals of an article."""

    def __init__(self, decided: Iterable[Decided] = ()) -> None:
        self._places: dict[tuple[int, int], str] = {}
        self._keys: dict[Key, str] = {}
        self._cues: dict[int, str] = {}
        """Of an earlier detector: what was decided, by each code point of the cue."""
        self._begins: dict[int, str] = {}
        """The same by the first code point of what is said."""
        self._earlier: list[tuple[Key, str]] = []
        """The same in another version of the text."""
        for item in decided:
            if "role" not in item.payload:  # else it is no attribution
                self._take(item)

    def _take(self, item: Decided) -> None:
        cue: dict[str, Any] | None = item.payload.get("cue")
        key = str(item.payload.get("exact")), cue["exact"] if cue else ""
        before = item.detector_version not in ("", str(VERSION))
        if item.here:
            self._places[(cue["start"], cue["end"]) if cue else (item.start, item.end)] = (
                item.decision
            )
        else:
            self._keys[key] = item.decision
        if before and item.here:
            if cue:
                self._cues.update(dict.fromkeys(range(cue["start"], cue["end"]), item.decision))
            self._begins[item.start] = item.decision
        elif before:
            self._earlier.append((key, item.decision))

    def of(self, place: Span, span: Span, cue: Span | None, key: Key) -> str | None:
        """Return what was decided on a proposal; None if it is open.

        Args:
            place: What makes it another one than its neighbours.
            span: What is said.
            cue: The words that show it, or None.
            key: What makes it the same in another version of the text.
        """
        known = self._places.get(place) or (self._keys.get(key) if self._keys else None)
        if known or not (self._begins or self._earlier):
            return known
        if cue is not None:
            known = next((self._cues[at] for at in range(*cue) if at in self._cues), None)
        else:
            known = self._begins.get(span.start)
        return known or next((done for old, done in self._earlier if _is_like(key, old)), None)


def _is_like(key: Key, old: Key) -> bool:
    """Whether a proposal goes by the words of an earlier one: those said, and those of the cue."""
    (said, cue), (old_said, old_cue) = key, old
    if not cue and not old_cue:
        return False
    return bool(cue) == bool(old_cue) and _overlap(cue, old_cue) and _overlap(said, old_said)


def _overlap(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _ENOUGH and short in long)
