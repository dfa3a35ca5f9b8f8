"""Bytes or a file to a draft of an article: the one door into the capture layer.

Plain text and Markdown are read here, by code of our own; every other format in a child process.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.capture import kinds, plain
from reader.capture.encoding import decode
from reader.capture.extractors import EXTRACTORS
from reader.capture.source import Report, Source, quiet
from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.document import BlockTable
from reader.domain.errors import InputError, UsageError
from reader.domain.text import canonical

if TYPE_CHECKING:
    from reader.capture.sandbox import Sandbox

LIMIT = 50 * 1024 * 1024
"""Bytes; a larger file is refused."""
KINDS = (kinds.PLAIN, kinds.MARKDOWN, *EXTRACTORS)
"""What an input can be said to be."""
STANDARD_INPUT = "-"
"""The origin of what came through a pipe."""
PASTED = "pasted"
"""The origin of what was pasted into the program."""
NOWHERE = (STANDARD_INPUT, PASTED)
"""Origins that are no place: two articles of the same one have nothing to do with each other."""


class ListFound(InputError):  # noqa: N818 - named for what was found
    """What was to be an article is a feed, or a list of feeds.

    Args:
        source: Its bytes, and what is known of them.
        kind: One of :data:`reader.capture.kinds.LISTS`.
    """

    def __init__(self, source: Source, kind: str) -> None:
        what = "a feed, which lists articles" if kind == kinds.FEED else "a list of feeds"
        super().__init__(
            f"{source.name} is {what}, and no article itself.",
            f"`reader feed {source.name}` lists them, and adds those that you want.",
        )
        self.source = source


def capture_file(
    path: str | os.PathLike[str],
    *,
    kind: str | None = None,
    metadata: Metadata | None = None,
    whole: bool = False,
    sandbox: Sandbox | None = None,
    report: Report = quiet,
) -> ArticleDraft:
    """Return the draft of an article that a file holds.

    Args:
        path: The file as the user named it; messages name it the same way.
        kind: One of :data:`KINDS`; by default what the content says.
        metadata: What is known from elsewhere; wins over what the text says.
        whole: Whether all the words of a page are wanted, not only those of its article.
        sandbox: Where foreign formats are read; by default one of its own.
        report: Told of progress in a long file.

    Raises:
        InputError: The file is missing, a folder, unreadable, too large, empty, no text, damaged,
            or of a format that is not read.
        UsageError: There is no such kind.
        Cancelled: The sandbox was cancelled.
    """
    name = os.fspath(path)
    raw = read_file(name)
    return capture_bytes(raw, origin=str(Path(name).absolute()), kind=kind, metadata=metadata,
                         name=name, whole=whole, sandbox=sandbox, report=report)  # fmt: skip


def check_file(name: str) -> None:
    """Refuse a file that cannot be read, as far as that is seen without reading all of it.

    Raises:
        InputError: As :func:`capture_file`, but for what is wrong inside a foreign format.
    """
    raw = read_file(name)
    _check_size(raw, name)
    kind = _kind_of(raw, name, str(Path(name).absolute()))
    if kind not in EXTRACTORS:
        _read_text(raw, name, kind)


def read_file(name: str) -> bytes:
    """Return the bytes of a file, one more than the limit at most.

    Raises:
        InputError: It cannot be read; each reason has its own message.
    """
    try:
        path = Path(name)
        if path.is_dir():
            if not name:
                raise InputError("An empty name is no file.", "Name a file.")
            raise InputError(f"{name} is a folder.", "Name a file in it, or: reader add FOLDER")
        if path.exists() and not path.is_file():
            raise InputError(f"{name} is no file but a device or pipe.", "Name a file.")
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError as error:
        hint = "Check the name and the folder."
        if "://" in str(name):
            hint = "Of addresses only http:// and https:// are fetched."
        raise InputError(f"{name} does not exist.", hint) from error
    except PermissionError as error:
        raise InputError(
            f"{name} cannot be read: permission denied.", "Check who may read the file."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name} cannot be read: {reason}.", "Check the name.") from error


def capture_bytes(
    raw: bytes,
    *,
    origin: str,
    kind: str | None = None,
    metadata: Metadata | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    whole: bool = False,
    sandbox: Sandbox | None = None,
    report: Report = quiet,
) -> ArticleDraft:
    """Return the draft of an article that bytes hold.

    Args:
        raw: The bytes.
        origin: Absolute path, URL, or ``-`` for standard input.
        kind: One of :data:`KINDS`; by default what the content says.
        metadata: What is known from elsewhere; wins over what the text says.
        name: What to call the input in messages; by default its origin.
        url: Where a page came from in the end.
        charset: The encoding that a server named.
        whole: Whether all the words of a page are wanted, not only those of its article.
        sandbox: Where foreign formats are read; by default one of its own.
        report: Told of progress in a long input.

    Raises:
        InputError: Too large, empty, no text, damaged, or of a format that is not read.
        UsageError: There is no such kind.
        Cancelled: The sandbox was cancelled.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"There is no kind {kind!r}.", f"It is one of: {', '.join(KINDS)}.")
    called = name or ("standard input" if origin == STANDARD_INPUT else origin)
    _check_size(raw, called)
    chosen = kind or _kind_of(raw, called, origin)
    if chosen in EXTRACTORS:
        draft = _named(chosen, Source(raw, called, url, charset, whole), sandbox, report)
    elif chosen in kinds.LISTS:
        raise ListFound(Source(raw, called, url, charset), chosen)
    else:
        draft = _read_text(raw, called, chosen)
    if not draft.text.strip():
        raise InputError(f"{called} has no text in it.", "Is it the right file?")
    return replace(draft, raw=raw, origin=origin, metadata=_joined(metadata, draft.metadata))


