"""Gives the widgets what they draw: marks for the article, entries for the panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.domain.codebook import REQUIREMENTS, Facet
from reader.domain.highlight import Highlight, Judgement
from reader.domain.late import Late
from reader.domain.text import Span, shortened
from reader.services.reading.session import Session
from reader.tui.commands import command_of, has_own_keys, key_name, keys_of
from reader.tui.widgets.article.pane import Glyph, Mark
from reader.tui.widgets.counts import CountItem
from reader.tui.widgets.panel_rows import (
    EVIDENCE_SIGN,
    RELATION_SIGN,
    SOURCE_SIGN,
    Chip,
    Entry,
    Facts,
)
from reader.tui.widgets.tagbar import TagItem

if TYPE_CHECKING:
    from reader.domain import fates
    from reader.services.reading.entry_view import EntryView
    from reader.services.telling.history import Event
else:
    fates = Late("reader.domain.fates")

FLAG = Glyph("⚑")
"""Stands in the gutter beside a flagged highlight."""

NOTE = Glyph("¶")
"""Stands in the gutter beside a highlight that has only a note."""

PLAIN = Glyph("·")
"""Stands in the gutter beside a highlight of which nothing is said: a tint alone is no sign."""

BEGINNING = Glyph("→")
"""Stands in the gutter beside a statement that is about to be related to another one."""

_KEPT_ENTRIES = 512
_KEPT_SCREENS = 8
_QUOTE = 400
"""Code points of a quotation that the panel can show at most."""


class SessionMarks:
    """What the article pane marks: one's own highlights, the active facet's tag first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shown: tuple[object, ...] = ()
        self._found: dict[tuple[int, int], list[Mark]] = {}
        """The marks on a few screens, for as long as nothing changes."""
        self._facet: Facet | None = None
        self._made: dict[int, tuple[Highlight, Mark]] = {}
        """The marks of highlights as they are, by their ids in this process."""

    def marks(self, start: int, end: int) -> Sequence[Mark]:
        """Return the marks that overlap a stretch of text, in document order."""
        session = self._session
        index = session.annotations.index
        shown = (index, index.edition, session.facet, session.beginning)
        if shown != self._shown:
            self._shown = shown
            self._found.clear()
        found = self._found.get((start, end))
        if found is None:
            if len(self._found) >= _KEPT_SCREENS:
                self._found.clear()
            found = self._found[start, end] = self._marks(start, end)
        return found

    def _marks(self, start: int, end: int) -> list[Mark]:
        session = self._session
        if self._facet is not session.facet or len(self._made) >= _KEPT_ENTRIES:
            self._facet = session.facet
            self._made.clear()
        found, made = session.annotations.index.overlapping(start, end), self._made
        for highlight in found:
            if id(highlight) not in made:
                made[id(highlight)] = highlight, self._mark(highlight)
        marks = [made[id(highlight)][1] for highlight in found]
        beginning = session.beginning
        if beginning is not None and beginning.overlaps(Span(start, end)):
            marks.append(Mark("", (beginning,), (BEGINNING,)))
        return marks

    def _mark(self, highlight: Highlight) -> Mark:
        spans = ((highlight.start, highlight.end), *highlight.extra_spans)
        return Mark(highlight.uid, spans, tuple(self._glyphs(highlight)))

    def _glyphs(self, highlight: Highlight) -> Iterator[Glyph]:
        for judgement in _active_first(self._session, highlight):
            tag = self._session.tag_of(judgement)
            yield Glyph(tag.symbol, tag.color) if tag else Glyph("·")
        if highlight.is_unconfirmed and highlight.fate is not None:
            yield Glyph(fates.SIGNS[highlight.fate])
        if highlight.flag:
            yield FLAG
        if not highlight.judgements:
            if highlight.note:
                yield NOTE
            elif not (highlight.flag or highlight.is_unconfirmed):
                yield PLAIN


