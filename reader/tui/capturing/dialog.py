"""Asks what to add: a file, a folder, or a text that is pasted."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.article import name_from
from reader.domain.records import dataclass
from reader.domain.untrusted import safe
from reader.services.launch import is_address
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.bindings import IN_FORMS, bindings_for, carried, take_own_keys
from reader.tui.widgets.fields import LineField

_LONG = 400  # code points of a pasted line that is no name of a file any more
_ESCAPED = re.compile(r"\\(.)")
_WHAT = "File or folder (Tab completes), address of a page or feed, or paste an article's text."


@dataclass(frozen=True, slots=True)
class AddRequest:
    """What is to be added.

    Attributes:
        target: A file, folder or web address; empty if a text was pasted.
        patterns: Which files of the folder are wanted; none is all that look like articles.
        pasted: The text that was pasted.
        title: What the pasted text is called; may be empty.
    """

    target: str = ""
    patterns: tuple[str, ...] = ()
    pasted: str = ""
    title: str = ""

    @property
    def is_one(self) -> bool:
        """Whether it is one file or page."""
        return bool(self.target) and not os.path.isdir(self.target)  # noqa: PTH112 - any string


class TargetField(LineField):
    """A field for a file, which a pasted text does not go into.

    Args:
        pasted: Takes a text of several lines, or a very long one.
    """

    def __init__(self, pasted: Callable[[str], None]) -> None:
        super().__init__(placeholder="path, or paste")
        self._pasted = pasted

    def _on_paste(self, event: events.Paste) -> None:
        """Hand on what is no name of a file; a name is then written as in any field."""
        if is_article(event.text):
            event.stop()
            event.prevent_default()
            self._pasted(event.text)

    async def _on_key(self, event: events.Key) -> None:
        """Complete at Tab as long as there is something to complete."""
        if event.key == "tab" and self._suggestion and self.cursor_at_end:
            event.stop()
            event.prevent_default()
            self.action_cursor_right()
            return
        await super()._on_key(event)


class PathSuggester(Suggester):
    """Completes the name of a file or folder that is being typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins like that, or None."""
        folder, begun = os.path.split(value)
        if not value or (not begun and not folder):
            return None
        names: list[str] = []
        try:
            with os.scandir(os.path.expanduser(folder) or ".") as entries:  # noqa: PTH111 - there is no path object here
                for entry in entries:
                    if entry.name.startswith(begun) and (begun or not entry.name.startswith(".")):
                        names.append(entry.name + ("/" if entry.is_dir() else ""))
        except (OSError, ValueError):
            return None
        found = min((name for name in names if safe(name) == name), default=None)
        return value + found[len(begun) :] if found and len(found) > len(begun) else None


class AddDialog(Dialog[AddRequest | None]):
    """Gives back what to add, or None.

    Args:
        pasted: A text that was pasted before the dialog was there.
    """

    HELP = "Type or paste; Enter adds, Esc leaves."
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("form", IN_FORMS))

    def __init__(self, pasted: str = "") -> None:
        super().__init__("Add an article", "Enter adds · Esc leaves")
        take_own_keys(self, carried("form", IN_FORMS))
        self._pasted = pasted
        self._what = Line(_WHAT, "dim", max_rows=2)
        self._target = TargetField(self.take_text)
        self._target.suggester = PathSuggester()
        self._state = Line("", "dim", max_rows=2)
        self._pattern = LineField(placeholder="which files, such as *.pdf (else all articles)")
        self._title = LineField()
        self._target.called, self._title.called = "Path, address, or a text to paste", "Title"

    def body(self) -> Iterable[Widget]:
        """Return the fields; which of them are shown depends on what is added."""
        yield self._what
        yield self._target
        yield self._title
        yield self._state
        yield self._pattern

    def on_mount(self) -> None:
        """Begin with the field, or with the title of what was pasted."""
        self.fit_frame()
        self._pattern.display = self._title.display = False
        self._target.focus()
        if self._pasted:
            self.take_text(self._pasted)

    def take_text(self, text: str) -> None:
        """Take a pasted text as the article; ask for its title."""
        self._pasted = text
        self._target.display = self._pattern.display = False
        lines = len(text.splitlines())
        self._what.show("The pasted text becomes an article. Its title, if it is to have one:")
        self._state.show(f"Pasted: {len(text):,} characters in {lines:,} lines.", "dim")
        self._title.display = True
        self._title.placeholder = safe(name_from(text, 56))
        self._title.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is at the path while it is typed; ask which files of a folder."""
        event.stop()
        if event.input is self._target:
            text, self._pattern.display = describe(self.target)
            self._state.show(text, "dim")

    @property
    def target(self) -> str:
        """The path that is typed."""
        return plain_path(self._target.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what to add, if it is there."""
        event.stop()
        if self._pasted:
            self.dismiss(AddRequest(pasted=self._pasted, title=self._title.value.strip()))
        elif not (is_address(self.target) or os.path.exists(self.target)):  # noqa: PTH110 - any
            words = describe(self.target)[0] or "Type where the file is, or paste a text."
            self._state.show(words, "error")
        else:
            patterns = tuple(self._pattern.value.split()) if self._pattern.display else ()
            self.dismiss(AddRequest(self.target, patterns))


class PasteDialog(Dialog[str | None]):
    """Gives back the text that is pasted, or None."""

    HELP = "Paste the text of the article; Esc leaves."

    def __init__(self) -> None:
        super().__init__("Paste the article's text", "Esc leaves")

    def body(self) -> Iterable[Widget]:
        """Return what is to be done, and a field for it."""
        yield Line("Copy it in your browser, and paste it here.", "dim")
        yield TargetField(self._take)

    def _take(self, text: str) -> None:
        self.dismiss(text)

    def on_mount(self) -> None:
        """Let one type, or paste, into the field."""
        field = self.query_one(TargetField)
        field.placeholder = "paste"
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take a short text that was typed."""
        event.stop()
        if event.value.strip():
            self.dismiss(event.value)


def is_article(text: str) -> bool:
    """Whether what was pasted is the text of an article and no name of a file."""
    return len(text.strip().splitlines()) > 1 or len(text.strip()) > _LONG


def plain_path(text: str) -> str:
    """Return a path as the system takes it: without the quotes that dropping a file writes."""
    text = text.strip()
    for quote in "'\"":
        if len(text) > 1 and text[0] == text[-1] == quote:
            return text[1:-1]
    if text.startswith("file://"):
        from urllib.parse import unquote, urlsplit

        return unquote(urlsplit(text).path)
    if "\\" in text and os.sep == "/" and not os.path.exists(text):  # noqa: PTH110 - there is no path object here
        text = _ESCAPED.sub(r"\1", text)
    return os.path.expanduser(text)  # noqa: PTH111 - never raises


def describe(target: str) -> tuple[str, bool]:
    """Return what is at a path, in words, and whether it is a folder."""
    if not target:
        return "", False
    if is_address(target):
        return "A page on the web: Enter fetches it, and nothing else.", False
    try:
        path = Path(target)
        if path.is_dir():
            return "A folder: all articles in it and below it are added.", True
        if path.is_file():
            return f"A file of {_size(path.stat().st_size)}.", False
        return f"There is no file {target}.", False
    except (OSError, ValueError) as error:  # too long, NUL
        return f"This path cannot be used: {getattr(error, 'strerror', None) or error}.", False


def _size(count: int) -> str:
    """Return a number of bytes in words."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
