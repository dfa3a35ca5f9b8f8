"""Deciding on a proposal: taking it, as it is or with changes, or not; each one action, undoable.

What is taken becomes a highlight with an attribution, and nothing else: never a tag. Its origin
says which detector proposed it, and whether anything was changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Self

from reader.domain.attributed import Attribution, Hop, words_at
from reader.domain.attribution import VERSION
from reader.domain.errors import ChangedMeanwhile
from reader.domain.operation import Change, Group
from reader.domain.records import dataclass
from reader.domain.source import Source
from reader.domain.speech.kinds import named
from reader.domain.text import Span
from reader.domain.uids import derived_uid
from reader.services.annotating.annotations import Annotations
from reader.services.annotating.edits import Edit, changes_between
from reader.services.attributing import edits
from reader.services.attributing.chains import Said, summary_of
from reader.services.attributing.offered import nobody
from reader.services.attributing.sources import new_source
from reader.services.suggesting.proposals import DETECTOR, NAME, Proposal
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Where:
    """Which text a proposal is for, and who decides.

    Attributes:
        article_uid: The article.
        version_uid: Its version.
        annotator_uid: The annotator.
    """

    article_uid: str
    version_uid: str
    annotator_uid: str

    @classmethod
    def of(cls, known: Annotations) -> Self:
        """Return which text is open, and who reads it."""
        return cls(known.article_uid, known.version_uid, known.annotator_uid)


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to be taken of a proposal.

    Attributes:
        span: The words that are highlighted.
        extra_spans: Further stretches of the same.
        speaker: Name of the source; empty leaves the speaker unknown.
        naming: How it is named; empty is guessed.
        role: What the text says of the speaker beside the name, or empty.
        voice: The voice, or None.
        act: The act, or None.
        source: Uid of the source, where several have that name; None is the only one of it.
        upon: The highlight around the words, if it is said of that one who says it; else None.
    """

    span: Span
    extra_spans: tuple[Span, ...] = ()
    speaker: str = ""
    naming: str = ""
    role: str = ""
    voice: str | None = None
    act: str | None = None
    source: str | None = None
    upon: Span | None = None

    @property
    def place(self) -> Span:
        """The stretch of the highlight that gets the attribution."""
        return self.upon or self.span


def as_proposed(proposal: Proposal, upon: Span | None = None) -> Taken:
    """Return what would be taken of a proposal as it is: a pronoun stays unresolved.

    Args:
        proposal: The proposal.
        upon: The highlight around it of which it is to be said, see ``around``.
    """
    found = proposal.found
    name = role = ""
    if found.naming in ("named", "described", "anonymous"):
        apart = named(proposal.called, found.naming, proposal.words(found.role))
        name, role = apart.name, apart.role
    naming = found.naming if name or found.naming == "agentless" else ""
    return Taken(
        proposal.span, found.extra_spans, name, naming, role, found.voice, found.act, upon=upon
    )


