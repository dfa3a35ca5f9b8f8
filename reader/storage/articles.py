"""Articles, their frozen versions, and where each annotator is in them."""

from __future__ import annotations

import sqlite3
from codecs import getincrementaldecoder
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.domain.article import Article, Metadata, Version
from reader.domain.blocks import BlockTable
from reader.domain.late import Late
from reader.domain.records import dataclass
from reader.domain.text import REPLACEMENT, LongText, Role
from reader.storage.connection import decoded, worded

if TYPE_CHECKING:
    import json

    from reader.domain.content import CaptureDetails
else:
    json = Late("json")

_ARTICLE = (
    "article.uid, title, byline, outlet, url, published_at, language, article_version.uid,"
    " article.created_at, archived_at, status"
)
LONG = 400_000
"""Code points from which on a text is read in part at first: to read a book takes 5 ms a MB."""
AROUND = 65_536
"""Code points that are read to either side of a place then: some screens and their chunks."""
_PIECE = 262_144
CURRENT = (
    "coalesce(article.version_uid, (SELECT newest.uid FROM article_version AS newest"
    " WHERE newest.article_uid = article.uid ORDER BY captured_at DESC, newest.uid DESC LIMIT 1))"
)
"""SQL for the uid of an article's current version; an older program did not write which it is."""

