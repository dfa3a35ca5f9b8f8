"""What stands beside judgements: for which highlights there is evidence, a relation, a source.

A tag may want one of these; a judgement that has it is complete. Evidence counts only if it bears
on the verdict: it supports or refutes the statement. A tag off the scale, such as *unproven*, says
neither; evidence that does not suffice bears on it as well. What is only context never does.
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
        bearing: Those that some evidence supports or refutes.
        undecided: Those for which some evidence was looked at that does not suffice.
        relation: Those that are related to others.
        source: Those of which is said who says it.
        edition: Grows with every change.
    """

    evidence: set[str] = field(default_factory=set)
    bearing: set[str] = field(default_factory=set)
    undecided: set[str] = field(default_factory=set)
    relation: set[str] = field(default_factory=set)
    source: set[str] = field(default_factory=set)
    edition: int = 0

    def lacks(
        self, highlight: Highlight, judgement: Judgement, tag: Tag
    ) -> tuple[Requirement, ...]:
        """Return what a judgement's tag wants and does not have, in the codebook's order."""
        return missing(
            tag,
            note=bool(highlight.note or judgement.reason),
            evidence=highlight.uid in self.bearing
            or (tag.rank is None and highlight.uid in self.undecided),
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
            evidence=bool(self.bearing or (tag.rank is None and self.undecided)),
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
            (self.bearing, fresh.bearing),
            (self.undecided, fresh.undecided),
            (self.relation, fresh.relation),
            (self.source, fresh.source),
        ):
            mine -= gone
            mine |= theirs
        self.edition += 1
