"""Damaged PDFs, books and documents: each gives an article, or is refused in words."""

from __future__ import annotations

import io
import random
import zipfile

from reader.capture import capture_bytes
from reader.capture.sandbox import Sandbox
from reader.domain.errors import ReaderError
from reader.domain.text import canonical
from tests.capture.pdf_pages import two_columns
from tests.capture.zipped_books import book, document, zipped
from tests.fuzz import desk

_WHOLE = {
    "a.pdf": two_columns(across=True).bytes(),
    "a.epub": book(),
    "a.docx": document(),
}
_BOX = Sandbox()


def run(seed: int) -> str:
    """Read a damaged file in the child process.

    Raises:
        AssertionError: What came of it was wrong.
    """
    chance = random.Random(f"foreign {seed}")
    name = chance.choice(list(_WHOLE))
    raw = _WHOLE[name]
    inside = name != "a.pdf" and chance.random() < 0.8
    raw = _damaged_inside(raw, chance) if inside else _damaged(raw, chance)
    try:
        draft = capture_bytes(raw, origin=name, sandbox=_BOX)
    except ReaderError as error:
        desk.see_words(error)
        return f"{name} refused"
    assert canonical(draft.text) == draft.text
    assert draft.blocks.fits(len(draft.text))
    assert draft.details.pages.fits(len(draft.text))
    assert "\ufffe" not in draft.text
    return f"{name} read"


def _damaged_inside(raw: bytes, chance: random.Random) -> bytes:
    """Return an archive in which one member is damaged, and which is whole as an archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        archived = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, content in archived.items() if len(content) > 40])
    return zipped({**archived, name: _damaged(archived[name], chance)})


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes with some of them changed, doubled, left out, or cut off."""
    made = bytearray(raw)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(made) or 1)
        length = chance.choice((1, 1, 4, 40, 400))
        act = chance.randrange(4)
        if act == 0:
            made[at : at + length] = chance.randbytes(length)
        elif act == 1:
            del made[at : at + length]
        elif act == 2:
            made[at:at] = made[at : at + length] * chance.choice((1, 50))
        elif made:
            digits = chance.choice(("0", "1", "-1", "2147483647", "9" * 5_000, "²")).encode()
            made[at : at + len(digits)] = digits
    return bytes(made[: chance.randrange(len(made) + 1)] if chance.random() < 0.1 else made)
