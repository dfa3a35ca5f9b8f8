"""What an extractor of a foreign format is given."""

from __future__ import annotations

from collections.abc import Callable

from reader.domain.records import dataclass

Report = Callable[[int, int], None]
"""Told how much is done and how much there is, such as pages; both count from 1."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a foreign format, and what is known of them.

    Attributes:
        raw: The bytes as they came.
        name: What messages call it: the name of the file as the user gave it, or its URL.
        url: Where it came from in the end, to which relative addresses in it belong; None if it
            is no page.
        charset: The encoding that the server named, or None.
        whole: Whether all the words of a page are wanted, not only those of its article.
    """

    raw: bytes
    name: str
    url: str | None = None
    charset: str | None = None
    whole: bool = False


def quiet(done: int, total: int) -> None:
    """Tell nobody."""
