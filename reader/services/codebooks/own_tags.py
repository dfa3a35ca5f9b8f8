"""Tags made while reading: a label is added to the user's own codebook, as a new version of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.domain.codebook import Codebook, Facet, Tag, parse_codebook
from reader.domain.codebook_file.edit import (
    LONGEST_LABEL,
    new_codebook,
    own_facet,
    with_facet,
    with_tag,
)
from reader.domain.errors import CodebookError, UsageError
from reader.domain.untrusted import is_printable
from reader.formats.atomic import replacing
from reader.services.codebooks.finding import OWN_TAGS, from_file
from reader.services.places import codebooks_path
from reader.storage.library import Library

FILE = "own.toml"
"""The user's own codebook, in the folder of codebooks."""

Made = tuple[Codebook, Facet, Tag]
"""A tag with the codebook and the facet that it is in."""


def check_label(label: str) -> str:
    """Return a label with single spaces and none around it.

    Raises:
        UsageError: It is empty, too long, or holds control characters.
    """
    label = " ".join(label.split())
    if not label or len(label) > LONGEST_LABEL or not is_printable(label):
        raise UsageError(
            f"A tag's label has 1 to {LONGEST_LABEL} printable characters.", "Give another one."
        )
    return label


def make(library: Library, label: str) -> Made:
    """Return the tag of that label in the user's own codebook; it is added if there is none.

    The id of that codebook has a part that is made by chance, so that those of two people stay two
    when their libraries are merged.

    Args:
        library: Where the versions are kept that were used.
        label: What the tag is called; upper and lower case make no difference.

    Raises:
        UsageError: The label can be none.
        ReaderError: The file cannot be read or written; nothing was changed.
    """
    label = check_label(label)
    path = codebooks_path() / FILE
    with writing_in(path.parent):
        book = from_file(path) if path.exists() else None
        there = _tag_called(book, label) if book else None
        if there is not None:
            return there
        made = _added(library, book, label)
        write(path, made.source)
    found = _tag_called(made, label)
    assert found is not None  # noqa: S101 - it was just put there
    return found


def _tag_called(book: Codebook, label: str) -> Made | None:
    wanted = label.casefold()
    for facet in book.statement_facets:
        for tag in facet.tags:
            if tag.label.casefold() == wanted:
                return book, facet, tag
    return None


def _added(library: Library, book: Codebook | None, label: str) -> Codebook:
    """Return the codebook with one tag more, in a version that was never used."""
    if book is None:
        about = "What struck me while reading."
        source = new_codebook(f"{OWN_TAGS}{secrets.token_hex(4)}", "My own tags", about)
        return with_tag(source, (), label, 1)
    used = library.codebooks.get(book.id)
    version = max(book.version, used.version if used else 0) + 1
    facet = own_facet(book)
    if facet is None:
        return with_tag(with_facet(book.source), (), label, version)
    return with_tag(book.source, facet.tags, label, version)


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Keep other programs that change codebooks waiting; make the folder if it is not there.

    Raises:
        CodebookError: The folder cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise CodebookError(
            f"The folder {folder} cannot be used: {error.strerror}.",
            "See that you may write there.",
        ) from error
    try:
        with suppress(ImportError, OSError):  # some network mounts know no locks
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write(path: Path, source: str) -> None:
    """Put a codebook's TOML in the place of its file, as a whole or not at all.

    Raises:
        CodebookError: It breaks a rule.
        ReaderError: The disk refuses.
    """
    parse_codebook(source, path.name)
    with replacing(path, force=True) as file:
        file.write(source)
