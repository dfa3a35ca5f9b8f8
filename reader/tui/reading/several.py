"""What the panel's keys do to several marked entries: one action, one undo. Import late."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.services.annotating import judging
from reader.services.annotating.annotations import Annotations, Target
from reader.services.annotating.bulk import Bulk, Gathering
from reader.services.annotating.edits import Edit
from reader.tui.reading import under_way
from reader.tui.reading.panel_list import AT_ONCE_S
from reader.tui.screens.dialogs.prompt import PromptDialog

if TYPE_CHECKING:
    from reader.tui.reading.base import ReadingBase
    from reader.tui.reading.panel_keys import Listing

Make = Callable[[Annotations, Target], Edit]
"""What is done to one of them."""


def give(
    screen: Listing,
    targets: Sequence[Target],
    codebook: Codebook,
    facet: Facet,
    tag: Tag,
    *,
    off: bool,
) -> None:
    """Set a tag on all of them; take it off, if ``off`` allows it, where all of them have it."""
    screen.session.last_tag = (codebook, facet, tag)

    def has_it(target: Target) -> bool:
        found = target.highlight.judgements_of(codebook.id, facet.id) if target.highlight else []
        return any(judgement.code == tag.code for judgement in found)

    if off and all(map(has_it, targets)):
        act(screen, targets, lambda known, it: known.toggle_tag(it, codebook, facet, tag))
    else:
        act(screen, targets, lambda known, it: known.set_tag(it, codebook, facet, tag))


def confidence(screen: Listing, targets: Sequence[Target]) -> None:
    """Give all of them the step of confidence that the first one would get."""
    book, facet = screen.session.codebook, screen.session.facet
    highlights = (target.highlight for target in targets)
    judgements = (item.judgement(book.id, facet.id) for item in highlights if item)
    first = next((judgement for judgement in judgements if judgement), None)
    step = judging.next_step(first.confidence if first else None)
    act(screen, targets, lambda known, it: judging.set_confidence(known, it, book, facet, step))


def flag(screen: Listing, targets: Sequence[Target]) -> None:
    """Flag all of them; take the flags off only if all of them have one."""
    flagged = not all(target.highlight and target.highlight.flag for target in targets)
    act(screen, targets, lambda known, it: known.set_flag(it, flagged))


def delete(screen: Listing, targets: Sequence[Target]) -> None:
    """Delete all of them."""
    act(screen, targets, _delete)


async def note(screen: Listing, targets: Sequence[Target]) -> None:
    """Write a note on all of them, below the notes that are there."""
    title = f"Note on {len(targets):,} entries"
    text = await screen.ask(
        PromptDialog(title, "Added to the notes that are there. Enter saves, Esc does not.", "")
    )
    if text and text.strip():
        act(screen, targets, lambda known, it: _add_note(known, it, text))


# ---------------------------------------------------------------------- doing it


def act(screen: Listing, targets: Sequence[Target], make: Make) -> None:
    """Do something to several entries, as they are when its turn has come."""
    if screen.may_change():
        screen.turns.take(lambda: _begin(screen, targets, make))


def _begin(
    screen: Listing, targets: Sequence[Target], make: Make, met: Collection[str] = ()
) -> None:
    """Do it, or have it done when what is under way has ended.

    Args:
        screen: The article.
        targets: What was marked.
        make: What is done to each.
        met: Highlights that another window has changed while this waited: they are left out.
    """
    work = screen.under_way
    if work is not None:
        under_way.when_ended(screen, lambda: _begin(screen, targets, make, work.met))
        return
    known = screen.session.annotations
    uids = [target.highlight.uid for target in targets if target.highlight]
    seen = [uid for uid in uids if uid not in met]
    live = [Target(item.span, item) for item in map(known.index.get, seen) if item]
    if not live and met:
        screen.say(f"{under_way.REFUSED} Nothing was done.")
        return
    try:
        kind, summary = _named(known, live, make)
    except UsageError as error:
        screen.say(f"{error.message} {error.hint}".strip())
        return
    gathering = Gathering(known, live, make, kind=kind, summary=summary)
    for _ in range(len(uids) - len(seen)):
        gathering.leave_out(under_way.REFUSED)
    under_way.perform(screen, gathering, len(live), tell, AT_ONCE_S)


def tell(screen: ReadingBase, bulk: Bulk) -> None:
    """Say what was done to several entries, and how it is taken back."""
    refused = f" {bulk.refused:,} left out: {bulk.reason}" if bulk.refused else ""
    if bulk.count:
        screen.say_done(f"{bulk.group.summary}.", refused)
    else:
        screen.say(f"It was so already.{refused}")


def _named(known: Annotations, targets: Sequence[Target], make: Make) -> tuple[str, str]:
    """Return kind and summary of what is done, from the first target that it can be done to.

    Raises:
        UsageError: There is none.
    """
    refused = UsageError("There is no entry here.")
    for target in targets:
        try:
            group = make(known, target).group
        except UsageError as error:
            refused = error
        else:
            return group.kind, group.summary
    raise refused


def _delete(known: Annotations, target: Target) -> Edit:
    if target.highlight is None:
        raise UsageError("There is no highlight here.")
    return known.delete(target.highlight)


def _add_note(known: Annotations, target: Target, text: str) -> Edit:
    old = target.highlight.note if target.highlight else None
    return known.set_note(target, f"{old}\n{text}" if old else text)
