"""Joins what stands twice: highlights of one annotator on the same words, and two annotators.

What it does are operations like any others: they are in the log, are exchanged, and can be undone.
After a merge they are worked out from state and log alone, with ids and clocks derived from them:
two libraries that hold the same write the same operations, and exchange them as one.

The older uid stays. Nothing that was said disappears: notes are put one below the other, a tag that
only one of them has is kept, of several tags of an exclusive facet the latest one. What comes in
later for a highlight that was joined into another, from a machine that did not know it, is carried
over; what was taken off there goes here as well. See `together`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reader.domain.operation import Change, Operation, clock_time, tick
from reader.domain.uids import derived_uid
from reader.storage import operations
from reader.storage.annotators import Annotators
from reader.storage.library import Library
from reader.storage.log import row_of
from reader.storage.merging.carrying import Carrying
from reader.storage.merging.owners import Owners
from reader.storage.merging.past import ON_THE_SAME, Past, Row
from reader.storage.replay import Replay

DEVICE = derived_uid("join")
"""Stands for the machine in operations that any machine would write just so."""

Write = Callable[[str | None, str, Sequence[Change], Sequence[str]], None]
"""Writes changes: article or None, actor, changes, and the uids of all that they were worked out
from."""

_TWINS = """
    SELECT DISTINCT min(one.uid, two.uid), max(one.uid, two.uid)
    FROM {among} AS touched
    JOIN highlight AS one ON one.uid = touched.uid
    JOIN highlight AS two ON two.version_uid = one.version_uid AND two.start = one.start
        AND two."end" = one."end" AND two.annotator_uid = one.annotator_uid
        AND two.extra_spans = one.extra_spans AND two.uid <> one.uid
    WHERE one.deleted_at IS NULL AND two.deleted_at IS NULL
    ORDER BY 1, 2
"""
_LATE = """
    SELECT uid FROM highlight
    WHERE deleted_at IS NOT NULL AND uid IN (
        SELECT uid FROM {among}
        UNION SELECT twin.uid FROM {among} AS touched JOIN highlight AS one ON one.uid = touched.uid
            JOIN highlight AS twin ON twin.version_uid = one.version_uid AND twin.start = one.start
            AND twin."end" = one."end" AND twin.annotator_uid = one.annotator_uid
            AND twin.deleted_at IS NOT NULL
    ) AND EXISTS
        (SELECT 1 FROM op WHERE entity_uid = highlight.uid AND kind IN ('join', 'annotators')
         AND json_type(patch, '$.deleted_at') = 'text')
    ORDER BY 1
"""


_UNDONE = """
    SELECT uid FROM highlight
    WHERE deleted_at IS NOT NULL AND uid IN (SELECT uid FROM {among})
        AND EXISTS (SELECT 1 FROM op WHERE entity_uid = highlight.uid AND undoes IS NOT NULL)
    ORDER BY 1
