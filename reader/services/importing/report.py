"""What an import did."""

from __future__ import annotations

from dataclasses import field

from reader.domain.records import dataclass

LISTED = 1_000
"""Problems that a report lists; more are only counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that did not become a highlight, or not the same one.

    Attributes:
        line: Where the row begins in the file, from 1.
        kind: ``rejected``, ``unplaced``, ``differs`` or ``relation``.
        reason: Why, in words.
        article: What the article is called that the row needs and the library has not, or empty.
    """

    line: int
    kind: str
    reason: str
    article: str = ""


@dataclass(slots=True)
class ImportReport:
    """What an import did: ``read`` is the sum of all that follow it but ``differing`` and down.

    Attributes:
        read: Rows.
        imported: New highlights.
        present: Were there already.
        unplaced: Their words were not found, or not in one place only.
        rejected: Could not be understood.
        skipped: Rows of statements without a highlight.
        differing: Of those present: with other content, which was left as it is.
        orphans: Of those not placed: orphans of a version that the library has not.
        by_quote: Of those imported: placed by their words.
        without_fate: Of those imported: the file says how they came to their version, and what
            their words were before; that is not taken in.
        relations: New relations.
        evidence: New links to evidence.
        loose: Relations that lead to highlights which are neither in the file nor in the library.
        others: Of those present: whose they are but the importer's, by handle, and how many.
        unknown_columns: Columns that were passed over.
        missing: How many of those not placed belong to an article that is not in the library, by
            what the article is called.
        problems: Why; at most :data:`LISTED`.
    """

    read: int = 0
    imported: int = 0
    present: int = 0
    unplaced: int = 0
    rejected: int = 0
    skipped: int = 0
    differing: int = 0
    orphans: int = 0
    by_quote: int = 0
    without_fate: int = 0
    relations: int = 0
    evidence: int = 0
    loose: int = 0
    others: dict[str, int] = field(default_factory=dict)
    unknown_columns: tuple[str, ...] = ()
    missing: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def trouble(self, line: int, kind: str, reason: str, article: str = "") -> None:
        """Note why a row is not what it could be."""
        if article:
            self.missing[article] = self.missing.get(article, 0) + 1
        if len(self.problems) < LISTED:
            self.problems.append(Problem(line, kind, reason, article))
