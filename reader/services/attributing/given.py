"""Who says what, as a person said: it tells whom a pronoun may mean in what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable

from reader.domain.records import dataclass
from reader.domain.speech.full_names import FullNames
from reader.domain.speech.kinds import is_person, without_title
from reader.domain.speech.meant import Meant
from reader.domain.text import Span
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Given:
    """Who says a statement, as a person said.

    Attributes:
        span: That statement, or other stretch.
        name: What the source is called; empty if it is not known, or nobody is named.
        kind: What it is.
        naming: How it is named.
        role: What it is or does, or empty.
        source: Its uid; empty if it is not known.
    """

    span: Span
    name: str
    kind: str
    naming: str
    role: str = ""
    source: str = ""


def given_in(
    library: Library, version_uid: str, annotator_uid: str, stretch: tuple[int, int]
) -> list[Given]:
    """Return who says what in a stretch of a version, as an annotator said; in no order.

    Raises:
        StorageError: It cannot be read.
    """
    found = library.suggestions.attributed(version_uid, annotator_uid, *stretch)
    sources = library.sources.all_of([item.source for item in found if item.source])
    given = []
    for item in found:
        source, span = sources.get(item.source or ""), Span(item.start, item.end)
        if source is None or source.naming == "agentless":
            given.append(Given(span, "", "unknown", "agentless"))
        else:
            given.append(
                Given(span, source.name, source.kind, source.naming, source.role or "", source.uid)
            )
    return given


def nearest(given: Iterable[Given], at: int) -> Given | None:
    """Return the last one that ends before a place, if its source is known; else None."""
    before = (item for item in given if item.span.end <= at)
    last = max(before, key=lambda item: (item.span.end, item.span.start), default=None)
    return last if last is not None and last.name else None


def goes_on(given: Given, pronoun: Span, speakers: Iterable[Span]) -> bool:
    """Whether nobody speaks by name between a statement and a pronoun behind it.

    Args:
        given: Who says the statement.
        pronoun: The pronoun.
        speakers: Where those are named who speak around.
    """
    end = given.span.end
    return end <= pronoun.start and not any(end <= it.start < pronoun.start for it in speakers)


def can_mean_only(text: str, given: Given, pronoun: Span) -> bool:
    """Whether a pronoun can mean nobody but the one who says a statement before it."""
    if given.kind not in ("person", "unknown"):
        return False
    name = without_title(given.name)
    meant = Meant(text, FullNames(text))
    meant.given(given.span, name if is_person(name or "-") else "", f"{name} {given.role}", 0)
    paragraphs = text.count("\n\n", given.span.end, pronoun.start)
    return meant.by(pronoun, paragraphs) is not None
