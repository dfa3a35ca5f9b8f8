"""Works out the changes that carry what was said of one highlight over to another.

Used where two highlights turn out to be one; see `joining` beside this, and `owners` for two
annotators who do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reader.domain.attributed import attribution_uid
from reader.domain.evidence import link_uid
from reader.domain.operation import Change, now
from reader.domain.rating import rating_uid
from reader.domain.records import dataclass
from reader.storage.merging import attributing, relating, said
from reader.storage.merging.past import Past, Row


@dataclass(frozen=True, slots=True)
class _Before:
    """The joining by which a highlight has gone already.

    Attributes:
        since: Its clock.
        exact: Whether it removed all that it carried, so that what is there came in later.
    """

    since: str
    exact: bool


class Carrying:
    """Works out changes from the state and the log.

    Args:
        past: Both.
    """

    def __init__(self, past: Past) -> None:
        self._past = past

    def highlight(self, keep: str, other: str, since: str = "") -> list[Change]:
        """Return what joins a highlight into another one.

        What is carried over is removed where it stood, with what it said: what differs from that,
        or is there, has come in from a machine that did not know of the joining.

        Args:
            keep: The one that stays.
            other: The one that goes.
            since: If it has gone already, the clock of when: what the joining did not know is
                carried, if there is such.
        """
        (kept,) = self._past.rows("SELECT * FROM highlight WHERE uid = ?", keep)
        (gone,) = self._past.rows("SELECT * FROM highlight WHERE uid = ?", other)
        touched = self._past.touched(gone, since)
        before = _Before(since, exact=self._past.names_all(other, since)) if since else None
        changes = list(self._fields(kept, gone, touched))
        changes += self._judgements(keep, other, before)
        changes += self._attribution(keep, other, before)
        changes += self._beside(keep, other, before)
        if since and not touched and not changes:
            return []
        said_so = {"deleted_at": gone["deleted_at"], "note": gone["note"]}
        said_so["flag"] = bool(gone["flag"])
        return [*changes, Change("highlight", other, {"deleted_at": now()}, said_so)]

    def brings_more(self, other: str, since: str) -> bool:
        """Whether something has come in of a highlight that its joining did not know.

        Args:
            other: The highlight, which has gone.
            since: The clock of when.
        """
        (gone,) = self._past.rows("SELECT * FROM highlight WHERE uid = ?", other)
        before = _Before(since, exact=self._past.names_all(other, since))
        return bool(self._past.touched(gone, since)) or any(
            self._stands(row, says(row), before) is not None
            for table, says in _SAYS.items()
            for row in self._past.rows(f"SELECT * FROM {table} WHERE highlight_uid = ?", other)  # noqa: S608 - own names
        )

    def _stands(self, row: Row, says: Row, before: _Before | None) -> bool | None:
        """Whether something that stands on the highlight that goes is to be carried, and is there.

        Args:
            row: Its row.
            says: What it says, by field.
            before: The joining by which the highlight went; None if it goes now.

        Returns:
            None if it is not to be carried, False if it was taken off.
        """
        live = not row["deleted_at"]
        if before is None:
            return True if live else None
        removed = self._past.removed_by_joining(row["uid"])
        late = self._past.last(row["uid"]) > before.since
        if live:
            return True if late or before.exact else None
        if removed is not None and any(removed.get(name) != says[name] for name in says):
            return True
        return False if late else None

    def _judgements(self, keep: str, other: str, before: _Before | None) -> Iterator[Change]:
        for row in self._past.rows(
            "SELECT * FROM judgement WHERE highlight_uid = ? ORDER BY uid", other
        ):
            says = {"value": said.value_of(row)}
            live = self._stands(row, says, before)
            if live is not None:
                place = {"highlight_uid": keep}
                yield from said.judgement(self._past, row, other, keep, place, live=live)
                yield from _removed("judgement", row, says, live=live)

    def _attribution(self, keep: str, other: str, before: _Before | None) -> Iterator[Change]:
        """Yield what carries who said it over, with what was judged of that."""
        gone = self._past.row("SELECT * FROM attribution WHERE highlight_uid = ?", other)
        if gone is None:
            return
        uid, says = attribution_uid(keep), attributing.said(gone)
        there = self._past.row("SELECT * FROM attribution WHERE uid = ?", uid)
        made = False
        live = self._stands(gone, says, before)
        if live is not None:
            for change in attributing.carried(gone, keep, there, self._past.last, live=live):
                made = True
                yield change
            yield from _removed("attribution", gone, says, live=live)
        if there is None and not made:
            return
        for row in self._past.rows(
            "SELECT * FROM judgement WHERE attribution_uid = ? ORDER BY uid", gone["uid"]
        ):
            says = {"value": said.value_of(row)}
            live = self._stands(row, says, before)
            if live is not None:
                who = row["annotator_uid"]
                place = {"attribution_uid": uid, "annotator_uid": who}
                old, new = rating_uid(gone["uid"], who), rating_uid(uid, who)
                yield from said.judgement(self._past, row, old, new, place, live=live)
                yield from _removed("judgement", row, says, live=live)

    def _beside(self, keep: str, other: str, before: _Before | None) -> Iterator[Change]:
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
            says = {"stance": row["stance"]}
            live = self._stands(row, says, before)
            if live is not None:
                query = "SELECT * FROM evidence_link WHERE uid = ?"
                there = self._past.row(query, link_uid(row["evidence_uid"], keep))
                yield from relating.link(row, keep, there, self._past.last, live=live)
                yield from _removed("evidence_link", row, says, live=live)

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

    def back(self, highlight: str) -> list[Change]:
        """Return what brings back a highlight that has gone, with what went by joining it."""
        (row,) = self._past.rows("SELECT deleted_at FROM highlight WHERE uid = ?", highlight)
        changes = [Change("highlight", highlight, {"deleted_at": None}, row)]
        for table, on, what in (
            ("judgement", "highlight_uid", highlight),
            ("attribution", "highlight_uid", highlight),
            ("judgement", "attribution_uid", attribution_uid(highlight)),
            ("evidence_link", "highlight_uid", highlight),
        ):
            for beside in self._past.rows(
                f"SELECT uid, deleted_at FROM {table} WHERE {on} = ? AND deleted_at IS NOT NULL"  # noqa: S608 - own names
                " ORDER BY uid",
                what,
            ):
                if self._past.gone_since(beside["uid"]):
                    before = {"deleted_at": beside["deleted_at"]}
                    changes.append(Change(table, beside["uid"], {"deleted_at": None}, before))
        return changes


_SAYS: Mapping[str, Callable[[Row], Row]] = {
    "judgement": lambda row: {"value": said.value_of(row)},
    "attribution": attributing.said,
    "evidence_link": lambda row: {"stance": row["stance"]},
}
"""What stands on a highlight, and what it says, by field."""


def _removed(table: str, row: Row, says: Row, *, live: bool) -> Iterator[Change]:
    """Yield what removes what was carried over where it stood."""
    if live:
        before = {"deleted_at": row["deleted_at"], **says}
        yield Change(table, row["uid"], {"deleted_at": now()}, before)
