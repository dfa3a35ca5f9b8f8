"""Tags that are renamed or merged: a new version of the codebook, and new judgements for the old.

The judgements of all annotators change, deleted highlights' too (they may come back), as one action
of the library's own; the old values stay in the log.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from reader import assets
from reader.domain.codebook import Codebook, Facet
from reader.domain.codebook_file.edit import with_code, without_tag
from reader.domain.errors import CodebookError, UsageError
from reader.domain.highlight import Judgement, judgement_uid
from reader.domain.operation import Change, Group, now
from reader.domain.records import dataclass
from reader.services.annotating.edits import value_of
from reader.services.codebooks import own_tags
from reader.services.codebooks.finding import checked, find, from_file, own_file
from reader.services.places import codebooks_path
from reader.storage.codebooks import Given
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Changed:
    """What a renaming or merging did, or would do.

    Attributes:
        codebook: The codebook as it is then.
        judgements: Judgements that change, on highlights that were not deleted and on articles.
        articles: In how many articles they are.
        path: The file that was written; None if there was no need to.
    """

    codebook: Codebook
    judgements: int
    articles: int
    path: Path | None


def rename(
    library: Library, name: str, old: str, new: str, actor: str, *, label: str = "",
    dry_run: bool = False,
) -> Changed:  # fmt: skip
    """Let a tag have another code, and another label if one is given.

    If the file has the new code already and not the old one, only the judgements change.

    Args:
        library: Whose judgements change.
        name: The codebook's id.
        old: The code so far, or ``FACET:CODE``.
        new: The code from now on.
        actor: Uid of the annotator who does it.
        label: The label from now on; empty keeps it, unless it is the code in words.
        dry_run: Change nothing, and say what would.

    Raises:
        UsageError: The codes cannot be what they are said to be.
        CodebookError: There is no such codebook, or its file cannot be changed.
        ReaderError: The file or the library cannot be written.
    """
    book = _own(library, name)
    facet_id, _, code = old.rpartition(":")
    if not re.fullmatch("[A-Za-z0-9-]{1,40}", new):
        raise UsageError(f"{new} can be no code.", "Up to 40 of a-z, A-Z, 0-9 and the hyphen.")
    if label:
        label = own_tags.check_label(label)
    there = _facets_with(book, code, facet_id)
    facet = _the_one(book, there or _facets_with(book, new, facet_id), code)
    if there and facet.tag(new) is not None:
        raise UsageError(
            f"Codebook {book.id} has both {code} and {new}.",
            f"`reader codebook merge {book.id} {code} {new}` makes one of them.",
        )
    made = book
    if there:
        label = label or _label_in_words(facet, code, new)
        made = with_code(book.source, facet.id, code, new, label, _next(library, book))
    elif not library.codebooks.was_given(book.id, facet.id, code):
        raise UsageError(
            f"Codebook {book.id} has no tag {code}.", f"See `reader codebook show {book.id}`."
        )
    elif label:
        raise UsageError(
            f"Codebook {book.id} has {new} already.", "Give it another label in the file."
        )
    summary = f"{book.id}: {code} → {new}"
    return _change(library, book, made, facet, [code], new, actor, "rename", summary, dry_run)


def _label_in_words(facet: Facet, code: str, new: str) -> str:
    """Return a new code in words, if the label was the old one's: it would contradict the code."""
    tag = facet.tag(code)
    own = tag is not None and tag.label.replace(" ", "-") == code
    return new.replace("-", " ") if own else ""


def merge(
    library: Library, name: str, codes: Sequence[str], into: str, actor: str, *,
    dry_run: bool = False,
) -> Changed:  # fmt: skip
    """Make one tag of several: judgements that gave one of them give the last one.

    A codebook of the user's own has the others no more; a built-in one never changes.

    Args:
        library: Whose judgements change.
        name: The codebook's id.
        codes: The codes that go, or ``FACET:CODE``.
        into: The code that stays.
        actor: Uid of the annotator who does it.
        dry_run: Change nothing, and say what would.

    Raises:
        UsageError: A code cannot be what it is said to be.
        CodebookError: There is no such codebook, or its file cannot be changed.
        ReaderError: The file or the library cannot be written.
    """
    built_in = name in assets.builtin_codebooks()
    book = find(library, name) if built_in else _own(library, name)
    facet_id, _, into = into.rpartition(":")
    facet = _the_one(book, _facets_with(book, into, facet_id), into)
    old = list(dict.fromkeys(code.rpartition(":")[2] for code in codes))
    if into in old:
        raise UsageError(f"{into} cannot be merged into itself.", "Name the tag that stays last.")
    for code in old:
        if facet.tag(code) is None and not library.codebooks.was_given(book.id, facet.id, code):
            raise UsageError(
                f"Facet {facet.id} of {book.id} has no tag {code}.",
                f"See `reader codebook show {book.id}`.",
            )
    made = book
    gone = [] if built_in else [code for code in old if facet.tag(code)]
    for code in gone:
        made = without_tag(made.source, facet.id, code, into, _next(library, book))
    summary = f"{book.id}: {', '.join(old)} → {into}"
    return _change(library, book, made, facet, old, into, actor, "merge-tags", summary, dry_run)


