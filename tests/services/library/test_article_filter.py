"""What a list of articles can be asked, and its orders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.assets import load_builtin
from reader.domain.article import Metadata
from reader.domain.errors import UsageError
from reader.domain.finding.article_query import HAS, ORDERS
from reader.domain.finding.periods import Period, period
from reader.domain.text import Span
from reader.services.annotating.annotations import Annotations
from reader.services.annotating.overall import WholeArticle
from reader.services.capturing import adding
from reader.services.library import changes, listing
from reader.services.library.filters import FIELDS, article_query
from reader.storage.articles import Place
from reader.storage.library import Library

BOOK = load_builtin("credibility-7")
FACET = BOOK.statement_facets[0]
CODES = {tag.code: tag for tag in FACET.tags}

ABOUT = {
    "bank": Metadata("Bank holds rates", "Ann Aime", "Wire Service", "https://wire.example/1",
                     "2024-02-01", "en"),
    "bridge": Metadata("Élan at the bridge", None, "Courier", None, "2024-03", "en"),
    "council": Metadata(None, "Bo", None, None, None, None),
    "old": Metadata("100% certain", None, "The Post", "https://post.example/x", "2019", "de"),
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("articles")
    with Library(folder / "l.db") as made:
        fill(made, folder)
        yield made


def fill(library: Library, folder: Path) -> None:
    ana, ben = library.annotator("ana"), library.annotator("ben")
    uids = {}
    for name, about in ABOUT.items():
        path = folder / f"{name}.txt"
        path.write_text(f"Words of the {name}. More of them.\n")
        uids[name] = adding.add_file(library, path, ana, metadata=about).article.uid
    mark(library, uids["bank"], ana, "doubtful", note="why")
    mark(library, uids["bridge"], ben, "plausible", flag=True)
    overall = WholeArticle(uids["bank"], ana, library.overall.get(uids["bank"], ana))
    library.log.commit(overall.toggle_verdict(BOOK, FACET, CODES["refuted"]).group)
    changes.perform(library, [uids["bank"], uids["council"]],
                    changes.label_change(ana, ["To do"], []),
                    actor=ana, kind="label", summary="l")  # fmt: skip
    library.articles.keep_place(uids["council"], ana, Place(0, 16, 5, "2026-01-02T00:00:00.000Z"))
    library.articles.keep_place(uids["bridge"], ana, Place(0, 4, 5, "2026-01-03T00:00:00.000Z"))
    changes.perform(library, [uids["council"]], changes.status_change("done"),
                    actor=ana, kind="status", summary="s")  # fmt: skip
    changes.perform(library, [uids["old"]], changes.archive_change(archived=True),
                    actor=ana, kind="archive", summary="a")  # fmt: skip


def mark(library: Library, uid: str, who: str, code: str, *, note: str = "", flag: bool = False):
    article = library.articles.get(uid)
    assert article is not None
    version = library.articles.version(article.version_uid)
    assert version is not None
    known = Annotations(uid, version.uid, who, version.text)
    for make in (
        lambda: known.set_tag(known.target(Span(0, 5)), BOOK, FACET, CODES[code]),
        lambda: known.set_note(known.target(Span(0, 5)), note),
        lambda: known.set_flag(known.target(Span(0, 5)), flag),
    ):
        edit = make()
        if edit.group.changes:
            known.apply(edit)
            library.log.commit(edit.group)


def named(library: Library, *words: str, **how) -> list[str]:
    ana = library.annotators.find("ana") or ""
    found = listing.entries(library, ana, BOOK, words=words, **how)
    return [Path(entry.origin).stem for entry in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "bank bridge council"),
        ("status:any", "bank bridge council old"),
        ("status:archived", "old"),
        ("-status:done", "bank bridge old"),
        ("status:reading", "bank bridge"),
        ("status:unread,done", "council"),
        ("outlet:wire", "bank"),
        ("outlet:", "bank bridge"),
        ("-outlet:", "council"),
        ("BANK rates", "bank"),
        ("words", "council"),  # the first words, as long as there is no title
        ("élan", "bridge"),
        ("ÉLAN", "bridge"),
        ("ann", "bank"),
        ("-ann", "bridge council"),
        ("100% status:any", "old"),
        ("1_0 status:any", ""),
        ("url:post status:any", "old"),
        ("url:council.txt", "council"),
        ("lang:EN", "bank bridge"),
        ("tag:doubt", "bank"),
        ("tag:!", "bank"),
        ("tag:plausible", ""),
        ("by:ben tag:plausible", "bridge"),
        ("by:ben", "bridge"),
        ("by:", "bank"),
        ("tag:", "bank"),
        ("verdict:ref", "bank"),
        ("label:to", "bank council"),
        ('label:"to do" -tag:doubtful', "council"),
        ("label:", "bank council"),
        ("has:note", "bank"),
        ("has:flag", ""),
        ("has:flag by:ben", "bridge"),
        ("has:url", "bank"),
        ("has:warning", ""),
        ("has:verdict,date", "bank bridge"),
        ("added:today", "bank bridge council"),
        ("added:7d", "bank bridge council"),
        ("added:<2026", ""),
        ("added:>2020-01-01", "bank bridge council"),
        ("read:2026-01-03", "bridge"),
        ("read:..2026-01-02", "council"),
        ("published:2024-02", "bank"),
        ("published:2024", "bank bridge"),
        ("published:2024-03", "bridge"),
        ("published:>2024-02", "bridge"),
        ("published:2019 status:any", "old"),
        ("published:", "bank bridge"),
    ],
)
def test_what_fits(library: Library, words: str, found: str) -> None:
    assert sorted(named(library, *words.split(" ") if '"' not in words else [words])) == (
        found.split()
    )


def test_a_word_with_spaces_stays_one(library: Library) -> None:
    assert named(library, "label:to do", "holds rates") == ["bank"]
    assert named(library, "rates holds") == []


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("read", "bridge council old bank"),
        ("added", "old council bridge bank"),
        ("published", "bridge bank old council"),
        ("title", "old bank bridge council"),
        ("outlet", "bridge old bank council"),
        ("progress", "council bridge old bank"),
        ("status", "bridge bank council old"),
    ],
)
def test_orders(library: Library, order: str, found: str) -> None:
    assert named(library, "status:any", sort=order) == found.split()
    turned = named(library, "status:any", sort=order, backwards=True)
    last = {"read": ["bank", "old"], "published": ["council"], "outlet": ["council"]}.get(order, [])
    assert [name for name in turned if name not in last] == [
        name for name in reversed(found.split()) if name not in last
    ]
    assert set(turned[len(turned) - len(last) :]) == set(last)


def test_what_means_nothing_is_refused_in_words(library: Library) -> None:
    for words, said in (
        ("colour:red", "There is no field “colour:”."),
        ("status:gone", "“status:gone” means nothing."),
        ("has:x", "“has:x” means nothing."),
        ("added:soon", "“soon” is no time."),
        ("added:", "A time is missing."),
        ("by:zoe", "There is no annotator “zoe”."),
        ("added:2026-13", "“2026-13” is no time."),
    ):
        with pytest.raises(UsageError) as refused:
            named(library, words)
        assert refused.value.message == said
        assert refused.value.hint


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "-", "--"]),
            st.sampled_from(["", *(f"{name}:" for name in FIELDS)]),
            st.sampled_from(["", "a", "'", "%", "é\x00", "any", "2026", "<1", "7d", "done", *HAS])
            | st.text(max_size=4),
        ).map("".join),
        max_size=4,
    ),
    st.sampled_from(list(ORDERS)),
    st.booleans(),
)
def test_whatever_is_asked_is_answered_or_refused(library, words, order, backwards) -> None:
    query = article_query(library, "", "nobody")
    assert replace(query, order=order).wishes == query.wishes
    with suppress(UsageError):
        found = named(library, *words, sort=order, backwards=backwards)
        assert set(found) <= set(ABOUT)


DAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-2-3", "2026-02-03", "2026-02-03"),
        (">2026-02", "2026-03-01", None),
        (">=2026-02", "2026-02-01", None),
        ("<2026-02", None, "2026-01-31"),
        ("<=2026-02", None, "2026-02-28"),
        ("2025..2026-03", "2025-01-01", "2026-03-31"),
        ("..2025", None, "2025-12-31"),
        ("7d", "2026-03-09", "2026-03-15"),
        ("2w", "2026-03-02", "2026-03-15"),
        ("<1m", None, "2026-02-13"),
        ("today", "2026-03-15", "2026-03-15"),
        ("Yesterday", "2026-03-14", "2026-03-14"),
    ],
)
def test_periods(text: str, first: str | None, last: str | None) -> None:
    assert period(text, DAY) == Period(
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) + timedelta(days=1) if last else None,
    )


@pytest.mark.parametrize("text", ["", "x", "2026-02-30", "9999", "99999y", "7", "..x", ">", "²026"])
def test_no_periods(text: str) -> None:
    with pytest.raises(UsageError):
        period(text, DAY)