_FROM = (
    f" FROM article JOIN article_version ON article_version.uid = {CURRENT}"
    " WHERE article.deleted_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an annotator is in an article.

    Attributes:
        offset: The statement under the cursor begins here.
        furthest: The furthest code point read.
        ms_spent: Time with the article open, ms.
        last_at: When it was last read, ISO 8601, or an empty string.
    """

    offset: int = 0
    furthest: int = 0
    ms_spent: int = 0
    last_at: str = ""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of an article as a list shows it.

    Attributes:
        uid: The version's uid.
        sha256: Of its text.
        captured_at: UTC, ISO 8601.
        origin: Path or URL.
        media_type: Such as ``text/plain``.
        characters: Code points of its text.
        extractor: What made the text, with its version, such as ``plain/1``.
        current: Whether it is the one that is read and marked now.
    """

    uid: str
    sha256: str
    captured_at: str
    origin: str
    media_type: str
    characters: int
    extractor: str
    current: bool = False


class Articles:
    """The articles of one library."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def get(self, uid: str) -> Article | None:
        """Return an article by its uid, or None."""
        return self._one("article.uid = ?", uid)

    def with_prefix(self, prefix: str) -> list[Article]:
        """Return the articles whose uid begins like that (two at most are enough to know)."""
        return self._some("substr(article.uid, 1, length(?1)) = ?1", prefix, "LIMIT 2")

    def with_sha256(self, sha256: str) -> Article | None:
        """Return the article of which a version has that text, or None."""
        return self._one(
            "article.uid IN (SELECT article_uid FROM article_version WHERE sha256 = ?)", sha256
        )

    def versions(self, article_uid: str) -> list[VersionRow]:
        """Return the versions of an article, in the order in which they were captured."""
        with worded(self._path):
            rows = self._connection.execute(
                f"SELECT article_version.uid, sha256, captured_at, origin, media_type, characters,"  # noqa: S608 - own names
                f" extractor, article_version.uid = {CURRENT} FROM article_version"
                " JOIN article ON article.uid = article_uid WHERE article.uid = ?"
                " ORDER BY captured_at, article_version.id",
                (article_uid,),
            )
            return [replace(VersionRow(*row), current=bool(row[7])) for row in rows]

    def is_current(self, version_uid: str) -> bool:
        """Return whether a version is the current one of its article."""
        with worded(self._path):
            row = self._connection.execute(
                f"SELECT version.uid = {CURRENT} FROM article_version AS version JOIN article"  # noqa: S608 - own names
                " ON article.uid = version.article_uid WHERE version.uid = ?",
                (version_uid,),
            ).fetchone()
        return bool(row and row[0])

    def has_version(self, uid: str) -> bool:
        """Return whether a capture of that uid is there."""
        query = "SELECT 1 FROM article_version WHERE uid = ?"
        return self._connection.execute(query, (uid,)).fetchone() is not None

    def version_with_sha256(self, sha256: str) -> str | None:
        """Return the uid of the capture that has that text, or None."""
        with worded(self._path):
            row = self._connection.execute(
                "SELECT uid FROM article_version WHERE sha256 = ? ORDER BY id", (sha256,)
            ).fetchone()
        return row[0] if row else None

    def with_title(self, title: str) -> list[Article]:
        """Return the articles of that title, newest first."""
        return self._some("title = ?1", title, "ORDER BY article.id DESC")

    def with_origin(self, origin: str) -> list[Article]:
        """Return the articles captured from a path or URL, newest first."""
        return self._some(
            "article.uid IN (SELECT article_uid FROM article_version WHERE origin = ?1)"
            " OR url = ?1",
            origin,
            "ORDER BY article.id DESC",
        )

    def capture_of(self, origin: str) -> tuple[Article, int, str, bool] | None:
        """Return what was captured from a path last.

        Returns:
            The article, the bytes of the file then, when that was, and whether it is the article's
            current version: an undo may have brought back an earlier one.
        """
        with worded(self._path):
            row = self._connection.execute(
                "SELECT article_uid, raw_bytes, captured_at, uid FROM article_version"
                " WHERE origin = ? ORDER BY id DESC LIMIT 1",
                (origin,),
            ).fetchone()
        article = self.get(row[0]) if row else None
        return (article, row[1], row[2], row[3] == article.version_uid) if article else None

    def _one(self, where: str, value: str) -> Article | None:
        return next(iter(self._some(where, value)), None)

    def _some(self, where: str, value: str, tail: str = "") -> list[Article]:
        with worded(self._path):
            rows = self._connection.execute(
                f"SELECT {_ARTICLE} {_FROM} AND ({where}) {tail}",
                (value,),
            )
            return [_article(row) for row in rows]

    def version(
        self, uid: str, near: int | None = None, read: Callable[[], str] | None = None
    ) -> Version | None:
        """Load a capture with its text and blocks.

        Args:
            uid: Its uid.
            near: A place in it: of a long text only what is around it is read.
            read: Gives all of the text when more is asked for; see :meth:`whole_text`.
        """
        with worded(self._path):
            row = self._connection.execute(
                "SELECT uid, article_uid, sha256, characters, blocks, origin, media_type,"
                " captured_at, warnings, id FROM article_version WHERE uid = ?",
                (uid,),
            ).fetchone()
            if row is None:
                return None
            if near is None or read is None or row[3] <= LONG:
                content: str | LongText = self._text(uid)
            else:
                content = self._long_text(row[9], row[3], near, read)
            roles = self._connection.execute(
                "SELECT start, role FROM block WHERE version_uid = ? AND deleted_at IS NULL",
                (uid,),
            ).fetchall()
        with decoded(self._path):
            return _version(row, content, roles)

    def _text(self, uid: str) -> str:
        query = "SELECT text FROM article_version WHERE uid = ?"
        text: str = self._connection.execute(query, (uid,)).fetchone()[0]
        return text

    def _long_text(
        self, rowid: int, characters: int, near: int, read: Callable[[], str]
    ) -> LongText:
        from reader.storage.glance import part_of_text  # late: most texts are no books

        start, end = max(0, near - AROUND), min(characters, near + AROUND)
        part = part_of_text(self._connection, rowid, characters, start, end)
        return LongText(characters, start, part, read)

    def first_words(self, version_uid: str) -> str:
        """Return the beginning of a text, a few hundred characters."""
        query = "SELECT id FROM article_version WHERE uid = ?"
        with worded(self._path), decoded(self._path):
            (rowid,) = self._connection.execute(query, (version_uid,)).fetchone()
            with self._connection.blobopen("article_version", "text", rowid, readonly=True) as text:
                return text.read(1_000).decode("utf-8", "ignore")

    def whole_text(self, version_uid: str) -> str:
        """Return all of a long text, piece by piece: other threads have their turns meanwhile.

        Bytes that are no UTF-8 become replacement characters. They are found out with the text's
        hash, as all other damage is.

        Raises:
            StorageError: It cannot be read.
        """
        query = "SELECT CAST(text AS BLOB), characters FROM article_version WHERE uid = ?"
        with worded(self._path), decoded(self._path):
            raw, characters = self._connection.execute(query, (version_uid,)).fetchone()
        decode = getincrementaldecoder("utf-8")("replace").decode
        pieces = [decode(raw[at : at + _PIECE]) for at in range(0, len(raw), _PIECE)]
        text = "".join((*pieces, decode(b"", True)))
        return text if len(text) == characters else text.ljust(characters, REPLACEMENT)[:characters]

    def details(self, version_uid: str) -> CaptureDetails:
        """Return what is known of a capture besides its text: pages, quality, final URL.

        Raises:
            StorageError: It cannot be read.
        """
        from reader.storage.captures import read_details  # late: no first screen needs it

        return read_details(self._connection, self._path, version_uid)

    def role(self, block_uid: str) -> Role | None:
        """Return the role that a block was given, or None if it is as captured."""
        row = self._connection.execute(
            "SELECT role FROM block WHERE uid = ? AND deleted_at IS NULL", (block_uid,)
        ).fetchone()
        return Role(row[0]) if row else None

    def in_order(self) -> list[str]:
        """Return the uids of all articles, oldest first: the numbers of a list start at 1."""
        rows = self._connection.execute(
            "SELECT uid FROM article WHERE deleted_at IS NULL ORDER BY id"
        )
        return [uid for (uid,) in rows]

    # ------------------------------------------------------------------ places

    def place(self, article_uid: str, annotator_uid: str) -> Place:
        """Return where an annotator is in an article."""
        row = self._connection.execute(
            "SELECT offset, furthest, ms_spent, last_at FROM reading"
            " WHERE article_uid = ? AND annotator_uid = ?",
            (article_uid, annotator_uid),
        ).fetchone()
        return Place(*row) if row else Place()

    def keep_place(self, article_uid: str, annotator_uid: str, place: Place) -> None:
        """Remember where an annotator is. Local: no operation, never exchanged."""
        with worded(self._path):
            self._connection.execute(
                "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (article_uid, annotator_uid) DO UPDATE SET offset = excluded.offset,"
                " furthest = max(furthest, excluded.furthest), ms_spent = excluded.ms_spent,"
                " last_at = excluded.last_at",
                (
                    article_uid,
                    annotator_uid,
                    place.offset,
                    place.furthest,
                    place.ms_spent,
                    place.last_at,
                ),
            )

    def begun_notes(self, annotator_uid: str, version_uid: str) -> list[tuple[int, int]]:
        """Return start and end of the stretches on which notes were being typed, in order.

        That of the note on the article as a whole is offered with its details.
        """
        return self._connection.execute(
            'SELECT DISTINCT start, "end" FROM draft WHERE annotator_uid = ? AND version_uid = ?'
            " AND \"end\" > start AND kind = 'note' ORDER BY start",
            (annotator_uid, version_uid),
        ).fetchall()


def _article(row: tuple[Any, ...]) -> Article:
    return Article(row[0], Metadata(*row[1:7]), *row[7:11])


def _version(
    row: tuple[Any, ...], content: str | LongText, roles: list[tuple[int, str]]
) -> Version:
    """Return a capture from its row.

    Raises:
        ValueError: The row is damaged.
    """
    blocks = BlockTable.unpack(row[4])
    if not blocks.fits(len(content)):
        raise ValueError("paragraphs outside the text")
    return Version(
        uid=row[0],
        article_uid=row[1],
        sha256=row[2],
        content=content,
        blocks=blocks,
        roles={start: Role(role) for start, role in roles},
        origin=row[5],
        media_type=row[6],
        captured_at=row[7],
        warnings=() if row[8] == "[]" else tuple(json.loads(row[8])),
    )
