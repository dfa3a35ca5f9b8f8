"""Finds codebooks: built in, in the user's folder, used in the library before, or in a file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reader import assets
from reader.domain.codebook import Codebook, Facet, parse_codebook
from reader.domain.errors import CodebookError
from reader.services.places import codebooks_path
from reader.storage.library import Library


def from_file(path: Path) -> Codebook:
    """Load and validate a codebook file.

    Raises:
        CodebookError: It cannot be read or breaks a rule.
    """
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise CodebookError(f"{path} cannot be read: {why}.", "See the path.") from error
    return parse_codebook(source, path.name)


def find(library: Library | None, name: str) -> Codebook:
    """Return the codebook of that id, or in that file.

    A file is meant when the name has a path separator or ends in ``.toml``.

    Raises:
        CodebookError: There is none; the message lists those there are.
    """
    if "/" in name or "\\" in name or name.endswith(".toml"):
        return from_file(Path(name).expanduser())
    if name in assets.builtin_codebooks():
        return assets.load_builtin(name)
    own = _own_files().get(name)
    if own is not None:
        return from_file(own)
    used = library.codebooks.get(name) if library else None
    if used is None:
        known = ", ".join(sorted(assets.builtin_codebooks()))
        hint = f"Built in: {known}; or name a TOML file."
        raise CodebookError(f"There is no codebook {name}.", hint)
    return used


def _own_files() -> dict[str, Path]:
    """Return the files in the user's codebook folder by the id that they are called by."""
    return {path.stem: path for path in sorted(codebooks_path().glob("*.toml"))}


def available(library: Library | None = None) -> list[Codebook]:
    """Return all codebooks: built in, in the user's folder, used in the library; newest versions.

    A file in the folder that breaks a rule is left out; naming it says what is wrong with it.
    """
    found = {name: assets.load_builtin(name) for name in assets.builtin_codebooks()}
    for path in _own_files().values():
        with suppress(CodebookError):
            own = from_file(path)
            found[own.id] = own
    for codebook in library.codebooks.used() if library else []:
        known = found.get(codebook.id)
        if known is None or known.version < codebook.version:
            found[codebook.id] = codebook
    return list(found.values())


def statement_facet(codebook: Codebook, facet_id: str | None = None) -> Facet:
    """Return a facet of a codebook that applies to statements: that one, or the first.

    Raises:
        CodebookError: There is none.
    """
    facets = codebook.statement_facets
    if facet_id is not None:
        facets = tuple(facet for facet in facets if facet.id == facet_id)
    if not facets:
        what = f"facet {facet_id}" if facet_id else "facet for statements"
        raise CodebookError(f"Codebook {codebook.id} has no {what}.", "Choose another codebook.")
    return facets[0]
