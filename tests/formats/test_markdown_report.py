"""The Markdown report: nothing in it acts, and no word of the article is lost."""

from __future__ import annotations

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.domain.text import Block, Role, Span, canonical
from reader.domain.untrusted import safe
from reader.formats.markdown_marks import Mark, marked_text
from reader.formats.markdown_report import Entry, Figure, Legend, Report, write_report
from reader.formats.markdown_text import address, escaped, linked
from tests.formats.markdown_shown import MARKER, flat, shown, words

HOSTILE = (
    "# no heading", "## x ##", "> quote", "- item", "+ item", "* item", "12. item", "3) item",
    "===", "---", "***", "___", "```", "~~~ sh", "    code", "<script>alert(1)</script>", "<!-- x",
    "</div>", "[a](http://x.example)", "![i](x)", "[ref]: http://x.example 'y'", "| a | b |",
    "|---|---|", "a&lt;b &copy; &#35;", "*em* **strong** _em_ __s__", "`code` ``two``",
    "~~gone~~", "http://x.example www.x.example a@x.example", "back\\slash \\* \\", "$x$ ==y==",
    ":smile: note: 10:30", "a  ", "\\", "line\u2028sep \u202ebidi", "{#id .class} {{x}}", "^[foot]",
    "<https://x.example>", "&", "Term\n: definition", "1986. A year", "-", "#", "![", "](", "`",
)  # fmt: skip

RENDERERS = (
    MarkdownIt("commonmark"),
    MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"]),
)
HARMLESS = {
    "paragraph_open", "paragraph_close", "heading_open", "heading_close", "blockquote_open",
    "blockquote_close", "bullet_list_open", "bullet_list_close", "list_item_open",
    "list_item_close", "em_open", "em_close", "hardbreak", "softbreak", "text", "inline",
}  # fmt: skip


# Superscript digits would go on with a mark's number; the rest are line ends of Python's.
EXCLUDED = "\r\v\f⟦⟧¹²³⁰⁴⁵⁶⁷⁸⁹" + "".join(map(chr, range(0x85, 0xA1)))
lines = st.sampled_from(HOSTILE) | st.text(
    st.characters(codec="utf-8", exclude_characters=EXCLUDED), max_size=12
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(lines, st.sampled_from(list(Role)), st.integers(0, 7), st.booleans()), max_size=8
    ),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 90)), max_size=6),
    st.sampled_from(["+", "*", "`", "✗"]),
    st.sampled_from(["", "ana", "Ana *B*", "`b` <c>", "- # 1.", "\u202ex:y@z.example"]),
)
def test_whatever_the_text_it_renders_as_itself(parts, spans, symbol, whose) -> None:  # type: ignore[no-untyped-def]
    text, blocks = "", []
    for content, role, level, joined in parts:
        line = canonical(content).strip()
        if not safe(line).strip():
            continue
        if joined and blocks:  # a second line of the block
            text += f"\n{line}"
            last = blocks.pop()
            blocks.append(Block(last.start, len(text), last.role, last.level))
        else:
            text += "\n\n" * bool(blocks)
            blocks.append(Block(len(text), len(text) + len(line), role, level))
            text += line
    ordered = sorted((start, -min(start + size, len(text))) for start, size in spans)
    marks = [
        Mark(number, symbol, (Span(start, -end),), whose)
        for number, (start, end) in enumerate(ordered, 1)
        if -end > start
    ]
    markdown = "".join(marked_text(text, blocks, marks))
    for renderer in RENDERERS:
        tokens = flat(renderer.parse(markdown))
        assert {token.type for token in tokens} <= HARMLESS
        seen = shown(markdown, renderer)
        assert words(MARKER.sub("", seen)) == words(safe(text))
        for mark in marks:
            assert seen.count(mark.opening) >= 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", markdown)


def report(text: str, marks: list[Mark]) -> str:
    return "".join(marked_text(text, [Block(0, len(text), Role.BODY)], marks)).strip()


def test_nested_and_overlapping_and_divided_highlights_can_be_told_apart() -> None:
    text = "abcdefghij"
    nested = [Mark(1, "+", (Span(0, 8),)), Mark(2, "!", (Span(2, 4),))]
    assert report(text, nested) == "⟦¹ab⟦²cd⟧!²efgh⟧+¹ij"
    crossing = [Mark(1, "+", (Span(0, 5),)), Mark(2, "!", (Span(3, 8),))]
    assert report(text, crossing) == "⟦¹abc⟦²de⟧+¹fgh⟧!²ij"
    same = [Mark(1, "+", (Span(2, 5),)), Mark(2, "–", (Span(2, 5),))]
    assert report(text, same) == "ab⟦¹⟦²cde⟧–²⟧+¹fghij"
    touching = [Mark(1, "+", (Span(0, 5),)), Mark(12, "!", (Span(5, 8),))]
    assert report(text, touching) == "⟦¹abcde⟧+¹⟦¹²fgh⟧!¹²ij"
    divided = [Mark(1, "+", (Span(1, 3), Span(6, 8))), Mark(2, "!", (Span(2, 7),))]
    assert report(text, divided) == "a⟦¹b⟦²c⟧+¹def⟦¹g⟧!²h⟧+¹ij"
    named = [Mark(1, "+", (Span(0, 8),), "ana"), Mark(2, "!?", (Span(2, 4),), "ben  c.")]
    assert report(text, named) == "⟦¹ab⟦²cd⟧ben c. !?²efgh⟧ana +¹ij"