class SessionEntries:
    """What the panel lists: one's own highlights in document order, or those of a view."""

    def __init__(self, session: Session) -> None:
        self.view: EntryView | None = None
        """Which are listed, and in which order; None lists all in document order."""
        self._session = session
        self._made: dict[str, tuple[Highlight, Facet, Entry]] = {}
        self._beside: object = None

    def __len__(self) -> int:
        if self.view is not None:
            return len(self.view)
        known = self._session.annotations
        return len(known.index) + len(known.orphans)

    def highlight(self, position: int | None) -> Highlight | None:
        """Return the highlight at a position, or None if there is none.

        Those that this version of the article has not stand behind all others.
        """
        listed = self.view if self.view is not None else self._session.annotations.index
        if position is None or position < len(listed):
            return None if position is None else listed[position]
        orphans = list(self._session.annotations.orphans.values())
        number = position - len(listed)
        return orphans[number][0] if self.view is None and number < len(orphans) else None

    def position(self, uid: str) -> int | None:
        """Return the position of a highlight, or None if it is not listed."""
        listed = self.view if self.view is not None else self._session.annotations.index
        found = listed.position(uid)
        orphans = self._session.annotations.orphans
        if found is None and self.view is None and uid in orphans:
            return len(listed) + list(orphans).index(uid)
        return found

    def whose(self, highlight: Highlight) -> str:
        """Return who else made a highlight, by name; nothing for one's own."""
        uid = highlight.annotator_uid
        mine = uid == self._session.annotations.annotator_uid
        return "" if mine else self._session.handles.get(uid, "somebody else")

    def lists(self, uid: str) -> bool:
        """Whether a highlight is listed."""
        return self.view is None or uid in self.view

    def first_of(self, highlights: Iterable[Highlight]) -> int | None:
        """Return the position of the first of some highlights that is listed."""
        found = (self.position(item.uid) for item in highlights)
        return next((position for position in found if position is not None), None)

    def nearest(self, offset: int) -> int:
        """Return the position of the first entry from a place on, else of the last."""
        index = self._session.annotations.index
        if self.view is None:
            return min(index.position_from(offset), len(index) - 1)
        return self.view.nearest(offset)

    def entry(self, position: int) -> Entry:
        """Return the entry at a position; made once for as long as highlight and facet stay."""
        highlight = self.highlight(position)
        assert highlight is not None  # noqa: S101 - positions are below the length
        facet, beside = self._session.facet, self._session.beside
        if (edition := beside and beside.edition) != self._beside:
            self._made.clear()
            self._beside = edition
        known = self._made.get(highlight.uid)
        if known is not None and known[0] is highlight and known[1] is facet:
            return known[2]
        if len(self._made) >= _KEPT_ENTRIES:
            self._made.clear()
        entry = self._entry(highlight)
        self._made[highlight.uid] = (highlight, facet, entry)
        return entry

    def _entry(self, highlight: Highlight) -> Entry:
        session = self._session
        end = min(highlight.end, highlight.start + _QUOTE)
        orphan = session.annotations.orphans.get(highlight.uid)
        text = session.document.over(highlight.start, end)
        quote = orphan[1][:_QUOTE] if orphan else text[highlight.start : end]
        fate = highlight.fate if orphan or highlight.is_unconfirmed else None
        return Entry(
            uid=highlight.uid,
            tags=tuple(self._chips(highlight)),
            quote=" ".join(quote.split()),
            fate=(fates.SIGNS[fate], fates.WORDS[fate]) if fate else None,
            flag=highlight.flag,
            incomplete=tuple(REQUIREMENTS[name] for name in session.missing(highlight)),
            has_note=bool(highlight.note),
            beside=self._signs(highlight.uid),
            by=self.whose(highlight),
            facts=tuple(self._facts(highlight)),
        )

    def _signs(self, uid: str) -> str:
        """Return the signs of what stands beside a highlight, as far as that was read."""
        beside = self._session.beside
        if beside is None:
            return ""
        known = (
            (SOURCE_SIGN, beside.source),
            (RELATION_SIGN, beside.relation),
            (EVIDENCE_SIGN, beside.evidence),
        )
        return "".join(sign for sign, uids in known if uid in uids)

    def _chips(self, highlight: Highlight) -> Iterator[Chip]:
        for judgement in _active_first(self._session, highlight):
            tag = self._session.tag_of(judgement)
            yield Chip(tag.symbol, tag.label, tag.color) if tag else Chip("·", judgement.code)

    def _facts(self, highlight: Highlight) -> Iterator[tuple[str, str]]:
        if highlight.is_unconfirmed and highlight.was is not None:
            yield "before", f"“{shortened(highlight.was.exact, _QUOTE)}”"
        if highlight.note:
            lines = highlight.note.splitlines()
            yield "note", lines[0]
            yield from (("", line) for line in lines[1:])
        for judgement in highlight.judgements:
            if judgement.confidence:
                yield "confidence", judgement.confidence
            if judgement.likelihood is not None:
                from reader.domain.likelihood import in_words  # late: seldom given

                yield "likelihood", in_words(judgement.likelihood)
            if judgement.reason:
                yield "reason", judgement.reason
        yield from self._meanings(highlight)

    def _meanings(self, highlight: Highlight) -> Iterator[tuple[str, str]]:
        """Yield what the tags mean, each with its name where there are several."""
        tags = [self._session.tag_of(item) for item in _active_first(self._session, highlight)]
        known = [tag for tag in tags if tag]
        for number, tag in enumerate(known):
            name = f"{tag.label}: " if len(known) > 1 else ""
            yield "" if number else "means", f"{name}{tag.definition}"


