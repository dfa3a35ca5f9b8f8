"""Texts and bytes made by chance: like articles, and like nothing on earth."""

from __future__ import annotations

import random

WORDS = (
    *(
        "the",
        "minister",
        "said",
        "on",
        "Monday",
        "that",
        "officials",
        "denied",
        "it",
        "Dr.",
        "e.g.",
    ),
    *(
        "U.S.",
        "3.5",
        "per",
        "cent",
        "“quoted",
        "words”",
        "'single'",
        "—",
        "...",
        "…",
        "a.m.",
        "No.",
    ),
    *("naïve", "e\u0301te\u0301", "Straße", "漢字かな", "한국어", "ภาษาไทย", "עברית", "العربية"),
    *("👩‍👩‍👧", "🇩🇪", "👍🏽", "\u200b", "\u00ad", "\ufeff", "\u2028", "\u202e", "\U000e0041", "Z͑ͫ̓ͪ̂ͫ̽a"),
    *("x" * 90, "漢" * 70, "http://example.org/a?b=c", "-", "•", "[1]", "(", ")", "\t", "\x1b[2J"),
    *(
        "\x00",
        "\x85",
        "\x9b",
        "=1+1",
        "|",
        "\\",
        '"',
        "'",
        "{",
        "}",
        "[/b]",
        "%s",
        "\ud7ff",
        "\uffff",
    ),
)
ENDS = (".", "!", "?", ".”", ".)", "…", "。", "！", ":", ";", "", ". ", "?!", '."')
GAPS = ("\n\n", "\n", "\n\n\n\n", "\r\n\r\n", "\r", " \n \n", "\n\t", "\x0c", "\u2029")
MARKS = (
    "# ",
    "## ",
    "- ",
    "> ",
    "* ",
    "1. ",
    "    ",
    "Photograph: ",
    "![x](y) ",
    "[a](b) ",
    "`",
    "---\n",
)


def text(chance: random.Random, size: int | None = None, *, plain: bool = False) -> str:
    """Return something like an article of about that many words.

    Args:
        chance: Decides.
        size: How many; by chance if it is not given.
        plain: Of words whose width every terminal agrees on.
    """
    count = size if size is not None else chance.choice((0, 1, 5, 40, 40, 120, 400))
    plain = chance.random() < 0.4 or plain
    words = WORDS[:23] if plain else WORDS
    out: list[str] = []
    while len(out) < count:
        if chance.random() < 0.15:
            out.append(chance.choice(MARKS))
        sentence = " ".join(chance.choice(words) for _ in range(chance.randint(1, 14)))
        out += [*sentence.split(" "), chance.choice(ENDS)]
        out.append(chance.choice(GAPS) if chance.random() < 0.2 else " ")
    joined = " ".join(out) if chance.random() < 0.9 else "".join(out)
    return joined.replace(" .", ".")


def some_bytes(chance: random.Random) -> bytes:
    """Return bytes: text in some encoding, damaged or not, or noise."""
    kind = chance.randrange(6)
    if kind == 0:
        return chance.randbytes(chance.choice((0, 1, 2, 3, 50, 3_000)))
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"))
    raw = text(chance).encode(encoding, "replace")
    if kind == 1:
        raw = damaged(chance, raw)
    return raw


_PUT_IN = (
    *(b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"{", b"]", b"="),
    *(b"9" * 5_000, "²".encode()),  # more digits than Python reads; one that is no number
)


def damaged(chance: random.Random, raw: bytes) -> bytes:
    """Return bytes with some of them flipped, lost, doubled, put in or cut off."""
    out = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 1, 2, 10, 200))
        piece = bytes(out[at : at + length])
        what = chance.randrange(5)
        if what == 0 and at < len(out):
            out[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            del out[at : at + length]
        elif what == 2:
            out[at:at] = piece
        elif what == 3:
            out[at:at] = chance.choice(_PUT_IN)
        elif chance.random() < 0.3:
            del out[at:]
    return bytes(out)


VALUES = (
    *(
        "",
        " ",
        "0",
        "1",
        "-1",
        "999999999999999999999",
        "1.5",
        "nan",
        "true",
        "x",
        "é漢👩‍👩‍👧",
        "\x00",
    ),
    *(
        "\x1b[2J",
        "=1+1",
        "'",
        '"',
        "|",
        "\\",
        ":",
        "a|b",
        "0:5",
        "0-5",
        "high",
        "plausible",
        "body",
    ),
    *(
        "2026-01-01T00:00:00.000Z",
        "\ud7ff",
        "x" * 5_000,
        "9" * 5_000,
        "²",
        "credibility-7",
        "../../x",
        "\n",
        "[]",
        "{}",
    ),
)
"""Values for fields that expect something else."""
