from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.capture import LIMIT, capture_bytes, capture_file
from reader.domain.article import Metadata
from reader.domain.errors import InputError, ReaderError, UsageError
from reader.domain.text import Role

TEXT = "The dam broke.\r\n\r\nNobody was hurt. It was late.\r\n"


def test_a_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(TEXT.encode())
    draft = capture_file(path)
    assert draft.text == TEXT.replace("\r\n", "\n")
    assert draft.raw == TEXT.encode()
    assert draft.origin == str(path)
    assert (draft.media_type, draft.extractor) == ("text/plain", "plain/5")
    assert [block.role for block in draft.blocks] == [Role.BODY, Role.BODY]
    assert draft.warnings == ()


def test_a_markdown_file(tmp_path: Path) -> None:
    path = tmp_path / "story.MD"
    path.write_text("# Title\n\nSome *text*.\n")
    draft = capture_file(path)
    assert (draft.text, draft.media_type) == ("Title\n\nSome text.", "text/markdown")
    assert draft.metadata.title == "Title"
    assert capture_file(path, kind="plain").text == "# Title\n\nSome *text*.\n"


def test_a_relative_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    monkeypatch.chdir(tmp_path)
    assert capture_file("a.txt").origin == str(tmp_path / "a.txt")


def test_standard_input() -> None:
    draft = capture_bytes(b"Text.", origin="-")
    assert (draft.text, draft.origin) == ("Text.", "-")
    assert capture_bytes(b"# T\n\nx", origin="-", kind="markdown").metadata.title == "T"


def test_what_is_given_wins_over_what_is_found() -> None:
    raw = b"---\ntitle: Found\nauthor: Ana\n---\nText.\n"
    given = Metadata(title="Given", language="en")
    metadata = capture_bytes(raw, origin="x.md", metadata=given).metadata
    assert metadata == Metadata(title="Given", byline="Ana", language="en")


def test_warnings_are_passed_on() -> None:
    draft = capture_bytes("caf\xe9 and words".encode("latin-1"), origin="-")
    assert "Windows-1252" in draft.warnings[0]


def test_a_form_feed_is_a_line_end() -> None:
    assert capture_bytes(b"One.\n\x0cTwo.", origin="-").text == "One.\n\nTwo."


def _fails(path: str | Path) -> ReaderError:
    with pytest.raises(InputError) as caught:
        capture_file(path)
    assert str(path) in caught.value.message
    assert caught.value.hint
    return caught.value


def test_missing_folder_empty_and_blank(tmp_path: Path) -> None:
    assert "does not exist" in _fails(tmp_path / "no.txt").message
    assert "folder" in _fails(tmp_path).message
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert "is empty" in _fails(empty).message
    for blank in (b" \n\t\r\n", b"\xef\xbb\xbf \n", "\u00a0\n".encode()):
        empty.write_bytes(blank)
        _fails(empty)


def test_strange_names(tmp_path: Path) -> None:
    _fails("x" * 5000)
    _fails("nul\x00byte")
    _fails(tmp_path / "file" / "below")


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Text.")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "permission" in _fails(path).message


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)
    assert "larger than 50 MB" in _fails(path).message


def test_binary(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(os.urandom(4000) + b"\x00" * 100)
    assert "not text" in _fails(path).message
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "PNG" in _fails(path).message


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.html", b"<p>Hello there."),
        ("a.txt", b"\n<!DOCTYPE html><title>x</title><p>Hello there."),
        ("a", b"<?xml version='1.0'?>\n<html lang='en'><body>Hello there."),
    ],
)
def test_html_by_its_content(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    draft = capture_file(path)
    assert (draft.text, draft.media_type) == ("Hello there.", "text/html")
    assert draft.details.quality == "one-paragraph"


def test_html_source_can_be_read_as_it_stands() -> None:
    assert capture_bytes(b"<html><p>x", origin="-", kind="plain").text == "<html><p>x"


def test_markdown_without_words() -> None:
    with pytest.raises(InputError, match="no text"):
        capture_bytes(b"---\n\n***\n", origin="x.md")


def test_an_unknown_kind() -> None:
    with pytest.raises(UsageError, match="scroll"):
        capture_bytes(b"x", origin="-", kind="scroll")