def _active_first(session: Session, highlight: Highlight) -> list[Judgement]:
    """Return a highlight's judgements, those of the active facet in front."""
    active = (session.codebook.id, session.facet.id)
    return sorted(highlight.judgements, key=lambda j: (j.codebook, j.facet) != active)


def history_facts(events: Sequence[Event]) -> Facts:
    """Return a highlight's history as facts: when and who, then from what to what."""
    from reader.services.telling.history import in_lines  # late: who has events has it

    lines = enumerate(in_lines(events, _local))
    return tuple(("" if index else "history", line) for index, line in lines)


def _local(at: str) -> tuple[str, str]:
    """Return a time as the user's clock shows it: the day, and when on it."""
    moment = datetime.fromisoformat(at).astimezone()
    return f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"


def tag_items(session: Session) -> tuple[TagItem, ...]:
    """Return the active facet's tags for the tag bar."""
    return tuple(
        TagItem(tag.key, tag.symbol, tag.label, tag.color, tag_key(tag.key))
        for tag in session.facet.tags
    )


def tag_key(digit: str) -> str:
    """Return the key for a codebook's digit, as it is shown: the user may have another one.

    A digit that comes after the key before a tag is itself; one without any key is a space.
    """
    if not has_own_keys() or not digit.isdecimal():
        return digit
    keys = keys_of(command_of(f"tag.{digit}"))
    return key_name(keys[0]) if keys else digit if keys_of(command_of("tag.prefix")) else " "


def tag_press(digit: str) -> str:
    """Return what to press for a codebook's digit: ``1``, ``t 1``, or the user's own key."""
    prefix = keys_of(command_of("tag.prefix"))
    behind = prefix and digit.isdecimal() and not keys_of(command_of(f"tag.{digit}"))
    return f"{key_name(prefix[0])} {digit}" if behind else tag_key(digit)


def tag_keys(session: Session) -> str:
    """Return the active facet's keys as the hint line shows them: ``1-6 0``."""
    keys = [tag.key for tag in session.facet.tags if tag.key]
    before = ""
    if has_own_keys():
        own = [keys_of(command_of(f"tag.{digit}"))[:1] for digit in keys]
        prefix = keys_of(command_of("tag.prefix"))
        if prefix and not any(own):
            before = f"{key_name(prefix[0])} "
        elif own != [(digit,) for digit in keys]:
            return " ".join(key_name(key) for found in own for key in found)
    ones = [key for key in keys if key != "0"]
    run = f"{ones[0]}-{ones[-1]}" if len(ones) > 1 else "".join(ones)
    return f"{before}{run} 0" if "0" in keys else f"{before}{run}"


def count_items(session: Session) -> list[CountItem]:
    """Return how often each tag of the active facet is given."""
    book, facet = session.codebook.id, session.facet
    return [
        CountItem(tag.symbol, tag.color, session.tally.count(book, facet.id, tag.code))
        for tag in facet.tags
    ]
