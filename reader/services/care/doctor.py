"""Says what is wrong with a library, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from reader.domain.records import dataclass
from reader.storage.doctor import CHECKS, Examination

_RESTORE = (
    "Keep the file as it is, and go on with the newest good backup (folder `backups` beside it)."
)

HINTS = {
    "schema": "Update reader; until then the library can be read, not changed.",
    "pages": _RESTORE
    + " What can still be read: `reader export jsonl`, then `reader import jsonl` into a new one.",
    "tables": "Another program changed them. `reader export jsonl` and `reader import jsonl` into "
    "a new library makes them anew.",
    "references": _RESTORE,
    "orphans": "Nothing is lost by it; what is shown may lack a name. If there are many, compare "
    "with a backup.",
    "search": "Nothing of yours is lost by it, but searching misses things. "
    "`reader search --rebuild` makes the index anew.",
    "overlap": "Nothing of yours is lost by it, but passages that stand elsewhere may be missed. "
    "`reader overlap --rebuild` makes the index anew.",
    "articles": "The text on the screen is not what was captured. " + _RESTORE,
    "roles": "It has no effect; undo the change of the paragraph's role.",
    "anchors": "The highlight may mark other words than were meant. Compare with a backup.",
    "codebooks": _RESTORE,
    "room": "Nothing is known to be wrong by it. Make room for temporary files, or name a folder "
    "for them that has room in SQLITE_TMPDIR, and examine it again.",
    "log": "The log is what counts: `reader export jsonl` and `reader import jsonl` into a new "
    "library makes the tables anew from it.",
}
"""What to do, by check."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong.

    Attributes:
        check: Which check found it.
        message: What is wrong.
        hint: What to do.
    """

    check: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an examination.

    Attributes:
        database: The file.
        schema: Version of its tables.
        checks: The checks, in order.
        examined: How many captures, highlights and operations were gone through.
        findings: What is wrong; empty is well.
    """

    database: str
    schema: int
    checks: tuple[str, ...]
    examined: dict[str, int]
    findings: list[Finding] = field(default_factory=list)


def examine(path: Path, progress: Callable[[str, int], None] | None = None) -> Report:
    """Examine a library file, changing nothing.

    Args:
        path: The file.
        progress: Called with the name of a check and how much it has gone through.

    Raises:
        StorageError: It cannot be opened, or is no library.
    """
    examination = Examination(path, progress or (lambda name, count: None))
    try:
        findings = [
            Finding(fault.check, fault.message, HINTS[fault.check])
            for fault in examination.faults()
        ]
        counts = examination.counts
        examined = {
            "captures": counts.get("articles", 0),
            "highlights": counts.get("anchors", 0),
            "operations": counts.get("log", 0),
        }
        return Report(str(path), examination.schema, tuple(CHECKS), examined, findings)
    finally:
        examination.close()
