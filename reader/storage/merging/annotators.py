"""Makes one annotator another one: two names turn out to be the same person."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.operation import Change, Group, new_uid
from reader.storage.library import Library
from reader.storage.merging.joining import Joining, adoption


def join_annotators(library: Library, other: str, into: str, actor: str) -> int:
    """Say that one annotator is another one: all that is the first one's becomes the second's.

    One action, which one undo takes back.

    Args:
        library: The library.
        other: Uid of the one that goes.
        into: Uid of the one that stays.
        actor: Who says so.

    Returns:
        How many highlights on the same words were joined.

    Raises:
        StorageError: Nothing was written.
    """
    handles, connection = library.annotators.handles(), library.connection
    group, summary = new_uid(), f"{handles[other]} is {handles[into]}"

    def write(
        article: str | None, of: str, changes: Sequence[Change], involved: Sequence[str]
    ) -> None:
        made = Group("annotators", actor, None, tuple(changes), summary=summary, uid=group)
        library.log.write([made])

    with library.unit_of_work():
        joining = Joining(connection, library.path, write)
        joining.say(other, into)
        for uid in joining.highlights_of(other):
            write("", into, [adoption(uid, other, into)], ())
        joining.overall(other, into)
        connection.execute("CREATE TEMP TABLE joined (uid TEXT)")
        connection.execute(
            "INSERT INTO temp.joined SELECT uid FROM highlight WHERE annotator_uid = ?", (into,)
        )
        joining.twins("temp.joined")
        connection.execute("DROP TABLE temp.joined")
    return joining.joined
