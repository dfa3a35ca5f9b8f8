"""Keeps what could not be saved in a file of its own, and takes it in again later.

Each running program has one rescue file per library, written anew as a whole whenever what waits
changes, and deleted when all of it is saved. Taking in is safe to repeat: an action that reached
the library after all is not done twice.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from reader.domain.errors import (
    ChangeRefused,
    CodebookError,
    InputError,
    ReaderError,
)
from reader.domain.operation import Group, now
from reader.domain.records import dataclass
from reader.formats.atomic import replacing
from reader.formats.jsonl import Line, read_lines
from reader.formats.jsonl_fields import Refused
from reader.formats.jsonl_rescue import FORMAT, VERSION, Draft, entry_from, records
from reader.services.care.rescue_folders import folders, is_ours
from reader.storage.library import Library

_OWN = os.urandom(4).hex()
"""Tells this program's file from one of an earlier program that had its number."""
_SUFFIX = ".rescue.jsonl"
_REFUSED = ".refused.jsonl"
_ASIDE = ".aside.jsonl"


@dataclass(frozen=True, slots=True)
class RescueFile:
    """A file with what was not saved.

    Attributes:
        path: The file.
        actions: How many actions there are in it.
        drafts: How many notes and forms that were being typed.
        at: When it was written, UTC, ISO 8601, or empty if that cannot be read.
    """

    path: Path
    actions: int
    drafts: int
    at: str


@dataclass(slots=True)
class Rescued:
    """What taking in a rescue file did.

    Attributes:
        saved: Actions that are in the library now.
        present: Actions that were there already.
        drafts: Notes and forms that were being typed; each is offered where it was.
        refused: Why others were not taken in, by line.
        kept: Where the file is kept if something in it was refused, else None.
    """

    saved: int = 0
    present: int = 0
    drafts: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    kept: Path | None = None

    def add(self, other: Rescued) -> None:
        """Count what taking in another file did."""
        self.saved += other.saved
        self.present += other.present
        self.drafts += other.drafts
        self.refused += other.refused
        self.kept = other.kept or self.kept


def write(
    groups: Sequence[Group],
    database: Path,
    places: Sequence[Path] | None = None,
    drafts: Sequence[Draft] = (),
) -> Path:
    """Write what waits to be saved, in the place of what this program wrote before.

    Args:
        groups: All that is not saved, oldest first.
        database: The library's file.
        places: Folders to try in turn; :func:`folders` by default.
        drafts: What is being typed and the library could not keep.

    Returns:
        The file; when the call returns, it is on the disk.

    Raises:
        ReaderError: None of the folders can be written.
    """
    failure = ReaderError("There is no place for a rescue file.", "")
    for folder in folders() if places is None else places:
        path = folder / _own_name(database)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_ours(folder):
                continue
            with replacing(path, force=True) as file:
                where = os.fsencode(database).decode("utf-8", "backslashreplace")
                lines = records(groups, drafts, where, now())
                file.writelines(json.dumps(item) + "\n" for item in lines)
        except (OSError, ReaderError) as error:
            said = getattr(error, "message", None) or str(error)
            failure = ReaderError(f"What is not saved cannot be rescued either: {said}", "")
        else:
            return path
    raise ReaderError(failure.message, "Leave reader open, and make room on a disk.")


def discard(database: Path, places: Sequence[Path] | None = None) -> None:
    """Delete what this program wrote, once all of it is saved."""
    for folder in folders() if places is None else places:
        with suppress(OSError):
            (folder / _own_name(database)).unlink(missing_ok=True)


def waiting(database: Path, places: Sequence[Path] | None = None) -> list[RescueFile]:
    """Return the rescue files of a library, oldest first, but for those of running programs."""
    found = []
    for folder in folders() if places is None else places:
        with suppress(OSError, InputError):
            for path in folder.glob(f"{_key(database)}-*{_SUFFIX}") if is_ours(folder) else ():
                if not _is_running(path):
                    found.append(look_at(path))
    return sorted(found, key=lambda item: item.at)


def set_aside(files: Sequence[RescueFile]) -> list[Path]:
    """Let no start ask for these files again; return what they are called now.

    Raises:
        ReaderError: One cannot be renamed.
    """
    names = []
    for file in files:
        name = file.path.with_name(file.path.name.removesuffix(_SUFFIX) + _ASIDE)
        try:
            names.append(file.path.replace(name))
        except OSError as error:
            raise ReaderError(f"{file.path} cannot be renamed: {error.strerror}.", "") from error
    return names


