from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.capture.pieces import LONGEST_BLOCK
from reader.capture.plain import blocks, metadata
from reader.domain.document import Document
from reader.domain.text import STATEMENT_ROLES, Role

STORY = """\
The mayor has admitted that she shared the plans with "two firms" before the vote, and said that \
she had the "right to do so". This follows weeks of questions.

In a series of posts, she wrote: "As mayor I wanted to share (at an open meeting) what the plans \
say. It was right."

The council was not told of it, according to the opposition, which has asked for an inquiry.

Mayor
The mayor has defended her 'absolute right' to share plans with the firms Reuters
"""
PARAGRAPHS = STORY.split("\n\n")


def _roles(text: str) -> list[tuple[str, int, str]]:
    return [
        (block.role.value, block.level, text[block.start : block.end]) for block in blocks(text)
    ]


def test_trailing_caption_and_glued_credit() -> None:
    assert [(role, words[:20]) for role, _, words in _roles(STORY)] == [
        ("body", PARAGRAPHS[0][:20]),
        ("body", PARAGRAPHS[1][:20]),
        ("body", PARAGRAPHS[2][:20]),
        ("caption", "Mayor"),
        ("caption", "The mayor has defend"),
        ("credit", "Reuters"),
    ]
    document = Document(STORY, blocks(STORY))
    assert len(list(document.statements())) == 5


def test_outlet_and_date_are_taken_from_the_head_where_they_are_sure() -> None:
    def known(by: str, date: str):
        text = f"Mayor shared plans\n\n{by}\n\n{date}\n\n{PARAGRAPHS[0]}"
        return metadata(text, blocks(text))

    found = known("By Mara Lindqvist, The Norrport Courier", "Thursday, 12 March 2026")
    assert (found.byline, found.outlet) == ("Mara Lindqvist", "The Norrport Courier")
    assert found.published_at == "2026-03-12"
    for names in (
        "Anna Lee, Bob Stone",
        "Jane Doe, The Hague",
        "Kim Ito, Li Star",
        "Di Poe, Di Ku",
    ):
        assert (known(f"By {names}", "").byline, known(f"By {names}", "").outlet) == (names, None)
    for line, date in {
        "March 3, 2026": "2026-03-03",
        "Published on 3 Mar. 2026": "2026-03-03",
        "2026-03-03": "2026-03-03",
        "Updated 3 March 2026": None,  # the day of a change
        "31 February 2026": None,
        "03.04.2026": None,  # March or April?
    }.items():
        assert known("By Jo Field", line).published_at == date, line


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Smoke over the harbour on Monday Getty Images", "Getty Images"),
        ("Smoke over the harbour on Monday. AFP/Getty Images", "AFP/Getty Images"),
        ("Smoke over the harbour (Reuters)", "(Reuters)"),
        ("Smoke over the harbour Ana Ruiz/AP", "Ana Ruiz/AP"),
        ("Smoke over the harbour Photo: Ana Ruiz", "Photo: Ana Ruiz"),
        ("Smoke over the harbour © Ana Ruiz", "© Ana Ruiz"),
    ],
)
def test_credits(line: str, credit: str) -> None:
    roles = _roles(PARAGRAPHS[0] + "\n\n" + line)
    assert roles[-1] == ("credit", 0, credit)
    assert roles[-2][0] == "caption"


@pytest.mark.parametrize(
    "line", ["The minister told Reuters", "Nobody heard of it at AP", "A last line without a stop"]
)
def test_no_credit_is_invented(line: str) -> None:
    assert _roles(PARAGRAPHS[0] + "\n\n" + line)[-1][0] == "body"


def test_captions_alone_are_no_captions() -> None:
    assert _roles("Smoke over the harbour Reuters")[0][0] == "body"


