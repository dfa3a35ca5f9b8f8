"""Works out what gives what one annotator said, made and owns to another one."""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.operation import Change, now
from reader.domain.overall import overall_uid
from reader.domain.rating import rating_uid
from reader.storage.merging import said
from reader.storage.merging.past import Past, Row

_RATED = ("attribution_uid", "source_uid", "relation_uid")
"""What a judgement of one annotator may stand on, besides an article."""

_OWNED = {"relation": "relation_uid", "suggestion": "suggestion_uid"}


class Owners:
    """Works out changes from the state and the log.

    Args:
        past: Both.
    """

    def __init__(self, past: Past) -> None:
        self._past = past

    def overall(
        self, other: str, into: str, where: str = ""
    ) -> Iterator[tuple[str, list[Change], list[str]]]:
        """Yield what carries an annotator's notes and verdicts on articles over to another one.

        Yields:
            The article, the changes, and the uids of all that they were worked out from.
        """
        for table in ("article_note", "judgement"):
            for row in self._past.rows(
                f"SELECT * FROM {table} WHERE annotator_uid = ? AND article_uid IS NOT NULL"  # noqa: S608 - own names
                f"{where} ORDER BY uid",
                other,
            ):
                if self._is_carried(table, row):
                    continue
                carry = self._article_note if table == "article_note" else self._verdict
                changes = list(carry(row, into))
                gone = Change(table, row["uid"], {"deleted_at": now()}, _gone(table, row))
                involved = [row["uid"], *(change.uid for change in changes)]
                yield row["article_uid"], [*changes, gone], involved

    def ratings(
        self, other: str, into: str, where: str = ""
    ) -> Iterator[tuple[str | None, list[Change], list[str]]]:
        """Yield what carries an annotator's judgements on sources and so on over to another one.

        Yields:
            The article or None, the changes, and the uids of all that they were worked out from.
        """
        for row in self._past.rows(
            f"SELECT * FROM judgement WHERE annotator_uid = ? AND article_uid IS NULL{where}"  # noqa: S608 - own names
            " ORDER BY uid",
            other,
        ):
            if self._is_carried("judgement", row):
                continue
            on = next(name for name in _RATED if row[name])
            place = {on: row[on], "annotator_uid": into}
            old, new = rating_uid(row[on], other), rating_uid(row[on], into)
            also = [rating_uid(row[on], one) for one in self._are(into)]
            changes = list(said.judgement(self._past, row, old, new, place, also))
            gone = Change("judgement", row["uid"], {"deleted_at": now()}, _gone("judgement", row))
            involved = [row["uid"], *(change.uid for change in changes)]
            yield self._article_of(on, row[on]), [*changes, gone], involved

    def owned(
        self, other: str, into: str, where: str = ""
    ) -> Iterator[tuple[str | None, list[Change], list[str]]]:
        """Yield what gives an annotator's relations, evidence and suggestions to another one.

        Yields:
            The article or None, the change, and the uid of what it was worked out from.
        """
        for table in ("relation", "evidence", "suggestion"):
            for row in self._past.rows(
                f"SELECT * FROM {table} WHERE annotator_uid = ?{where} ORDER BY uid",  # noqa: S608 - own names
                other,
            ):
                change = Change(
                    table, row["uid"], {"annotator_uid": into}, {"annotator_uid": other}
                )
                article = self._article_of(_OWNED[table], row["uid"]) if table in _OWNED else None
                yield article, [change], [row["uid"]]

    def _is_carried(self, table: str, row: Row) -> bool:
        """Whether something has gone, and nothing was said of it that its carrying did not know."""
        if not row["deleted_at"]:
            return False
        removed = self._past.removed_by_joining(row["uid"])
        value = said.value_of(row) if table == "judgement" else None
        if value and removed is not None and removed.get("value", value) != value:
            return False
        return not self._past.late_since(row["uid"])

    def _article_of(self, on: str, uid: str) -> str | None:
        """Return the article that an attribution or relation is in, or a suggestion; or None."""
        version = {
            "attribution_uid": "SELECT version_uid FROM highlight WHERE uid ="
            " (SELECT highlight_uid FROM attribution WHERE uid = ?)",
            "relation_uid": "SELECT version_uid FROM highlight WHERE uid ="
            " (SELECT from_uid FROM relation WHERE uid = ?)",
            "suggestion_uid": "SELECT version_uid FROM suggestion WHERE uid = ?",
        }.get(on)
        if version is None:
            return None
        place = self._past.row(version, uid)
        query = "SELECT article_uid FROM article_version WHERE uid = ?"
        row = self._past.row(query, place["version_uid"]) if place else None
        return row["article_uid"] if row else None

    def _article_note(self, row: Row, into: str) -> Iterator[Change]:
        uid = overall_uid(row["article_uid"], into)
        there = self._past.row("SELECT * FROM article_note WHERE uid = ?", uid)
        if there is None or there["deleted_at"]:
            fields = {"article_uid": row["article_uid"], "annotator_uid": into}
            yield Change("article_note", uid, {**fields, "note": row["note"]})
        elif (note := said.both_notes(there["note"], row["note"])) != there["note"]:
            yield Change("article_note", uid, {"note": note}, {"note": there["note"]})

    def _verdict(self, row: Row, into: str) -> Iterator[Change]:
        article = row["article_uid"]
        place = {"article_uid": article, "annotator_uid": into}
        target = overall_uid(article, row["annotator_uid"])
        also = [overall_uid(article, one) for one in self._are(into)]
        return said.judgement(self._past, row, target, overall_uid(article, into), place, also)

    def _are(self, into: str) -> list[str]:
        """Return the annotators who turned out to be one."""
        rows = self._past.rows("SELECT uid FROM annotator WHERE joined_into = ? ORDER BY uid", into)
        return [row["uid"] for row in rows]


def _gone(table: str, row: Row) -> Row:
    """Return what an entity that goes had before."""
    before = {"deleted_at": row["deleted_at"]}
    if table == "judgement":
        before["value"] = said.value_of(row)
    elif not row["deleted_at"]:
        before["note"] = row["note"]
    return before
