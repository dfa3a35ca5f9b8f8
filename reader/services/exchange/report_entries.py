"""Tells one highlight in a report: its tags, where it is, what was said of it, by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from reader.domain.beside import Beside
from reader.domain.codebook import Codebook, Facet, wanted_in_words
from reader.domain.fates import named
from reader.domain.highlight import Fate, Highlight, Judgement
from reader.domain.likelihood import in_words
from reader.formats.markdown_report import Entry
from reader.services.codebooks.tags import Tags
from reader.services.reading.walking import Walk
from reader.services.showing import lacks
from reader.services.telling import history
from reader.storage.anchored import AnchoredHighlight
from reader.storage.library import Library

PLAIN = "–"
"""Stands in the text for the symbol of a highlight without a tag."""


class Entries:
    """Makes the entries of one library's highlights.

    Attributes:
        tags: Names tags.
        names: What annotators are called, by uid.
        beside: For which highlights of the version there is a source, evidence, a relation.

    Args:
        library: The library.
        tags: Names tags.
        first: Codebook and facet whose judgements come first.
        names: What annotators are called, by uid.
        with_history: Whether each highlight's history is told.
        by: Uids of the annotators whose steps the history has; None is all.
    """

    def __init__(
        self,
        library: Library,
        tags: Tags,
        first: tuple[Codebook, Facet],
        names: Mapping[str, str],
        with_history: bool,
        by: Collection[str] | None = None,
    ) -> None:
        handles = library.annotators.handles()
        self._who = {name for uid, name in handles.items() if by is None or uid in by}
        self._library, self.tags, self.names = library, tags, names
        self._codebook, self._facet = first
        self._with_history = with_history
        self.beside = Beside()

    def entry(
        self,
        number: int,
        found: AnchoredHighlight,
        walk: Walk,
        beside: tuple[tuple[str, str], ...],
        *,
        named: bool = False,
    ) -> Entry:
        """Return what is written of a highlight.

        Args:
            number: Its number in the report.
            found: The highlight.
            walk: Counts the statements of its version.
            beside: What stands beside it: labels, each with words.
            named: Whether its heading says whose it is: others have marked the article as well.
        """
        item = found.highlight
        names = [self._name(each) for each in self._in_order(item)]
        return Entry(
            number,
            ", ".join(names) or f"{PLAIN} highlight",
            found.anchor.exact,
            tuple(self._entry_facts(found, walk.statement(item.span), beside)),
            tuple(self._steps(item)) if self._with_history else (),
            self.names[item.annotator_uid] if named else "",
        )

    def _entry_facts(
        self,
        found: AnchoredHighlight,
        statement: int | None,
        beside: tuple[tuple[str, str], ...],
    ) -> Iterator[tuple[str, str]]:
        item = found.highlight
        place = f"characters {item.start:,} to {item.end:,}"
        yield "where", f"statement {statement:,}, {place}" if statement else place
        yield from beside
        yield from self._judgement_facts(item)
        if item.fate is Fate.ORPHANED:
            yield named(item.fate), "the words are in an earlier version of the text only"
        elif item.is_unconfirmed and item.fate and item.was:
            yield named(item.fate), f"before: “{' '.join(item.was.exact.split())}”"
        if item.note:
            yield "note", item.note
        if item.flag:
            yield "flagged to check", ""
        wanted = self.wanted(item)
        if wanted:
            yield "incomplete", f"wants {wanted_in_words(wanted)}"
        books = dict.fromkeys(f"{each.codebook} version {each.codebook_version}"
                              for each in self._in_order(item))  # fmt: skip
        yield "by", ", ".join((self.names[item.annotator_uid], self._when(item), *books))

    def _judgement_facts(self, item: Highlight) -> Iterator[tuple[str, str]]:
        """Yield what judgements say beside their tags."""
        for each in self._in_order(item):
            prefix = "" if len(item.judgements) == 1 else f"{self._name(each)}: "
            if each.confidence:
                yield "confidence", prefix + each.confidence
            if each.likelihood is not None:
                yield "likelihood", prefix + in_words(each.likelihood)
            for label, words in (("reason", each.reason), ("because of", self._because(each))):
                if words:
                    yield label, prefix + words

    def _because(self, judgement: Judgement) -> str:
        """Return the evidence that a judgement was given because of, or empty."""
        uids = judgement.because
        known = self._library.evidence.all_of(uids) if uids else {}
        return "; ".join(item.name for item in known.values())

    def _when(self, item: Highlight) -> str:
        """Return when a highlight was judged, or else made: later it may have been carried on."""
        judged = self._library.judged.last_on(item.uid)
        said, at = ("judged", judged) if judged else ("marked", item.created_at)
        return f"{said} {at[:16].replace('T', ' ')} UTC"

    def _steps(self, item: Highlight) -> Iterator[str]:
        events = history.of_highlight(self._library, item, self.tags.name)
        chosen = (event for event in events if event.who in self._who)
        yield from history.in_lines(chosen, lambda at: (at[:10], f"{at[11:16]} UTC"))

    def _in_order(self, item: Highlight) -> list[Judgement]:
        """Return a highlight's judgements, those of the facet in front."""
        first = (self._codebook.id, self._facet.id)
        return sorted(item.judgements, key=lambda each: (each.codebook, each.facet) != first)

    def symbols(self, item: Highlight) -> str:
        """Return the symbols of a highlight's tags, those of the facet in front."""
        tags = (self.tags.of(each) for each in self._in_order(item))
        return "".join(tag.symbol if tag else "·" for tag in tags) or PLAIN

    def _name(self, judgement: Judgement) -> str:
        return self.tags.name(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )

    def wanted(self, item: Highlight) -> tuple[str, ...]:
        """Return what a highlight lacks that its codebooks ask for."""
        wanted = (lacks(item, each, self.tags.of(each), self.beside) for each in item.judgements)
        return tuple(dict.fromkeys(name for names in wanted for name in names))
