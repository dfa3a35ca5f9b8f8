from reader.capture.building import Builder
from reader.domain.content import Pages
from reader.domain.text import Role


def test_paragraphs_pages_and_roles() -> None:
    made = Builder()
    made.page()
    assert made.add(" Title ", Role.HEADLINE)
    assert made.add("One goes \fon.\f")
    assert not made.add(" \f ")
    made.add("a", Role.LIST_ITEM, 1)
    made.add("b\x07", Role.LIST_ITEM, 1)
    made.page()
    assert made.text == "Title\n\nOne goes on.\n\na\nb\ufffd"
    assert made.pages == Pages([0, 16, 21, 21, len(made.text)])
    assert [(made.text[b.start : b.end], b.role.value) for b in made.blocks] == [
        ("Title", "headline"),
        ("One goes on.", "body"),
        ("a", "list-item"),
        ("b\ufffd", "list-item"),
    ]
