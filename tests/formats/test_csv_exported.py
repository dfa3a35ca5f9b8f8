"""What lies as it was exported is read like any other CSV, only faster."""

import csv
import io
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.errors import InputError
from reader.domain.operation import new_uid
from reader.formats import csv_exported
from reader.formats.csv_columns import NAMES
from reader.formats.csv_exported import ExportedReader, is_exported
from reader.formats.csv_import import RowReader, lines_of
from reader.formats.csv_row import Imported

WORDS = ["a", "", 'a "b"', 'x","y', 'one"\r\n"two', "line\nline", "\r\n", "é – “ü”", "\\", '"', ","]
UIDS = [new_uid() for _ in range(6)]
words = st.sampled_from(WORDS)
plain = st.fixed_dictionaries(
    {
        "start": st.sampled_from(["0", "7", "x", "", "123456789012345678"]),
        "end": st.sampled_from(["9", "12", "3"]),
        "text": st.sampled_from(["abc", "a\nb", "é", ""]) | words,
        "highlight_id": st.sampled_from([*UIDS, *UIDS, UIDS[0].upper(), "", "no id"]),
        "tag": st.sampled_from(["plausible", "refuted"]),
    }
)
other = st.fixed_dictionaries(
    {
        "note": words,
        "reason": words,
        "extra_spans": st.sampled_from(["", "", "20:30"]),
        "source": st.sampled_from(["", "", "Ana"]),
        "prefix": words,
        "article_title": words,
        "confidence": st.sampled_from(["", "low", "odd"]),
        "format_version": st.sampled_from(["4", "4", "4", "4", "3", "9"]),
    }
)
rows = st.lists(
    st.builds(lambda one, more: one | more, plain, st.just({}) | st.just({}) | other), max_size=12
)


def exported(items: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, NAMES, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({"format_version": "4", "article_sha256": "ab", **item} for item in items)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def in_columns(data: bytes) -> tuple[list, int]:
    """Return the rows in order, and how many of them were in columns."""
    reader = ExportedReader(io.BufferedReader(io.BytesIO(data)), "f")
    found, count, read = [], 0, 0
    for page in reader.pages():
        found += [*page.others, *page.plain.one_by_one()]
        count, read = count + len(page.plain.uids), read + page.read
    assert read >= len(found)
    return sorted(found, key=lambda row: row.line), count


def one_by_one(data: bytes) -> list:
    file = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline="\n")
    return [row for row in RowReader(lines_of(file, "f"), "f").rows() if row is not None]


def outcome(read, data: bytes) -> object:
    """Return the rows, without the numbers of their kinds, or that it was refused."""
    try:
        found = read(data)
        kinds = (replace(row.kind, number=0) for row in found if isinstance(row, Imported))
        return [replace(row, kind=next(kinds)) if hasattr(row, "kind") else row for row in found]
    except (InputError, UnicodeDecodeError):  # of two faults it may tell the one or the other
        return "refused"


@settings(max_examples=60, deadline=None)
@given(rows, st.sampled_from([1, 300, 5_000]), st.none() | st.integers(0, 2**32))
def test_columns_hold_what_is_read_one_by_one_also_of_damaged_files(items, block, damage):
    data = exported(items)
    if damage is not None:
        chance = random.Random(damage)
        place = chance.randrange(len(data) - 700 if len(data) > 1_400 else len(data))
        data = data[:-place] + chance.choice([b"", b'"', b"\n", b'"\r\n"', b"\xff", b",", b'"'])
        data += exported(items)[-chance.randrange(1, 40) :] * chance.randrange(2)
    if not is_exported(io.BufferedReader(io.BytesIO(data))):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_exported, "_BLOCK", block)
        patch.setattr(csv_exported, "PAGE", 3)
        found = outcome(lambda data: in_columns(data)[0], data)
    assert found == outcome(one_by_one, data)


def test_most_rows_are_in_columns():
    item = {"start": "0", "end": "2", "tag": "plausible"}
    some = [{**item, "text": "ab", "highlight_id": new_uid()} for _ in range(50)]
    some[20]["text"] = 'a"b'
    some[30]["note"] = "n"
    found, count = in_columns(exported(some))
    assert (len(found), count) == (50, 50 - 4)  # the first two of a kind, and two not plain
    assert [row.line for row in found] == list(range(2, 52))


def test_of_another_order_or_without_quotation_marks_it_is_not_as_exported():
    data = exported([{"start": "0"}])
    for changed in (data.replace(b'"', b""), data.replace(b'"end"', b'"END"'), data[:-900], b""):
        assert not is_exported(io.BufferedReader(io.BytesIO(changed)))
    assert is_exported(io.BufferedReader(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf"))))
