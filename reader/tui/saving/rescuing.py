"""Keeps what the library does not take in a file, and offers to take it in at the next start.

Import late: only a failed save, or the moment after the first screen, needs it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError, StorageError
from reader.domain.operation import Group, now
from reader.domain.untrusted import safe
from reader.formats.jsonl_rescue import Draft
from reader.services.care import rescue
from reader.services.care.rescue import Rescued, RescueFile
from reader.services.care.rescue_folders import is_in_memory
from reader.storage.drafts import NOTE
from reader.tui.commands import key_for
from reader.tui.opening import reload

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.app import ReaderApp
    from reader.tui.saving.database import Database
    from reader.tui.screens.dialogs.choice import Choice

_NAMED = 10
"""How many actions are named that are lost; notes are always given, whatever there is of them."""

Where = tuple[str, str, int, int]
"""What a note or a form is on: annotator, version, start, end."""

Kept = tuple[tuple[Group, ...], tuple[Draft, ...]]
"""What is in a rescue file."""


class Rescuing:
    """This program's rescue file, written behind the screen whenever what waits has changed.

    Args:
        database: The library's file.
        groups: Gives the actions that wait, oldest first.
        told: Called with the file when there is one from now on, or with why there is none.
    """

    def __init__(
        self,
        database: Path,
        groups: Callable[[], Sequence[Group]],
        told: Callable[[Path | None, ReaderError | None], None],
    ) -> None:
        self._database = database
        self._groups = groups
        self._told = told
        self._drafts: dict[tuple[Where, str], Draft] = {}
        self._written: Kept = ((), ())
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self.path: Path | None = None
        """The file with all that waits, if there is one."""

    def keep_draft(self, where: Where, text: str, kind: str) -> None:
        """Keep a note or a form that is being typed, or what was typed since."""
        self._drafts[where, kind] = Draft(*where, text, now(), kind)
        self.changed()

    def draft(self, where: Where, kind: str) -> str | None:
        """Return what is kept of a note or a form."""
        found = self._drafts.get((where, kind))
        return found.text if found else None

    def drop_draft(self, where: Where, kind: str) -> None:
        """Forget what is no longer typed."""
        if self._drafts.pop((where, kind), None) is not None:
            self.changed()

    def give_back(self, database: Database) -> None:
        """Have the library keep what is being typed, because it can be written again."""
        for key, draft in self._drafts.items():
            database.tell(partial(_keep_typed, draft), partial(self._given_back, key, draft))

    def _given_back(
        self, key: tuple[Where, str], draft: Draft, _: None, error: BaseException | None
    ) -> None:
        if error is None and self._drafts.get(key) is draft:
            self.drop_draft(*key)

    def changed(self) -> None:
        """Write anew what waits, or delete the file when nothing does."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    async def settled(self) -> None:
        """Wait until the file is as it has to be, or cannot be."""
        while self._task is not None and not self._task.done():
            await asyncio.wait({self._task})

    async def _work(self) -> None:
        while self._again:
            self._again = False
            wanted = self._wanted()
            if wanted == self._written:
                continue
            try:
                path = await asyncio.to_thread(_keep, self._database, *wanted)
            except ReaderError as error:
                self.path = None  # what is there from before lacks what came since
                self._told(None, error)
                return
            self._took(path, wanted)

    def _wanted(self) -> Kept:
        return tuple(self._groups()), tuple(self._drafts.values())

    def _took(
        self, path: Path | None, written: tuple[tuple[Group, ...], tuple[Draft, ...]]
    ) -> None:
        self._written = written
        if path != self.path:
            self.path = path
            if path is not None:
                self._told(path, None)

    def finish(self) -> None:
        """Do the same, blocking, for when no event loop runs any more.

        Raises:
            ReaderError: The file cannot be written.
        """
        groups, drafts = self._wanted()
        try:
            self.path = _keep(self._database, groups, drafts)
        except ReaderError as error:
            raise lost(groups, drafts, error) from error
        self._written = groups, drafts


def where_kept(path: Path | None) -> str:
    """Return a sentence on where what cannot be saved is kept; nothing if it is nowhere yet."""
    if path is None:
        return ""
    memory = "; there it lasts until the machine is switched off" if is_in_memory(path) else ""
    return f"What is not saved is kept in {path}{memory}."


