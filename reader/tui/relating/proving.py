"""Lists the evidence for a statement: add, use again, edit, unlink, judge because of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.evidence import STANCE_SIGNS, STANCES, Evidence
from reader.domain.highlight import Highlight
from reader.domain.operation import new_uid
from reader.domain.records import dataclass
from reader.services.annotating.annotations import Target
from reader.services.annotating.bulk import Bulk
from reader.services.relating import adducing
from reader.services.relating.adducing import Adduced
from reader.services.relating.evidence import because, known
from reader.storage.relating.evidence import Linked
from reader.tui.attributing.key_line import KeyLine
from reader.tui.commands import key_for
from reader.tui.relating.choosing import LOW
from reader.tui.relating.desk import end_of
from reader.tui.relating.form import EvidenceForm, Filled
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.screens.dialogs.qualifying import reason_dialog
from reader.tui.widgets.cells import row, seg, split_row, wrap
from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.services.relating.relating import End
    from reader.tui.reading.screen import ReadingScreen

_USED = 10
_EXCERPT_ROWS = 4
_NARROW = 60
"""Columns below which keys are told in fewer words, so that three rows hold all of them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be done, and with which piece of evidence.

    Attributes:
        what: ``add``, ``find``, ``edit``, ``unlink``, ``stance``, ``open``, ``because``, ``tag``.
        position: Which piece of evidence.
        key: The key of the tag.
    """

    what: str
    position: int = 0
    key: str = ""


class EvidenceList(LineList):
    """Evidence, each piece in one row; the current one with all that is known of it."""

    EMPTY = "No evidence yet. a adds what you have looked at, f finds what you have used before."
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
    }

    def __init__(self, items: Sequence[Linked], because_of: Sequence[Sequence[str]]) -> None:
        super().__init__(id="evidence")
        self._items, self._because = items, because_of

    def entry_count(self) -> int:
        """Return how much evidence there is."""
        return len(self._items)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return a piece of evidence."""
        return self._head(position, width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current piece of evidence."""
        ground, dim = self.part("choice--current"), self.part("choice--dim")
        bar = seg("▌", ground + self.part("choice--bar"))
        rows = [self._head(position, width, current=True)]
        for text, most in _facts(self._items[position].evidence, self._because[position]):
            for line in wrap(text, width - 4, most):
                rows.append(row([bar, seg(f"  {line}", ground + dim)], width, ground))
        return rows

    def _head(self, position: int, width: int, *, current: bool) -> Strip:
        item = self._items[position]
        ground = self.part("choice--current") if current else Style()
        bar = seg("▌" if current else " ", ground + self.part("choice--bar"))
        stance = item.link.stance
        cells = [
            bar,
            seg(f"{STANCE_SIGNS[stance]} {stance:<12} ", ground + self.part("choice--dim")),
            seg(item.evidence.name, ground),
        ]
        tags = " ".join(self._because[position])
        return split_row(cells, [seg(f"{tags} ", ground)] if tags else [], width, ground)


def _facts(item: Evidence, because_of: Sequence[str]) -> Iterable[tuple[str, int]]:
    """Yield what is known of evidence: texts, each with how many rows it may take."""
    if item.kind:
        yield item.kind, 1
    if item.url and item.url != item.name:
        yield item.url, 2
    if item.archive_url:
        yield f"archived: {item.archive_url}", 2
    if item.accessed_at:
        yield f"looked at {item.accessed_at}", 1
    if item.excerpt and item.excerpt != item.name:
        yield f"“{item.excerpt}”", _EXCERPT_ROWS
    if because_of:
        yield f"judged because of it: {', '.join(because_of)}", 2


class EvidenceDialog(Dialog[Wish | None]):
    """Gives back what shall be done, or None.

    Args:
        words: The statement.
        items: The evidence for it.
        because_of: For each, the tags that were given because of it.
        tags: The keys that judge, in words.
        at: Which is current at first.
    """

    HELP = "a adds, f finds what was used before, e edits, s changes the stance, d unlinks."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "next", show=False),
        Binding("up,k", "step(-1)", "previous", show=False),
        Binding("a", "wish('add')", "add", show=False),
        Binding("f", "wish('find')", "find", show=False),
        Binding("e,enter", "wish('edit')", "edit", show=False),
        Binding("s", "wish('stance')", "stance", show=False),
        Binding("d", "wish('unlink')", "unlink", show=False),
        Binding("o", "wish('open')", "open", show=False),
        Binding("b", "wish('because')", "because", show=False),
        Binding("q", "leave", "leave", show=False),
    ]

    def __init__(
        self,
        words: str,
        items: Sequence[Linked],
        because_of: Sequence[Sequence[str]],
        tags: str,
        at: int = 0,
    ) -> None:
        super().__init__("Evidence", f"{len(items)}" if items else "")
        self._words, self._items, self._at = " ".join(words.split()), items, at
        self._list = EvidenceList(items, because_of)
        self._keys, self._tags = KeyLine(3), tags

    def body(self) -> Iterable[Widget]:
        """Return the statement, the list, and the keys."""
        yield Line(f"“{self._words}”", max_rows=1 if self.app.size.height < LOW else 2)
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """Begin in the list."""
        self._fit()
        self._list.set_current(self._at if self._items else None)
        self._list.focus()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self.set_class(self.app.size.height < LOW, "-short")
        rows = min(len(self._items) + 6, self.app.size.height - _USED)
        self._list.styles.height = max(rows, 3)
        self._show_keys(narrow=self.app.size.width < _NARROW)

    def _show_keys(self, *, narrow: bool) -> None:
        some = [
            ("e", "edit", "screen.wish('edit')"),
            ("s", "stance", "screen.wish('stance')"),
            (self._tags, "tag by it" if narrow else "judge because of it", ""),
            ("d", "unlink", "screen.wish('unlink')"),
            ("b", "because", "screen.wish('because')"),
            ("o", "open", "screen.wish('open')"),
        ]
        self._keys.show(
            [
                ("a", "add", "screen.wish('add')"),
                ("f", "find" if narrow else "find earlier", "screen.wish('find')"),
                *(some if self._items else ()),
                ("Esc", "leave", "screen.leave"),
            ]
        )

    def on_key(self, event: events.Key) -> None:
        """Judge because of the current evidence on a digit."""
        if event.character and event.character.isdecimal() and self._items:
            event.stop()
            self.dismiss(Wish("tag", self._list.current or 0, event.character))

    def action_step(self, step: int) -> None:
        """Go to another piece of evidence."""
        self._list.move(step)

    def action_wish(self, what: str) -> None:
        """Give back what shall be done."""
        if self._items or what in ("add", "find"):
            self.dismiss(Wish(what, self._list.current or 0))

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Edit what was clicked."""
        message.stop()
        self.action_wish("edit")

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Stop a message that is the list's own affair."""
        message.stop()


# ---------------------------------------------------------------------- what is wished


async def show(screen: ReadingScreen, target: Target) -> None:
    """List the evidence for a statement and do what is wished, until that is to leave.

    Raises:
        ReaderError: The library cannot be read.
    """
    if target.highlight and target.highlight.version_uid != _version(screen):
        screen.say("This version of the article has it not.")
        return
    desk, at = _Desk(screen, target), 0
    while True:
        await screen.settled()
        items = await desk.items()
        dialog = EvidenceDialog(
            desk.words, items, desk.because_of(items), desk.keys, min(at, max(0, len(items) - 1))
        )
        wish = await screen.ask(dialog)
        if wish is None:
            return
        at = len(items) if wish.what in ("add", "find") else wish.position
        item = items[wish.position] if items else None
        if not screen.may_change() and wish.what != "open":
            continue
        try:
            await desk.do(wish, item)
        except UsageError as error:
            screen.say_error(error)


def _version(screen: ReadingScreen) -> str:
    return screen.session.annotations.version_uid


class _Desk:
    """Does to the evidence of one statement what is wished.

    Args:
        screen: The article's screen.
        target: The statement, perhaps not marked as yet.
    """

    def __init__(self, screen: ReadingScreen, target: Target) -> None:
        self._screen, self._target = screen, target
        self._me = screen.session.annotations.annotator_uid

    def end(self) -> End:
        """Return the statement as it is now."""
        return end_of(self._screen.session.annotations, self._target)

    @property
    def words(self) -> str:
        """The statement."""
        return self.end().words

    @property
    def keys(self) -> str:
        """The keys of the active facet's tags."""
        from reader.tui.reading.sources import tag_keys

        return tag_keys(self._screen.session)

    async def items(self) -> list[Linked]:
        """Return the evidence for it."""
        highlight = self.end().highlight
        if highlight is None:
            return []
        uid = highlight.uid
        found = await self._screen.database.run(lambda library: library.evidence.of([uid]))
        return found.get(uid, [])

    def because_of(self, items: Sequence[Linked]) -> list[list[str]]:
        """Return for each piece of evidence the tags that were given because of it."""
        highlight, session = self.end().highlight, self._screen.session
        judgements = highlight.judgements if highlight else ()
        return [
            [
                session.tag_name(it.codebook, it.codebook_version, it.facet, it.code)
                for it in judgements
                if item.evidence.uid in it.because
            ]
            for item in items
        ]

    async def do(self, wish: Wish, item: Linked | None) -> None:
        """Do what is wished."""
        if wish.what == "add":
            await self._add()
        elif wish.what == "find":
            await self._find()
        elif item is not None:
            acts: dict[str, Callable[[], Coroutine[None, None, None]]] = {
                "edit": partial(self._edit, item),
                "stance": partial(self._stance, item),
                "unlink": partial(self._unlink, item),
                "open": partial(self._open, item),
                "because": partial(self._because, item),
                "tag": partial(self._tag, item, wish.key),
            }
            await acts[wish.what]()

    # ------------------------------------------------------------------ each of them

    async def _add(self) -> None:
        fresh = Evidence(new_uid(), self._me)
        filled = await self._screen.ask(EvidenceForm(self.words, fresh, STANCES[0], new=True))
        if filled is not None:
            self._perform(adducing.add(self._me, self.end(), filled.evidence, filled.stance))

    async def _find(self) -> None:
        """Use evidence again that was used before."""
        found = await self._screen.database.run(known)
        linked = {item.evidence.uid for item in await self.items()}
        choices = [
            Choice(
                item.uid,
                item.name,
                description=". ".join(filter(None, (item.kind, item.url, item.excerpt))),
                note=f"{count} statement{'' if count == 1 else 's'}",
            )
            for item, count in found
            if item.uid not in linked
        ]
        if not choices:
            self._screen.say("There is no other evidence in the library yet. a adds some.")
            return
        uid = await self._screen.ask(ChoiceDialog("Earlier evidence", choices))
        item = next((item for item, _ in found if item.uid == uid), None)
        if item is None:
            return
        choices = [Choice(name, name, symbol=STANCE_SIGNS[name]) for name in STANCES]
        stance = await self._screen.ask(ChoiceDialog("What does it say of this?", choices))
        if stance is not None:
            self._perform(adducing.use(self._me, self.end(), item, stance))

    async def _edit(self, item: Linked) -> None:
        before = item.evidence
        links = await self._screen.database.run(lambda library: library.evidence.links(before.uid))
        form = EvidenceForm(self.words, before, item.link.stance, new=False, shared=len(links))
        filled: Filled | None = await self._screen.ask(form)
        if filled is None:
            return
        article = self._screen.session.annotations.article_uid
        self._perform(adducing.edit(self._me, article, before, filled.evidence))
        if filled.stance != item.link.stance:
            self._perform(
                adducing.use(self._me, self.end(), filled.evidence, filled.stance, item.link)
            )

    async def _stance(self, item: Linked) -> None:
        stance = STANCES[(STANCES.index(item.link.stance) + 1) % len(STANCES)]
        self._perform(adducing.use(self._me, self.end(), item.evidence, stance, item.link))

    async def _unlink(self, item: Linked) -> None:
        known_here = self._screen.session.annotations
        done = await self._screen.database.run(
            partial(
                adducing.unlink,
                annotator_uid=self._me,
                article_uid=known_here.article_uid,
                link=item.link,
                highlight=known_here.index.get(item.link.highlight_uid),
            )
        )
        self._perform(done)

    async def _open(self, item: Linked) -> None:
        from reader.tui.outside import open_address

        await open_address(self._screen.say, item.evidence.url or item.evidence.archive_url)

    async def _tag(self, item: Linked, key: str) -> None:
        session = self._screen.session
        tag = session.facet.tag_for_key(key)
        if tag is None:
            raise UsageError(f"{session.facet.title} has no tag on {key}.", "")
        tagged: tuple[Codebook, Facet, Tag] = (session.codebook, session.facet, tag)
        self._perform(adducing.judge(self._me, self.end(), [item.evidence.uid], tagged))

    async def _because(self, item: Linked) -> None:
        """Have the judgement that is there rest on the evidence, with a reason."""
        highlight, session = self.end().highlight, self._screen.session
        judgement = session.judgement_of(highlight) if highlight else None
        if highlight is None or judgement is None:
            raise UsageError("There is no tag here yet.", f"{self.keys} sets one because of it.")
        name = session.tag_name(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )
        answer = await self._screen.ask(reason_dialog(name, judgement.reason or ""))
        if answer is None:
            return
        annotations = session.annotations
        target = annotations.target(highlight.span, highlight.uid)
        edit = annotations.judge(
            target,
            because(judgement, [item.evidence.uid]),
            confidence=judgement.confidence,
            likelihood=judgement.likelihood,
            reason=answer,
        )
        self._screen.perform(edit)
        self._screen.say(f"{name}, because of {item.evidence.name}.")

    def _perform(self, done: Adduced) -> None:
        """Show an action in the article, and have all of it saved."""
        screen = self._screen
        if not done.groups:
            screen.say("It is so already.")
            return
        for group in done.groups[:-1]:
            screen.saver.save(group)
        edits = (done.edit,) if done.edit and done.edit.group.changes else ()
        screen.perform_all(Bulk(done.groups[-1], edits))
        highlight: Highlight | None = self.end().highlight
        uid = done.edit.uid if done.edit else (highlight.uid if highlight else "")
        screen.beside_changed([uid])
        screen.say(f"{done.groups[-1].summary}. {key_for('undo')} takes it back.")