def take_in(library: Library, path: Path) -> Rescued:
    """Save what is in a rescue file; it is deleted when all of it is in the library.

    Each action is saved as if it were done now; one whose highlight has changed since is refused
    and kept. If the library cannot be written, the file stays as it is.

    Args:
        library: The library.
        path: The rescue file.

    Raises:
        InputError: The file cannot be read, or is none.
        StorageError: The library cannot be written; try again later.
        ReaderError: All of it is saved, but the file cannot be taken away.
    """
    result = Rescued()
    for number, found in _read(path):
        if isinstance(found, str):
            result.refused.append((number, found))
        elif isinstance(found, Draft):
            result.drafts += _keep_draft(library, found)
        elif library.log.has(found):
            result.present += 1
        else:
            try:
                library.log.commit(found, guarded=True)
            except (ChangeRefused, CodebookError) as error:
                result.refused.append((number, error.message))
            else:
                result.saved += 1
    _take_away(path, result)
    return result


def _take_away(path: Path, result: Rescued) -> None:
    """Delete a rescue file, or put it aside if something in it was refused.

    Raises:
        ReaderError: It cannot be.
    """
    try:
        if result.refused:
            name = path.name.removesuffix(_SUFFIX) + f"-{now()[:10]}{_REFUSED}"
            result.kept = path.replace(path.with_name(name))
        else:
            path.unlink()
    except OSError as error:
        raise ReaderError(
            f"What was in {path} is saved, but the file stays: {error.strerror or error}.",
            "Delete it, or it is offered again; nothing is done twice by it.",
        ) from error


def _keep_draft(library: Library, draft: Draft) -> bool:
    """Keep a note or a form that was being typed, unless it is there, or was typed on since.

    What another window types on the same words is another note.
    """
    where = (draft.annotator, draft.version, draft.start, draft.end)
    for text, at in library.drafts.kept(*where, kind=draft.kind):
        if at >= draft.at and text.startswith(draft.text):
            return False
    library.drafts.keep(*where, draft.text, draft.at, window=f"rescued {draft.at}", kind=draft.kind)
    return True


def _own_name(database: Path) -> str:
    return f"{_key(database)}-{os.getpid()}-{_OWN}{_SUFFIX}"


def _key(database: Path) -> str:
    """Return what stands for a library in the names of its files."""
    return hashlib.sha256(os.fsencode(os.path.realpath(database))).hexdigest()[:16]


def _is_running(path: Path) -> bool:
    """Return whether the program that wrote a file still runs, and will see to it itself."""
    *_, number, own = path.name.removesuffix(_SUFFIX).split("-")
    if own == _OWN:
        return True
    if not number.isascii() or not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def look_at(path: Path) -> RescueFile:
    """Return what the first line of a file says of it.

    Raises:
        InputError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = next(read_lines(file), None)
    except OSError as error:
        raise _unreadable(path, error) from error
    fields = (head.fields if head else None) or {}
    actions, drafts, at = (fields.get(name) for name in ("actions", "drafts", "at"))
    return RescueFile(
        path,
        actions if isinstance(actions, int) else 0,
        drafts if isinstance(drafts, int) else 0,
        at if isinstance(at, str) else "",
    )


def _read(path: Path) -> Iterator[tuple[int, Group | Draft | str]]:
    """Yield the line of each action or draft with it, or why it is none.

    Raises:
        InputError: The file cannot be read, or is none of this kind.
    """
    try:
        with path.open("rb") as file:
            lines = read_lines(file)
            head = next(lines, None)
            fields = (head.fields if head else None) or {}
            if fields.get("format") != FORMAT or fields.get("version") != VERSION:
                raise InputError(f"{path} is no rescue file that can be read.", "Update reader.")
            for line in lines:
                yield line.number, _entry(line)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"{path} cannot be read: {error.strerror or error}.",
        "Check the name; `reader rescue` without one lists what there is.",
    )


def _entry(line: Line) -> Group | Draft | str:
    if not line.fields:
        return line.trouble
    try:
        return entry_from(line.fields)
    except Refused as refusal:
        return str(refusal)