def lost(groups: Sequence[Group], drafts: Sequence[Draft], why: ReaderError) -> ReaderError:
    """Return what to say when the program has been left with what could be kept nowhere."""
    fields = [change.patch for group in groups for change in group.changes]
    notes = [str(patch["note"]) for patch in fields if patch.get("note")]
    notes += [draft.text for draft in drafts if draft.kind == NOTE]
    forms = [draft.text for draft in drafts if draft.kind != NOTE]
    done = [group.summary or group.kind for group in groups[:_NAMED]]
    done += [f"and {len(groups) - _NAMED:,} more"] if len(groups) > _NAMED else []
    done += [f"the note “{text}”" for text in notes]
    done += [f"the form {text}" for text in forms]
    return ReaderError(
        f"{why.message} Lost is what was done last: {'; '.join(done)}.",
        "What was saved before is in the library.",
    )


def _keep_typed(draft: Draft, library: Library) -> None:
    where = (draft.annotator, draft.version, draft.start, draft.end)
    library.drafts.keep(*where, draft.text, draft.at, kind=draft.kind)


def _keep(database: Path, groups: Sequence[Group], drafts: Sequence[Draft]) -> Path | None:
    if groups or drafts:
        return rescue.write(groups, database, drafts=drafts)
    rescue.discard(database)
    return None


# ---------------------------------------------------------------------- the next start


async def offer(app: ReaderApp, *, asked: bool = False) -> None:
    """Offer to take in what earlier programs could not save, when nothing else is going on.

    Args:
        app: The app.
        asked: Whether the user asked for it; then it is said if there is nothing.
    """
    files = await asyncio.to_thread(rescue.waiting, app.database.path)
    if not files:
        if asked:
            app.notify("Nothing waits to be taken in.", timeout=4)
        return
    if app.database.read_only:
        app.add_notices([f"{_in_words(files)}: it waits until the library can be written."])
        return
    from reader.tui.screens.dialogs.choice import ChoiceDialog  # late: seldom needed

    while not app.at_rest:
        await asyncio.sleep(0.3)
    answer = await app.push_screen_wait(ChoiceDialog(_in_words(files), _choices(files)))
    if answer == "take":
        await _take_in(app, files)
    elif answer == "aside":
        aside = await asyncio.to_thread(rescue.set_aside, files)
        app.notify(safe(f"Put aside: {aside[0].parent}"), timeout=8, markup=False)
    else:
        app.notify("It is kept. “take in what was not saved” in the palette (:) asks again.")


def _in_words(files: Sequence[RescueFile]) -> str:
    """Return what waits, and from when."""
    actions, drafts = sum(item.actions for item in files), sum(item.drafts for item in files)
    parts = [_counted(actions, "action")] if actions or not drafts else []
    parts += [_drafts(drafts)] if drafts else []
    at = f" of {files[-1].at[:10]}" if files[-1].at else ""
    return f"Not saved: {' and '.join(parts)}{at}"


def _drafts(count: int) -> str:
    return _counted(count, "note or form being typed", "notes or forms being typed")


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _choices(files: Sequence[RescueFile]) -> list[Choice]:
    from reader.tui.screens.dialogs.choice import Choice

    where = safe(str(files[0].path.parent))
    undo = key_for("undo")
    return [
        Choice("take", "take it in", f"What was not saved is saved now; {undo} takes it back."),
        Choice("later", "later", f"It stays in {where}; the next start asks again."),
        Choice("aside", "do not take it in", f"The file is put aside in {where}."),
    ]


async def _take_in(app: ReaderApp, files: Sequence[RescueFile]) -> None:
    total = Rescued()
    for file in files:
        path = file.path
        try:
            done = await app.database.run(partial(rescue.take_in, path=path))
        except ReaderError as error:
            if isinstance(error, StorageError):
                error.hint += f" What is left stays in {path}."
            app.show_error(error)
            break
        total.add(done)
    if total.saved or total.present or total.drafts or total.refused:
        _say_taken(app, total)
    await reload(app)


def _say_taken(app: ReaderApp, total: Rescued) -> None:
    said = f"Taken in: {_counted(total.saved, 'action')}"
    if total.present:
        said += f", {total.present:,} there already"
    if total.drafts:
        said += f", {_drafts(total.drafts)}"
    app.notify(safe(f"{said}."), timeout=8, markup=False)
    if total.refused:
        app.show_error(ReaderError(_refusals(total), f"They are kept in {total.kept}."))


def _refusals(total: Rescued) -> str:
    count = _counted(len(total.refused), "action was", "actions were")
    return f"{count} not taken in ({total.refused[0][1]})."
