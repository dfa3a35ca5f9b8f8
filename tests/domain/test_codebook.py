"""The codebook format: what is read, what is refused, and what the refusal says."""

from __future__ import annotations

import hashlib
import itertools
import typing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.assets import builtin_codebooks, builtin_version, load_builtin
from reader.domain import codebook
from reader.domain.codebook import Tag, missing, parse_codebook, problems_of
from reader.domain.codebook_file import rules as codebook_rules
from reader.domain.codebook_file.rules import MIN_CONTRAST, contrast_with_black
from reader.domain.errors import CodebookError

GOOD = '''format = "reader-codebook/1"
id = "two"
version = 3
title = "Two tags"
lang = "en"
about = """
Line 7 of the file, [[facet]] here is text
"""

[[facet]]
id = "main"
title = "Is it so?"
scale = "ordinal"

[[facet.tag]]
code = "yes"
label = "yes"
key = "1"
symbol = "✓"
ascii = "Y"
color = "#56B4E9"
rank = 1
definition = "It is so."
requires = ["evidence", "note"]

[[facet.tag]]
code = "no"
label = "no"
key = "2"
symbol = "x"
color = "#d55e00"
rank = -0.5
definition = "It is not so."
'''


def refused(source: str) -> CodebookError:
    with pytest.raises(CodebookError) as caught:
        parse_codebook(source, "two.toml")
    assert caught.value.hint
    assert caught.value.exit_code == 2
    return caught.value


def line_of(source: str, text: str) -> int:
    return source[: source.index(text)].count("\n") + 1


def test_reads_every_field_and_fills_in_what_is_left_out() -> None:
    book = parse_codebook(GOOD, "two.toml")
    assert (book.id, book.version, book.title, book.lang) == ("two", 3, "Two tags", "en")
    assert book.about == "Line 7 of the file, [[facet]] here is text"
    assert book.source == GOOD
    assert book.sha256 == hashlib.sha256(GOOD.encode()).hexdigest()
    (facet,) = book.facets
    assert (facet.applies_to, facet.select, facet.scale) == (("statement",), "one", "ordinal")
    assert facet.visible_if is None
    yes, no = facet.tags
    assert yes == Tag("yes", "yes", "It is so.", "1", "✓", "Y", "#56B4E9", 1, ("evidence", "note"))
    assert (no.ascii, no.color, no.rank, no.requires) == ("x", "#D55E00", -0.5, ())
    assert facet.tag_for_key("2") is no
    assert facet.tag("yes") is yes
    assert facet.tag_for_key("") is None


def test_line_ends_and_byte_order_mark_do_not_change_the_content() -> None:
    windows = "\ufeff" + GOOD.replace("\n", "\r\n")
    assert parse_codebook(windows) == parse_codebook(GOOD)


def test_many_facets_of_every_kind() -> None:
    source = GOOD + (
        '[[facet]]\nid = "why"\ntitle = "Why?"\nselect = "many"\nvisible_if = "main:yes,no"\n'
        'applies_to = ["source", "relation"]\n'
        '[[facet.tag]]\ncode = "A"\nlabel = "a"\nkey = "a"\nsymbol = "A"\ncolor = "#FFFFFF"\n'
        'definition = "First."\n'
    )
    book = parse_codebook(source)
    why = book.facet("why")
    assert why is not None
    assert (why.select, why.scale, why.applies_to) == ("many", "nominal", ("source", "relation"))
    assert book.statement_facets == (book.facets[0],)
    assert not why.is_visible({})
    assert not why.is_visible({"main": ("other",)})
    assert why.is_visible({"main": ("no",)})
    assert book.facets[0].is_visible({})


