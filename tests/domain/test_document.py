from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import CHUNK_SIZE, BlockTable, Document
from reader.domain.text import STATEMENT_ROLES, Block, Role, Span

PARTS = st.lists(
    st.tuples(
        st.sampled_from(["\n\n", "\n", " ", "  \n"]),
        st.sampled_from(["One. Two.", "A long line", "...", "Was? Ja. “Nein. Nie.”", "字。字"]),
        st.sampled_from(list(Role)),
        st.integers(1, 3),
    ),
    max_size=14,
)


def _document(parts: list[tuple[str, str, Role, int]], big: bool = False) -> Document:
    text, blocks = "", []
    for gap, words, role, times in parts:
        text += gap
        words = " ".join([words] * times * (700 if big else 1))
        blocks.append(Block(len(text), len(text) + len(words), role))
        text += words
    return Document(text + "\n", BlockTable(blocks))


def _all(document: Document) -> list[Span]:
    return list(document.statements())


@settings(max_examples=40)
@given(PARTS, st.booleans())
def test_moving_and_numbers_agree(parts: list[tuple[str, str, Role, int]], big: bool) -> None:
    document = _document(parts[:4] if big else parts, big)
    spans = _all(document)
    assert spans == sorted(spans)
    if big:
        spans = spans[:50] + spans[-50:]
    for one, two in zip(_all(document), _all(document)[1:], strict=False):
        if one in spans:
            assert document.next_statement(one) == two
            assert document.previous_statement(two) == one
    if spans:
        assert document.previous_statement(spans[0]) is None
        assert document.next_statement(spans[-1]) is None
    while document.count_one_more():
        pass
    assert document.counted
    assert document.total() == len(_all(document))
    every = _all(document)
    for span in spans:
        number = document.number_of(span)
        assert number is not None
        assert every[number - 1] == span


@given(PARTS, st.integers(-1, 400))
def test_any_offset_is_answered(parts: list[tuple[str, str, Role, int]], offset: int) -> None:
    document = _document(parts)
    spans = _all(document)
    here = document.statement_at(offset)
    if not spans:
        assert here is None
    else:
        after = [span for span in spans if span.end > offset]
        assert here == (after[0] if after else spans[-1])
        block_by_block = Document(document.text, document.blocks, chunk_size=1)
        assert block_by_block.statement_at(offset) == here
        assert block_by_block.previous_statement(here) == document.previous_statement(here)
        assert list(block_by_block.statements(offset)) == list(document.statements(offset))
    starts = [
        next((span for span in spans if block.start <= span.start < block.end), None)
        for block in document.blocks
    ]
    firsts = [span for span in starts if span]
    current = document.blocks[max(document.blocks.at(offset), 0)] if parts else None
    later = [s for s in firsts if current and s.start >= current.end]
    if document.blocks.at(offset) >= 0:
        assert document.next_paragraph(offset) == (later[0] if later else None)
    earlier = [s for s in firsts if s.start < offset]
    assert document.previous_paragraph(offset) == (earlier[-1] if earlier else None)
    found = document.blocks.at(offset)
    assert document.block_at(offset) == (document.blocks[max(found, 0)] if parts else None)


@given(PARTS)
def test_blocks_gaps_and_statements_give_the_text_back(
    parts: list[tuple[str, str, Role, int]],
) -> None:
    document = _document(parts)
    at, pieces = 0, []
    for block in document.blocks:
        pieces.append(document.text[at : block.start])
        inside = block.start
        for span in document.statements(block.start, block.end):
            pieces += [document.text[inside : span.start], document.text[span.start : span.end]]
            inside = span.end
        pieces.append(document.text[inside : block.end])
        at = block.end
    assert "".join([*pieces, document.text[at:]]) == document.text
    edges = [(chunk.start, chunk.end) for chunk in document.chunks]
    assert edges[0][0] == 0
    assert edges[-1][1] == len(document.text)
    assert all(a[1] == b[0] for a, b in pairwise(edges))


@given(PARTS, st.lists(st.tuples(st.integers(0, 13), st.sampled_from(list(Role))), max_size=4))
def test_a_changed_role_is_as_if_it_had_been_captured(
    parts: list[tuple[str, str, Role, int]], changes: list[tuple[int, Role]]
) -> None:
    captured = _document(parts).blocks
    packed = captured.pack()
    document = Document(_document(parts).text, captured)
    while document.count_one_more():
        pass
    document.headings()
    changes = [(index, role) for index, role in changes if index < len(parts)]
    for index, role in changes:
        document.set_role(captured[index].start, role)
        parts[index] = (*parts[index][:2], role, parts[index][3])
    expected = _document(parts)
    assert _all(document) == _all(expected)
    assert document.headings() == expected.headings()
    while document.count_one_more():
        pass
    assert document.total() == len(_all(expected))
    assert captured.pack() == packed
    roles = {captured[index].start: role for index, role in changes}
    assert _all(Document(document.text, captured, roles)) == _all(expected)


