"""A codebook's file is changed as a person would: comments kept, every rule kept."""

import random
from dataclasses import replace

import pytest

from reader.assets import builtin_codebooks, load_builtin
from reader.domain.codebook import parse_codebook
from reader.domain.codebook_file.edit import (
    code_of,
    new_codebook,
    own_facet,
    with_code,
    with_facet,
    with_tag,
    without_tag,
)
from reader.domain.codebook_file.rules import contrast_with_black
from reader.domain.codebook_file.tag_signs import free_color, free_symbol
from reader.domain.errors import CodebookError

HEAD = new_codebook("own-1", "Own", "About.")


def grown(labels: list[str]):
    book = with_tag(HEAD, (), labels[0], 1)
    for version, label in enumerate(labels[1:], 2):
        book = with_tag(book.source, book.facets[0].tags, label, version)
    return book


def test_every_tag_that_is_made_keeps_every_rule() -> None:
    choice = random.Random(3)
    labels = ["Blame shifting", "blame, shifting!", "漢字", "ü", "“quoted”", 'a "b" \\ c', "x" * 40]
    labels += [f"{choice.choice(['alpha', 'beta', 'ω'])} {number}" for number in range(40)]
    book = grown(labels)
    tags = book.facets[0].tags
    assert [tag.label for tag in tags] == labels
    assert [tag.code for tag in tags[:5]] == [
        "blame-shifting",
        "blame-shifting-2",
        "tag",
        "u",
        "quoted",
    ]
    assert [tag.symbol for tag in tags[:4]] == ["B", "L", "A", "U"]
    assert [tag.key for tag in tags[:11]] == [*"1234567890", ""]
    assert len({tag.symbol for tag in tags}) == len({tag.color for tag in tags}) == len(labels)
    assert all(contrast_with_black(tag.color) >= 4.5 for tag in tags)
    assert book.version == len(labels)
    assert own_facet(book) is book.facets[0]


def test_colours_do_not_run_out() -> None:
    taken: list[str] = []
    for _ in range(30):
        taken.append(free_color(taken))
    assert len(set(taken)) == 30
    assert free_color([f"#{number:06X}" for number in range(0xFFFFFF, 0x808080, -0x0307)][:300])


def test_symbols_run_out_with_a_message() -> None:
    tag = grown(["a"]).facets[0].tags[0]
    every = [*range(33, 127), *range(0x2801, 0x2900), *range(0x1401, 0x166D)]
    tags = [replace(tag, symbol=chr(point), ascii="") for point in every]
    assert free_symbol("漢", tags[:94]) == chr(0x2801)
    with pytest.raises(CodebookError, match="no symbol left"):
        free_symbol("a", tags)


@pytest.mark.parametrize("name", list(builtin_codebooks()))
def test_codes_and_labels_change_and_nothing_else(name: str) -> None:
    book = load_builtin(name)
    for facet in book.facets:
        tag = facet.tags[-1]
        changed = with_code(book.source, facet.id, tag.code, "Other-1", "an other", 7)
        assert changed.source.count("#") == book.source.count("#")
        assert changed.version == 7
        back = with_code(changed.source, facet.id, "Other-1", tag.code, tag.label, book.version)
        assert back == book
        kept = with_code(book.source, facet.id, tag.code, "Other-1", "", 2)
        assert kept.facet(facet.id).tag("Other-1").label == tag.label


def test_a_tag_goes_with_its_lines_and_a_facet_stays() -> None:
    book = grown(["one", "two", "three"])
    less = without_tag(book.source, "tags", "two", "one", 4)
    assert [tag.code for tag in less.facets[0].tags] == ["one", "three"]
    two = parse_codebook(
        with_tag(with_facet(load_builtin("verdict-6").source), (), "own", 2).source
    )
    assert [facet.id for facet in two.facets] == ["verdict", "tags"]
    with pytest.raises(CodebookError):
        without_tag(grown(["only"]).source, "tags", "only", "x", 2)
    with pytest.raises(CodebookError, match="no tag"):
        without_tag(book.source, "tags", "four", "one", 4)


def test_a_facet_that_is_asked_after_a_tag_follows_it() -> None:
    source = load_builtin("checkworthy").source
    book = with_code(source, "worth", "unimportant", "minor", "", 2)
    assert book.facet("type").visible_if == "worth:worth-checking,minor"
    less = without_tag(book.source, "worth", "minor", "worth-checking", 3)
    assert less.facet("type").visible_if == "worth:worth-checking"


def test_a_file_that_is_written_otherwise_is_refused() -> None:
    tag = '{code="a", label="a", symbol="A", color="#FFFFFF", definition="d"}'
    source = (
        'format = "reader-codebook/1"\nid = "x"\nversion = 1\ntitle = "X"\n'
        f'facet = [{{id = "f", title = "F", tag = [{tag}]}}]\n'
    )
    assert parse_codebook(source).id == "x"
    with pytest.raises(CodebookError):
        with_code(source, "f", "a", "b", "", 2)


def test_codes_are_made_from_labels() -> None:
    assert code_of("Übergriff, schwer", []) == "ubergriff-schwer"
    assert code_of("--", ["tag", "TAG-2"]) == "tag-3"
    assert len(code_of("word " * 30, ["w"])) <= 40
