"""What the panel shows of the highlight that one rests on: what is beside it, and its history."""

from __future__ import annotations

from dataclasses import replace

from reader.domain.highlight import Highlight, Judgement
from reader.services.codebooks.tags import Tags
from reader.services.reading.session import Session
from reader.services.telling import history
from reader.services.telling.facts import facts
from reader.services.telling.told import told_of
from reader.storage.library import Library


def of_highlight(
    library: Library, session: Session, highlight: Highlight, *, blind: bool = False
) -> tuple[tuple[tuple[str, str], ...], list[history.Event]]:
    """Return what stands beside a highlight, as labels and texts, and its history, oldest first.

    Args:
        library: The library.
        session: The article.
        highlight: The highlight.
        blind: Whether what was judged of its source is left out until it is judged itself.

    Raises:
        StorageError: It cannot be read.
    """
    kept = Tags(library)  # of what others judged by, and of what was judged of a source meanwhile

    def tag_name(codebook: str, version: int, facet: str, code: str) -> str:
        known = session.tag(codebook, version, facet, code)
        name = f"{known.symbol} {known.label}" if known else ""
        name = name or kept.name(codebook, version, facet, code)
        return name.replace(" ", "\u00a0", 1)  # the sign stays with its label

    def name(judgement: Judgement) -> str:
        return tag_name(
            judgement.codebook, judgement.codebook_version, judgement.facet, judgement.code
        )

    article = session.opened.article
    told = told_of(library, [highlight.uid], article.metadata.published_at).get(highlight.uid)
    judged = any(item.codebook == session.codebook.id for item in highlight.judgements)
    if told and blind and not judged:
        of_said = (it for it in told.of_said if it.judgement.codebook != session.codebook.id)
        told = replace(told, of_source=(), of_said=tuple(of_said))
    owner = session.annotations.annotator_uid
    shown = tuple(facts(told, name, owner, article.uid)) if told else ()
    return shown, history.of_highlight(library, highlight, tag_name)