def test_nothing_at_all() -> None:
    for text in ("", " \n ", "no blocks here"):
        document = Document(text, BlockTable())
        assert _all(document) == []
        assert document.statement_at(3) is None
        assert document.next_paragraph(0) is None
        assert document.previous_paragraph(5) is None
        assert document.block_at(0) is None
        assert document.headings() == []
        assert document.total() == 0
        document.count_one_more()
        assert document.counted
        document.set_role(0, Role.BODY)
        assert document.next_statement(Span(0, 1)) is None
        assert document.previous_statement(Span(0, 1)) is None


def test_a_role_for_no_block_is_passed_over() -> None:
    document = Document("  One. Two.", BlockTable([Block(2, 11, Role.BODY)]))
    document.set_role(3, Role.CAPTION)
    document.set_role(0, Role.CAPTION)
    document.set_role(999, Role.CAPTION)
    assert len(_all(document)) == 2


def _long(paragraphs: int, role: Role = Role.BODY) -> Document:
    words = "The river rose again. Nobody came. " * 30
    table, text = BlockTable(), []
    at = 0
    for _ in range(paragraphs):
        table.append(at, at + len(words) - 1, role)
        text.append(words + "\n")
        at += len(words) + 1
    return Document("".join(text), table)


def test_a_long_text_is_looked_at_a_chunk_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    document = _long(2000)
    original = document.statements_of
    monkeypatch.setattr(
        document, "statements_of", lambda chunk: seen.append(chunk) or original(chunk)
    )
    middle = document.statement_at(len(document.text) // 2)
    assert middle
    document.next_statement(middle)
    document.next_paragraph(middle.start)
    document.previous_paragraph(middle.start)
    assert len(set(seen)) <= 2
    assert document.number_of(middle) is None
    assert not document.counted
    assert 0.8 < document.total() / 120_000 < 1.2


def test_numbers_are_exact_once_all_is_counted() -> None:
    document = _long(2000)
    rounds = 0
    while document.count_one_more():
        rounds += 1
    assert rounds == len(document.chunks)
    assert document.total() == 120_000
    last = document.statement_at(len(document.text))
    assert last
    assert document.number_of(last) == 120_000
    assert len(document._statements) < len(document.chunks) or len(document.chunks) <= 48


def test_captions_only() -> None:
    document = _long(500, Role.CAPTION)
    assert document.statement_at(100_000) is None
    assert document.next_paragraph(0) is None
    document.set_role(document.blocks[400].start, Role.BODY)
    here = document.statement_at(0)
    assert here
    assert here.start == document.blocks[400].start
    assert document.previous_statement(here) is None


def test_white_space_longer_than_a_chunk() -> None:
    text = " " * (CHUNK_SIZE * 3) + "One. Two." + "\n" * CHUNK_SIZE * 2 + "Three."
    start = CHUNK_SIZE * 3
    table = BlockTable(
        [Block(start, start + 9, Role.BODY), Block(len(text) - 6, len(text), Role.BODY)]
    )
    document = Document(text, table)
    assert [text[a:b] for a, b in _all(document)] == ["One.", "Two.", "Three."]
    first = document.statement_at(0)
    assert first == (start, start + 4)
    assert document.next_paragraph(start) == (len(text) - 6, len(text))


@given(PARTS)
def test_a_packed_table_comes_back(parts: list[tuple[str, str, Role, int]]) -> None:
    table = _document(parts).blocks
    again = BlockTable.unpack(table.pack())
    assert list(again) == list(table)
    assert again == table
    statement_blocks = [i for i, block in enumerate(table) if block.role in STATEMENT_ROLES]
    assert list(table.with_roles(STATEMENT_ROLES)) == statement_blocks


@pytest.mark.parametrize("data", [b"", b"abc", b"\x01\x00\x00\x00", b"\x00\x00\x00\x00x"])
def test_other_bytes_are_no_table(data: bytes) -> None:
    with pytest.raises(ValueError, match="no block table"):
        BlockTable.unpack(data)


def test_a_role_of_the_future_is_no_table() -> None:
    table = BlockTable([Block(0, 1, Role.BODY)])
    data = bytearray(table.pack())
    data[-2] = 200
    with pytest.raises(ValueError, match="no block table"):
        BlockTable.unpack(bytes(data))
