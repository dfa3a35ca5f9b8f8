from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture import plain
from reader.capture.html.page import extract as page_of
from reader.capture.markdown import extract
from reader.capture.pieces import LONGEST_BLOCK
from reader.capture.source import Source, quiet
from reader.domain.document import Document
from reader.domain.text import Role, canonical


def _roles(source: str) -> list[tuple[str, int, str]]:
    text, table, _, _ = extract(source)
    return [(block.role.value, block.level, text[block.start : block.end]) for block in table]


def test_an_article() -> None:
    source = """\
# The *big* report

*A summary of it.*

By Jane Doe

Some **bold** text with a [link](http://example.com/x "t") and `code`.
Soft line. Hard line\\
next line &amp; <b>more</b>.

## Part one

> Quote one
> goes on.
>
> > Deeper.

![A dam](dam.png)

Photo: Jane Doe
"""
    assert _roles(source) == [
        ("headline", 0, "The big report"),
        ("standfirst", 0, "A summary of it."),
        ("credit", 0, "By Jane Doe"),
        ("body", 0, "Some bold text with a link and code. Soft line. Hard line"),
        ("body", 1, "next line & more."),
        ("subhead", 2, "Part one"),
        ("quote", 1, "Quote one goes on."),
        ("quote", 2, "Deeper."),
        ("caption", 0, "A dam"),
        ("credit", 0, "Photo: Jane Doe"),
    ]
    metadata = extract(source).metadata
    assert (metadata.title, metadata.byline) == ("The big report", "Jane Doe")


def test_a_credit_in_a_caption_is_a_block_of_its_own() -> None:
    source = "Text.\n\n![The lock at low water. Photo: Ana Ruiz](x.png)\n\n![Photo: B](y.png)\n"
    assert _roles(source)[1:] == [
        ("caption", 0, "The lock at low water."),
        ("credit", 0, "Photo: Ana Ruiz"),
        ("credit", 0, "Photo: B"),
    ]
    assert "low water. Photo: Ana Ruiz\n\nPhoto: B" in extract(source).text


def test_the_text_is_the_blocks_and_line_feeds() -> None:
    text, table, _, _ = extract("# A\n\nB  \nc\n\n- d\n- e\n")
    assert text == "A\n\nB\nc\n\nd\ne"
    assert [text[block.start : block.end] for block in table] == ["A", "B", "c", "d", "e"]


def test_lists() -> None:
    source = "- one\n- two\n  - nested\n\n    second\n\n3. three\n4. four\n"
    assert _roles(source) == [
        ("list-item", 1, "one"),
        ("list-item", 1, "two"),
        ("list-item", 2, "nested"),
        ("body", 0, "second"),
        ("list-item", 1, "3. three"),
        ("list-item", 1, "4. four"),
    ]


def test_code_and_tables_are_lines() -> None:
    source = "```python\ndef f():\n    return 1\n\nx = 2\n```\n\n|a|b|\n|-|-|\n|1|**2**|\n"
    assert _roles(source) == [
        ("body", 0, "def f():"),
        ("body", 1, "    return 1"),
        ("body", 0, "x = 2"),
        ("body", 0, "a | b"),
        ("body", 1, "1 | 2"),
    ]


def test_only_a_first_heading_of_level_one_is_the_headline() -> None:
    assert _roles("## A\n\ntext\n\n# B\n") == [
        ("subhead", 2, "A"),
        ("body", 0, "text"),
        ("subhead", 1, "B"),
    ]


def test_raw_html_and_entities() -> None:
    source = (
        "<div><p>One &lt;two&gt;</p><script>no()</script><!-- no --></div>\n\na<br>b &#27;[0m c\n"
    )
    assert _roles(source) == [
        ("body", 0, "One <two>"),
        ("body", 0, "a"),
        ("body", 1, "b \ufffd[0m c"),
    ]


def test_front_matter() -> None:
    source = (
        '---\ntitle: "The: report"\nauthor: [Ana B, Cy D]\n'
        "publication: Example Post\ndate: 2024-02-01\n"
        "url: https://example.com/x\nlang: en\ntags:\n  - a\n---\n# Heading\n\nText.\n"
    )
    text, _, metadata, _ = extract(source)
    assert text == "Heading\n\nText."
    assert metadata.title == "The: report"
    assert metadata.byline == "Ana B, Cy D"
    assert metadata.outlet == "Example Post"
    assert metadata.published_at == "2024-02-01"
    assert metadata.url == "https://example.com/x"
    assert metadata.language == "en"


