"""Works out the changes that carry what was said of one thing over to another.

Used where two highlights, or two annotators, turn out to be one; see `joining` beside this.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from reader.domain.attributed import attribution_uid
from reader.domain.evidence import link_uid
from reader.domain.highlight import judgement_uid
from reader.domain.operation import Change, now
from reader.domain.overall import overall_uid
from reader.domain.rating import rating_uid
from reader.storage.merging import attributing, relating

JOINS = ("join", "annotators")
"""Kinds of group that join: after a merge, and when two annotators are said to be one."""

Row = dict[str, Any]

_ON_HIGHLIGHTS = """
    WITH highlights(uid) AS (SELECT value FROM json_each(?1)),
        attributions(uid) AS (SELECT uid FROM attribution WHERE highlight_uid IN highlights)
    SELECT uid FROM judgement WHERE highlight_uid IN highlights
    UNION ALL SELECT uid FROM attributions
    UNION ALL SELECT uid FROM judgement WHERE attribution_uid IN attributions
    UNION ALL SELECT uid FROM evidence_link WHERE highlight_uid IN highlights
    UNION ALL SELECT uid FROM relation WHERE from_uid IN highlights
    UNION ALL SELECT uid FROM relation WHERE to_uid IN highlights
"""
"""The uids of all that was ever said on some highlights, the list of which is the first value."""

_RATED = ("attribution_uid", "source_uid", "relation_uid")
"""What a judgement of one annotator may stand on, besides an article."""

_OWNED = {"relation": "relation_uid", "suggestion": "suggestion_uid"}

_VALUE = ("codebook_version", "code", "confidence", "likelihood", "reason")


class Carrying:
    """Works out changes from the state and the log.

    Args:
        connection: A connection to the library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def highlight(self, keep: str, other: str, since: str = "") -> list[Change]:
        """Return what joins a highlight into another one.

        Args:
            keep: The one that stays.
            other: The one that goes.
            since: If it has gone already, the clock of when: what was said of it later is carried.
        """
        (kept,) = self._rows("SELECT * FROM highlight WHERE uid = ?", keep)
        (gone,) = self._rows("SELECT * FROM highlight WHERE uid = ?", other)
        changes = list(self._fields(kept, gone, self._touched(other, since)))
        for judgement in self._rows(
            "SELECT * FROM judgement WHERE highlight_uid = ? ORDER BY uid", other
        ):
            live = not judgement["deleted_at"]
            if self._last(judgement["uid"]) > since if since else live:
                place = {"highlight_uid": keep}
                changes += self._judgement(judgement, other, keep, place, live=live)
        changes += self._attribution(keep, other, since)
        changes += self._beside(keep, other, since)
        before = {"deleted_at": gone["deleted_at"]}
        return [*changes, Change("highlight", other, {"deleted_at": now()}, before)]

    def _attribution(self, keep: str, other: str, since: str) -> Iterator[Change]:
        """Yield what carries who said it over, with what was judged of that."""
        gone = self._row("SELECT * FROM attribution WHERE highlight_uid = ?", other)
        if gone is None:
            return
        uid = attribution_uid(keep)
        there = self._row("SELECT * FROM attribution WHERE uid = ?", uid)
        live = not gone["deleted_at"]
        made = False
        if self._last(gone["uid"]) > since if since else live:
            for change in attributing.carried(gone, keep, there, self._last, live=live):
                made = True
                yield change
        if there is None and not made:
            return
        for row in self._rows(
            "SELECT * FROM judgement WHERE attribution_uid = ? ORDER BY uid", gone["uid"]
        ):
            live = not row["deleted_at"]
            if self._last(row["uid"]) > since if since else live:
                who = row["annotator_uid"]
                place = {"attribution_uid": uid, "annotator_uid": who}
                old, new = rating_uid(gone["uid"], who), rating_uid(uid, who)
                yield from self._judgement(row, old, new, place, live=live)

    def _beside(self, keep: str, other: str, since: str) -> Iterator[Change]:
        """Yield what carries relations and evidence over."""
        for row in self._rows(
            "SELECT * FROM relation WHERE ? IN (from_uid, to_uid) AND deleted_at IS NULL"
            " ORDER BY uid",
            other,
        ):
            yield relating.relation(row, keep, other)
        for row in self._rows(
            "SELECT * FROM evidence_link WHERE highlight_uid = ? ORDER BY uid", other
        ):
            if self._last(row["uid"]) > since if since else not row["deleted_at"]:
                query = "SELECT * FROM evidence_link WHERE uid = ?"
                there = self._row(query, link_uid(row["evidence_uid"], keep))
                yield from relating.link(row, keep, there, self._last)

    def _fields(self, kept: Row, gone: Row, touched: set[str] | None) -> Iterator[Change]:
        """Yield the change of the fields of a highlight; ``touched`` None is all of them."""
        patch: Row = {}
        if touched is None or "note" in touched:
            patch["note"] = both_notes(kept["note"], gone["note"])
        if touched is None:
            patch["flag"] = bool(kept["flag"] or gone["flag"])
            patch["implicit"] = bool(kept["implicit"] and gone["implicit"])
        elif "flag" in touched:
            patch["flag"] = bool(gone["flag"])
        patch = {name: value for name, value in patch.items() if value != kept[name]}
        if patch:
            before = {name: kept[name] if name == "note" else bool(kept[name]) for name in patch}
            yield Change("highlight", kept["uid"], patch, before)

    def back(self, highlight: str) -> Change:
        """Return what brings back a highlight that was joined into one that has gone."""
        (row,) = self._rows("SELECT deleted_at FROM highlight WHERE uid = ?", highlight)
        return Change("highlight", highlight, {"deleted_at": None}, row)

    def of_highlights(self, *uids: str) -> list[str]:
        """Return the uids of highlights and of all that was ever said on them."""
        rows = self._rows(_ON_HIGHLIGHTS, json.dumps(uids))
        return [*uids, *(row["uid"] for row in rows)]

    # ------------------------------------------------------------------ judgements

    def _judgement(
        self, old: Row, target: str, new_target: str, place: Row, *, live: bool
    ) -> Iterator[Change]:
        """Yield what makes a judgement stand on another target, if it is the later one there.

        Args:
            old: Its row.
            target: What its uid is derived from.
            new_target: What the uid of the new one is derived from.
            place: The fields that say where the new one stands.
            live: False if it was taken off, and the new one is to be taken off as well.
        """
        codebook, facet, code = old["codebook"], old["facet"], old["code"]
        takes_many = old["uid"] != judgement_uid(target, codebook, facet, None)
        uid = judgement_uid(new_target, codebook, facet, code if takes_many else None)
        there = self._row("SELECT * FROM judgement WHERE uid = ?", uid)
        value = _value(old)
        if there is None or there["deleted_at"]:
            if live:
                fields = {**place, "codebook": codebook, "facet": facet, "value": value}
                yield Change("judgement", uid, fields)
            return
        present = _value(there)
        if self._last(old["uid"]) < self._last(uid):
            return
        if not live:
            before = {"deleted_at": None, "value": present}
            yield Change("judgement", uid, {"deleted_at": now()}, before)
        elif value != present:
            yield Change("judgement", uid, {"value": value}, {"value": present})

    # ------------------------------------------------------------------ articles as a whole

    def overall(
        self, other: str, into: str, where: str = ""
    ) -> Iterator[tuple[str, list[Change], list[str]]]:
        """Yield what carries an annotator's notes and verdicts on articles over to another one.

        Yields:
            The article, the changes, and the uids of all that they were worked out from.
        """
        for table in ("article_note", "judgement"):
            for row in self._rows(
                f"SELECT * FROM {table} WHERE annotator_uid = ? AND article_uid IS NOT NULL"  # noqa: S608
                f"{where} ORDER BY uid",
                other,
            ):
                if row["deleted_at"] and not self.late_since(row["uid"]):
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
        for row in self._rows(
            f"SELECT * FROM judgement WHERE annotator_uid = ? AND article_uid IS NULL{where}"  # noqa: S608
            " ORDER BY uid",
            other,
        ):
            if row["deleted_at"] and not self.late_since(row["uid"]):
                continue
            on = next(name for name in _RATED if row[name])
            place = {on: row[on], "annotator_uid": into}
            old, new = rating_uid(row[on], other), rating_uid(row[on], into)
            changes = list(self._judgement(row, old, new, place, live=True))
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
            for row in self._rows(
                f"SELECT * FROM {table} WHERE annotator_uid = ?{where} ORDER BY uid",  # noqa: S608
                other,
            ):
                change = Change(
                    table, row["uid"], {"annotator_uid": into}, {"annotator_uid": other}
                )
                article = self._article_of(_OWNED[table], row["uid"]) if table in _OWNED else None
                yield article, [change], [row["uid"]]

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
        place = self._row(version, uid)
        query = "SELECT article_uid FROM article_version WHERE uid = ?"
        row = self._row(query, place["version_uid"]) if place else None
        return row["article_uid"] if row else None

    def _article_note(self, row: Row, into: str) -> Iterator[Change]:
        uid = overall_uid(row["article_uid"], into)
        there = self._row("SELECT * FROM article_note WHERE uid = ?", uid)
        if there is None or there["deleted_at"]:
            fields = {"article_uid": row["article_uid"], "annotator_uid": into}
            yield Change("article_note", uid, {**fields, "note": row["note"]})
        elif (note := both_notes(there["note"], row["note"])) != there["note"]:
            yield Change("article_note", uid, {"note": note}, {"note": there["note"]})

    def _verdict(self, row: Row, into: str) -> Iterator[Change]:
        article = row["article_uid"]
        place = {"article_uid": article, "annotator_uid": into}
        target = overall_uid(article, row["annotator_uid"])
        return self._judgement(row, target, overall_uid(article, into), place, live=True)

    # ------------------------------------------------------------------ the log

    def late_since(self, uid: str) -> str:
        """Return when an entity went by being joined, if something was said of it after that.

        Returns:
            The clock, or an empty string: it is there, went otherwise, or nothing came later.
        """
        since = self._gone_since(uid)
        if not since:
            return ""
        query = (
            "SELECT 1 AS found FROM op WHERE clock > ?2 AND kind NOT IN ('join', 'annotators')"
            " AND (entity_uid IN (SELECT value FROM json_each(?1)) OR entity_uid IN ({}))"
            " LIMIT 1"
        )
        late = self._row(query.format(_ON_HIGHLIGHTS), json.dumps([uid]), since)
        return since if late else ""

    def _gone_since(self, uid: str) -> str:
        """Return the clock of the operation by which an entity was joined into another."""
        last = self._row(
            "SELECT clock, group_uid, patch FROM op WHERE entity_uid = ?"
            " AND json_type(patch, '$.deleted_at') IS NOT NULL ORDER BY clock DESC, uid DESC"
            " LIMIT 1",
            uid,
        )
        if last is None or not json.loads(last["patch"])["deleted_at"]:
            return ""
        return str(last["clock"]) if self._joins(last["group_uid"]) else ""

    def _joins(self, group: str | None) -> bool:
        """Whether a group joins, or is the redoing of one that does."""
        while group is not None:
            row = self._row("SELECT kind, undoes FROM op WHERE group_uid = ? LIMIT 1", group)
            if row is None:
                return False
            if row["kind"] in JOINS:
                return True
            group = row["undoes"]
        return False

    def _touched(self, uid: str, since: str) -> set[str] | None:
        """Return the fields that were written after a clock; None stands for all."""
        if not since:
            return None
        rows = self._rows(
            "SELECT patch FROM op WHERE entity_uid = ? AND clock > ?"
            " AND kind NOT IN ('join', 'annotators')",
            uid,
            since,
        )
        return {name for row in rows for name in json.loads(row["patch"])}

    def _last(self, uid: str) -> str:
        """Return the clock of the newest operation on an entity."""
        row = self._row("SELECT max(clock) AS clock FROM op WHERE entity_uid = ?", uid)
        return str(row["clock"]) if row and row["clock"] else ""

    def _rows(self, query: str, *values: object) -> list[Row]:
        cursor = self._connection.execute(query, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _row(self, query: str, *values: object) -> Row | None:
        return next(iter(self._rows(query, *values)), None)


def _value(row: Row) -> Row:
    """Return what a judgement says, as operations hold it."""
    value = {name: row[name] for name in _VALUE}
    return {**value, "because": json.loads(row["because"])} if row["because"] else value


def _gone(table: str, row: Row) -> Row:
    """Return what an entity that goes had before."""
    before = {"deleted_at": row["deleted_at"]}
    if table == "judgement":
        before["value"] = _value(row)
    return before


def both_notes(first: str | None, second: str | None) -> str | None:
    """Return two notes as one: one below the other, unless one holds the other."""
    if not first or not second:
        return first or second
    if second in first:
        return first
    return second if first in second else f"{first}\n\n{second}"
