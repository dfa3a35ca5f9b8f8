import csv
import io
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.csv_columns import COLUMNS, NAMES, HighlightRow
from reader.formats.csv_export import Line, unguarded, write_lines

DOCUMENTED = """
article_title, article_outlet, article_byline, article_published, article_url, statement, start,
end, text, tag, tag_label, tag_rank, confidence, likelihood_pct, reason, note, source,
source_kind, source_naming, chain, as_in_text, voice, act, scope_certain, source_tags,
attribution_tags,
relations, relation_tags, evidence, because, other_tags, flag, incomplete, annotator,
created_at, updated_at, paragraph,
prefix, suffix, extra_spans, codebook, codebook_version, facet, origin, attribution_origin,
revision, fate, earlier_text, article_id, article_sha256, highlight_id, format_version
"""


def row(**more) -> HighlightRow:
    given = {"start": 0, "end": 3, "text": "abc", "article_id": "i", "article_sha256": "s"}
    return HighlightRow(**{**given, **more})


def written(*rows: HighlightRow, spreadsheet: bool = False) -> str:
    out = io.StringIO(newline="")
    lines = (Line(row, (), spreadsheet=spreadsheet).of(()) for row in rows)
    assert write_lines(lines, out) == len(rows)
    return out.getvalue()


def parsed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_names_and_order_are_stable():
    assert list(NAMES) == DOCUMENTED.replace("\n", " ").replace(" ", "").split(",")


def test_every_column_is_a_field_and_is_described_in_one_line():
    assert {f.name for f in fields(HighlightRow)} == set(NAMES) - {"format_version"}
    for column in COLUMNS:
        assert column.about.endswith((".", ")"))
        assert "\n" not in column.about


def test_bom_crlf_and_every_field_quoted():
    text = written(row(note='say "hi"'))
    assert text.startswith('\ufeff"article_title","article_outlet"')
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert len(lines) == 3
    assert '"say ""hi"""' in lines[1]
    assert lines[1].count('","') == len(NAMES) - 1


def test_values_are_written_as_documented():
    (found,) = parsed(
        written(
            row(
                flag=True,
                incomplete=False,
                tag=("a", "b|c"),
                tag_rank=-1.0,
                likelihood_pct=0,
                other_tags=(("x@1.f", "c:d"),),
                extra_spans=(("4", "9"), ("12", "20")),
            )
        )
    )
    assert (found["flag"], found["incomplete"]) == ("true", "false")
    assert found["tag"] == r"a | b\|c"
    assert (found["tag_rank"], found["likelihood_pct"]) == ("-1", "0")
    assert found["other_tags"] == r"x@1.f:c\:d"
    assert found["extra_spans"] == "4:9 | 12:20"
    assert found["source"] == ""
    assert found["format_version"] == "4"


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@"])
def test_spreadsheet_mode_puts_one_apostrophe_before_what_would_act(value):
    (found,) = parsed(written(row(note=value, tag_rank=-2.0, start=0), spreadsheet=True))
    assert found["note"] == f"'{value}"
    assert found["tag_rank"] == "-2"
    assert found["format_version"] == "4-spreadsheet"
    assert parsed(written(row(note=value)))[0]["note"] == value


@pytest.mark.parametrize("value", ["a=1", "'tis", "''", "'", " =1", "", "1-2"])
def test_spreadsheet_mode_leaves_other_values_alone(value):
    (found,) = parsed(written(row(note=value), spreadsheet=True))
    assert found["note"] == value
    assert unguarded(value) == value


@given(st.text(st.sampled_from("'=+-@\t\rab") | st.characters(codec="utf-8"), max_size=6))
def test_the_apostrophe_comes_off_again_and_no_other(value):
    (found,) = parsed(written(row(note=value), spreadsheet=True))
    assert not found["note"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(found["note"]) == value