NO_TAG = GOOD[: GOOD.index("[[facet.tag]]")].replace('scale = "ordinal"\n', "")
BROKEN = [
    # (what is replaced, by what, what the message says, the text whose line it names)
    ('key = "2"', 'key = "1"', 'key "1" is taken by tag "yes"', 'key = "1"\nsymbol = "x"'),
    ('code = "no"', 'code = "yes"', 'code "yes" is taken', 'code = "yes"\nlabel = "no"'),
    ('code = "no"', 'code = "YES"', 'code "YES" is taken', 'code = "YES"'),
    (
        'symbol = "x"',
        'symbol = "✓"\nascii = "N"',
        'symbol "✓" is taken',
        'symbol = "✓"\nascii = "N',
    ),
    (
        'symbol = "x"',
        'symbol = "✗"\nascii = "Y"',
        'ascii "Y" is taken',
        'ascii = "Y"\ncolor = "#d5',
    ),
    ('color = "#d55e00"', 'color = "#56b4e9"', 'color "#56b4e9" is taken', 'color = "#56b4e9"'),
    ('key = "2"', 'key = "n"', 'tag "no": key "n" is not a digit', 'key = "n"'),
    ('key = "2"', 'key = "12"', "key is not one digit or small letter", 'key = "12"'),
    ('key = "2"', "key = 2", "key is a number", "key = 2"),
    ('symbol = "x"', 'symbol = "→"', "symbol is one or two cells wide", 'symbol = "→"'),
    ('symbol = "x"', 'symbol = "漢"', "symbol is two cells wide", 'symbol = "漢"'),
    ('symbol = "x"', 'symbol = "😀"', "symbol is two cells wide", 'symbol = "😀"'),
    ('symbol = "x"', 'symbol = "xx"', "symbol is not one character", 'symbol = "xx"'),
    ('symbol = "x"', 'symbol = "\\u0301"', "symbol cannot be seen by itself", 'symbol = "\\u0301"'),
    ('symbol = "x"', 'symbol = "\\u200B"', "symbol cannot be seen by itself", 'symbol = "\\u200B"'),
    ('symbol = "x"\n', "", 'tag "no": symbol is missing', '[[facet.tag]]\ncode = "no"'),
    ("#d55e00", "#d55", "color is not a colour", 'color = "#d55"'),
    ("#d55e00", "#707070", "color is too dark under black text", 'color = "#707070"'),
    ("rank = -0.5\n", "", "fewer than two ranks", 'scale = "ordinal"'),
    ("rank = -0.5", "rank = 1.0", "fewer than two ranks", 'scale = "ordinal"'),
    ("rank = -0.5", "rank = nan", "rank is not a number", "rank = nan"),
    ("rank = -0.5", "rank = true", "rank is not a number", "rank = true"),
    ("rank = -0.5", "rank = 0x" + "f" * 5000, "rank is not a number", "rank = 0x"),
    ('scale = "ordinal"', 'scale = "interval"', "scale is unknown", 'scale = "interval"'),
    ('scale = "ordinal"', 'select = "some"', "select is unknown", 'select = "some"'),
    ('scale = "ordinal"', "applies_to = []", "applies_to is not a list", "applies_to = []"),
    ('scale = "ordinal"', 'applies_to = ["page"]', 'unknown word: "page"', "applies_to ="),
    ('["evidence", "note"]', '["proof"]', 'requires has an unknown word: "proof"', "requires ="),
    (
        '["evidence", "note"]',
        '["note", "note"]',
        "requires names the same word twice",
        "requires =",
    ),
    ('label = "no"', 'lable = "no"', 'unknown field "lable"', 'lable = "no"'),
    ('label = "no"', 'label = " "', "label is empty", 'label = " "'),
    ('label = "no"', 'label = "a\\u001Bb"', "label contains a control", 'label = "a\\u001Bb"'),
    ('label = "no"', 'label = "a\\u202Eb"', "label contains a control", 'label = "a\\u202Eb"'),
    ('label = "no"', 'label = "' + "n" * 41 + '"', "label has 41 characters", 'label = "nnn'),
    ('label = "no"', "label = 7", "label is not a text", "label = 7"),
    (
        'definition = "It is not so."\n',
        "",
        'tag "no": definition is missing',
        '[[facet.tag]]\ncode = "no"',
    ),
    ('id = "two"', 'id = "Two Tags"', "id is not made of small letters", 'id = "Two Tags"'),
    ('id = "main"', 'id = "m:n"', "id is not made of small letters", 'id = "m:n"'),
    ('code = "no"', 'code = "no|yes"', "code is not made of letters", 'code = "no|yes"'),
    ("version = 3", "version = 0", "version is not a whole number", "version = 0"),
    ("version = 3", 'version = "3"', "version is not a whole number", 'version = "3"'),
    ("version = 3", "version = true", "version is not a whole number", "version = true"),
    ('lang = "en"', 'lang = "a lot"', "lang is not a language", 'lang = "a lot"'),
    ("reader-codebook/1", "reader-codebook/9", "format is unknown", "format ="),
    ('scale = "ordinal"', 'visible_if = "x:y"', 'visible_if names "x"', "visible_if"),
    ('scale = "ordinal"', 'visible_if = "main:yes"', 'visible_if names "main"', "visible_if"),
    ('scale = "ordinal"', 'visible_if = "yes"', "visible_if is not a facet and its", "visible_if"),
]


