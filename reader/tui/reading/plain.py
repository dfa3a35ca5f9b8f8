"""Plain mode: what is current and what happens, in words, for screen readers and braille lines.

Import late: only in plain mode.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.domain.untrusted import safe
from reader.services.reading.session import Session
from reader.tui.commands import key_for
from reader.tui.reading import telling
from reader.tui.reading.screen import ReadingScreen
from reader.tui.saving.database import Database
from reader.tui.widgets.hints import Mode
from reader.tui.widgets.plain_lines import PlainLines

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.tui.widgets.panel_rows import Facts

_MODES: dict[Mode, str] = {
    "READ": "Reading.",
    "SELECT": "Selecting. Move the end, then tag or press Enter; Escape leaves.",
    "PANEL": "Annotations. {panel.next} {panel.previous} move, Escape goes back to the article.",
    "RELATE": "Relating. Go to the other statement and press Enter; Escape leaves.",
    "PLACE": "Placing an orphan. Go to its statement and press Enter; Escape leaves.",
    "NOTE": "Note. Type; {note.editor} opens your editor, Escape saves and closes.",
    "SEARCH": "Search. Type, then press Enter; Escape leaves.",
    "MARK": "A mark. Press its letter; Escape leaves.",
    "FILTER": "Filter. Type, then press Enter; Escape lists all.",
}


_KEY = re.compile(r"\{(.+?)\}")
"""A command in what is said of a mode; its key stands there instead."""

_PAUSE_S = 0.6
"""Pause in typing after which it is told what was found, so as not to tell it of each letter."""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


class PlainReadingScreen(ReadingScreen):
    """Reading one article, with all that the other widgets show told in words."""

    plain_lines: PlainLines
    _told_mode: Mode = "READ"
    _bar_pause: Timer | None = None

    def __init__(self, database: Database, session: Session, annotator_name: str) -> None:
        super().__init__(database, session, annotator_name)
        self.plain_lines = PlainLines()

    def on_mount(self) -> None:
        """Tell also what the last line asks or offers."""
        self.status_bar.heard = self._tell

    def after_edit(self) -> None:
        """Say no longer what happened before this edit or move."""
        self.plain_lines.forget()
        super().after_edit()

    def refresh_tag_bar(self) -> None:
        """Tell what is current along with its tags."""
        super().refresh_tag_bar()
        self._tell()

    def show_place(self) -> None:
        """Tell the place along with what is there."""
        super().show_place()
        self._tell()

    def set_mode(self, mode: Mode) -> None:
        """Say that keys mean something else now."""
        super().set_mode(mode)
        if mode != self._told_mode:
            self._told_mode = mode
            self._tell()
            self.plain_lines.say(_KEY.sub(lambda found: key_for(found[1]), _MODES.get(mode, "")))

    def say(self, text: str, *, error: bool = False) -> None:
        """Say it in a line that stays, in the place of a message that goes away."""
        self.plain_lines.say(safe(f"Error: {text}" if error else text))

    def said_in_bar(self, text: str) -> None:
        """Tell what the search line says when nothing has been typed for a moment."""
        if self._bar_pause is not None:
            self._bar_pause.stop()
        if text and text != "…":
            self._bar_pause = self.set_timer(_PAUSE_S, lambda: self._tell_hits_there(text))

    def _tell_hits_there(self, text: str) -> None:
        if self.mode == "SEARCH":
            number, there, total = text.partition("/")
            self.plain_lines.say(
                safe(f"Hit {number} of {total}." if there else f"{_sentence(text)}.")
            )

    def show_save_state(self) -> None:
        """Tell what cannot be saved; that something is saved needs no words each time."""
        if self.unchangeable:
            self.title_bar.set_save_state("read-only")
        elif self.saver.failing:
            self.title_bar.set_save_state("failed")  # why is said once, when it begins
        else:
            self.title_bar.set_save_state(None)

    def refresh_panel(self) -> None:
        """Tell what is current along with its entry: it may have come to lack something."""
        super().refresh_panel()
        self._tell()

    def told_changed(self, uid: str, told: Facts) -> None:
        """Tell what stands beside the current highlight along with its tags."""
        super().told_changed(uid, told)
        self._tell()

    def _tell(self) -> None:
        target = self.target()
        span = target.span if target else None
        number = self.session.document.number_of(self.cursor) if self.cursor else None
        words = telling.words(self.session, span)
        more = (_sentence(self.hits_in_words()), self.status_bar.about_statement(_sentence))
        told = " ".join(text if text.endswith("?") else f"{text}." for text in more if text)
        about = telling.about(self.session, span, number)
        self.plain_lines.show(words, f"{about} {told}".strip())
