"""Lists what a statement is related to: Enter follows, e changes, d takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.highlight import Highlight
from reader.domain.records import dataclass
from reader.domain.text import quoted
from reader.services.annotating import meanwhile
from reader.services.annotating.annotations import Target
from reader.services.relating import relating
from reader.services.relating.relating import Made
from reader.services.relating.relations import (
    Related,
    facet_for_relations,
    own_ratings,
    related,
)
from reader.tui.attributing.key_line import KeyLine
from reader.tui.commands import commands_for, key_for
from reader.tui.commands.pressed import first_key
from reader.tui.relating import desk
from reader.tui.relating.choosing import Chosen, RelationDialog
from reader.tui.relating.drafted import NOWHERE, FormDraft
from reader.tui.relating.finishing import perform
from reader.tui.relating.following import follow
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.walking import WalkingDialog
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import row, seg, split_row, wrap
from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook, Facet, Tag
    from reader.tui.reading.screen import ReadingScreen

_QUOTE_ROWS = 4
_USED = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be done with a relation: ``follow``, ``edit``, ``retract``, or ``add`` one."""

    what: str
    position: int = 0


class RelatedList(LineList):
    """Relations, each in one row; the current one with all that is known of it."""

    EMPTY = "Nothing."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
    }

    def __init__(self, items: Sequence[Related], article_uid: str) -> None:
        super().__init__(id="related")
        self._items, self._article = items, article_uid

    def entry_count(self) -> int:
        """Return how many relations there are."""
        return len(self._items)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a relation."""
        return self._head(self._items[position], width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current relation."""
        item = self._items[position]
        ground, dim = self.part("choice--current"), self.part("choice--dim")
        bar = seg("▌", ground + self.part("choice--bar"))
        rows = [self._head(item, width, current=True)]
        lines = wrap(f"“{' '.join(item.other.exact.split())}”", width - 4, _QUOTE_ROWS)
        for text in lines:
            rows.append(row([bar, seg(f"  {text}", ground)], width, ground))
        for text in _facts(item, elsewhere=item.other.article_uid != self._article):
            for line in wrap(text, width - 4, 2):
                rows.append(row([bar, seg(f"  {line}", ground + dim)], width, ground))
        return rows

    def _head(self, item: Related, width: int, *, current: bool) -> Strip:
        ground = self.part("choice--current") if current else Style()
        bar = seg("▌" if current else " ", ground + self.part("choice--bar"))
        sign = "→" if item.outgoing else "←"
        cells = [bar, seg(f"{sign} ", ground + self.part("choice--dim")), seg(item.words, ground)]
        for rated in item.ratings:
            ink = self.tag_ink(rated.tag.color) if rated.tag else Style()
            symbol = rated.tag.symbol if rated.tag else "·"
            cells.append(seg(f" {symbol}", ground + ink))
        if not current:
            words = " ".join(item.other.exact.split())
            cells.append(seg(f"  “{words}”", ground + self.part("choice--dim")))
        elsewhere = item.other.article_uid != self._article
        right = [seg("elsewhere ", ground + self.part("choice--dim"))] if elsewhere else []
        return split_row(cells, right, width, ground)


def _facts(item: Related, *, elsewhere: bool) -> Iterable[str]:
    if elsewhere:
        place = item.other
        about = [place.article, place.outlet or "", (place.published_at or "")[:10]]
        yield " · ".join(filter(None, about))
    for rated in item.ratings:
        tag = rated.tag
        yield f"judged: {tag.symbol} {tag.label}" if tag else f"judged: {rated.judgement.code}"
    if item.relation.note:
        yield f"note: {' '.join(item.relation.note.split())}"
    yield f"{item.annotator}, {item.relation.created_at[:10]}"


