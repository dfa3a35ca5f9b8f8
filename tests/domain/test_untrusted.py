"""What a terminal could act on is not shown, character for character."""

from __future__ import annotations

import sys
from unicodedata import category

from reader.domain.untrusted import safe

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ANNOTATION = "\ufff9\ufffa\ufffb"
TAGS = {chr(code) for code in range(0xE0000, 0xE0080)}


def test_of_all_characters_those_that_do_something_are_replaced_one_for_one() -> None:
    every = "".join(map(chr, (*range(0x20000), *range(0xE0000, 0xE0100), sys.maxunicode)))
    shown = safe(every)  # more different ones than are kept
    assert len(shown) == len(every)
    replaced = {old: new for old, new in zip(every, shown, strict=True) if old != new}
    acting = {one for one in every if category(one) in ("Cc", "Cs", "Zl", "Zp")}
    assert replaced.keys() == acting | TAGS | {*BIDI, *ANNOTATION}
    assert set(replaced.values()) == {"\ufffd", "\u2060", " "}
    assert replaced["\x1b"] == replaced["\x9b"] == replaced["\ud800"] == "\ufffd"
    assert replaced["\t"] == replaced["\n"] == " "
