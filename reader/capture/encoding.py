"""Bytes to text: the ladder of encodings, and what is no text at all."""

from __future__ import annotations

import codecs
import string
import unicodedata
from collections import Counter

from reader.domain.errors import InputError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"\x1f\x8b\x08", "compressed (gzip)"),
    (b"BZh", "compressed (bzip2)"),
    (b"\xfd7zXZ\x00", "compressed (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "a rich text (RTF) document"),
)
_NEEDS_CONTROLS = (b"BZh",)  # words may begin like that
_SAMPLE = 65_536
_FEW_CONTROLS = 0.30  # share of controls in what is otherwise valid UTF-8
_VERY_FEW_CONTROLS = 0.04  # share of controls in anything else
_MANY_ZEROS = 0.3  # share of zeros on one side of a pair of bytes: Latin letters in UTF-16
_SOME_ZEROS = (
    0.002  # share of pairs with a zero: the spaces and line ends of other scripts in UTF-16
)
_MANY_SPACES = 0.04  # share of bytes that are spaces in a text of one byte per letter
_WIDE_COMMON = "\n \u3002\uff0c"  # what nearly every text has, and no text read the wrong way round
_ENOUGH_LETTERS = 8  # foreign letters from which a guess at another script is worth something
_FOREIGN = 0.2  # share of foreign bytes among letters; French has a twentieth
_NEVER_GUESSED = ["utf_7", *(f"utf_{bits}{end}" for bits in (16, 32) for end in ("", "_le", "_be"))]
_ASCII = bytes(range(128))
_CONTROL_BYTES = bytes(range(9)) + bytes(range(14, 32)) + b"\x0b\x7f"


def kind_of_binary(raw: bytes) -> str | None:
    """Return what bytes are that begin like a known format which is no plain text, or None.

    EPUB and Word documents are zip archives and named for what they are: "an EPUB", "a Word
    document".
    """
    head = raw[:1024].lstrip()
    for magic, name in _MAGIC:
        if raw.startswith(magic) or (magic == b"%PDF-" and head.startswith(magic)):
            if magic in _NEEDS_CONTROLS and not _controls(raw[:_SAMPLE]):
                continue
            return _kind_of_zip(raw) or name
    return None


def _kind_of_zip(raw: bytes) -> str | None:
    if not raw.startswith(b"PK\x03\x04"):
        return None
    if b"application/epub+zip" in raw[:200]:
        return "an EPUB"
    if b"word/" in raw[:8192] or b"word/" in raw[-8192:]:
        return "a Word document"
    if b"application/vnd.oasis.opendocument" in raw[:200]:
        return "an OpenDocument file"
    return None


def decode(raw: bytes) -> tuple[str, str, str | None]:
    """Return the text of bytes, the name of the encoding, and a warning if that is doubtful.

    The ladder: a byte order mark; the pattern of zero bytes that UTF-16 and UTF-32 leave; strict
    UTF-8; UTF-8 with a few damaged bytes; another script's encoding, guessed; Windows-1252, with
    its undefined bytes as U+FFFD. Controls and line ends are left as they are.

    Raises:
        InputError: The bytes are no text.
    """
    kind = kind_of_binary(raw)
    if kind:
        raise InputError(f"this is {kind}, not text")
    for mark, name in _BOMS:
        if raw.startswith(mark) and not (name == "utf-16-le" and raw.startswith(_BOMS[0][0])):
            return _decode_marked(raw[len(mark) :], name)
    wide = _wide_encoding(raw[:_SAMPLE])
    if wide:
        return _decode_marked(raw, wide)
    foreign = _wide_foreign(raw[:_SAMPLE])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_marked(raw, foreign) if foreign else _decode_legacy(raw)
    if foreign and _controls(raw[:_SAMPLE]) > _VERY_FEW_CONTROLS * len(raw[:_SAMPLE]):
        return _decode_marked(raw, foreign)  # Cyrillic, Greek: all its bytes are ASCII
    _refuse_binary(raw, _FEW_CONTROLS)
    return text, "utf-8", None


