"""Who was named, and who spoke so far: those whom a pronoun may mean, or who may go on."""

from __future__ import annotations

from reader.domain.records import dataclass
from reader.domain.speech.full_names import FullNames
from reader.domain.speech.kinds import named as named_as
from reader.domain.speech.meant import Meant
from reader.domain.speech.mentions import Mentions
from reader.domain.text import Span

_MOST = 3
"""Candidates for a quotation that nobody is named for, at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant.

    Attributes:
        span: Where the name stands.
        why: Why it is offered, in words.
    """

    span: Span
    why: str


class Heard:
    """Remembers who was named and who has spoken while an article is gone through.

    Args:
        text: The text.
        names: Its whole names.
    """

    def __init__(self, text: str, names: FullNames) -> None:
        self._text, self._names = text, names
        self._mentions = Mentions(text)
        self._meant = Meant(text, names)
        self._paragraph = 0
        self._just: tuple[Candidate, ...] = ()
        """Who spoke last in the paragraph, or may have."""

    def next_paragraph(self) -> None:
        """Go on with the next paragraph."""
        self._paragraph += 1
        self._just = ()

    def read(self, start: int, end: int, *, within: bool = False) -> None:
        """Note who is named in a stretch; ``within`` the sentence of a pronoun behind it or not."""
        self._mentions.read(start, end, within=within)

    def speaks(self, span: Span, naming: str, beside: Span | None, end: int) -> Span | None:
        """Note that somebody speaks, who is named or described there.

        Args:
            span: Where.
            naming: ``named``, ``described`` or ``anonymous``.
            beside: Where the text says beside the name what that one is, or None.
            end: Where the sentence ends.

        Returns:
            Where the whole name stands, if that is elsewhere.
        """
        whole = self._names.of(span) if naming == "named" else None
        role = self._text[slice(*beside)] if beside else ""
        self._mentions.spoke(span, naming, end)
        self._meant.spoke(span, whole, naming, role, self._paragraph)
        self._just = (Candidate(whole or span, "spoke just before"),)
        return whole

    def pronoun(self, span: Span) -> tuple[Span | None, tuple[Candidate, ...]]:
        """Return who is meant by a pronoun that speaks, if it is plain, and all who may be."""
        word = self._text[slice(*span)]
        found = self._candidates(word.lower(), span.start)
        meant = self._meant.by(span, self._paragraph)
        if meant is not None and not self._mentions.is_plain(meant, word.lower(), span.start):
            meant = None
        if meant is not None:
            where = self._names.of(meant) or meant
            first = Candidate(where, "spoke last, and nobody else is named since")
            found = (first, *self._without((first,), found))
        why = f"may be the “{word}” who spoke just before"
        self._just = tuple(Candidate(item.span, why) for item in found)
        return meant, found

    def nobody(self, at: int) -> tuple[Candidate, ...]:
        """Return who may say what is said at a place without anybody who is named."""
        self._just = ()
        return self._candidates("", at)

    def goes_on(self, at: int) -> tuple[Candidate, ...]:
        """Return who may say a quotation there that nobody is named for, the likeliest first."""
        just = self._just
        return (*just, *self._without(just, self._candidates("", at)))[:_MOST]

    def _candidates(self, pronoun: str, at: int) -> tuple[Candidate, ...]:
        found = self._mentions.candidates(pronoun, at)
        return tuple(Candidate(self._names.of(span) or span, why) for span, why in found)

    def _without(
        self, those: tuple[Candidate, ...], found: tuple[Candidate, ...]
    ) -> tuple[Candidate, ...]:
        """Return candidates but for those of other names."""
        known = {self._name(item) for item in those}
        return tuple(item for item in found if self._name(item) not in known)

    def _name(self, candidate: Candidate) -> str:
        return named_as(self._text[slice(*candidate.span)], "named").name
