"""From the words on the command line to what the screen is opened on; without click, for speed."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import field
from pathlib import Path

from reader.assets import sample_article
from reader.domain.errors import InputError, UsageError
from reader.domain.records import dataclass
from reader.services.places import annotator_handle, database_path
from reader.services.settings.fields import Settings, load_settings

PLAIN = "--plain"
"""Opens the screen in lines of text, for screen readers."""

TOUR = "tour"
"""The one subcommand that opens the screen."""

VALUED = ("--db", "--annotator", "--config", "--codebook")
"""Global options; each takes a value."""
ABOUT = ("--help", "--version", "-h")
"""Options that are answered without opening anything."""
FOREIGN = (b"%PDF", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"<!", b"<html", b"<?xml")
"""What files begin with that are no plain text."""
STDIN_LIMIT = 50 * 1024 * 1024
"""Bytes read from standard input at most: the limit of a file."""

_SUSPECT = (".pdf", ".epub", ".htm", ".html", ".xhtml", ".doc", ".docx", ".odt", ".rtf")
"""Ends of names that the capture is asked about before the screen opens."""


@dataclass(frozen=True, slots=True)
class Launch:
    """What the screen is opened on.

    Attributes:
        database: The library file.
        annotator: Handle of who annotates.
        codebook: Id of a codebook, or the path of one.
        targets: Files to open, ``-`` for standard input; empty opens the list of articles.
        stdin: What came from standard input, if it was asked for.
        settings: How it is to look, and which keys do what.
        tour: Whether the tour begins there.
    """

    database: Path
    annotator: str
    codebook: str
    targets: tuple[str, ...]
    stdin: bytes | None
    settings: Settings
    tour: bool = False


@dataclass(frozen=True, slots=True)
class Arguments:
    """The command line, taken apart.

    Attributes:
        options: Values of the global options in front of the first word.
        words: What is left: the files to open.
        command: The first word, if it is a subcommand; nothing else was looked at then.
        about: The option that asks for help or the version, or empty.
        unknown: The first option that is not known, or empty.
    """

    options: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    command: str = ""
    about: str = ""
    unknown: str = ""


def split(argv: Sequence[str], commands: Collection[str] = ()) -> Arguments:
    """Take a command line apart as far as is needed to choose between commands and screen.

    Args:
        argv: The words after the program's name.
        commands: Names of the subcommands; when one comes first, the rest is left to it.

    Raises:
        UsageError: A global option has no value.
    """
    options: dict[str, str] = {}
    words: list[str] = []
    about = unknown = command = ""
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            words += rest
            break
        if name in VALUED:
            if not equals and not rest:
                raise UsageError(f"{name} needs a value.", "See `reader --help`.")
            options[name] = value if equals else rest.pop(0)
        elif word == PLAIN:
            options[PLAIN] = ""
        elif word in ABOUT:
            about = about or ("--help" if word == "-h" else word)
        elif word.startswith("-") and word != "-":
            unknown = unknown or word
        elif word == TOUR and not words:
            command = TOUR
        elif word in commands and not words:
            return Arguments(command=word)
        else:
            words.append(word)
    return Arguments(options, tuple(words), command, about, unknown)


def prepare(arguments: Arguments, commands: Collection[str] = ()) -> Launch:
    """Return what the screen is opened on; all that can be refused cheaply is refused here.

    Standard input is read if it is named, and the keys then come from the terminal.

    Args:
        arguments: The command line.
        commands: Names of the subcommands, for a hint after a misspelt one.

    Raises:
        InputError: A named file is missing or of a kind that cannot be opened.
        UsageError: An option is wrong, or there is no terminal.
    """
    tour = arguments.command == TOUR
    if tour and arguments.words:
        raise UsageError("`reader tour` takes no file.", "It is on the sample article.")
    if arguments.unknown:
        raise UsageError(f"There is no option {arguments.unknown}.", "See `reader --help`.")
    options = arguments.options
    config = Path(options["--config"]).expanduser() if "--config" in options else None
    settings = load_settings(config)
    settings.plain = settings.plain or PLAIN in options
    for target in arguments.words:
        check_target(target, commands)
    _need_terminal()
    return Launch(
        database=database_path(options.get("--db"), settings),
        annotator=annotator_handle(options.get("--annotator"), settings),
        codebook=options.get("--codebook") or settings.codebook,
        targets=(str(sample_article()),) if tour else tuple(dict.fromkeys(arguments.words)),
        stdin=_standard_input("-" in arguments.words),
        settings=settings,
        tour=tour,
    )


def check_target(target: str, commands: Collection[str] = ()) -> None:
    """Refuse what cannot be opened, as far as a look at the name and the first bytes says so.

    What is in a file of a foreign format is seen when it is added: that takes longer.

    Args:
        target: A file, a URL, or ``-``.
        commands: Names of the subcommands, for a hint after a misspelt one.

    Raises:
        InputError: It is missing, unreadable, or of a kind that is not read.
    """
    if target == "-" or is_address(target) or looks_like_text(target):
        return
    from reader.capture.capture import check_file  # late: it takes as long as the rest

    if commands and _is_word(target) and not os.path.lexists(target):
        hint = _did_you_mean(target, commands) or "`reader --help` lists the commands."
        if target.isdecimal():
            hint = f"An article is opened in the list: `reader`; `reader show {target}` prints it."
        raise InputError(f"There is no file and no command {target}.", hint)
    check_file(target)


def is_address(target: str) -> bool:
    """Whether a word names a page on the web and no file."""
    return target[:8].lower().startswith(("http://", "https://"))


def _is_word(target: str) -> bool:
    """Whether it can be a misspelt command: the names of files have a dot or a folder."""
    return not any(sign in target for sign in "./\\:")


def looks_like_text(target: str) -> bool:
    """Whether a file is plain text or Markdown, as far as its name and first bytes say so."""
    path = Path(target)
    if path.suffix.lower() in _SUSPECT:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(4_096)
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError):
        return False
    return (
        bool(head.strip())
        and not head.startswith(FOREIGN)
        and b"\0" not in head
        and (size <= STDIN_LIMIT)
    )


def _did_you_mean(word: str, commands: Collection[str]) -> str:
    """Return a hint for a word that is neither a file nor a command."""
    import difflib  # late: only after a mistake

    close = difflib.get_close_matches(word, list(commands), 1)
    return f"Did you mean `reader {close[0]}`?" if close else ""


def _need_terminal() -> None:
    hint = "Without one, use the commands: `reader list`, `reader show`, `reader --help`."
    if not sys.stdout.isatty():
        raise UsageError("The reading screen needs a terminal; standard output is none.", hint)
    if os.environ.get("TERM", "") == "dumb":
        raise UsageError("The reading screen needs a terminal that can move its cursor.", hint)


def _standard_input(wanted: bool) -> bytes | None:
    """Read standard input if it is wanted, and see to it that keys come from the terminal."""
    raw = read_stdin() if wanted else None
    if not sys.stdin.isatty():
        _take_keys_from_terminal()
    return raw


def read_stdin() -> bytes:
    """Return what comes from standard input.

    Raises:
        InputError: There is nothing, or too much.
    """
    if sys.stdin.isatty():
        sys.stderr.write("Paste the text, then press Ctrl-D.\n")
        sys.stderr.flush()
    raw = sys.stdin.buffer.read(STDIN_LIMIT + 1)
    if len(raw) > STDIN_LIMIT:
        raise InputError("Standard input is longer than 50 MB.", "Give the text in parts.")
    if not raw.strip():
        raise InputError("Standard input is empty.", "Paste or pipe a text, or name a file.")
    return raw


def _take_keys_from_terminal() -> None:
    """Put the terminal in the place of standard input.

    Raises:
        UsageError: There is no terminal to take keys from.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError(
            "Standard input is no terminal, and there is none to take keys from.",
            "Add the text with `reader add -` and open it from a terminal.",
        ) from error
    os.dup2(terminal, 0)
    os.close(terminal)
