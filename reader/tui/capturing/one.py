"""Adds one article: what looks wrong with it, or is there already, is asked before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.capture.capture import ListFound
from reader.capture.fetch import Fetched
from reader.capture.html.quality import WHOLE_PAGE
from reader.capture.sandbox import Sandbox
from reader.capture.source import Report
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import GOOD
from reader.domain.errors import InputError, NetworkError
from reader.services.capturing import pages
from reader.services.capturing.adding import Added, add_draft, as_added
from reader.services.capturing.duplicates import Known, find_known
from reader.services.capturing.feeds import list_of
from reader.services.capturing.taking import Keeper, Order, Outcome, Progress, draft_of
from reader.services.launch import is_address
from reader.tui.capturing.dialog import PasteDialog
from reader.tui.capturing.preview import CHOICES, PASTE, WHOLE, PreviewDialog
from reader.tui.capturing.taking import Taken, TakingDialog, Work
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.services.capturing.duplicates import Choice as DuplicateChoice
    from reader.tui.app import ReaderApp

_EXISTING = Choice("existing", "Go to the one that is there", "Nothing is added.")
_NEW_VERSION = Choice(
    "new-version",
    "Make it the new version",
    "What you marked is carried over to the new text; the old one stays to compare.",
)
_AS_NEW = Choice("as-new", "Add it as another article", "Both are kept, each with its own marks.")


class Source:
    """A file or an address that is read, perhaps more than once; it is fetched only once.

    Args:
        target: The file or address.
        allow_private: Whether machines of private networks may be asked.
    """

    def __init__(self, target: str, *, allow_private: bool = False) -> None:
        self.target = target
        self._allow_private = allow_private
        self._page: Fetched | None = None

    def work(self, *, whole: bool = False) -> Work:
        """Return the work of reading it, which keeps nothing."""

        def read(
            keeper: Keeper, sandbox: Sandbox, told: Callable[[Progress], None]
        ) -> Iterator[Outcome]:
            told(Progress(1, 1, self.target))
            there = None if whole or is_address(self.target) else keeper.known(self.target)
            if there is not None:
                yield Outcome(self.target, added=there)
                return

            def report(part: int, parts: int) -> None:
                told(Progress(1, 1, self.target, part, parts))

            try:
                draft = self._draft(sandbox, report, whole)
            except ListFound as found:
                yield self._listed(found, sandbox, report)
            except (InputError, NetworkError) as error:
                yield Outcome(self.target, error=error)
            else:
                yield Outcome(self.target, draft=draft)

        return read

    def _listed(self, found: ListFound, sandbox: Sandbox, report: Report) -> Outcome:
        """Return what a feed lists."""
        try:
            return Outcome(self.target, listed=list_of(found.source, sandbox, report))
        except InputError as error:
            return Outcome(self.target, error=error)

    def _draft(self, sandbox: Sandbox, report: Report, whole: bool) -> ArticleDraft:
        if not is_address(self.target):
            return draft_of(self.target, sandbox, Order(whole=whole), report)
        if self._page is None:
            self._page = pages.fetch(
                self.target, sandbox, allow_private=self._allow_private, report=report
            )
        reading = pages.Reading(whole=whole)
        return pages.draft_of_page(self.target, self._page, sandbox, reading, report)


async def add_one(app: ReaderApp, target: str) -> tuple[Taken, Added | None]:
    """Read a file or page, ask where that is needed, and keep it.

    Returns:
        What came of reading it, and what was added or is there; None if nothing is.
    """
    source = Source(target, allow_private=app.settings.allow_private)
    taken = await _read(app, source.work())
    outcome = taken.outcomes[0] if taken.outcomes and not taken.cancelled else None
    if outcome is None or outcome.draft is None:
        return taken, outcome.added if outcome else None
    draft = await _judged(app, source, outcome.draft)
    added = await _kept(app, draft) if draft is not None else None
    if added is not None and _is_doubtful(outcome.draft):
        added = replace(added, warnings=())  # they were shown before
    return taken, added


async def _read(app: ReaderApp, work: Work) -> Taken:
    taken = await app.ask(TakingDialog(app.database, app.annotator_uid, work))
    return taken or Taken((), cancelled=True)


async def _judged(app: ReaderApp, source: Source, draft: ArticleDraft) -> ArticleDraft | None:
    """Return what is to be kept, as the user decides where it looks wrong; None is nothing."""
    if not _is_doubtful(draft):
        return draft
    is_page = "html" in draft.extractor
    choices = [choice for choice in CHOICES if is_page or choice.id != WHOLE]
    choice = await app.ask(PreviewDialog(draft, choices))
    if choice == PASTE:
        text = await app.ask(PasteDialog())
        return _pasted(draft, text) if text else None
    if choice == WHOLE:
        taken = await _read(app, source.work(whole=True))
        return taken.outcomes[0].draft if taken.outcomes else None
    return draft if choice else None


def _is_doubtful(draft: ArticleDraft) -> bool:
    return draft.details.quality not in (GOOD, WHOLE_PAGE)


def _pasted(draft: ArticleDraft, text: str) -> ArticleDraft:
    """Return a pasted text as the article of a page: what the page says of it holds."""
    from reader.capture.capture import capture_bytes

    read = capture_bytes(text.encode("utf-8", "replace"), origin=draft.origin, kind="plain")
    found = draft.metadata
    metadata = replace(found, title=found.title or read.metadata.title)
    return replace(read, metadata=metadata, details=replace(draft.details, quality=GOOD))


async def _kept(app: ReaderApp, draft: ArticleDraft) -> Added | None:
    """Keep a draft, as the user decides where it is there already; None is nothing."""
    choice: DuplicateChoice | None = "existing"
    known = await app.database.run(lambda library: find_known(library, draft))
    if known is not None:
        choice = await _about(app, known)
    if choice is None:
        return None
    if known is not None and choice == "new-version":
        from reader.tui.changes.refreshing import renew  # late: seldom needed

        with Sandbox() as sandbox:
            return as_added(await renew(app, known.article, draft, sandbox), known, draft)
    kept, actor = choice, app.annotator_uid
    return await app.database.run(lambda library: add_draft(library, draft, actor, None, kept))


async def _about(app: ReaderApp, known: Known) -> DuplicateChoice | None:
    same = known.by == "text"
    name = known.article.metadata.title or "its address"
    existing = replace(_EXISTING, description=f"“{name}”. Nothing is added.")
    choices = (existing, _AS_NEW) if same else (existing, _NEW_VERSION, _AS_NEW)
    remark = "the same text" if same else "with another text"
    chosen = await app.ask(ChoiceDialog("It is in the library already", choices, remark=remark))
    found: dict[str, DuplicateChoice] = {
        "existing": "existing", "new-version": "new-version", "as-new": "as-new",
    }  # fmt: skip
    return found.get(chosen or "")
