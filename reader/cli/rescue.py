"""The command ``rescue``: what the screen could not save, listed, taken in or put aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session
from reader.domain.errors import UsageError

if TYPE_CHECKING:
    from reader.services.care.rescue import RescueFile


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(path_type=Path))
@click.option("--take-in", is_flag=True, help="Save what is in them, and delete them.")
@click.option("--discard", is_flag=True, help="Put them aside: they are not offered again.")
@as_json
@with_session
def rescue(
    session: Session, files: tuple[Path, ...], take_in: bool, discard: bool, as_json: bool
) -> int:
    """List what could not be saved, take it in, or put it aside.

    What the screen cannot save (the disk is full, the library is locked …) is kept in a rescue
    file. The next start of the screen offers to take it in; this command does it without the
    screen. Without FILE, all files of the library are meant whose program has ended.

    The exit status is 1 if something in them was refused; it is kept, and said where.
    """
    from reader.services.care import rescue as service

    if take_in and discard:
        raise UsageError("--take-in and --discard exclude each other.", "Choose one.")
    found = [service.look_at(path) for path in files] or service.waiting(session.database)
    if take_in:
        return _take_in(session, found, as_json)
    if discard:
        names = service.set_aside(found)
        _print(
            as_json, {"aside": [str(name) for name in names]}, [f"put aside: {n}" for n in names]
        )
    else:
        _print(as_json, {"files": [_fields(item) for item in found]}, [_line(i) for i in found])
    return 0


def _take_in(session: Session, found: list[RescueFile], as_json: bool) -> int:
    from reader.services.care import rescue as service

    total = service.Rescued()
    if found:
        with session.library() as library:
            for item in found:
                total.add(service.take_in(library, item.path))
    fields = {
        "saved": total.saved,
        "present": total.present,
        "drafts": total.drafts,
        "refused": [{"line": number, "reason": reason} for number, reason in total.refused],
        "kept": str(total.kept) if total.kept else None,
    }
    lines = [
        f"{total.saved} saved, {total.present} there already, "
        f"{total.drafts} notes or forms being typed"
    ]
    lines += [f"line {number}: {reason}" for number, reason in total.refused]
    lines += [f"kept: {total.kept}"] if total.kept else []
    _print(as_json, fields, lines)
    return 1 if total.refused else 0


def _print(as_json: bool, fields: dict[str, object], lines: list[str]) -> None:
    if as_json:
        output.document(fields)
        return
    for line in lines or ["Nothing waits to be taken in."]:
        output.line(line)


def _fields(item: RescueFile) -> dict[str, object]:
    return {
        "file": str(item.path),
        "actions": item.actions,
        "drafts": item.drafts,
        "at": item.at or None,
    }


def _line(item: RescueFile) -> str:
    actions, drafts = output.counted(item.actions, "action"), output.counted(item.drafts, "draft")
    return f"{item.path}  {actions}, {drafts}  {item.at}"


def note_waiting(session: Session) -> None:
    """Say on stderr if something waits to be taken in."""
    from reader.services.care import rescue as service

    found = service.waiting(session.database)
    if found:
        actions = output.counted(sum(item.actions for item in found), "action")
        output.note(f"note: {actions} could not be saved; `reader rescue` lists and takes them in.")
