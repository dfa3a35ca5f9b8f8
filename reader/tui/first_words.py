"""Writes the first words of an article before anything else of the program is imported.

For the usual case only: one file that was added before and has not changed. In any other nothing
is written, and nothing is lost but a quarter of a second. What is looked up here is looked up as
`reader.services` does it a moment later, and a test compares the two.
"""

from __future__ import annotations

import os
import sys

from reader.services.folders import user_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reader.services.launch import Launch
    from reader.services.settings.fields import Settings

FACETS = {
    "credibility-7": "credibility",
    "admiralty": "credibility",
    "checkworthy": "worth",
    "stance": "act",
    "verdict-6": "verdict",
}
"""The facet whose tags the digits set first, of codebooks that need not be loaded to know it."""

_LONGEST_SETTINGS = 65_536
"""Characters from which a settings file is left to who reads all of it."""

_LOGIN_NAMES = ("LOGNAME", "USER", "LNAME", "USERNAME")
"""Where ``getpass`` looks for the login name, in that order."""


def write(name: str) -> bool:
    """Write the first screenful of the article that is about to be opened.

    Args:
        name: The only word of the command line, which is no command.

    Returns:
        Whether it was written; then somebody has to give the screen back.
    """
    if name.startswith("-") or not _at_a_terminal():
        return False
    try:
        return _write(os.path.join(os.getcwd(), name))
    except Exception:  # whatever it is: the program will meet it again, and say it better
        return False


def write_again(launch: Launch) -> bool:
    """Write it when the article has been added; see :func:`write`.

    Args:
        launch: All that the command line and the settings say.
    """
    file = os.path.join(os.getcwd(), launch.targets[0])
    if not _at_a_terminal() or os.path.normpath(file) != file or not os.path.isfile(file):
        return False  # the library knows it by another name, or there is nobody to read it
    try:
        book = launch.codebook
        return _paint(file, str(launch.database), launch.annotator, book, launch.settings)
    except Exception:  # the words come a little later, then
        return False


def _at_a_terminal() -> bool:
    try:
        return all(map(os.isatty, (0, 1, 2))) and os.environ.get("TERM", "") != "dumb"
    except OSError:
        return False


def _write(file: str) -> bool:
    """Write what is known of a file."""
    if os.path.normpath(file) != file or not os.path.isfile(file):
        return False  # the library knows it by another name, or not at all
    settings = _settings()
    annotator = os.environ.get("READER_ANNOTATOR") or settings.annotator or _login_name()
    database = os.environ.get("READER_DB") or settings.database
    if database:
        database = os.path.join(os.getcwd(), os.path.expanduser(database))
    else:
        database = os.path.join(user_folder("DATA"), "library.db")
    return _paint(file, database, annotator.strip(), settings.codebook, settings)


def _settings() -> Settings:
    from reader.services.settings import fields as settings

    path = os.path.join(user_folder("CONFIG"), "config.toml")
    if not os.path.lexists(path):
        return settings.Settings()
    from reader.services.settings.plain_lines import before_tables, plain

    with open(path, encoding="utf-8") as file:
        source = file.read(_LONGEST_SETTINGS)
    given = plain(before_tables(source)) if len(source) < _LONGEST_SETTINGS else None
    fields = {field.name: field for field in settings.FIELDS}
    if given is None or not all(n in fields and fields[n].takes(v) for n, v in given.items()):
        return settings.load_settings()
    return settings.Settings(given)


def _login_name() -> str:
    named = next((name for key in _LOGIN_NAMES if (name := os.environ.get(key))), "")
    if named:
        return named
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def _paint(file: str, database: str, annotator: str, codebook: str, settings: Settings) -> bool:
    from reader.domain import signs
    from reader.storage.glance import Wanted, glance
    from reader.tui import first_paint

    size = first_paint.terminal_size()
    if size is None or settings.plain:
        return False
    facet = FACETS.get(codebook, "")
    screen = size[1] * min(size[0], settings.width)
    found = glance(Wanted(database, file, annotator, codebook, facet, screen))
    if found is None:
        return False
    signs.prepare(sys.__stderr__, os.environ, trusted=settings.symbols == "unicode")
    ascii_only = settings.symbols == "ascii"
    if found.marks and (ascii_only or getattr(sys.__stderr__, "encoding", "") == "ascii"):
        from reader import assets

        signs.learn(assets.load_builtin(codebook))
    lines = first_paint.screenful(
        found,
        size,
        reading_width=settings.width,
        panel=settings.panel,
        sign=signs.in_ascii if ascii_only else str,
    )
    if lines is not None:
        first_paint.write(lines)
    return lines is not None