@pytest.mark.parametrize(("old", "new", "message", "place"), BROKEN)
def test_a_broken_rule_is_named_with_its_line(old: str, new: str, message: str, place: str) -> None:
    assert old in GOOD
    source = GOOD.replace(old, new, 1)
    error = refused(source)
    assert message in error.message
    assert error.message.startswith(f"two.toml, line {line_of(source, place)}")


def test_unknown_field_comes_with_a_suggestion() -> None:
    assert refused(GOOD.replace('label = "no"', 'lable = "no"')).hint == 'Did you mean "label"?'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "format is missing"),
        ("format = ", "not valid TOML"),
        ("a = [" * 5000, "not valid TOML"),
        ("a = " + "1" * 5000, "not valid TOML"),
        ("# \ud800", "not valid TOML"),
        ("#" * 400_000, "more than 300,000 characters"),
        ('format = "reader-codebook/1"\nfacet = 3', "facet is not a list of tables"),
        (NO_TAG, 'facet "main": there is no tag'),
        (NO_TAG[: NO_TAG.index("[[facet]]\nid")], "there is no facet"),
        (NO_TAG + "[[tag]]\n", 'facet "main": there is no tag'),
    ],
)
def test_no_codebook_at_all(source: str, message: str) -> None:
    assert refused(source).hint
    assert any(message in problem.text("two.toml") for problem in problems_of(source))


def test_syntax_error_says_where() -> None:
    assert "line 3" in refused('format = "reader-codebook/1"\n\nid = \n').message


def test_all_problems_are_listed_in_order() -> None:
    source = GOOD.replace("version = 3", "version = 0").replace('key = "2"', 'key = "z"')
    problems = problems_of(source)
    assert [problem.where for problem in problems] == ["", 'tag "no"']
    assert problems[0].line < problems[1].line
    error = refused(source)
    assert error.message == "two.toml has 2 mistakes."
    assert [text.split(":")[0] for text in error.details] == [
        "two.toml, line 3",
        'two.toml, line 29, tag "no"',
    ]
    assert problems_of(GOOD) == []


def test_facets_with_the_same_id() -> None:
    second = GOOD[GOOD.index("[[facet]]\nid") :]
    assert 'two facets have the id "main"' in refused(GOOD + second).message


def test_a_condition_names_a_tag_of_the_facet_above() -> None:
    second = GOOD[GOOD.index("[[facet]]\nid") :].replace('id = "main"', 'id = "b"')
    good = GOOD + second.replace('id = "b"', 'id = "b"\nvisible_if = "main:yes"')
    assert parse_codebook(good).facets[1].visible_if == "main:yes"
    assert 'names "maybe", which is no tag' in refused(good.replace(":yes", ":maybe")).message


