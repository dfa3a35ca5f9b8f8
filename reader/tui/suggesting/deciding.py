"""Asks what becomes of a proposal: taken, taken with changes, or dismissed. Import late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.operation import now
from reader.domain.source import folded
from reader.domain.speech.kinds import named
from reader.domain.text import Span, shortened
from reader.services.annotating.edits import Edit
from reader.services.attributing.chains import source_words
from reader.services.suggesting.around import Around, around
from reader.services.suggesting.deciding import Taken, Where, accept, as_proposed, dismiss
from reader.services.suggesting.proposals import Proposal
from reader.services.suggesting.wording import BY_HAND, in_full, left_open, likely, meant, who
from reader.tui.commands import key_for
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.suggesting.changing import NOBODY, QUOTE, edited

if TYPE_CHECKING:
    from reader.domain.attributed import Attribution
    from reader.domain.source import Source
    from reader.services.attributing.given import Given
    from reader.tui.reading.screen import ReadingScreen

_GIVEN = "given"
"""Id of the choice of the one who says what stands before, as a person said."""


async def decide(screen: ReadingScreen, found: list[Proposal]) -> None:
    """Ask what becomes of what is proposed for a statement."""
    proposal = found[0] if len(found) == 1 else await _choose(screen, found)
    if proposal is None:
        return
    whole, said = await _around(screen, proposal)
    upon = whole.highlight.span if whole and not whole.against else None
    told = " ".join(filter(None, (in_full(proposal), _where_it_goes(whole))))
    title = f"Suggested: {_words(proposal)}"
    chosen = await screen.ask(ChoiceDialog(title, _answers(proposal, told)))
    taken: Taken | None = None
    if chosen == "accept":
        taken = as_proposed(proposal, upon)
    elif chosen == _GIVEN and proposal.given is not None:
        taken = _as_given(proposal, proposal.given, upon)
    elif chosen is not None and chosen.isdigit():
        taken = _as(proposal, int(chosen), upon)
    elif chosen == "edit":
        taken = await edited(screen, proposal, upon)
    elif chosen == "dismiss":
        await _dismiss(screen, proposal)
    if taken is not None:
        await _take(screen, proposal, taken, whole, said)


def _answers(proposal: Proposal, told: str) -> list[Choice]:
    """Return what can be done: it is left open first, unless it is plain who is meant."""
    pronoun = proposal.found.naming == "pronoun"
    name = left_open(proposal) if pronoun else who(proposal)
    whom = list(_whom(proposal, told))
    first = 1 if likely(proposal) else 0
    return [
        *whom[:first],
        Choice("accept", f"accept: {name}", told),
        *whom[first:],
        Choice("edit", "edit …", f"Change words, speaker, voice. {told}"),
        Choice("dismiss", "dismiss", "It is not suggested again."),
    ]


async def _around(
    screen: ReadingScreen, proposal: Proposal
) -> tuple[Around | None, Mapping[str, Attribution]]:
    """Return the highlight around what is proposed, as it is when all is saved.

    With it, who says what there so far, by the highlights' uids.
    """
    await screen.settled()
    session, shown = screen.session, screen.suggested
    statement = session.document.statement_at(proposal.span.start)
    if statement is None or shown is None:
        return None, {}
    there = session.annotations.index.overlapping(*proposal.found.sentence)
    uids = [item.uid for item in there]
    said = await screen.database.run(lambda library: library.attributions.of_all(uids))
    near = shown.proposals.all_at(statement)
    return around(proposal, statement, near, there, lambda item: item.uid in said), said


def _where_it_goes(whole: Around | None) -> str:
    """Return in words of what it will be said who says it; empty if there is nothing around it."""
    if whole is None:
        return ""
    if whole.against:
        return f"The words get a highlight of their own: {whole.against}."
    return "Your highlight of the statement gets the attribution."


def _whom(proposal: Proposal, told: str) -> Iterable[Choice]:
    """Yield a choice for each who may be meant, the likeliest first: a person decides."""
    given = proposal.given
    if given is not None:
        yield Choice(_GIVEN, _is(proposal, given.name), f"{given.name} {BY_HAND}. {told}")
    for number, item in enumerate(proposal.found.candidates):
        name = meant(proposal, number)
        if given is None or folded(name) != folded(given.name):
            yield Choice(str(number), _is(proposal, name), f"{name} {item.why}. {told}")


def _is(proposal: Proposal, name: str) -> str:
    pronoun = f"“{proposal.speaker}” is" if proposal.speaker else "said by"
    return f"accept: {pronoun} {name}"


def _as(proposal: Proposal, number: int, upon: Span | None) -> Taken:
    """Return what is taken if a candidate is meant, by its number."""
    words = proposal.words(proposal.found.candidates[number].span)
    apart = named(words, "named")
    taken = as_proposed(proposal, upon)
    return replace(taken, speaker=apart.name, naming="named", role=apart.role)


def _as_given(proposal: Proposal, given: Given, upon: Span | None) -> Taken:
    """Return what is taken if the one is meant who says what stands before."""
    taken = as_proposed(proposal, upon)
    return replace(taken, speaker=given.name, naming=given.naming, source=given.source)


async def _choose(screen: ReadingScreen, found: list[Proposal]) -> Proposal | None:
    choices = [
        Choice(str(number), _words(item), in_full(item), note=who(item))
        for number, item in enumerate(found)
    ]
    chosen = await screen.ask(ChoiceDialog("Which suggestion?", choices))
    return None if chosen is None else found[int(chosen)]


def _words(proposal: Proposal) -> str:
    return shortened(" ".join(map(proposal.words, proposal.spans)), QUOTE)


# ---------------------------------------------------------------------- doing it


async def _take(
    screen: ReadingScreen,
    proposal: Proposal,
    taken: Taken,
    whole: Around | None,
    said: Mapping[str, Attribution],
) -> None:
    """Take a proposal; everything that was done before is saved first."""
    await screen.turns.ended()
    if not screen.may_change():
        return
    if not await screen.saver.tried():
        screen.say("The last changes are NOT SAVED yet; this must wait.", error=True)
        return
    where, session = Where.of(screen.session.annotations), screen.session
    known = await screen.database.run(
        lambda library: [] if taken.source else library.sources.named(taken.speaker)
    )
    if len(known) > 1:
        chosen = await _one_of(screen, taken.speaker, known)
        if chosen is None or session is not screen.session:
            return
        taken = chosen(taken)
    edit = await screen.database.run(lambda library: accept(library, where, proposal, taken, said))
    screen.saver.note_saved(now())
    if session is screen.session:
        await _show(screen, edit, stays=taken.upon is not None)
    apart = _apart(whole) if whole and edit.before is None else ""
    screen.say_done(f"{edit.group.summary}{apart}.")
    taken_so = edit.group.summary.removeprefix("accepted: ")
    screen.tell_here(f"{key_for('undo')} undoes: {taken_so}")


def _apart(whole: Around) -> str:
    """Return in words that there are two highlights now, why, and how to go on."""
    why = f", since {whole.against}" if whole.against else ""
    return (
        f". These words are a highlight of their own now{why}: keys act on it,"
        f" {key_for('highlight.cycle')} goes to the one around it"
    )


async def _one_of(
    screen: ReadingScreen, name: str, known: Sequence[Source]
) -> Callable[[Taken], Taken] | None:
    """Let one of the sources of a name be chosen, or none; return what that makes of a proposal."""
    choices = [
        *(
            Choice(item.uid, ", ".join(filter(None, (source_words(item), *_of_it(item)))))
            for item in known
        ),
        Choice(NOBODY, "left open", "None of them is taken; the words that name it are kept."),
    ]
    title = f"{len(known)} sources are called “{shortened(name, QUOTE)}”: which?"
    chosen = await screen.ask(ChoiceDialog(title, choices))
    if chosen is None:
        return None
    if chosen == NOBODY:
        return lambda taken: replace(taken, speaker="", naming="", role="")
    return lambda taken: replace(taken, source=chosen)


def _of_it(source: Source) -> tuple[str | None, ...]:
    """Return what tells a source from another of its name."""
    return source.role, source.affiliation, source.kind, source.url


async def _dismiss(screen: ReadingScreen, proposal: Proposal) -> None:
    await screen.turns.ended()
    if not screen.may_change():
        return
    screen.saver.save(dismiss(Where.of(screen.session.annotations), proposal).group)
    await screen.saver.tried()
    if screen.suggested is not None:
        await screen.suggested.load()
    screen.say_done("Dismissed.")


async def _show(screen: ReadingScreen, edit: Edit, *, stays: bool) -> None:
    """Show what was done; what is new is gone to, so that the next key acts on it."""
    if edit.after is not None:
        screen.session.apply(edit)
        screen.pane.refresh_marks()
        screen.refresh_panel()
        if not stays:
            screen.go_to_highlight(edit.after)
        screen.beside_changed([edit.after.uid])
    if screen.suggested is not None:
        await screen.suggested.load()
    screen.after_move()
    screen.facts_changed()
