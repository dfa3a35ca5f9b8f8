"""Works out the changes that carry what was said of one highlight over to another.

Used where two highlights turn out to be one; see `joining` beside this, and `owners` for two
annotators who do.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.attributed import attribution_uid
from reader.domain.evidence import link_uid
from reader.domain.operation import Change, now
from reader.domain.rating import rating_uid
from reader.storage.merging import attributing, relating, said
from reader.storage.merging.past import Past, Row


class Carrying:
    """Works out changes from the state and the log.

    Args:
        past: Both.
    """

    def __init__(self, past: Past) -> None:
        self._past = past

    def highlight(self, keep: str, other: str, since: str = "") -> list[Change]:
        """Return what joins a highlight into another one.

        Args:
            keep: The one that stays.
            other: The one that goes.
            since: If it has gone already, the clock of when: what was said of it later is carried.
        """
        (kept,) = self._past.rows("SELECT * FROM highlight WHERE uid = ?", keep)
        (gone,) = self._past.rows("SELECT * FROM highlight WHERE uid = ?", other)
        changes = list(self._fields(kept, gone, self._past.touched(other, since)))
        for judgement in self._past.rows(
            "SELECT * FROM judgement WHERE highlight_uid = ? ORDER BY uid", other
        ):
            live = not judgement["deleted_at"]
            if self._past.last(judgement["uid"]) > since if since else live:
                place = {"highlight_uid": keep}
                changes += said.judgement(self._past, judgement, other, keep, place, live=live)
        changes += self._attribution(keep, other, since)
        changes += self._beside(keep, other, since)
        before = {"deleted_at": gone["deleted_at"]}
        return [*changes, Change("highlight", other, {"deleted_at": now()}, before)]

    def _attribution(self, keep: str, other: str, since: str) -> Iterator[Change]:
        """Yield what carries who said it over, with what was judged of that."""
        gone = self._past.row("SELECT * FROM attribution WHERE highlight_uid = ?", other)
        if gone is None:
            return
        uid = attribution_uid(keep)
        there = self._past.row("SELECT * FROM attribution WHERE uid = ?", uid)
        live = not gone["deleted_at"]
        made = False
        if self._past.last(gone["uid"]) > since if since else live:
            for change in attributing.carried(gone, keep, there, self._past.last, live=live):
                made = True
                yield change
        if there is None and not made:
            return
        for row in self._past.rows(
            "SELECT * FROM judgement WHERE attribution_uid = ? ORDER BY uid", gone["uid"]
        ):
            live = not row["deleted_at"]
            if self._past.last(row["uid"]) > since if since else live:
                who = row["annotator_uid"]
                place = {"attribution_uid": uid, "annotator_uid": who}
                old, new = rating_uid(gone["uid"], who), rating_uid(uid, who)
                yield from said.judgement(self._past, row, old, new, place, live=live)

    def _beside(self, keep: str, other: str, since: str) -> Iterator[Change]:
        """Yield what carries relations and evidence over."""
        for row in self._past.rows(
            "SELECT * FROM relation WHERE ? IN (from_uid, to_uid) AND deleted_at IS NULL"
            " ORDER BY uid",
            other,
        ):
            yield relating.relation(row, keep, other)
        for row in self._past.rows(
            "SELECT * FROM evidence_link WHERE highlight_uid = ? ORDER BY uid", other
        ):
            if self._past.last(row["uid"]) > since if since else not row["deleted_at"]:
                query = "SELECT * FROM evidence_link WHERE uid = ?"
                there = self._past.row(query, link_uid(row["evidence_uid"], keep))
                yield from relating.link(row, keep, there, self._past.last)

    def _fields(self, kept: Row, gone: Row, touched: set[str] | None) -> Iterator[Change]:
        """Yield the change of the fields of a highlight; ``touched`` None is all of them."""
        patch: Row = {}
        if touched is None or "note" in touched:
            patch["note"] = said.both_notes(kept["note"], gone["note"])
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
        (row,) = self._past.rows("SELECT deleted_at FROM highlight WHERE uid = ?", highlight)
        return Change("highlight", highlight, {"deleted_at": None}, row)
