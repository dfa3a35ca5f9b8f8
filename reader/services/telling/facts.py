"""What stands beside a highlight, in words: pairs of a label and a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reader.domain.article import first_words
from reader.domain.attributed import Hop, act_label
from reader.domain.highlight import Judgement
from reader.domain.relation import Place
from reader.domain.source import Source
from reader.services.attributing.chains import hop_words, open_words, source_words
from reader.services.relating.relations import Rated, Related
from reader.services.telling.told import Given, Told
from reader.storage.relating.evidence import Linked

Name = Callable[[Judgement], str]
"""Words the tag that a judgement gives."""

Number = Callable[[Place], int | None]
"""Gives the number that a highlight has in a report; None if it is not in it."""

_WORDS = 120
"""Code points of a related statement that are told."""
_CERTAIN, _UNCERTAIN = "where it ends is certain", "where it ends is uncertain"
_EXCERPT = 300
"""The same of the words of evidence."""


def facts(
    told: Told,
    name: Name,
    annotator: str,
    article: str | None = None,
    *,
    number: Number | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield what stands beside a highlight, as labels and texts.

    Args:
        told: What does.
        name: Words a tag.
        annotator: Whose judgements and relations need no name.
        article: Uid of its article: where a related statement is in another one, that one is named.
        number: Numbers highlights in a report, where the words of evidence keep their lines;
            elsewhere there is none.
    """
    yield from who(told, certain=number is not None)
    yield from (("source is", _judged(given, name, annotator)) for given in told.of_source)
    yield from (("was it said", _judged(given, name, annotator)) for given in told.of_said)
    for item in told.related:
        yield "relation", _related(item, article, number, annotator)
        yield from (("judged as", _rated(one, name, annotator)) for one in item.ratings)
    yield from (
        ("evidence", evidence_words(item, lines=number is not None)) for item in told.evidence
    )


def who(told: Told, *, certain: bool = False) -> Iterator[tuple[str, str]]:
    """Yield who said it, through whom, how it is told, and what that does.

    Args:
        told: What stands beside a highlight.
        certain: Whether it is told as well that it is certain where it ends, as it mostly is.
    """
    said = told.said
    if said is None:
        return
    for number, (hop, source) in enumerate(said.hops):
        yield "via" if number else "said by", _source(hop, source, told)
    item = said.attribution
    ends = {None: "", True: _CERTAIN if certain else "", False: _UNCERTAIN}[item.scope_certain]
    voice = ", ".join(filter(None, (item.voice, ends)))
    if voice:
        yield "voice", voice
    if item.act:
        yield "act", act_label(item.act)


def _source(hop: Hop, source: Source | None, told: Told) -> str:
    """Return a source with what it was on the day of the article."""
    role = told.roles.get(source.uid) if source else None
    words = hop_words(hop, source)
    return f"{words}, {role}" if role and role not in words else words


def _judged(given: Given, name: Name, annotator: str) -> str:
    by = "" if given.annotator_uid == annotator else f" ({given.annotator})"
    reason = f": {given.judgement.reason}" if given.judgement.reason else ""
    return f"{name(given.judgement)}{by}{reason}"


def _rated(given: Rated, name: Name, annotator: str) -> str:
    """Return what was judged of a relation, such as that it is a denial of all of it."""
    return _judged(Given(given.annotator_uid, given.annotator, given.judgement), name, annotator)


def _related(item: Related, article: str | None, number: Number | None, annotator: str) -> str:
    found = number(item.other) if number else None
    nth = f"no. {found} " if found else ""
    where = "" if item.other.article_uid == article else f", in {item.other.article}"
    by = "" if item.relation.annotator_uid == annotator else f" ({item.annotator})"
    note = f": {item.relation.note}" if item.relation.note else ""
    return f"{item.words} {nth}“{first_words(item.other.exact, _WORDS)}”{where}{by}{note}"


def evidence_words(linked: Linked, *, lines: bool = False) -> str:
    """Return a piece of evidence in words, with what it says of the statement.

    Args:
        linked: The evidence.
        lines: Whether its own words keep their lines; else all is one line.
    """
    item = linked.evidence
    kind = f" ({item.kind})" if item.kind and item.kind != item.name else ""
    parts: Iterable[str | None] = (
        f"{item.name}{kind}",
        None if item.url == item.name else item.url,
        f"archived: {item.archive_url}" if item.archive_url else None,
        f"looked at {item.accessed_at}" if item.accessed_at else None,
    )
    excerpt = item.excerpt if item.excerpt != item.name else None
    words = _in_lines(excerpt or "") if lines else first_words(excerpt or "", _EXCERPT)
    quote = f": “{words}”" if excerpt else ""
    return f"{linked.link.stance}: {', '.join(filter(None, parts))}{quote}"


def _in_lines(text: str) -> str:
    """Return the first words of a text; its lines stay, without empty ones."""
    found: list[str] = []
    left = _EXCERPT
    for line in filter(str.strip, text.splitlines()):
        if left <= 0:
            return "\n".join(found).removesuffix("…") + "…"
        found.append(first_words(line, left))
        left -= len(line)
    return "\n".join(found)


def summary(told: Told) -> str:
    """Return in a few words who said it: ``Ministry > ? > agency, indirect, deny``."""
    said = told.said
    if said is None:
        return ""
    names = " > ".join(source_words(one) if one else open_words(hop) for hop, one in said.hops)
    return ", ".join(filter(None, (names, said.attribution.voice, said.attribution.act)))
