"""The tour: six steps, each of which waits until its key has done its work. Import late."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reader.domain.text import Span
from reader.services.reading.session import Session
from reader.tui.commands import key_for
from reader.tui.reading.sources import tag_press
from reader.tui.widgets.hints import Mode


class Seen(NamedTuple):
    """What a step looks at.

    Attributes:
        cursor: The statement under the cursor.
        mode: What keys mean.
        highlights: How many highlights there are.
        tags: The judgements that there are, each with its code.
        notes: The notes that there are, each with its highlight.
        judged: Whether the statement under the cursor has a tag of the codebook already.
        free: Id of the command that goes to a statement without one; empty if all have one.
    """

    cursor: Span | None
    mode: Mode
    highlights: int
    tags: frozenset[tuple[str, str]]
    notes: frozenset[tuple[str, str]]
    judged: bool
    free: str


class Step(NamedTuple):
    """A step.

    Attributes:
        asks: What to press, and what for.
        told: What happened, when it has.
        done: Whether it has happened, from what was there before and what is there now.
        tag: Code of the tag that it sets on the statement, or empty: on a statement that has one,
            the key would take that off or put another in its place.
    """

    asks: str
    told: str
    done: Callable[[Seen, Seen], bool]
    tag: str = ""


END = (
    "That was the tour. {help} shows every key, {palette} finds a command, {export} writes a CSV. "
    "Esc ends it, and asks whether to keep what you marked."
)
"""What is said at the end."""
_STAYS = "The tag that was there stays: the tour takes nothing off."
_JUDGED = "This statement has a tag already, which can stay: press {} to go to one without."


def steps(session: Session) -> list[Step]:
    """Return the steps, with the keys that hold for this user and this codebook."""
    tag = next((tag for tag in session.facet.tags if tag.key == "2"), session.facet.tags[0])
    return [
        Step(
            _keyed("Press {statement.next} to go to the next statement."),
            "Every key acts on the statement with the bar beside it.",
            lambda before, now: now.cursor != before.cursor,
        ),
        Step(
            f"Press {tag_press(tag.key)}: “{tag.label}”. "
            f"Any digit below sets a tag, the same takes it off; {key_for('undo')} takes it back.",
            "It is saved already, its sign stands in the margin, and the panel lists it.",
            lambda before, now: bool(now.tags - before.tags) or (now.judged and not now.free),
            tag=tag.code,
        ),
        Step(
            _keyed("Press {note}, type why, and leave with {form.save}."),
            "Notes are saved while you type.",
            lambda before, now: now.mode == "READ" and bool(now.notes - before.notes),
        ),
        Step(
            _keyed("Press {select.word}, then {select.word-next} a few times, then a digit."),
            "That tag is on those words alone; marks may overlap.",
            lambda before, now: now.mode == "READ" and bool(now.tags - before.tags),
        ),
        Step(
            _keyed("Press {undo} to take that back."),
            _keyed("Undo has no limit, also tomorrow; {redo} does it again."),
            lambda before, now: bool(before.tags - now.tags) or now.highlights < before.highlights,
        ),
        Step(
            _keyed(
                "Press {focus.switch} to go to your annotations and {focus.switch} to come back."
            ),
            "What is current there is open: its note, its history.",
            lambda before, now: before.mode == "PANEL" and now.mode == "READ",
        ),
    ]


def end() -> str:
    """Return what is said at the end."""
    return END.format(help=key_for("help"), palette=key_for("palette"), export=key_for("export"))


def _keyed(text: str) -> str:
    """Return a text with the keys of the commands that it names in braces."""
    parts = text.split("{")
    return parts[0] + "".join(
        key_for(name) + rest for name, _, rest in (part.partition("}") for part in parts[1:])
    )


class Tour:
    """Where one is in the tour.

    Args:
        session: The article.
        seen: What is there at the beginning.
    """

    def __init__(self, session: Session, seen: Seen) -> None:
        self._steps = steps(session)
        self._number = 0
        self._told = ""
        self._before = self._now = seen

    @property
    def over(self) -> bool:
        """Whether all steps are done."""
        return self._number == len(self._steps)

    @property
    def head(self) -> str:
        """Return where one is: ``Tour 2/6``."""
        return "Tour" if self.over else f"Tour {self._number + 1}/{len(self._steps)}"

    @property
    def text(self) -> str:
        """What happened last, and what to do now."""
        now = end() if self.over else self._asks(self._steps[self._number])
        leave = "" if self._number else " Esc ends the tour; every other key works as always."
        return f"{self._told} {now}{leave}".strip()

    def _asks(self, step: Step) -> str:
        judged = step.tag and self._now.judged and self._now.free
        return _JUDGED.format(key_for(self._now.free)) if judged else step.asks

    def asks_for(self, code: str) -> bool:
        """Whether what to press now sets a tag."""
        return not self.over and self._steps[self._number].tag == code

    def leave_as_it_is(self) -> None:
        """Take the step that sets a tag for done where a tag was there before."""
        self._told = _STAYS
        self._number += 1
        self._before = self._now

    def look(self, now: Seen) -> bool:
        """Take notice of what is there now; return whether something else is said by it."""
        before = self.head, self.text
        self._now = now
        self._take(now)
        return before != (self.head, self.text)

    def _take(self, now: Seen) -> None:
        """Go on to the next step if one is done."""
        if self.over:
            return
        step = self._steps[self._number]
        done = step.done(self._before, now)
        # The words typed in a note, or a selection on its way, are no new beginning.
        if done or (now.mode in ("READ", "PANEL")):
            self._before = now
        if done:
            self._told = step.told
            self._number += 1