def accept(
    library: Library,
    where: Where,
    proposal: Proposal,
    taken: Taken,
    seen: Mapping[str, Attribution] | None = None,
) -> Edit:
    """Take a proposal: make the highlight, the source if it is new, and the attribution.

    A highlight that is there gets the attribution, and stays as it is otherwise.

    Args:
        library: The library.
        where: Which text it is for.
        proposal: What was proposed.
        taken: What is taken of it.
        seen: Who was said to say what there when it was decided, by highlight; None is as it is.

    Raises:
        ChangedMeanwhile: Something else is said there by now.
        UsageError: The name stands for no source that can be.
        StorageError: Nothing was written.
    """
    same = replace(taken, source=None) == as_proposed(proposal, taken.upon)
    decision = "accepted" if same else "edited"
    origin = f"suggestion:{NAME}:{decision}"
    source, fresh = _source(library, taken)
    said = _attribution(proposal, taken, source, origin)
    place = _place(library, where, proposal, taken)
    if taken.upon and place.highlight is None:  # it was taken away meanwhile
        return accept(library, where, proposal, replace(taken, upon=None), seen)
    if seen is not None and place.highlight and place.before != seen.get(place.highlight.uid):
        raise ChangedMeanwhile(
            "Another window has said meanwhile who says this: the suggestion was not taken.",
            "See what it says; who said it can be changed there.",
        )
    edit = edits.attribute(
        place, said, f"accepted: {summary_of(Said(said, (source,)))}", decided=True
    )
    if place.highlight is None and edit.after is not None:
        after = replace(edit.after, origin=origin, extra_spans=taken.extra_spans)
        own = tuple(item for item in edit.group.changes if item.entity == "attribution")
        made = changes_between(None, replace(after, rev=1), proposal.text)
        edit = Edit(replace(edit.group, changes=(*made, *own)), None, after)
    group = replace(
        edit.group,
        kind="suggest",
        article_uid=where.article_uid,
        changes=(*edit.group.changes, _decision(where, proposal, decision)),
    )
    library.log.commit(*edits.making(where.annotator_uid, fresh), group, guarded=True)
    return Edit(group, edit.before, edit.after)


def dismiss(where: Where, proposal: Proposal) -> Edit:
    """Return the action that dismisses a proposal; it is not saved here."""
    words = " ".join(proposal.words(proposal.span).split())[:40]
    change = _decision(where, proposal, "dismissed")
    group = Group(
        "suggest",
        where.annotator_uid,
        where.article_uid,
        (change,),
        summary=f"dismissed the suggestion “{words}”",
    )
    return Edit(group, None, None)


def _source(library: Library, taken: Taken) -> tuple[Source | None, list[Source]]:
    """Return the source of a name, and it again if it has to be made; of several the one said."""
    if taken.naming == "agentless" and not taken.speaker:
        left_out = nobody()
        stored = library.sources.get(left_out.uid)
        return (stored, []) if stored and not stored.removed else (left_out, [left_out])
    if not taken.speaker:
        return None, []
    if taken.source:
        return library.sources.get(taken.source), []
    known = library.sources.named(taken.speaker)
    if known:
        return (known[0] if len(known) == 1 else None), []
    given: Mapping[str, str | None] = {"naming": taken.naming or None, "role": taken.role or None}
    made = new_source(taken.speaker, given)
    return made, [made]


def _attribution(
    proposal: Proposal, taken: Taken, source: Source | None, origin: str
) -> Attribution:
    found, text = proposal.found, proposal.text
    hop = Hop(
        source.uid if source else None,
        words_at(text, *found.speaker) if found.speaker else None,
        words_at(text, *found.cue) if found.cue else None,
    )
    certain = found.scope_certain if taken.place == proposal.span else None
    return Attribution(
        "", "", voice=taken.voice, act=taken.act, scope_certain=certain, origin=origin, hops=(hop,)
    )


def _place(library: Library, where: Where, proposal: Proposal, taken: Taken) -> edits.Place:
    highlight = library.highlights.with_span(where.version_uid, where.annotator_uid, *taken.place)
    before = library.attributions.of(highlight.uid) if highlight else None
    return edits.Place(
        where.article_uid,
        where.version_uid,
        where.annotator_uid,
        proposal.text,
        taken.place,
        highlight,
        before,
    )


def _decision(where: Where, proposal: Proposal, decision: str) -> Change:
    place = proposal.place
    uid = derived_uid(
        f"suggestion\n{where.version_uid}\n{where.annotator_uid}\n{DETECTOR}\n{place[0]}\n{place[1]}"
    )
    fields = {
        "version_uid": where.version_uid,
        "annotator_uid": where.annotator_uid,
        "detector": DETECTOR,
        "detector_version": str(VERSION),
        "kind": "attribution",
        "start": proposal.span.start,
        "end": proposal.span.end,
        "payload": proposal.payload,
        "decision": decision,
    }
    return Change("suggestion", uid, fields)
