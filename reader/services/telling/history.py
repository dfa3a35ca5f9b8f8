"""The history of a highlight and of what is beside it, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from reader.domain.highlight import Highlight
from reader.domain.operation import Fields, Operation
from reader.domain.records import dataclass, replace
from reader.services.relating.telling import Telling
from reader.services.telling.steps import SayingSteps
from reader.storage.connection import decoded
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the life of a highlight.

    Attributes:
        at: UTC, ISO 8601.
        who: The annotator's handle.
        what: In words: ``? unverified → + plausible``.
        taken_back: Whether it was undone, and not done again.
    """

    at: str
    who: str
    what: str
    taken_back: bool = False

    @property
    def told(self) -> str:
        """What was done, and whether that was taken back."""
        return f"{self.what} (taken back)" if self.taken_back else self.what


Moment = Callable[[str], tuple[str, str]]
"""Gives the day and the time of day of a UTC time, as they are shown."""


def in_lines(events: Iterable[Event], moment: Moment) -> Iterator[str]:
    """Yield a history in lines that repeat neither day nor name: ``2026-01-02 ana``, then times.

    What was the only step of somebody on a day is one line.

    Args:
        events: The steps, oldest first.
        moment: Words a time.
    """
    for (day, who), group in groupby(events, lambda event: (moment(event.at)[0], event.who)):
        first, *others = ((moment(event.at)[1], event.told) for event in group)
        if not others:
            yield f"{day} {first[0]} {who}: {first[1]}"
            continue
        yield f"{day} {who}"
        yield from (f"{time} {told}" for time, told in (first, *others))


class _Folded:
    """The steps so far; undo and redo are told of the step that they are about, if that is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._steps: dict[tuple[str, str], int | None] = {}
        """Position of the event of a group and an entity; None if it is not told."""

    def take(self, op: Operation, who: str, what: str) -> None:
        """Take in what an operation did."""
        told = (op.undoes or "", op.entity_uid)
        if op.kind in ("undo", "redo") and told in self._steps:
            position = self._steps[told]
            if position is not None:
                event = self.events[position]
                self.events[position] = replace(event, taken_back=op.kind == "undo")
        else:
            position = len(self.events) if what else None
            if what:
                self.events.append(Event(op.at, who, what))
        self._steps[op.group_uid, op.entity_uid] = position


def of_highlight(
    library: Library, highlight: Highlight, tag_name: Callable[[str, int, str, str], str]
) -> list[Event]:
    """Return the history of a highlight and its judgements, oldest first.

    An undo is no step of its own: the one that it takes back says so.

    Args:
        library: The library.
        highlight: The highlight.
        tag_name: Words a tag from codebook, version, facet and code.

    Raises:
        StorageError: The log cannot be read, or makes no sense.
    """
    with decoded(library.path):
        return _steps(library, highlight, tag_name)


def _steps(
    library: Library, highlight: Highlight, tag_name: Callable[[str, int, str, str], str]
) -> list[Event]:
    judgements = library.judged.ever_on(highlight.uid)
    handles = library.annotators.handles()
    facets = {uid: (codebook, facet) for uid, codebook, facet in judgements}
    folded = _Folded()
    live: dict[str, Fields] = {}
    telling, saying = Telling(library, highlight.uid), SayingSteps(library, highlight.uid)
    facets.update(saying.judgements)
    for op in library.log.of_entities([highlight.uid, *facets, *telling.uids, *saying.uids]):
        if op.entity == "attribution":
            step = saying.step(op)
            what = f"{_prefix(op)}{step}" if step else ""
        else:
            what = _in_words(op, facets, live, tag_name, telling)
        if what and op.entity_uid in saying.judgements:
            what = f"was it said: {what}"
        folded.take(op, handles.get(op.actor, "?"), what)
    return folded.events


def _in_words(
    op: Operation,
    facets: dict[str, tuple[str, str]],
    live: dict[str, Fields],
    tag_name: Callable[[str, int, str, str], str],
    telling: Telling,
) -> str:
    prefix = _prefix(op)
    if op.entity in ("relation", "evidence_link"):
        said = telling.step(op)
        return f"{prefix}{said}" if said else ""
    if op.entity == "judgement":
        return prefix + _judgement_step(op, facets[op.entity_uid], live, tag_name, telling)
    if op.patch.get("deleted_at"):
        return f"{prefix}highlight removed"
    if op.before is None:
        return prefix + _made(op)
    if "deleted_at" in op.patch:
        return f"{prefix}highlight restored"
    if "version_uid" in op.patch:
        return prefix + _placed(op.patch, op.before)
    words = {
        "note": "note" if op.patch.get("note") else "note taken away",
        "flag": "flagged" if op.patch.get("flag") else "flag taken off",
        "start": "ends moved",
    }
    said = ", ".join(word for name, word in words.items() if name in op.patch)
    return f"{prefix}{said}" if said else ""


def _prefix(op: Operation) -> str:
    return f"{op.kind}: " if op.kind in ("undo", "redo") else ""


_FATES = {
    "kept": "the same words in another version",
    "reworded": "other words in another version",
    "moved": "moved in another version",
    "check": "found again in another version, please check",
    "confirmed": "place in the new version confirmed",
    "orphaned": "not found in another version",
}


def _placed(patch: Fields, before: Fields) -> str:
    """Return what a highlight was moved for: its ends, or another version."""
    fate = patch.get("fate") or ""
    if fate and fate != before.get("fate"):
        return _FATES[fate]
    if patch["version_uid"] != before.get("version_uid", patch["version_uid"]):
        return _FATES.get(fate, "on the version of before")
    return "ends moved"


def _made(op: Operation) -> str:
    """Return what a highlight was made for; nothing where a judgement follows that says it."""
    if op.kind in ("highlight", "import"):
        return "highlight made"
    said = [word for name, word in (("note", "note"), ("flag", "flagged")) if op.patch.get(name)]
    return ", ".join(said)


def _judgement_step(
    op: Operation,
    facet: tuple[str, str],
    live: dict[str, Fields],
    tag_name: Callable[[str, int, str, str], str],
    telling: Telling,
) -> str:
    """Return one step of a judgement: from what to what, or what else of it changed."""

    def named(value: Fields | None) -> str:
        if not value:
            return "–"
        return tag_name(facet[0], value["codebook_version"], facet[1], value["code"])

    old = live.get(op.entity_uid)
    if op.patch.get("deleted_at"):
        live[op.entity_uid] = {}
        return f"{named(old)} → –"
    value: Fields | None = op.patch.get("value")
    if value is None:
        return ""
    live[op.entity_uid] = value
    if not old or old["code"] != value["code"]:
        said = [_said(name, value) for name in _SAID[1:] if value.get(name) is not None]
        because = telling.because(value, {})
        return ", ".join([f"{named(old)} → {named(value)}", *said, *because])
    said = [_said(name, value) for name in _SAID if value.get(name) != old.get(name)]
    return ", ".join([*said, *telling.because(value, old)])


_SAID = ("confidence", "likelihood", "reason")
"""What is said of a judgement besides its tag."""


def _said(name: str, value: Fields) -> str:
    """Return in words what is said of a judgement."""
    said = value.get(name)
    if said is None:
        return f"{name} not given"
    if name == "likelihood":
        from reader.domain.likelihood import in_words  # late: seldom given

        said = in_words(said)
    return f"{name} {said}"
