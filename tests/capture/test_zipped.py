"""EPUB, DOCX and MHTML: what is in them, and archives that are made to do harm."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from reader.capture import capture_bytes, kinds
from reader.capture.sandbox import Sandbox
from reader.domain.article import name_from
from reader.domain.article_draft import ArticleDraft
from reader.domain.errors import InputError
from tests.capture.zipped_books import (
    NUMBERS,
    SPACE,
    STYLES,
    book,
    document,
    paragraph,
    zipped,
)


@pytest.fixture(scope="module")
def box():
    with Sandbox() as box:
        yield box


def read(raw: bytes, box: Sandbox, name: str = "a file") -> ArticleDraft:
    return capture_bytes(raw, origin="/x/y", name=name, sandbox=box)


def blocks(draft: ArticleDraft) -> list[tuple[str, str, int]]:
    return [(b.role.value, draft.text[b.start : b.end], b.level) for b in draft.blocks]


def refusal(raw: bytes, box: Sandbox) -> InputError:
    with pytest.raises(InputError) as caught:
        read(raw, box)
    assert caught.value.message.startswith("a file ")
    assert caught.value.hint
    return caught.value


def test_a_book_along_its_spine_with_its_contents_as_headings(box: Sandbox) -> None:
    draft = read(book(), box)
    assert blocks(draft) == [
        ("subhead", "The first chapter", 1),
        ("body", "It began on a Tuesday, early.", 0),
        ("subhead", "A part of it", 2),
        ("body", "And then it went on. It took all day.", 0),
        ("subhead", "The second chapter", 1),
        ("body", "It ended on a Friday.", 0),
    ]
    meta = draft.metadata
    assert (meta.title, meta.byline, meta.outlet) == (
        "A book", "Ana Example, Bob Example", "Example House",
    )  # fmt: skip
    assert (meta.published_at, meta.language) == ("2023-05-02", "en")
    assert draft.media_type == "application/epub+zip"
    assert draft.warnings == ("1 chapter is named in the book and not in it.",)  # that leads out


def test_archives_that_are_made_to_do_harm(box: Sandbox) -> None:
    laughs = "<!DOCTYPE x [" + '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    ) + "]>"  # fmt: skip
    laughing = refusal(book(doctype=laughs, title="A &a9; book"), box)
    assert "its entities unpack to more than is allowed" in laughing.message
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    draft = read(book(doctype=outside, title="A &e; book"), box)
    assert "root:" not in (draft.metadata.title or "")
    chapter = outside + "<html><body><p>Words &e; here.</p></body></html>"
    draft = read(book(**{"OPS/text/b.xhtml": chapter}), box)
    assert "root:" not in draft.text
    bomb = refusal(book(**{"OPS/text/b.xhtml": b" " * (33 << 20)}), box)
    assert "unpacks to more than is allowed" in bomb.message
    deep = read(book(**{"OPS/text/b.xhtml": "<div>" * 100_000 + "Down here."}), box)
    assert "And then it went on." in deep.text
    nested = refusal(book(**{"META-INF/container.xml": "<a>" * 100_000}), box)
    assert "nested deeper than is allowed" in nested.message
    many = zipped({f"word/document{n}.xml": "" for n in range(20_001)})
    assert "has 20,001 files in it; the limit is 20,000" in refusal(many, box).message
    whole = book()
    assert "damaged" in refusal(whole[: len(whole) // 2], box).message
    locked = "<e xmlns:c='u'><c:CipherReference URI='OPS/text/b.xhtml'/></e>"
    assert (
        "locked by its seller" in refusal(book(**{"META-INF/encryption.xml": locked}), box).message
    )
    assert read(book(), box).text  # and still reads


def test_a_word_document_by_its_styles(box: Sandbox) -> None:
    draft = read(document(), box)
    assert blocks(draft) == [
        ("headline", "A report on the bridge", 0),
        ("credit", "By Ana Example", 0),
        ("subhead", "Cracks", 2),
        ("body", "The mayor spoke.[1]", 0),
        ("list-item", "3. third", 1),
        ("list-item", "4. fourth", 1),
        ("list-item", "a point", 1),
        ("quote", "It was “safe”.", 1),
        ("body", "Arch | Width", 0),
        ("body", "East | 3 mm", 1),
        ("body", "It goes on overleaf.", 0),
        ("body", "[1] In May.", 0),
    ]
    assert draft.details.pages.at(draft.text.index("overleaf")) == 2
    assert draft.details.pages.at(draft.text.index("goes on")) == 1
    assert (draft.metadata.title, draft.metadata.byline) == (
        "A report on the bridge",
        "Ana Example",
    )
    assert draft.metadata.published_at == "2022-03-04?"  # when it was made
    assert "tracked changes" in draft.warnings[0]
    assert "has no text in it" in refusal(document(""), box).message
    deep = document("<w:sdt>" * 100_000)
    assert "nested deeper than is allowed" in refusal(deep, box).message
    nested = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    raw = zipped({"word/document.xml": f"{nested}<w:document {SPACE}><w:body>"
                  f"{paragraph('Words &e; here.')}</w:body></w:document>"})  # fmt: skip
    assert read(raw, box).text == "Words  here."


def test_a_page_that_a_browser_saved_in_one_file(box: Sandbox) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://example.org/news/bridge"
    words = " ".join(f"Sentence {n} says what was found in the arch." for n in range(20))
    page = f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{words}</p>"
    page += f"<p>Caf\xe9 owners saw it. {words}</p></article></body></html>"
    message.set_content(page, subtype="html", charset="iso-8859-1", cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png", cid="<a>")
    raw = message.as_bytes()
    assert kinds.kind_of(raw, "bridge.mht") == "mhtml"
    draft = read(raw, box)
    assert "Caf\xe9 owners saw it." in draft.text
    assert draft.media_type == "multipart/related"
    assert draft.details.final_url == "https://example.org/news/bridge"
    empty = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n"
    assert "has no web page in it" in refusal(empty, box).message


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (book(), "a.pdf", "epub"),
        (document(), "a.zip", "docx"),
        (b"\n\n  %PDF-1.4\n1 0 obj\n%%EOF", "a.txt", "pdf"),
        (b"On %PDF-1.4 headers: they may stand in the first kilobyte.", "a.txt", "plain"),
        (b"From: a\nSubject: b\n\nA letter, not a page.", "a.txt", "plain"),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0x\0", "a.txt", "html"),
        (b"Words with a <p> in them.", "a.md", "markdown"),
        (b"Words only.", "a.html", "plain"),
    ],
)
def test_kinds_are_known_by_what_is_in_the_file(raw: bytes, name: str, kind: str) -> None:
    assert kinds.kind_of(raw, name) == kind


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (zipped({"a.txt": "x"}), "a zip archive"),
        (zipped({"xl/workbook.xml": "x"}), "a spreadsheet"),
        (zipped({"ppt/presentation.xml": "x"}), "a presentation"),
        (b"{\\rtf1 words}", "a rich text"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_what_is_not_read_is_named(raw: bytes, told: str, box: Sandbox) -> None:
    assert told in refusal(raw, box).message


def test_a_damaged_epub_is_no_plain_archive() -> None:
    damaged = zipped({"mimetype": b"application/epub+zip", "OEBPS/a.opf": b"<package/>"})
    assert kinds.kind_of(damaged, "book.zip") == "epub"
    only = zipped({"mimetype": b"application/epub+zip"})
    assert kinds.kind_of(only, "book.EPUB") == "epub"
    with pytest.raises(InputError, match=r"it has no META-INF/container\.xml"):
        capture_bytes(only, origin="book.epub")


def test_a_word_document_without_its_styles(box: Sandbox) -> None:
    body = paragraph("A report", "Title") + paragraph("Cracks", "Heading2") + paragraph("So it is.")
    members = {"word/document.xml": f"<w:document {SPACE}><w:body>{body}</w:body></w:document>"}
    draft = read(zipped({"[Content_Types].xml": "<Types/>"} | members), box)
    assert blocks(draft) == [
        ("headline", "A report", 0), ("subhead", "Cracks", 2), ("body", "So it is.", 0),
    ]  # fmt: skip
    assert draft.metadata.title == "A report"
    assert name_from("A report\n\nSo it is.") == "A report"
    odd = {  # a digit that is no number
        "word/styles.xml": STYLES.replace("heading 2", "heading ²"),
        "word/numbering.xml": NUMBERS.replace('w:ilvl="0"', 'w:ilvl="²"'),
    }
    assert ("body", "Cracks", 0) in blocks(read(document(**odd), box))


def test_what_is_no_text_is_named_also_when_its_kind_is_given() -> None:
    with pytest.raises(InputError, match=r"^a\.html cannot be read: this is a picture") as error:
        capture_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500), origin="a.html", kind="html")
    assert "--kind" in error.value.hint