def test_headline_byline_date_and_standfirst() -> None:
    text = "\n\n".join(
        ["Mayor shared plans", "She says it was right, others differ",
         "By Jane Doe and Li van Ek", "Published 16 May 2017", *PARAGRAPHS[:3]]
    )  # fmt: skip
    found = [role for role, _, _ in _roles(text)]
    assert found == ["headline", "standfirst", "credit", "boilerplate", "body", "body", "body"]
    known = metadata(text, blocks(text))
    assert (known.title, known.byline) == ("Mayor shared plans", "Jane Doe and Li van Ek")


@pytest.mark.parametrize("line", ["By Someone", "BY STAFF", "By AFP", "By Someone, 3 June 2026"])
@pytest.mark.parametrize("above", ["", "A headline that says little\n", "A headline\n\n"])
def test_a_byline_may_be_one_name(line: str, above: str) -> None:
    roles = _roles(f"{above}{line}\n\n{PARAGRAPHS[0]}")
    expected = [("credit", 0, line), ("body", 0, PARAGRAPHS[0])]
    assert roles == ([("headline", 0, above.strip())] if above else []) + expected


@pytest.mark.parametrize("line", ["By Monday", "By Design", "By The", "Von Anfang", "By contrast"])
def test_no_name_is_no_byline(line: str) -> None:
    assert _roles(f"{PARAGRAPHS[1]}\n\n{line}\n\n{PARAGRAPHS[0]}")[1][0] != "credit"


def test_no_headline_is_invented() -> None:
    assert _roles(STORY)[0][0] == "body"
    assert metadata(STORY, blocks(STORY)).title is None
    assert _roles("milk\n\neggs\n\nbread")[0][0] == "body"
    assert _roles("A line alone")[0][0] == "body"


def test_single_line_paragraphs() -> None:
    text = (
        "Mayor shared plans\n" + "\n".join(PARAGRAPHS[:3]) + "\nWhat comes next\n" + PARAGRAPHS[0]
    )
    assert [role for role, _, _ in _roles(text)] == [
        "headline", "body", "body", "body", "subhead", "body",
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [40, 66, 72, 79, 100])
def test_hard_wrapped_text_gives_whole_paragraphs(columns: int) -> None:
    text = "\n\n".join(textwrap.fill(words, columns) for words in PARAGRAPHS[:3] * 3)
    found = _roles(text)
    assert [" ".join(words.split()) for _, _, words in found] == PARAGRAPHS[:3] * 3
    assert {role for role, _, _ in found} == {"body"}


def test_hard_wrapped_text_with_indented_paragraphs() -> None:
    text = "\n".join(
        textwrap.fill(words, 66, initial_indent="    ") for words in PARAGRAPHS[:3] * 3
    )
    assert [" ".join(words.split()) for _, _, words in _roles(text)] == PARAGRAPHS[:3] * 3


def test_a_letter_keeps_its_short_lines() -> None:
    wrapped = textwrap.fill(PARAGRAPHS[0], 72)
    text = f"From: Ann\nTo: Ben\n\nDear Ben,\n\n{wrapped}\n\nRegards,\nAnn\nStreet 5\n"
    found = _roles(text)
    assert [words for _, _, words in found][3] == wrapped
    assert [level for _, level, _ in found] == [0, 1, 0, 0, 0, 1, 1]


def test_verse_with_capitals_is_not_joined() -> None:
    text = (
        "The river rose above the lower town,\nThe people climbed the hill to see it flow,\n"
        "And no one there could say what brought it down\nOr where on earth the water meant to go."
    )
    assert len(_roles(text)) == 4


def test_wrapped_text_without_spaces() -> None:
    paragraph = (
        "大統領は訪問者と情報を共有したことを認めた。これは会議の後に起こったことである。" * 3
    )
    lines = [paragraph[at : at + 34] for at in range(0, len(paragraph), 34)]
    text = "\n".join(lines) + "\n\n会議は終わった。\n"
    assert len(_roles(text)) == 2