# ---------------------------------------------------------------------- the codebook


def _own(library: Library, name: str) -> Codebook:
    """Return a codebook that the user may change: the newest version there is."""
    if name in assets.builtin_codebooks():
        raise CodebookError(
            f"{name} is built in and never changes.",
            f"Save it as your own (`reader codebook show {name} --toml`) with another id, and "
            "change that.",
        )
    if "/" in name or "\\" in name or name.endswith(".toml"):
        book = checked(from_file(Path(name).expanduser()), library)
        raise UsageError("A codebook is named by its id here.", f"That is {book.id}.")
    return find(library, name)


def _next(library: Library, book: Codebook) -> int:
    """Return a version that was never used."""
    used = library.codebooks.get(book.id)
    return max(book.version, used.version if used else 0) + 1


def _facets_with(book: Codebook, code: str, facet_id: str) -> list[Facet]:
    named = [facet for facet in book.facets if facet_id in ("", facet.id)]
    return [facet for facet in named if facet.tag(code)]


def _the_one(book: Codebook, facets: Sequence[Facet], code: str) -> Facet:
    if len(facets) == 1:
        return facets[0]
    if facets:
        names = " or ".join(f"{facet.id}:{code}" for facet in facets)
        raise UsageError(f"{code} is in more than one facet of {book.id}.", f"Say {names}.")
    raise UsageError(
        f"Codebook {book.id} has no tag {code}.", f"See `reader codebook show {book.id}`."
    )


# ---------------------------------------------------------------------- the judgements


def _change(
    library: Library,
    book: Codebook,
    made: Codebook,
    facet: Facet,
    old: Sequence[str],
    new: str,
    actor: str,
    kind: str,
    summary: str,
    dry_run: bool,
) -> Changed:
    """Write the codebook's file and the judgements, all of it or nothing.

    No other program gives a tag between what is read of them here and what is written.
    """
    path = None
    if made is not book:
        path = own_file(book.id) or codebooks_path() / f"{book.id}.toml"
    if dry_run:
        return _done(library.codebooks.given(book.id, facet.id, old), made, path)
    with own_tags.writing_in(codebooks_path()) if path else nullcontext():
        before = path.read_text("utf-8") if path and path.exists() else None
        if path is not None:
            own_tags.write(path, made.source)
        try:
            with library.log.room(), library.unit_of_work():
                given = library.codebooks.given(book.id, facet.id, old)
                changes = _changes(library, given, made, new)
                group = Group(kind, actor, None, changes, summary=summary, codebook=made)
                if changes:
                    library.log.write([group])
        except BaseException:
            if path is not None:
                _put_back(path, before)
            raise
    return _done(given, made, path)


def _done(given: Sequence[Given], made: Codebook, path: Path | None) -> Changed:
    seen = [item for item in given if item.live]
    return Changed(made, len(seen), len({item.article_uid for item in seen}), path)


def _put_back(path: Path, source: str | None) -> None:
    """Let a file be as it was, after the library refused."""
    if source is None:
        path.unlink(missing_ok=True)
    else:
        own_tags.write(path, source)


def _changes(
    library: Library, given: Sequence[Given], book: Codebook, new: str
) -> tuple[Change, ...]:
    """Return what turns judgements into ones that give another tag of the codebook."""
    changes: list[Change] = []
    made: set[str] = set()
    at = now()
    for item in given:
        old = item.judgement
        value = {**value_of(old), "code": new, "codebook_version": book.version}
        if old.uid == judgement_uid(item.target_uid, old.codebook, old.facet, None):
            changes.append(Change("judgement", old.uid, {"value": value}, {"value": value_of(old)}))
            continue
        uid = judgement_uid(item.target_uid, old.codebook, old.facet, new)
        changes.append(_gone(old, at))
        if uid not in made and not library.codebooks.is_given(uid):
            made.add(uid)
            fields = {**item.target, "codebook": old.codebook, "facet": old.facet, "value": value}
            changes.append(Change("judgement", uid, fields))
    return tuple(changes)


def _gone(judgement: Judgement, at: str) -> Change:
    before = {"deleted_at": None, "value": value_of(judgement)}
    return Change("judgement", judgement.uid, {"deleted_at": at}, before)