@pytest.mark.parametrize("target", ["source", "attribution", "relation"])
def test_letters_are_keys_in_pickers_only(target: str) -> None:
    source = GOOD.replace('key = "2"', 'key = "n"')
    picker = source.replace('scale = "ordinal"', f'applies_to = ["{target}"]')
    assert parse_codebook(picker).facets[0].tag_for_key("n") is not None
    both = source.replace('scale = "ordinal"', f'applies_to = ["statement", "{target}"]')
    assert "is not a digit" in refused(both).message


def test_inline_tables_are_checked_as_well() -> None:
    source = GOOD.replace('requires = ["evidence", "note"]', "").replace('key = "2"', 'key = "zz"')
    head, _, _ = source.partition("[[facet]]\nid")
    inline = head + (
        '[[facet]]\nid = "main"\ntitle = "x"\n'
        'tag = [{code = "a", label = "a", symbol = "→", color = "#FFFFFF", definition = "d"}]\n'
    )
    error = refused(inline)
    assert 'tag "a": symbol is one or two cells wide' in error.message
    assert "line 10" in error.message  # the facet's


def test_messages_are_harmless() -> None:
    error = refused(GOOD.replace('label = "no"', 'label = "no"\n"\\u001b[2J" = 1'))
    assert "\x1b" not in error.message + error.hint


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(CodebookError):
        parse_codebook(text)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 12), st.text(max_size=3))
def test_damaged_codebooks_are_read_or_refused(start: int, length: int, text: str) -> None:
    damaged = GOOD[:start] + text + GOOD[start + length :]
    problems = problems_of(damaged)
    if problems:
        error = refused(damaged)
        told = error.details or (error.message,)
        assert [
            text.startswith(item.text("two.toml"))
            for text, item in zip(told, problems, strict=True)
        ]
    else:
        assert all(facet.tags for facet in parse_codebook(damaged).facets)


def test_missing_requirements() -> None:
    yes, no = parse_codebook(GOOD).facets[0].tags
    there = {"note": True, "relation": False, "source": False}
    assert missing(yes, note=False, evidence=(), relation=True, source=True) == ("evidence", "note")
    for stances in ((), ("context",), ("insufficient",)):
        assert missing(yes, evidence=stances, **there) == ("evidence",)
    assert missing(yes, evidence=("context", "refutes"), **there) == ()
    assert missing(replace(yes, rank=None), evidence=("insufficient",), **there) == ()
    for one, other in (("supports", "refutes"), ("refutes", "supports")):
        directed = replace(yes, requires=("note", f"evidence:{one}"))
        assert missing(directed, evidence=(other, "insufficient"), **there) == (f"evidence:{one}",)
        assert missing(directed, evidence=(other, one), **there) == ()
    assert missing(no, note=False, evidence=(), relation=False, source=False) == ()


def test_the_words_of_the_rules_are_those_of_the_types() -> None:
    assert typing.get_args(codebook.Target) == codebook_rules.TARGETS
    assert typing.get_args(codebook.Requirement) == tuple(codebook.REQUIREMENTS)


# --- the built-in ones -----------------------------------------------------------------------

BUILT_IN = ["credibility-7", "admiralty", "checkworthy", "stance", "verdict-6"]


def test_the_default_one_is_as_designed() -> None:
    book = load_builtin()
    (facet,) = book.facets
    rows = [(t.key, t.code, t.symbol, t.ascii, t.color, t.rank, t.requires) for t in facet.tags]
    assert rows == [
        ("1", "corroborated", "✓", "Y", "#56B4E9", 2, ("evidence:supports",)),
        ("2", "plausible", "+", "+", "#009E73", 1, ()),
        ("3", "contested", "⇄", "=", "#CC79A7", 0, ("relation",)),
        ("4", "doubtful", "!", "!", "#E69F00", -1, ("note",)),
        ("5", "refuted", "✗", "X", "#D55E00", -2, ("evidence:refutes",)),
        ("6", "unverified", "?", "?", "#F0E442", None, ()),
        ("0", "not-checkable", "∅", "-", "#FFFFFF", None, ()),
    ]
    assert (facet.scale, facet.select) == ("ordinal", "one")