def test_subheads_between_paragraphs() -> None:
    text = "\n\n".join([PARAGRAPHS[0], "The denial", PARAGRAPHS[1], "CHAPTER II. The end", "Then."])
    assert [(role, level) for role, level, _ in _roles(text)] == [
        ("body", 0), ("subhead", 2), ("body", 0), ("subhead", 2), ("body", 0),
    ]  # fmt: skip


def test_verse_keeps_its_lines() -> None:
    text = "The river rose,\nthe river fell,\nand who was there\nto say it?\n\nNobody was,\nnor I."
    assert [level for _, level, _ in _roles(text)] == [0, 1, 1, 1, 0, 1]


def test_lists_and_quotations_lose_their_signs() -> None:
    text = (
        "We need:\n\n- eggs\n- milk and\n  butter\n  * nested\n\n1. First boil.\n2. Then wait.\n\n"
        "> He said it and\n> went.\n> New one.\n>> Deeper one."
    )
    assert _roles(text) == [
        ("body", 0, "We need:"),
        ("list-item", 1, "eggs"),
        ("list-item", 1, "milk and\n  butter"),
        ("list-item", 2, "nested"),
        ("list-item", 1, "1. First boil."),
        ("list-item", 1, "2. Then wait."),
        ("quote", 1, "He said it and\n> went."),
        ("quote", 1, "New one."),
        ("quote", 2, "Deeper one."),
    ]


@pytest.mark.parametrize(
    "line",
    ["Read more: The other story", "Sign up to our daily newsletter", "© 2024 The Example Post",
     "Advertisement", "Follow us on the network", "All rights reserved."],
)  # fmt: skip
def test_boilerplate(line: str) -> None:
    text = f"{PARAGRAPHS[0]}\n\n{line}\n\n{PARAGRAPHS[1]}"
    assert [role for role, _, _ in _roles(text)] == ["body", "boilerplate", "body"]


@pytest.mark.parametrize(
    "line", ["Read more carefully, he said.", "By Monday Nobody Cared.", "Subscribers left."]
)
def test_sentences_are_no_boilerplate(line: str) -> None:
    assert _roles(f"{PARAGRAPHS[0]}\n\n{line}\n\n{PARAGRAPHS[1]}")[1][0] == "body"


