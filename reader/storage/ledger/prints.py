"""Keeps the prints of every current text, and says which texts share some.

The prints are those of :mod:`reader.domain.comparing.shingles`: 32 bits each, about one for every
two words. All of them are read for one question, which takes about 10 µs an article.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reader.domain.blocks import BlockTable
from reader.domain.comparing.shingles import METHOD, paragraphs, prints
from reader.domain.records import dataclass
from reader.storage.articles import CURRENT
from reader.storage.connection import decoded, transaction, worded

SLICE_CHARACTERS = 250_000
"""Text whose prints are made at a time: about 60 ms."""

_SLICE_ROWS = 500
_PARTS = 16
"""The library's prints are sorted part by part, so that it takes little memory."""
CROWD = 32
"""Texts with the same print up to which it counts in full. What stands in more may be a phrase of
every day, or one agency's story in very many papers: it counts less, the more texts have it, but a
story has hundreds of such prints, and a phrase has few."""

LEAST = 1.0
"""Weight of the prints that two texts share from which on it may be more than phrases."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may have passages in common with another.

    Attributes:
        article_id: Its local id.
        version_uid: Its current version.
        weight: How many prints it shares, those that very many texts have counted less.
    """

    article_id: int
    version_uid: str
    weight: float


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
            (count,) = self._ask(f"SELECT count(*) FROM ({_TODO})", (METHOD,)).fetchone()  # noqa: S608 - own names
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
        """Return the articles that may share more than phrases of every day, the likeliest first.

        Args:
            wanted: Prints.
            but: Uid of an article that is left out.
        """
        asked = set(wanted)
        found = {
            number: shared for number, other in self._all() if (shared := asked.intersection(other))
        }
        texts = Counter(value for shared in found.values() for value in shared)
        named = self._named()
        some = (
            Candidate(*named[number][:2], sum(_weight(texts[value]) for value in shared))
            for number, shared in found.items()
            if number in named and named[number][2] != but
        )
        more_than_phrases = [item for item in some if item.weight >= LEAST]
        return sorted(more_than_phrases, key=lambda item: (-item.weight, -item.article_id))

    def pairs(
        self, least: float, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> list[tuple[Candidate, Candidate]]:
        """Return pairs of articles that share some prints, those that share most first.

        Of a passage that stands in very many articles, each is paired with the oldest only.

        Args:
            least: The weight of the prints that they must share.
            progress: Told which part of how many is done.
        """
        named = self._named()
        some = [(number, other) for number, other in self._all() if number in named]
        some.sort(key=lambda item: named[item[0]][0])
        weights: defaultdict[int, float] = defaultdict(float)
        for part in range(_PARTS):
            _weigh_pairs(some, part, weights)
            progress(part + 1, _PARTS)
        result = []
        for pair, weight in weights.items():
            if weight >= least:
                left, right = (named[some[at][0]] for at in (pair >> 32, pair & _LOW))
                result.append((Candidate(*left[:2], weight), Candidate(*right[:2], weight)))
        return sorted(result, key=lambda pair: (-pair[0].weight, pair[0].article_id))

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


_LOW = 0xFFFFFFFF


def _weight(texts: int) -> float:
    """Return what a print counts that so many texts have."""
    return 1.0 if texts <= CROWD else CROWD / texts


def _weigh_pairs(
    some: Sequence[tuple[int, array[int]]], part: int, weights: defaultdict[int, float]
) -> None:
    """Weigh the prints that texts share, of one part of all the prints there can be.

    Args:
        some: The texts' prints.
        part: Which part.
        weights: By pair: the position of the first text, and in the low 32 bits of the other.
    """
    size = (1 << 32) // _PARTS
    keyed: list[int] = []
    for at, (_, found) in enumerate(some):
        first = bisect_left(found, part * size)
        end = bisect_left(found, (part + 1) * size)
        keyed += [value << 32 | at for value in found[first:end]]
    keyed.sort()
    start = 0
    for end in range(1, len(keyed) + 1):
        if end < len(keyed) and keyed[end] >> 32 == keyed[start] >> 32:
            continue
        if end - start > 1:
            _weigh_group([key & _LOW for key in keyed[start:end]], weights)
        start = end


def _weigh_group(texts: Sequence[int], weights: defaultdict[int, float]) -> None:
    """Weigh one print that several texts have; of a crowd, each is paired with the first only."""
    weight = _weight(len(texts))
    firsts = texts if len(texts) <= CROWD else texts[:1]
    for place, first in enumerate(firsts, 1):
        for other in texts[place:]:
            weights[first << 32 | other] += weight


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
