"""What the first screen of an article shows, read with nothing but sqlite3 and a few queries.

The library itself is opened a moment later. Whatever is not as usual is left to it: a glance that
fails shows nothing, and says nothing.
"""

from __future__ import annotations

import _sqlite3 as sqlite3  # without what converts dates: that would take as long as all queries
import os
from time import gmtime, strftime

from reader.domain.blocks import BlockTable
from reader.domain.document import Document
from reader.domain.text import Role

LONGEST = 120_000
"""Code points of text that are looked at at most; a longer paragraph waits for the library."""


_FATES = {"check": "¿", "reworded": "≈", "moved": "→"}
"""Signs beside what somebody has to look at since the page has changed."""


NEAR = """
SELECT uid FROM highlight
WHERE version_uid = ?1 AND start > ?3 - 2000 AND start < ?4 AND "end" > ?3
UNION ALL
SELECT uid FROM highlight
WHERE version_uid = ?1 AND start <= ?3 - 2000 AND "end" > ?3 AND "end" - start > 2000
"""
"""SQL for the uids of a version's (?1) highlights that touch a stretch (?3, ?4).

Those of more than 2,000 code points have an index of their own: the others are looked for no
further back than that, and not from the beginning of the text.
"""


_MARKS = (
    'SELECT highlight.uid, start, "end", extra_spans, flag, note, fate, symbol FROM highlight'  # noqa: S608 - own names
    " LEFT JOIN judgement ON highlight_uid = highlight.uid AND judgement.deleted_at IS NULL"
    " LEFT JOIN tag ON tag.codebook = judgement.codebook"
    " AND tag.codebook_version = judgement.codebook_version"
    " AND tag.facet = judgement.facet AND tag.code = judgement.code"
    f" WHERE highlight.uid IN ({NEAR}) AND highlight.annotator_uid = ?2"
    " AND highlight.deleted_at IS NULL"
    ' ORDER BY start, "end", highlight.uid, judgement.codebook <> ?5 OR judgement.facet <> ?6,'
    " judgement.codebook, judgement.facet, judgement.code"
)
"""SQL for an annotator's (?2) highlights that touch a stretch, a row for each tag that one has."""


class Wanted:
    """What to look for.

    Attributes:
        library: Path of the library's file.
        file: Absolute path of the file that the article was added from.
        annotator: Handle of who annotates.
        codebook: Id of the codebook whose tags come first.
        facet: Id of its facet, or empty if that is not known.
        screen: Code points that a screen holds at most.
    """

    __slots__ = ("annotator", "codebook", "facet", "file", "library", "screen")

    def __init__(
        self, library: str, file: str, annotator: str, codebook: str, facet: str, screen: int
    ) -> None:
        self.library = library
        self.file = file
        self.annotator = annotator
        self.codebook = codebook
        self.facet = facet
        self.screen = screen


class Glance:
    """The part of an article around where an annotator left off; offsets count from its start.

    Attributes:
        document: That part of the text.
        place: Where the annotator left off.
        begins: Whether the part is the beginning of the text.
        marks: Spans and signs of the highlights that touch it, in document order.
    """

    __slots__ = ("begins", "document", "marks", "place")

    def __init__(
        self, document: Document, place: int, marks: list[tuple[int, int, list[str]]], begins: bool
    ) -> None:
        self.document = document
        self.place = place
        self.marks = marks
        self.begins = begins


def glance(wanted: Wanted) -> Glance | None:
    """Return what is around the annotator's place in an article, or None if it is not that easy."""
    if not os.path.isfile(wanted.library):
        return None
    try:
        connection = _connect(wanted.library)
        try:
            connection.execute("BEGIN")  # one state of the library
            return _look(connection, wanted)
        finally:
            connection.close()
    except (sqlite3.Error, ValueError, OSError, UnicodeError):
        return None


def _connect(path: str) -> sqlite3.Connection:
    name = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{name}?mode=ro", uri=True, timeout=0, isolation_level=None)


