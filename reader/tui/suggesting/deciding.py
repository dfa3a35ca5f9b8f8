"""Asks what becomes of a proposal: taken, taken with changes, or dismissed. Import late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.attributed import ACTS, VOICES
from reader.domain.operation import now
from reader.domain.speech.kinds import named
from reader.services.annotating.edits import Edit
from reader.services.attributing.candidates import Candidate, candidates
from reader.services.attributing.chains import source_words
from reader.services.suggesting.deciding import Taken, Where, accept, as_proposed, dismiss
from reader.services.suggesting.proposals import Proposal
from reader.services.suggesting.wording import in_full, who
from reader.tui.commands import key_for
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

if TYPE_CHECKING:
    from reader.domain.source import Source
    from reader.tui.reading.screen import ReadingScreen

_QUOTE = 60
_NOBODY = "-"
"""Id of the choice that leaves the speaker open."""


async def decide(screen: ReadingScreen, found: list[Proposal]) -> None:
    """Ask what becomes of what is proposed for a statement."""
    proposal = found[0] if len(found) == 1 else await _choose(screen, found)
    if proposal is None:
        return
    chosen = await screen.ask(
        ChoiceDialog(
            f"Suggested: {_words(proposal)}",
            [
                Choice("accept", f"accept: {who(proposal)}", in_full(proposal)),
                *_meant(proposal),
                Choice("edit", "edit …", f"Change words, speaker, voice. {in_full(proposal)}"),
                Choice("dismiss", "dismiss", "It is not suggested again."),
            ],
        )
    )
    if chosen == "accept":
        await _take(screen, proposal, as_proposed(proposal))
    elif chosen is not None and chosen.isdigit():
        await _take(screen, proposal, _as(proposal, int(chosen)))
    elif chosen == "edit":
        taken = await _edited(screen, proposal)
        if taken is not None:
            await _take(screen, proposal, taken)
    elif chosen == "dismiss":
        await _dismiss(screen, proposal)


def _meant(proposal: Proposal) -> Iterable[Choice]:
    """Yield a choice for each whom a pronoun may mean, the likeliest first: a person decides."""
    if proposal.found.naming == "pronoun":
        for number, item in enumerate(proposal.found.candidates):
            name = " ".join(proposal.words(item.span).split())
            label = f"accept: “{proposal.speaker}” is {name}"
            yield Choice(str(number), label, f"{name} {item.why}.")


def _as(proposal: Proposal, number: int) -> Taken:
    """Return what is taken if a pronoun means the candidate of a number."""
    words = proposal.words(proposal.found.candidates[number].span)
    apart = named(words, "named")
    return replace(as_proposed(proposal), speaker=apart.name, naming="named", role=apart.role)


async def _choose(screen: ReadingScreen, found: list[Proposal]) -> Proposal | None:
    choices = [
        Choice(str(number), _words(item), in_full(item), note=who(item))
        for number, item in enumerate(found)
    ]
    chosen = await screen.ask(ChoiceDialog("Which suggestion?", choices))
    return None if chosen is None else found[int(chosen)]


def _words(proposal: Proposal) -> str:
    text = " ".join(" ".join(map(proposal.words, proposal.spans)).split())
    return text if len(text) <= _QUOTE else f"{text[: _QUOTE - 1]}…"


# ---------------------------------------------------------------------- changing it


async def _edited(screen: ReadingScreen, proposal: Proposal) -> Taken | None:
    """Let words, speaker, voice and act be changed, one after the other, until it is taken."""
    taken = as_proposed(proposal)
    while True:
        chosen = await screen.ask(ChoiceDialog("Take it so?", _rows(proposal, taken)))
        if chosen == "take":
            return taken
        if chosen is None:
            return None
        taken = await _changed(screen, proposal, taken, chosen)


def _rows(proposal: Proposal, taken: Taken) -> list[Choice]:
    words = " ".join(proposal.words(taken.span).split())
    return [
        Choice("take", "take it so", "The highlight is made, with the attribution."),
        Choice("words", f"words: {words[:_QUOTE]}", "What is highlighted."),
        Choice("speaker", f"speaker: {taken.speaker or 'left open'}", "Who is said to say it."),
        Choice("voice", f"voice: {taken.voice or 'not said'}", "How it is told."),
        Choice("act", f"act: {taken.act or 'not said'}", "What the speaker does by it."),
    ]


async def _changed(screen: ReadingScreen, proposal: Proposal, taken: Taken, what: str) -> Taken:
    if what == "words":
        return await _other_words(screen, proposal, taken)
    if what == "speaker":
        return await _other_speaker(screen, proposal, taken)
    known = VOICES if what == "voice" else ACTS
    choices = [*(Choice(code, code) for code in known), Choice(_NOBODY, "not said")]
    now_is = taken.voice if what == "voice" else taken.act
    chosen = await screen.ask(ChoiceDialog(what.capitalize(), choices, current=now_is or _NOBODY))
    if chosen is None:
        return taken
    value = None if chosen == _NOBODY else chosen
    return replace(taken, voice=value) if what == "voice" else replace(taken, act=value)


async def _other_words(screen: ReadingScreen, proposal: Proposal, taken: Taken) -> Taken:
    sentence, cursor = proposal.found.sentence, screen.cursor
    ways = {
        "said": (proposal.span, proposal.found.extra_spans),
        "sentence": (sentence, ()),
        "statement": (cursor or sentence, ()),
    }
    choices = [
        Choice(name, " ".join(proposal.words(span).split())[:_QUOTE], note=name)
        for name, (span, _) in ways.items()
    ]
    chosen = await screen.ask(ChoiceDialog("Which words?", choices))
    if chosen is None:
        return taken
    span, extra = ways[chosen]
    return replace(taken, span=span, extra_spans=extra)


async def _other_speaker(screen: ReadingScreen, proposal: Proposal, taken: Taken) -> Taken:
    found = candidates(proposal.text, screen.session.document.blocks, proposal.span)
    offered = [item for item in found if item.name]
    choices = [
        *(Choice(str(number), item.name, item.why, note=item.naming)
          for number, item in enumerate(offered)),
        Choice("type", "somebody else …", "Type a name."),
        Choice(_NOBODY, "left open", "It is not known who says it."),
    ]  # fmt: skip
    chosen = await screen.ask(ChoiceDialog("Who says it?", choices))
    if chosen is None:
        return taken
    if chosen == _NOBODY:
        return replace(taken, speaker="", naming="", role="")
    if chosen == "type":
        return await _typed(screen, taken)
    return _of(taken, offered[int(chosen)])


def _of(taken: Taken, candidate: Candidate) -> Taken:
    return replace(taken, speaker=candidate.name, naming=candidate.naming, role=candidate.role)


async def _typed(screen: ReadingScreen, taken: Taken) -> Taken:
    from reader.tui.screens.dialogs.prompt import PromptDialog

    name = await screen.ask(PromptDialog("Who says it?", "A name", taken.speaker))
    if not name or not name.strip():
        return taken
    return replace(taken, speaker=named(name, "described").name, naming="", role="")


# ---------------------------------------------------------------------- doing it


async def _take(screen: ReadingScreen, proposal: Proposal, taken: Taken) -> None:
    """Take a proposal; everything that was done before is saved first."""
    await screen.turns.ended()
    if not screen.may_change():
        return
    if not await screen.saver.tried():
        screen.say("The last changes are NOT SAVED yet; this must wait.", error=True)
        return
    where, session = _where(screen), screen.session
    known = await screen.database.run(
        lambda library: library.sources.named(taken.speaker) if taken.speaker else []
    )
    if len(known) > 1:
        chosen = await _one_of(screen, taken.speaker, known)
        if chosen is None or session is not screen.session:
            return
        taken = chosen(taken)
    edit = await screen.database.run(lambda library: accept(library, where, proposal, taken))
    screen.saver.note_saved(now())
    if session is screen.session:
        await _show(screen, edit)
    screen.say(f"{edit.group.summary}. {key_for('undo')} takes it back.")


async def _one_of(
    screen: ReadingScreen, name: str, known: Sequence[Source]
) -> Callable[[Taken], Taken] | None:
    """Let one of the sources of a name be chosen, or none; return what that makes of a proposal."""
    choices = [
        *(
            Choice(item.uid, ", ".join(filter(None, (source_words(item), *_of_it(item)))))
            for item in known
        ),
        Choice(_NOBODY, "left open", "None of them is taken; the words that name it are kept."),
    ]
    title = f"{len(known)} sources are called “{name[:_QUOTE]}”: which?"
    chosen = await screen.ask(ChoiceDialog(title, choices))
    if chosen is None:
        return None
    if chosen == _NOBODY:
        return lambda taken: replace(taken, speaker="", naming="", role="")
    return lambda taken: replace(taken, source=chosen)


def _of_it(source: Source) -> tuple[str | None, ...]:
    """Return what tells a source from another of its name."""
    return source.role, source.affiliation, source.kind, source.url


async def _dismiss(screen: ReadingScreen, proposal: Proposal) -> None:
    await screen.turns.ended()
    if not screen.may_change():
        return
    screen.saver.save(dismiss(_where(screen), proposal).group)
    await screen.saver.tried()
    if screen.suggested is not None:
        await screen.suggested.load()
    screen.say(f"Dismissed. {key_for('undo')} takes it back.")


async def _show(screen: ReadingScreen, edit: Edit) -> None:
    if edit.after is not None:
        screen.session.apply(edit)
        screen.pane.refresh_marks()
        screen.refresh_panel()
        screen.go_to_highlight(edit.after)  # so that the next key acts on it
        screen.beside_changed([edit.after.uid])
    if screen.suggested is not None:
        await screen.suggested.load()
    screen.after_move()
    screen.facts_changed()


def _where(screen: ReadingScreen) -> Where:
    known = screen.session.annotations
    return Where(known.article_uid, known.version_uid, known.annotator_uid)
