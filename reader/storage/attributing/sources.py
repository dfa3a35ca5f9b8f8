"""Sources with their other names, roles and merges, read by uid, by name, or all in pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reader.domain.records import dataclass
from reader.domain.source import Alias, Role, Source, ends, folded
from reader.storage.connection import worded

PAGE = 500
"""Sources read at a time."""

_COLUMNS = (
    "source.uid, source.name, kind, naming, role, affiliation, url, merged_into,"
    " source.created_at, source.updated_at, source.rev, source.deleted_at IS NOT NULL"
)

_FIELDS = (
    *("uid", "name", "kind", "naming", "role", "affiliation", "url", "merged_into"),
    *("created_at", "updated_at", "rev", "removed"),
)
"""The same as the record calls them."""

_LIVE = (
    "FROM hop JOIN attribution ON attribution.uid = hop.attribution_uid"
    " JOIN highlight ON highlight.uid = attribution.highlight_uid"
    " WHERE attribution.deleted_at IS NULL AND highlight.deleted_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Use:
    """How much a source is named in the library.

    Attributes:
        statements: Live highlights whose chain names it.
        articles: In how many articles.
        last_at: When the newest of their attributions was changed.
    """

    statements: int = 0
    articles: int = 0
    last_at: str = ""


class Sources:
    """The sources of one library; nothing is cached.

    A merged source *is* the one it was merged into: readers that resolve give that one.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._ask = connection.execute
        self._path = path

    # ------------------------------------------------------------------ by uid

    def get(self, uid: str) -> Source | None:
        """Return a source as it is itself, merged, removed or not; None if it never was."""
        return next(iter(self._select("WHERE uid = ?", (uid,))), None)

    def all_of(self, uids: Iterable[str]) -> dict[str, Source]:
        """Return sources by the uid that was asked for, merged ones as what they were merged into.

        One whose making was undone is there as well, with ``removed``: what names it still does.
        """
        wanted = list(dict.fromkeys(uids))
        if not wanted:
            return {}
        into = self.merged()
        resolved = {uid: into.get(uid, uid) for uid in wanted}
        found: dict[str, Source] = {}
        asked = list(dict.fromkeys(resolved.values()))
        for start in range(0, len(asked), PAGE):
            page = json.dumps(asked[start : start + PAGE])
            rows = self._select("WHERE uid IN (SELECT value FROM json_each(?))", (page,))
            found.update((source.uid, source) for source in rows)
        return {uid: found[end] for uid, end in resolved.items() if end in found}

    def merged(self) -> dict[str, str]:
        """Return what each merged source is one with, to the end of the chain."""
        with worded(self._path):
            rows = self._ask("SELECT uid, merged_into FROM source WHERE merged_into IS NOT NULL")
            return ends(dict(rows.fetchall()))

    def resolve(self, uid: str) -> str:
        """Return the uid of what a source was merged into in the end; else its own."""
        return self.merged().get(uid, uid)

    def members(self, uid: str) -> list[str]:
        """Return the uids of all that are one with a source: first the one that stands for all."""
        into = self.merged()
        end = into.get(uid, uid)
        return [end, *sorted(other for other, to in into.items() if to == end)]

    def with_uid(self, start: str) -> list[Source]:
        """Return the live sources whose uid begins like this, merged ones resolved."""
        found = self._select(
            "WHERE deleted_at IS NULL AND substr(uid, 1, ?) = ?", (len(start), start.casefold())
        )
        return list(dict.fromkeys(self.all_of([source.uid for source in found]).values()))

    # ------------------------------------------------------------------ by name

    def named(self, name: str) -> list[Source]:
        """Return the sources of exactly this name or alias; case and spaces make no difference.

        Merged ones are given as what they were merged into, each once, the oldest first.
        """
        wanted = folded(name)
        uids = [uid for uid, said in self._names() if folded(said) == wanted]
        return list(dict.fromkeys(self.all_of(uids).values()))

    def beginning(self, text: str, most: int = 50) -> list[Source]:
        """Return sources of which a word of the name or of an alias begins like this."""
        start = folded(text)
        uids = [
            uid
            for uid, said in self._names()
            if (name := folded(said)).startswith(start) or f" {start}" in name
        ]
        return list(dict.fromkeys(self.all_of(uids[: 4 * most]).values()))[:most]

    def by_name(self) -> dict[str, str]:
        """Return the uid of each name and alias, folded, merged ones resolved; oldest wins."""
        into = self.merged()
        found: dict[str, str] = {}
        for uid, name in self._names():
            found.setdefault(folded(name), into.get(uid, uid))
        return found

    def _names(self) -> list[tuple[str, str]]:
        """Return uid and name of all live sources, then those of their aliases."""
        with worded(self._path):
            return self._ask(
                "SELECT uid, name FROM (SELECT 0 AS what, id, uid, name FROM source"
                " WHERE deleted_at IS NULL UNION ALL"
                " SELECT 1, source_alias.id, source_uid, source_alias.name FROM source_alias"
                " JOIN source ON source.uid = source_uid"
                " WHERE source_alias.deleted_at IS NULL AND source.deleted_at IS NULL)"
                " ORDER BY what, id"
            ).fetchall()

    # ------------------------------------------------------------------ all of them

    def pages(self, *, merged: bool = False) -> Iterator[list[Source]]:
        """Yield all live sources by the page, oldest first.

        Args:
            merged: Whether those that were merged into others are among them.
        """
        after, only = 0, "" if merged else " AND merged_into IS NULL"
        where = f"WHERE deleted_at IS NULL{only} AND id > ? ORDER BY id LIMIT {PAGE}"
        while True:
            with worded(self._path):
                rows = self._ask(f"SELECT {_COLUMNS}, id FROM source {where}", (after,)).fetchall()  # noqa: S608 - own names
            if not rows:
                return
            yield [_source(row[:-1]) for row in rows]
            after = rows[-1][-1]

    def count(self) -> int:
        """Return how many there are, merged ones not counted."""
        with worded(self._path):
            query = "SELECT count(*) FROM source WHERE deleted_at IS NULL AND merged_into IS NULL"
            return int(self._ask(query).fetchone()[0])

    def uses(self) -> dict[str, Use]:
        """Return how much each source is named, those that were merged into it included."""
        into = self.merged()
        with worded(self._path):
            rows = self._ask(
                "SELECT hop.source_uid, attribution.uid, highlight.version_uid,"
                f" attribution.updated_at {_LIVE} AND hop.source_uid IS NOT NULL"
            ).fetchall()
            articles = dict(self._ask("SELECT uid, article_uid FROM article_version").fetchall())
        found: dict[str, tuple[set[str], set[str], str]] = {}
        for uid, attribution, version, at in rows:
            said, where, last = found.get(into.get(uid, uid), (set(), set(), ""))
            said.add(attribution)
            where.add(articles[version])
            found[into.get(uid, uid)] = said, where, max(last, at)
        return {uid: Use(len(said), len(where), last) for uid, (said, where, last) in found.items()}

    # ------------------------------------------------------------------ what more is known

    def aliases(self, uids: Sequence[str]) -> dict[str, list[Alias]]:
        """Return other names by the uid of the source, as each source itself has them."""
        with worded(self._path):
            rows = self._ask(
                "SELECT uid, source_uid, name FROM source_alias WHERE deleted_at IS NULL"
                " AND source_uid IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps(list(uids)),),
            ).fetchall()
        found: dict[str, list[Alias]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(Alias(*row))
        return found

    def all_aliases(self) -> dict[str, list[str]]:
        """Return the other names of all sources, by the uid of what those were merged into.

        The name of a source that was merged into another is another name of that one.
        """
        into = self.merged()
        found: dict[str, list[str]] = {}
        with worded(self._path):
            rows = self._ask(
                "SELECT source_uid, name FROM source_alias WHERE deleted_at IS NULL UNION ALL"
                " SELECT uid, name FROM source WHERE deleted_at IS NULL"
                " AND merged_into IS NOT NULL"
            )
            for uid, name in rows:
                found.setdefault(into.get(uid, uid), []).append(name)
        return found

    def roles(self, uids: Sequence[str]) -> dict[str, list[Role]]:
        """Return roles over time by the uid of the source, the earliest first."""
        with worded(self._path):
            rows = self._ask(
                "SELECT uid, source_uid, role, affiliation, since, until FROM source_role"
                " WHERE deleted_at IS NULL AND source_uid IN (SELECT value FROM json_each(?))"
                " ORDER BY since IS NOT NULL, since, id",
                (json.dumps(list(uids)),),
            ).fetchall()
        found: dict[str, list[Role]] = {}
        for row in rows:
            found.setdefault(row[1], []).append(Role(*row))
        return found

    def _select(self, where: str, values: tuple[Any, ...]) -> list[Source]:
        with worded(self._path):
            rows = self._ask(f"SELECT {_COLUMNS} FROM source {where} ORDER BY id", values)  # noqa: S608 - own names
            return [_source(row) for row in rows]


def _source(row: Sequence[Any]) -> Source:
    source = dict(zip(_FIELDS, row, strict=True))
    return Source(**{**source, "removed": bool(source["removed"])})
