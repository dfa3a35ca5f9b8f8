"""What a library holds, to be compared with another; a text, and what is said of it as a whole."""

from __future__ import annotations

import random

from reader.assets import load_builtin
from reader.domain.operation import Group
from reader.services.annotating.overall import WholeArticle, verdict_facets
from reader.storage.library import Library
from reader.storage.state import ENTITIES

TEXT = "The first one. A second one follows. Then a third, which is longer than both."
TABLES = (*(entity.table for entity in ENTITIES.values()), "hop")


def state(library: Library) -> dict[str, list[str]]:
    found = {}
    for table in TABLES:
        cursor = library.connection.execute(f"SELECT * FROM {table}")
        kept = [i for i, column in enumerate(cursor.description) if column[0] != "id"]
        found[table] = sorted(repr([row[i] for i in kept]) for row in cursor)
    return found


def overall_group(library: Library, article: str, annotator: str, choice: random.Random) -> Group:
    """Something that is said of the article as a whole."""
    whole = WholeArticle(article, annotator, library.overall.get(article, annotator))
    action = choice.choice(["note", "label", "verdict"])
    if action == "note":
        return whole.with_note(choice.choice(["", "as a whole", "two\nlines"])).group
    if action == "label":
        names = ["climate", "Climate", "to do"]
        return whole.with_labels([choice.choice(names)], [choice.choice(names)]).group
    book = load_builtin(choice.choice(["credibility-7", "checkworthy"]))
    facet = choice.choice(verdict_facets(book))
    return whole.toggle_verdict(book, facet, choice.choice(facet.tags)).group
