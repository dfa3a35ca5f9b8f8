"""Places that one comes back to: marks with a letter, and back and forward through jumps.

Import late: none of it is for the first screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from reader.storage import bookmarks
from reader.tui.commands import key_for
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.tui.reading.base import ReadingBase

LONGEST_TRAIL = 100
"""Places that are remembered; the oldest goes first."""


class Trail:
    """The places one has left by a jump, as a browser keeps pages: back, and forward again."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._at = 0

    def leave(self, here: int) -> None:
        """Remember a place that a jump leads away from; what was forward of it is forgotten."""
        del self._places[self._at :]
        if not self._places or self._places[-1] != here:
            self._places.append(here)
        del self._places[:-LONGEST_TRAIL]
        self._at = len(self._places)

    def back(self, here: int) -> int | None:
        """Return the place before this one, or None; this one can be gone forward to."""
        if self._at == len(self._places) and (not self._places or self._places[-1] != here):
            self._places.append(here)
        elif self._at == len(self._places):
            self._at -= 1
        if self._at == 0:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> int | None:
        """Return the place that one has gone back from, or None."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]


# ---------------------------------------------------------------------- back and forward


def leave(screen: ReadingBase) -> None:
    """Remember where the cursor is, because it is about to jump."""
    if screen.cursor is not None:
        _trail(screen).leave(screen.cursor.start)


def back(screen: ReadingBase) -> None:
    """Go back to where the last jump began."""
    here = screen.cursor.start if screen.cursor else 0
    _travel(screen, _trail(screen).back(here), "before")


def forward(screen: ReadingBase) -> None:
    """Go where one has come back from."""
    _travel(screen, _trail(screen).forward(), "after")


def _trail(screen: ReadingBase) -> Trail:
    if screen.trail is None:
        screen.trail = Trail()
    return screen.trail


def _travel(screen: ReadingBase, offset: int | None, which: str) -> None:
    if offset is None:
        screen.say(f"No jump {which} this.")
    else:
        _go(screen, offset)


def _go(screen: ReadingBase, offset: int) -> None:
    screen.go(screen.session.document.statement_at(offset))


# ---------------------------------------------------------------------- marks


def await_letter(screen: ReadingBase, wanted: str) -> None:
    """Let the next key be the letter of a mark.

    Args:
        screen: Where.
        wanted: ``set`` or ``go``.
    """
    if screen.cursor is None:
        screen.say("There is no statement here.")
    elif wanted == "set" and screen.database.read_only:
        screen.say("No mark can be kept: the library is open for reading only.")
    else:
        screen.letter_for = wanted
        screen.set_mode("MARK")


def take(screen: ReadingBase, event: events.Key) -> None:
    """Take a key as the letter of a mark; Esc gives up."""
    wanted, letter = screen.letter_for, event.character or ""
    screen.set_mode("READ")
    if event.key == "escape":
        return
    if len(letter) != 1 or not letter.isalpha():
        screen.say("A mark has a letter.")
    elif wanted == "set":
        _set(screen, letter)
    else:
        screen.work_holding_keys(lambda: _go_to(screen, letter), "mark")


def _set(screen: ReadingBase, letter: str) -> None:
    if screen.cursor is None:
        return
    annotator, version = _where(screen)
    at = screen.cursor.start

    async def keep() -> None:
        await screen.database.run(
            lambda library: bookmarks.keep(library, annotator, version, letter, at)
        )
        screen.say(f"Mark {letter} is set. {key_for('bookmark.go')} {letter} comes back here.")

    screen.work(keep, "marking", exclusive=False)  # going to a mark ends what is in its own group


async def _go_to(screen: ReadingBase, letter: str) -> None:
    found = await _marks(screen)
    if letter in found:
        leave(screen)
        _go(screen, found[letter])
    else:
        known = f" Set here: {' '.join(sorted(found))}." if found else ""
        screen.say(f"There is no mark {letter} in this article.{known}")


def list_marks(screen: ReadingBase) -> None:
    """List the marks and go to one."""
    screen.work_holding_keys(lambda: _list(screen), "dialog")


async def _list(screen: ReadingBase) -> None:
    found = await _marks(screen)
    if not found:
        screen.say(f"There are no marks in this article. {key_for('bookmark.set')} sets one.")
        return
    chosen = await screen.ask(
        ChoiceDialog("Marks", [_choice(screen, *mark) for mark in found.items()])
    )
    if chosen is not None:
        leave(screen)
        _go(screen, found[chosen])


def _choice(screen: ReadingBase, letter: str, offset: int) -> Choice:
    document = screen.session.document
    statement = document.statement_at(offset)
    if statement is None:
        return Choice(letter, "", symbol=letter)
    words = " ".join(document.text[slice(*statement)][:400].split())
    number = document.number_of(statement)
    return Choice(letter, words, symbol=letter, note=f"{number:,}" if number else "")


async def _marks(screen: ReadingBase) -> dict[str, int]:
    annotator, version = _where(screen)
    return await screen.database.run(lambda library: bookmarks.all_of(library, annotator, version))


def _where(screen: ReadingBase) -> tuple[str, str]:
    annotations = screen.session.annotations
    return annotations.annotator_uid, annotations.version_uid
