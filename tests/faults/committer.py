"""Commits groups in a loop and says so after each COMMIT, until somebody kills it.

Usage: ``python -m tests.faults.committer LIBRARY``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from reader import assets
from reader.services import articles
from reader.services.annotating.annotations import Annotations
from reader.services.reading.walking import statements_of
from reader.services.showing import version_of
from reader.storage.library import Library


def main(database: Path) -> None:
    """Tag one statement after the other, round and round; print a line per COMMIT."""
    codebook = assets.load_builtin("credibility-7")
    facet = codebook.statement_facets[0]
    with Library(database) as library:
        me = library.annotator("ana")
        article = articles.resolve(library, "1")
        version = version_of(library, article)
        spans = [statement.span for statement in statements_of(version)]
        marks = Annotations(article.uid, version.uid, me, version.text)
        number = 0
        while True:
            target = marks.target(spans[number % len(spans)])
            edit = marks.set_tag(target, codebook, facet, facet.tags[number % len(facet.tags)])
            library.log.commit(edit.group)
            os.write(1, f"{edit.group.uid}\n".encode())  # at once: no buffer may hold it back
            marks.apply(edit)
            number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
