"""The list of a picker: who can be the source, or the tags that judge one."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from reader.domain.codebook import Facet, Tag
from reader.services.attributing.chains import source_words
from reader.services.attributing.offered import Offer
from reader.tui.screens.dialogs.choice import Choice, ChoiceList
from reader.tui.widgets.cells import cells_of, clip, seg, split_row

_WIDE = 60
"""Cells of a row from which on it says why somebody is offered."""


class OfferList(ChoiceList):
    """Offers, or the tags of facets; none is highlighted until one is gone to, unless asked for."""

    EMPTY = "Nothing is called so."

    def __init__(self) -> None:
        super().__init__([])
        self.offers: Sequence[Offer] = ()

    def show_offers(self, offers: Sequence[Offer], *, first: bool) -> None:
        """Show who can be picked; the first is highlighted if asked for."""
        self.offers = offers
        self.show([_choice(str(n), offer) for n, offer in enumerate(offers)])
        self.set_current(0 if first and offers else None)

    def show_tags(self, tags: Sequence[tuple[Facet, Tag]]) -> None:
        """Show tags, each with its key."""
        self.offers = ()
        choices = [
            Choice(str(n), tag.label, tag.definition, tag.key, tag.symbol, tag.color)
            for n, (_, tag) in enumerate(tags)
        ]
        self.show(choices)
        self.set_current(None)

    @property
    def offer(self) -> Offer | None:
        """The highlighted offer, or None."""
        at = self.current
        return self.offers[at] if at is not None and at < len(self.offers) else None

    def _draw(self, choice: Choice, width: int, *, current: bool) -> Strip:
        """Return a row; where there is room, with why the text suggests it."""
        offer = self._offer_of(choice)
        if offer is None or not offer.from_text or width < _WIDE:
            return super()._draw(choice, width, current=current)
        ground = self.part("choice--current") if current else Style()
        dim = ground + self.part("choice--dim")
        name = clip(choice.label, width // 2)
        left = [
            seg("▌ " if current else "  ", ground + self.part("choice--bar")),
            seg(f"{choice.symbol} ", dim),
            seg(name, ground),
        ]
        room = width - cells_of(left) - len(choice.note) - 5
        left.append(seg(f"  {clip(offer.why, room)}", dim))
        return split_row(left, [seg(f"{choice.note} ", dim)], width, ground)

    def _offer_of(self, choice: Choice) -> Offer | None:
        return self.offers[int(choice.id)] if self.offers else None

    def replace(self, offer: Offer) -> None:
        """Show another offer in the place of the highlighted one."""
        at = self.current
        if at is not None:
            self.offers = [*self.offers[:at], offer, *self.offers[at + 1 :]]
            self._choices = [
                *self._choices[:at], _choice(str(at), offer), *self._choices[at + 1 :]
            ]  # fmt: skip
            self.refresh_entries()


def _choice(id: str, offer: Offer) -> Choice:
    source = offer.source
    if source is None:
        return Choice(id, "unknown", offer.why, offer.note, "?")
    label = source_words(source)
    if offer.note == "new":
        label = f"new source “{source.name}”"
    facts = f"{source.kind}, {source.naming}"
    note = facts if offer.note == "new" else offer.note
    said = [part for part in (source.role, source.affiliation) if part and offer.from_text]
    said += [facts] if offer.new and offer.note != "new" else []
    why = " · ".join([*said, offer.why] if offer.why else said)
    symbol = "+" if offer.note == "new" else "•" if offer.from_text else "·"
    return Choice(id, label, why, note, symbol)
