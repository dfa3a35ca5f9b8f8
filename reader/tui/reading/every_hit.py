"""All hits of a search at once: the list of them, and acting on the statements they are in.

Import late: it is for keys pressed now and then, not for the first screen.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.domain.text import Span, per_cent
from reader.services.annotating.annotations import Target
from reader.services.annotating.bulk import Gathering
from reader.services.searching.hit_acts import Act, Sorting, flagging, highlighting, tagging
from reader.services.searching.hit_rows import HitRows
from reader.tui.commands import key_for
from reader.tui.reading import under_way
from reader.tui.reading.base import SLICE_S
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.screens.dialogs.hits import HitsDialog
from reader.tui.widgets.cells import clip

if TYPE_CHECKING:
    from reader.domain.highlight import Highlight
    from reader.services.annotating.bulk import Bulk
    from reader.services.searching.text_search import Search
    from reader.tui.reading.base import ReadingBase
    from reader.tui.reading.search import Searching

    Met = Mapping[Span, Highlight]
    """The highlights on statements, as they were when it was decided on them."""
    Then = Callable[[Searching, Search], Coroutine[None, None, None]]


def list_all(screen: Searching) -> None:
    """List all hits, and go to one or act on all."""
    _with_hits(screen, _list_hits)


def act_on_all(screen: Searching) -> None:
    """Tag, flag or highlight every statement that contains a hit."""
    if screen.may_change():
        _with_hits(screen, _act_on_all)


async def _act_on_all(screen: Searching, search: Search) -> None:
    await _act_on(screen, search, range(len(search.hits)))


def _with_hits(screen: Searching, then: Then) -> None:
    search = screen.seeking
    if search is None:
        screen.say(f"Nothing is searched for. {key_for('search')} searches.")
    else:
        screen.work_holding_keys(lambda: _when_all_known(screen, search, then), "dialog")


async def _when_all_known(screen: Searching, search: Search, then: Then) -> None:
    """Wait until the whole text has been searched."""

    def waiting(_seconds: float) -> bool:
        looking = any(w.group == "hits" and not w.is_finished for w in screen.workers)
        return looking and not search.hits.complete

    def words() -> str:
        return f"{per_cent(search.hits.known, 1)} % of the text, {search.hits.total:,} hits"

    if not await screen.patiently("Searching", waiting, words):
        return
    if search.hits.total:
        await then(screen, search)
    else:
        screen.say("Not found.")


async def _list_hits(screen: Searching, search: Search) -> None:
    hits = search.hits
    here = screen.hit or hits.nearest(screen.cursor.start if screen.cursor else 0, forward=True)
    position = (hits.position(here) if here else None) or 0
    rows = HitRows(screen.session, hits)
    chosen = await screen.ask(HitsDialog(f"Hits of {search.query}", rows, position))
    if chosen is None:
        return
    if not chosen.act:
        screen.go_to_hit(hits[chosen.positions[0]])
    elif screen.may_change():
        await _act_on(screen, search, chosen.positions)


# ------------------------------------------------------------------ acting on many


async def _act_on(screen: Searching, search: Search, positions: Sequence[int]) -> None:
    """Ask what to do and to which statements; do it as one action."""
    if search.hits.capped:
        screen.say("There are too many hits to act on all. Search for something rarer.")
        return
    await screen.turns.ended()
    act = await _choose_act(screen, len(positions))
    if act is None:
        return
    total = len(positions)
    sorting = Sorting(screen.session, (search.hits[at] for at in positions), act)
    if not await screen.patiently(
        "Finding the statements",
        sorting.work_for,
        lambda: f"{sorting.done:,} of {total:,} hits",
    ):
        return
    spans = await _choose_statements(screen, act, sorting, total)
    if not spans:
        return
    screen.turns.take(lambda: _begin(screen, act, spans, sorting.met))


def _begin(screen: Searching, act: Act, spans: Sequence[Span], met: Met) -> None:
    """Do it to statements, as one action, when its turn has come."""
    if under_way.when_ended(screen, lambda: _begin(screen, act, spans, met)):
        return
    targets = (Target(span, met.get(span)) for span in spans)
    known = screen.session.annotations
    gathering = Gathering(known, targets, act.make, kind=act.kind, summary=act.summary)

    def tell(screen: ReadingBase, bulk: Bulk) -> None:
        left = f" {bulk.refused:,} left out: {bulk.reason}" if bulk.refused else ""
        done = f"{act.summary}: {_statements(bulk.count)}"
        screen.say_done(f"{done}.", left)

    under_way.perform(screen, gathering, len(spans), tell, SLICE_S)


async def _choose_act(screen: Searching, hits: int) -> Act | None:

    session = screen.session
    choices = [
        Choice(f"tag {tag.code}", tag.label, symbol=tag.symbol, color=tag.color,
               description=tag.definition, note=f"tag {tag.key}", words=tag.code, is_tag=True)
        for tag in session.facet.tags
    ]  # fmt: skip
    choices += [
        Choice("flag", "flag to check", symbol="⚑", note="f"),
        Choice("highlight", "plain highlight", note="h"),
    ]
    title = "Do to every statement that contains one"
    chosen = await screen.ask(ChoiceDialog(title, choices, remark=_count(hits, "hit")))
    if chosen == "flag":
        return flagging()
    if chosen == "highlight":
        return highlighting()
    tag = session.facet.tag(chosen[4:]) if chosen else None
    return tagging(session, tag) if tag else None


async def _choose_statements(
    screen: Searching, act: Act, sorting: Sorting, hits: int
) -> Sequence[Span]:
    """Show what would be done, and return the statements that it shall be done to."""
    if not sorting.open and not sorting.judged:
        left = " ".join(_left_alone(sorting)) or "No hit is in a statement."
        screen.say(f"Nothing to do. {left}")
        return ()
    choices = _choices(screen, sorting)
    chosen = await screen.ask(ChoiceDialog(act.summary, choices, remark=_count(hits, "hit")))
    if chosen == "all":
        return sorted([*sorting.open, *sorting.judged])
    return sorting.open if chosen == "open" else ()


def _choices(screen: Searching, sorting: Sorting) -> list[Choice]:
    first = next(iter(sorting.open or sorting.judged))
    words = " ".join(screen.session.document.text[slice(*first)][:400].split())
    rest = " ".join(_left_alone(sorting))
    few, many = _labels(len(sorting.open), len(sorting.judged))
    choices = [Choice("open", few, description=f"First: {_as_a_sentence(clip(words, 70))} {rest}")]
    if sorting.judged:
        beside = len(sorting.judged) - sorting.replaced
        replaced = _count(sorting.replaced, "tag")
        parts = [f"{replaced} {_be(sorting.replaced)} replaced (see the history)."]
        if beside:
            parts.append(f"{_statements(beside)} with a judged part: it comes beside that.")
        choices.append(Choice("all", many, description=" ".join([*parts, rest])))
    return choices


def _as_a_sentence(words: str) -> str:
    """Return words in quotation marks with an end, which items of a list have not."""
    return f"“{words}”" if words.endswith((".", "!", "?", "…")) else f"“{words}”."


def _labels(free: int, judged: int) -> tuple[str, str]:
    """Return what it is called to leave alone what has another tag, and not to."""
    if not judged:
        return _statements(free), ""
    every = "the statement" if free + judged == 1 else f"all {free + judged:,} statements"
    if not free:
        one = judged == 1
        none = f"nothing: {every} {'has' if one else 'have'} another tag"
        return none, f"{every}, though {'it has' if one else 'they have'} another tag"
    have = "has" if judged == 1 else "have"
    return (
        f"the {_statements(free)} without another tag",
        f"{every}, also the {judged:,} that {have} another tag",
    )


def _left_alone(sorting: Sorting) -> Iterable[str]:
    """Yield what is not acted on, in words."""
    if sorting.same:
        yield f"{_statements(sorting.same)} {_be(sorting.same)} like that already."
    if sorting.unasked:
        yield f"Of {_statements(sorting.unasked)} the question is not asked."
    if sorting.outside:
        yield f"{_count(sorting.outside, 'hit')} {_be(sorting.outside)} in no statement."


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _statements(count: int) -> str:
    return _count(count, "statement")
