"""Articles and their frozen captures."""

from __future__ import annotations

from collections.abc import Mapping

from reader.domain.blocks import BlockTable
from reader.domain.records import dataclass
from reader.domain.text import LongText, Role
from reader.domain.uids import derived_uid

STATUSES = ("unread", "reading", "done")
"""What can be said of how far one is with an article; archived is apart from it."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its words; None is "not given"."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: str | None = None
    language: str | None = None

    @property
    def published_on(self) -> str:
        """When it was published, without the time of day; empty if that is not known.

        What does not begin with a day (`2026-02-08T07:30:00Z`) stays as it is.
        """
        said = self.published_at or ""
        day, _, time = said.partition("T")
        if len(day) != 10 or not time[:2].isdecimal():
            return said
        return day + "?" * said.endswith("?")  # a guess is still one


@dataclass(frozen=True, slots=True)
class Article:
    """A work, as the library knows it.

    Attributes:
        status: What somebody has said of it, one of :data:`STATUSES`; None if nobody has.
    """

    uid: str
    metadata: Metadata
    version_uid: str
    added_at: str
    archived_at: str | None = None
    status: str | None = None

    @property
    def name(self) -> str:
        """The title, or nothing; see the summary for the first words."""
        return self.metadata.title or ""


@dataclass(frozen=True, slots=True)
class Version:
    """One frozen capture of an article, loaded for reading.

    Attributes:
        content: Its text, or a long one of which only a part was read.
        blocks: Its blocks.
        roles: Changed roles by the start of their block.
    """

    uid: str
    article_uid: str
    sha256: str
    content: str | LongText
    blocks: BlockTable
    roles: Mapping[int, Role]
    origin: str
    media_type: str
    captured_at: str
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of its text; read now if it was not."""
        return self.content if isinstance(self.content, str) else self.content.whole()


def article_uid(url: str | None, sha256: str) -> str:
    """Return the id under which an article meets itself: from its URL, else from its text."""
    return derived_uid(f"article\n{url or sha256}")


def version_uid(article: str, sha256: str) -> str:
    """Return the id of the capture of an article with that text."""
    return derived_uid(f"version\n{article}\n{sha256}")


def name_from(text: str, limit: int = 60) -> str:
    """Return what an article without a title is called: the first words of its first paragraph."""
    return first_words(text[: limit * 4].lstrip().partition("\n\n")[0], limit)


def first_words(text: str, limit: int = 60) -> str:
    """Return the first words of a text on one line, cut at a word."""
    words = text[: limit * 4].split()
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > limit:
            return name + "…"
        name = f"{name} {word}".strip()[: limit * 2]
    return name or "(empty)"
