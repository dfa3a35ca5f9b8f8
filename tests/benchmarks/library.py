"""Fills libraries for the measurements, through the program's own layers."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from reader import assets
from reader.domain.operation import Group
from reader.services import articles
from reader.services.annotations import Annotations
from reader.services.showing import version_of
from reader.services.walking import statements_of
from reader.storage.library import Library

CODEBOOK = "credibility-7"
ANNOTATOR = "ana"
_GROUPS_AT_ONCE = 1_000


def add(path: Path, database: Path) -> None:
    """Add a file to a library."""
    with Library(database) as library:
        articles.add_file(library, path, library.annotator(ANNOTATOR))


def tag_statements(path: Path, database: Path, count: int) -> int:
    """Tag as many statements of a file that was added, spread evenly; return how many it were.

    Each is one group of operations, as if a key had been pressed for it.
    """
    codebook = assets.load_builtin(CODEBOOK)
    facet = codebook.statement_facets[0]
    with Library(database) as library:
        me = library.annotator(ANNOTATOR)
        article = articles.resolve(library, str(path))
        version = version_of(library, article)
        spans = [statement.span for statement in statements_of(version)]
        step = max(1, len(spans) // count)
        marks = Annotations(article.uid, version.uid, me, version.text)
        edits = (
            marks.set_tag(marks.target(span), codebook, facet, facet.tags[number % len(facet.tags)])
            for number, span in enumerate(spans[::step][:count])
        )
        done = 0
        while batch := [edit.group for edit in islice(edits, _GROUPS_AT_ONCE)]:
            _commit(library, batch)
            done += len(batch)
    return done


def _commit(library: Library, groups: list[Group]) -> None:
    library.log.commit(*groups)
