"""Reads settings as the app writes them, a name and a value a line, without a parser of TOML.

Importing one takes a twentieth of the start, and most files are of this kind. What is here is
imported before the first words of an article: not even a regular expression is compiled for it.
"""

from __future__ import annotations

_BLANKS = " \t"
_NAMES = frozenset("abcdefghijklmnopqrstuvwxyz_")
_LONGEST_NUMBER = 9
_TRUTH = {"true": True, "false": False}


def plain(source: str) -> dict[str, str | bool | int] | None:
    """Return what a file says that has no table in it and nothing unusual; None for any other.

    Args:
        source: Its text.
    """
    if source.endswith("\r"):  # half a line end
        return None
    found: dict[str, str | bool | int] = {}
    for line in source.split("\n"):
        entry = line.removesuffix("\r").strip(_BLANKS)
        if not _is_comment(entry):
            name, _, written = (part.strip(_BLANKS) for part in entry.partition("="))
            value = _value(written)
            if value is None or not name or name in found or not _NAMES.issuperset(name):
                return None
            found[name] = value
    return found


def before_tables(source: str) -> str:
    """Return what stands before the first table, which is all that the settings themselves are."""
    return f"\n{source}".partition("\n[")[0]


def _is_comment(text: str) -> bool:
    """Whether there is nothing, or a comment that any parser takes."""
    return not text or (text[0] == "#" and text.isascii() and text.replace("\t", "").isprintable())


def _value(written: str) -> str | bool | int | None:
    """Return a text, a truth value or a number; None for what is written in another way."""
    if written.startswith('"'):
        text, closed, behind = written[1:].partition('"')
        right = closed and "\\" not in text and _has_no_controls(text)
        return text if right and _is_comment(behind.lstrip(_BLANKS)) else None
    word, sign, comment = written.partition("#")
    word = word.rstrip(_BLANKS)
    if not _is_comment(sign + comment):
        return None
    if word.isascii() and word.isdecimal() and word[0] != "0" and len(word) <= _LONGEST_NUMBER:
        return int(word)
    return _TRUTH.get(word)


def _has_no_controls(text: str) -> bool:
    return all(character >= " " and character != "\x7f" for character in text)
