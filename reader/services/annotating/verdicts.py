"""An overall verdict without the screen: one action that says it of an article as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from reader.domain.article import Article
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.errors import UsageError
from reader.domain.highlight import Judgement
from reader.domain.overall import Overall
from reader.domain.records import dataclass
from reader.services.annotating.overall import OverallEdit, WholeArticle, verdict_facets
from reader.services.annotating.tagging import Wish, said_by, tag_named
from reader.services.codebooks.tags import Tags
from reader.services.showing import verdict_lacks
from reader.storage.library import Library


@dataclass(frozen=True, slots=True)
class Given:
    """What came of it.

    Attributes:
        overall: What is said of the article now.
        changed: False if all was so already.
        lacks: By tag, what it wants beside it.
    """

    overall: Overall
    changed: bool
    lacks: tuple[tuple[str, tuple[str, ...]], ...] = ()


def give(
    library: Library, article: Article, annotator: str, codebook: Codebook, wish: Wish
) -> Given:
    """Give a verdict on an article, say more of one, or take it off.

    Raises:
        UsageError: A tag is not in the codebook, or the wish makes no sense.
        StorageError: Nothing was written.
    """
    if wish.remove and wish.says_more:
        raise UsageError("--remove takes verdicts off and sets nothing.", "Do it in two commands.")
    overall = library.overall.get(article.uid, annotator)
    whole = WholeArticle(article.uid, annotator, overall)
    facets = verdict_facets(codebook)
    tags = [tag_named(codebook, facets, code) for code in wish.codes]
    make = _taken_off if wish.remove else _given
    edit = make(whole, overall, codebook, tags, wish)
    if edit.group.changes:
        library.log.commit(edit.group, guarded=True)
    known, beside = Tags(library, codebook), library.beside.on(article.version_uid)
    lacks = tuple(
        (item.code, wanted)
        for item in edit.after.verdicts
        if (wanted := verdict_lacks(edit.after, item, known.of(item), beside))
    )
    return Given(edit.after, bool(edit.group.changes), lacks)


def _given(
    whole: WholeArticle,
    overall: Overall,
    codebook: Codebook,
    tags: Sequence[tuple[Facet, Tag]],
    wish: Wish,
) -> OverallEdit:
    given = [whole.verdict(codebook, facet, tag) for facet, tag in tags]
    if len({item.uid for item in given}) < len(given):
        raise UsageError("A facet takes one of these tags only.", "Give one tag of each facet.")
    if not tags:
        given = _those_of(overall, codebook)[:1]
    if not given:
        raise UsageError("There is no verdict here to say that of.", "Give a tag as well.")
    words = ", ".join(f"{tag.symbol} {tag.label}" for _, tag in tags)
    said = [said_by(wish, item) for item in given]
    return whole.with_verdicts(said, f"verdict {words}".strip(), codebook)


def _taken_off(
    whole: WholeArticle,
    overall: Overall,
    codebook: Codebook,
    tags: Sequence[tuple[Facet, Tag]],
    wish: Wish,
) -> OverallEdit:
    there = _those_of(overall, codebook)
    codes = {(facet.id, tag.code) for facet, tag in tags}
    gone = [item for item in there if not tags or (item.facet, item.code) in codes]
    if not gone or (tags and len(gone) < len(tags)):
        raise UsageError("The article does not have that verdict.", "See `reader verdict ARTICLE`.")
    return whole.without_verdicts(gone, "verdict off")


def _those_of(overall: Overall, codebook: Codebook) -> list[Judgement]:
    return [item for item in overall.verdicts if item.codebook == codebook.id]
