"""What the source picker tells: of the link that one is on, and which keys do what."""

from __future__ import annotations

from collections.abc import Iterator

from reader.services.attributing.chain_edit import ChainEdit, Link
from reader.services.attributing.offered import Offer
from reader.tui.attributing.key_line import Hint
from reader.tui.attributing.rater import Rater
from reader.tui.commands.pressed import first_key


def said_of(link: Link | None, judged: str) -> str:
    """Return what is known of a link of the chain in one line.

    Args:
        link: The link; None is one that is still to be picked.
        judged: What is judged of its source, or nothing.
    """
    source = link.source if link else None
    if source is None:
        return "a hop that is not known" if link else "next: who it comes from or went through"
    parts = [source.kind, source.naming, source.role, source.affiliation, judged]
    return " · ".join(part for part in parts if part)


def rating_hints(rater: Rater) -> Iterator[Hint]:
    """Yield the keys while a source is judged."""
    yield rater.letters, f"{rater.name} of the source", ""
    if rater.for_attribution:
        yield rater.letters.upper(), "of this attribution only", ""
    yield first_key("picker.turn"), "another source", "turn"
    yield "Enter", "done", "enter"


def taking_hints(offer: Offer | None, rater: Rater | None, chain: ChainEdit) -> Iterator[Hint]:
    """Yield the keys while one picks."""
    judged = offer and offer.source and rater and rater.is_judged(offer.source.uid)
    then = f", then {rater.letters}: {rater.name}" if rater and not (judged or chain.links) else ""
    yield "Enter", f"take{then}", "enter"
    yield first_key("picker.via"), "take, then via", "via"
    if offer is not None and offer.new and offer.source is not None:
        yield first_key("picker.kind"), "other kind", "turned('kind')"
        yield first_key("picker.naming"), "other naming", "turned('naming')"
    if rater and chain.links:
        yield first_key("picker.turn"), f"{rater.name}: {rater.letters}", "turn"


def chain_hints(chain: ChainEdit) -> Iterator[Hint]:
    """Yield the keys for the links of the chain, if there are any."""
    if chain.links:
        yield _both("picker.hop-previous", "picker.hop-next"), "hop", "hop(1)"
        yield first_key("picker.remove"), "take out", "remove"
    if len(chain.links) > 1:
        yield _both("picker.move-back", "picker.move-on"), "move", "swap(1)"


def _both(one: str, other: str) -> str:
    """Return the keys of two commands that belong together; `Ctrl-←` and `Ctrl-→` in short."""
    first, second = first_key(one), first_key(other)
    head, dash, tail = second.rpartition("-")
    shared = bool(dash and tail and first.startswith(f"{head}-"))
    return " ".join(filter(None, (first, tail if shared else second)))
