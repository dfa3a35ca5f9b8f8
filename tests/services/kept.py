"""What must be there after libraries have met: all that was made and that nobody took away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reader.domain.operation import Operation
from reader.storage.library import Library
from tests.services.replicas import log_of

TABLES = ("judgement", "attribution", "relation", "evidence_link", "article_note", "label",
          "source_alias", "evidence", "source")  # fmt: skip
JOINS = ("join", "annotators")
ON_HIGHLIGHTS = (("judgement", "highlight_uid"), ("attribution", "highlight_uid"),
                 ("relation", "from_uid"), ("relation", "to_uid"),
                 ("evidence_link", "highlight_uid"))  # fmt: skip
Row = dict[str, object]


def lost(library: Library) -> list[str]:
    """Return what somebody made, and nobody deleted nor undid, and that is not there."""
    return list(_Kept(library).lost())


class _Kept:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._ops: dict[str, list[Operation]] = defaultdict(list)
        log: list[Operation] = log_of(library)
        about = {op.group_uid: op.undoes for op in log if op.undoes}
        undone: dict[tuple[str, str], bool] = {}
        for op in log:
            self._ops[op.entity_uid].append(op)
            if op.undoes and op.patch:
                root = about.get(op.undoes, op.undoes)
                undone[root, op.entity_uid] = op.kind == "undo"
        self._undone = undone
        self._highlights = {row["uid"]: row for row in self._rows("highlight")}

    def _rows(self, table: str) -> list[Row]:
        cursor = self._library.connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _standing(self, uid: object) -> list[Operation]:
        ops = self._ops[str(uid)]
        return [
            op
            for op in ops
            if not op.undoes and not self._undone.get((op.group_uid, op.entity_uid))
        ]

    def _made(self, uid: object) -> bool:
        """Whether a making of it stands; what was imported from its owner's library is a copy."""
        owned = any(op.before is None and op.kind != "import" for op in self._ops[str(uid)])
        made = [op for op in self._standing(uid) if op.before is None]
        return any(op.kind != "import" for op in made) if owned else bool(made)

    def _deleted(self, uid: object) -> bool:
        """Whether somebody deleted it, or it went with a deletion, and that was not undone."""
        return any(
            op.patch.get("deleted_at") and op.kind not in JOINS for op in self._standing(uid)
        )

    def _deleted_since(self, uid: object, clock: str) -> bool:
        return self._deleted(uid) and any(
            op.clock > clock and op.patch.get("deleted_at") and op.kind not in JOINS
            for op in self._standing(uid)
        )

    def lost(self) -> Iterator[str]:
        for table in TABLES:
            for row in self._rows(table):
                yield from self._lost(table, row)
        for uid, row in self._highlights.items():
            if row["deleted_at"] and self._made(uid) and not self._deleted(uid):
                yield from self._lost_by_joining(row)
        yield from self._left_behind()

    def _left_behind(self) -> Iterator[str]:
        """Yield what stands on highlights that were undone, or joined into others."""
        for table, name in ON_HIGHLIGHTS:
            for row in self._rows(table):
                mark = self._highlights.get(row[name])
                if row["deleted_at"] or mark is None or not mark["deleted_at"]:
                    continue
                if self._deleted(mark["uid"]):
                    continue
                if self._joined(mark["uid"]):
                    yield f"the {table} {row['uid']} stayed on {mark['uid']}, which was joined"
                elif self._unseen(mark["uid"], row["uid"]):
                    yield f"the {table} {row['uid']} is on {mark['uid']}, which was only undone"

    def _unseen(self, mark: object, uid: object) -> bool:
        """Whether who unmade a highlight may not have known of what stands on it."""
        by = [op for op in self._ops[str(mark)] if op.undoes][-1]
        said = [op for op in self._ops[str(uid)] if op.kind not in JOINS]
        return any(
            (op.actor, op.device) != (by.actor, by.device) or op.clock > by.clock for op in said
        )

    def _joined(self, uid: object) -> bool:
        return any(op.kind in JOINS and op.patch.get("deleted_at") for op in self._standing(uid))

    def _lost(self, table: str, row: Row) -> Iterator[str]:
        uid = row["uid"]
        taken_away = self._deleted(uid) or self._joined(uid)
        if row["deleted_at"] and self._made(uid) and not taken_away:
            yield f"the {table} {uid} is not there"

    def _twins(self, row: Row) -> list[Row]:
        """Return the highlights that have ever been on the same words, or were with one of them.

        One of them may have been joined into another one where it was carried over to.
        """
        found, spans = [row], self._spans(row["uid"])
        while more := [
            other for uid, other in self._highlights.items()
            if other not in found and not spans.isdisjoint(self._spans(uid))
        ]:  # fmt: skip
            found += more
            spans = set[tuple[object, ...]]().union(*(self._spans(one["uid"]) for one in found))
        return found[1:]

    def _spans(self, uid: object) -> set[tuple[object, ...]]:
        found, here = set(), dict.fromkeys(("version_uid", "start", "end"))
        for op in self._ops[str(uid)]:
            here |= {name: op.patch[name] for name in here if name in op.patch}
            found.add(tuple(here.values()))
        return found

    def _lost_by_joining(self, row: Row) -> Iterator[str]:
        """Yield what is not there of a highlight that was joined into another one."""
        uid, twins = row["uid"], self._twins(row)
        if not self._joined(uid):
            yield f"the highlight {uid} is not there"
            return
        live = [other for other in twins if not other["deleted_at"]]
        who = row["annotator_uid"]
        if live and not any(other["annotator_uid"] == who for other in live):
            return  # it was joined into what is another annotator's by now
        live = [other for other in live if other["annotator_uid"] == who]
        if not live:
            if not any(self._deleted(other["uid"]) for other in twins):
                yield f"the highlight {uid} was joined, and its twin is not there"
            return
        if len(live) > 1:
            return
        (twin,) = live
        note = row["note"]
        joined = max(op.clock for op in self._ops[str(uid)] if op.kind in JOINS)
        if any(self._deleted_since(other["uid"], joined) for other in twins):
            return  # it was joined into what somebody deleted, with its note on it
        said = [
            op for op in self._ops[str(twin["uid"])] if "note" in op.patch and op.kind not in JOINS
        ]
        if note and note not in (twin["note"] or "") and not any(op.clock > joined for op in said):
            yield f"the note {note!r} of {uid} is not on {twin['uid']}: {twin['note']!r}"
