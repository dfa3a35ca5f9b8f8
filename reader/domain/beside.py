"""What stands beside judgements: for which highlights there is evidence, a relation, a source.

A tag may want one of these; a judgement that has it is complete. Evidence counts only if it bears
on the verdict: it supports or refutes the statement, whichever the codebook asks for, or either. A
tag off the scale, such as *unproven*, says neither; evidence that does not suffice bears on it as
well. What is only context never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from reader.domain.codebook import Requirement, Tag, missing
from reader.domain.highlight import Highlight, Judgement
from reader.domain.records import dataclass


@dataclass(slots=True)
class Beside:
    """Which highlights have what, by uid.

    Attributes:
        evidence: Those for which there is evidence, whatever it says of them.
        supported: Those that some evidence supports.
        refuted: Those that some evidence refutes.
        undecided: Those for which some evidence was looked at that does not suffice.
        relation: Those that are related to others.
        source: Those of which is said who says it.
        edition: Grows with every change.
    """

    evidence: set[str] = field(default_factory=set)
    supported: set[str] = field(default_factory=set)
    refuted: set[str] = field(default_factory=set)
    undecided: set[str] = field(default_factory=set)
    relation: set[str] = field(default_factory=set)
    source: set[str] = field(default_factory=set)
    edition: int = 0

    @property
    def _stances(self) -> tuple[tuple[str, set[str]], ...]:
        """What evidence says, with those of which it says so."""
        return (
            ("supports", self.supported),
            ("refutes", self.refuted),
            ("insufficient", self.undecided),
        )

    def lacks(
        self, highlight: Highlight, judgement: Judgement, tag: Tag
    ) -> tuple[Requirement, ...]:
        """Return what a judgement's tag wants and does not have, in the codebook's order."""
        return missing(
            tag,
            note=bool(highlight.note or judgement.reason),
            evidence=[stance for stance, uids in self._stances if highlight.uid in uids],
            relation=highlight.uid in self.relation,
            source=highlight.uid in self.source,
        )

    def overall_lacks(self, judgement: Judgement, tag: Tag, note: str) -> tuple[Requirement, ...]:
        """Return what a verdict on an article wants and does not have, in the codebook's order.

        It rests on what stands beside the article's highlights, which these are to be.

        Args:
            judgement: The verdict.
            tag: The tag that it gives.
            note: What is noted of the article.
        """
        return missing(
            tag,
            note=bool(note or judgement.reason),
            evidence=[stance for stance, uids in self._stances if uids],
            relation=bool(self.relation),
            source=bool(self.source),
        )

    def take(self, uids: Iterable[str], fresh: Beside) -> None:
        """Have some highlights as they are in another one; those that it does not know have none.

        Args:
            uids: The highlights that may have changed.
            fresh: What stands beside these.
        """
        gone = set(uids)
        for mine, theirs in (
            (self.evidence, fresh.evidence),
            (self.supported, fresh.supported),
            (self.refuted, fresh.refuted),
            (self.undecided, fresh.undecided),
            (self.relation, fresh.relation),
            (self.source, fresh.source),
        ):
            mine -= gone
            mine |= theirs
        self.edition += 1
