"""Finds codebooks: built in, in the user's folder, used in the library before, or in a file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reader import assets
from reader.domain.codebook import Codebook, Facet, parse_codebook
from reader.domain.errors import CodebookError
from reader.services.places import codebooks_path
from reader.storage.library import Library

OWN_TAGS = "own-"
"""How the ids of codebooks begin whose tags are made while reading."""


def from_file(path: Path, hint: str = "Check the name and the folder.") -> Codebook:
    """Load and validate a codebook file.

    Args:
        path: The file.
        hint: What to do if it cannot be read.

    Raises:
        CodebookError: It cannot be read or breaks a rule.
    """
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise CodebookError(f"{path} cannot be read: {why}.", hint) from error
    return parse_codebook(source, path.name)


def checked(codebook: Codebook, library: Library | None, path: Path | None = None) -> Codebook:
    """Return a codebook from a file, unless its id and version are known with other content.

    Args:
        codebook: What the file says.
        library: Where used versions are kept, or None to look at the built-in ones only.
        path: The file, to be named in the error.

    Raises:
        CodebookError: They are, built in or used in the library.
    """
    known = library.codebooks.get(codebook.id, codebook.version) if library else None
    where = "has been used in this library"
    if known is None:
        known, where = assets.builtin_version(codebook.id, codebook.version), "is built in"
    if known and known.sha256 != codebook.sha256:
        file = f"{path}: c" if path else "C"
        raise CodebookError(
            f"{file}odebook {codebook.id} version {codebook.version} {where} with other content.",
            "Raise the version in the file, or use another id; a known version never changes.",
        )
    return codebook


def find(library: Library | None, name: str) -> Codebook:
    """Return the codebook of that id, or in that file.

    A file is meant when the name has a path separator or ends in ``.toml``.

    Raises:
        CodebookError: There is none, and the hint lists those there are; or its id and version
            are known with other content.
    """
    if "/" in name or "\\" in name or name.endswith(".toml"):
        path = Path(name).expanduser()
        return checked(from_file(path, _those_there_are()), library, path)
    if name in assets.builtin_codebooks():
        return assets.load_builtin(name)
    own = own_file(name)
    used = library.codebooks.get(name) if library else None
    if own is not None:
        found = checked(from_file(own), library, own)
        return used if used and used.version > found.version else found
    if used is None:
        from reader.domain.codebook_file.rules import closest  # late: only after a mistake

        close = closest(name, [book.id for book in available(library)])
        meant = f"; did you mean {close}?" if close else "."
        raise CodebookError(f"There is no codebook {name}{meant}", _those_there_are())
    return used


def is_everywhere(name: str) -> bool:
    """Whether a codebook can be named by its id whichever library is open."""
    return name in assets.builtin_codebooks() or own_file(name) is not None


def _those_there_are() -> str:
    """Return a hint on what can be named as a codebook."""
    own = (_id_in(path) or path.stem for path in own_files())
    known = ", ".join(sorted({*assets.builtin_codebooks(), *own}))
    return f"There are {known} (`reader codebook list` says more); or name a TOML file."


def own_files() -> list[Path]:
    """Return the files in the user's codebook folder, by name."""
    return sorted(codebooks_path().glob("*.toml"))


def own_file(name: str) -> Path | None:
    """Return the file in the user's folder of the codebook of that id, or called by it."""
    files = own_files()
    called = next((path for path in files if path.stem == name), None)
    return called or next((path for path in files if _id_in(path) == name), None)


def _id_in(path: Path) -> str:
    """Return the id of the codebook in a file; empty if there is none."""
    with suppress(CodebookError):
        return from_file(path).id
    return ""


def available(library: Library | None = None) -> list[Codebook]:
    """Return all codebooks: built in, in the user's folder, used in the library; newest versions.

    A file in the folder that breaks a rule, or changes a known version, is left out; naming it
    says what is wrong with it.
    """
    found = {name: assets.load_builtin(name) for name in assets.builtin_codebooks()}
    for path in own_files():
        with suppress(CodebookError):
            own = checked(from_file(path), library)
            found[own.id] = own
    for codebook in library.codebooks.newest() if library else []:
        known = found.get(codebook.id)
        if known is None or known.version < codebook.version:
            found[codebook.id] = codebook
    return list(found.values())


def problems(library: Library | None = None) -> list[str]:
    """Return what is wrong with files in the user's folder, one sentence for each."""
    found = []
    for path in own_files():
        try:
            checked(from_file(path), library)
        except CodebookError as error:
            found.append(f"{path.name}: {error.message} {error.hint}".strip())
    return found


def called(codebook: Codebook) -> str:
    """Return what a codebook is called where there is room for a name only.

    That is its id, which is what one types; of the user's own one, whose id is made by chance, it
    is the title.
    """
    return codebook.title if codebook.id.startswith(OWN_TAGS) else codebook.id


def place_of(codebook: Codebook) -> str:
    """Return where a codebook is from: ``built in``, the name of a file, or ``library``."""
    if codebook.id in assets.builtin_codebooks():
        return "built in"
    own = own_file(codebook.id)
    return own.name if own else "library"


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
