"""A judgement without the screen: find the stretch, change the highlight on it, one action."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace

from reader.domain.article import Article, Version
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.highlight import Highlight, Judgement
from reader.domain.operation import Group
from reader.domain.records import dataclass
from reader.domain.text import Span
from reader.services.annotating.edits import (
    changes_between,
    deletion,
    is_bare,
    judged,
    new_highlight,
    tag_uid,
    with_judgement,
    with_note,
    without_judgement,
)
from reader.services.annotating.judging import said_of
from reader.services.codebooks.tags import Tags
from reader.services.reading.walking import statements_of
from reader.services.showing import lacks
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be said of a stretch; None leaves a thing as it is.

    Attributes:
        codes: Tags to set, or to take off: ``code`` or ``facet:code``.
        remove: Take the tags off; without tags, delete the highlight.
        note: The note; an empty one takes it away.
        confidence: ``low``, ``moderate`` or ``high``.
        likelihood: Per cent, 0-100.
        reason: Why.
        flag: Flag to check later, or take the flag off.
    """

    codes: Sequence[str] = ()
    remove: bool = False
    note: str | None = None
    confidence: str | None = None
    likelihood: int | None = None
    reason: str | None = None
    flag: bool | None = None

    @property
    def says_more(self) -> bool:
        """Whether something is said of the judgement besides its tag."""
        return any(item is not None for item in (self.confidence, self.likelihood, self.reason))


@dataclass(frozen=True, slots=True)
class Tagged:
    """What came of it.

    Attributes:
        uid: The highlight's uid; empty if there was none and none was made.
        gone: The highlight was deleted.
        changed: False if all was so already.
        lacks: By tag, what it wants beside it: ``("corroborated", ("evidence",))``.
    """

    uid: str
    gone: bool = False
    changed: bool = True
    lacks: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


# ---------------------------------------------------------------------- which stretch


def statement_span(version: Version, number: int) -> Span:
    """Return where the statement of that number (from 1) is.

    Raises:
        UsageError: There are not so many.
    """
    last = 0
    for statement in statements_of(version):
        if statement.number == number:
            return statement.span
        last = statement.number
    raise UsageError(
        f"There is no statement {number}; the article has {last}.", "See `reader show`."
    )


def quote_span(version: Version, quote: str) -> Span:
    """Return where a quotation is; white space in it stands for any white space.

    Raises:
        UsageError: It is not there, or more than once.
    """
    words = quote.split()
    if not words:
        raise UsageError("The quotation is empty.", "Give the words to be tagged.")
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = pattern.search(version.text)
    if found is None:
        raise UsageError("The article does not have these words.", "Copy them from `reader show`.")
    if pattern.search(version.text, found.start() + 1):
        raise UsageError("These words are in the article more than once.", "Give more of them.")
    return Span(*found.span())


def offset_span(version: Version, start: int, end: int) -> Span:
    """Return a stretch given by code points.

    Raises:
        UsageError: It is not in the text.
    """
    if not 0 <= start < end <= len(version.text):
        raise UsageError(
            f"{start}:{end} is no stretch of a text of {len(version.text)} characters.",
            "Offsets count code points from 0; the end is not included.",
        )
    return Span(start, end)


# ---------------------------------------------------------------------- the action


def tag(
    library: Library,
    article: Article,
    version: Version,
    span: Span,
    annotator: str,
    codebook: Codebook,
    wish: Wish,
) -> Tagged:
    """Do what is wished on a stretch, as one action that one undo takes back.

    Raises:
        UsageError: A tag is not in the codebook, or the wish makes no sense.
        StorageError: Nothing was written.
    """
    _check(wish)
    tags = [tag_named(codebook, codebook.statement_facets, code) for code in wish.codes]
    before = library.highlights.with_span(version.uid, annotator, span.start, span.end)
    if wish.remove and before is None:
        raise UsageError(
            "There is no highlight of yours on just these words.", "See `reader show`."
        )
    highlight = before or new_highlight(version.uid, annotator, span)
    after = None if _deletes(wish) else _wished(highlight, codebook, tags, wish)
    if after is None or (after.implicit and is_bare(after)):
        return _delete(library, article, before)
    changes = changes_between(before, after, version.text)
    if changes:
        group = Group(
            "untag" if wish.remove else "tag",
            annotator,
            article.uid,
            changes,
            summary=_summary(tags, wish),
            codebook=None if wish.remove else codebook,
        )
        library.log.commit(group, guarded=True)
    return Tagged(after.uid, changed=bool(changes), lacks=_lacks(library, after, codebook))


def _deletes(wish: Wish) -> bool:
    return wish.remove and not wish.codes


