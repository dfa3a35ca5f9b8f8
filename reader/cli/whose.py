"""The option ``--by``: whose work a command is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from reader.cli.session import Session, text_option

if TYPE_CHECKING:
    from reader.storage.library import Library

Command = Callable[..., int | None]


def by_option(what: str) -> Callable[[Command], Command]:
    """Return what gives a command the option.

    Args:
        what: What of the annotators is meant.
    """
    told = f"Only the {what} of this annotator, by name or id; can be repeated, any is all."
    return click.option("--by", metavar="NAME", multiple=True, help=told)


def everybody_or(library: Library, by: Sequence[str]) -> frozenset[str] | None:
    """Return the uids of the annotators whose work is meant, or None: everybody's.

    Raises:
        UsageError: There is no such annotator.
    """
    from reader.services.annotators import meant

    return meant(library, _names(by)) if by else None


def oneself_or(session: Session, library: Library, by: Sequence[str]) -> list[str]:
    """Return the uids of the annotators whose work is meant: oneself, unless it is said.

    Raises:
        UsageError: There is no such annotator.
    """
    from reader.services.annotators import meant

    if by:
        return sorted(meant(library, _names(by)))
    me = library.annotators.find(session.handle)
    return [me] if me else []


def _names(by: Sequence[str]) -> list[str]:
    return [text_option(name) or "" for name in by]
