"""Writes the text of an article paragraph by paragraph, with its blocks and pages."""

from __future__ import annotations

from reader.capture.pieces import pieces
from reader.domain.content import Pages
from reader.domain.document import BlockTable
from reader.domain.text import Role, canonical

PAGE = "\f"
"""Stands in the words of a paragraph where a page of the source begins; it is not kept."""
_SPACE = " \t\n\r\x0b\x85\xa0\u2028\u2029"


class Builder:
    """Text, blocks and pages of an article that is put together from a foreign format.

    Attributes:
        blocks: The blocks so far; none is longer than the screen can wrap at once.
    """

    def __init__(self) -> None:
        self.blocks = BlockTable()
        self._parts: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._waiting = 0

    @property
    def length(self) -> int:
        """Code points written so far."""
        return self._length

    @property
    def text(self) -> str:
        """Canonical text of all that was added."""
        return "".join(self._parts)

    @property
    def pages(self) -> Pages:
        """Where the pages begin; those without text behind them begin at the end."""
        return Pages([*self._pages, *[self._length] * self._waiting])

    def page(self) -> None:
        """Say that a page begins with what is added next."""
        self._waiting += 1

    def add(self, words: str, role: Role = Role.BODY, level: int = 0, gap: str = "") -> bool:
        """Write a paragraph after an empty row; list items, and body text of level 1, right below.

        Args:
            words: Its words; white space at its ends goes, all other stays as it is, page marks
                (:data:`PAGE`) become pages.
            role: What it is.
            level: See :class:`reader.domain.text.Block`.
            gap: White space before it, if it is another than is usual.

        Returns:
            Whether there was something in it.
        """
        bare = words.strip(_SPACE + PAGE)
        self._waiting += words[: words.find(bare[:1])].count(PAGE) if bare else words.count(PAGE)
        parts = [canonical(part) for part in bare.split(PAGE)]
        if not any(parts):
            return False
        if self._parts:
            self._write(gap or ("\n" if self._is_close(role, level) else "\n\n"))
        start = self._length
        self._begin_pages(parts)
        self._write("".join(parts))
        for begin, end in pieces(self._parts[-1], 0, len(self._parts[-1])):
            self.blocks.append(start + begin, start + end, role, level)
            level = 1 if role is Role.BODY else level
        self._waiting += words[len(words.rstrip(_SPACE + PAGE)) :].count(PAGE)
        return True

    def _begin_pages(self, parts: list[str]) -> None:
        """Note the pages that begin here, and inside what is written now."""
        self._pages += [self._length] * self._waiting
        self._waiting = 0
        at = self._length
        for part in parts[:-1]:
            at += len(part)
            self._pages.append(at)

    def _write(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def _is_close(self, role: Role, level: int) -> bool:
        if role is Role.LIST_ITEM:
            return self.blocks[len(self.blocks) - 1].role is Role.LIST_ITEM
        return role is Role.BODY and level == 1
