"""The signs that the program draws, and what stands for them where a terminal lacks them.

The one place for it. Each sign stands for one cell and so does its substitute; a tag's sign gets
the substitute that its codebook names. Of an article's own text only those characters are replaced
that the terminal's encoding does not have.
"""

from __future__ import annotations

import codecs
import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from reader.domain.codebook import Codebook

_SIGNS = {
    "▌": "|", "▏": "|", "▕": "|", "│": "|", "┊": ":", "┃": "|", "─": "-", "━": "-", "▔": "-",
    "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+",
    "▁": ".", "▂": ":", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "#", "░": ".",
    "¿": "?", "≈": "~", "⌀": "0",
    "✓": "Y", "✗": "X", "⇄": "=", "∅": "-", "◦": "o", "✱": "*",
    "⚑": "#", "¶": "n", "✎": "n", "§": "e", "◌": "o", "●": "*", "○": "o", "•": "*", "·": "-",
    "▸": ">", "▶": ">", "▾": "v", "▲": "^", "→": ">", "←": "<", "↑": "^", "↓": "v",
    "⟦": "[", "⟧": "]", "“": '"', "”": '"', "„": '"', "«": "<", "»": ">", "‘": "'", "’": "'",
    "‚": ",", "…": "~", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "×": "x", "±": "~",
    "\u00a0": " ", "\u202f": " ", "\ufffd": "?", "🔎": "/ ",
}  # fmt: skip

_TABLE: dict[int, str] = {ord(sign): substitute for sign, substitute in _SIGNS.items()}

REPLACING = "reader-signs"
"""Name of the error handler that writes substitutes for what an encoding does not have."""

_BARE = frozenset({"C", "POSIX"})
"""Locales whose terminals can be counted on for ASCII only."""

_COLORLESS = ("vt1", "vt2", "vt3", "vt4")
"""How the names of kinds of terminals begin that have no colours."""

_COLORS_OFF = ("-m", "-mono")
"""How the name ends of one without the colours of its kind."""


def learn(codebook: Codebook) -> None:
    """Take in the signs of a codebook's tags."""
    for facet in codebook.facets:
        for tag in facet.tags:
            if len(tag.symbol) == 1 and not tag.symbol.isascii() and len(tag.ascii) == 1:
                _TABLE[ord(tag.symbol)] = tag.ascii


def takes_one_cell(sign: str) -> bool:
    """Whether a character is one of the program's own signs."""
    return len(sign) == 1 and len(_SIGNS.get(sign, "")) == 1


def in_ascii(text: str) -> str:
    """Return a text with the program's signs replaced; as many cells wide as before."""
    return text if text.isascii() else text.translate(_TABLE)


def prepare(stream: TextIO | None, environ: Mapping[str, str], *, trusted: bool = False) -> None:
    """Let no character end the program because the terminal's encoding does not have it.

    Args:
        stream: What is written to.
        environ: The process's environment.
        trusted: Whether the user has said that the terminal has all signs.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    codecs.register_error(REPLACING, _substituted)
    if not trusted and stream.isatty() and _says_ascii(environ):
        stream.reconfigure(encoding="ascii", errors=REPLACING)
    else:
        stream.reconfigure(errors=REPLACING)


def lacks_arrows(stream: TextIO | None) -> bool:
    """Whether arrows cannot be written to a stream, so that keys have to be named in words."""
    try:
        "↑↓←→".encode(getattr(stream, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return True
    return False


def lacks_colors(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is of a kind without colours, as its name has it, or none are wanted."""
    if environ.get("NO_COLOR"):
        return True
    name = environ.get("TERM", "")
    bare = name.endswith(_COLORS_OFF) or (name.startswith(_COLORLESS) and "color" not in name)
    return bare and not environ.get("COLORTERM")


def _says_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the locale is one without letters beyond ASCII; Python takes it for UTF-8."""
    if environ.get("PYTHONIOENCODING") or environ.get("PYTHONUTF8"):
        return False
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    return next((value for name in names if (value := environ.get(name))), "") in _BARE


def _substituted(error: UnicodeError) -> tuple[str, int]:
    """Return what is written for characters that an encoding does not have, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_substitute, error.object[error.start : error.end])), error.end


def _substitute(character: str) -> str:
    """Return ASCII as many cells wide as a character: its substitute, its base letter, or ``?``."""
    import unicodedata  # late: most terminals have every character

    known = _TABLE.get(ord(character))
    if known is not None and known.isascii():
        return known
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return ""
    base = unicodedata.normalize("NFKD", character)[0]
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return "??"
    return base if base.isascii() and base.isprintable() else "?"
