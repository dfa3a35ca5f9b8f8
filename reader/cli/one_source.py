"""Prints one source: what it is, what is judged of it, and what it says. Import late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reader.cli import output
from reader.services.attributing.listing import Shown, Statement
from reader.services.attributing.sources import role_words
from reader.services.codebooks.tags import Tags

Fact = tuple[str, str | None]
"""What is said of a source, and the name of that."""


def judged_words(item: Shown, tags: Tags, handles: Mapping[str, str]) -> list[Fact]:
    """Return what is judged of a source, and by whom, by the name of the question."""
    return [
        (
            given.judgement.facet,
            f"{tags.name_of(given.judgement)} ({handles.get(given.annotator_uid, '?')})",
        )
        for given in item.ratings
    ]


def print_source(item: Shown, judged: Sequence[Fact]) -> None:
    """Print a source.

    Args:
        item: The source.
        judged: See :func:`judged_words`.
    """
    output.line(f"{item.source.name} · {item.source.kind} · {item.source.naming}")
    output.table([(name, text) for name, text in (*_facts(item), *judged) if text])
    article = ""
    for said in item.statements:
        if said.article_uid != article:
            article = said.article_uid
            output.line()
            output.line(f"{said.article} {said.article_uid}")
        output.line(_statement(said))


def _facts(item: Shown) -> Iterator[Fact]:
    of = item.source
    yield from (("id", of.uid), ("role", of.role))
    yield from (("affiliation", of.affiliation), ("url", of.url))
    yield from (("also", alias) for alias in item.aliases)
    yield from (("was", role_words(role)) for role in item.roles)
    yield from (("merged", f"{other.name} {other.uid}") for other in item.merged)


def _statement(said: Statement) -> str:
    words = said.said.words
    via = f"  [{' > '.join(words)}]" if len(words) > 1 else ""
    return f"  {said.attribution.uid[:13]}  “{' '.join(said.text.split())}”{via}"
