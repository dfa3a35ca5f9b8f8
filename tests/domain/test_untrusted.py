"""What a terminal could act on is not shown, character for character."""

from __future__ import annotations

import sys
from unicodedata import category

from reader.domain.overall import check_label
from reader.domain.source import checked
from reader.domain.untrusted import is_printable, safe

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


def test_names_and_labels_may_be_spelled_with_joiners() -> None:
    persian, family = "می\u200cخواهم", "\U0001f468\u200d\U0001f469"
    for text in (persian, family):
        assert is_printable(text)
        assert check_label(text) == text
        assert checked("name", text) == text
    for text in ("\u200c", f"{persian}\u200d", "a\u202eb", "a\x1bb", "a\u2066b"):
        assert not is_printable(text)
