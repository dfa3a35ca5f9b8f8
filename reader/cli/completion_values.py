"""What the shell is offered for the values of commands: articles, tags, sources, settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from reader.cli.session import Session
from reader.domain import attributed, evidence, relation, source
from reader.domain.errors import ReaderError
from reader.domain.untrusted import safe
from reader.services.settings.fields import FIELDS, PRESETS

if TYPE_CHECKING:
    from reader.domain.codebook import Codebook
    from reader.storage.library import Library

_MOST = 200
"""Values of one kind that are offered at most."""

_FILES = CompletionItem("", type="file")

Find = Callable[[Session, click.Context], Iterable[CompletionItem]]
"""Finds what there is for a parameter, whatever of it is typed already."""


class _Values(click.ParamType):  # type: ignore[type-arg] # click 8.1 has none
    """A parameter's values as a function finds them; anything else can be typed as well."""

    name = "text"

    def __init__(self, find: Find) -> None:
        self._find = find

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return those that begin as the unfinished word does."""
        root = ctx.find_root()
        names = ("db", "annotator", "config", "codebook")
        session = Session(root.obj, *(root.params.get(name) for name in names))
        try:
            found = list(self._find(session, ctx))
        except (ReaderError, OSError):
            return []
        return [
            CompletionItem(incomplete, type="file") if item.type == "file" else item
            for item in found
            if item.type == "file" or item.value.startswith(incomplete)
        ]


def _words(words: Iterable[str]) -> Find:
    """Return what offers words that are always the same."""
    return lambda session, ctx: [CompletionItem(word) for word in words]


def _in_library(find: Callable[[Session, Library], Iterator[CompletionItem]]) -> Find:
    """Return what finds something in the library, if there is one: asking must not make it."""

    def found(session: Session, ctx: click.Context) -> list[CompletionItem]:
        from reader.storage.library import Library

        if not session.database.is_file():
            return []
        with Library.for_reading(session.database) as library:
            return list(islice(find(session, library), _MOST))

    return found


def _beside(find: Find) -> Find:
    """Return what offers files beside what another finds."""
    return lambda session, ctx: [*find(session, ctx), _FILES]


# ---------------------------------------------------------------------- in the library


def _articles(session: Session, library: Library) -> Iterator[CompletionItem]:
    from reader.services.library import listing

    me = library.annotators.find(session.handle) or ""
    for entry in listing.entries(library, me, session.find_codebook(library)):
        yield CompletionItem(str(entry.n), help=safe(entry.title))


def _sources(session: Session, library: Library) -> Iterator[CompletionItem]:
    for page in library.sources.pages():
        for item in page:
            if item.name == safe(item.name):
                yield CompletionItem(item.name, help=f"{item.kind}, {item.naming}")


def _annotators(session: Session, library: Library) -> Iterator[CompletionItem]:
    for item in library.annotators.all():
        yield CompletionItem(safe(item.handle), help=item.uid)


def _labels(session: Session, library: Library) -> Iterator[CompletionItem]:
    found = {name for names in library.overall.labels_by_article().values() for name in names}
    for name in sorted(found):
        yield CompletionItem(safe(name))


# ---------------------------------------------------------------------- codebooks


def _codebooks(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    from reader.services.codebooks import finding as codebooks

    for book in codebooks.available():
        yield CompletionItem(book.id, help=safe(book.title))


def _tags_of(book: Codebook) -> Iterator[CompletionItem]:
    for facet in book.facets:
        for tag in facet.tags:
            yield CompletionItem(tag.code, help=safe(tag.label))


def _codes(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    return _tags_of(session.find_codebook(None, ctx.params.get("codebook")))


def _codes_of_named(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    return _tags_of(session.find_codebook(None, ctx.params.get("name")))


def _codes_said(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    return _tags_of(session.find_codebook(None, "said"))


def _codes_on(*targets: str) -> Find:
    """Return what offers the tags of all codebooks that apply to sources, or to relations."""

    def found(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
        from reader.services.codebooks import finding as codebooks

        for facet in (facet for book in codebooks.available() for facet in book.facets):
            if not {*targets}.isdisjoint(facet.applies_to):
                for tag in facet.tags:
                    yield CompletionItem(tag.code, help=safe(tag.label))

    return found


def _facets(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    book = session.find_codebook(None, ctx.params.get("codebook"))
    for facet in book.facets:
        yield CompletionItem(facet.id, help=safe(facet.title))


# ---------------------------------------------------------------------- settings


def _settings(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    for field in FIELDS:
        yield CompletionItem(field.name, help=field.about)
    yield CompletionItem("keys.preset", help="The keys to start from.")
    rows, _ = session.keys(session.settings)
    for id, title in {row[4]: row[2] for row in rows}.items():
        yield CompletionItem(f"keys.{id}", help=title)


def _setting_values(session: Session, ctx: click.Context) -> Iterator[CompletionItem]:
    name = ctx.params.get("name")
    allowed = {field.name: field.allowed for field in FIELDS} | {"keys.preset": PRESETS}
    truths = [field.name for field in FIELDS if isinstance(field.default, bool)]
    for value in ("true", "false") if name in truths else allowed.get(name or "", ()):
        yield CompletionItem(value)
    if name == "codebook":
        yield from _codebooks(session, ctx)
        yield _FILES


# ---------------------------------------------------------------------- which value is what

Type = _Values | click.Path

_SOURCES, _ANNOTATORS = _Values(_in_library(_sources)), _Values(_in_library(_annotators))
_RELATION_TYPES = _Values(_words(item.code for item in relation.TYPES))
_EVIDENCE_STANCES = _Values(_words(evidence.STANCES))

_BY_METAVAR: Mapping[str, Type] = {
    "ARTICLE": _Values(_beside(_in_library(_articles))),
    "ID|FILE": _Values(_beside(_codebooks)),
    "CODE": _Values(_codes),
    "SOURCE": _SOURCES,
    "HANDLE": _ANNOTATORS,
    "LABEL": _Values(_in_library(_labels)),
    "FILE": click.Path(),
    "FILE|-": click.Path(),
    "PATH": click.Path(),
    "OTHER.db": click.Path(),
}
"""What can stand for a parameter, by how the help calls it."""

_BY_COMMAND: Mapping[str, Mapping[str, Type]] = {
    "config": {"name": _Values(_settings), "value": _Values(_setting_values)},
    "codebook": {
        **dict.fromkeys(("old", "new", "codes", "into"), _Values(_codes_of_named)),
        "name": _Values(_codebooks),
    },
    "codebook show": {"name": _BY_METAVAR["ID|FILE"]},
    "export": {"by": _ANNOTATORS, "facet": _Values(_facets)},
    "ledger": {"by": _ANNOTATORS, "facet": _Values(_facets)},
    "debt": {"by": _ANNOTATORS},
    "annotator": {"other": _ANNOTATORS, "into": _ANNOTATORS},
    "source": {
        **dict.fromkeys(("others", "into", "to"), _SOURCES),
        "kind": _Values(_words(source.KINDS)),
        "naming": _Values(_words(source.NAMINGS)),
        "code": _Values(_codes_on("source")),
        "codes": _Values(_codes_on("source")),
    },
    "attribute": {
        "source": _SOURCES,
        "via": _SOURCES,
        "kind": _Values(_words(source.KINDS)),
        "naming": _Values(_words(source.NAMINGS)),
        "voice": _Values(_words(attributed.VOICES)),
        "act": _Values(_words(attributed.ACTS)),
        "said": _Values(_codes_said),
    },
    "relate": {"type": _RELATION_TYPES, "stance": _Values(_codes_on("relation"))},
    "relation": {"type": _RELATION_TYPES, "stance": _Values(_codes_on("relation"))},
    "evidence": {"stance": _EVIDENCE_STANCES, "kind": _Values(_words(evidence.KINDS))},
}
"""What can stand for a parameter of a command, or of those below it, by the parameter's name."""


def know_values(command: click.Command, path: str = "") -> None:
    """Let every parameter of a command, and of those below it, complete its values.

    Args:
        command: The command.
        path: How it is called, without the program's name.
    """
    above, _, _ = path.partition(" ")
    known = {**_BY_COMMAND.get(above, {}), **_BY_COMMAND.get(path, {})}
    for param in command.params:
        shown = param.metavar or (param.name or "").upper()
        usual = _BY_METAVAR.get(shown.strip("[]….").removesuffix("]…"))
        found = known.get(param.name or "") or usual
        if found is not None and not isinstance(param.type, click.Choice | click.Path):
            param.type = found
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            know_values(inner, f"{path} {name}".strip())
