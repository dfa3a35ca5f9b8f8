"""What was picked in a source picker: a chain of hops, saved when it is another one than before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from reader.domain.attributed import Attribution, Hop
from reader.domain.source import Source
from reader.services.attributing.chain_edit import ChainEdit, Link
from reader.services.attributing.chains import Said, summary_of
from reader.services.attributing.offered import Offer
from reader.tui.attributing.desk import Desk


class Picked:
    """The chain that is being picked for the statements of a desk.

    Args:
        desk: The statements.
        chain: The chain that is stored.
    """

    def __init__(self, desk: Desk, chain: ChainEdit) -> None:
        self._desk, self.chain = desk, chain
        self._stored = chain.hops
        self._fresh: dict[str, Source] = {}
        self._voice: str | None = None

    @property
    def untouched(self) -> bool:
        """Whether there is no source, neither picked nor stored."""
        return not (self.chain.links or self._stored)

    def take(self, offer: Offer) -> None:
        """Put what is offered where one is in the chain."""
        if offer.new and offer.source is not None:
            self._fresh[offer.source.uid] = offer.source
        if offer.voice and not self.chain.links:
            self._voice = offer.voice
        self.chain.take(offer.link)

    def is_new(self, source: Source) -> bool:
        """Whether a source is yet to be made."""
        return source.uid in self._fresh

    def judged(self) -> Source | None:
        """Return the source that letters are about: the one that one is on, else the last one."""
        link = self.chain.current or (self.chain.links[-1] if self.chain.links else None)
        return link.source if link else None

    def save(self) -> bool:
        """Have the chain saved, if it is another one than is stored; False if that was refused."""
        hops = self.chain.hops
        if hops == self._stored:
            return True
        named = {link.source.uid for link in self.chain.links if link.source}
        fresh = [source for uid, source in self._fresh.items() if uid in named]
        if not self._desk.change(self._changed(hops), self._summary(), fresh):
            return False
        self._stored = hops
        for source in fresh:
            del self._fresh[source.uid]
        return True

    def _changed(self, hops: tuple[Hop, ...]) -> Callable[[Attribution], Attribution]:
        voice = self._voice
        return lambda said: replace(said, hops=hops, voice=said.voice or (voice if hops else None))

    def _summary(self) -> str:
        links: Sequence[Link] = self.chain.links
        if not links:
            return "no source"
        said = Attribution("", "", hops=self.chain.hops)
        return summary_of(Said(said, tuple(link.source for link in links)))
