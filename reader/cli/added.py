"""Tells what became of what was to be added to the library."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from reader.cli import output
from reader.domain.errors import Cancelled, ReaderError

if TYPE_CHECKING:
    from reader.services.capturing.adding import Added
    from reader.services.capturing.taking import Outcome, Progress
    from reader.storage.library import Library

_IN_WORDS = {"url": "address", "published_at": "date"}
_WERE = {"was": "it was", "were": "they were"}


class Told:
    """Prints what came of each file, or gathers it for JSON, and knows the exit status.

    Args:
        library: What is added to; nothing that is told was added before now.
        me: Uid of who adds.
        as_json: Whether JSON is wanted.
    """

    def __init__(self, library: Library, me: str, as_json: bool) -> None:
        self._library, self._me = library, me
        self._begun = library.log.newest()
        self.progress = output.Progress("")
        self.several = False
        self._as_json = as_json
        self._results: list[dict[str, Any]] = []
        self._failed: list[dict[str, Any]] = []
        self._worst = 0

    def of_work(self, now: Progress) -> None:
        """Show how far the work is."""
        if self.several or now.parts:
            pages = f" {now.part:,} of {now.parts:,}" if now.parts else ""
            files = f"{now.number:,} of {now.total:,}  " if self.several else ""
            self.progress.text(f"{files}{os.path.basename(now.name)}{pages}")  # noqa: PTH119 - there is no path object here

    def count(self, what: str, _: int) -> None:
        """Show what is done before the first file is read."""
        self.progress.text(what)

    def of(self, outcome: Outcome) -> None:
        """Tell what came of one file."""
        self.progress.done()
        if outcome.added is None:
            self._tell_failure(outcome)
            return
        self._results.append(_result(self._library, outcome.added))
        if not self._as_json:
            _say_added(self._results[-1], outcome.added)

    def _tell_failure(self, outcome: Outcome) -> None:
        error = outcome.error or ReaderError("It was not added.")
        self._worst = max(self._worst, output.failure(error, as_json=self._as_json))
        self._failed.append(
            {
                "target": outcome.name,
                "error": {"title": error.title, "message": error.message, "hint": error.hint},
            }
        )

    def interrupted(self) -> int:
        """Say what was done before the user wanted no more."""
        from reader.services.capturing.adding import added_since
        from reader.services.capturing.taking import Outcome

        told = {result["uid"] for result in self._results}
        for added in added_since(self._library, self._begun, self._me):
            if added.article.uid not in told:
                self.of(Outcome(added.name, added=added))
        self._document()
        if self._results:
            new = output.counted(sum(result["new"] for result in self._results), "article")
            output.note(f"Interrupted. {new} added before; they are kept.")
        return Cancelled.exit_code

    def end(self) -> int:
        """Say how many there were, and return the exit status."""
        self._document()
        if len(self._results) + len(self._failed) > 2:
            output.note(self._summary())
        return 1 if self._failed and self._results else self._worst

    def _summary(self) -> str:
        new = sum(result["new"] for result in self._results)
        there = len(self._results) - new
        parts = [f"{new:,} added"]
        parts += [f"{there:,} there already"] if there else []
        parts += [f"{len(self._failed):,} not read"] if self._failed else []
        return ", ".join(parts) + "."

    def _document(self) -> None:
        if self._as_json:
            output.document({"articles": self._results, "failed": self._failed})


def _result(library: Library, added: Added) -> dict[str, Any]:
    from reader.services.reading.walking import count_statements
    from reader.services.showing import version_of

    changed = added.changed_since
    return {
        "uid": added.article.uid,
        "title": added.name,
        "new": added.new,
        "statements": count_statements(version_of(library, added.article)),
        "quality": added.quality,
        "duplicate": added.duplicate or None,
        "new_version": added.new_version,
        "warnings": [*added.warnings, *_kept(added)],
        "changed_since": changed.uid if changed else None,
    }


def _kept(added: Added) -> list[str]:
    """Return a sentence on details that were given but not taken, or nothing."""
    if not added.kept:
        return []
    named = [_IN_WORDS.get(name, name) for name in added.kept]
    words = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    were = "were" if len(named) > 1 else "was"
    return [f"The article is in the library already; its {words} {were} left as {_WERE[were]}."]


def _say_added(result: dict[str, Any], added: Added) -> None:
    there = "" if added.new else "  (was there already)"
    there = "  (new version)" if added.new_version else there
    statements = output.counted(result["statements"], "statement")
    output.line(f"{result['uid']}  {result['title']}  {statements}{there}")
    for warning in added.warnings:
        output.note(f"warning: {warning}")
    for kept in _kept(added):
        output.note(f"note: {kept}")
    if added.duplicate == "address" and not (added.new or added.new_version):
        output.note(
            "note: it is in the library with this address, but with another text. "
            "`--new-version` adds this one as its new version, `--as-new` as another article."
        )
    if added.changed_since:
        output.note(
            "warning: the file has changed since it was added as "
            f"{added.changed_since.uid}; it is another article now. "
            f"`reader refresh {added.changed_since.uid}` makes it a new version of that one."
        )
