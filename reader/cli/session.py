"""What every command needs: the settings, the library, who annotates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli import output
from reader.domain import signs
from reader.domain.errors import CodebookError, SettingsError
from reader.domain.records import dataclass
from reader.services.places import annotator_handle, database_path
from reader.services.settings.fields import FIELDS, Settings, config_path, load_settings

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook
    from reader.storage.library import Library

Keys = Callable[[Settings], tuple[list[tuple[str, str, str, str, str]], list[str]]]
"""Gives the key table as the settings have it, of which a row is context, keys, title, sentence and
id; and what is to be said of the settings' keys."""


def no_keys(settings: Settings) -> tuple[list[tuple[str, str, str, str, str]], list[str]]:
    """Return the key table where no screen is known: nothing."""
    return [], []


@dataclass(frozen=True)
class Session:
    """The global options, and what follows from them.

    Attributes:
        keys: Gives the screen's key table.
        db: ``--db``.
        annotator: ``--annotator``.
        config: ``--config``.
        codebook: ``--codebook``.
    """

    keys: Keys = field(default=no_keys)
    db: str | None = None
    annotator: str | None = None
    config: str | None = None
    codebook: str | None = None

    @cached_property
    def settings_file(self) -> Path:
        """Where the settings are read from."""
        return Path(self.config).expanduser() if self.config else config_path()

    @cached_property
    def settings(self) -> Settings:
        """What the settings file says."""
        return load_settings(self.settings_file if self.config else None)

    def mending(self) -> Session:
        """Return a session for a command by which a wrong settings file can be mended.

        Whatever is wrong in the file has its default there, and is said on stderr.

        Raises:
            SettingsError: There is no file where ``--config`` says.
        """
        found = replace(self)
        try:
            known = self.settings
        except SettingsError as error:
            if self.config and not self.settings_file.exists():
                raise
            known = getattr(error, "rest", None) or Settings(path=self.settings_file)
            _say_what_is_wrong(error)
        try:
            self.keys(known)
        except SettingsError as error:
            values = {field.name: getattr(known, field.name) for field in FIELDS}
            preset, source = known.preset, known.source
            known = Settings(values, preset=preset, path=known.path, source=source)
            _say_what_is_wrong(error)
        vars(found)["settings"] = known
        return found

    @property
    def database(self) -> Path:
        """Where the library lies."""
        return database_path(self.db, self.settings)

    @property
    def handle(self) -> str:
        """Who annotates."""
        return annotator_handle(self.annotator, self.settings)

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the library for writing, and say on stderr what is to be noticed of it.

        Raises:
            StorageError: It cannot be opened.
        """
        from reader.storage.library import Library

        with output.Progress("") as progress:
            opened = Library(self.database, told=progress.text, waits=_Once())
        with _noticed(opened) as library:
            yield library

    @contextmanager
    def reading(self) -> Iterator[Library]:
        """Open the library for a command that only reads, if need be one that cannot be written.

        Raises:
            StorageError: It cannot be opened.
        """
        from reader.storage.library import Library

        with output.Progress("") as progress:
            opened = Library.for_reading(self.database, told=progress.text, waits=_Once())
        with _noticed(opened) as library:
            yield library

    def me(self, library: Library) -> str:
        """Return the uid of who annotates, who is entered at the first mention."""
        return library.annotator(self.handle)

    def find_codebook(self, library: Library | None, name: str | None = None) -> Codebook:
        """Return the codebook that is asked for: by the command, globally, in the settings.

        Raises:
            CodebookError: There is none of that name.
        """
        from reader.services.codebooks import finding as codebooks

        try:
            found = codebooks.find(library, name or self._codebook_named)
        except CodebookError as error:
            if not (name or self.codebook):
                self.settings.blame("codebook", error)
            raise
        signs.learn(found)
        return found

    @property
    def _codebook_named(self) -> str:
        return self.codebook or self.settings.codebook

    def active_codebook(self, library: Library | None) -> str:
        """Return the id of the codebook whose tags are set, or its name if it cannot be used."""
        try:
            return self.find_codebook(library).id
        except CodebookError:
            return self._codebook_named


def _say_what_is_wrong(error: SettingsError) -> None:
    for line in (error.message, *error.details):
        output.note(f"note: {line}")
    output.note(f"note: The defaults hold instead. {error.hint}")


class _Once:
    """Says on stderr that another program is waited for, once in a command."""

    _said = False

    def __call__(self, what: str) -> None:
        if not self._said:
            output.note(f"note: {what}")
        self._said = True


@contextmanager
def _noticed(library: Library) -> Iterator[Library]:
    """Close a library after use, and say on stderr what is to be noticed of it."""
    at_first = list(library.notices)
    for notice in at_first:
        output.note(f"note: {notice}")
    try:
        with library:
            yield library
    finally:
        for notice in library.notices[len(at_first) :]:
            output.note(f"note: {notice}")


_GLOBAL = ("db", "annotator", "config")
"""Global options that are taken after the command's name as well."""


def with_session(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the session; its global options may stand behind its name as well."""

    @wraps(function)
    def command(*args: Any, **kwargs: Any) -> int | None:
        given = {name: kwargs.pop(name) for name in _GLOBAL}
        session = click.get_current_context().find_object(Session) or Session()
        said = {name: value for name, value in given.items() if value is not None}
        return function(replace(session, **said), *args, **kwargs)

    for name in _GLOBAL:
        command = click.option(f"--{name}", hidden=True)(command)
    return command


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
"""The option that every command with a result has."""


def text_option(value: str | None) -> str | None:
    """Return an argument as text that can be stored: bytes that were no UTF-8 become U+FFFD."""
    if value is None:
        return None
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