def _delete(library: Library, article: Article, before: Highlight | None) -> Tagged:
    if before is None:
        return Tagged("", changed=False)
    group = Group(
        "delete",
        before.annotator_uid,
        article.uid,
        (deletion(before, before),),
        summary="delete highlight",
    )
    library.log.commit(group, guarded=True)
    return Tagged(before.uid, gone=True)


def _check(wish: Wish) -> None:
    if wish.remove and (wish.says_more or wish.note is not None or wish.flag is not None):
        raise UsageError("--remove takes tags off and sets nothing.", "Do it in two commands.")


def tag_named(codebook: Codebook, facets: Sequence[Facet], code: str) -> tuple[Facet, Tag]:
    """Return the tag of that code in some facets; ``facet:code`` where two of them have it.

    Raises:
        UsageError: There is none, or more than one.
    """
    facet_id, _, bare = code.rpartition(":")
    named = [facet for facet in facets if facet_id in ("", facet.id)]
    found = [(facet, tag) for facet in named if (tag := facet.tag(bare))]
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(f"{facet.id}:{bare}" for facet, _ in found)
        raise UsageError(f"{code} is in more than one facet of {codebook.id}.", f"Say {names}.")
    known = ", ".join(tag.code for facet in facets for tag in facet.tags)
    raise UsageError(f"Codebook {codebook.id} has no tag {code}.", f"It has {known}.")


def _wished(
    highlight: Highlight, codebook: Codebook, tags: Sequence[tuple[Facet, Tag]], wish: Wish
) -> Highlight:
    after = highlight
    uids = [tag_uid(highlight.uid, codebook, facet, tag) for facet, tag in tags]
    if len(set(uids)) < len(uids):
        raise UsageError("A facet takes one of these tags only.", "Give one tag of each facet.")
    for uid, (facet, tag) in zip(uids, tags, strict=True):
        if wish.remove:
            after = _without(after, uid, tag)
        else:
            given = judged(after.judgements, after.uid, codebook, facet, tag)
            after = with_judgement(after, said_by(wish, given))
    if wish.says_more and not tags:
        after = _said_more(after, codebook, wish)
    if wish.note is not None:
        after = with_note(after, wish.note)
    if wish.flag is not None:
        after = replace(after, flag=wish.flag)
    if not (tags or wish.says_more or wish.note is not None or wish.flag is not None):
        after = replace(after, implicit=False)  # a plain highlight
    return after


def _without(highlight: Highlight, uid: str, tag: Tag) -> Highlight:
    if not any(item.uid == uid and item.code == tag.code for item in highlight.judgements):
        raise UsageError(f"The highlight does not have the tag {tag.code}.", "See `reader show`.")
    return without_judgement(highlight, uid)


def _said_more(highlight: Highlight, codebook: Codebook, wish: Wish) -> Highlight:
    """Say more of the judgement of the codebook's first facet that has one."""
    for facet in codebook.statement_facets:
        found = highlight.judgement(codebook.id, facet.id)
        if found is not None:
            return with_judgement(highlight, said_by(wish, found))
    raise UsageError("There is no tag here to say that of.", "Give a tag as well.")


def said_by(wish: Wish, judgement: Judgement) -> Judgement:
    """Return a judgement with what is wished to be said of it.

    Raises:
        UsageError: A value is out of range.
    """
    return said_of(
        judgement,
        judgement.confidence if wish.confidence is None else wish.confidence,
        judgement.likelihood if wish.likelihood is None else wish.likelihood,
        judgement.reason if wish.reason is None else wish.reason,
    )


def _summary(tags: Sequence[tuple[Facet, Tag]], wish: Wish) -> str:
    words = ", ".join(f"{tag.symbol} {tag.label}" for _, tag in tags)
    if wish.remove:
        return f"{words} off"
    if words:
        return words
    if wish.note is not None:
        return "note" if wish.note.strip() else "note off"
    if wish.flag is not None:
        return "flag" if wish.flag else "flag off"
    return _said_more_in_words(wish) or "highlight"


def _said_more_in_words(wish: Wish) -> str:
    """Return in a few words what is said of a judgement besides its tag."""
    words = [] if wish.confidence is None else [f"confidence {wish.confidence or 'not given'}"]
    words += [] if wish.likelihood is None else [f"likelihood {wish.likelihood} %"]
    words += [] if wish.reason is None else ["reason" if wish.reason else "reason off"]
    return ", ".join(words)


def _lacks(
    library: Library, highlight: Highlight, codebook: Codebook
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    tags = Tags(library, codebook)
    beside = library.beside.of([highlight.uid])
    found = (
        (item.code, lacks(highlight, item, tags.of(item), beside)) for item in highlight.judgements
    )
    return tuple((code, wanted) for code, wanted in found if wanted)
