"""What a filter can ask of highlights; see `reader.domain.finding.filters` for the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from reader.domain.codebook import REQUIREMENTS, Tag, kind_of
from reader.domain.finding.filters import Make, Test, compile_filter, one_of
from reader.domain.finding.search import compile_query
from reader.domain.highlight import Highlight, Judgement
from reader.services.finding.highlights import ANYONE
from reader.services.finding.spoken import BESIDE, SPOKEN, Asked, spoken_value
from reader.services.reading.session import Session

_HAS: Mapping[str, Test[Highlight]] = {
    "note": lambda item: bool(item.note),
    "tag": lambda item: bool(item.judgements),
    "flag": lambda item: item.flag,
    "reason": lambda item: any(judgement.reason for judgement in item.judgements),
    "confidence": lambda item: any(judgement.confidence for judgement in item.judgements),
    "likelihood": lambda item: any(
        judgement.likelihood is not None for judgement in item.judgements
    ),
}

_CONFIDENCE: Mapping[str, Test[Highlight]] = {
    "any": _HAS["confidence"],
    "low": lambda item: any(judgement.confidence == "low" for judgement in item.judgements),
    "moderate": lambda item: any(j.confidence == "moderate" for j in item.judgements),
    "high": lambda item: any(judgement.confidence == "high" for judgement in item.judgements),
    "none": lambda item: not any(judgement.confidence for judgement in item.judgements),
}


_FATES: Mapping[str, Test[Highlight]] = {
    "unconfirmed": lambda item: item.is_unconfirmed,
    "any": lambda item: item.fate is not None,
    "none": lambda item: item.fate is None,
    "kept": lambda item: item.fate == "kept",
    "reworded": lambda item: item.fate == "reworded",
    "moved": lambda item: item.fate == "moved",
    "check": lambda item: item.fate == "check",
    "confirmed": lambda item: item.fate == "confirmed",
}
"""What became of a highlight when the page changed."""


def highlight_filter(
    session: Session, query: str, handles: Mapping[str, str]
) -> Test[Highlight] | None:
    """Return the test that a filter makes of a highlight; None if it asks nothing.

    Who said something is asked of what the library answered, see `Session.spoken`.

    Args:
        session: Whose text and codebooks are meant.
        query: What the user typed.
        handles: Annotators' names by uid.

    Raises:
        UsageError: It has a field or a value that means nothing.
    """
    fields: dict[str, Make[Highlight]] = {
        "tag": lambda value: _tagged(session.tag_of, value),
        "by": lambda value: _by(handles, value),
        "has": one_of("has", {**_HAS, **_beside(session.spoken)}, "note"),
        "flag": one_of("flag", _yes_or_no(_HAS["flag"]), "yes"),
        "incomplete": lambda value: _incomplete(session, value),
        "confidence": one_of("confidence", _CONFIDENCE, "any"),
        "fate": one_of("fate", _FATES, "unconfirmed"),
        **{name: _spoken(session.spoken, name) for name in SPOKEN},
    }
    return compile_filter(query, fields, lambda value: _says(session, value))


def _spoken(known: Mapping[Asked, frozenset[str]], field: str) -> Make[Highlight]:
    """Ask who said it, or how: what the library has answered counts."""

    def make(value: str) -> Test[Highlight]:
        uids = known.get((field, spoken_value(field, value)), frozenset())
        return lambda item: item.uid in uids

    return make


def _beside(known: Mapping[Asked, frozenset[str]]) -> dict[str, Test[Highlight]]:
    """Ask for a source, a relation, evidence."""

    def among(uids: frozenset[str]) -> Test[Highlight]:
        return lambda item: item.uid in uids

    return {name: among(known.get(("has", name), frozenset())) for name in BESIDE}


def _yes_or_no(test: Test[Highlight]) -> dict[str, Test[Highlight]]:
    return {"yes": test, "no": lambda item: not test(item)}


def _says(session: Session, words: str) -> Test[Highlight]:
    """Look for words in quotation and note, as the search does in the article."""
    pattern, text = compile_query(words), session.document.text

    def test(item: Highlight) -> bool:
        if pattern.search(text, item.start, item.end):
            return True
        return bool(item.note and pattern.search(item.note))

    return test


def _tagged(tag_of: Callable[[Judgement], Tag | None], value: str) -> Test[Highlight]:
    """Ask for a tag by its code, label, symbol or key; the beginning of code or label is enough."""
    wanted = value.casefold()
    fits: dict[tuple[str, int, str, str], bool] = {}

    def fitting(judgement: Judgement) -> bool:
        key = (judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code)
        known = fits.get(key)
        if known is None:
            tag = tag_of(judgement)
            words = (judgement.code, tag.label) if tag else (judgement.code,)
            known = any(word.casefold().startswith(wanted) for word in words)
            known = fits[key] = known or bool(tag and value in (tag.symbol, tag.ascii, tag.key))
        return known

    return lambda item: any(fitting(judgement) for judgement in item.judgements)


def _by(handles: Mapping[str, str], value: str) -> Test[Highlight]:
    wanted = value.casefold()
    if wanted == ANYONE:
        return lambda item: True
    uids = {uid for uid, handle in handles.items() if handle.casefold().startswith(wanted)}
    return lambda item: item.annotator_uid in uids


def _lacks(missing: Callable[[Highlight], tuple[str, ...]], kind: str, item: Highlight) -> bool:
    return any(kind_of(name) == kind for name in missing(item))


def _incomplete(session: Session, value: str) -> Test[Highlight]:
    """Ask whether a tag wants something that is not there, or just one kind of thing."""
    missing = session.missing
    tests: dict[str, Test[Highlight]] = {
        **_yes_or_no(lambda item: bool(missing(item))),
        **{kind: partial(_lacks, missing, kind) for kind in map(kind_of, REQUIREMENTS)},
    }
    return one_of("incomplete", tests, "yes")(value)
