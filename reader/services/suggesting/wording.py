"""What is proposed, in words: who, how, by which words of the text, and how sure that is."""

from __future__ import annotations

from reader.domain.speech.kinds import named
from reader.domain.text import shortened
from reader.services.suggesting.proposals import Proposal
from reader.services.suggesting.remarking import told

_UNNAMED = {"agentless": "nobody is named", "unknown": "who is not clear"}
BY_HAND = "says what stands before it, by what you gave"
"""Why a source is offered that a person has given."""
_LONG, _SHORT = 40, 20
"""Code points of a name."""


def who(proposal: Proposal) -> str:
    """Return who would be the source: a name, or why there is none."""
    found = proposal.found
    name = likely(proposal)
    if name:
        return f"probably {name} (“{proposal.speaker}”)"
    if found.naming == "pronoun":
        return left_open(proposal)
    name = named(proposal.called, found.naming).name if proposal.called else ""
    return name or _UNNAMED.get(found.naming, _UNNAMED["unknown"])


def likely(proposal: Proposal) -> str:
    """Return whom a pronoun means where nobody else can be meant; empty if somebody can.

    What a person has said of the statement before goes before what the text tells.
    """
    if proposal.given is not None:
        return proposal.given.name if proposal.plain else ""
    return meant(proposal, 0) if proposal.found.meant is not None else ""


def left_open(proposal: Proposal) -> str:
    """Return a pronoun of which it is not said whom it means."""
    return f"“{proposal.speaker}” (left open)"


def meant(proposal: Proposal, number: int) -> str:
    """Return the name of one of those whom a pronoun may mean."""
    return named(proposal.words(proposal.found.candidates[number].span), "named").name


def in_short(proposal: Proposal) -> str:
    """Return it in one line: ``Ada Lowe, indirect: “said”?``."""
    found = proposal.found
    return f"{shortened(who(proposal), _LONG)}, {found.voice}: {found.reason}?"


def in_a_word(proposal: Proposal) -> str:
    """Return what can be done with it, in half a line: ``take/dismiss: Ada Lowe?``."""
    return f"take/dismiss: {shortened(who(proposal), _SHORT)}?"


def _role(proposal: Proposal) -> str:
    """Return what the text says of the speaker beside the name, in brackets, or nothing."""
    if proposal.found.role is None:
        return ""
    beside = proposal.words(proposal.found.role)
    return f" ({named(proposal.speaker, proposal.found.naming, beside).role})"


def _here(proposal: Proposal) -> str:
    """Return what the speaker is called here, if the whole name stands elsewhere; else nothing."""
    return f" (“{proposal.speaker}” here)" if proposal.found.whole else ""


def in_full(proposal: Proposal) -> str:
    """Return all of it in a few sentences, for a dialog."""
    found = proposal.found
    how = "" if found.naming in _UNNAMED else f", {found.naming}"
    parts = [
        f"Who: {who(proposal)}{_here(proposal)}{_role(proposal)}{how}.",
        f"Voice: {found.voice}.",
    ]
    if found.act:
        parts.append(f"Act: {found.act}.")
    parts.append(f"Why: {found.reason}.")
    if not found.scope_certain:
        parts.append("Where it ends is not certain.")
    names = [f"{proposal.words(item.span)} ({item.why})" for item in found.candidates]
    if proposal.given is not None:
        names.insert(0, f"{proposal.given.name} ({BY_HAND})")
    if names:
        parts.append(f"It may be: {'; '.join(names)}.")
    beside = told(proposal.text, found.sentence)
    if beside:
        parts.append(f"The sentence: {beside}.")
    return " ".join(parts)
