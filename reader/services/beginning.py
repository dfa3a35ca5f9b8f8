"""What happens in the library between the start of the program and its first screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.domain.codebook import Codebook
from reader.domain.records import dataclass
from reader.services import articles, codebooks
from reader.services.articles import Added
from reader.services.launch import is_address
from reader.services.session import Session
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that the first screen needs.

    Attributes:
        annotator: Handle of who annotates.
        annotator_uid: The same one's uid.
        codebook: The codebook whose tags the digits set.
        session: The article that was named, or None for the list of articles.
        warnings: Sentences for the user, from adding what was named.
        notices: Sentences for the user, on the library.
        to_fetch: Web addresses that were named and are not in the library yet.
        opens_fetched: Whether the first of these is to be opened.
    """

    annotator: str
    annotator_uid: str
    codebook: Codebook
    session: Session | None
    warnings: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    to_fetch: tuple[str, ...] = ()
    opens_fetched: bool = False


def begin(
    library: Library,
    annotator: str,
    codebook_name: str,
    targets: Sequence[str] = (),
    stdin: bytes | None = None,
) -> Beginning:
    """Add what was named on the command line and open the first of it.

    In a library that is open for reading only, one who is not known yet reads as nobody.

    Args:
        library: The library.
        annotator: Handle of who annotates.
        codebook_name: Id of a codebook, or a file.
        targets: Files; ``-`` is standard input; web addresses, of which nothing is fetched here.
        stdin: What came from standard input.

    Raises:
        ReaderError: A codebook or an input is wrong, or the library refuses.
    """
    codebook = codebooks.find(library, codebook_name)
    codebooks.statement_facet(codebook)  # refuse one without tags for statements right away
    uid = _annotator(library, annotator)
    found = [(target, _add(library, target, stdin, uid)) for target in targets]
    added = [item for _, item in found if item is not None]
    session = load_session(library, added[0].article.uid, uid, codebook) if added else None
    warnings, notices = tuple(_warnings(added)), tuple(library.notices)
    to_fetch = tuple(target for target, item in found if item is None)
    opens = bool(found) and found[0][1] is None
    return Beginning(annotator, uid, codebook, session, warnings, notices, to_fetch, opens)


def _annotator(library: Library, handle: str) -> str:
    if library.read_only:
        return library.find_annotator(handle) or ""
    return library.annotator(handle)


def load_session(library: Library, article: str, annotator: str, codebook: Codebook) -> Session:
    """Load an article for one annotator and one codebook.

    Raises:
        ReaderError: It is not there or cannot be read.
    """
    opened = articles.open_article(library, article, annotator)
    return Session(opened, annotator, codebook, kept=library.codebooks.kept())


def _add(library: Library, target: str, stdin: bytes | None, annotator: str) -> Added | None:
    """Add what was named; None stands for a page that has yet to be fetched."""
    if target == "-":
        return articles.add_bytes(library, stdin or b"", annotator)
    if is_address(target):
        there = articles.at_address(library, target)
        return Added(there[0], False, there[0].metadata.title or target) if there else None
    known = articles.unchanged(library, Path(target))
    return known or articles.add_file(library, Path(target), annotator)


def _warnings(added: Sequence[Added]) -> list[str]:
    warnings = [warning for item in added for warning in item.warnings]
    warnings += [
        f"{item.name}: the file has changed since it was added; this is another article."
        for item in added
        if item.changed_since is not None
    ]
    return warnings