@pytest.mark.parametrize(
    "source", ["---\n\nText.\n", "---\ntitle: x\n\nText.\n", "---\nText.\n---\n"]
)
def test_what_is_no_front_matter_stays(source: str) -> None:
    text, _, metadata, _ = extract(source)
    assert "Text." in text
    assert metadata.title is None


def test_a_javascript_url_is_no_url() -> None:
    assert extract("---\nurl: javascript:x\ntitle: y\n---\nz\n").metadata.url is None


@pytest.mark.parametrize(
    "unit", ["[", "*", "_", "`", ">", "> ", "<", "![", "&", "|", "a\n", "- a\n", "#", "a|b\n",
             "\\", "[a](", "<!--", "<div>\n", "*a **b ", "~~", "1. ", '<a href="', "[a]: b\n",
             "[^a]: b\n", "[^a]: ", "[^a]", "> [^a]: ", "[^", "- [^a]: b\n"]
)  # fmt: skip
def test_a_lot_of_anything_ends(unit: str) -> None:
    text, table, _, _ = extract(unit * (30_000 // len(unit)))
    assert all(block.end <= len(text) for block in table)


@pytest.mark.parametrize("unit", ["[", "![", "  - a\n"])
def test_what_is_too_dear_is_read_as_plain_text(unit: str) -> None:
    text, table, _, warnings = extract(unit * (1_000_000 // len(unit)))
    assert warnings
    assert len(table) > 1
    assert all(block.end - block.start <= LONGEST_BLOCK for block in table)
    assert text


MARKS = st.text(
    alphabet=st.sampled_from(list("ab# \n\n*_`[]()!><|-+1.~\\&;:\t\"'é\x1b\ufeff")), max_size=80
)


@given(st.one_of(MARKS, st.text(max_size=80)))
def test_any_source_gives_canonical_text_that_the_blocks_cover(source: str) -> None:
    text, table, _, _ = extract(canonical(source))
    assert canonical(text) == text
    at = 0
    for block in table:
        assert at <= block.start < block.end
        assert not text[at : block.start].strip("\n ")
        assert text[block.start : block.end].strip()
        at = block.end
    assert at == len(text)


def test_a_byline_with_a_date_below_the_headline() -> None:
    source = "# The bridge\n\nBy Jo Field, 3 June 2026\n\nThe council has voted.\n"
    assert [role for role, _, _ in _roles(source)] == ["headline", "credit", "body"]
    assert extract(source).metadata.byline == "Jo Field"


def test_a_labelled_caption_is_one() -> None:
    source = "The council has voted.\n\nPhoto: The bridge at night.\n"
    assert _roles(source)[1] == ("caption", 0, "Photo: The bridge at night.")


def test_outlet_and_date_are_taken_from_the_head_unless_the_front_matter_says_them() -> None:
    body = "# Bill\n\nBy Jo Field, The Norrport Courier\n\n12 March 2026\n\nIt was passed at last."
    found = extract(body).metadata
    assert (found.byline, found.outlet) == ("Jo Field", "The Norrport Courier")
    assert found.published_at == "2026-03-12"
    found = extract(f"---\nauthor: Ed\ndate: 2026-03-13\n---\n{body}").metadata
    assert (found.byline, found.outlet, found.published_at) == ("Ed", None, "2026-03-13")


BELOW = "The council has voted on it, and that is it.\n\nAnother one follows here.\n"
POSTS = {
    "By Petra Lindqvist, transport correspondent": "Petra Lindqvist",
    "By Petra Lindqvist, Chief Transport Correspondent": "Petra Lindqvist",
    "By Petra Lindqvist, science writer in New Arle, 3 June 2026": "Petra Lindqvist",
    "By Petra Lindqvist and Jo Field, editors": "Petra Lindqvist and Jo Field",
    "Petra Lindqvist, transport correspondent": "Petra Lindqvist",
    "By Petra Lindqvist in Arle": "Petra Lindqvist",
    "From our correspondent in Arle": None,
    "By Petra Lindqvist, whom nobody asked": "no byline",
    "By then, the council had voted": "no byline",
}


@pytest.mark.parametrize(("line", "names"), POSTS.items())
def test_a_byline_is_one_in_markdown_text_and_pages_alike(line: str, names: str | None) -> None:
    marked = extract(f"# What is to be closed\n\n{line}\n\n{BELOW}")
    text = f"What is to be closed\n\n{line}\n\n{BELOW}"
    table = plain.blocks(text)
    found = [(marked.blocks, marked.metadata), (table, plain.metadata(text, table))]
    paragraphs = "".join(f"<p>{number} {BELOW * 3}</p>" for number in range(5))
    head = f"<title>What is to be closed</title></head><body><h1>What is to be closed</h1><p>{line}"
    page = page_of(Source(f"<html><head>{head}{paragraphs}".encode(), "x.html"), quiet)
    found.append((page.blocks, page.metadata))
    for blocks, metadata in found:
        assert blocks[0].role is Role.HEADLINE
        assert (blocks[1].role is Role.CREDIT) == (names != "no byline")
        assert metadata.byline == (None if names == "no byline" else names)


def test_what_else_stands_below_the_headline_is_found_as_in_plain_text() -> None:
    head = "# Council says so\n\nIt voted on Monday.\n\nAda Sample\\\nTue 16 May 2017, 6.00am\n\n"
    found = extract(f"{head}The Example Post\n\n{BELOW}")
    assert [block.role.value for block in found.blocks][:6] == [
        "headline", "standfirst", "credit", "boilerplate", "boilerplate", "body",
    ]  # fmt: skip
    assert (found.metadata.byline, found.metadata.outlet) == ("Ada Sample", "The Example Post")
    assert found.metadata.published_at == "2017-05-16"


def test_footnotes_stand_below_what_refers_to_them_and_are_no_statements() -> None:
    source = """\
# A title

The college said of it [^1]. The second one stands here.[^b] A third [^1] is short, [^none] or not.

- An item.[^c]
- Another one.

[^1]: College working paper 14, *page 3*.

    It has a second paragraph, see [^d].
[^b]: Word
[^c]:
    - a list
[^d]: Deep, and as [^1] says.
[^unused]: Nothing refers to it.

A last paragraph.
"""
    assert _roles(source) == [
        ("headline", 0, "A title"),
        ("body", 0, "The college said of it. The second one stands here. A third is short,"
         " [^none] or not."),
        ("credit", 0, "[1] College working paper 14, page 3."),
        ("credit", 0, "It has a second paragraph, see [d]."),
        ("credit", 0, "[b] Word"),
        ("credit", 0, "[d] Deep, and as [1] says."),
        ("list-item", 1, "An item."),
        ("list-item", 1, "Another one."),
        ("credit", 0, "[c] a list"),
        ("body", 0, "A last paragraph."),
        ("credit", 0, "[unused] Nothing refers to it."),
    ]  # fmt: skip


_WORDS = st.lists(st.sampled_from(["one", "Two", "three."]), min_size=1, max_size=4).map(" ".join)
_LABELS = st.sampled_from(["1", "2", "note", "3"])
_SENTENCE = st.tuples(_WORDS, st.sampled_from(["", " "]), _LABELS, st.sampled_from([".", "", ","]))
_LINE = st.one_of(
    st.builds("{0[0]}{0[1]}[^{0[2]}]{0[3]} and on".format, _SENTENCE),
    st.builds("[^{}]: {}".format, _LABELS, _WORDS),
    st.builds("{}{}".format, st.sampled_from(["- ", "> ", "## ", "    ", ""]), _WORDS),
)


@given(st.lists(_LINE, max_size=12), st.sampled_from(["\n", "\n\n"]))
def test_no_word_of_a_footnote_is_lost_or_in_a_statement(lines: list[str], gap: str) -> None:
    source = gap.join(lines)
    text, table, _, _ = extract(source)
    document = Document(text, table)
    said = [text[span.start : span.end] for span in document.statements()]
    known = set(re.findall(r"^\[\^(\w+)\]:", source, re.MULTILINE)) if gap == "\n\n" else set()
    for label in known:
        assert not any(f"[^{label}]" in words for words in said)
    assert sorted(_bare(text)) == sorted(_bare(source))
    assert all(text[block.start : block.end] == text[block.start : block.end].strip()
               for block in table)  # fmt: skip


def _bare(words: str) -> list[str]:
    """The words of a text or source, without labels."""
    return re.findall(r"[a-z]+", re.sub(r"\[\^?\w+\]", "", words).lower())
