"""Completion in the shell: the script for it, and what it asks for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import click
from click import shell_completion
from click.shell_completion import CompletionItem

from reader.cli import COMMANDS, output
from reader.cli.session import Keys, Session
from reader.domain.errors import ReaderError, UsageError
from reader.domain.untrusted import safe
from reader.services.launch import split
from reader.services.settings.fields import FIELDS, PRESETS

VARIABLE = "_READER_COMPLETE"
"""Environment variable by which the shell asks for completions."""

_MOST = 200
"""Articles that are offered at most."""

_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' completion type value response
    local cur="${COMP_WORDS[COMP_CWORD]}"
    response=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
%(complete_var)s=bash_complete "$1" 2>/dev/null)
    COMPREPLY=()
    for completion in $response; do
        IFS=',' read -r type value <<< "$completion"
        if [[ $type == dir || $type == file ]]; then
            compopt -o filenames 2>/dev/null
            COMPREPLY+=($(compgen -f -- "$cur"))
        elif [[ $type == plain ]]; then
            COMPREPLY+=("$value")
        fi
    done
    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""
"""Unlike click's, it offers files beside words: `reader <Tab>` opens either."""

_FILES = CompletionItem("", type="file")


_WHERE = """\b
Write it to:
bash  ~/.local/share/bash-completion/completions/reader
zsh   a folder of $fpath, as the file _reader
fish  ~/.config/fish/completions/reader.fish
"""


class _Offers(shell_completion.ShellComplete):
    """Where no command was named, offers files beside the commands."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return what can stand in the place of an unfinished word."""
        try:
            said = split(args, COMMANDS)
        except UsageError:  # an option waits for its value
            return super().get_completions(args, incomplete)
        if said.command or (incomplete.startswith("-") and "--" not in args):
            return super().get_completions(args, incomplete)
        file = CompletionItem(incomplete, type="file")
        if said.words or "--" in args:
            return [file]
        return [*super().get_completions(args, incomplete), file]


class _Bash(_Offers, shell_completion.BashComplete):
    source_template = _BASH

    @staticmethod
    def _check_version() -> None:
        """Take any version: the script needs nothing that old ones lack."""


class _Zsh(_Offers, shell_completion.ZshComplete):
    pass


class _Fish(_Offers, shell_completion.FishComplete):
    pass


_SHELLS: dict[str, type[_Offers]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


@click.command(epilog=_WHERE)
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def completion(shell: str) -> None:
    """Print the script by which SHELL completes commands and files.

    Also options, articles, codebooks, tags and settings.
    """
    root = click.get_current_context().find_root()
    for line in _SHELLS[shell](root.command, {}, "reader", VARIABLE).source().split("\n"):
        output.script(line)


def answer(group: click.Group, keys: Keys) -> int:
    """Print what the shell asks for by the environment; nothing if that fails.

    Returns:
        The exit status.
    """
    shell = os.environ.get(VARIABLE, "").partition("_")[0]
    if shell not in _SHELLS:
        return UsageError.exit_code
    _know_values(group)
    try:
        text = _SHELLS[shell](group, {"obj": keys}, "reader", VARIABLE).complete()
    except (ReaderError, click.ClickException, KeyError, ValueError):
        return UsageError.exit_code
    for line in text.split("\n"):
        output.script(line)
    return 0


# ---------------------------------------------------------------------- values


class _Values(click.ParamType):  # type: ignore[type-arg] # click 8.1 has none
    """A parameter's values as a function finds them; anything else can be typed as well."""

    name = "text"

    def __init__(self, find: Callable[[Session, click.Context], Iterable[CompletionItem]]) -> None:
        self._find = find

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return those that begin as the unfinished word does."""
        root = ctx.find_root()
        names = ("db", "annotator", "config", "codebook")
        session = Session(root.obj, *(root.params.get(name) for name in names))
        try:
            found = list(self._find(session, ctx))
        except (ReaderError, OSError):
            return []
        return [
            CompletionItem(incomplete, type="file") if item.type == "file" else item
            for item in found
            if item.type == "file" or item.value.startswith(incomplete)
        ]


def _articles(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    from reader.services.library import listing
    from reader.storage.library import Library

    if not session.database.is_file():  # asking must not make one
        return
    with Library.for_reading(session.database) as library:
        me = library.find_annotator(session.handle) or ""
        entries = listing.entries(library, me, session.find_codebook(library))
        found = list(islice(entries, _MOST))
    for entry in found:
        yield CompletionItem(str(entry.n), help=safe(entry.title))


def _articles_and_files(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    yield from _articles(session, ctx)
    yield _FILES


def _codebooks(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    from reader.services.codebooks import finding as codebooks

    for book in codebooks.available():
        yield CompletionItem(book.id, help=safe(book.title))
    yield _FILES


def _codes(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    book = session.find_codebook(None, ctx.params.get("codebook_id") or ctx.params.get("codebook"))
    for facet in book.facets:
        for tag in facet.tags:
            yield CompletionItem(tag.code, help=safe(tag.label))


def _settings(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    for field in FIELDS:
        yield CompletionItem(field.name, help=field.about)
    yield CompletionItem("keys.preset", help="The keys to start from.")
    rows, _ = session.keys(session.settings)
    for id, title in {row[4]: row[2] for row in rows}.items():
        yield CompletionItem(f"keys.{id}", help=title)


def _setting_values(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    name = ctx.params.get("name")
    allowed = {field.name: field.allowed for field in FIELDS} | {"keys.preset": PRESETS}
    truths = [field.name for field in FIELDS if isinstance(field.default, bool)]
    for value in ("true", "false") if name in truths else allowed.get(name or "", ()):
        yield CompletionItem(value)
    if name == "codebook":
        yield from _codebooks(session, ctx)


_BY_METAVAR = {
    "ARTICLE": _Values(_articles_and_files),
    "ID|FILE": _Values(_codebooks),
    "CODE": _Values(_codes),
    "NAME": _Values(_settings),
    "VALUE": _Values(_setting_values),
    "FILE": click.Path(),
    "FILE|-": click.Path(),
    "PATH": click.Path(),
}
"""What can stand for a parameter, by how the help calls it."""


def _know_values(command: click.Command) -> None:
    """Let every parameter below a command complete its values."""
    for param in command.params:
        shown = param.metavar or (param.name or "").upper()
        found = _BY_METAVAR.get(shown.strip("[]….").removesuffix("]…"))
        if found is not None and not isinstance(param.type, click.Choice | click.Path):
            param.type = found
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _know_values(inner)
