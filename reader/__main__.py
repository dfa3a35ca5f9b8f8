"""Entry point: a subcommand goes to the command line, anything else opens the screen.

The one module that knows both. It imports neither before it knows which is wanted, and it is the
one place where errors end: whatever happens, the user reads a sentence and the shell a status.
"""

from __future__ import annotations

import gc
import os
import sys

from reader.cli import COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.services.settings.fields import Settings
    from reader.tui.commands import Row

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 + SIGINT, as shells have it."""
BROKEN_PIPE = 141
"""Exit status when nobody reads on: 128 + SIGPIPE."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: The words after the program's name; those of the process by default.

    Returns:
        The exit status: 0 done, 1 something was rejected, 2 wrong use, 3 a file,
        4 database, 5 network, 130 interrupted.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    _fill_closed_streams()
    try:
        status = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        status = BROKEN_PIPE
    except Exception as error:  # the last line of defence: no traceback reaches a user
        if os.environ.get("READER_DEBUG"):
            raise
        from reader.cli import output

        status = output.failure(_whole(error), as_json="--json" in words)
    _let_go_of_stdout()
    return status


def _run(words: list[str]) -> int:
    """Write the first words if a file was named, before anything else is imported; then start."""
    if "_READER_COMPLETE" in os.environ:
        from reader.cli.main import complete

        return complete(_keys)
    gc.disable()  # collecting while everything is imported finds nothing and costs a tenth
    from reader.tui import first_words

    painted = len(words) == 1 and words[0] not in COMMANDS and first_words.write(words[0])
    try:
        return _start(words, painted=painted)
    except BaseException:
        if painted:
            from reader.tui import first_paint

            first_paint.give_back()
        raise


def _start(words: list[str], *, painted: bool) -> int:
    if not words or words[0] not in COMMANDS:
        from reader.tui import quick_import

        quick_import.import_standard()
    from reader.services import launch

    arguments = launch.split(words, COMMANDS)
    if (arguments.command and arguments.command != launch.TOUR) or arguments.about:
        from reader.cli.main import run

        gc.enable()
        return run(words if arguments.command else [arguments.about], _keys)
    prepared = launch.prepare(arguments, COMMANDS)
    from reader.tui.start import run as open_screen

    return open_screen(prepared, painted=painted)


def _keys(settings: Settings) -> tuple[list[Row], list[str]]:
    """Return the key table of the screen, as the settings have it, and what is to be said of it."""
    from reader.tui.commands import key_table

    return key_table(settings)


def _whole(error: Exception) -> Exception:
    """Return an error with all that is wrong in a settings file, the keys in it as well."""
    from reader.services.settings.file import Mistakes, with_those_of_keys

    return with_those_of_keys(error, _keys) if isinstance(error, Mistakes) else error


def _fill_closed_streams() -> None:
    """Put the null device where a stream was closed, lest the library's file takes its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115, PTH123 - for good


def _let_go_of_stdout() -> None:
    """Keep the interpreter from complaining at exit about output that nobody takes."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())
