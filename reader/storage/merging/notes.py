"""What a note says that several machines have written without knowing of each other.

One annotator has one note on an article as a whole. Whoever wrote it on two machines reads both,
one below the other, as where highlights on the same words are joined; and goes on with it as one.
Which text somebody had before them is told by what an operation says was there before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.operation import Operation
from reader.domain.records import dataclass
from reader.storage.merging.said import both_notes
from reader.storage.standing import not_taken_back, reverses


@dataclass(slots=True)
class _Text:
    """One writing of the note.

    Attributes:
        group: The action.
        text: What was written; None if the note was taken away.
        instead: The positions of the writings that it was put in the place of.
    """

    group: str
    text: str | None
    instead: frozenset[int]


def note_of(operations: Sequence[Operation]) -> str | None:
    """Return what a note says, or None if there is none.

    Args:
        operations: All that was done to it, oldest first.
    """
    written: list[_Text] = []
    for count, op in enumerate(operations):
        if op.undoes is None and ("note" in op.patch or op.patch.get("deleted_at")):
            shown = _shown(written, _standing(operations[:count]))
            text = None if op.patch.get("deleted_at") else op.patch["note"]
            written.append(_Text(op.group_uid, text, _seen(written, shown, op)))
    return _joined(written, _shown(written, _standing(operations)))


def _standing(operations: Sequence[Operation]) -> set[str]:
    if not any(map(reverses, operations)):
        return {op.group_uid for op in operations}
    return {op.group_uid for op in not_taken_back(operations)}


def _shown(written: Sequence[_Text], standing: set[str]) -> list[int]:
    """Return the positions of what is shown: what stands, and nothing that stands is instead of."""
    over: set[int] = set()
    shown = []
    for at in range(len(written) - 1, -1, -1):
        if written[at].group in standing and at not in over:
            shown.append(at)
        if written[at].group in standing or at in over:
            over |= written[at].instead
    return shown[::-1]


def _seen(written: Sequence[_Text], shown: list[int], op: Operation) -> frozenset[int]:
    """Return the positions of the writings that somebody had before them as one text."""
    before = (op.before or {}).get("note")
    unknown = op.before is not None and before is None
    if unknown or before == _joined(written, shown):
        return frozenset(shown)
    for at in (*reversed(shown), *range(len(written) - 1, -1, -1)):
        if before is not None and written[at].text == before:
            return frozenset((at,))
    return frozenset()


def _joined(written: Sequence[_Text], shown: Sequence[int]) -> str | None:
    """Return what is shown as one text: one below the other, unless one holds the other."""
    joined: str | None = None
    for at in shown:
        joined = both_notes(joined, written[at].text)
    return joined
