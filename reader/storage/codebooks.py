"""Frozen copies of the codebooks that judgements are from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import assets
from reader.domain.codebook import Codebook, parse_codebook
from reader.domain.errors import CodebookError, DatabaseDamaged
from reader.domain.highlight import Judgement
from reader.domain.late import Late
from reader.domain.records import dataclass
from reader.storage.connection import decoded

if TYPE_CHECKING:
    import json
else:
    json = Late("json")


def keep(connection: sqlite3.Connection, codebook: Codebook) -> None:
    """Copy a codebook into the library at its first use, inside the caller's transaction.

    Raises:
        CodebookError: The same id and version is there with other content.
    """
    row = connection.execute(
        "SELECT sha256 FROM codebook WHERE id = ? AND version = ?", (codebook.id, codebook.version)
    ).fetchone()
    if row is not None:
        if row[0] != codebook.sha256:
            raise CodebookError(
                f"Codebook {codebook.id} version {codebook.version} has been used in this library"
                " with other content.",
                "Raise the version in the file; a used version never changes.",
            )
        return
    connection.execute(
        "INSERT INTO codebook (id, version, title, sha256, source) VALUES (?, ?, ?, ?, ?)",
        (codebook.id, codebook.version, codebook.title, codebook.sha256, codebook.source),
    )
    connection.executemany(
        "INSERT INTO tag VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(tag_rows(codebook))
    )


def tag_rows(codebook: Codebook) -> list[tuple[object, ...]]:
    """Return a codebook's tags as rows of their table."""
    return [
        (
            codebook.id,
            codebook.version,
            facet.id,
            tag.code,
            position,
            tag.label,
            tag.definition,
            tag.symbol,
            tag.color,
            None if tag.rank is None else float(tag.rank),
            json.dumps(tag.requires),
        )
        for facet in codebook.facets
        for position, tag in enumerate(facet.tags)
    ]


@dataclass(frozen=True, slots=True)
class Given:
    """A judgement that gives a tag, and where.

    Attributes:
        judgement: The judgement.
        target: The fields that say what is judged, such as ``highlight_uid``.
        target_uid: What its id is derived from.
        article_uid: The article that it is in or on.
        live: False on a deleted highlight.
    """

    judgement: Judgement
    target: dict[str, str]
    target_uid: str
    article_uid: str
    live: bool


class Kept:
    """The codebooks that have been used, each parsed when it is looked up.

    Whoever makes tags while reading has a version for each of them: parsing all would take as long
    as the rest of the start.

    Args:
        rows: Id, version, sha256 and TOML of each.
        parse: Gives the codebook of an id, a sha256 and a TOML.
    """

    def __init__(
        self,
        rows: Iterable[tuple[str, int, str, str]],
        parse: Callable[[str, str, str], Codebook],
    ) -> None:
        self._parse = parse
        self._rows = {(name, version): (sha256, source) for name, version, sha256, source in rows}
        self._parsed: dict[tuple[str, int], Codebook | None] = {}
        self._newest: dict[str, int] = {}
        for name, version in self._rows:
            self._newest[name] = max(version, self._newest.get(name, 0))

    def get(self, codebook_id: str, version: int) -> Codebook | None:
        """Return a codebook in just that version, or None."""
        key = (codebook_id, version)
        if key not in self._parsed and key in self._rows:
            self._parsed[key] = None
            with suppress(DatabaseDamaged):  # `reader doctor` finds it
                self._parsed[key] = self._parse(codebook_id, *self._rows[key])
        return self._parsed.get(key)

    def newest(self, codebook_id: str) -> Codebook | None:
        """Return the newest version of a codebook, or None."""
        return self.get(codebook_id, self._newest.get(codebook_id, 0))


