from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import Version
from reader.domain.blocks import BlockTable
from reader.domain.document import Document
from reader.domain.text import Role, Span
from reader.services.reading.walking import Walk, blocks_of, count_statements, statements_of

ROLES = [Role.BODY, Role.SUBHEAD, Role.CAPTION]


def version(parts: list[tuple[str, Role]], roles: dict[int, Role] | None = None) -> Version:
    table, start = BlockTable(), 0
    for part, role in parts:
        table.append(start, start + len(part), role)
        start += len(part) + 2
    text = "\n\n".join(part for part, _ in parts)
    return Version("v", "a", "s", text, table, roles or {}, "-", "text/plain", "")


words = st.text("ab. ", min_size=1, max_size=20).map(lambda text: f"A{text}c. Be.")
versions = st.lists(st.tuples(words, st.sampled_from(ROLES)), min_size=1, max_size=5).map(version)


@given(versions, st.lists(st.tuples(st.integers(0, 99), st.integers(1, 50)), max_size=6))
def test_numbers_are_those_of_the_document(one, marks):
    document = Document(one.text, one.blocks, one.roles)
    statements = list(document.statements())
    assert [s.span for s in statements_of(one)] == statements
    assert count_statements(one) == len(statements)
    blocks = list(blocks_of(one))
    walk = Walk(one)
    for start, length in sorted(marks):
        span = Span(start, start + length)
        overlapped = [n for n, found in enumerate(statements, 1) if found.overlaps(span)]
        assert walk.statement(span) == next(iter(overlapped), None)
        inside = [n for n, b in enumerate(blocks, 1) if span.overlaps((b.start, b.end))]
        assert walk.paragraph(span) == next(iter(inside), None)


def test_a_changed_role_counts():
    one = version([("One. Two.", Role.BODY), ("Three.", Role.CAPTION)], {11: Role.BODY})
    assert [(s.number, s.paragraph) for s in statements_of(one)] == [(1, 1), (2, 1), (3, 2)]
