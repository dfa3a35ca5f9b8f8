"""Works out the changes that carry what was said of one highlight over to another.

Used where two highlights turn out to be one; see `joining` beside this, and `owners` for two
annotators who do.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.domain.attributed import attribution_uid
from reader.domain.operation import Change, now
from reader.domain.records import dataclass
from reader.storage.merging import relating, said, things
from reader.storage.merging.past import Past, Row
from reader.storage.merging.things import Thing
from reader.storage.merging.together import Together


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
        changes += self._said(keep, other, before)
        changes += self._relations(keep, other)
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
            self._is_new(thing, before) or self._is_late(thing, before)
            for thing in things.of_highlight(self._past, other)
            if not thing.attribution
        )

    def _is_new(self, thing: Thing, before: _Before | None) -> bool:
        """Whether a thing on a highlight that goes says what was not carried over yet.

        Args:
            thing: The thing.
            before: The joining by which the highlight went; None if it goes now.
        """
        if before is None:
            return thing.is_live
        if thing.is_live:
            return before.exact or self._is_late(thing, before)
        removed = self._past.removed_by_joining(thing.row["uid"])
        return removed is not None and any(
            removed.get(name) != value for name, value in thing.says.items()
        )

    def _is_late(self, thing: Thing, before: _Before) -> bool:
        return self._past.last(thing.row["uid"]) > before.since

    def taken_away(self, keep: str, other: str) -> list[Change]:
        """Return what a highlight says less, because one that was joined into it was taken away.

        Args:
            keep: The one that stays.
            other: One that somebody deleted, or whose making was undone, where it was not known
                that it had been joined.
        """
        changes = list(self._said(keep, other, None, away=True))
        # That it is about this one is told by a change without fields: it is gone already.
        return [*changes, Change("highlight", other, {}, {})] if changes else []

    def _said(
        self, keep: str, other: str, before: _Before | None, *, away: bool = False
    ) -> Iterator[Change]:
        """Yield what lets a highlight say what it and those that were joined into it say together.

        Args:
            keep: The one that stays.
            other: One that goes, or has gone.
            before: The joining by which it has gone; None if it goes now.
            away: Whether it was taken away otherwise, after that.
        """
        together = Together(self._past, sorted({other, *self._past.gone_from(keep)}))
        attributed = False
        for thing in things.of_highlight(self._past, other):
            if thing.attribution and not (attributed or self._is_attributed(keep)):
                continue
            if thing.is_live or before is not None or away:
                for change in things.changes(self._past, together, keep, thing):
                    attributed |= change.entity == "attribution"
                    yield change
            if self._is_new(thing, before):
                yield thing.removed()

    def _is_attributed(self, highlight: str) -> bool:
        query = "SELECT 1 AS found FROM attribution WHERE uid = ?"
        return self._past.row(query, attribution_uid(highlight)) is not None

    def _relations(self, keep: str, other: str) -> Iterator[Change]:
        """Yield what lets relations lead from or to the highlight that stays."""
        for row in self._past.rows(
            "SELECT * FROM relation WHERE ? IN (from_uid, to_uid) AND deleted_at IS NULL"
            " ORDER BY uid",
            other,
        ):
            yield relating.relation(row, keep, other)

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
