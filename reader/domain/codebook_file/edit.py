"""Changes a codebook's TOML the way a person would: line by line, comments and order kept.

Every function returns a new text whose version is the one given, and checks that it says what was
meant; a file in another of TOML's spellings, which cannot be changed so, is refused.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

from reader.domain.codebook import Codebook, Facet, Tag, parse_codebook
from reader.domain.codebook_file.lines import Lines
from reader.domain.codebook_file.tag_signs import free_color, free_key, free_symbol
from reader.domain.errors import CodebookError

LONGEST_LABEL = 40
"""Characters that a tag's label may have."""

_HEADER = re.compile(r"\s*\[\[")


def new_codebook(codebook_id: str, title: str, about: str) -> str:
    """Return the TOML of a codebook whose one facet for statements has no tag yet.

    It is no codebook before :func:`with_tag` has given it one.
    """
    return "\n".join(
        (
            "# Tags of your own, made while reading. Change labels, definitions, colours and keys",
            "# as you like, and raise version when you do; codes are what is stored.",
            "",
            'format = "reader-codebook/1"',
            f"id = {_quoted(codebook_id)}",
            "version = 0",
            f"title = {_quoted(title)}",
            f"about = {_quoted(about)}",
            *_FACET,
        )
    )


_FACET = (
    "",
    "[[facet]]",
    'id = "tags"',
    'title = "Tags of your own"',
    'applies_to = ["statement"]',
    'select = "many"',
    'scale = "nominal"',
    "",
)


def own_facet(book: Codebook) -> Facet | None:
    """Return the facet that new tags are added to: the last, if it takes many on statements."""
    last = book.facets[-1]
    return last if "statement" in last.applies_to and last.select == "many" else None


def with_tag(source: str, tags: Sequence[Tag], label: str, version: int) -> Codebook:
    """Return a codebook with one tag more, in its last facet.

    Args:
        source: The TOML.
        tags: The tags of that facet so far.
        label: What the tag is called; code, symbol, colour and key are made.
        version: The new version.

    Raises:
        CodebookError: The label can be none, or the file cannot be changed.
    """
    code = code_of(label, [tag.code for tag in tags])
    symbol = free_symbol(label, tags)
    key = free_key(tags)
    lines = (
        "",
        "  [[facet.tag]]",
        f"  code = {_quoted(code)}",
        f"  label = {_quoted(label)}",
        *([f"  key = {_quoted(key)}"] if key else []),
        f"  symbol = {_quoted(symbol)}",
        f"  color = {_quoted(free_color([tag.color for tag in tags]))}",
        f"  definition = {_quoted('A tag of your own; its meaning has not been written down.')}",
        "",
    )
    changed = raised(source.rstrip("\n") + "\n" + "\n".join(lines), version)
    return _checked(changed, version, [*(tag.code for tag in tags), code])


def with_facet(source: str) -> str:
    """Return a codebook's TOML with an empty facet for new tags at the end."""
    return source.rstrip("\n") + "\n" + "\n".join(_FACET)


def with_code(source: str, facet: str, old: str, new: str, label: str, version: int) -> Codebook:
    """Return a codebook in which a tag has another code and label.

    Args:
        source: The TOML.
        facet: Id of the facet.
        old: The code.
        new: The new code.
        label: The new label; empty keeps the old one.
        version: The new version.

    Raises:
        CodebookError: There is no such tag, or the file cannot be changed.
    """
    book = parse_codebook(source)
    number, position = _place(book, facet, old)
    lines = book.source.split("\n")
    found = Lines(book.source)
    _set(lines, found.find((number, position), "code"), "code", new)
    if label:
        _set(lines, found.find((number, position), "label"), "label", label)
    _ask_after(lines, found, book, facet, old, new)
    codes = [tag.code for tag in book.facets[number].tags]
    codes[position] = new
    return _checked(raised("\n".join(lines), version), version, codes, number)


def without_tag(source: str, facet: str, code: str, into: str, version: int) -> Codebook:
    """Return a codebook without a tag, for which another one of its facet stands from now on.

    Raises:
        CodebookError: There is no such tag, or the file cannot be changed.
    """
    book = parse_codebook(source)
    number, position = _place(book, facet, code)
    lines = book.source.split("\n")
    found = Lines(book.source)
    _ask_after(lines, found, book, facet, code, into)
    first = found.find((number, position)) - 1
    end = first + 1
    while end < len(lines) and not _HEADER.match(lines[end]):
        end += 1
    codes = [tag.code for tag in book.facets[number].tags if tag.code != code]
    changed = "\n".join([*lines[:first], *lines[end:]])
    return _checked(raised(changed, version), version, codes, number)


def raised(source: str, version: int) -> str:
    """Return a codebook's TOML with another version."""
    return re.sub(r"(?m)^(\s*version\s*=\s*)\d+", rf"\g<1>{version}", source, count=1)


def code_of(label: str, taken: Sequence[str]) -> str:
    """Return a code made from a label: small letters, digits, hyphens; none that is taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:36].strip("-") or "tag"
    known = {code.casefold() for code in taken}
    number, code = 1, stem
    while code in known:
        number += 1
        code = f"{stem}-{number}"
    return code


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a basic string of TOML, too


def _place(book: Codebook, facet_id: str, code: str) -> tuple[int, int]:
    for number, facet in enumerate(book.facets):
        for position, tag in enumerate(facet.tags):
            if (facet.id, tag.code) == (facet_id, code):
                return number, position
    raise CodebookError(
        f"Codebook {book.id} has no tag {code}.", f"See `reader codebook show {book.id}`."
    )


def _ask_after(
    lines: list[str], found: Lines, book: Codebook, facet: str, old: str, new: str
) -> None:
    """Let facets that are asked after one tag be asked after another one."""
    for number, other in enumerate(book.facets):
        name, _, codes = (other.visible_if or "").partition(":")
        if name == facet and old in codes.split(","):
            wanted = dict.fromkeys(new if code == old else code for code in codes.split(","))
            _set(lines, found.find((number, -1), "visible_if"), "visible_if",
                 f"{name}:{','.join(wanted)}")  # fmt: skip


def _set(lines: list[str], number: int, key: str, value: str) -> None:
    """Write another value of a key into its line (from 1)."""
    pattern = rf"(\s*{key}\s*=\s*)(\"[^\"]*\"|'[^']*')"
    lines[number - 1] = re.sub(
        pattern, lambda match: match[1] + _quoted(value), lines[number - 1], count=1
    )


def _checked(source: str, version: int, codes: Sequence[str], facet: int = -1) -> Codebook:
    """Return the codebook, if it is the one that was meant.

    Raises:
        CodebookError: It breaks a rule, or the file could not be changed in this way.
    """
    book = parse_codebook(source)
    if book.version != version or [tag.code for tag in book.facets[facet].tags] != list(codes):
        raise CodebookError(
            f"The file of codebook {book.id} is written in a way that cannot be changed here.",
            "Change it in an editor, and raise its version.",
        )
    return book
