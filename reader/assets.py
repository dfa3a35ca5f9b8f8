"""Where the files are that come with the program: styles, sample articles, codebooks.

In an installed wheel they lie inside the package; in a checkout ``styles/`` and ``seeds/`` lie
beside it. Plain paths, because Textual wants a path for its CSS and looking up an installed
distribution costs more than the rest of this module.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reader.domain.codebook import Codebook, parse_codebook
from reader.domain.errors import CodebookError, ReaderError
from reader.domain.untrusted import safe

DEFAULT_CODEBOOK = "credibility-7"
"""Id of the codebook that is used unless another one is asked for."""
SAMPLE_ARTICLE = "visitors.txt"
"""The article that the tour begins with."""

_PACKAGE = Path(__file__).resolve().parent


def styles_dir() -> Path:
    """Return the folder of the ``.tcss`` files.

    Raises:
        ReaderError: The installation is incomplete.
    """
    return _folder("styles")


def seeds_dir() -> Path:
    """Return the folder of the sample articles and ``seeds.toml``.

    Raises:
        ReaderError: The installation is incomplete.
    """
    return _folder("seeds")


def codebooks_dir() -> Path:
    """Return the folder of the built-in codebooks.

    Raises:
        ReaderError: The installation is incomplete.
    """
    return _folder("codebooks")


def sample_article() -> Path:
    """Return the article that the tour begins with.

    Raises:
        ReaderError: The installation is incomplete.
    """
    path = seeds_dir() / SAMPLE_ARTICLE
    if not path.is_file():
        raise _incomplete(f"The sample article {SAMPLE_ARTICLE} is missing")
    return path


@cache
def builtin_codebooks() -> dict[str, Path]:
    """Return the files of the built-in codebooks by id, the default one first.

    Raises:
        ReaderError: The installation is incomplete.
    """
    files = sorted(codebooks_dir().iterdir())
    found = {path.stem: path for path in files if path.suffix == ".toml"}
    if DEFAULT_CODEBOOK not in found:
        raise _incomplete(f"The codebook {DEFAULT_CODEBOOK} is missing")
    return {DEFAULT_CODEBOOK: found.pop(DEFAULT_CODEBOOK), **found}


@cache
def load_builtin(codebook_id: str = DEFAULT_CODEBOOK) -> Codebook:
    """Return a built-in codebook.

    Raises:
        CodebookError: There is none of that id.
        ReaderError: The installation is incomplete.
    """
    path = builtin_codebooks().get(codebook_id)
    if path is None:
        raise CodebookError(
            f'There is no built-in codebook "{safe(codebook_id)}".',
            f"Built in are {', '.join(builtin_codebooks())}.",
        )
    source = path.read_text(encoding="utf-8")
    if codebook_id == DEFAULT_CODEBOOK:
        from reader.domain.default_codebook import codebook  # it need not be parsed at each start

        return codebook(source)
    return parse_codebook(source, path.name)


def builtin_version(codebook_id: str, version: int) -> Codebook | None:
    """Return a built-in codebook as it is in this version of the program, or was in an earlier one.

    Raises:
        ReaderError: The installation is incomplete.
    """
    if codebook_id not in builtin_codebooks():
        return None
    found = load_builtin(codebook_id)
    return found if found.version == version else _earlier(codebook_id, version)


@cache
def _earlier(codebook_id: str, version: int) -> Codebook | None:
    path = codebooks_dir() / "earlier" / f"{codebook_id}@{version}.toml"
    return parse_codebook(path.read_text("utf-8"), path.name) if path.is_file() else None


def _folder(name: str) -> Path:
    """Return a folder inside the package, else the one beside it."""
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise _incomplete(f"The folder {name} is missing")


def _incomplete(what: str) -> ReaderError:
    return ReaderError(
        f"{what}: the installation is incomplete.",
        "Install the program again: pip install --force-reinstall close-reader",
    )