def _decode_marked(raw: bytes, name: str) -> tuple[str, str, str | None]:
    text = raw.decode(name, "replace")
    damaged = text.count("\ufffd")
    if damaged > max(2, len(text) // 10):
        raise _not_text()
    warning = f"The file has damaged characters ({name}); they are shown as \ufffd."
    return text, name, warning if damaged else None


def _wide_encoding(sample: bytes) -> str | None:
    """Return the encoding whose zeros these are: UTF-32, or UTF-16 of Latin letters; or None."""
    if 0 not in sample:
        return None
    sample = sample[: len(sample) // 4 * 4] or sample[: len(sample) // 2 * 2]
    quarter = max(len(sample) // 4, 1)
    zeros = [sample[place::4].count(0) / quarter for place in range(4)]
    if min(zeros[1:]) > 0.2 and zeros[2] > 0.9 and zeros[3] > 0.9 and zeros[0] < 0.05:
        return "utf-32-le"
    if zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.05:
        return "utf-32-be"
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    for name, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > 20 * few and many > _MANY_ZEROS * half and _reads_as_text(sample, name):
            return name
    return None


def _wide_foreign(sample: bytes) -> str | None:
    """Return which UTF-16 a text is in whose letters are mostly not Latin, or None.

    Zeros say little here: line ends have them on one side, U+4E00 and its like on the other. So
    both ways are read, and the one with more spaces, line ends and full stops is taken.
    """
    sample = sample[: len(sample) // 2 * 2]
    if sample.count(0) <= _SOME_ZEROS * len(sample) / 2:
        return None
    found = max(("utf-16-le", "utf-16-be"), key=lambda name: _common(sample, name))
    fits = _common(sample, found) and _lone_spaces(sample, found) < _MANY_SPACES
    fits = fits and _reads_as_text(sample, found) and _one_script(sample, found)
    return found if fits else None


def _lone_spaces(sample: bytes, name: str) -> float:
    """Return the share of bytes that are a space by themselves, but not in a wide encoding."""
    return (sample.count(b" ") - sample.decode(name, "ignore").count(" ")) / len(sample)


def _common(sample: bytes, name: str) -> int:
    text = sample.decode(name, "ignore")
    return sum(map(text.count, _WIDE_COMMON))


def _one_script(sample: bytes, name: str) -> bool:
    """Whether most letters that are not ASCII are of one script; kana go with Chinese."""
    letters = [x for x in sample.decode(name, "ignore")[:4096] if x.isalpha() and x > "\x7f"]
    scripts = Counter(unicodedata.name(letter, "-").split()[0] for letter in letters)
    scripts["CJK"] += scripts.pop("HIRAGANA", 0) + scripts.pop("KATAKANA", 0)
    return max(scripts.values()) > 0.5 * len(letters)


def _reads_as_text(sample: bytes, name: str) -> bool:
    """Whether a sample, read in a wide encoding, is made of assigned characters."""
    text = sample.decode(name, "ignore")[:4096]
    odd = sum(unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") for letter in text)
    odd -= sum(map(text.count, "\n\r\t"))
    return bool(text) and odd <= 0.02 * len(text)


def _decode_legacy(raw: bytes) -> tuple[str, str, str | None]:
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - damaged
    if damaged <= 0.1 * foreign:
        _refuse_binary(raw, _VERY_FEW_CONTROLS)
        warning = f"{damaged} damaged characters (no valid UTF-8) are shown as \ufffd."
        return text, "utf-8", warning
    _refuse_binary(raw, _VERY_FEW_CONTROLS)
    guess = _guess(raw)
    if guess:
        text = raw.decode(guess, "replace")
        return text, guess, f"The encoding is not stated; it was taken for {guess}."
    text = raw.decode("cp1252", "replace")
    return text, "cp1252", "The encoding is not stated; it was taken for Windows-1252."


def _guess(raw: bytes) -> str | None:
    """Return the encoding of a text that is not in Latin script, or None.

    A few accented letters in a short text look like anything; so there must be many, and of some
    weight beside the plain ones.
    """
    sample = _sample(raw)
    foreign = len(sample.translate(None, _ASCII))
    plain = sum(sample.count(letter) for letter in string.ascii_letters.encode())
    if foreign < _ENOUGH_LETTERS or foreign < _FOREIGN * (foreign + plain):
        return None
    from charset_normalizer import from_bytes  # late: it takes time to import, and is seldom needed

    best = from_bytes(sample, cp_exclusion=_NEVER_GUESSED).best()
    if best is None:
        return None
    letters = [letter for letter in str(best) if letter.isalpha() and letter > "\x7f"]
    latin = sum("LATIN" in unicodedata.name(letter, "LATIN") for letter in letters)
    if len(letters) < _ENOUGH_LETTERS or latin > 0.3 * len(letters):
        return None
    return str(best.encoding)


def _sample(raw: bytes) -> bytes:
    """Return a stretch with foreign bytes in it, cut at line ends or spaces where there are any."""
    first = len(raw) - len(raw.lstrip(_ASCII))
    start = max(0, raw.rfind(b"\n", 0, first) + 1, first - 1000)
    sample = raw[start : start + _SAMPLE]
    if start + _SAMPLE >= len(raw):
        return sample
    stop = max(sample.rfind(b"\n"), sample.rfind(b" "))
    return sample[:stop] if stop > _SAMPLE // 2 else sample


def _controls(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, _CONTROL_BYTES))


def _refuse_binary(raw: bytes, share: float) -> None:
    """Raise if too many of the first bytes are controls, which text has not."""
    sample = raw[:_SAMPLE]
    if _controls(sample) > share * len(sample):
        raise _not_text()


def _not_text() -> InputError:
    return InputError("this is not text (binary data)")
