"""A library in which sources say things, made with commands."""

from __future__ import annotations

from tests.cli.shell import Shell

TEXT = "The pier is safe. Cracks were seen. It will reopen. Nobody was asked. Rain fell."


def attributed(shell: Shell) -> None:
    """Attribute four statements of one article and one of another, and judge five."""
    shell.add(TEXT, "a.txt")
    shell.add("Ferries sail again. Nothing else.", "b.txt")
    board = ("--source", "=Board")
    for article, number, *more in (
        ("1", "1", *board, "--naming", "named", "--via", "Wire", "--voice", "direct"),
        ("1", "2", *board, "--voice", "indirect", "--said", "on-record"),
        ("1", "3", "--source", "an official", "--naming", "anonymous", "--voice", "indirect"),
        ("1", "4", "--source", "?", "--via", "Wire"),
        ("2", "1", *board, "--voice", "partial"),
    ):
        assert shell("attribute", article, "--statement", number, *more) == 0, shell.err
    for number, code in ((1, "doubtful"), (2, "plausible"), (3, "plausible"), (5, "refuted")):
        assert shell("tag", "1", "--statement", str(number), code) == 0, shell.err
    shell("tag", "2", "--statement", "1", "doubtful")
