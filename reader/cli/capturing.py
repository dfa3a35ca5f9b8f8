"""The command that gets articles in: ``add``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from reader.capture.extractors import EXTRACTORS
from reader.cli import output
from reader.cli.session import Session, as_json, text_option, with_session
from reader.domain.errors import Cancelled, InputError, ReaderError, UsageError
from reader.services.launch import read_stdin

if TYPE_CHECKING:
    from reader.domain.article import Metadata
    from reader.services.capturing.adding import Added
    from reader.services.capturing.duplicates import Choice
    from reader.services.capturing.taking import Outcome, Progress
    from reader.storage.library import Library

_IN_WORDS = {"url": "address", "published_at": "date"}
_WERE = {"was": "it was", "were": "they were"}
_METADATA = ("title", "byline", "outlet", "published", "url", "lang")
_KINDS = ("plain", "markdown", *EXTRACTORS)


def _metadata_options(function: Any) -> Any:
    words = {
        "title": "Its title.",
        "byline": "Who wrote it.",
        "outlet": "Where it was published.",
        "published": "When: YYYY, YYYY-MM, YYYY-MM-DD, or with a time.",
        "url": "Where it can be found.",
        "lang": "Its language, such as en.",
    }
    for name in reversed(_METADATA):
        function = click.option(f"--{name}", metavar="TEXT", help=words[name])(function)
    return function


def page_options(function: Any) -> Any:
    """Give a command the options on pages and on what is there already."""
    for option in reversed(
        (
            click.option("--whole-page", is_flag=True, help="All of a page, not only its article."),
            click.option(
                "--new-version",
                "choice",
                flag_value="new-version",
                help="What is there already gets a new version; highlights are carried over.",
            ),
            click.option(
                "--as-new",
                "choice",
                flag_value="as-new",
                help="What is there already is added as another article.",
            ),
            click.option(
                "--allow-private",
                is_flag=True,
                help="Fetch from machines of private networks, too.",
            ),
        )
    ):
        function = option(function)
    return function


@click.command()
@click.argument("targets", metavar="FILE|FOLDER|URL|-…", nargs=-1, required=True)
@_metadata_options
@click.option("--kind", type=click.Choice(_KINDS), help="What the input is.")
@click.option(
    "--pattern",
    "patterns",
    metavar="GLOB",
    multiple=True,
    help="Which files of a folder, such as '*.pdf'; may be given again.",
)
@page_options
@as_json
@with_session
def add(
    session: Session,
    targets: Sequence[str],
    kind: str | None,
    patterns: tuple[str, ...],
    whole_page: bool,
    choice: Choice | None,
    allow_private: bool,
    as_json: bool,
    **given: str | None,
) -> int:
    """Add articles to the library; `-` is standard input.

    What a file is, is seen from its content. Of a FOLDER, all files that look like articles are
    added, those in its folders too; hidden ones are left out. Of a page, saved or fetched from its
    URL, the article is taken; what looks wrong with it (a paywall, a cookie notice, …) is a warning
    on stderr. What cannot be read is reported, and the rest is added; Ctrl-C keeps what was added
    before. An article whose text or address is there already is not added again unless you say so.
    Prints id, title and number of statements of each.
    """
    from reader.services.capturing.taking import Order

    metadata = _metadata(given)
    if metadata and (len(targets) > 1 or os.path.isdir(targets[0])):  # noqa: PTH112 - any string
        raise UsageError("Title, byline and so on belong to one article.", "Add one at a time.")
    with session.library() as library:
        me = session.me(library)
        told = Told(library, me, as_json)
        private = allow_private or session.settings.allow_private
        order = Order(patterns, kind, metadata, whole_page, choice or "existing", private)
        try:
            for outcome in _outcomes(library, me, targets, order, told):
                told.of(outcome)
        except (KeyboardInterrupt, Cancelled):
            return told.interrupted()
        finally:
            told.progress.done()
    return told.end()


def _outcomes(
    library: Library, me: str, targets: Sequence[str], order: Any, told: Told
) -> Iterator[Outcome]:
    """Yield what came of standard input, and of each file."""
    from reader.capture.sandbox import Sandbox
    from reader.services.capturing.taking import LibraryKeeper, find, take_all

    keeper = LibraryKeeper(library, me)
    with Sandbox() as sandbox:
        if "-" in targets:
            yield _standard_input(library, me, order)
        told.count("looking into folders", 0)
        files, failed = find([name for name in targets if name != "-"], order)
        told.several = len(files) + len(failed) + ("-" in targets) > 1
        yield from failed
        yield from take_all(files, keeper, sandbox, order, told.of_work)


def _standard_input(library: Library, me: str, order: Any) -> Outcome:
    from reader.services.capturing import adding
    from reader.services.capturing.taking import Outcome

    try:
        added = adding.add_bytes(
            library,
            read_stdin(),
            me,
            kind=order.kind,
            metadata=order.metadata,
            whole=order.whole,
            choice=order.choice,
        )
    except InputError as error:
        return Outcome("-", error=error)
    return Outcome("-", added=added)


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
            self.progress.text(f"{files}{os.path.basename(now.name)}{pages}")  # noqa: PTH119

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


def _metadata(given: dict[str, str | None]) -> Metadata | None:
    """Return what is known of the article, or None if nothing is.

    Raises:
        UsageError: The date is none.
    """
    from reader.domain.article import Metadata
    from reader.services.library.changes import checked_date

    values = {name: text_option(value) or None for name, value in given.items()}
    if not any(values.values()):
        return None
    return Metadata(
        title=values["title"],
        byline=values["byline"],
        outlet=values["outlet"],
        url=values["url"],
        published_at=checked_date(values["published"]) if values["published"] else None,
        language=values["lang"],
    )


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
