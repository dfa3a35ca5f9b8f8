"""PDF: columns, hyphens, running heads, pages, headings; and files that cannot be read."""

from __future__ import annotations

import zlib

import pytest

from reader.capture import capture_bytes
from reader.capture.sandbox import Limits, Sandbox
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError
from tests.capture.pdf_pages import HEADINGS, body, two_columns
from tests.capture.pdf_writer import Pdf


@pytest.fixture(scope="module")
def box():
    with Sandbox() as box:
        yield box


def read(pdf: Pdf | bytes, box: Sandbox) -> ArticleDraft:
    raw = pdf if isinstance(pdf, bytes) else pdf.bytes()
    return capture_bytes(raw, origin="/x/bridge.pdf", name="bridge.pdf", sandbox=box)


def blocks(draft: ArticleDraft) -> list[tuple[str, str, int]]:
    return [(b.role.value, draft.text[b.start : b.end], b.level) for b in draft.blocks]


@pytest.mark.parametrize("across", [False, True])
def test_columns_hyphens_pages_headings_and_metadata(across: bool, box: Sandbox) -> None:
    draft = read(two_columns(across), box)
    found = blocks(draft)
    assert [role for role, _, _ in found] == ["headline", "body", "body", "subhead", "body"]
    assert found[0][1] == HEADINGS[0]
    assert found[1][1].startswith("The council met late on Tuesday to look at the figures for the")
    assert "called the representatives of both" in found[1][1]
    assert "disagreed with her" in found[1][1]
    assert found[1][1].endswith("closed the first half.")
    assert "The well-known firm has not said whether" in found[2][1]  # as it is written elsewhere
    assert found[3] == ("subhead", HEADINGS[1], 2)
    at = draft.text.index("known firm has not")
    assert [draft.details.pages.at(at + step) for step in (-1, 0)] == [1, 2]
    assert len(draft.details.pages) == 2
    assert (draft.metadata.title, draft.metadata.byline, draft.metadata.published_at) == (
        HEADINGS[0], "Ana Example", "2024-01-31?",
    )  # fmt: skip
    assert not set("\ufffe\ufffd\f\u00ad") & set(draft.text)
    assert (draft.details.quality, draft.warnings) == ("good", ())


def test_running_heads_and_page_numbers_go_and_paragraphs_go_on(box: Sandbox) -> None:
    pdf = Pdf(contents=[("Line 0 of page 3 goes on with what was said.", 3)])
    for number in range(1, 8):
        body(pdf.sheet(), number)
    draft = read(pdf, box)
    assert "Report" not in draft.text
    assert not any(line.strip().isdigit() for line in draft.text.splitlines())
    found = blocks(draft)
    assert ("subhead", "Line 0 of page 3 goes on with what was said.", 2) in found
    assert len(draft.details.pages) == 7
    for number in range(1, 8):
        at = draft.text.index(f"Line 2 of page {number}")
        assert draft.details.pages.at(at) == number


def test_lists_indents_small_print_and_a_page_that_is_turned(box: Sandbox) -> None:
    pdf = Pdf()
    page = pdf.sheet()
    page.column(90, 700, ["First an indented line begins a paragraph of the text,"])
    page.column(72, 688, ["which goes on here and is as wide as the others are, so.",
                          "It ends with this one, nearly as wide as they are."])  # fmt: skip
    page.column(90, 664, ["Then another one begins, also with an indented line that"])
    page.column(72, 652, ["goes on here and ends soon."])
    page.column(
        80,
        630,
        [
            "• an item of a list, which is long enough to go on in",
        ],
    )
    page.column(90, 618, ["another line"])
    page.column(80, 606, ["• a second item"])
    page.column(72, 560, ["The last paragraph of the page goes on past the small"])
    page.column(72, 60, ["1 A note at the foot of the page."], 7)
    second = pdf.sheet()
    second.column(72, 700, ["print, on the next page, where it ends with a full stop."])
    pdf.sheet(rotate=90).drawn.append(
        b"BT /F 10 Tf 0 1 -1 0 300 72 Tm (- A page that lies on its side is read as well.) Tj ET"
    )
    draft = read(pdf, box)
    found = [(role, text) for role, text, _ in blocks(draft)]
    assert found == [
        ("body", "First an indented line begins a paragraph of the text, which goes on here and is "
         "as wide as the others are, so. It ends with this one, nearly as wide as they are."),
        ("body", "Then another one begins, also with an indented line that goes on here and ends "
         "soon."),
        ("list-item", "an item of a list, which is long enough to go on in another line"),
        ("list-item", "a second item"),
        ("body", "1 A note at the foot of the page."),
        ("body", "The last paragraph of the page goes on past the small print, on the next page, "
         "where it ends with a full stop."),
        ("list-item", "A page that lies on its side is read as well."),
    ]  # fmt: skip


def refusal(raw: bytes, box: Sandbox) -> InputError:
    with pytest.raises(InputError) as caught:
        read(raw, box)
    assert caught.value.message.startswith("bridge.pdf ")
    assert caught.value.hint
    return caught.value


def test_files_that_cannot_be_read_say_why_and_what_to_do(box: Sandbox) -> None:
    pdf = two_columns(across=False)
    pdf.trailer = (
        b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        b"/O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
    )
    locked = refusal(pdf.bytes(), box)
    assert "locked with a password" in locked.message
    assert "without one" in locked.hint
    scan = Pdf()
    for _ in range(3):
        scan.sheet().drawn.append(b"q 600 0 0 700 0 0 cm Q")
    scanned = refusal(scan.bytes(), box)
    assert "has no text in it: its 3 pages are pictures" in scanned.message
    assert "ocrmypdf" in scanned.hint
    half = two_columns(across=False)
    half.sheets.append(scan.sheets[0])
    some = read(half, box)
    assert some.details.quality == "pages-without-text"
    assert "1 of 3 pages have no text (page 3)" in some.warnings[0]
    cut = two_columns(across=False).bytes()
    assert "damaged" in refusal(b"%PDF-1.7\n" + b"\0garbage" * 99, box).message
    assert "damaged" in refusal(cut[: len(cut) // 2], box).message
    lost = cut.replace(b"startxref\n", b"startxref\n9")
    assert read(lost, box).text == read(cut, box).text  # PDFium finds the objects by itself
    many = Pdf()
    shared = many.sheet()
    many.sheets += [shared] * 5_000
    assert "has 5,001 pages; the limit is 5,000" in refusal(many.bytes(), box).message


def test_a_stream_that_unpacks_to_more_than_the_memory_ends_the_child_alone() -> None:
    packer = zlib.compressobj(9)
    zeros = b" " * (1 << 20)
    stream = b"".join([packer.compress(zeros) for _ in range(200)]) + packer.flush()
    pdf = two_columns(across=False).bytes()
    head, _, tail = pdf.partition(b"<< /Length ")
    _, _, rest = tail.partition(b"endstream")
    bomb = head + b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(stream)
    raw = bomb + stream + b"\nendstream" + rest
    with Sandbox(Limits(memory=300_000_000)) as small:
        assert "broke down" in refusal(raw, small).message
        assert read(two_columns(across=False), small).text