class RelationsDialog(WalkingDialog[Wish | None]):
    """Gives back what shall be done with which relation, or None.

    Args:
        words: The statement.
        items: Its relations.
        article_uid: The open article.
        at: Which relation is current at first.
    """

    HELP = "j k move, Enter follows, e changes, d takes back, r adds one, Esc leaves."
    CONTEXTS = ("relations",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("relations")),
        Binding("enter", "wish('follow')", "follow", show=False),
    ]

    def __init__(self, words: str, items: Sequence[Related], article_uid: str, at: int = 0) -> None:
        count = len(items)
        super().__init__("Relations", f"{count} relation{'' if count == 1 else 's'}")
        self._words, self._items, self._at = " ".join(words.split()), items, at
        self._list = RelatedList(items, article_uid)
        self._keys = KeyLine()

    @property
    def walked(self) -> LineList:
        """The list."""
        return self._list

    def body(self) -> Iterable[Widget]:
        """Return the statement, the list, and the keys."""
        yield Line(quoted(self._words), max_rows=2)
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """Begin in the list."""
        self._keys.show(
            [
                ("Enter", "follow", "screen.wish('follow')"),
                (first_key("relations.edit"), "change", "screen.wish('edit')"),
                (first_key("relations.retract"), "take back", "screen.wish('retract')"),
                (first_key("relations.add"), "add", "screen.wish('add')"),
                ("Esc", "leave", "screen.leave"),
            ]
        )
        self._fit()
        self._list.set_current(self._at)
        self._list.focus()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self.fit_frame()
        rows = min(len(self._items) + 5, self.rows_there - _USED)
        self._list.styles.height = max(rows, 3)

    def action_wish(self, what: str) -> None:
        """Give back what shall be done."""
        self.dismiss(Wish(what, self._list.current or 0))

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Follow what was clicked."""
        message.stop()
        self.action_wish("follow")


async def show(screen: ReadingScreen, target: Target) -> None:
    """List what a statement is related to, until something else is wanted.

    Raises:
        ReaderError: The library cannot be read or written.
    """
    at = 0
    while True:
        await screen.settled_or_told()
        highlight = _highlight(screen, target)
        items = await _related(screen, highlight)
        if highlight is None or not items:
            screen.say(f"This is not related to anything. {key_for('relation')} relates it.")
            return
        known = screen.session.annotations
        words = known.words(highlight.span, highlight)
        dialog = RelationsDialog(words, items, known.article_uid, min(at, len(items) - 1))
        wish = await screen.ask(dialog)
        if wish is None:
            return
        if wish.what == "add":
            desk.begin(screen)
            return
        item, at = items[wish.position], wish.position
        if wish.what == "follow":
            await follow(screen.app, item.other)
            return
        act = _edit if wish.what == "edit" else _retract
        await act(screen, item, words)


def _highlight(screen: ReadingScreen, target: Target) -> Highlight | None:
    uid = target.highlight.uid if target.highlight else None
    return screen.session.annotations.target(target.span, uid).highlight


async def _related(screen: ReadingScreen, highlight: Highlight | None) -> list[Related]:
    if highlight is None:
        return []
    uid = highlight.uid
    found = await screen.database.run(lambda library: related(library, [uid]))
    return found.get(uid, [])


async def _retract(screen: ReadingScreen, item: Related, words: str) -> None:
    if not screen.may_change():
        return
    known = screen.session.annotations
    made = await screen.database.run(
        partial(
            relating.retract,
            relation=item.relation,
            annotator_uid=known.annotator_uid,
            article_uid=known.article_uid,
        )
    )
    _do(screen, made, item)


async def _edit(screen: ReadingScreen, item: Related, words: str) -> None:
    if not screen.may_change():
        return
    book, facet = facet_for_relations(screen.session.codebook)
    known, relation = screen.session.annotations, item.relation
    one, other = (words, item.other.exact) if item.outgoing else (item.other.exact, words)
    where = (known.annotator_uid, known.version_uid, *NOWHERE)
    draft = FormDraft(screen, where, f"relation:{relation.uid}")
    now = _chosen_so_far(item, book, facet, known.annotator_uid)
    form = RelationDialog(one, other, (book, facet), now)
    chosen = await draft.ask(form)
    if chosen is None:
        return
    mine = relation.from_uid if item.outgoing else relation.to_uid
    if known.index.get(mine) is None:
        draft.keep({**form.typed(), "type": chosen.type})
        screen.say(f"{meanwhile.REMOVED}, and its relations: nothing was saved.", error=True)
        return
    by, article = known.annotator_uid, known.article_uid
    rated: tuple[Codebook, Facet, Tag | None] = (book, facet, chosen.tag)
    judged = own_ratings(item, by)
    made = await screen.database.run(
        lambda library: relating.change(
            library,
            relation,
            by,
            article,
            chosen.type,
            chosen.note,
            rated if chosen.tag is not now.tag else None,
            judged,
        )
    )
    _do(screen, made, item)
    if made.groups:
        draft.settle(made.groups[-1], {**form.typed(), "type": chosen.type})
    else:
        draft.drop()


def _chosen_so_far(item: Related, book: Codebook, facet: Facet, annotator_uid: str) -> Chosen:
    """Return what a relation is now: its kind, its note, and what the annotator judged of it."""
    own = own_ratings(item, annotator_uid)
    given = (one.code for one in own if (one.codebook, one.facet) == (book.id, facet.id))
    code = next(given, None)
    return Chosen(item.relation.type, item.relation.note or "", facet.tag(code) if code else None)


def _do(screen: ReadingScreen, made: Made, item: Related) -> None:
    if made.groups:
        perform(screen, made)
        screen.beside_changed([item.relation.from_uid, item.relation.to_uid])
        screen.say_done(f"{made.groups[-1].summary}.")
