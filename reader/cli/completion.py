"""Completion in the shell: the script for it, and what it asks for."""

from __future__ import annotations

import os

import click
from click import shell_completion
from click.shell_completion import CompletionItem

from reader.cli import COMMANDS, output
from reader.cli.completion_values import know_values
from reader.cli.session import Keys
from reader.domain.errors import ReaderError, UsageError
from reader.services.launch import split

VARIABLE = "_READER_COMPLETE"
"""Environment variable by which the shell asks for completions."""

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
            [[ $cur == [\\"\\']* ]] || printf -v value %%q "$value"
            COMPREPLY+=("$value")
        fi
    done
    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""
"""Unlike click's, it offers files beside words: `reader <Tab>` opens either."""

_FISH = shell_completion.FishComplete.source_template.replace("string split", "string split -m 1")
"""Click's, but a comma in a name or a description does not end it."""

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
    source_template = _FISH


_SHELLS: dict[str, type[_Offers]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


@click.command(epilog=_WHERE)
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def completion(shell: str) -> None:
    """Print the script by which SHELL completes commands and files.

    Also options, articles, codebooks, tags, sources, annotators, labels and settings.
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
    know_values(group)
    try:
        text = _SHELLS[shell](group, {"obj": keys}, "reader", VARIABLE).complete()
    except (ReaderError, click.ClickException, KeyError, ValueError):
        return UsageError.exit_code
    for line in text.split("\n"):
        output.script(line)
    return 0
