"""The tag palette: every tag of every codebook by name, and new ones. Import late."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.text import shortened
from reader.services.codebooks import finding as codebooks
from reader.services.codebooks import own_tags
from reader.services.reading.session import Session
from reader.tui.reading.sources import tag_press
from reader.tui.saving.database import Database
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog

Found = tuple[Codebook, Facet, Tag]
"""A tag, and where it is from."""

_NAME = 24
"""Code points of a codebook's name beside its tags."""
_NEW = "new:"
_ABOUT = "A tag of your own: it is added to your own codebook, and set at once."


async def choose(
    ask: Callable[[ChoiceDialog], Awaitable[str | None]], database: Database, session: Session
) -> Found | None:
    """Let a tag be chosen, or made of what is typed if no tag is called so; None if neither.

    Raises:
        ReaderError: A tag cannot be made; nothing was changed.
    """
    active = session.codebook
    books = await database.run(codebooks.available)
    own = max([active, *(book for book in books if book.id == active.id)], key=_version)
    tags = _tags([own, *(book for book in books if book.id != active.id)])
    labels = {tag.label.casefold() for _, _, tag in tags}

    def new(text: str) -> Choice | None:
        label = " ".join(text.split())
        if label.casefold() in labels:
            return None
        return Choice(_NEW + label, f"new tag “{label}”", _ABOUT, symbol="+")

    chosen = await ask(ChoiceDialog("Tags", _choices(tags, own), create=new))
    if chosen is None:
        return None
    if not chosen.startswith(_NEW):
        return tags[int(chosen)]
    label = chosen.removeprefix(_NEW)
    return await database.run(lambda library: own_tags.make(library, label))


def _version(book: Codebook) -> int:
    return book.version


def _tags(books: Sequence[Codebook]) -> list[Found]:
    return [
        (book, facet, tag)
        for book in books
        for facet in book.statement_facets
        for tag in facet.tags
    ]


def _choices(tags: Sequence[Found], active: Codebook) -> list[Choice]:
    """Return a choice for each tag; those of the active codebook say their key."""
    names = {book.id: shortened(codebooks.called(book), _NAME) for book, _, _ in tags}
    return [
        Choice(
            str(number),
            tag.label,
            symbol=tag.symbol,
            color=tag.color,
            description=tag.definition,
            note=" ".join([names[book.id], *([tag_press(tag.key)] if book is active else [])]),
            words=tag.code,
            is_tag=True,
        )
        for number, (book, _, tag) in enumerate(tags)
    ]