def _look(connection: sqlite3.Connection, wanted: Wanted) -> Glance | None:
    found = connection.execute(
        "SELECT version.id, version.uid, article.uid, raw_bytes, captured_at, characters, blocks,"
        " coalesce(article.version_uid, (SELECT newest.uid FROM article_version AS newest"
        " WHERE newest.article_uid = article.uid"
        " ORDER BY captured_at DESC, newest.uid DESC LIMIT 1))"
        " FROM article_version AS version JOIN article ON article.uid = version.article_uid"
        " WHERE origin = ? AND article.deleted_at IS NULL ORDER BY version.id DESC LIMIT 1",
        (wanted.file,),
    ).fetchone()
    if found is None or found[1] != found[7] or _has_changed(wanted.file, found[3], found[4]):
        return None
    rowid, version, article, _, _, characters, packed, _ = found
    annotator = connection.execute(
        "SELECT uid, joined_into FROM annotator WHERE handle = ? AND deleted_at IS NULL"
        " ORDER BY joined_into IS NOT NULL, id",
        (wanted.annotator,),
    ).fetchone()
    me, joined = annotator or ("", None)
    if joined:
        return None
    place = connection.execute(
        "SELECT offset FROM reading WHERE article_uid = ? AND annotator_uid = ?", (article, me)
    ).fetchone()
    at = place[0] if place else 0
    blocks = BlockTable.unpack(packed)
    start, end = _window(blocks, characters, at, wanted.screen)
    if end - start > LONGEST:
        return None
    text = part_of_text(connection, rowid, characters, start, end)
    roles = connection.execute(
        "SELECT start - ?2, role FROM block WHERE version_uid = ?1 AND deleted_at IS NULL"
        " AND start >= ?2 AND start < ?3",
        (version, start, end),
    )
    changed = {begin: Role(role) for begin, role in roles}
    document = Document(text, blocks.part(start, end), changed, chunk_size=1)
    marks = _marks(connection, wanted, (version, me, start, end))
    return None if marks is None else Glance(document, at - start, marks, begins=not start)


def _has_changed(file: str, size: int, captured_at: str) -> bool:
    """Whether the file is not as it was when it was captured, or may not be."""
    stat = os.stat(file)
    seconds, rest = divmod(stat.st_mtime_ns, 10**9)
    written = f"{strftime('%Y-%m-%dT%H:%M:%S', gmtime(seconds))}.{rest // 10**6:03d}Z"
    return stat.st_size != size or written >= captured_at


def _window(blocks: BlockTable, characters: int, at: int, screen: int) -> tuple[int, int]:
    """Return the stretch of whole blocks that reaches two screens to either side of a place."""
    first = blocks.at(at - 2 * screen)
    last = blocks.first_from(at + 2 * screen)
    start = blocks[first].start if first > 0 else 0
    return start, blocks[last].start if last < len(blocks) else characters


def part_of_text(
    connection: sqlite3.Connection, rowid: int, characters: int, start: int, end: int
) -> str:
    """Return a part of a text, without reading the rest where that can be known to be it.

    Args:
        connection: To the library.
        rowid: Row of the capture.
        characters: Code points of the text.
        start: First code point of the part.
        end: One past its last.
    """
    with connection.blobopen("article_version", "text", rowid, readonly=True) as text:
        if len(text) == characters:  # one byte each: offsets are those of the bytes
            text.seek(start)
            return text.read(end - start).decode("ascii")
        if not start:
            return text.read(4 * end).decode("utf-8", "ignore")[:end]
    part: str = connection.execute(
        "SELECT substr(text, ?, ?) FROM article_version WHERE id = ?",
        (start + 1, end - start, rowid),
    ).fetchone()[0]
    return part


def _marks(
    connection: sqlite3.Connection, wanted: Wanted, where: tuple[str, str, int, int]
) -> list[tuple[int, int, list[str]]] | None:
    """Return spans and signs of an annotator's highlights; None if they are not that simple."""
    start = where[2]
    found: dict[str, tuple[int, int, list[str], str, bool]] = {}
    for uid, begin, end, extra, flag, note, fate, tag in connection.execute(
        _MARKS, (*where, wanted.codebook, wanted.facet)
    ):
        others = _FATES.get(fate, "") + "⚑" * bool(flag)
        tags = found.setdefault(uid, (begin - start, end - start, [], others, bool(note)))[2]
        if extra != "[]" or (tags and not wanted.facet):
            return None  # it is in pieces, or nobody knows which tag comes first
        if tag:
            tags.append(tag)
    return [
        (begin, end, [*tags, *others] or ["·"] if tags or not note else [*others, "¶"])
        for begin, end, tags, others, note in found.values()
    ]
