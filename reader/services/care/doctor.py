"""Says what is wrong with a library, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from reader.domain.errors import DatabaseDamaged
from reader.domain.records import dataclass
from reader.storage.backup import way_back
from reader.storage.doctor import CHECKS, Examination, missing_end
from reader.storage.mounts import network_warning

_BACK = "{way back}"
"""Stands for the way back to the newest backup, in a hint."""

_RESTORE = f"Keep the file. {_BACK}"

HINTS = {
    "schema": "Update reader; until then the library can be read, not changed.",
    "older": "Nothing is wrong with that. Open the library, as with `reader list`: a backup is "
    "made, and the tables are brought up to date. Then everything can be examined.",
    "pages": _RESTORE + " What can still be read of it: `reader export jsonl`, then `reader import "
    "jsonl` into a new library.",
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
        examined: How many captures, highlights, deleted ones (which undo can bring back) and
            operations were gone through.
        findings: What is wrong; empty is well.
    """

    database: str
    schema: int
    checks: tuple[str, ...]
    examined: dict[str, int]
    findings: list[Finding] = field(default_factory=list)


def warnings(path: Path) -> list[str]:
    """Return what the user should know of where a library lies, though nothing is wrong with it."""
    network = network_warning(path)
    return [network] if network else []


def examine(path: Path, progress: Callable[[str, int], None] | None = None) -> Report:
    """Examine a library file, changing nothing.

    Args:
        path: The file.
        progress: Called with the name of a check and how much it has gone through.

    Raises:
        StorageError: It cannot be opened, or is no library.
    """
    try:
        examination = Examination(path, progress or (lambda name, count: None))
    except DatabaseDamaged as error:  # not even its first pages can be read
        said = " ".join(part for part in (error.message, missing_end(path)) if part)
        nothing = dict.fromkeys(("captures", "highlights", "deleted", "operations"), 0)
        return Report(
            str(path), 0, tuple(CHECKS), nothing, [_finding(path, "pages", said, _RESTORE)]
        )
    try:
        findings = [_finding(path, fault.check, fault.message) for fault in examination.faults()]
        counts = examination.counts
        examined = {
            "captures": counts.get("articles", 0),
            "highlights": counts.get("anchors", 0) - examination.deleted,
            "deleted": examination.deleted,
            "operations": counts.get("log", 0),
        }
        return Report(str(path), examination.schema, tuple(CHECKS), examined, findings)
    finally:
        examination.close()


def _finding(path: Path, check: str, message: str, hint: str = "") -> Finding:
    return Finding(check, message, (hint or HINTS[check]).replace(_BACK, way_back(path)))