def test_admiralty_keeps_source_and_information_apart() -> None:
    credibility, reliability = load_builtin("admiralty").facets
    assert credibility.applies_to == ("statement",)
    assert "statement" not in reliability.applies_to
    assert [t.key for t in credibility.tags] == list("123456")
    assert [(t.code, t.key) for t in reliability.tags] == list(zip("ABCDEF", "abcdef", strict=True))
    assert [t.rank for t in credibility.tags] == [5, 4, 3, 2, 1, None]
    assert [t.rank for t in reliability.tags] == [5, 4, 3, 2, 1, None]


def test_the_others_are_as_designed() -> None:
    (verdict,) = load_builtin("verdict-6").facets
    assert [t.key for t in verdict.tags] == list("1234560")
    assert verdict.tags[-1].rank is None
    stances = [*["evidence:supports"] * 2, "evidence", *["evidence:refutes"] * 3, "evidence"]
    assert [t.requires for t in verdict.tags] == [(name,) for name in stances]
    worth, kind = load_builtin("checkworthy").facets
    assert (worth.select, kind.select) == ("one", "many")
    assert [kind.is_visible({"worth": (t.code,)}) for t in worth.tags] == [True, True, False]
    act, stance = load_builtin("stance").facets
    assert [t.key for t in act.tags] == list("123456")
    assert [t.key for t in stance.tags] == list("sdqc")


@pytest.mark.parametrize("codebook_id", BUILT_IN)
def test_built_in_ones_have_no_problem(codebook_id: str) -> None:
    path = builtin_codebooks()[codebook_id]
    assert problems_of(path.read_text(encoding="utf-8")) == []
    book = load_builtin(codebook_id)
    newest = 2 if codebook_id in ("credibility-7", "verdict-6") else 1
    assert (book.id, book.version, book.lang) == (codebook_id, newest, "en")
    for version in range(1, newest):  # what was judged with it, and a CSV of that, is still known
        earlier = builtin_version(codebook_id, version)
        assert (earlier.id, earlier.version) == (codebook_id, version)
        assert earlier.facets[0].tag(book.facets[0].tags[0].code).requires == ("evidence",)
    assert builtin_version(codebook_id, newest) is book
    assert builtin_version(codebook_id, newest + 1) is builtin_version("none", 1) is None
    assert book.about
    for facet in book.facets:
        colors = [tag.color for tag in facet.tags]
        assert min(map(contrast_with_black, colors)) >= MIN_CONTRAST
        assert _closest(colors) > 0.075


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_with_black("#000000") == pytest.approx(1)
    assert contrast_with_black("#FFFFFF") == pytest.approx(21)
    assert contrast_with_black("#777777") == pytest.approx(4.69, abs=0.01)


# How far colours are apart: distance in OKLab, seen normally and as by people without the red,
# green or blue receptors (matrices of Machado, Oliveira and Fernandes, 2009).
VISIONS = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
)
TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _oklab(color: str, vision: tuple[tuple[float, ...], ...]) -> list[float]:
    linear = [codebook_rules._linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5)]
    seen = [min(max(channel, 0.0), 1.0) for channel in _times(vision, linear)]
    return _times(TO_LAB, [channel ** (1 / 3) for channel in _times(TO_LMS, seen)])


def _closest(colors: list[str]) -> float:
    return min(
        sum((a - b) ** 2 for a, b in zip(_oklab(one, v), _oklab(two, v), strict=True)) ** 0.5
        for one, two in itertools.combinations(colors, 2)
        for v in VISIONS
    )