@pytest.mark.parametrize(
    "unit", ["The river rose. ", "word ", "x", "字", "e\u0301", "。字", "A" * 40_000 + " b. "]
)
def test_very_long_paragraphs_are_cut(unit: str) -> None:
    text = (unit * (200_000 // len(unit))).strip()
    table = blocks(text)
    assert all(0 < block.end - block.start <= LONGEST_BLOCK for block in table)
    assert [block.level for block in table] == [0] + [1] * (len(table) - 1)
    at = 0
    for block in table:
        assert not text[at : block.start].strip()
        at = block.end
    assert at == len(text)


LINES = st.lists(
    st.sampled_from(
        ["", " ", "Short", "By Jane Doe", "> q", ">", "- item", "1. one.", "Photo: X", "© 2024 Y",
         "A sentence that is fairly long and ends here.", "Trump Reuters", "Caption here AP",
         "  indented and not ended", "Chapter 1", "\ufffd", "Read more: x", "* * *", "字。"]
    ),
    max_size=14,
)  # fmt: skip


@given(st.one_of(LINES.map("\n".join), st.text(max_size=120)))
def test_blocks_are_disjoint_trimmed_and_in_order(text: str) -> None:
    text = text.replace("\r", "\n")
    at = 0
    for block in blocks(text):
        assert at <= block.start < block.end <= len(text)
        words = text[block.start : block.end]
        assert words == words.strip()
        left_out = text[at : block.start]
        assert not any(letter.isalpha() for letter in left_out)
        at = block.end
    assert not text[at:].strip()


@pytest.mark.parametrize("unit", ["a\n", "\n", " ", ">", "> ", "- a\n", "1. a\n", "x\n\n", " \n\t"])
def test_a_lot_of_anything_ends(unit: str) -> None:
    table = blocks(unit * 20_000)
    assert all(block.role in Role for block in table)


WRAPPED = "\n\n".join(textwrap.fill(words, 72) for words in PARAGRAPHS[:3])
LONG_HEADLINE = (
    "Council votes to close the Harlow Street bridge for two years after\n"
    "cracks are found in the eastern span"
)


@pytest.mark.parametrize(
    "headline",
    [
        LONG_HEADLINE,
        "City council votes to close\nthe bridge",
        "City council votes to close the\nHarlow Street bridge",
        "City council votes to close\nthe bridge over\nthe Harlow",
    ],
)
@pytest.mark.parametrize("below", ["\n\n", "\n\nBy Jo Field, 3 June 2026\n\n"])
@pytest.mark.parametrize("body", [WRAPPED, "\n\n".join(PARAGRAPHS[:3])])
def test_a_wrapped_headline_is_one_block_and_the_title(
    headline: str, below: str, body: str
) -> None:
    text = headline + below + body
    table = blocks(text)
    assert _roles(text)[0] == ("headline", 0, headline)
    assert metadata(text, table).title == " ".join(headline.split())
    assert metadata(text, table).byline == ("Jo Field" if "Field" in below else None)
    first = next(iter(Document(text, table).statements()))
    assert text[first.start : first.end] == headline


def test_a_wrapped_headline_in_capitals_needs_a_byline() -> None:
    for headline in ("Council Votes to Close\nHarlow Street Bridge", "COUNCIL VOTES\nTO CLOSE IT"):
        assert _roles(f"{headline}\n\nBy Jo Field\n\n{WRAPPED}")[0] == ("headline", 0, headline)
        assert _roles(f"{headline}\n\n{WRAPPED}")[0][2] != headline


@pytest.mark.parametrize("line", ["By Jo Field, 3 June 2026", "By Jo Field", "3 June 2026"])
def test_a_byline_or_date_is_no_part_of_the_headline_above_it(line: str) -> None:
    headline = "Council votes to close the Harlow Street bridge for two more years"
    found = _roles(f"{headline}\n{line}\n\n{WRAPPED}")
    assert found[0] == ("headline", 0, headline)
    assert found[1][2] == line
    assert found[2][0] == "body"


@pytest.mark.parametrize(
    "first",
    [
        "The council has voted to close the bridge over the river for two years,\nit said.",
        "Who would close a bridge that half of the town uses every single day\nof the week?",
        "It was late. The council had voted to close the bridge over the river\nand went home",
        "12 Harlow Street\nRiverside",
        "From: Ann\nTo: Ben",
        LONG_HEADLINE + " and more than that\n" + "words and words and words " * 4,
    ],
)
def test_a_first_paragraph_that_is_no_headline_stays_body(first: str) -> None:
    assert _roles(f"{first}\n\n{WRAPPED}")[0][0] == "body"


def test_a_date_at_the_end_of_a_wrapped_paragraph_stays_in_it() -> None:
    first = "The council has voted to close the bridge over the river for a year on\n16 May 2017."
    assert _roles(f"{first}\n\n{WRAPPED}")[0] == ("body", 0, first)


CAPTION = "Photo: The Harlow Street bridge from the east bank on Wednesday."


@pytest.mark.parametrize("body", [WRAPPED, "\n\n".join(PARAGRAPHS[:3])])
@pytest.mark.parametrize(
    ("tail", "found"),
    [
        (CAPTION, [("caption", CAPTION)]),
        ("Photo: The bridge at night.", [("caption", "Photo: The bridge at night.")]),
        ("Photo: Lena Ortiz", [("credit", "Photo: Lena Ortiz")]),
        ("Foto: dpa", [("credit", "Foto: dpa")]),
        (
            CAPTION + "\nCredit: Lena Ortiz/The Riverside Courier",
            [("caption", CAPTION), ("credit", "Credit: Lena Ortiz/The Riverside Courier")],
        ),
        (
            CAPTION + "\n\nLena Ortiz / Courier",
            [("caption", CAPTION), ("credit", "Lena Ortiz / Courier")],
        ),
        (
            "A view of the bridge. (Photo: Lena Ortiz)",
            [("caption", "A view of the bridge."), ("credit", "(Photo: Lena Ortiz)")],
        ),
        (
            "The bridge. Photo: The river.",
            [("body", "The bridge. Photo: The river.")],
        ),
    ],
)
def test_labelled_captions_and_credits(body: str, tail: str, found: list[tuple[str, str]]) -> None:
    assert [(role, words) for role, _, words in _roles(f"{body}\n\n{tail}\n")][3:] == found


def test_a_wrapped_caption_with_a_credit_is_cut_in_two() -> None:
    caption = f"{CAPTION[:-1]},\nwith the lorries that are not allowed on it any more."
    found = _roles(f"{WRAPPED}\n\n{caption} (Photo: Lena\nOrtiz)\n")[3:]
    assert found == [("caption", 0, caption), ("credit", 0, "(Photo: Lena\nOrtiz)")]


BELOW = (
    "The council said on Tuesday that the bridge was safe, and that it would stay open.\n\n"
    "An engineer who asked not to be named disagreed, saying that nobody had looked at it.\n"
)


def _statements_of_head(head: str, standfirst: str = "") -> list[str]:
    """Return what of the lines under a headline is moved through as statements."""
    text = f"Council says that the bridge is safe\n\n{standfirst}{head}\n\n{BELOW}"
    start = text.index(head)
    return [
        text[block.start : block.end]
        for block in blocks(text)
        if block.role in STATEMENT_ROLES and start <= block.start < start + len(head)
    ]


@pytest.mark.parametrize(
    "head",
    [
        "By Ada Sample\nThe Example Post",
        "By Ada Sample\n\nThe Example Post, 16 May 2017",
        "The Example Post · 16 May 2017",
        "The Example Post\nMonday 3 May 2024",
        "By Ada Sample in London\n\n3 hours ago",
        "By Ada Sample | The Example Post | 3 May 2024",
        "By Ada Sample for The Example Post\n\n5 min read",
        "Ada Sample\nTue 16 May 2017",
        "Ada Sample, political editor",
        "From our correspondent in Arle",
        "By Ada Sample\n\nLONDON, 3 May —",
        "LONDON (Reuters) -",
        "WASHINGTON — May 3, 2024",
        "By Ada Sample\n\nReuters",
        "By Ada Sample\n\nLast modified on Tue 3 May 2024 10.22 BST",
    ],
)
def test_lines_that_say_by_whom_where_and_when_are_no_statements(head: str) -> None:
    assert _statements_of_head(head) == []
    assert _statements_of_head(head, "Engineers disagree, and want to see it\n\n") == []


@pytest.mark.parametrize(
    "head",
    ["The Great Escape", "Trump in London", "Warnings for March", "LONDON", "Post", "By the river",
     "Good News", "Ada Sample", "The minister, an editor of note", "BRIDGES: a short story"],
)  # fmt: skip
def test_a_line_that_may_be_a_heading_stays_one(head: str) -> None:
    assert _statements_of_head(head) == [head]


def test_outlet_and_day_below_a_byline_are_taken_over() -> None:
    for head in ("The Example Post, 16 May 2017", "The Example Post\nTue 16 May 2017, 6.00am"):
        text = f"Council says so\n\nBy Ada Sample\n\n{head}\n\n{BELOW}"
        found = metadata(text, blocks(text))
        assert (found.byline, found.outlet, found.published_at) == (
            "Ada Sample", "The Example Post", "2017-05-16")  # fmt: skip
