"""Keeps the prints of every current text, and says which texts share some.

The prints are those of :mod:`reader.domain.shingles`: 32 bits each, about one for every two words.
All of them are read for one question, which takes about 10 µs an article.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reader.domain.blocks import BlockTable
from reader.domain.records import dataclass
from reader.domain.shingles import METHOD, paragraphs, prints
from reader.storage.articles import CURRENT
from reader.storage.connection import decoded, transaction, worded

SLICE_CHARACTERS = 250_000
"""Text whose prints are made at a time: about 60 ms."""

_SLICE_ROWS = 500
_PARTS = 16
"""The library's prints are sorted part by part, so that it takes little memory."""
_CROWD = 32
"""Texts with the same print from which on they are paired with the first of them only."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may have passages in common with another.

    Attributes:
        article_id: Its local id.
        version_uid: Its current version.
        shared: How many prints it shares.
    """

    article_id: int
    version_uid: str
    shared: int


class Prints:
    """The prints of one library.

    Args:
        connection: A connection that may write, to change something.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._ask = connection.execute
        self._path = path

    # ------------------------------------------------------------------ keeping them

    def behind(self) -> int:
        """Return how many current texts have no prints yet."""
        with worded(self._path):
            (count,) = self._ask(f"SELECT count(*) FROM ({_TODO})", (METHOD,)).fetchone()  # noqa: S608
        return int(count)

    def take_in(self, characters: int = SLICE_CHARACTERS) -> int:
        """Make the prints of some texts, the newest first, and return of how many.

        Args:
            characters: About how much text at most, in code points; one text at least.

        Raises:
            StorageError: It cannot be written.
        """
        with transaction(self._connection, self._path):
            ids = self._ask(f"{_TODO} LIMIT {_SLICE_ROWS}", (METHOD,)).fetchall()
            for done, (number,) in enumerate(ids, 1):
                text, found = self._prints(number)
                self._ask(_PUT, (number, METHOD, _packed(found)))
                characters -= len(text)
                if characters <= 0:
                    return done
        return len(ids)

    def forget(self) -> None:
        """Forget all prints, so that they are made anew.

        Raises:
            StorageError: It cannot be written.
        """
        with transaction(self._connection, self._path):
            self._ask("DELETE FROM overlap")

    def _prints(self, version_id: int) -> tuple[str, array[int]]:
        with worded(self._path):
            uid, text, packed = self._ask(
                "SELECT uid, text, blocks FROM article_version WHERE id = ?", (version_id,)
            ).fetchone()
            roles = self._ask(_ROLES, (uid,)).fetchall()
        with decoded(self._path):
            return text, prints(text, paragraphs(BlockTable.unpack(packed), dict(roles)))

    # ------------------------------------------------------------------ asking

    def candidates(self, wanted: Sequence[int], but: str) -> list[Candidate]:
        """Return the articles that have some of these prints, those with the most first.

        Args:
            wanted: Prints.
            but: Uid of an article that is left out.
        """
        asked = set(wanted)
        found: dict[int, int] = {}
        for number, other in self._all():
            shared = len(asked.intersection(other))
            if shared:
                found[number] = shared
        named = self._named()
        some = [
            Candidate(named[number][0], named[number][1], shared)
            for number, shared in found.items()
            if number in named and named[number][2] != but
        ]
        return sorted(some, key=lambda item: (-item.shared, -item.article_id))

    def pairs(
        self, least: int, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> list[tuple[Candidate, Candidate]]:
        """Return pairs of articles that share some prints, those that share most first.

        Of a passage that stands in very many articles, each is paired with the oldest only.

        Args:
            least: How many prints they must share.
            progress: Told which part of how many is done.
        """
        named = self._named()
        some = [(number, other) for number, other in self._all() if number in named]
        some.sort(key=lambda item: named[item[0]][0])
        counts: Counter[tuple[int, int]] = Counter()
        for part in range(_PARTS):
            _count_pairs(some, part, counts)
            progress(part + 1, _PARTS)
        result = []
        for (one, other), shared in counts.items():
            if shared >= least:
                left, right = (named[some[at][0]] for at in (one, other))
                result.append((Candidate(*left[:2], shared), Candidate(*right[:2], shared)))
        return sorted(result, key=lambda pair: (-pair[0].shared, pair[0].article_id))

    def _all(self) -> Iterator[tuple[int, array[int]]]:
        with worded(self._path):
            for number, packed in self._ask(
                "SELECT version_id, prints FROM overlap WHERE method = ?", (METHOD,)
            ):
                yield number, _unpacked(packed)

    def _named(self) -> dict[int, tuple[int, str, str]]:
        """Return of each current version its article's local id, its uid, its article's uid."""
        with worded(self._path):
            rows = self._ask(_CURRENT_VERSIONS)
            return {version: (article, uid, of) for version, article, uid, of in rows}

    # ------------------------------------------------------------------ examining

    def differences(self) -> Iterator[str]:
        """Yield where other prints are kept than the text has."""
        with worded(self._path):
            rows = self._ask(
                "SELECT version_id, prints FROM overlap WHERE method = ? ORDER BY version_id",
                (METHOD,),
            ).fetchall()
        for number, packed in rows:
            if packed != _packed(self._prints(number)[1]):
                yield f"Other passages are noted of capture {number} than its text has."


def _packed(some: array[int]) -> bytes:
    if sys.byteorder == "big":
        some = some[:]
        some.byteswap()
    return some.tobytes()


def _unpacked(packed: bytes) -> array[int]:
    some = array("I")
    some.frombytes(packed[: len(packed) // 4 * 4])
    if sys.byteorder == "big":
        some.byteswap()
    return some


def _count_pairs(
    some: Sequence[tuple[int, array[int]]], part: int, counts: Counter[tuple[int, int]]
) -> None:
    """Count the prints that texts share, of one part of all the prints there can be."""
    size = (1 << 32) // _PARTS
    keyed: list[int] = []
    for at, (_, found) in enumerate(some):
        first = bisect_left(found, part * size)
        end = bisect_left(found, (part + 1) * size)
        keyed += [value << 32 | at for value in found[first:end]]
    keyed.sort()
    crowd: list[int] = []
    last = -1
    for key in keyed:
        value, at = key >> 32, key & 0xFFFFFFFF
        if value != last:
            last, crowd = value, [at]
            continue
        for other in crowd if len(crowd) < _CROWD else crowd[:1]:
            counts[other, at] += 1
        crowd.append(at)


_CURRENT_VERSIONS = (
    "SELECT article_version.id AS id, article.id, article_version.uid, article.uid FROM article"  # noqa: S608 - own names
    f" JOIN article_version ON article_version.uid = {CURRENT} WHERE article.deleted_at IS NULL"
)
_TODO = (
    "SELECT article_version.id FROM article JOIN article_version"  # noqa: S608 - own names
    f" ON article_version.uid = {CURRENT} WHERE article.deleted_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM overlap WHERE version_id = article_version.id AND method = ?)"
    " ORDER BY article.id DESC"
)
_ROLES = "SELECT start, role FROM block WHERE version_uid = ? AND deleted_at IS NULL"
_PUT = "INSERT OR REPLACE INTO overlap (version_id, method, prints) VALUES (?, ?, ?)"