def _check_size(raw: bytes, called: str) -> None:
    if len(raw) > LIMIT:
        raise InputError(
            f"{called} is larger than {LIMIT // 2**20} MB.", "Split it into parts and add those."
        )
    if not raw.strip():
        what = "has only white space in it" if raw else "is empty"
        raise InputError(f"{called} {what}.", "Is it the right file?")


def _kind_of(raw: bytes, called: str, origin: str) -> str:
    try:
        return kinds.kind_of(raw, origin)
    except InputError as error:
        hint = error.hint or "`reader add --help` names the formats that can be."
        raise InputError(f"{called} cannot be read: {error.message}.", hint) from error


def _named(kind: str, source: Source, sandbox: Sandbox | None, report: Report) -> ArticleDraft:
    """Return what an extractor makes of bytes; what it says of them is said of the file."""
    try:
        return _extracted(kind, source, sandbox, report)
    except InputError as error:
        if not error.message.startswith("this is"):
            raise
        hint = error.hint or "Without --kind, what it is is seen from its content."
        raise InputError(f"{source.name} cannot be read: {error.message}.", hint) from error


def _extracted(kind: str, source: Source, sandbox: Sandbox | None, report: Report) -> ArticleDraft:
    if sandbox is not None:
        return sandbox.extract(kind, source, report)
    from reader.capture.sandbox import Sandbox  # late: text needs none

    with Sandbox() as own:
        return own.extract(kind, source, report)


def _read_text(raw: bytes, called: str, kind: str) -> ArticleDraft:
    """Return the draft of text; raw and origin are filled in later."""
    try:
        decoded, _, warning = decode(raw)
    except InputError as error:
        raise InputError(f"{called} cannot be read: {error.message}.", error.hint) from error
    draft = _draft(decoded, kind)
    return replace(draft, warnings=(warning, *draft.warnings)) if warning else draft


def _draft(decoded: str, kind: str) -> ArticleDraft:
    if kind == kinds.MARKDOWN:
        from reader.capture import markdown  # late: its parser takes time to import

        result = markdown.extract(canonical(decoded))
        return ArticleDraft(
            text=result.text,
            blocks=result.blocks,
            raw=b"",
            origin="",
            media_type="text/markdown",
            extractor=markdown.EXTRACTOR,
            metadata=result.metadata,
            warnings=result.warnings,
        )
    # A form feed is the end of a page, as converters of PDF write it: a line end for a reader.
    text = canonical(decoded.replace("\f", "\n"))
    table: BlockTable = plain.blocks(text)
    return ArticleDraft(
        text=text,
        blocks=table,
        raw=b"",
        origin="",
        media_type="text/plain",
        extractor=plain.EXTRACTOR,
        metadata=plain.metadata(text, table),
    )


def _joined(given: Metadata | None, found: Metadata) -> Metadata:
    """Return metadata in which what is given wins over what was found."""
    if given is None:
        return found
    return Metadata(
        title=given.title or found.title,
        byline=given.byline or found.byline,
        outlet=given.outlet or found.outlet,
        url=given.url or found.url,
        published_at=given.published_at or found.published_at,
        language=given.language or found.language,
    )
