"""The list of sources, and all that is known of one, for list, command line and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from reader.domain.attributed import Attribution
from reader.domain.records import dataclass
from reader.domain.source import Role, Source, folded
from reader.services.attributing import rating
from reader.services.attributing.chains import Said, chain_fields, chains
from reader.storage.attributing.ratings import Rating
from reader.storage.attributing.sources import Use
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Listed:
    """A source in the list.

    Attributes:
        source: The source; of those that were merged the one that stands for all.
        use: How much it is named.
        names: Its other names, those of what was merged into it among them.
    """

    source: Source
    use: Use
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All by which it is found, folded."""
        source = self.source
        parts = (source.name, *self.names, source.role, source.affiliation, source.kind)
        return folded(" ".join(part for part in (*parts, source.naming) if part))


def listed(library: Library, text: str = "") -> list[Listed]:
    """Return the sources of which every word of a text is in names, role or kind, by name.

    Raises:
        StorageError: They cannot be read.
    """
    uses, aliases = library.sources.uses(), library.sources.all_aliases()
    rows = [
        Listed(source, uses.get(source.uid, Use()), tuple(aliases.get(source.uid, ())))
        for page in library.sources.pages()
        for source in page
    ]
    words = folded(text).split()
    found = [row for row in rows if all(word in row.text for word in words)]
    return sorted(found, key=lambda row: (folded(row.source.name), row.source.uid))


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a source says.

    Attributes:
        said: Who said it, through whom.
        text: The words.
        article_uid: The article.
        article: What it is called.
        annotator: Handle of who attributed it.
    """

    said: Said
    text: str
    article_uid: str
    article: str
    annotator: str

    @property
    def attribution(self) -> Attribution:
        """The attribution."""
        return self.said.attribution


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is known of a source.

    Attributes:
        source: The source.
        aliases: Other names of its own.
        roles: What it was, over time.
        merged: The sources that were merged into it.
        ratings: What is judged of it, by whomever.
        statements: What it says, by article and place.
    """

    source: Source
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    merged: tuple[Source, ...] = ()
    ratings: tuple[Rating, ...] = ()
    statements: tuple[Statement, ...] = field(default=())


def shown(library: Library, source: Source, *, says: bool = True) -> Shown:
    """Return all that is known of a source.

    Args:
        library: The library.
        source: The source; of merged ones the one that stands for all.
        says: Whether what it says is read as well.

    Raises:
        StorageError: It cannot be read.
    """
    members = library.sources.members(source.uid)
    merged = (library.sources.get(uid) for uid in members[1:])
    names = library.sources.aliases(members)
    return Shown(
        source,
        tuple(alias.name for uid in members for alias in names.get(uid, ())),
        tuple(library.sources.roles([source.uid]).get(source.uid, ())),
        tuple(other for other in merged if other is not None),
        rating.all_given(library, "source", source.uid),
        tuple(statements(library, members)) if says else (),
    )


def statements(library: Library, members: Sequence[str]) -> list[Statement]:
    """Return what is said by sources that are one, by article and place.

    Raises:
        StorageError: It cannot be read.
    """
    named = list(library.attributions.naming(members))
    chain = chains(library, [item.highlight_uid for item in named])
    places = library.attributions.places([item.highlight_uid for item in named])
    return [
        Statement(chain[item.highlight_uid], *places[item.highlight_uid])
        for item in named
        if item.highlight_uid in places and item.highlight_uid in chain
    ]


# ---------------------------------------------------------------------- for JSON


def fields_of(row: Listed) -> dict[str, Any]:
    """Return a row of the list, for JSON."""
    return {
        **source_fields(row.source),
        "names": list(row.names),
        "statements": row.use.statements,
        "articles": row.use.articles,
        "last_at": row.use.last_at or None,
    }


def source_fields(source: Source) -> dict[str, Any]:
    """Return a source, for JSON."""
    names = ("uid", "name", "kind", "naming", "role", "affiliation", "url")
    return {name: getattr(source, name) for name in names}


def all_fields(item: Shown, handles: dict[str, str]) -> dict[str, Any]:
    """Return all that is known of a source, for JSON."""
    return {
        **source_fields(item.source),
        "aliases": list(item.aliases),
        "roles": [
            {
                "uid": role.uid,
                "role": role.role,
                "affiliation": role.affiliation,
                "since": role.since,
                "until": role.until,
            }
            for role in item.roles
        ],
        "merged": [source_fields(source) for source in item.merged],
        "judgements": [
            {
                "codebook": given.judgement.codebook,
                "facet": given.judgement.facet,
                "code": given.judgement.code,
                "annotator": handles.get(given.annotator_uid, "?"),
            }
            for given in item.ratings
        ],
        "statements": [
            {
                "highlight": said.attribution.highlight_uid,
                "text": said.text,
                **chain_fields(said.said),
                "voice": said.attribution.voice,
                "act": said.attribution.act,
                "article": said.article_uid,
                "annotator": said.annotator,
            }
            for said in item.statements
        ],
    }
