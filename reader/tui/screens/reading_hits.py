"""All hits of a search at once: the list of them, and acting on the statements they are in."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import TYPE_CHECKING

from reader.domain.text import Span
from reader.tui.commands import key_for
from reader.tui.screens.reading_search import Searching
from reader.tui.screens.reading_tags import Tags
from reader.tui.widgets.cells import clip

if TYPE_CHECKING:
    from reader.services.hit_acts import Act, Sorting
    from reader.services.searching import Search
    from reader.tui.screens.dialogs.choice import Choice


class Hits(Tags, Searching):
    """``*``, and what the list of hits leads to."""

    def action_search_list(self) -> None:
        """List all hits, and go to one or act on all."""
        self._with_hits(self._list_hits)

    def action_search_act(self) -> None:
        """Tag, flag or highlight every statement that contains a hit."""
        if self.may_change():
            self._with_hits(lambda search: self._act_on(search, range(len(search.hits))))

    def _with_hits(self, then: Callable[[Search], Coroutine[None, None, None]]) -> None:
        search = self.seeking
        if search is None:
            self.app.let_keys_go()
            self.say(f"Nothing is searched for. {key_for('search')} searches.")
        else:
            self.work_holding_keys(lambda: self._when_all_known(search, then), "dialog")

    async def _when_all_known(
        self, search: Search, then: Callable[[Search], Coroutine[None, None, None]]
    ) -> None:
        """Wait until the whole text has been searched."""

        def waiting(_seconds: float) -> bool:
            looking = any(w.group == "hits" and not w.is_finished for w in self.workers)
            return looking and not search.hits.complete

        def words() -> str:
            return f"{search.hits.known:.0%} of the text, {search.hits.total:,} hits"

        if not await self.patiently("Searching", waiting, words):
            return
        if search.hits.total:
            await then(search)
        else:
            self.say("Not found.")

    async def _list_hits(self, search: Search) -> None:
        from reader.services.hit_rows import HitRows
        from reader.tui.screens.dialogs.hits import HitsDialog

        hits = search.hits
        here = self.hit or hits.nearest(self.cursor.start if self.cursor else 0, forward=True)
        position = (hits.position(here) if here else None) or 0
        rows = HitRows(self.session, hits)
        chosen = await self.ask(HitsDialog(f"Hits of {search.query}", rows, position))
        if chosen is None:
            return
        if not chosen.act:
            self.go_to_hit(hits[chosen.positions[0]])
        elif self.may_change():
            await self._act_on(search, chosen.positions)

    # ------------------------------------------------------------------ acting on many

    async def _act_on(self, search: Search, positions: Sequence[int]) -> None:
        """Ask what to do and to which statements; do it as one action."""
        from reader.services.bulk import Gathering
        from reader.services.hit_acts import Sorting

        if search.hits.capped:
            self.say("There are too many hits to act on all. Search for something rarer.")
            return
        await self.turns.ended()
        act = await self._choose_act(len(positions))
        if act is None:
            return
        total, known = len(positions), self.session.annotations
        sorting = Sorting(self.session, (search.hits[at] for at in positions), act)
        if not await self.patiently(
            "Finding the statements",
            sorting.work_for,
            lambda: f"{sorting.done:,} of {total:,} hits",
        ):
            return
        spans = await self._choose_statements(act, sorting, total)
        if not spans:
            return
        gathering = Gathering(
            known, map(known.target, spans), act.make, kind=act.kind, summary=act.summary
        )
        count = len(spans)
        if not await self.patiently(
            act.summary, gathering.work_for, lambda: f"{gathering.done:,} of {count:,} statements"
        ):
            return
        if not self.may_change():
            return
        bulk = gathering.bulk()
        self.perform_all(bulk)
        self.say(f"{act.summary}: {_statements(len(bulk))}. {key_for('undo')} takes it back.")

    async def _choose_act(self, hits: int) -> Act | None:
        from reader.services.hit_acts import flagging, highlighting, tagging
        from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

        session = self.session
        choices = [
            Choice(f"tag {tag.code}", tag.label, symbol=tag.symbol, color=tag.color,
                   description=tag.definition, note=f"tag {tag.key}")
            for tag in session.facet.tags
        ]  # fmt: skip
        choices += [
            Choice("flag", "flag to check", symbol="⚑", note="f"),
            Choice("highlight", "plain highlight", note="h"),
        ]
        title = "Do to every statement that contains one"
        chosen = await self.ask(ChoiceDialog(title, choices, remark=_count(hits, "hit")))
        if chosen == "flag":
            return flagging()
        if chosen == "highlight":
            return highlighting()
        tag = session.facet.tag(chosen[4:]) if chosen else None
        return tagging(session, tag) if tag else None

    async def _choose_statements(self, act: Act, sorting: Sorting, hits: int) -> Sequence[Span]:
        """Show what would be done, and return the statements that it shall be done to."""
        from reader.tui.screens.dialogs.choice import ChoiceDialog

        if not sorting.open and not sorting.judged:
            left = " ".join(_left_alone(sorting)) or "No hit is in a statement."
            self.say(f"Nothing to do. {left}")
            return ()
        choices = self._choices(sorting)
        chosen = await self.ask(ChoiceDialog(act.summary, choices, remark=_count(hits, "hit")))
        if chosen == "all":
            return sorted([*sorting.open, *sorting.judged])
        return sorting.open if chosen == "open" else ()

    def _choices(self, sorting: Sorting) -> list[Choice]:
        from reader.tui.screens.dialogs.choice import Choice

        judged, free = len(sorting.judged), len(sorting.open)
        first = next(iter(sorting.open or sorting.judged))
        words = " ".join(self.session.document.text[slice(*first)][:400].split())
        rest = " ".join(_left_alone(sorting))
        about = f"First: “{clip(words, 70)}” {rest}"
        stay = f"; leave the {judged:,} judged otherwise" if judged else ""
        choices = [Choice("open", f"{_statements(free)}{stay}", description=about)]
        if judged:
            beside = judged - sorting.replaced
            replaced = _count(sorting.replaced, "tag")
            parts = [f"{replaced} {_be(sorting.replaced)} replaced (see the history)."]
            if beside:
                parts.append(f"{_statements(beside)} with a judged part: it comes beside that.")
            choices.append(
                Choice(
                    "all",
                    f"{_statements(free + judged)}, also the {judged:,} judged otherwise",
                    description=" ".join([*parts, rest]),
                )
            )
        return choices


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
