import csv
import io

import pytest

from reader.domain.errors import InputError
from reader.formats import csv_import
from reader.formats.csv_import import RowReader, lines_of
from reader.formats.csv_row import Imported, Rejected

UID = "01a206d2-8dc2-7cd6-9487-71851c8c5958"
GOOD = {
    "text": "abc",
    "start": "0",
    "end": "3",
    "article_sha256": "AB",
    "highlight_id": UID,
    "format_version": "1",
}


def csv_of(*rows: dict[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(text: str) -> list:
    return list(RowReader(lines_of(io.StringIO(text, newline=""), "f.csv"), "f.csv").rows())


def reason(**fields: str) -> str:
    (found,) = read(csv_of({**GOOD, **fields}))
    assert isinstance(found, Rejected), found
    return found.reason


def test_a_row_of_the_needed_columns_in_any_order():
    shuffled = dict(reversed(GOOD.items()))
    (found,) = read(csv_of(shuffled))
    assert isinstance(found, Imported)
    assert (found.line, found.start, found.end, found.text) == (2, 0, 3, "abc")
    assert found.kind.article_sha256 == "ab"
    assert (found.note, found.kind.flag, found.kind.other_tags) == (None, False, ())


def test_unknown_columns_are_named():
    reader = RowReader(iter(csv_of({**GOOD, "mood": "x"}).splitlines()), "f.csv")
    assert reader.unknown_columns == ("mood",)


def test_a_row_without_a_highlight_is_none():
    assert read(csv_of({**GOOD, "highlight_id": ""})) == [None]


def test_the_line_is_where_the_row_begins():
    rows = [{**GOOD, "text": "a\nb\nc"}, {**GOOD, "start": "x"}]
    first, second = read(csv_of(*rows))
    assert (first.line, second.line) == (2, 5)


def test_what_a_spreadsheet_makes_of_booleans_is_understood():
    (found,) = read(csv_of({**GOOD, "flag": "TRUE", "incomplete": "FALSE"}))
    assert found.kind.flag is True


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"start": "x"}, "start is no number"),
        ({"start": "-1"}, "start is no number"),
        ({"start": "٣"}, "start is no number"),
        ({"start": "9" * 40}, "start is no number"),
        ({"start": "3"}, "no stretch"),
        ({"end": ""}, "no stretch"),
        ({"text": ""}, "text is empty"),
        ({"likelihood_pct": "101"}, "likelihood_pct"),
        ({"confidence": "sure"}, "confidence"),
        ({"flag": "maybe"}, "flag"),
        ({"extra_spans": "4"}, "extra_spans"),
        ({"extra_spans": "9:4"}, "extra_spans"),
        ({"other_tags": "no"}, "other_tags"),
        ({"other_tags": "a@x.f:c"}, "other_tags"),
        ({"other_tags": "\\"}, "stray backslash"),
        ({"highlight_id": "7"}, "UUID"),
        ({"origin": "x" * 300}, "origin"),
    ],
)
def test_a_bad_value_rejects_its_row_and_says_why(fields, word):
    assert word in reason(**fields)


def test_a_row_with_another_number_of_fields_is_rejected():
    text = csv_of(GOOD)
    header, line = text.split("\r\n")[:2]
    assert isinstance(read(f"{header}\r\n{line},x\r\n")[0], Rejected)


def test_rows_of_two_formats_do_not_mix():
    found = read(csv_of(GOOD, {**GOOD, "format_version": "1-spreadsheet"}))
    assert isinstance(found[1], Rejected)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "no column"),
        ("a;b;c\r\n1;2;3\r\n", "no column text"),
        (csv_of(GOOD).replace('"', "") + '"open', "no valid CSV"),
        (csv_of(GOOD) + 'a"b","c"d\r\n', "no valid CSV"),
        (csv_of({**GOOD, "format_version": "9"}), "not known: 9"),
        (csv_of({**GOOD, "format_version": ""}), "none given"),
        (csv_of(GOOD).replace("text,", "text,text,", 1), "twice"),
    ],
)
def test_a_file_that_is_no_such_csv_is_refused_as_a_whole(text, word):
    with pytest.raises(InputError, match=word):
        read(text)


def test_a_file_without_line_ends_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(csv_import, "FIELD_LIMIT", 100)
    with pytest.raises(InputError, match="too long"):
        read("x" * 1_000)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(csv_import, "ROW_LIMIT", 1)
    with pytest.raises(InputError, match="more than 1 rows"):
        read(csv_of(GOOD, GOOD))
