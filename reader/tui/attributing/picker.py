"""The source picker: who said it, as a chain of hops, and how reliable a source is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events
from textual.actions import parse
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.codebook import Facet, Tag
from reader.services.attributing.chain_edit import ChainEdit
from reader.services.attributing.chains import source_words
from reader.services.attributing.offered import Offered, created, turned
from reader.services.attributing.typed_name import keeps_joint, name_of
from reader.tui.attributing.chain_line import ChainLine
from reader.tui.attributing.desk import Desk
from reader.tui.attributing.field import KeyedField
from reader.tui.attributing.key_line import KeyLine
from reader.tui.attributing.offer_list import OfferList
from reader.tui.attributing.picked import Picked
from reader.tui.attributing.picker_words import chain_hints, rating_hints, said_of, taking_hints
from reader.tui.attributing.rater import Rater
from reader.tui.commands.pressed import pressed, told
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.screens.dialogs.choice import ChoiceList

_ROOMY = 60
"""Columns from which the keys take one row in a low window."""


class SourcePicker(Dialog[None]):
    """Lets the source of statements be picked, link by link; what is picked is saved at Enter.

    Where the codebook judges sources, their letters come next, or at once if the statement has a
    source already.

    Args:
        desk: The statements.
        offered: Who can be picked.
        chain: The chain that is there.
        outlet: Where the article appeared.
        rater: Judges sources; None if no codebook asks for it.
        blind: Whether to cover the tags of the statement meanwhile.
    """

    HELP = (
        "Type a name, Enter takes it, > goes on to the next hop of the chain, Esc leaves. "
        "A > in a name is typed \\>, or the name in quotation marks."
    )

    CONTEXTS = ("picker",)

    def __init__(
        self,
        desk: Desk,
        offered: Offered,
        chain: ChainEdit,
        outlet: str,
        rater: Rater | None,
        *,
        blind: bool = False,
    ) -> None:
        super().__init__("Who said it?")
        self._desk, self._offered, self._rater = desk, offered, rater
        self._picked, self._chain = Picked(desk, chain), chain
        self._shown: str | None = None
        self._rating = bool(rater and chain.links)
        self._words = Line(desk.words, "dim")
        self._line = ChainLine(chain, outlet)
        self._about = Line("", "dim", id="about")
        self._list = OfferList()
        self._why = Line("", "dim", max_rows=2, id="description")
        self._keys = KeyLine()
        self.set_class(blind and rater is not None, "-blind")

    def body(self) -> Iterable[Widget]:
        """Return words, chain, field, list, and what the keys do."""
        self._field = KeyedField(self._key, placeholder="type a name")
        yield self._words
        yield self._line
        yield self._about
        yield self._field
        yield self._list
        yield self._why
        yield self._keys

    def on_mount(self) -> None:
        """Begin typing."""
        self._fit()
        self._field.focus()
        self._show()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        short = self.fit_frame()
        used = (9 if self.app.size.width >= _ROOMY else 10) if short else 15
        rows = max(len(self._offered.listed), len(self._rater.tags) if self._rater else 0, 5)
        self._list.styles.height = max(2, min(self.rows_there - used, rows, 16))

    # ------------------------------------------------------------------ what is shown

    def _show(self) -> None:
        """Show everything as it is now."""
        if self._rater and self._rating:
            self._list.show_tags(self._rater.tags)
            self._shown = None
        else:
            self._filter()
        self._line.content_changed()
        self._describe()

    def _filter(self) -> None:
        """List what matches what is typed, and last what could be made of it."""
        text = self._field.value
        self._shown = text
        name = name_of(text)
        found = self._offered.find(name)
        if name.strip() and (new := created(name, self._offered.listed)):
            found.append(new)
        suggested = self._picked.untouched and bool(found) and found[0].sure
        self._list.show_offers(found, first=bool(text.strip()) or suggested)

    def _describe(self) -> None:
        choice = self._list.highlighted
        self._why.show(choice.description if choice else self._hint(), "dim")
        self._about.show(self._said_of_current())
        rater = self._rater if self._rating else None
        taking = taking_hints(self._list.offer, self._rater, self._chain)
        self._keys.show([*(rating_hints(rater) if rater else taking), *chain_hints(self._chain)])

    def _said_of_current(self) -> str:
        """Return what is known of the link that one is on."""
        link = self._chain.current
        judged = ""
        if self._rater and link and link.source and not self._picked.is_new(link.source):
            judged = self._rater.given_in_words(link.source.uid, self._desk.attribution_uid)
        return said_of(link, judged)

    def _hint(self) -> str:
        if self._rater and self._rating:
            return self._rater.question
        if self._list.offers and self._list.offers[0].from_text and self._picked.untouched:
            chooses = told("choose.next chooses, or type", between="") or "type"
            return f"Nobody is chosen yet, as more than one may be meant: {chooses} a name."
        return "" if self._chain.links else "Enter on an unknown name makes it."

    # ------------------------------------------------------------------ keys

    def _key(self, event: events.Key) -> bool:
        """Do what a key means here; False if it is for the field."""
        if not self._rating and self._field.value != self._shown:
            self._filter()
        act = self._act_of(event)
        if act is None:
            if self._rating and event.is_printable:
                self._rating = False
            return False
        act()
        return True

    def _act_of(self, event: events.Key) -> Callable[[], None] | None:
        empty = not self._field.value
        letter = event.character or ""
        if self._rating and self._rater and (tag := self._rater.tag_for(letter.lower())):
            return lambda: self._rate(tag, of_attribution=letter.isupper())
        if event.key == "enter":
            return self.action_enter
        command = pressed(event, "picker")
        if command is None:
            return None
        _, name, values = parse(command.action)
        if name == "via" and event.is_printable and keeps_joint(self._field.before_cursor):
            return None
        if name in _IN_EMPTY and not empty:
            return None
        method: Callable[..., None] = getattr(self, f"action_{name}")
        return lambda: method(*values)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer only sources that fit what is typed."""
        event.stop()
        if not self._rating and event.value != self._shown:
            self._filter()
        self._describe()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep a message that is this dialog's own affair."""
        event.stop()

    def on_line_list_jumped(self, message: ChoiceList.Jumped) -> None:
        """Take what was clicked."""
        message.stop()
        self.action_enter()

    def on_chain_line_chosen(self, message: ChainLine.Chosen) -> None:
        """Go to the hop that was clicked."""
        self._chain.go_to(message.number)
        self._show()

    def action_step(self, step: int) -> None:
        """Highlight the next or previous one; the ends meet."""
        count = self._list.entry_count()
        if count:
            at = self._list.current
            start = (-1 if step > 0 else 0) if at is None else at
            self._list.set_current((start + step) % count)
            self._describe()

    def action_page(self, direction: int) -> None:
        """Go on or back by a page."""
        self._list.page(direction)
        self._describe()

    def action_hop(self, step: int) -> None:
        """Go to the next or previous link of the chain."""
        self._chain.go(step)
        self._show()

    def action_swap(self, step: int) -> None:
        """Let the link change places with the next or previous one."""
        self._chain.move(step)
        self._show()

    def action_remove(self) -> None:
        """Take a link out of the chain."""
        self._chain.remove()
        self._rating = self._rating and bool(self._chain.links)
        self._show()

    def action_turn(self) -> None:
        """Go from picking to judging, or back."""
        if self._rater and self._chain.links and self._picked.save():
            self._rating = not self._rating
            self._field.value = ""
            self._show()

    def action_turned(self, field: str) -> None:
        """Give a source that is to be made another kind, or another naming."""
        offer = self._list.offer
        if offer is not None and offer.new:
            self._list.replace(turned(offer, field))
            self._describe()

    def action_via(self) -> None:
        """Take what is highlighted, and go on to the next hop."""
        if self._list.offer is not None and not self._rating:
            self._picked.take(self._list.offer)
        self._rating = False
        self._chain.via()
        self._field.value = ""
        self._show()

    def action_enter(self) -> None:
        """Take what is highlighted and save; leave, unless a source is still to be judged."""
        if self._rater and self._rating:
            at = self._list.current
            if at is None:
                self._leave()
            else:
                self._rate(self._rater.tags[at], of_attribution=False)
            return
        offer = self._list.offer
        if offer is not None:
            self._picked.take(offer)
        elif self._field.value.strip():
            self._why.show("This can be no name.", "error")
            return
        if not self._picked.save():
            self._show()
        elif self._is_to_be_judged():
            self._rating = True
            self._field.value = ""
            self._show()
        else:
            self._leave()

    def _leave(self) -> None:
        if self._picked.save():
            self.dismiss(None)

    # ------------------------------------------------------------------ judging it

    def _is_to_be_judged(self) -> bool:
        source = self._picked.judged()
        return bool(self._rater and source and not self._rater.is_judged(source.uid))

    def _rate(self, tag: tuple[Facet, Tag], *, of_attribution: bool) -> None:
        """Judge the source, or this attribution, and leave."""
        source, rater = self._picked.judged(), self._rater
        if rater is None or source is None:
            self._why.show("Nobody is known here who could be judged.", "error")
            return
        if not self._picked.save():
            return
        attribution = self._desk.attribution_uid
        if of_attribution and rater.for_attribution and attribution:
            rater.rate(self._desk, "attribution", attribution, tag)
        else:
            rater.rate(self._desk, "source", source.uid, tag)
        self._desk.screen.say(f"{source_words(source)}: {rater.told}.")
        self._leave()


_IN_EMPTY = ("hop", "swap", "remove")
"""What keys do only as long as nothing is typed."""