class Codebooks:
    """The codebooks that have been used in one library."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def used(self) -> list[Codebook]:
        """Return every used codebook version, by id and version.

        Raises:
            DatabaseDamaged: One of them cannot be read.
        """
        rows = self._connection.execute(
            "SELECT id, sha256, source FROM codebook ORDER BY id, version"
        )
        return [self._codebook(*row) for row in rows]

    def kept(self) -> Kept:
        """Return every used codebook version, to be looked up."""
        rows = self._connection.execute("SELECT id, version, sha256, source FROM codebook")
        return Kept(rows, self._codebook)

    def newest(self) -> list[Codebook]:
        """Return the newest used version of every codebook, by id."""
        rows = self._connection.execute(
            "SELECT id, sha256, source, max(version) FROM codebook GROUP BY id ORDER BY id"
        )
        return [self._codebook(*row[:3]) for row in rows]

    def get(self, codebook_id: str, version: int | None = None) -> Codebook | None:
        """Return a used codebook: that version, or the newest."""
        row = self._connection.execute(
            "SELECT id, sha256, source FROM codebook WHERE id = ?1 AND (?2 IS NULL OR version = ?2)"
            " ORDER BY version DESC LIMIT 1",
            (codebook_id, version),
        ).fetchone()
        return self._codebook(*row) if row else None

    def was_given(self, codebook_id: str, facet: str, code: str) -> bool:
        """Return whether a version that was used has a tag."""
        row = self._connection.execute(
            "SELECT 1 FROM tag WHERE codebook = ? AND facet = ? AND code = ? LIMIT 1",
            (codebook_id, facet, code),
        ).fetchone()
        return row is not None

    def is_given(self, judgement_uid: str) -> bool:
        """Return whether a judgement is live."""
        row = self._connection.execute(
            "SELECT 1 FROM judgement WHERE uid = ? AND deleted_at IS NULL", (judgement_uid,)
        ).fetchone()
        return row is not None

    def given(self, codebook_id: str, facet: str, codes: Sequence[str]) -> list[Given]:
        """Return all annotators' judgements that give one of some tags, of whatever version.

        Those on deleted highlights too; not those that were taken off.
        """
        rows = self._connection.execute(
            f"SELECT {_GIVEN} FROM judgement LEFT JOIN highlight ON highlight.uid = highlight_uid"  # noqa: S608 - own names
            " LEFT JOIN article_version ON article_version.uid = version_uid"
            " WHERE judgement.deleted_at IS NULL AND codebook = ? AND facet = ?"
            " AND code IN (SELECT value FROM json_each(?)) ORDER BY judgement.id",
            (codebook_id, facet, json.dumps(list(codes))),
        )
        return [_given(row) for row in rows]

    def _codebook(self, codebook_id: str, sha256: str, source: str) -> Codebook:
        """Return a used codebook; the default one, which most people use, need not be parsed."""
        if codebook_id == assets.DEFAULT_CODEBOOK:
            built_in = assets.load_builtin(codebook_id)
            if (built_in.sha256, built_in.source) == (sha256, source):
                return built_in
        with decoded(self._path):
            book = parse_codebook(source, codebook_id)
            if book.sha256 != sha256:
                raise ValueError(f"codebook {codebook_id} is not the one that was used")
            return book


_RATED = ("attribution_uid", "source_uid", "relation_uid")
_GIVEN = (
    "highlight_uid, judgement.article_uid, judgement.annotator_uid, article_version.article_uid,"
    f" highlight.deleted_at, {', '.join(_RATED)}, judgement.uid, codebook, codebook_version, facet,"
    " code, confidence, likelihood, reason, judgement.rev, because"
)


def _given(row: tuple[Any, ...]) -> Given:
    highlight, article, annotator, its_article, deleted_at, *more = row
    rated, (*fields, because) = more[: len(_RATED)], more[len(_RATED) :]
    judgement = replace(Judgement(*fields), because=tuple(json.loads(because or "[]")))
    if highlight is not None:
        target = {"highlight_uid": highlight}
        return Given(judgement, target, highlight, its_article, deleted_at is None)
    from reader.domain.overall import overall_uid  # late: this module is there at each start
    from reader.domain.rating import rating_uid

    for name, uid in zip(_RATED, rated, strict=True):
        if uid is not None:
            target = {name: uid, "annotator_uid": annotator}
            return Given(judgement, target, rating_uid(uid, annotator), "", live=True)
    target = {"article_uid": article, "annotator_uid": annotator}
    target_uid = overall_uid(article, annotator)
    return Given(judgement, target, target_uid, article, live=True)