"""


class Joining:
    """Joins what stands twice, inside a transaction of the caller's.

    Args:
        connection: The writing connection.
        path: The file, for messages.
        write: Writes changes; by default as operations that any machine would write just so.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, write: Write | None = None
    ) -> None:
        self._connection = connection
        self._ask = connection.execute
        self._annotators = Annotators(connection, path)
        self._past = Past(connection)
        self._carrying, self._owners = Carrying(self._past), Owners(self._past)
        self._write = write or self._derived
        self.joined = 0
        """How many highlights were joined into others."""

    def all_among(self, among: str) -> None:
        """Join what stands twice and has to do with some entities.

        Args:
            among: A table with their uids.
        """
        self._adopt(among)
        self._under_others(among)
        self._late(among)
        self.twins(among)

    def twins(self, among: str) -> None:
        """Join highlights of one annotator on the same words, two by two, until none are left."""
        while pairs := self._ask(_TWINS.format(among=among)).fetchall():
            gone: set[str] = set()
            for keep, other in pairs:
                if keep not in gone and other not in gone:
                    self._join(keep, other)
                    gone.add(other)
            self.joined += len(gone)

    def _join(self, keep: str, other: str, since: str = "") -> None:
        self._write_changes(keep, other, self._carrying.highlight(keep, other, since))

    def _write_changes(self, keep: str, other: str, changes: Sequence[Change]) -> None:
        if changes:
            involved = self._past.of_highlights(keep, other, *self._past.gone_from(keep))
            self._write(*self._place(keep), changes, involved)

    def _place(self, highlight: str) -> tuple[str, str]:
        """Return the article that a highlight is in, and whose it is."""
        row = self._ask(
            "SELECT article_uid, annotator_uid FROM highlight JOIN article_version"
            " ON article_version.uid = version_uid WHERE highlight.uid = ?",
            (highlight,),
        ).fetchone()
        return row[0], row[1]

    def say(self, other: str, into: str) -> None:
        """Enter that one annotator, with all that were joined into it, is another one."""
        rows = self._ask(
            "SELECT uid, joined_into FROM annotator WHERE uid = ?1 OR joined_into = ?1 ORDER BY id",
            (other,),
        ).fetchall()
        for uid, before in rows:
            change = Change("annotator", uid, {"joined_into": into}, {"joined_into": before})
            self._write(None, into, [change], ())

    # ------------------------------------------------------------------ what comes in later

    def _under_others(self, among: str) -> None:
        """Bring back highlights whose making was undone while others said something on them."""
        for (uid,) in self._ask(_UNDONE.format(among=among)).fetchall():
            if self._past.is_said_unseen(uid) and self._past.is_only_unmade(uid):
                self._back(uid, among)

    def _late(self, among: str) -> None:
        """Carry over what was said of highlights after they had been joined into others."""
        for (uid,) in self._ask(_LATE.format(among=among)).fetchall():
            since = self._past.gone_since(uid)
            twins = self._past.rows(f"{ON_THE_SAME} ORDER BY twin.uid", uid)
            live = [twin["uid"] for twin in twins if not twin["deleted_at"]]
            if live and since:
                self._join(live[0], uid, since)
            elif live:
                self._write_changes(live[0], uid, self._carrying.taken_away(live[0], uid))
            elif since and (self._past.late_since(uid) or self._is_needed(uid, since, twins)):
                self._back(uid, among)

    def _is_needed(self, uid: str, since: str, twins: Sequence[Row]) -> bool:
        """Whether a highlight that was joined into another one has to stand for itself again.

        All that it may have been joined into was undone, or deleted before that; or is on other
        words by now, and something has come in that the joining did not know.
        """
        made = [twin["uid"] for twin in twins if not self._past.gone_since(twin["uid"])]
        if made:
            joined = self._past.first_joined(uid)
            return all(
                self._past.is_only_unmade(twin) or self._past.deleted_unseen(twin, joined)
                for twin in made
            )
        return self._carrying.brings_more(uid, since)

    def _back(self, uid: str, among: str) -> None:
        self._ask(f"INSERT OR IGNORE INTO {among} VALUES (?)", (uid,))  # noqa: S608 - own names
        back = self._carrying.back(uid)
        self._write(*self._place(uid), back, self._past.of_highlights(uid))

    # ------------------------------------------------------------------ annotators

    def _adopt(self, among: str) -> None:
        """Give what came in from an annotator who was joined to the one it was joined into."""
        only = f" AND uid IN (SELECT uid FROM {among})"  # noqa: S608 - own names
        for other, into in self._annotators.joined().items():
            for uid in self.highlights_of(other, only):
                article, _ = self._place(uid)
                change = adoption(uid, other, into)
                self._write(article, into, [change], self._past.of_highlights(uid))
            self.overall(other, into, only)

    def highlights_of(self, annotator: str, where: str = "") -> list[str]:
        """Return the uids of an annotator's highlights, live or not."""
        rows = self._ask(
            f"SELECT uid FROM highlight WHERE annotator_uid = ?{where} ORDER BY uid",  # noqa: S608 - own names
            (annotator,),
        )
        return [uid for (uid,) in rows]

    def overall(self, other: str, into: str, where: str = "") -> None:
        """Carry what one annotator said of articles as a whole, and of sources, to another."""
        for carried in (self._owners.overall, self._owners.ratings, self._owners.owned):
            for article, changes, involved in carried(other, into, where):
                self._write(article, into, changes, involved)

    # ------------------------------------------------------------------ writing

    def _derived(
        self, article: str | None, actor: str, changes: Sequence[Change], involved: Sequence[str]
    ) -> None:
        """Write changes as operations that any machine with the same log would write just so."""
        write_derived(self._connection, (article, actor), changes, involved)


