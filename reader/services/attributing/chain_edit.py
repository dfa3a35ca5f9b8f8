"""A chain of hops while it is being put together: a place in it, and what keys do there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reader.domain.attributed import Hop
from reader.domain.records import dataclass
from reader.domain.source import Source
from reader.services.attributing.chains import UNKNOWN


@dataclass(frozen=True, slots=True)
class Link:
    """One hop with who it is.

    Attributes:
        hop: The hop as it is stored.
        source: Who it is; None is not known.
    """

    hop: Hop
    source: Source | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.source.name if self.source else UNKNOWN


class ChainEdit:
    """The links from the origin to the outlet, and where in them one is.

    One is either on a link, which the next one taken replaces, or between links (or at an end),
    where the next one taken is put.

    Attributes:
        links: The links, origin first.
        at: Number of the link that one is on, or before which the next one goes.
        fresh: Whether one is between links.

    Args:
        links: Those that are there.
    """

    def __init__(self, links: Iterable[Link] = ()) -> None:
        self.links = list(links)
        self.at = 0
        self.fresh = not self.links

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The chain as it is stored."""
        return tuple(link.hop for link in self.links)

    @property
    def current(self) -> Link | None:
        """The link that one is on; None between links."""
        return None if self.fresh else self.links[self.at]

    def take(self, link: Link) -> None:
        """Put a link where one is, and be on it."""
        if self.fresh:
            self.links.insert(self.at, link)
        else:
            self.links[self.at] = link
        self.fresh = False

    def via(self) -> None:
        """Go behind the link that one is on, for the next hop."""
        if not self.fresh:
            self.at += 1
            self.fresh = True

    def go(self, step: int) -> None:
        """Go to the next (1) or previous (-1) link, and beyond the last or first one."""
        if self.fresh:
            near = self.at if step > 0 else self.at - 1
            if 0 <= near < len(self.links):
                self.at, self.fresh = near, False
        elif 0 <= self.at + step < len(self.links):
            self.at += step
        else:
            self.at += step > 0
            self.fresh = True

    def go_to(self, number: int) -> None:
        """Go to a link by its number, from 0; behind the last one if there are not so many."""
        self.at, self.fresh = min(number, len(self.links)), number >= len(self.links)

    def remove(self) -> None:
        """Take away the link that one is on; between links the one before."""
        if self.fresh:
            if not self.at:
                return
            self.at -= 1
        del self.links[self.at]
        self.fresh = self.fresh or not self.links
        if not self.fresh:
            self.at = min(self.at, len(self.links) - 1)

    def move(self, step: int) -> None:
        """Change places with the next (1) or previous (-1) link."""
        other = self.at + step
        if not self.fresh and 0 <= other < len(self.links):
            links = self.links
            links[self.at], links[other] = links[other], links[self.at]
            self.at = other

    def rename(self, source: Source) -> None:
        """Put a source in the place of the one of its uid, wherever it is."""
        self.links = [
            replace(link, source=source)
            if link.source is not None and link.source.uid == source.uid
            else link
            for link in self.links
        ]
