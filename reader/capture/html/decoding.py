"""The bytes of a page to text that a parser can be given: its encoding, and no traps in it."""

from __future__ import annotations

import codecs
import re

from reader.capture.encoding import decode
from reader.domain.records import dataclass
from reader.domain.text import REPLACEMENT

MOST_BYTES = 10 * 1024 * 1024
"""A larger page is not parsed into a tree."""
MOST_TAGS = 100_000
"""Signs ``<`` from which a page is not parsed into a tree: what comes after takes ever longer."""

_HEAD = 4096
"""Bytes in which a page may declare its encoding; browsers look at 1,024."""
_DECLARED = (
    re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE),
    re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE),
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MEANT = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    **dict.fromkeys(("iso8859-9",), "cp1254"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis",), "cp932"),
    **dict.fromkeys(("euc_kr",), "cp949"),
    **dict.fromkeys(("big5",), "big5hkscs"),
    **dict.fromkeys(("tis-620", "iso8859-11"), "cp874"),
}
"""What browsers take a declared encoding for: a superset of it."""

_LONG_TAG = re.compile(r"<[a-zA-Z](?:[^<>=]*+=){1000}")
"""A tag with so many attributes that comparing each with all others takes long."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:0*([0-9]{1,3})|[xX]0*([0-9a-fA-F]{1,2}));?(?![0-9a-fA-F])")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text.

    Attributes:
        text: What a parser is given: no control characters in it, nor references to any.
        encoding: Python's name of the encoding.
        warnings: Sentences for the user.
        too_large: Whether it is over a limit from which it is not parsed into a tree.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...]
    too_large: bool


def read(raw: bytes, charset: str | None = None) -> Page:
    """Return a page's text.

    The encoding is that of a byte order mark, else what the server says, else what the page says,
    as far as the bytes agree; else it is found as for plain text.

    Args:
        raw: The bytes.
        charset: The encoding that the server named, or None.

    Raises:
        InputError: The bytes are no text.
    """
    text, encoding, warnings = _decoded(raw, charset)
    too_large = len(raw) > MOST_BYTES or text.count("<") > MOST_TAGS or bool(_LONG_TAG.search(text))
    return Page(harmless(text), encoding, warnings, too_large)


def harmless(text: str) -> str:
    """Return HTML without control characters and without references to any.

    One ``&#27;`` makes a parser's whole text invalid for the next program; a zero ends it. What
    stands for a character of Windows-1252 (``&#146;``) becomes that, as in browsers.
    """
    return _REFERENCE.sub(_reference, _CONTROLS.sub(REPLACEMENT, text.lstrip("\ufeff")))


def _reference(match: re.Match[str]) -> str:
    code = int(match[1]) if match[1] else int(match[2], 16)
    if code in (9, 10, 13) or 32 <= code < 127 or code > 159:
        return match[0]
    if code < 128:
        return REPLACEMENT
    return bytes([code]).decode("cp1252", "replace")


def _decoded(raw: bytes, charset: str | None) -> tuple[str, str, tuple[str, ...]]:
    names = [] if raw.startswith(_BOMS) else _declared(raw, charset)
    is_utf8 = _is_utf8(raw)
    for name in names:
        if name == "utf-8" or (is_utf8 and not name.startswith(("utf", "iso2022"))):
            break
        try:
            return raw.decode(name), name, ()
        except UnicodeDecodeError:
            continue
    text, encoding, warning = decode(raw)
    if names and encoding not in names:
        warning = f"The page says that it is {names[0]}; it was read as {encoding}."
    return text, encoding, (warning,) if warning else ()


def _is_utf8(raw: bytes) -> bool:
    """Whether bytes have letters of UTF-8 in them and nothing else that is not ASCII."""
    if raw.isascii():
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(raw: bytes, charset: str | None) -> list[str]:
    """Return the known encodings that server and page say, as browsers take them."""
    said = [charset] if charset else []
    for pattern in _DECLARED:
        said += [match[1].decode("ascii") for match in [pattern.search(raw[:_HEAD])] if match]
    found = []
    for name in said:
        try:
            known = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        meant = _MEANT.get(known, known)
        if meant in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7") or not _is_text(meant):
            continue  # a page whose ASCII was readable so far is none of these
        found.append(meant)
    return found


def _is_text(name: str) -> bool:
    """Whether a codec makes text of bytes (and is not, say, ``hex``)."""
    try:
        return b"a".decode(name) == "a"
    except (LookupError, ValueError, TypeError, AssertionError):
        return False
