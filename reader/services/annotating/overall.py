"""What is said of an article as a whole: its note, its verdict, its labels, each an operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import Judgement
from reader.domain.operation import Change, Group, now
from reader.domain.overall import Overall, folded, label_uid, overall_uid
from reader.domain.records import dataclass
from reader.services.annotating.edits import judged, judgement_changes, judgement_like, ordered

LABELLED = "label"
"""The kind of the action that puts labels on an article, or takes some off."""

_SUMMARY = 200
"""Characters that the names of labels may take in a summary."""


@dataclass(frozen=True, slots=True)
class OverallEdit:
    """One user action on an article as a whole.

    Attributes:
        group: What goes to the log; without changes there is nothing to do.
        after: What is said of the article then.
    """

    group: Group
    after: Overall


def verdict_facets(codebook: Codebook) -> tuple[Facet, ...]:
    """Return the facets that give an overall verdict: those for articles, else for statements."""
    own = tuple(facet for facet in codebook.facets if "article" in facet.applies_to)
    return own or codebook.statement_facets


class WholeArticle:
    """Makes the edits of one annotator on one article as a whole.

    Args:
        article_uid: The article.
        annotator_uid: Who.
        overall: What is said of it so far.
    """

    def __init__(self, article_uid: str, annotator_uid: str, overall: Overall) -> None:
        self._article, self._annotator = article_uid, annotator_uid
        self._before = overall
        self._uid = overall_uid(article_uid, annotator_uid)

    @property
    def note(self) -> str:
        """The note that there is; empty if there is none."""
        return self._before.note or ""

    def with_note(self, note: str) -> OverallEdit:
        """Write the note; only white space takes it away."""
        old = self._before.note
        new = note.strip("\n") if note.strip() else None
        change: tuple[Change, ...] = ()
        if new is None and old is not None:
            patch = {"deleted_at": now()}
            change = (Change("article_note", self._uid, patch, {"deleted_at": None, "note": old}),)
        elif old is None and new is not None:
            fields = {**self._who(), "note": new}
            change = (Change("article_note", self._uid, fields),)
        elif new != old:
            change = (Change("article_note", self._uid, {"note": new}, {"note": old}),)
        summary = "note on the article" if new else "note on the article off"
        return self._edit("article-note", change, summary, replace(self._before, note=new))

    def with_labels(self, add: Sequence[str] = (), remove: Sequence[str] = ()) -> OverallEdit:
        """Put labels on and take labels off; what is so already is left out."""
        there = {folded(name): name for name in self._before.labels}
        gone = [there.pop(folded(name)) for name in remove if folded(name) in there]
        new = {folded(name): name for name in add if folded(name) not in there}
        there.update(new)
        changes = [
            *(self._label(name, {"deleted_at": now()}, {"deleted_at": None}) for name in gone),
            *(
                self._label(name, {"article_uid": self._article, "name": name})
                for name in new.values()
            ),
        ]
        words = [*(f"label {name}" for name in new.values()), *(f"label {n} off" for n in gone)]
        labels = tuple(there[key] for key in sorted(there))
        summary = ", ".join(words)
        summary = summary if len(summary) < _SUMMARY else f"{len(changes)} labels"
        return self._edit(LABELLED, changes, summary, replace(self._before, labels=labels))

    def with_labels_of(self, changes: Sequence[Change]) -> OverallEdit:
        """Do to labels once more what was made from another state, as far as it is not so already.

        Args:
            changes: What :meth:`with_labels` has made.
        """
        gone = {change.uid for change in changes if change.before is not None}
        remove = [name for name in self._before.labels if label_uid(self._article, name) in gone]
        add = [change.patch["name"] for change in changes if change.before is None]
        return self.with_labels(add, remove)

    def _label(
        self, name: str, patch: dict[str, str], before: dict[str, None] | None = None
    ) -> Change:
        return Change("label", label_uid(self._article, name), patch, before)

    def toggle_verdict(self, codebook: Codebook, facet: Facet, tag: Tag) -> OverallEdit:
        """Give a verdict, or take it off if it is given."""
        there = self._before.verdicts
        old = judgement_like(there, self._uid, codebook, facet, tag)
        if old is not None and old.code == tag.code:
            return self.without_verdicts([old], f"verdict {tag.symbol} {tag.label} off")
        given = judged(there, self._uid, codebook, facet, tag)
        return self.with_verdicts([given], f"verdict {tag.symbol} {tag.label}", codebook)

    def verdict(self, codebook: Codebook, facet: Facet, tag: Tag) -> Judgement:
        """Return the judgement that a verdict gives; it is there already if it is given."""
        return judged(self._before.verdicts, self._uid, codebook, facet, tag)

    def with_verdicts(
        self, given: Sequence[Judgement], summary: str, codebook: Codebook | None = None
    ) -> OverallEdit:
        """Give verdicts, in the place of those of their uids."""
        uids = {item.uid for item in given}
        kept = [item for item in self._before.verdicts if item.uid not in uids]
        return self._verdicts("verdict", ordered([*kept, *given]), summary, codebook)

    def without_verdicts(self, gone: Sequence[Judgement], summary: str) -> OverallEdit:
        """Take verdicts off."""
        uids = {item.uid for item in gone}
        kept = tuple(item for item in self._before.verdicts if item.uid not in uids)
        return self._verdicts("unverdict", kept, summary, None)

    def _verdicts(
        self, kind: str, after: tuple[Judgement, ...], summary: str, codebook: Codebook | None
    ) -> OverallEdit:
        changes = tuple(judgement_changes(self._before.verdicts, after, self._who()))
        return self._edit(kind, changes, summary, replace(self._before, verdicts=after), codebook)

    def _who(self) -> dict[str, str]:
        return {"article_uid": self._article, "annotator_uid": self._annotator}

    def _edit(
        self,
        kind: str,
        changes: Sequence[Change],
        summary: str,
        after: Overall,
        codebook: Codebook | None = None,
    ) -> OverallEdit:
        group = Group(
            kind=kind,
            actor=self._annotator,
            article_uid=self._article,
            changes=tuple(changes),
            summary=summary,
            codebook=codebook if changes else None,
        )
        return OverallEdit(group, after)