def write_derived(
    connection: sqlite3.Connection,
    place: tuple[str | None, str],
    changes: Sequence[Change],
    involved: Sequence[str],
    what: tuple[str, str] = ("join", "highlights joined"),
) -> None:
    """Write changes as operations that any machine with the same log would write just so.

    Args:
        connection: The writing connection, in a transaction.
        place: Article, or None, and actor.
        changes: The changes.
        involved: The uids of all that they were worked out from.
        what: Kind and summary of the action.
    """
    uids = [*involved, *(change.uid for change in changes)]
    (clock,) = connection.execute(
        "SELECT max(clock) FROM op WHERE entity_uid IN (SELECT value FROM json_each(?))",
        (json.dumps(uids),),
    ).fetchone()
    group = derived_uid(json.dumps([clock, [change.uid for change in changes]]))
    replay = Replay(connection, goes_on=True)
    for op in _operations((group, *place), changes, clock, what):
        row = row_of(op)
        own = (op.uid, op.clock, op.entity, op.entity_uid, row["patch"], row["before"])
        operations.write_whole(connection, own, [row[name] for name in operations.COMMON])
        replay.apply(op)


def write_settled(
    connection: sqlite3.Connection, article: str, annotator: str, change: Change
) -> None:
    """Write what carries a highlight over to the current version of its article.

    Args:
        connection: The writing connection, in a transaction.
        article: Uid of the article.
        annotator: Uid of whose highlight it is.
        change: What has to be changed, worked out from state and log alone.
    """
    involved = [article, *Past(connection).of_highlights(change.uid)]
    write_derived(connection, (article, annotator), [change], involved, ("settle", "carried over"))


def settle(library: Library, article_uid: str, changes: Sequence[tuple[str, Change]]) -> None:
    """Write what carries highlights over, as any library with the same log would.

    Args:
        library: The library.
        article_uid: The article.
        changes: What has to be changed, with the uid of the annotator whose highlight it is
            about; worked out from state and log alone.

    Raises:
        StorageError: Nothing was written.
    """
    with library.unit_of_work():
        for annotator, change in changes:
            write_settled(library.connection, article_uid, annotator, change)


def adoption(highlight: str, other: str, into: str) -> Change:
    """Return the change that gives a highlight to another annotator."""
    return Change("highlight", highlight, {"annotator_uid": into}, {"annotator_uid": other})


def _operations(
    place: tuple[str, str | None, str], changes: Sequence[Change], clock: str, what: tuple[str, str]
) -> Iterator[Operation]:
    """Yield the operations of a group in an article by an actor, right after a clock."""
    group, article, actor = place
    at = clock_time(clock)
    for change in changes:
        clock = tick(clock, DEVICE, 0)
        patch = {
            name: at if name == "deleted_at" and value else value
            for name, value in change.patch.items()
        }
        content = json.dumps(
            [group, article, clock, actor, change.entity, change.uid, patch, change.before],
            sort_keys=True,
            default=dict,
        )
        yield Operation(
            uid=derived_uid(content),
            group_uid=group,
            article_uid=article,
            clock=clock,
            actor=actor,
            device=DEVICE,
            kind=what[0],
            entity=change.entity,
            entity_uid=change.uid,
            patch=patch,
            before=change.before,
            undoes=None,
            summary=what[1],
        )
