"""What a library hands out: each of these reads one subject of it."""

from __future__ import annotations

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.storage.annotators import Annotators
from reader.storage.articles import Articles
from reader.storage.codebooks import Codebooks
from reader.storage.highlights import Highlights

if TYPE_CHECKING:
    from reader.storage.article_list import ArticleLists
    from reader.storage.attributing.attributions import Attributions
    from reader.storage.attributing.ratings import Ratings
    from reader.storage.attributing.sources import Sources
    from reader.storage.drafts import Drafts
    from reader.storage.judged import Judged
    from reader.storage.ledger.debts import Debts
    from reader.storage.ledger.prints import Prints
    from reader.storage.ledger.saying import Sayings
    from reader.storage.overall import Overalls
    from reader.storage.relating.beside import Besides
    from reader.storage.relating.evidence import EvidenceStore
    from reader.storage.relating.relations import Relations
    from reader.storage.search.search import Search
    from reader.storage.suggestions import Suggestions


class Readers:
    """The subjects of one library; those that no first screen needs are imported when asked for.

    Attributes:
        path: The file.
        annotators: Who annotates.
        articles: Articles, versions, places.
        highlights: Highlights with judgements.
        codebooks: Used codebooks.

    Args:
        connection: To the file.
        path: The file, for messages.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.annotators = Annotators(connection, path)
        self.articles = Articles(connection, path)
        self.highlights = Highlights(connection, path)
        self.codebooks = Codebooks(connection, path)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for this package and its tests."""
        return self._connection

    @cached_property
    def overall(self) -> Overalls:
        """Notes, verdicts and labels of articles as a whole."""
        from reader.storage.overall import Overalls

        return Overalls(self._connection, self.path)

    @cached_property
    def drafts(self) -> Drafts:
        """Notes that are being typed."""
        from reader.storage.drafts import Drafts

        return Drafts(self._connection, self.path)

    @cached_property
    def lists(self) -> ArticleLists:
        """Lists of articles: filtered, sorted, and what they show."""
        from reader.storage.article_list import ArticleLists

        return ArticleLists(self._connection, self.path)

    @cached_property
    def sources(self) -> Sources:
        """Who says things."""
        from reader.storage.attributing.sources import Sources

        return Sources(self._connection, self.path)

    @cached_property
    def attributions(self) -> Attributions:
        """Who said what is marked."""
        from reader.storage.attributing.attributions import Attributions

        return Attributions(self._connection, self.path)

    @cached_property
    def ratings(self) -> Ratings:
        """Judgements on sources and attributions."""
        from reader.storage.attributing.ratings import Ratings

        return Ratings(self._connection, self.path)

    @cached_property
    def judged(self) -> Judged:
        """When highlights were judged, and what was ever said of one."""
        from reader.storage.judged import Judged

        return Judged(self._connection, self.path)

    @cached_property
    def suggestions(self) -> Suggestions:
        """What became of what detectors proposed."""
        from reader.storage.suggestions import Suggestions

        return Suggestions(self._connection, self.path)

    @cached_property
    def search(self) -> Search:
        """Full-text search; what it needs is local state."""
        from reader.storage.search.search import Search

        return Search(self._connection, self.path)

    @cached_property
    def prints(self) -> Prints:
        """By what passages are found that stand in several articles."""
        from reader.storage.ledger.prints import Prints

        return Prints(self._connection, self.path)

    @cached_property
    def relations(self) -> Relations:
        """How statements are related."""
        from reader.storage.relating.relations import Relations

        return Relations(self._connection, self.path)

    @cached_property
    def evidence(self) -> EvidenceStore:
        """What was looked at, and for which statements."""
        from reader.storage.relating.evidence import EvidenceStore

        return EvidenceStore(self._connection, self.path)

    @cached_property
    def beside(self) -> Besides:
        """For which highlights there is evidence, a relation, a source."""
        from reader.storage.relating.beside import Besides

        return Besides(self._connection, self.path)

    @cached_property
    def debts(self) -> Debts:
        """Judgements that lack what their codebook wants."""
        from reader.storage.ledger.debts import Debts

        return Debts(self._connection, self.path)

    @cached_property
    def sayings(self) -> Sayings:
        """Who says what, across the library."""
        from reader.storage.ledger.saying import Sayings

        return Sayings(self._connection, self.path)
