"""Finds the sources that imported rows name, or makes them."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.operation import Change, new_uid
from reader.domain.source import Source, folded, guess_kind, guess_naming
from reader.services.attributing.edits import made
from reader.storage.library import Library


class NamedSources:
    """The sources of one library by name, and those that an import makes.

    Attributes:
        changes: What makes them, or says more of them; whoever writes it empties the list.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self.changes: list[Change] = []
        self._library = library
        self._by_name: dict[str, list[Source]] | None = None
        self._guessed: dict[str, Source] = {}
        self._made: set[str] = set()

    def find(self, name: str, kind: str | None, naming: str | None) -> str:
        """Return the uid of the source of a name.

        One of that kind and naming comes first, then whatever has that name in the library. Of two
        in the file that differ in spelling, kind or naming there will be two.

        Args:
            name: A name, or another name, of it.
            kind: Its kind, or None: the row does not say.
            naming: How it is named, or None.
        """
        known = self._known().setdefault(folded(name), [])
        mine = [one for one in known if one.uid not in self._made or one.name == name]
        mine.sort(key=lambda one: one.name != name)
        for source in mine:
            if kind in (None, source.kind) and naming in (None, source.naming):
                return source.uid
        for source in mine:
            if source.uid not in self._made:
                return source.uid
        for source in mine:
            if source.uid in self._guessed:
                known[known.index(source)] = self._amended(source, kind, naming)
                return source.uid
        known.append(self._new(name, kind, naming))
        return known[-1].uid

    def _known(self) -> dict[str, list[Source]]:
        if self._by_name is None:
            self._by_name = {}
            aliases = self._library.sources.all_aliases()
            for page in self._library.sources.pages():
                for source in page:
                    for name in dict.fromkeys((source.name, *aliases.get(source.uid, ()))):
                        self._by_name.setdefault(folded(name), []).append(source)
        return self._by_name

    def _new(self, name: str, kind: str | None, naming: str | None) -> Source:
        source = Source(new_uid(), name, kind or guess_kind(name), naming or guess_naming(name))
        self._made.add(source.uid)
        if kind is None:
            self._guessed[source.uid] = source
        self.changes.append(made(source))
        return source

    def _amended(self, source: Source, kind: str | None, naming: str | None) -> Source:
        """Say of a source of which only the name was known what it is."""
        del self._guessed[source.uid]
        after = replace(source, kind=kind or source.kind, naming=naming or source.naming)
        names = [
            name for name in ("kind", "naming") if getattr(after, name) != getattr(source, name)
        ]
        if names:
            patch, before = ({name: getattr(it, name) for name in names} for it in (after, source))
            self.changes.append(Change("source", source.uid, patch, before))
        return after
