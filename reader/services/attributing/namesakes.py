"""Keeps a name for one source: a second one of that name is made only where that is wished."""

from __future__ import annotations

from reader.domain.errors import UsageError
from reader.domain.source import Source, folded
from reader.storage.library import Library


class NamesakeError(UsageError):
    """Another source has that name already.

    Attributes:
        name: The name.
    """

    title = "Name refused"
    name = ""


def refuse_namesake(library: Library, source: Source, name: str) -> None:
    """Refuse a name that another source has, as its name or as another name of it.

    Args:
        library: The library.
        source: What is to be called so; it may be new. What was merged into it is no other one.
        name: The name.

    Raises:
        NamesakeError: It is taken; the message says by which source.
    """
    own = library.sources.resolve(source.uid)
    other = next((item for item in library.sources.named(name) if item.uid != own), None)
    if other is None:
        return
    told = (
        f"There is a source “{other.name}” already: {other.uid}."
        if folded(other.name) == folded(name) else
        f"“{name}” is another name of the source “{other.name}”: {other.uid}."
    )  # fmt: skip
    error = NamesakeError(
        told,
        "Use that one, or `reader source merge` if both are one;"
        " --anyway gives two sources the same name.",
    )
    error.name = name
    raise error