def test_what_begins_like_a_heading_is_written_the_same_with_a_mark_before_it() -> None:
    text = "# one\n\n## two # three\n\n# four"
    blocks = [Block(0, 5, Role.HEADLINE), Block(7, 21, Role.SUBHEAD, 2), Block(23, 29, Role.BODY)]
    marks = [Mark(1, "+", (Span(7, 21),)), Mark(2, "!", (Span(23, 26),))]
    found = "".join(marked_text(text, blocks, marks))
    assert found == "### \\# one\n\n#### ⟦¹\\## two # three⟧+¹\n\n⟦²\\# f⟧!²our\n\n"
    assert "# four" not in "".join(marked_text(text, blocks, [])).replace("\\# four", "")


def test_a_highlight_over_several_blocks_and_the_gaps_between_them() -> None:
    text = "one\n\ntwo\n\nthree"
    blocks = [Block(0, 3, Role.HEADLINE), Block(5, 8, Role.QUOTE, 1), Block(10, 15, Role.BODY)]
    marks = [Mark(1, "+", (Span(1, 9),)), Mark(2, "!", (Span(3, 4),)), Mark(3, "?", (Span(9, 12),))]
    assert "".join(marked_text(text, blocks, marks)) == (
        "### o⟦¹ne\n\n> ⟦²⟧!²two⟧+¹\n\n⟦³th⟧?³ree\n\n"
    )


def test_everything_around_the_text_is_harmless_too() -> None:
    for evil in HOSTILE:
        made = Report(
            evil, f"https://x.example/{evil}", (("by", evil),), (("ana", f"{evil}\n{evil}"),),
            (Figure("tags", evil), Figure(evil, "", ((evil, evil), (evil, "1")))),
            "x", [Block(0, 1, Role.BODY)], [],
            [Entry(1, evil, evil, (("note", f"{evil}\n\n{evil}"),), (evil,), evil)],
        )  # fmt: skip
        out = io.StringIO()
        legend = [Legend(evil, evil, ((evil, evil),))]
        assert write_report([made, made], legend, out) == 2
        tokens = flat(RENDERERS[0].parse(out.getvalue()))
        allowed = HARMLESS | {
            "strong_open", "strong_close", "ordered_list_open", "ordered_list_close", "hr",
            "link_open", "link_close",
        }  # fmt: skip
        assert {token.type for token in tokens} <= allowed
        links = [token for token in tokens if token.type == "link_open"]
        assert {token.markup for token in links} <= {"autolink"}  # which show where they lead
        targets = [str(token.attrGet("href")) for token in links]
        assert all(re.match("https?://x.example", target) for target in targets)
        assert sum(target.startswith("https://x.example/") for target in targets) <= 2
        assert [token.tag for token in tokens if token.type == "heading_open"] == [
            "h1", "h2", "h2", "h2", "h2", "h2", "h1", "h2", "h2", "h2", "h2",
        ]  # fmt: skip
        text = shown(out.getvalue(), RENDERERS[0])
        assert text.count(words(safe(evil))) >= 14


def test_addresses() -> None:
    for text, seen in (
        ("(see https://x.example/a_(b)), or", "(see <https://x.example/a_(b)>), or"),
        ("HTTP://x.example/*a*`<i>", "<HTTP://x.example/*a>\\*\\`&lt;i>"),
        ("https://x.example/é\\", "<https://x.example/%C3%A9>\\\\"),
        ("https://x.example/cu…", "https\\://x.example/cu…"),
        ("https://x.example/?a&copy;=b", "https\\://x.example/?a&amp;copy;=b"),
        ("https://, ahttp://x javascript://x", "https\\://, ahttp\\://x javascript\\://x"),
    ):
        assert linked(text) == seen
    assert address("https://x.example/a b<c>") == "https://x.example/a%20b%3Cc%3E"
    for bad in (None, "", "javascript:x", "https://", "http://[", "file:///x", "x"):
        assert address(bad) is None


def test_what_means_nothing_where_it_stands_is_left_alone() -> None:
    plain = (
        "The U.S. paid 3.5 % - more (or less) than \"we\" said: it's 10:30, isn't it? Yes! A+B=C #1"
    )
    assert escaped(plain) == plain
