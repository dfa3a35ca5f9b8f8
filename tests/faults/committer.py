"""Commits groups in a loop and says so after each COMMIT, until somebody kills it.

Usage: ``python -m tests.faults.committer LIBRARY [all]``. With ``all`` each group tags all of the
statements.
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
from tests.bulk_edits import in_one


def main(database: Path, *, many: bool) -> None:
    """Tag one statement after the other, or all of them at once, round and round.

    A line is printed per COMMIT.
    """
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
            tag = facet.tags[number % len(facet.tags)]
            targets = map(marks.target, spans if many else [spans[number % len(spans)]])
            bulk = in_one(
                marks,
                targets,
                lambda known, target, tag=tag: known.set_tag(target, codebook, facet, tag),
                kind="tag",
                summary=tag.label,
            )
            library.log.commit(bulk.group, guarded=True)
            os.write(1, f"{bulk.group.uid}\n".encode())  # at once: no buffer may hold it back
            marks.put_all({edit.uid: edit.after for edit in bulk.edits})
            number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), many="all" in sys.argv[2:])
